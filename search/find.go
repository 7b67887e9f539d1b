package search

import (
	"cmp"
	"slices"
)

// Query options.
type Query struct {
	Text    string
	Filters map[string][]string // facet to values: any value of each facet
	Limit   int                 // results to give; 0 means 10
	Whole   bool                // the last word is finished; otherwise it is a prefix too
	Explain bool                // say why, in Hit.Why
}

// Results of a query, the best first.
type Results struct {
	Total   int // documents found
	Hits    []Hit
	Widened []Widened // words not found as typed, and what stands for them
}

// Hit is one result.
type Hit struct {
	ID, URL, Title, Summary, Type, Office, Cost string
	Related                                     [][2]string // title and URL of the offices it leads to
	Score                                       int
	Why                                         []Why
}

// Widened says what was searched for instead of a word that is nowhere.
type Widened struct {
	Word  string   // as typed, lowered
	Forms []string // folded, as the index has them
}

// Why is what one word of the query gave a result.
type Why struct {
	Word   string `json:"word"`   // as typed, lowered; "" for the whole query
	Tier   string `json:"tier"`   // form, ending, prefix, typo, start; name: the page is called so
	Form   string `json:"form"`   // the form, key or prefix found
	Key    string `json:"key"`    // the term, "" for a completion
	In     int    `json:"in"`     // documents the term is in
	Rarity int    `json:"rarity"` // idf in 1/256
	Impact int    `json:"impact"` // 1 to 255: how much the document is about it
	Weight int    `json:"weight"` // of the tier, in thirty-seconds
	Points int    `json:"points"` // the product
}

// scored is a document with its sum.
type scored struct {
	doc   uint32
	score int
}

// find scores every document that has a word of the query. allowed may be nil.
func find(x lexicon, slots []slot, allowed []bool) (list []scored, hits [][]hit) {
	n := x.count()
	sum, words := make([]int, n), make([]uint8, n)
	best := make([]int, n)
	for _, s := range slots {
		hs := resolve(x, s)
		hits = append(hits, hs)
		var touched []uint32
		for k := range hs {
			h := &hs[k]
			for i, p := range h.post {
				if d := p >> 4; int(d) < n {
					v := h.points(n, i, x.impacts())
					if best[d] == 0 {
						touched = append(touched, d)
					}
					best[d] = max(best[d], v)
				}
			}
		}
		for _, d := range touched {
			sum[d] += best[d]
			words[d]++
			best[d] = 0
		}
	}
	checkPhrases(x, slots, hits, sum)
	bonus := make([]uint8, n)
	if g := called(x, slots, hits); g != nil {
		for _, p := range g.post {
			if int(p>>4) < n {
				bonus[p>>4] = uint8(p & 15)
			}
		}
	}
	top := 0
	for d := range sum {
		if sum[d] == 0 || allowed != nil && !allowed[d] {
			sum[d] = 0
			continue
		}
		// A short query is meant whole: a document that lacks a word of it
		// counts less. A question of many words is not.
		missing := 0
		if len(slots) <= maxMeant {
			missing = len(slots) - int(words[d])
		}
		sum[d] *= 8 - missing + int(bonus[d])
		top = max(top, sum[d])
	}
	for d := range sum {
		// What has only a stray word of the query is not shown at all.
		if sum[d] == 0 || int(words[d]) < len(slots) && sum[d]*cutOf < top {
			continue
		}
		list = append(list, scored{uint32(d), sum[d]})
	}
	slices.SortFunc(list, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.doc, b.doc))
	})
	return list, hits
}

const (
	maxMeant = 4 // words of a query meant whole
	cutOf    = 4 // under a quarter of the best, a document without all words is not shown
)

// checkPhrases takes out documents without a quoted phrase.
func checkPhrases(x lexicon, slots []slot, hits [][]hit, sum []int) {
	for a := 0; a < len(slots); {
		b := a + 1
		for b < len(slots) && slots[b].phrase == slots[a].phrase {
			b++
		}
		if slots[a].phrase > 0 {
			// First of the documents: where the phrase could start.
			starts := placesOf(x, hits[a], slots[a].offset)
			for i := a + 1; i < b; i++ {
				next := placesOf(x, hits[i], slots[i].offset)
				for d, at := range starts {
					starts[d] = slices.DeleteFunc(at, func(p int) bool { return !slices.Contains(next[d], p) })
				}
			}
			for d := range sum {
				if len(starts[uint32(d)]) == 0 {
					sum[d] = 0
				}
			}
		}
		a = b
	}
}

// placesOf is, by document, where a word stands, less its place in the phrase.
func placesOf(x lexicon, hs []hit, offset int) map[uint32][]int {
	out := map[uint32][]int{}
	for _, h := range hs {
		if h.g == nil {
			continue
		}
		pos := x.positions(h.g)
		for i, p := range h.g.post {
			for _, at := range pos[i] {
				out[p>>4] = append(out[p>>4], int(at)-offset)
			}
		}
	}
	return out
}

// why explains one document.
func why(x lexicon, doc uint32, slots []slot, hits [][]hit) []Why {
	n := x.count()
	var out []Why
	for s, hs := range hits {
		var best Why
		for k := range hs {
			h := &hs[k]
			i, ok := slices.BinarySearchFunc(h.post, doc<<4, func(p, d uint32) int { return cmp.Compare(p&^15, d) })
			if !ok {
				continue
			}
			if v := h.points(n, i, x.impacts()); v > best.Points {
				r := rarity(n, h.df)
				best = Why{Word: slots[s].token, Tier: h.tier, Form: h.form, In: h.df, Rarity: r, Impact: x.impacts()[h.post[i]&15], Points: v}
				best.Weight = v / (r * best.Impact)
				if h.g != nil {
					best.Key = h.g.key
				}
			}
		}
		if best.Points > 0 {
			out = append(out, best)
		}
	}
	if g := called(x, slots, hits); g != nil {
		if i, ok := slices.BinarySearchFunc(g.post, doc<<4, func(p, d uint32) int { return cmp.Compare(p&^15, d) }); ok {
			sum := 0
			for _, w := range out {
				sum += w.Points
			}
			level := int(g.post[i] & 15)
			out = append(out, Why{Tier: "name", Form: g.key, Key: g.key, In: len(g.post), Impact: level, Points: sum * level / 8})
		}
	}
	return out
}

// widenedOf lists the words that were replaced.
func widenedOf(slots []slot, hits [][]hit) []Widened {
	var out []Widened
	for s, hs := range hits {
		w := Widened{Word: slots[s].token}
		for _, h := range hs {
			if (h.tier == "typo" || h.tier == "start") && !contains(w.Forms, h.form) {
				w.Forms = append(w.Forms, h.form)
			}
		}
		if len(w.Forms) > 0 {
			out = append(out, w)
		}
	}
	return out
}
