package words

import (
	"sort"
	"strings"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
)

// A suffix stemmer of ours: a list of steps, each taking at most one ending
// off, the longest that fits. It is a bleve token filter, so that it stands in
// a chain where bleve's own would, and so that bleve can be asked the same
// words in the oracle test.
type suffixFilter struct {
	steps []step
	last  func(string) string // sound changes of the bare stem, may be nil
}

// step is one pass over the end of a word. An ending is written "ending" or
// "ending>replacement"; min is how many letters must stay before it.
type step struct {
	min  int
	ends []ending
}

type ending struct{ old, new string }

// steps reads endings parted by spaces.
func newStep(min int, list string) step {
	s := step{min: min}
	for _, e := range strings.Fields(list) {
		old, repl, _ := strings.Cut(e, ">")
		s.ends = append(s.ends, ending{old, repl})
	}
	sort.SliceStable(s.ends, func(i, j int) bool { return len(s.ends[i].old) > len(s.ends[j].old) })
	return s
}

func (s step) apply(w string) string {
	for _, e := range s.ends {
		if strings.HasSuffix(w, e.old) {
			left := w[:len(w)-len(e.old)]
			if utf8.RuneCountInString(left) >= s.min {
				return left + e.new
			}
		}
	}
	return w
}

func (f *suffixFilter) stem(w string) string {
	for _, s := range f.steps {
		w = s.apply(w)
	}
	if f.last != nil {
		w = f.last(w)
	}
	return w
}

// Filter stems every token that is not marked as a keyword.
func (f *suffixFilter) Filter(in analysis.TokenStream) analysis.TokenStream {
	for _, t := range in {
		if !t.KeyWord {
			t.Term = []byte(f.stem(string(t.Term)))
		}
	}
	return in
}

// lastVowel writes the last vowel of a stem otherwise, where the word ends in
// consonants after it and at least two letters stand before: the alternation
// of one vowel with another between open and closed syllables.
func lastVowel(w, vowels, from, to string) string {
	i := strings.LastIndexAny(w, vowels)
	if i > 0 && strings.HasPrefix(w[i:], from) && len(w) > i+len(from) {
		return w[:i] + to + w[i+len(from):]
	}
	return w
}

// dropFleeting takes a fleeting vowel out of a final vowel + consonant
// ("данък", "wniosek", "довідок"), if min letters stay before it.
func dropFleeting(w, vowel, consonants string, min int) string {
	for _, c := range consonants {
		end := vowel + string(c)
		if strings.HasSuffix(w, end) && utf8.RuneCountInString(w)-2 >= min {
			return w[:len(w)-len(end)] + string(c)
		}
	}
	return w
}
