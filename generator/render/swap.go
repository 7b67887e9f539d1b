package render

import (
	"maps"
	"slices"
	"sync"

	"belfry/generator/portal"
)

// Swap returns the site of an edition that came of [portal.Edition.Swap]: the
// same pages in the same order, with items in the place of others. The caller
// joins the new sites.
func (s *Site) Swap(ed *portal.Edition, items map[*portal.Item]*portal.Item, tables Tables) *Site {
	next := *s
	next.Edition, next.Tables, next.Sisters = ed, tables, nil
	swap := func(list []*portal.Item) []*portal.Item {
		out := list
		for i, it := range list {
			if n := items[it]; n != nil {
				if &out[0] == &list[0] {
					out = slices.Clone(list)
				}
				out[i] = n
			}
		}
		return out
	}
	lists := func(m map[string][]*portal.Item) map[string][]*portal.Item {
		m = maps.Clone(m)
		for key, list := range m {
			m[key] = swap(list)
		}
		return m
	}
	next.byType, next.topics = lists(s.byType), lists(s.topics)
	next.refs = maps.Clone(s.refs)
	for field, m := range next.refs {
		next.refs[field] = lists(m)
	}
	next.steps = maps.Clone(s.steps)
	for key, list := range next.steps {
		list = slices.Clone(list)
		for i := range list {
			if n := items[list[i].item]; n != nil {
				list[i].item = n
			}
		}
		next.steps[key] = list
	}
	next.letterGroups = slices.Clone(s.letterGroups)
	for i := range next.letterGroups {
		next.letterGroups[i].items = swap(next.letterGroups[i].items)
	}
	next.pages = maps.Clone(s.pages)
	for name, page := range s.pages {
		if n := items[page.Item]; n != nil && page.Item != nil {
			page.Item = n
			next.pages[name] = page
		}
	}
	next.frames, next.knownEnds = map[[2]string]*Frame{}, new(sync.Map)
	next.prepareFrames()
	return &next
}
