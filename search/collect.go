package search

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"
	"sync"

	"belfry/search/words"
)

// A collector reads documents once and keeps numbers only: which form occurs
// in which document, in which field how often, and where. Order does not
// matter to it; the index is put in order when all have been read.
type collector struct {
	lang  *words.Language
	opt   Options
	byTok []int32          // tokens by their hashes, one more than their numbers; at most half full
	byKey map[string]int32 // key to term
	toks  []tokenSeen
	forms []formSeen
	terms []termSeen
	names []nameSeen
	rows  []row
	where []uint32 // positions of all rows
	docs  []docSeen
	known map[string]bool // ids of documents
	syn   synonyms

	slot  []int32 // of the document at hand: form to its row, -1 none
	cells []cell
	field []seen  // the tokens of its field at hand
	ids   []int32 // the forms of the term at hand

	keys    []named   // room for group
	weights []float32 // room for group
	sorted  []int32   // room for byTerm
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

// seen is a token of a field.
type seen struct {
	form   int32
	pos    uint32
	joined bool // of two that stand there too
}

type docSeen struct {
	card   card
	order  string // sort key
	weight float64
	length [fields]int
	facets map[string][]string
	rows   int // where they begin
}

// The fields of BM25F.
const (
	inTitle = iota
	inKeywords
	inHeadings
	inBody
	fields
)

// collectors are kept from one small portal to the next, for their room.
var collectors = sync.Pool{New: func() any {
	return &collector{byTok: make([]int32, 1<<10), byKey: map[string]int32{}, known: map[string]bool{}}
}}

// smallRows is up to how many rows a portal is small: some two hundred pages.
const smallRows = 1 << 15

// free lets go of all that was read.
func (c *collector) free() {
	if len(c.rows) > smallRows || len(c.where) > 8*smallRows {
		*c = collector{lang: c.lang}
		return
	}
	clear(c.byTok)
	clear(c.byKey)
	clear(c.known)
	// What holds strings is cleared, lest they stay.
	clear(c.toks)
	clear(c.forms)
	clear(c.terms)
	clear(c.docs)
	clear(c.keys)
	*c = collector{byTok: c.byTok, byKey: c.byKey, known: c.known, toks: c.toks[:0], forms: c.forms[:0], terms: c.terms[:0],
		names: c.names[:0], rows: c.rows[:0], where: c.where[:0], docs: c.docs[:0], slot: c.slot[:0], cells: c.cells[:0], field: c.field[:0], ids: c.ids[:0],
		keys: c.keys[:0], weights: c.weights[:0], sorted: c.sorted[:0]}
	collectors.Put(c)
}

func collect(lang string, docs iter.Seq[Document], opt Options) (*Index, Report, error) {
	c := collectors.Get().(*collector)
	c.lang, c.opt = words.For(lang), opt
	rep := Report{Lang: lang}
	c.syn = c.readSynonyms(opt.Synonyms)
	for d := range docs {
		if d.ID == "" || d.URL == "" {
			return nil, rep, fmt.Errorf("search: document %q (%q) has no id or no URL", d.ID, d.Title)
		}
		if c.known[d.ID] {
			rep.Doubled = append(rep.Doubled, d.ID)
			continue
		}
		c.known[d.ID] = true
		c.add(d)
	}
	slices.Sort(rep.Doubled)
	ix := c.finish(lang)
	c.free()
	rep.Documents, rep.Terms = len(ix.docs), len(ix.groups)
	for i := range ix.groups {
		rep.Forms += len(ix.groups[i].forms)
		rep.Postings += len(ix.groups[i].post)
	}
	rep.Floor = ix.lang.Floor
	if ix.endings != nil {
		rep.Exact, rep.Tried = ix.endings.Exact, ix.endings.Tried
	}
	return ix, rep, nil
}

// read gives the tokens of a text; they are valid until the next.
func (c *collector) read(text string) []seen {
	c.field = c.field[:0]
	c.lang.Tokens(text, true, func(tok []byte, at int) {
		// What was joined comes after the first of its parts, with its position.
		joined := len(c.field) > 0 && c.field[len(c.field)-1].pos == uint32(at)
		c.field = append(c.field, seen{c.form(tok), uint32(at), joined})
	})
	return c.field
}

func (c *collector) add(d Document) {
	doc := int32(len(c.docs))
	page := docSeen{card: newCard(d), weight: d.Weight, facets: d.Facets, rows: len(c.rows)}
	if page.weight == 0 {
		page.weight = 1
	}
	page.weight = min(max(page.weight, 0.25), 2)
	pos := uint32(0)
	field := func(f int, text string) []seen {
		toks := c.read(text)
		last, part := -1, uint8(1)
		if f == inKeywords {
			part = c.partOf(toks)
		}
		for _, t := range toks {
			fs := &c.forms[t.form]
			if fs.form == "" {
				continue
			}
			last = int(t.pos)
			// Words that say nothing count where they name a page, nowhere else.
			if fs.stop && f != inTitle && f != inKeywords {
				continue
			}
			page.length[f]++
			c.count(t.form, doc, f, pos+t.pos, part)
		}
		pos += uint32(last + 2) // a gap, so that no phrase runs over the edge of a field
		if c.syn.any {
			c.syn.find(c, toks, f == inTitle || f == inKeywords)
		}
		return toks
	}
	title := field(inTitle, d.Title)
	c.call(doc, title, calledTitle)
	page.order = c.titleOrder(title, d.ID)
	for _, k := range d.Keywords {
		c.call(doc, field(inKeywords, k), calledKeyword)
	}
	for _, h := range d.Headings {
		field(inHeadings, h)
	}
	field(inHeadings, d.Summary)
	field(inBody, d.Body)
	c.syn.expand(c, doc)

	for i := range c.cells {
		cl := &c.cells[i]
		r := cl.row
		r.at, r.n = uint32(len(c.where)), uint32(len(cl.pos))
		c.where = append(c.where, cl.pos...)
		c.rows = append(c.rows, r)
		c.slot[r.form] = -1
		c.terms[c.forms[r.form].term].rows++
	}
	c.cells = c.cells[:0]
	c.docs = append(c.docs, page)
}

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
func (c *collector) partOf(keyword []seen) uint8 {
	n := 0
	for _, t := range keyword {
		if !t.joined && !c.forms[t.form].stop {
			n++
		}
	}
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
func (c *collector) titleOrder(title []seen, id string) string {
	var b strings.Builder
	for _, t := range title {
		if !t.joined {
			b.WriteString(c.forms[t.form].key)
			b.WriteByte(' ')
		}
	}
	b.WriteByte(0)
	b.WriteString(id)
	return b.String()
}
