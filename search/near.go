package search

import (
	"slices"
	"strings"
	"unicode/utf8"

	"belfry/search/words"
)

// near gives the forms one edit away from a word; prefix: of which a start is.
//
// A word is split in the middle: whatever is one edit away keeps the first
// half or the last, or swaps the two letters where they meet. Both the form and
// the unfolded letters are split, for an error can bring two letters together
// that folding takes for one, or part them: "миот" for "имот", "катс" for
// "каст".
func near(x lexicon, s slot, prefix bool) (out []spelling) {
	l, form := x.language(), s.readings[0]
	m := meant{form: []rune(form), raw: []rune(s.raw), spread: []rune(l.Spread(form)), lang: l, prefix: prefix, longer: utf8.RuneCountInString(s.token) <= minTypo}
	seen := map[string]bool{}
	put := func(list []spelling) {
		for _, sp := range list {
			if !seen[sp.form] {
				seen[sp.form] = true
				if m.by(sp.form) {
					out = append(out, sp)
				}
			}
		}
	}
	for _, w := range [][]rune{m.form, m.raw} {
		n := len(w)
		if n < minTypo {
			continue
		}
		p := n / 2
		if n == minTypo {
			put(x.begins(string(w[:2])))
			put(x.ends(string(w[1:])))
			continue
		}
		put(x.begins(string(w[:p])))
		if prefix {
			continue
		}
		put(x.ends(string(w[p:])))
		swapped := slices.Clone(w)
		swapped[p-1], swapped[p] = w[p], w[p-1]
		put(x.begins(string(swapped)))
	}
	return out
}

// meant is what was typed, in three spellings: folded, unfolded, and folded
// with its code letters written out.
type meant struct {
	form, raw, spread []rune
	lang              *words.Language
	prefix            bool
	longer            bool // of so few letters that only one more is meant
}

// by tells whether a form may be what was meant.
func (m *meant) by(form string) bool {
	f, spread := []rune(form), []rune(m.lang.Spread(form))
	one := func(typed, known []rune) bool {
		return (!m.longer || len(known) == len(typed)+1) && within1(typed, known, m.prefix)
	}
	if one(m.form, f) || one(m.spread, spread) || one(m.raw, spread) {
		return true
	}
	if m.prefix {
		return false
	}
	// An error in the article, or before it: it was not taken off.
	return slices.ContainsFunc(m.lang.Articles(), func(a string) bool {
		return !strings.HasPrefix(form, a) && one(m.raw, []rune(a+form))
	})
}
