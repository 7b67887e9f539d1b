package search

import (
	"encoding/binary"
	"slices"
	"strings"

	"belfry/search/words"
)

// Search answers a query from the whole index, looking at every word of it
// where the browser would look into a shard or two.
func (ix *Index) Search(q Query) Results {
	stop := func(f string) bool { _, ok := slices.BinarySearch(ix.stops, f); return ok }
	slots := parseQuery(ix.lang, ix.endings, stop, q.Text, !q.Whole)
	list, hits := find(whole{ix}, slots, ix.allowed(q.Filters))
	return results(whole{ix}, list, hits, slots, q, func(d uint32) card { return ix.docs[d] })
}

// results makes the answer from what was found.
func results(x lexicon, list []scored, hits [][]hit, slots []slot, q Query, cards func(uint32) card) Results {
	res := Results{Total: len(list), Widened: widenedOf(slots, hits)}
	limit := q.Limit
	if limit <= 0 {
		limit = 10
	}
	for _, s := range list[:min(limit, len(list))] {
		c := cards(s.doc)
		h := Hit{ID: c.id, URL: c.url, Title: c.title, Summary: c.summary, Type: c.kind, Office: c.office, Cost: c.cost, Related: c.related, Score: s.score}
		if q.Explain {
			h.Why = why(x, s.doc, slots, hits)
		}
		res.Hits = append(res.Hits, h)
	}
	return res
}

// allowed marks the documents that pass the filters; nil where there are none.
func (ix *Index) allowed(filters map[string][]string) []bool {
	return allowedBy(ix.facets, filters, len(ix.docs))
}

func allowedBy(facets []facet, filters map[string][]string, n int) []bool {
	var out []bool
	for name, values := range filters {
		if len(values) == 0 {
			continue
		}
		pass := make([]bool, n)
		for _, f := range facets {
			for _, v := range f.values {
				if f.name == name && contains(values, v.value) {
					for _, d := range v.docs {
						pass[d] = out == nil || out[d]
					}
				}
			}
		}
		out = pass
	}
	return out
}

// whole is the lexicon of an index: every answer by looking at everything.
type whole struct{ ix *Index }

func (w whole) count() int                { return len(w.ix.docs) }
func (w whole) forms(form string) []match { return w.ix.byForm()[form] }

func (w whole) positions(g *group) [][]uint32 {
	out := make([][]uint32, len(g.post))
	rest := g.where
	next := func() uint32 {
		n, size := binary.Uvarint(rest)
		rest = rest[size:]
		return uint32(n)
	}
	for i := range out {
		out[i] = make([]uint32, next())
		at := uint32(0)
		for k := range out[i] {
			at += next()
			out[i][k] = at
		}
	}
	return out
}

func (w whole) term(key string) *group {
	i, ok := slices.BinarySearchFunc(w.ix.groups, key, func(g group, k string) int { return strings.Compare(g.key, k) })
	if !ok {
		return nil
	}
	return &w.ix.groups[i]
}

func (w whole) prefix(p string) (out []*group, c *completion) {
	if w.ix.wide(p) {
		if l, ok := w.ix.lists[p]; ok {
			c = &l
		}
		return nil, c
	}
	for i := range w.ix.groups {
		if slices.ContainsFunc(w.ix.groups[i].forms, func(f string) bool { return strings.HasPrefix(f, p) }) {
			out = append(out, &w.ix.groups[i])
		}
	}
	return out, nil
}

func (w whole) begins(p string) (out []spelling) {
	for _, s := range w.ix.spells {
		if strings.HasPrefix(s.form, p) {
			out = append(out, s)
		}
	}
	return out
}

func (w whole) ends(p string) (out []spelling) {
	for _, s := range w.ix.spells {
		if strings.HasSuffix(s.form, p) {
			out = append(out, s)
		}
	}
	return out
}

func (w whole) language() *words.Language { return w.ix.lang }
func (w whole) impacts() *impacts         { return &w.ix.impacts }
