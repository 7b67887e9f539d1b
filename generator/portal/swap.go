package portal

import (
	"maps"
	"slices"

	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// This file puts new texts of documents into a portal that is linked already.
// It is the short way of serve: where an edit changed words and nothing that the
// plan depends on, linking 30,000 documents anew would only find the same.

// SameShape reports whether one document may stand in the place of another
// without a new plan: they differ in words and in facts that only pages show.
// What is not known to be harmless is not.
func SameShape(a, b *Document) bool {
	if a.Unreadable || b.Unreadable || a.Derived || b.Derived || a.From != b.From || a.Type == "form" ||
		a.File != b.File || a.Type != b.Type || a.ID != b.ID || a.Lang != b.Lang || a.Named != b.Named || a.Title != b.Title {
		return false
	}
	if a.Type == "guide" && parts(a) != parts(b) { // one page each
		return false
	}
	t := TypeByName(a.Type)
	for _, f := range t.Fields {
		if v, w := a.Fields.Get(f.Name), b.Fields.Get(f.Name); !onlyShown(t, f) && !v.same(w) {
			return false
		}
	}
	return true
}

func parts(d *Document) int {
	_, sections := markdown.Sections(d.Body)
	return len(sections)
}

// onlyShown reports whether a field appears on pages and nowhere else.
func onlyShown(t *Type, f Field) bool {
	switch f.Name {
	case "title":
		return false
	case "steps":
		return f.Kind == Markdown // those of a life event name services
	case "requirements", "evidence", "output", "cost", "channels", "legal", "deadlines", "contact", "sdg", "equivalent", "closures", "documents",
		"processing_time", "authentication", "languages", "status", "related", "requires", "sector", "owner", "office",
		"reviewed", "review_every", "review_by", "phone", "email", "url", "geo", "hours", "image", "file", "valid_until", "website", "country":
		return true
	}
	return f.Text && f.Kind != Record
}

// same reports whether two values say the same, wherever they stand.
func (v Value) same(w Value) bool {
	return v.Bad == w.Bad && v.Lang == w.Lang && v.Text == w.Text && v.Patch == w.Patch &&
		slices.EqualFunc(v.List, w.List, Value.same) &&
		slices.EqualFunc(v.Map, w.Map, func(a, b Member) bool { return a.Name == b.Name && a.Value.same(b.Value) })
}

// Tangled reports whether a fault that is not a single entity's names a file:
// an id used twice, a ring of topics.
func (p *Portal) Tangled(file string) bool {
	return slices.ContainsFunc(p.joined, func(d diag.Diagnostic) bool {
		return d.At.File == file || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return r.At.File == file })
	})
}

// Swap returns the portal with documents of the same shape in the place of
// others, and which entities took the place of which. The portal itself stays as
// it is. The faults are those that Link would have found.
func (p *Portal) Swap(docs map[*Document]*Document) (*Portal, map[*Entity]*Entity, diag.List) {
	next := *p
	swapped := map[*Entity]*Entity{}
	for old, d := range docs {
		e := p.byKey[Key{old.Type, old.ID}]
		if e == nil || e.Texts[old.Lang] != old {
			panic("portal: a document is swapped that the portal has not: " + old.File)
		}
		n := swapped[e]
		if n == nil {
			copied := *e
			n = &copied
			n.Texts = maps.Clone(e.Texts)
			swapped[e] = n
		}
		n.Texts[d.Lang] = d
		if e.Source == old {
			n.Source = d
		}
	}
	next.Entities = slices.Clone(p.Entities)
	for i, e := range next.Entities {
		if n := swapped[e]; n != nil {
			next.Entities[i] = n
		}
	}
	next.byKey, next.byLast, next.byFile, next.found = maps.Clone(p.byKey), maps.Clone(p.byLast), maps.Clone(p.byFile), maps.Clone(p.found)
	for e, n := range swapped {
		next.byKey[n.Key()] = n
		last := lastKey(n)
		next.byLast[last] = slices.Clone(next.byLast[last])
		next.byLast[last][slices.Index(next.byLast[last], e)] = n
		for _, d := range n.Texts {
			next.byFile[Logical(d.File)] = n
		}
		delete(next.found, e)
	}
	for _, n := range swapped {
		next.check(n)
	}
	return &next, swapped, next.faults()
}

// Swap returns the edition of a portal that came of [Portal.Swap], and which
// items took the place of which.
func (ed *Edition) Swap(p *Portal, entities map[*Entity]*Entity) (*Edition, map[*Item]*Item) {
	next := *ed
	next.Portal = p
	next.Items, next.byKey = slices.Clone(ed.Items), maps.Clone(ed.byKey)
	swapped := map[*Item]*Item{}
	for i, it := range ed.Items {
		e := entities[it.Entity]
		if e == nil {
			continue
		}
		n := *it
		n.Entity, n.Text = e, e.Texts[it.Text.Lang]
		next.Items[i], next.byKey[e.Key()] = &n, &n
		swapped[it] = &n
	}
	return &next, swapped
}
