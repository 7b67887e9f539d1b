package search

import (
	"cmp"
	"slices"
	"strings"

	"belfry/search/words"
)

// A term has forms, a form has tokens: each knows one, which knows the next.
type tokenSeen struct {
	word *words.Word
	next int32 // another token of the form, -1 none
}

type formSeen struct {
	form, key string
	tok       int32 // its newest token
	term      int32
	next      int32 // another form of the term, -1 none
	freq      int   // occurrences in all documents
	stop      bool
	strong    bool // in a title or a keyword somewhere
}

type termSeen struct {
	key  string
	form int32 // its newest form
	rows int32 // how many have one of its forms
}

// form numbers a token.
func (c *collector) form(tok []byte) int32 {
	if id, ok := c.byTok[string(tok)]; ok {
		return id
	}
	w := c.lang.Word(tok)
	term, ok := c.byKey[w.Key]
	if !ok {
		term = int32(len(c.terms))
		c.byKey[w.Key] = term
		c.terms = append(c.terms, termSeen{key: w.Key, form: -1})
	}
	id := c.terms[term].form
	for id >= 0 && c.forms[id].form != w.Form {
		id = c.forms[id].next
	}
	if id < 0 {
		id = int32(len(c.forms))
		c.forms = append(c.forms, formSeen{form: w.Form, key: w.Key, term: term, next: c.terms[term].form, tok: -1, stop: w.Stop})
		c.terms[term].form = id
		c.slot = append(c.slot, -1)
	}
	c.byTok[w.Token] = id
	c.toks = append(c.toks, tokenSeen{w, c.forms[id].tok})
	c.forms[id].tok = int32(len(c.toks) - 1)
	return id
}

// formsOf gives the forms of a term that documents have, the commonest first.
func (c *collector) formsOf(term int32, df []int32) []int32 {
	ids := c.ids[:0]
	for id := c.terms[term].form; id >= 0; id = c.forms[id].next {
		if df[id] > 0 {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b int32) int {
		if df[a] != df[b] {
			return cmp.Compare(df[b], df[a])
		}
		return strings.Compare(c.forms[a].form, c.forms[b].form)
	})
	c.ids = ids
	return ids
}

// counted gives the words of all documents.
func (c *collector) counted() []words.Counted {
	out := make([]words.Counted, 0, len(c.toks))
	for i := range c.forms {
		if f := &c.forms[i]; !f.stop {
			for t := f.tok; t >= 0; t = c.toks[t].next {
				out = append(out, words.Counted{Word: c.toks[t].word, N: f.freq})
			}
		}
	}
	return out
}
