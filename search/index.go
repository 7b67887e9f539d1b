package search

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"belfry/search/words"
)

// Index is a whole index in memory, unsharded. It is immutable and safe for
// use by many at once.
type Index struct {
	lang    *words.Language
	impacts impacts
	tag     string // as Build was asked
	docs    []card
	groups  []group // sorted by key
	endings *words.Endings
	stops   []string   // forms of words left out, sorted
	spells  []spelling // forms a typing error may have meant, sorted
	facets  []facet
	shards  []int // first group of each shard of terms
	starts  []string
	lists   map[string]completion // of prefixes that run over more than two shards

	byForm map[string][]match
}

// group is a term: the forms that share a key and the documents that have one.
type group struct {
	key   string
	forms []string  // the commonest first
	post  []uint32  // document<<4 | impact, ascending
	codes []uint8   // per document the first of forms it has, 3 for any later one
	where []byte    // per document how many positions and, ascending, their distances: as the files have it
	raw   []float32 // per document its weight, until terms makes impacts of them
}

// match is a term found by one of its forms: rank is the form's place.
type match struct {
	g    *group
	rank int
}

// spelling is a form with its weight among corrections: the logarithm of the
// number of documents.
type spelling struct {
	form  string
	class uint8
}

// completion stands for all terms of a prefix: the best documents.
type completion struct {
	df   int
	post []uint32
}

// Ranking: BM25F over four fields, its saturated term weight kept in 4 bits.
// Found with Cranfield and the known-item tests; see README.md.
var (
	fieldWeight = [fields]float64{3, 2.5, 1.5, 1}
	fieldLength = [fields]float64{0.5, 0, 0.4, 0.75} // b of BM25, by field
)

const (
	saturation = 2.2 // k1
	textMost   = 6.0 // what headings and text can weigh together, however often they say a word
	synText    = 0.7 // weight of a synonym whose fellow stands in the text
	synName    = 2.0 // ... in the title or the keywords
	maxPrefix  = 160 // documents of a completion
)

func (c *collector) finish(tag string) *Index {
	ix := &Index{lang: c.lang, tag: tag, lists: map[string]completion{}, stops: c.lang.Stops()}
	order := make([]int, len(c.docs))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(c.docs[a].order, c.docs[b].order) })
	rank := make([]int32, len(order))
	for i, d := range order {
		rank[d] = int32(i)
		ix.docs = append(ix.docs, c.docs[d].card)
	}
	ix.relate()
	ix.facets = c.facetsOf(order)
	ix.endings = c.opt.Endings
	if ix.endings == nil {
		ix.endings = words.Learn(c.lang, c.commonest())
	}
	c.terms(ix, rank)
	c.name(ix, rank)
	ix.index()
	ix.partition(c.opt.ShardBytes)
	return ix
}

// index makes the look-up by form.
func (ix *Index) index() {
	ix.byForm = map[string][]match{}
	for i := range ix.groups {
		for r, f := range ix.groups[i].forms {
			ix.byForm[f] = append(ix.byForm[f], match{&ix.groups[i], r})
		}
	}
}

// commonest gives the words of all documents, the commonest first.
func (c *collector) commonest() []words.Lesson {
	ids := make([]int, 0, len(c.forms))
	for i := range c.forms {
		if !c.forms[i].stop {
			ids = append(ids, i)
		}
	}
	slices.SortFunc(ids, func(a, b int) int {
		return cmp.Or(cmp.Compare(c.forms[b].freq, c.forms[a].freq), strings.Compare(c.forms[a].form, c.forms[b].form), strings.Compare(c.forms[a].key, c.forms[b].key))
	})
	var out []words.Lesson
	for _, id := range ids {
		slices.Sort(c.forms[id].tokens)
		for _, t := range c.forms[id].tokens {
			out = append(out, words.Lesson{Token: t, Form: c.forms[id].form, Key: c.forms[id].key})
		}
	}
	return out
}

// terms turns rows into groups, in the order of keys, and drops the rows.
func (c *collector) terms(ix *Index, rank []int32) {
	var mean [fields]float64
	for _, d := range c.docs {
		for f := range mean {
			mean[f] += float64(d.length[f]) / float64(len(c.docs))
		}
	}
	for f := range mean {
		mean[f] = max(mean[f], 1)
	}

	// Rows by term: a counting sort of their numbers.
	start := make([]int32, len(c.keys)+1)
	for i := range c.rows {
		start[c.forms[c.rows[i].form].term+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	byTerm := make([]int32, len(c.rows))
	next := slices.Clone(start)
	for i := range c.rows {
		t := c.forms[c.rows[i].form].term
		byTerm[next[t]] = int32(i)
		next[t]++
	}
	formsOf := make([][]int32, len(c.keys))
	for id := range c.forms {
		formsOf[c.forms[id].term] = append(formsOf[c.forms[id].term], int32(id))
	}
	keys := make([]int, len(c.keys))
	for i := range keys {
		keys[i] = i
	}
	slices.SortFunc(keys, func(a, b int) int { return strings.Compare(c.keys[a], c.keys[b]) })

	df := make([]int, len(c.forms)) // documents by form
	place := make([]uint8, len(c.forms))
	for _, t := range keys {
		rows := byTerm[start[t]:start[t+1]]
		if len(rows) == 0 {
			continue
		}
		for _, r := range rows {
			df[c.rows[r].form]++
		}
		ids := slices.DeleteFunc(formsOf[t], func(id int32) bool { return df[id] == 0 })
		slices.SortFunc(ids, func(a, b int32) int {
			return cmp.Or(cmp.Compare(df[b], df[a]), strings.Compare(c.forms[a].form, c.forms[b].form))
		})
		g := group{key: c.keys[t]}
		for i, id := range ids {
			g.forms = append(g.forms, c.forms[id].form)
			place[id] = uint8(min(i, 3))
			if form := c.forms[id].form; (df[id] > 1 || c.forms[id].strong) && !strings.ContainsAny(form, "0123456789") && len(form) > 2 {
				ix.spells = append(ix.spells, spelling{form, uint8(min(15, bits.Len(uint(df[id]))))})
			}
		}
		slices.SortFunc(rows, func(a, b int32) int {
			return cmp.Or(cmp.Compare(rank[c.rows[a].doc], rank[c.rows[b].doc]), cmp.Compare(place[c.rows[a].form], place[c.rows[b].form]))
		})
		for len(rows) > 0 {
			n := 1
			for n < len(rows) && c.rows[rows[n]].doc == c.rows[rows[0]].doc {
				n++
			}
			c.posting(&g, rows[:n], rank, place, &mean)
			rows = rows[n:]
		}
		ix.groups = append(ix.groups, g)
	}
	ix.weigh()
	slices.SortFunc(ix.spells, func(a, b spelling) int {
		return cmp.Or(strings.Compare(a.form, b.form), cmp.Compare(b.class, a.class))
	})
	ix.spells = slices.CompactFunc(ix.spells, func(a, b spelling) bool { return a.form == b.form })
	c.rows, c.where, c.byTok, c.ident = nil, nil, nil, nil
}

// posting weighs one document under a term from the rows of its forms.
func (c *collector) posting(g *group, rows []int32, rank []int32, place []uint8, mean *[fields]float64) {
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
	d := &c.docs[doc]
	w, text := 0.0, 0.0
	for f := range tf {
		norm := 1 - fieldLength[f] + fieldLength[f]*float64(d.length[f])/mean[f]
		w += float64(fieldWeight[f] * tf[f] / norm)
		if f >= inHeadings {
			text += float64(fieldWeight[f] * tf[f] / norm)
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
	g.post = append(g.post, uint32(rank[doc])<<4)
	g.raw = append(g.raw, float32(w/(w+saturation)*d.weight))
	g.codes = append(g.codes, place[c.rows[rows[0]].form])
	g.where = appendPositions(g.where, slices.Compact(pos))
}
