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

// nameWord is a word of a name: its key, and in how many documents that is.
type nameWord struct {
	key string
	in  int
}

// nameOf gives the name that words make, "" if there are none or too many for a
// query that is meant whole. It changes the order of the words.
func nameOf(list []nameWord) string {
	slices.SortFunc(list, func(a, b nameWord) int { return cmp.Or(cmp.Compare(a.in, b.in), strings.Compare(a.key, b.key)) })
	list = slices.Compact(list)
	if len(list) == 0 || len(list) > maxMeant {
		return ""
	}
	var b strings.Builder
	for _, w := range list {
		b.WriteString(w.key)
		b.WriteString(nameSign)
	}
	return b.String()
}

// nameSeen is a title or a keyword of a document. In what order its words make
// the name is settled when all documents have been read.
type nameSeen struct {
	doc   int32
	level uint8
	n     uint8
	terms [maxMeant]int32
}

// call notes a title or a keyword of the document at hand.
func (c *collector) call(doc int32, text []seen, level uint8) {
	name := nameSeen{doc: doc, level: level}
	for _, t := range text {
		f := &c.forms[t.form]
		if t.joined || f.form == "" || f.stop || slices.Contains(name.terms[:name.n], f.term) {
			continue
		}
		if name.n == maxMeant {
			return
		}
		name.terms[name.n] = f.term
		name.n++
	}
	if name.n > 0 {
		c.names = append(c.names, name)
	}
}

// name puts the names of all documents among the terms. in says in how many
// documents a term is.
func (c *collector) name(ix *Index, rank, in []int32) {
	type posting struct {
		name string
		post uint32
	}
	all := make([]posting, len(c.names))
	for i, n := range c.names {
		var list [maxMeant]nameWord
		for k, t := range n.terms[:n.n] {
			list[k] = nameWord{c.terms[t].key, int(in[t])}
		}
		all[i] = posting{nameOf(list[:n.n]), uint32(rank[n.doc])<<4 | uint32(n.level)}
	}
	slices.SortFunc(all, func(a, b posting) int { return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.post, b.post)) })
	var names []group
	for i, p := range all {
		if i == 0 || p.name != all[i-1].name {
			names = append(names, group{key: p.name})
		}
		g := &names[len(names)-1]
		if k := len(g.post) - 1; k >= 0 && g.post[k]>>4 == p.post>>4 {
			g.post[k] = p.post // the greater level of the two
			continue
		}
		g.post = append(g.post, p.post)
		g.where = append(g.where, 0)
	}
	ix.merge(names)
}

// merge puts a sorted list of terms among those there are, from the end, where
// there is room.
func (ix *Index) merge(more []group) {
	i, all := len(ix.groups)-1, append(ix.groups, more...)
	for k := len(all) - 1; len(more) > 0; k-- {
		if last := len(more) - 1; i < 0 || all[i].key < more[last].key {
			all[k], more = more[last], more[:last]
		} else {
			all[k] = all[i]
			i--
		}
	}
	ix.groups = all
}

// called gives the term of the name that a query's words make, nil if there is
// none: a word that is nowhere has no key, a phrase is no name.
func called(x lexicon, slots []slot, hits [][]hit) *group {
	var list []nameWord
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
		list = append(list, nameWord{g.key, len(g.post)})
	}
	if n := nameOf(list); n != "" {
		return x.term(n)
	}
	return nil
}
