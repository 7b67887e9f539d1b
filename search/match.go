package search

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"belfry/search/words"
)

// A lexicon is where a search looks words up: the whole index at once, or the
// files of it one by one. Both must answer alike; the tests see to it.
type lexicon interface {
	count() int                              // documents
	forms(form string) []match               // terms with that form
	term(key string) *group                  // the term of a key, nil
	prefix(p string) ([]*group, *completion) // terms with a form of that prefix, or what stands for them
	begins(p string) []spelling              // forms with that start, in no order
	ends(p string) []spelling                // forms with that end, in no order
	language() *words.Language
	impacts() *impacts
	positions(g *group) [][]uint32
}

// The tiers of a match and what each is worth, in thirty-seconds.
const (
	asTyped  = 32 // the form as typed stands in the document
	asOther  = 31 // another form of the word does
	asEnding = 24 // the form is nowhere; the learned endings give the word
	asPrefix = 18
	asTypo   = 14
	asStart  = 10
)

const (
	minTypo       = 3 // letters of a word that may be mistyped; of three, one must be missing
	minTypoPrefix = 5 // ... and unfinished
	maxTypo       = 6 // corrections tried
	maxStart      = 4 // words with the same start tried
)

// hit is a term that a word of the query stands for.
type hit struct {
	tier   string // form, ending, prefix, typo, start
	form   string // what the documents have instead of what was typed
	g      *group // nil where post is of many terms
	post   []uint32
	rank   int // the form's place among its group's, -1 where it does not matter
	weight int
	df     int
}

// resolve finds what a word stands for: what is typed, else the word the
// endings say, beside them its completions; only when there is nothing, what
// may have been mistyped, then what begins alike.
func resolve(x lexicon, s slot) []hit {
	var hits []hit
	add := func(tier string, weight, df int, ms ...match) {
		for _, m := range ms {
			h := hit{tier: tier, g: m.g, post: m.g.post, rank: m.rank, weight: weight, df: len(m.g.post), form: m.g.key}
			if m.rank >= 0 {
				h.form = m.g.forms[m.rank]
			}
			if df > 0 {
				h.df = df
			}
			if !slices.ContainsFunc(hits, func(o hit) bool { return o.g == h.g && o.rank == h.rank }) {
				hits = append(hits, h)
			}
		}
	}
	for _, r := range s.readings {
		add("form", asTyped, 0, x.forms(r)...)
	}
	// Of several terms with the form none is rarer than another.
	df := 0
	for i := range hits {
		df = max(df, hits[i].df)
	}
	for i := range hits {
		hits[i].df = df
	}
	if len(hits) == 0 {
		for _, k := range s.keys {
			if g := x.term(k); g != nil {
				add("ending", asEnding, 0, match{g, -1})
			}
		}
	}
	if s.prefix {
		for _, r := range s.readings {
			if utf8.RuneCountInString(r) < 2 {
				continue
			}
			gs, c := x.prefix(r)
			if c == nil && len(gs) > 0 {
				post := union(gs)
				c = &completion{len(post), post}
			}
			if c != nil {
				hits = append(hits, hit{tier: "prefix", form: r, post: c.post, rank: -1, weight: asPrefix, df: c.df})
			}
		}
	}
	form := s.readings[0]
	n := utf8.RuneCountInString(s.token)
	if len(hits) > 0 || s.phrase > 0 || n < minTypo || strings.ContainsAny(form, "0123456789") {
		return hits
	}
	widen := func(tier string, weight, most int, list []spelling) {
		slices.SortFunc(list, func(a, b spelling) int {
			if a.class != b.class {
				return int(b.class) - int(a.class)
			}
			return strings.Compare(a.form, b.form)
		})
		var ms []match
		df := 0
		for _, sp := range list[:min(len(list), most)] {
			for _, m := range x.forms(sp.form) {
				ms = append(ms, m)
				df = max(df, len(m.g.post))
			}
		}
		add(tier, weight, df, ms...)
	}
	widen("typo", asTypo, maxTypo, near(x, s, false))
	if len(hits) == 0 && s.prefix && n >= minTypoPrefix {
		widen("typo", asTypo, maxTypo, near(x, s, true))
	}
	n = utf8.RuneCountInString(form)
	least := max(5, (2*n+2)/3)
	if s.loose {
		least = max(4, n/2+1)
	}
	if len(hits) == 0 && n > least {
		list := x.begins(string([]rune(form)[:least]))
		longest := 0
		for _, sp := range list {
			longest = max(longest, common(sp.form, form))
		}
		widen("start", asStart, maxStart, slices.DeleteFunc(list, func(sp spelling) bool { return common(sp.form, form) < longest }))
	}
	return hits
}

// rarity is the idf of BM25 in 1/256, a whole number so that Go and JavaScript
// add up to the same sum.
func rarity(n, df int) int {
	return max(1, int(math.Round(256*math.Log(1+(float64(n-df)+0.5)/(float64(df)+0.5)))))
}

// points are what one document gets for one hit.
func (h *hit) points(n, i int, v *impacts) int {
	w := h.weight
	if h.rank >= 0 && h.g != nil && len(h.g.forms) > 1 && h.tier == "form" && int(h.g.codes[i]) != min(h.rank, 3) {
		w = asOther
	}
	return rarity(n, h.df) * v[h.post[i]&15] * w
}

// within1 tells whether two words are one edit apart or the same: a letter
// more, less or other, or two neighbours swapped. prefix: whether some start
// of b is.
func within1(a, b []rune, prefix bool) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	same := func(x, y []rune) bool {
		if prefix && len(y) > len(x) {
			y = y[:len(x)]
		}
		return slices.Equal(x, y)
	}
	x, y := a[i:], b[i:]
	if len(x) == 0 {
		return prefix || len(y) <= 1
	}
	if len(y) == 0 {
		return len(x) == 1
	}
	return same(x[1:], y[1:]) || same(x, y[1:]) || same(x[1:], y) ||
		len(x) > 1 && len(y) > 1 && x[0] == y[1] && x[1] == y[0] && same(x[2:], y[2:])
}
