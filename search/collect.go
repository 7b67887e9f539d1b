package search

import (
	"cmp"
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"belfry/search/words"
)

// A collector reads documents once and keeps numbers only: which form occurs
// in which document, in which field how often, and where. Order does not
// matter to it; the index is put in order when all have been read.
type collector struct {
	lang  *words.Language
	opt   Options
	byTok map[string]int32    // token as written, lowered, to form
	byKey map[string]int32    // key to term
	ident map[[2]string]int32 // form and key to form
	forms []formSeen
	keys  []string
	rows  []row
	where []uint32 // positions of all rows
	docs  []docSeen
	ids   map[string]bool
	syn   synonyms

	slot  []int32 // of the document at hand: form to its row, -1 none
	cells []cell
	toks  []seen
}

type formSeen struct {
	form, key string
	term      int32
	freq      int // occurrences in all documents
	stop      bool
	strong    bool // in a title or a keyword somewhere
	tokens    []string
}

// row is one form in one document.
type row struct {
	form, doc        int32
	title, head, syn uint8
	kw               uint8 // how much of a keyword it is, in wholeKeyword parts
	body             uint16
	at, n            uint32 // positions: where[at:at+n]
}

type cell struct {
	row row
	pos []uint32
}

type seen struct {
	form int32
	pos  uint32
}

type docSeen struct {
	card   card
	order  string // sort key
	weight float64
	length [fields]int
	names  map[string]uint8 // by level
	facets map[string][]string
}

// The fields of BM25F.
const (
	inTitle = iota
	inKeywords
	inHeadings
	inBody
	fields
)

func collect(lang string, docs iter.Seq[Document], opt Options) (*Index, Report, error) {
	c := &collector{lang: words.For(lang), opt: opt, byTok: map[string]int32{}, byKey: map[string]int32{},
		ident: map[[2]string]int32{}, ids: map[string]bool{}}
	rep := Report{Lang: lang}
	c.syn = c.readSynonyms(opt.Synonyms)
	for d := range docs {
		if d.ID == "" || d.URL == "" {
			return nil, rep, fmt.Errorf("search: document %q (%q) has no id or no URL", d.ID, d.Title)
		}
		if c.ids[d.ID] {
			rep.Doubled = append(rep.Doubled, d.ID)
			continue
		}
		c.ids[d.ID] = true
		c.add(d)
	}
	slices.Sort(rep.Doubled)
	ix := c.finish(lang)
	rep.Documents, rep.Terms = len(ix.docs), len(ix.groups)
	for i := range ix.groups {
		rep.Forms += len(ix.groups[i].forms)
		rep.Postings += len(ix.groups[i].post)
	}
	rep.Floor = c.lang.Floor
	if ix.endings != nil {
		rep.Exact, rep.Tried = ix.endings.Exact, ix.endings.Tried
	}
	return ix, rep, nil
}

// form numbers a token.
func (c *collector) form(tok []byte) int32 {
	if id, ok := c.byTok[string(tok)]; ok {
		return id
	}
	t := string(tok)
	form, key := c.lang.Fold(t), c.lang.Key(t)
	id, ok := c.ident[[2]string{form, key}]
	if !ok {
		id = int32(len(c.forms))
		c.ident[[2]string{form, key}] = id
		term, ok := c.byKey[key]
		if !ok {
			term = int32(len(c.keys))
			c.byKey[key] = term
			c.keys = append(c.keys, key)
		}
		c.forms = append(c.forms, formSeen{form: form, key: key, term: term, stop: c.lang.Stop(form)})
		c.slot = append(c.slot, -1)
	}
	c.byTok[t] = id
	c.forms[id].tokens = append(c.forms[id].tokens, t)
	return id
}

func (c *collector) add(d Document) {
	doc := int32(len(c.docs))
	seen := docSeen{card: newCard(d), weight: d.Weight, facets: d.Facets, names: map[string]uint8{}}
	if seen.weight == 0 {
		seen.weight = 1
	}
	seen.weight = min(max(seen.weight, 0.25), 2)
	pos := uint32(0)
	field := func(f int, text string) {
		last, part := -1, uint8(1)
		if f == inKeywords {
			part = c.partOf(text)
		}
		c.lang.Tokens(text, true, func(tok []byte, at int) {
			id := c.form(tok)
			if len(c.forms[id].form) == 0 {
				return
			}
			if c.syn.any {
				c.toks = append(c.toks, seenTok(id, pos+uint32(at)))
			}
			last = at
			// Words that say nothing count where they name a page, nowhere else.
			if c.forms[id].stop && f != inTitle && f != inKeywords {
				return
			}
			seen.length[f]++
			c.count(id, doc, f, pos+uint32(at), part)
		})
		pos += uint32(last + 2) // a gap, so that no phrase runs over the edge of a field
		if c.syn.any {
			c.syn.find(c, f == inTitle || f == inKeywords)
			c.toks = c.toks[:0]
		}
	}
	field(inTitle, d.Title)
	c.call(&seen, d.Title, calledTitle)
	for _, k := range d.Keywords {
		field(inKeywords, k)
		c.call(&seen, k, calledKeyword)
	}
	for _, h := range d.Headings {
		field(inHeadings, h)
	}
	field(inHeadings, d.Summary)
	field(inBody, d.Body)
	c.syn.expand(c, doc)

	slices.SortFunc(c.cells, func(a, b cell) int { return cmp.Compare(a.row.form, b.row.form) })
	for _, cl := range c.cells {
		r := cl.row
		r.at, r.n = uint32(len(c.where)), uint32(len(cl.pos))
		c.where = append(c.where, cl.pos...)
		c.rows = append(c.rows, r)
		c.slot[r.form] = -1
	}
	c.cells = c.cells[:0]
	seen.order = c.titleOrder(d)
	c.docs = append(c.docs, seen)
}

func seenTok(form int32, pos uint32) seen { return seen{form, pos} }

// at gives the cell of a form in the document at hand.
func (c *collector) at(id, doc int32) *cell {
	if c.slot[id] < 0 {
		c.slot[id] = int32(len(c.cells))
		if len(c.cells) < cap(c.cells) {
			c.cells = c.cells[:len(c.cells)+1]
			last := &c.cells[len(c.cells)-1]
			last.row, last.pos = row{form: id, doc: doc}, last.pos[:0]
		} else {
			c.cells = append(c.cells, cell{row: row{form: id, doc: doc}})
		}
	}
	return &c.cells[c.slot[id]]
}

// wholeKeyword is the weight of a word that is a keyword by itself.
const wholeKeyword = 60

// partOf is how much of a keyword each of its words is: a page with the keyword
// "dog" is about dogs more than one with "stray dog", "lost dog" and "dog bite".
func (c *collector) partOf(keyword string) uint8 {
	n := 0
	c.lang.Tokens(keyword, false, func(tok []byte, _ int) {
		if !c.forms[c.form(tok)].stop {
			n++
		}
	})
	return uint8(math.Round(wholeKeyword / math.Sqrt(float64(max(n, 1)))))
}

func (c *collector) count(id, doc int32, f int, pos uint32, part uint8) {
	cl := c.at(id, doc)
	cl.pos = append(cl.pos, pos)
	fs := &c.forms[id]
	fs.freq++
	r := &cl.row
	switch f {
	case inTitle:
		r.title, fs.strong = up(r.title), true
	case inKeywords:
		r.kw, fs.strong = max(r.kw, part), true
	case inHeadings:
		r.head = up(r.head)
	default:
		if r.body < 65535 {
			r.body++
		}
	}
}

func up(n uint8) uint8 {
	if n < 255 {
		n++
	}
	return n
}

// titleOrder is by what documents are put in order: alike titles side by side,
// so that the results of a query share files of cards and lists of documents
// have short gaps. Ids settle the rest.
func (c *collector) titleOrder(d Document) string {
	var b strings.Builder
	c.lang.Tokens(d.Title, false, func(tok []byte, _ int) {
		b.WriteString(c.forms[c.form(tok)].key)
		b.WriteByte(' ')
	})
	b.WriteByte(0)
	b.WriteString(d.ID)
	return b.String()
}
