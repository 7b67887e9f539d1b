package search

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
	"strings"
)

// group turns rows into groups, in the order of keys, and drops the rows. order
// and rank say where documents stand. It tells in how many documents each term is.
func (c *collector) group(ix *Index, order []int, rank []int32) []int32 {
	rows, end, df := c.byTerm(order)
	keys := c.keys[:0]
	for t := range c.terms {
		if c.terms[t].rows > 0 {
			keys = append(keys, newNamed(c.terms[t].key, t))
		}
	}
	slices.SortFunc(keys, named.compare)
	c.keys = keys

	in := make([]int32, len(c.terms))
	p := poster{c: c, rank: rank, norms: c.norms(), place: make([]uint8, len(c.forms)),
		post: make([]uint32, 0, len(rows)), raw: c.weights[:0], codes: make([]uint8, 0, len(rows))}
	forms := make([]string, 0, len(c.forms))
	ix.groups = make([]group, 0, len(keys)+len(c.names))
	for _, k := range keys {
		own := rows[end[k.at]-c.terms[k.at].rows : end[k.at]]
		ids := c.formsOf(k.at, df)
		first := len(forms)
		for i, id := range ids {
			form := c.forms[id].form
			forms = append(forms, form)
			p.place[id] = uint8(min(i, 3))
			if (df[id] > 1 || c.forms[id].strong) && !strings.ContainsAny(form, "0123456789") && len(form) > 2 {
				ix.spells = append(ix.spells, spelling{form, uint8(min(15, bits.Len(uint(df[id]))))})
			}
		}
		g := p.group(own)
		g.key, g.forms = c.terms[k.at].key, forms[first:len(forms):len(forms)]
		ix.groups = append(ix.groups, g)
		in[k.at] = int32(len(g.post))
	}
	c.weights = p.raw
	ix.weigh(p.raw, p.post)
	slices.SortFunc(ix.spells, func(a, b spelling) int {
		if c := strings.Compare(a.form, b.form); c != 0 {
			return c
		}
		return cmp.Compare(b.class, a.class)
	})
	ix.spells = slices.CompactFunc(ix.spells, func(a, b spelling) bool { return a.form == b.form })
	return in
}

// byTerm is a counting sort of the numbers of rows, by term and then by where
// their documents stand. It tells where the rows of each term end, and in how
// many documents each form is.
func (c *collector) byTerm(order []int) (rows, end, df []int32) {
	n, m := len(c.rows), len(c.rows)+len(c.terms)
	c.sorted = slices.Grow(c.sorted[:0], m+len(c.forms))[:m+len(c.forms)]
	clear(c.sorted)
	rows, end, df = c.sorted[:n], c.sorted[n:m], c.sorted[m:]
	at := int32(0)
	for t := range c.terms {
		end[t] = at
		at += c.terms[t].rows
	}
	for _, d := range order {
		last := len(c.rows)
		if d+1 < len(c.docs) {
			last = c.docs[d+1].rows
		}
		for i := c.docs[d].rows; i < last; i++ {
			form := c.rows[i].form
			df[form]++
			t := c.forms[form].term
			rows[end[t]] = int32(i)
			end[t]++
		}
	}
	return rows, end, df
}

// norms gives by how much the length of each field of a document lessens what
// stands in it.
func (c *collector) norms() [][fields]float64 {
	var mean [fields]float64
	for _, d := range c.docs {
		for f := range mean {
			mean[f] += float64(d.length[f]) / float64(len(c.docs))
		}
	}
	out := make([][fields]float64, len(c.docs))
	for i, d := range c.docs {
		for f := range mean {
			out[i][f] = 1 - fieldLength[f] + fieldLength[f]*float64(d.length[f])/max(mean[f], 1)
		}
	}
	return out
}

// poster makes postings out of rows, in room made once for those of all terms.
type poster struct {
	c     *collector
	rank  []int32
	norms [][fields]float64
	place []uint8 // of a form among those of its term
	post  []uint32
	raw   []float32 // weights of post
	codes []uint8
	where []byte // of the term at hand
	room  []byte // for those of the next terms
}

// group weighs the documents under a term; rows are those of its forms, by
// document.
func (p *poster) group(rows []int32) group {
	first, c := len(p.post), p.c
	p.where = p.where[:0]
	for len(rows) > 0 {
		n := 1
		for n < len(rows) && c.rows[rows[n]].doc == c.rows[rows[0]].doc {
			n++
		}
		p.posting(rows[:n])
		rows = rows[n:]
	}
	if len(p.where) > cap(p.room)-len(p.room) {
		p.room = make([]byte, 0, max(len(p.where), 16<<10))
	}
	at := len(p.room)
	p.room = append(p.room, p.where...)
	end := len(p.post)
	return group{post: p.post[first:end:end], codes: p.codes[first:end:end], where: p.room[at:len(p.room):len(p.room)]}
}

// posting weighs one document under a term from the rows of its forms.
func (p *poster) posting(rows []int32) {
	c := p.c
	if len(rows) > 1 {
		slices.SortFunc(rows, func(a, b int32) int { return cmp.Compare(p.place[c.rows[a].form], p.place[c.rows[b].form]) })
	}
	doc := c.rows[rows[0]].doc
	var tf [fields]float64
	var syn uint8
	var pos []uint32
	for _, i := range rows {
		r := &c.rows[i]
		tf[inTitle] += float64(r.title)
		tf[inKeywords] = max(tf[inKeywords], float64(r.kw)/wholeKeyword)
		tf[inHeadings] += float64(r.head)
		tf[inBody] += float64(r.body)
		syn = max(syn, r.syn)
		if len(rows) == 1 {
			pos = c.where[r.at : r.at+r.n : r.at+r.n] // nobody else reads them any more
			break
		}
		pos = append(pos, c.where[r.at:r.at+r.n]...)
	}
	if len(rows) > 1 {
		slices.Sort(pos)
	}
	w, text := 0.0, 0.0
	for f := range tf {
		w += float64(fieldWeight[f] * tf[f] / p.norms[doc][f])
		if f >= inHeadings {
			text += float64(fieldWeight[f] * tf[f] / p.norms[doc][f])
		}
	}
	w -= text
	w += text * textMost / (text + textMost)
	switch syn {
	case 1:
		w += synText
	case 2:
		w += synName
	}
	p.post = append(p.post, uint32(p.rank[doc])<<4)
	p.raw = append(p.raw, float32(w/(w+saturation)*c.docs[doc].weight))
	p.codes = append(p.codes, p.place[c.rows[rows[0]].form])
	p.where = appendPositions(p.where, slices.Compact(pos))
}

// named is a string to be put in order, with the number of what it is the name
// of. Most comparisons are settled by its first bytes, as one number.
type named struct {
	first uint64
	name  string
	at    int32
}

func newNamed(name string, at int) named {
	var room [8]byte
	copy(room[:], name)
	return named{binary.BigEndian.Uint64(room[:]), name, int32(at)}
}

func (n named) compare(m named) int {
	if n.first != m.first {
		return cmp.Compare(n.first, m.first)
	}
	return strings.Compare(n.name, m.name)
}
