package words

import (
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Endings is a table, learned from a stemmer, that gives the key of a word the
// stemmer has not seen: a list of endings, each with how many letters to take
// off and what to put on; the longest that fits a word is used. It is a few
// hundred bytes where the stemmer in JavaScript is some kilobytes, and it
// stands for any stemmer at all.
type Endings struct {
	Folded bool    // endings are of forms; otherwise of tokens, folded after
	Marked bool    // "|" stands in a word where Porter's R1 and R2 begin
	Rules  string  // ending, one digit, replacement; parted by spaces
	Exact  float64 // share of held-out words whose key came out right, 0 to 1
	Tried  int     // how many words were held out

	rules map[string]patch
}

type patch struct {
	cut int // letters (runes) off the end
	add string
}

const (
	maxEnding  = 9    // letters of an ending, marks and the start of the word counted
	maxCut     = 9    // one digit
	ruleCost   = 1.5  // a rule must mend that many words to be kept
	maxLearned = 20e3 // words to learn from
	heldOut    = 10   // every tenth word is held out
	minLearn   = 200  // below that many words no table is worth having
)

// vowels in any of the scripts, and the code letters that stand for some.
const vowels = "aeiouyAUEOаеиоуъюяіїєыэαεηιουωაეიოუı"

// Ready reads Rules, for a table that came out of a file.
func (e *Endings) Ready() *Endings {
	e.rules = map[string]patch{}
	for _, r := range strings.Fields(e.Rules) {
		if i := strings.IndexAny(r, "0123456789"); i >= 0 {
			e.rules[r[:i]] = patch{int(r[i] - '0'), r[i+1:]}
		}
	}
	return e
}

// Key gives the key the table has for a token and its form. A word the table
// knows nothing of, or with a digit in it, is its own key.
func (e *Endings) Key(l *Language, token, form string) string {
	if e == nil || hasDigit(token) {
		return form
	}
	if e.Folded {
		return e.apply(form)
	}
	return l.fold.fold(e.apply(token))
}

func (e *Endings) apply(w string) string {
	var room [64]byte
	m := e.mark(room[:0], w)
	from := len(m) // where the longest ending to try begins
	for n := 0; n < maxEnding && from > 0; n++ {
		_, size := utf8.DecodeLastRune(m[:from])
		from -= size
	}
	for ; from < len(m); from++ {
		if !utf8.RuneStart(m[from]) {
			continue
		}
		if p, ok := e.rules[string(m[from:])]; ok {
			end := len(w)
			for range p.cut {
				_, size := utf8.DecodeLastRuneInString(w[:end])
				end -= size
			}
			if end == 0 {
				return w
			}
			return w[:end] + p.add
		}
	}
	return w
}

// mark writes the start of a word and, if Marked, where R1 and R2 begin.
func (e *Endings) mark(out []byte, w string) []byte {
	out = append(out, '^')
	if !e.Marked {
		return append(out, w...)
	}
	vowels := vowelTable()
	need, vowel := 2, false
	for _, r := range w {
		out = utf8.AppendRune(out, r)
		if need == 0 {
			continue
		}
		v := r < rune(len(vowels)) && vowels[r] || r >= rune(len(vowels)) && anyVowel(r)
		if vowel && !v {
			out = append(out, '|')
			need--
			v = false
		}
		vowel = v
	}
	return out
}

// vowelTable says it of the letters that most words are of.
var vowelTable = sync.OnceValue(func() *[0x500]bool {
	var out [0x500]bool
	for r := range out {
		out[r] = anyVowel(rune(r))
	}
	return &out
})

func anyVowel(r rune) bool {
	if r >= 0x80 && !strings.ContainsRune(vowels, r) {
		if parts := norm.NFD.PropertiesString(string(r)).Decomposition(); parts != nil {
			r, _ = utf8.DecodeRune(parts)
		}
	}
	return strings.ContainsRune(vowels, r)
}
