package search

import (
	"slices"
	"strings"
	"sync"

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

	byForm func() map[string][]match // made when first asked for: files need none
}

// group is a term: the forms that share a key and the documents that have one.
type group struct {
	key   string
	forms []string // the commonest first
	post  []uint32 // document<<4 | impact, ascending
	codes []uint8  // per document the first of forms it has, 3 for any later one
	where []byte   // per document how many positions and, ascending, their distances: as the files have it
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
		ix.endings = words.Learn(c.lang, c.counted())
	}
	c.name(ix, rank, c.group(ix, order, rank))
	ix.byForm = sync.OnceValue(ix.index)
	ix.partition(c.opt.ShardBytes)
	return ix
}

// index makes the look-up by form.
func (ix *Index) index() map[string][]match {
	byForm := map[string][]match{}
	for i := range ix.groups {
		for r, f := range ix.groups[i].forms {
			byForm[f] = append(byForm[f], match{&ix.groups[i], r})
		}
	}
	return byForm
}
