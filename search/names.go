package search

import (
	"cmp"
	"slices"
	"strings"
)

// A name is a title or a keyword of a page, as the keys of its words, the rarest
// first: "certificate of birth" and "birth certificates" are one. Names stand
// among the terms, right after their first word; after a rare word there are
// few, so that the shard a query reads anyway tells which pages are called just
// what was asked for.
// nameSign parts the words and ends the name; it sorts before every letter and
// digit and occurs in no key.
const nameSign = "+"

// How much better a page is whose name is the query, in eighths of its sum.
const (
	calledTitle   = 3
	calledKeyword = 2
)

// nameOf gives the name that keys make, "" if there are none or too many for a
// query that is meant whole. in is how many documents have a key.
func nameOf(keys []string, in func(string) int) string {
	keys = slices.Clone(keys)
	slices.SortFunc(keys, func(a, b string) int { return cmp.Or(cmp.Compare(in(a), in(b)), strings.Compare(a, b)) })
	keys = slices.Compact(keys)
	if len(keys) == 0 || len(keys) > maxMeant {
		return ""
	}
	return strings.Join(keys, nameSign) + nameSign
}

// call notes a title or a keyword of the document at hand.
func (c *collector) call(d *docSeen, text string, level uint8) {
	var keys []string
	c.lang.Tokens(text, false, func(tok []byte, _ int) {
		if f := &c.forms[c.form(tok)]; f.form != "" && !f.stop {
			keys = append(keys, f.key)
		}
	})
	// Their order is settled when all documents have been read.
	if n := nameOf(keys, func(string) int { return 0 }); n != "" {
		d.names[n] = max(d.names[n], level)
	}
}

// name puts the names of all documents among the terms.
func (c *collector) name(ix *Index, rank []int32) {
	in := make(map[string]int, len(ix.groups))
	for i := range ix.groups {
		in[ix.groups[i].key] = len(ix.groups[i].post)
	}
	posts := map[string][]uint32{}
	for i := range c.docs {
		for n, level := range c.docs[i].names {
			n = nameOf(strings.Split(strings.TrimSuffix(n, nameSign), nameSign), func(k string) int { return in[k] })
			posts[n] = append(posts[n], uint32(rank[i])<<4|uint32(level))
		}
	}
	for n, post := range posts {
		slices.Sort(post)
		ix.groups = append(ix.groups, group{key: n, post: post, where: make([]byte, len(post))})
	}
	slices.SortFunc(ix.groups, func(a, b group) int { return strings.Compare(a.key, b.key) })
}

// called gives the term of the name that a query's words make, nil if there is
// none: a word that is nowhere has no key, a phrase is no name.
func called(x lexicon, slots []slot, hits [][]hit) *group {
	var keys []string
	in := map[string]int{}
	for i, hs := range hits {
		k := slices.IndexFunc(hs, func(h hit) bool { return h.g != nil })
		if k < 0 || slots[i].phrase > 0 {
			return nil
		}
		// A form may be that of several terms, in no order.
		g := hs[k].g
		for _, h := range hs {
			if h.g != nil && h.form == hs[k].form && h.g.key < g.key {
				g = h.g
			}
		}
		keys = append(keys, g.key)
		in[g.key] = len(g.post)
	}
	if n := nameOf(keys, func(k string) int { return in[k] }); n != "" {
		return x.term(n)
	}
	return nil
}
