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
	hash uint64
	form int32
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
	hash := c.lang.Hash(tok)
	for i := hash; ; i++ {
		n := c.byTok[i&uint64(len(c.byTok)-1)]
		if n == 0 {
			break
		}
		if t := &c.toks[n-1]; t.hash == hash && t.word.Token == string(tok) {
			return t.form
		}
	}
	w := c.lang.WordOf(tok, hash)
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
	c.toks = append(c.toks, tokenSeen{w, hash, id, c.forms[id].tok})
	c.forms[id].tok = int32(len(c.toks) - 1)
	if 2*len(c.toks) <= len(c.byTok) {
		c.seat(len(c.toks))
		return id
	}
	c.byTok = make([]int32, 2*len(c.byTok))
	for n := range c.toks {
		c.seat(n + 1)
	}
	return id
}

// seat makes a token be found by its hash; n is one more than its number.
func (c *collector) seat(n int) {
	i := c.toks[n-1].hash
	for c.byTok[i&uint64(len(c.byTok)-1)] != 0 {
		i++
	}
	c.byTok[i&uint64(len(c.byTok)-1)] = int32(n)
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
