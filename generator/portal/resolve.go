package portal

// This file brings in what a portal takes from shared catalogues: it follows
// extends: from layer to layer and lays them over one another.

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// Resolved is the documents of a portal with the catalogues' laid under them.
type Resolved struct {
	Docs    []*Document
	Follows []Follow        // sorted by type, then id
	Layered map[string]bool // files that take what they do not say from a catalogue
	Shelves []*Shelf        // in use, sorted by Home
}

// Follow is a document of the portal that follows one of a catalogue.
type Follow struct {
	Key       Key
	File      string // of the portal; "" where the whole document is the catalogue's
	Catalogue string
	Version   string
	Pinned    bool     // the document names the version itself
	Source    Key      // the document of the catalogue
	Overrides []string // what the portal writes itself: fields, items as field.id, "text" and text.id of the body; sorted
	At        diag.Pos // of the reference
}

// resolver follows references; what it has resolved it resolves once.
type resolver struct {
	lib       *Library
	languages []string
	faults    diag.List
	done      map[origin]*layer
	busy      map[origin]diag.Pos
	used      map[string]*Shelf // by Home
}

// origin is one document of one version of a catalogue.
type origin struct {
	catalogue, version string
	key                Key
}

// Resolve lays the documents that extends: names, and the topics that
// portal.yaml takes whole, under the documents of a portal. A portal without
// catalogues passes through unchanged. A document whose reference leads nowhere
// is marked Unreadable and reported.
func Resolve(config *Config, docs []*Document, lib *Library) (Resolved, diag.List) {
	topics := config.Fields.Get("extends")
	if len(topics.List) == 0 && !slices.ContainsFunc(docs, func(d *Document) bool { return d.Fields.Get("extends").Set() }) {
		return Resolved{Docs: docs}, nil
	}
	r := &resolver{lib: lib, languages: config.Languages, done: map[origin]*layer{}, busy: map[origin]diag.Pos{}, used: map[string]*Shelf{}}
	out := Resolved{Layered: map[string]bool{}}
	have := map[Key]bool{}
	replaced := map[*Document]bool{}
	for _, g := range group(docs, config.Languages) {
		have[g.key] = true
		if !g.base.Fields.Get("extends").Set() {
			continue
		}
		for _, d := range g.texts {
			replaced[d], out.Layered[d.File] = true, true
		}
		laid, follow := r.follow(g, config.Languages)
		if laid == nil {
			for _, l := range slices.Sorted(maps.Keys(g.texts)) {
				lost := *g.texts[l]
				lost.Unreadable, lost.Fields = true, Value{}
				out.Docs = append(out.Docs, &lost)
			}
			continue
		}
		follow.File, follow.Overrides = g.base.File, overrides(g.base)
		out.Follows = append(out.Follows, follow)
		out.Docs = append(out.Docs, r.listed(laid)...)
	}
	for _, d := range docs {
		if !replaced[d] {
			out.Docs = append(out.Docs, d)
		}
	}
	for _, ref := range topics.List {
		r.topic(ref, have, &out)
	}
	out.Shelves = slices.SortedFunc(maps.Values(r.used), func(a, b *Shelf) int { return cmp.Compare(a.Home, b.Home) })
	r.prune(out)
	r.faults = slices.DeleteFunc(r.faults, func(d diag.Diagnostic) bool { // what nobody here reads
		return d.Code == "catalogue/untranslated" && !slices.Contains(r.languages, d.Arg("language"))
	})
	slices.SortFunc(out.Follows, func(a, b Follow) int {
		return cmp.Or(cmp.Compare(a.Key.Type, b.Key.Type), cmp.Compare(a.Key.ID, b.Key.ID))
	})
	return out, r.faults
}

// overrides names what a document says itself, by the paths of [Document.Facts].
func overrides(d *Document) []string {
	var out []string
	for _, m := range d.Fields.Map {
		switch {
		case m.Name == "extends" || m.Name == "translated_from":
		case m.Value.Patch:
			for _, item := range m.Value.Map {
				out = append(out, m.Name+"."+item.Name)
			}
		default:
			out = append(out, m.Name)
		}
	}
	if !blank(d.Body) {
		lead, sections := markdown.Sections(d.Body)
		parts := []string{"text"}
		if slices.ContainsFunc(sections, func(s markdown.Section) bool { return s.Own }) {
			parts = nil
			if !blank(lead) {
				parts = []string{"text"}
			}
			for _, s := range sections {
				parts = append(parts, "text."+s.ID)
			}
		}
		out = append(out, parts...)
	}
	slices.Sort(out)
	return out
}

// Overridden reports whether a document that says the given itself, as
// [Follow].Overrides lists it, says a value itself.
func Overridden(overrides []string, field string) bool {
	for _, o := range overrides {
		whole := o != "text" || !slices.ContainsFunc(overrides, func(x string) bool { return strings.HasPrefix(x, "text.") })
		if o == field || whole && strings.HasPrefix(field, o+".") {
			return true
		}
	}
	return false
}

// listed are the documents of a group in the languages of the portal. A catalogue
// cannot know in which language a town's office works: where nobody says it, a
// service is had in the portal's first.
func (r *resolver) listed(g *layer) []*Document {
	if g.key.Type == "service" && !g.base.Fields.Get("languages").Set() {
		language, _, _ := strings.Cut(r.languages[0], "-") // the script is the page's
		at := g.base.Fields.At
		g.base.Fields = g.base.Fields.With("languages", Value{At: at, List: []Value{{At: at, Text: language}}})
	}
	var out []*Document
	for _, l := range slices.Sorted(maps.Keys(g.texts)) {
		if d := g.texts[l]; d != nil && (d == g.base || slices.Contains(r.languages, l)) {
			out = append(out, d)
		}
	}
	return out
}

// follow lays a group over what its base extends, with the texts of some
// languages; nil for all there are.
func (r *resolver) follow(g *layer, languages []string) (*layer, Follow) {
	v := g.base.Fields.Get("extends")
	ref, ok := ParseReference(v.Text)
	if !ok {
		r.faults.Add("catalogue/reference", v.At, "text", v.Text)
		return nil, Follow{}
	}
	below, version := r.find(ref, g.key.Type, v.At)
	if below == nil {
		return nil, Follow{}
	}
	if languages == nil {
		languages = r.order(g, below)
	}
	laid := lay(g, below, languages, &r.faults)
	return laid, Follow{Key: g.key, Catalogue: ref.Catalogue, Version: version, Pinned: ref.Version != "", Source: below.key, At: v.At}
}

// order is the languages in which texts may be needed: the portal's, then all
// that a layer in between may hand on.
func (r *resolver) order(g, below *layer) []string {
	out := slices.Clone(r.languages)
	for _, l := range slices.Sorted(maps.Keys(union(g.texts, below.texts))) {
		if !slices.Contains(out, l) {
			out = append(out, l)
		}
	}
	return out
}

// find returns the document that a reference names, laid over what it extends
// itself.
func (r *resolver) find(ref Reference, typ string, at diag.Pos) (*layer, string) {
	shelf, version := r.lib.open(ref, at, &r.faults)
	if shelf == nil {
		return nil, ""
	}
	r.used[shelf.Home] = shelf
	g := shelf.find(Key{typ, ref.ID})
	if g == nil {
		var ids []string
		other := ""
		for _, k := range shelf.Keys() {
			if k.Type == typ {
				ids = append(ids, k.ID)
			} else if k.ID == ref.ID {
				other = k.Type
			}
		}
		r.faults.Add("catalogue/document", at, "id", ref.ID, "type", typ, "catalogue", ref.Catalogue+"@"+version, "other", other, "guess", diag.Guess(ref.ID, ids))
		return nil, ""
	}
	return r.settle(origin{ref.Catalogue, version, g.key}, g, at), version
}

// settle lays a catalogue's document over the layers below it.
func (r *resolver) settle(o origin, g *layer, at diag.Pos) *layer {
	if done, ok := r.done[o]; ok {
		return done
	}
	if first, ok := r.busy[o]; ok {
		missing("catalogue/ring", at, first, &r.faults, "id", o.catalogue+"/"+o.key.ID)
		return nil
	}
	if !g.base.Fields.Get("extends").Set() {
		return g
	}
	r.busy[o] = at
	laid, _ := r.follow(g, nil)
	delete(r.busy, o)
	r.done[o] = laid
	return laid
}

// topic takes a topic of a catalogue with all its services and their forms.
// What the portal has itself goes before.
func (r *resolver) topic(v Value, have map[Key]bool, out *Resolved) {
	ref, ok := ParseReference(v.Text)
	if !ok {
		r.faults.Add("catalogue/reference", v.At, "text", v.Text)
		return
	}
	below, version := r.find(ref, "topic", v.At)
	if below == nil {
		return
	}
	shelf, _ := r.lib.open(ref, v.At, &r.faults)
	take := func(key Key) {
		g := shelf.find(key)
		if g == nil || have[g.key] {
			return
		}
		have[g.key] = true
		laid := r.settle(origin{ref.Catalogue, version, g.key}, g, v.At)
		if laid == nil {
			return
		}
		if laid = r.shown(laid, v.At); laid == nil {
			return
		}
		out.Docs = append(out.Docs, r.listed(laid)...)
		out.Follows = append(out.Follows, Follow{Key: g.key, Catalogue: ref.Catalogue, Version: version, Pinned: ref.Version != "", Source: g.key, At: v.At})
	}
	topics := map[string]bool{below.key.ID: true}
	keys := shelf.Keys()
	for again := true; again; {
		again = false
		for _, k := range keys {
			if d := shelf.Document(k); k.Type == "topic" && !topics[k.ID] && topics[canonicalIn(shelf, "topic", d.Fields.String("parent"))] {
				topics[k.ID], again = true, true
			}
		}
	}
	for _, k := range keys {
		if k.Type == "topic" && topics[k.ID] {
			take(k)
		}
	}
	for _, k := range keys {
		d := shelf.Document(k)
		if k.Type != "service" || !slices.ContainsFunc(d.Fields.Texts("topics"), func(id string) bool { return topics[canonicalIn(shelf, "topic", id)] }) {
			continue
		}
		take(k)
		take(Key{"form", d.Fields.String("form")})
		for _, c := range d.Fields.Get("channels").List {
			take(Key{"form", c.String("form")})
		}
	}
}

// shown makes a base of a catalogue's document in a language of the portal.
func (r *resolver) shown(g *layer, at diag.Pos) *layer {
	own := *g.base
	own.Fields, own.Title, own.Lang = Value{At: g.base.Fields.At}, "", r.languages[0]
	own.Body.Text, own.Whole.Text = nil, nil
	top := &layer{key: g.key, base: &own, texts: map[string]*Document{own.Lang: &own}}
	laid := lay(top, g, r.languages, &r.faults)
	if laid != nil {
		laid.base.Named = false
		laid.base.File = g.base.File
		if from := g.texts[laid.base.Lang]; from != nil && from != g.base {
			laid.base.File = from.File
		}
	}
	return laid
}

func canonicalIn(s *Shelf, typ, id string) string {
	if g := s.find(Key{typ, id}); g != nil && id != "" {
		return g.key.ID
	}
	return ""
}

// prune takes out references that a catalogue makes to its own documents which
// the portal did not take: the catalogue cannot know.
func (r *resolver) prune(out Resolved) {
	p := &Portal{byKey: map[Key]*Entity{}, byLast: map[Key][]*Entity{}}
	for _, d := range out.Docs {
		key := Key{d.Type, d.ID}
		if p.byKey[key] == nil {
			e := &Entity{Type: d.Type, ID: d.ID}
			p.byKey[key] = e
			last := Key{d.Type, lastPart(d.ID)}
			p.byLast[last] = append(p.byLast[last], e)
		}
	}
	for _, d := range out.Docs {
		d.Fields = r.pruned(TypeByName(d.Type).Fields, d.Fields, p)
	}
}

func (r *resolver) pruned(fields []Field, v Value, p *Portal) Value {
	out := v
	out.Map = nil
	for _, m := range v.Map {
		f := field(fields, m.Name)
		if f == nil {
			out.Map = append(out.Map, m)
			continue
		}
		x := m.Value
		switch {
		case f.Kind == Ref && f.Many:
			x.List = slices.DeleteFunc(slices.Clone(x.List), func(i Value) bool { return r.untaken(f.Ref, i, p) })
		case f.Kind == Ref && r.untaken(f.Ref, x, p):
			continue
		case f.Kind == Record && f.Many:
			x.List = slices.Clone(x.List)
			for i := range x.List {
				x.List[i] = r.pruned(f.Of, x.List[i], p)
			}
		case f.Kind == Record:
			x = r.pruned(f.Of, x, p)
		}
		out.Map = append(out.Map, Member{m.Name, x})
	}
	return out
}

// untaken reports whether a reference stands in a catalogue and leads to a
// document of it that the portal does not have.
func (r *resolver) untaken(typ string, v Value, p *Portal) bool {
	if v.Text == "" {
		return false
	}
	if _, ok := p.Lookup(typ, v.Text); ok {
		return false
	}
	for _, home := range slices.Sorted(maps.Keys(r.used)) {
		if strings.HasPrefix(v.At.File, home) {
			return r.used[home].find(Key{typ, v.Text}) != nil
		}
	}
	return false
}
