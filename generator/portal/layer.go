package portal

// This file lays the documents of one layer over those of the layer below: a town's
// over its region's, a region's over the nation's. Every value keeps the file, line
// and column where it is written.

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// layer is one document with its translations, in one layer.
type layer struct {
	key   Key
	base  *Document            // the one whose name carries no language
	texts map[string]*Document // by language, the base included
}

// group joins documents with their translations, sorted by file of the base.
func group(docs []*Document, languages []string) []*layer {
	p := &Portal{Config: &Config{Languages: languages}}
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b *Document) int { return strings.Compare(a.File, b.File) })
	ids := p.givenIDs(docs)
	byKey := map[Key]*layer{}
	var out []*layer
	for _, d := range docs {
		if d.Unreadable {
			continue
		}
		key := Key{d.Type, d.ID}
		if id, ok := ids[p.stem(d)]; ok {
			key.ID = id
		}
		g := byKey[key]
		if g == nil {
			g = &layer{key: key, texts: map[string]*Document{}}
			byKey[key] = g
			out = append(out, g)
		}
		if g.texts[d.Lang] != nil {
			continue // told by Link
		}
		g.texts[d.Lang] = d
		if !d.Named || g.base == nil {
			g.base = d
		}
	}
	return out
}

func lastPart(id string) string { return path.Base(id) }

// lay returns top laid over below. Languages are those in which a text may be
// needed, in the order in which one is chosen to be the base's.
func lay(top, below *layer, languages []string, faults *diag.List) *layer {
	fields := TypeByName(top.key.Type).Fields
	lang := baseLanguage(top, below, languages)
	if lang == "" {
		faults.Add("catalogue/language", top.base.Place("extends"), "file", below.base.File, "languages", strings.Join(slices.Sorted(maps.Keys(below.texts)), ", "))
		return nil
	}
	source := withoutStamp(below.base.Fields)
	if lang != below.base.Lang {
		texts := withoutStamp(textsOf(below, lang))
		source = merge(fields, &source, &texts, below.base.Lang)
	}
	base := *top.base
	base.Lang, base.From = lang, below.base.File
	base.Fields = overlay(fields, source, top.base.Fields, top.base.Lang, lang, below.base, faults)
	if base.Title == "" {
		from := below.texts[lang]
		base.Title, base.TitleAt = from.Title, from.TitleAt
	}
	if from := below.texts[lang]; from != nil {
		base.Body = mergeBodies(from.Body, top.base.Body, top.base, faults)
	} else {
		base.Body = top.base.Body
	}
	base.Whole = base.Body
	out := &layer{key: top.key, base: &base, texts: map[string]*Document{lang: &base}}
	for _, l := range slices.Sorted(maps.Keys(union(top.texts, below.texts))) {
		if l != lang && (l != top.base.Lang || below.texts[l] != nil) && slices.Contains(languages, l) {
			out.texts[l] = layText(top, below, l, &base, faults)
		}
	}
	return out
}

// baseLanguage is that of the document on top, where anyone has written a text
// in it, else the first that the layer below has.
func baseLanguage(top, below *layer, languages []string) string {
	own := top.base.Lang
	if below.texts[own] != nil || top.base.Title != "" {
		return own
	}
	for _, l := range languages {
		if below.texts[l] != nil {
			return l
		}
	}
	return ""
}

func textsOf(g *layer, lang string) Value {
	if d := g.texts[lang]; d != nil {
		return d.Fields
	}
	return Value{}
}

func union(a, b map[string]*Document) map[string]*Document {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// withoutStamp leaves out what a layer says of itself: its id, and what its own
// translations were made from.
func withoutStamp(v Value) Value {
	out := v
	out.Map = slices.DeleteFunc(slices.Clone(v.Map), func(m Member) bool { return m.Name == "translated_from" || m.Name == "id" })
	return out
}

// overlay returns the record below with what top writes: a value replaces, null
// removes, a patch changes a list item by item.
func overlay(fields []Field, below, top Value, topLang, lang string, from *Document, faults *diag.List) Value {
	out := Value{At: top.At}
	for _, f := range fields {
		b, t := below.Get(f.Name), top.Get(f.Name)
		switch {
		case t.Gone:
			if !b.Set() {
				missing("catalogue/gone-field", t.At, from.At(), faults, "field", f.Name, "file", from.File)
			}
			b = Value{}
		case t.Patch:
			b = patch(&f, b, t, from, faults)
		case t.Set() || t.Bad:
			b = t
			if f.Text && topLang != lang {
				b.Lang = topLang
			}
		}
		if b.Set() || b.Bad {
			out.Map = append(out.Map, Member{f.Name, b})
		}
	}
	return out
}

func missing(code string, at, other diag.Pos, faults *diag.List, args ...string) {
	d := diag.New(code, at, args...)
	d.Related = []diag.Related{{At: other, Code: "catalogue/other-place"}}
	*faults = append(*faults, d)
}

// patch changes the items of a list by their ids.
func patch(f *Field, below, top Value, from *Document, faults *diag.List) Value {
	out := below
	out.List = slices.Clone(below.List)
	var ids []string
	for _, v := range below.List {
		if id := v.String("id"); id != "" {
			ids = append(ids, id)
		}
	}
	gone := map[int]bool{}
	for _, m := range top.Map {
		if m.Name == Added {
			out.List = append(out.List, m.Value.List...)
			continue
		}
		n := at(below.List, m.Name)
		if n < 0 {
			place := from.At()
			if below.Set() {
				place = below.At
			}
			missing("catalogue/gone-item", m.Value.At, place, faults, "field", f.Name, "id", m.Name, "file", from.File, "guess", diag.Guess(m.Name, ids))
			continue
		}
		if m.Value.Gone {
			gone[n] = true
			continue
		}
		item := out.List[n]
		for _, of := range m.Value.Map {
			if of.Value.Gone {
				item = item.without(of.Name)
			} else {
				item = item.With(of.Name, of.Value)
			}
		}
		out.List[n] = item
	}
	var kept []Value
	for i, v := range out.List {
		if !gone[i] {
			kept = append(kept, v)
		}
	}
	out.List = kept
	if out.At.Line == 0 {
		out.At = top.At
	}
	return out
}

func (v Value) without(name string) Value {
	v.Map = slices.DeleteFunc(slices.Clone(v.Map), func(m Member) bool { return m.Name == name })
	return v
}

// layText lays the texts of one language. What the base document on top says
// anew has no translation below any more.
func layText(top, below *layer, lang string, base *Document, faults *diag.List) *Document {
	fields := TypeByName(top.key.Type).Fields
	own, from := top.texts[lang], below.texts[lang]
	if from == nil {
		return own
	}
	written := withoutStamp(from.Fields)
	if from == below.base {
		written = onlyTexts(fields, written) // its facts are the base's already
	}
	texts := shadow(fields, align(fields, below.base.Fields, written), below.base.Fields, top.base.Fields)
	out := *from
	out.Named, out.ID = true, top.key.ID
	var stale []string
	for _, name := range []string{"title", "description"} {
		if v := top.base.Fields.Get(name); v.Set() && (own == nil || !own.Fields.Get(name).Set()) {
			stale = append(stale, name)
		}
	}
	if own != nil {
		body := own.Body
		if !own.Fields.Get("title").Set() {
			body = own.Whole
		}
		title, at := from.Title, from.TitleAt
		out = *own
		out.ID = top.key.ID
		if !own.Fields.Get("title").Set() {
			out.Title, out.TitleAt = title, at
		}
		out.Body = mergeBodies(from.Body, body, own, faults)
		texts = layTexts(fields, texts, own.Fields, base.Fields)
	}
	if !blank(top.base.Body) && (own == nil || blank(own.Whole)) {
		stale = append(stale, "text")
	}
	if len(stale) > 0 {
		faults.Add("catalogue/untranslated", top.base.At(), "language", lang, "fields", strings.Join(stale, ", "), "file", from.File)
	}
	out.Whole = out.Body
	out.Fields = texts
	return &out
}

// onlyTexts is what a translation may hold of a record.
func onlyTexts(fields []Field, v Value) Value {
	out := Value{At: v.At, Map: []Member{}}
	for _, f := range fields {
		m := v.Get(f.Name)
		switch {
		case !m.Set(), !f.Text && f.Kind != Record && f.Name != "id":
			continue
		case f.Kind == Record && f.Many:
			m.List = slices.Clone(m.List)
			for i := range m.List {
				m.List[i] = onlyTexts(f.Of, m.List[i])
			}
		case f.Kind == Record:
			m = onlyTexts(f.Of, m)
		}
		out.Map = append(out.Map, Member{f.Name, m})
	}
	return out
}

// align gives each item of a source list the item of a translation that
// belongs to it, by id or by position; an item without one is empty.
func align(fields []Field, source, texts Value) Value {
	out := Value{At: texts.At}
	for _, f := range fields {
		t := texts.Get(f.Name)
		if f.Kind == Record && f.Many && t.Set() {
			list := source.Get(f.Name).List
			aligned := Value{At: t.At, List: []Value{}}
			for i, item := range list {
				match := Value{At: t.At, Map: []Member{}}
				if n := at(t.List, item.String("id")); n >= 0 && item.String("id") != "" {
					match = t.List[n]
				} else if i < len(t.List) && t.List[i].String("id") == "" {
					match = t.List[i]
				}
				aligned.List = append(aligned.List, match)
			}
			t = aligned
		}
		if t.Set() {
			out.Map = append(out.Map, Member{f.Name, t})
		}
	}
	return out
}

// shadow takes away from aligned texts what the document on top says anew.
func shadow(fields []Field, texts, source, top Value) Value {
	out := Value{At: texts.At}
	for _, f := range fields {
		x, t := texts.Get(f.Name), top.Get(f.Name)
		switch {
		case t.Gone, t.Set() && !t.Patch:
			continue
		case t.Patch && f.Kind == Record:
			x = shadowList(x, source.Get(f.Name), t)
		}
		if x.Set() {
			out.Map = append(out.Map, Member{f.Name, x})
		}
	}
	return out
}

func shadowList(texts, source, top Value) Value {
	out := Value{At: texts.At, List: []Value{}}
	for i, item := range source.List {
		change := top.Get(item.String("id"))
		if item.String("id") == "" {
			change = Value{}
		}
		if change.Gone {
			continue
		}
		text := Value{Map: []Member{}}
		if i < len(texts.List) {
			text = texts.List[i]
		}
		for _, m := range change.Map {
			text = text.without(m.Name)
		}
		if id := item.Get("id"); id.Set() {
			text = text.With("id", id)
		}
		if text.Map == nil {
			text.Map = []Member{}
		}
		out.List = append(out.List, text)
	}
	for range top.Get(Added).List {
		out.List = append(out.List, Value{Map: []Member{}})
	}
	return out
}

// layTexts lays a translation of this layer over the texts from below.
func layTexts(fields []Field, below, top, base Value) Value {
	out := Value{At: top.At}
	for _, f := range fields {
		b, t := below.Get(f.Name), top.Get(f.Name)
		switch {
		case f.Kind == Record && f.Many && b.Set() && t.Set():
			b.List = slices.Clone(b.List)
			list := base.Get(f.Name).List
			for i, item := range t.List {
				n := i
				if id := item.String("id"); id != "" {
					n = at(list, id)
				}
				if n < 0 || n >= len(b.List) {
					b.List = append(b.List, item) // told by Link
					continue
				}
				for _, m := range item.Map {
					b.List[n] = b.List[n].With(m.Name, m.Value)
				}
			}
		case t.Set() || t.Bad:
			b = t
		}
		if b.Set() || b.Bad {
			out.Map = append(out.Map, Member{f.Name, b})
		}
	}
	return out
}

func blank(s markdown.Source) bool { return len(bytes.TrimSpace(s.Text)) == 0 }
