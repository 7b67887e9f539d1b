package search

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode/utf8"
)

// card is what a result shows. In a file it is a JSON array; empty values at
// its end are left out:
//
//	[url, title, summary, type, office, cost, id, [[title, url], ...]]
//
// id is 0 where it is the URL without its ending; related pages are the
// offices a service leads to.
type card struct {
	id, url, title, summary, kind, office, cost string
	wants                                       []string    // ids of related documents
	related                                     [][2]string // their titles and URLs
}

const summaryRunes = 180 // of a summary made from a body

func newCard(d Document) card {
	s := strings.Join(strings.Fields(d.Summary), " ")
	if s == "" {
		s = opening(d.Body, summaryRunes)
	}
	return card{id: d.ID, url: d.URL, title: strings.Join(strings.Fields(d.Title), " "), summary: s, kind: d.Type, office: d.Office, cost: d.Cost, wants: d.Related}
}

// opening is the start of a text, cut between words.
func opening(text string, runes int) string {
	var b strings.Builder
	for w := range strings.FieldsSeq(text) {
		if b.Len() > 0 {
			if runes <= utf8.RuneCountInString(w) {
				b.WriteString(" …")
				break
			}
			b.WriteByte(' ')
		}
		b.WriteString(w)
		runes -= utf8.RuneCountInString(w) + 1
	}
	return b.String()
}

// relate resolves related ids; one that is not here is left out.
func (ix *Index) relate() {
	byID := make(map[string]int, len(ix.docs))
	for i := range ix.docs {
		byID[ix.docs[i].id] = i
	}
	for i := range ix.docs {
		for _, id := range ix.docs[i].wants {
			if j, ok := byID[id]; ok {
				ix.docs[i].related = append(ix.docs[i].related, [2]string{ix.docs[j].title, ix.docs[j].url})
			}
		}
	}
}

func (c *card) array() []any {
	id := any(c.id)
	if c.id == strings.TrimSuffix(c.url, ".html") {
		id = 0
	}
	a := []any{c.url, c.title, c.summary, c.kind, c.office, c.cost, id, c.related}
	if len(c.related) == 0 {
		a = a[:7]
	}
	for len(a) > 2 && (a[len(a)-1] == "" || a[len(a)-1] == 0) {
		a = a[:len(a)-1]
	}
	return a
}

func cardOf(a []json.RawMessage) (card, error) {
	var c card
	for i, p := range []*string{&c.url, &c.title, &c.summary, &c.kind, &c.office, &c.cost} {
		if i < len(a) {
			if err := json.Unmarshal(a[i], p); err != nil {
				return c, err
			}
		}
	}
	if len(a) < 7 || json.Unmarshal(a[6], &c.id) != nil {
		c.id = strings.TrimSuffix(c.url, ".html")
	}
	if len(a) > 7 {
		if err := json.Unmarshal(a[7], &c.related); err != nil {
			return c, err
		}
	}
	return c, nil
}

// facet is one question results can be narrowed by.
type facet struct {
	name   string
	values []facetValue
}

type facetValue struct {
	value string
	docs  []uint32 // ascending
}

// facetsOf gathers facets in the order of names and values; a document's type
// is the facet "type".
func (c *collector) facetsOf(order []int) []facet {
	sets := map[string]map[string][]uint32{}
	put := func(name, value string, doc int) {
		if value == "" {
			return
		}
		if sets[name] == nil {
			sets[name] = map[string][]uint32{}
		}
		l := sets[name][value]
		if len(l) == 0 || l[len(l)-1] != uint32(doc) {
			sets[name][value] = append(l, uint32(doc))
		}
	}
	for i, d := range order {
		put("type", c.docs[d].card.kind, i)
		for name, values := range c.docs[d].facets {
			for _, v := range values {
				put(name, v, i)
			}
		}
	}
	var out []facet
	for name, values := range sets {
		f := facet{name: name}
		for v, docs := range values {
			f.values = append(f.values, facetValue{v, docs})
		}
		slices.SortFunc(f.values, func(a, b facetValue) int { return strings.Compare(a.value, b.value) })
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b facet) int { return cmp.Compare(a.name, b.name) })
	return out
}
