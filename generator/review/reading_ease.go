package review

import (
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"belfry/generator/diag"
	"go.yaml.in/yaml/v4"
)

// readingData holds, by language, how hard a text may be and where the number
// comes from.
//
//go:embed reading.yaml
var readingData []byte

// reading is what holds for one language.
type reading struct {
	LIX      int    `yaml:"lix"`      // at most; 0 where the measure says nothing
	Sentence int    `yaml:"sentence"` // words a sentence may have
	Source   string `yaml:"source"`
}

var readings = sync.OnceValue(func() map[string]reading {
	var all map[string]reading
	if err := yaml.Unmarshal(readingData, &all); err != nil {
		panic("review: reading.yaml: " + err.Error())
	}
	return all
})

// readingOf is what holds for a tag; a language without an entry is judged by
// its sentences alone.
func readingOf(tag string) reading {
	for {
		if r, ok := readings()[tag]; ok {
			return r
		}
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			return readings()["other"]
		}
		tag = tag[:cut]
	}
}

// enoughWords is how long a text must be for LIX to mean anything (Björnsson
// took samples of two hundred words; a hundred are enough for a warning).
const enoughWords = 100

// readingEase: the text of a page can be read by somebody who left school at
// fifteen. LIX is words a sentence plus the share of words longer than six
// letters in percent (C. H. Björnsson, Läsbarhet, 1968).
func readingEase(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		for _, d := range in.documents(e) {
			limit := readingOf(d.Lang).LIX
			if limit == 0 {
				continue
			}
			if score, words := lix(passages(d)); words >= enoughWords && score > limit {
				tell(d.At(), "lix", strconv.Itoa(score), "limit", strconv.Itoa(limit), "lang", d.Lang)
			}
		}
	}
}

// lix is the score of a text and the number of its words.
func lix(text []passage) (score, words int) {
	ends, long := 0, 0
	for _, p := range text {
		for _, s := range sentences(p.text) {
			n := 0
			for _, w := range wordsOf(s) {
				n++
				if utf8.RuneCountInString(w) > 6 {
					long++
				}
			}
			if n > 0 {
				words, ends = words+n, ends+1
			}
		}
	}
	if words == 0 {
		return 0, 0
	}
	return int(math.Round(float64(words)/float64(ends) + 100*float64(long)/float64(words))), words
}
