package portal

import (
	"cmp"
	"slices"
	"time"

	"belfry/generator/diag"
	"belfry/generator/locale"
)

// Edition is the portal in one language at one moment: what is shown, in which
// words, at which address. Every language has one, and none is special.
type Edition struct {
	Portal *Portal
	Locale *locale.Locale
	Lang   string
	At     time.Time // in the portal's zone
	Items  []*Item   // what is visible, sorted by type, then id

	byKey map[Key]*Item
}

// Item is one entity as the reader of an edition sees it.
type Item struct {
	*Entity
	Text     *Document // the document whose texts are shown
	Fallback bool      // Text is not in the edition's language
	Path     string    // address below the portal's root, "bg/services/x.html"
	Title    string
}

// In returns the edition of a language at a moment. Documents that are not
// visible then are left out; a document without a text in the language shows
// its source.
func (p *Portal) In(lang string, at time.Time) *Edition {
	ed := &Edition{Portal: p, Locale: locale.For(lang).In(p.Config.Country), Lang: lang, At: at.In(p.Config.Zone), byKey: make(map[Key]*Item, len(p.Entities))}
	for _, e := range p.Entities {
		if e.Source.Unreadable || !p.Visible(e.Source, ed.At) {
			continue
		}
		it := &Item{Entity: e, Text: e.Texts[lang]}
		if it.Text == nil || it.Text.Unreadable || !p.Visible(it.Text, ed.At) {
			it.Text, it.Fallback = e.Source, e.Source.Lang != lang
		}
		it.Title = it.Text.Title
		it.Path = p.address(e, lang)
		ed.Items = append(ed.Items, it)
		ed.byKey[e.Key()] = it
	}
	return ed
}

// Lookup finds a visible item by type and id, as [Portal.Lookup] does.
func (ed *Edition) Lookup(typ, id string) (*Item, bool) {
	e, ok := ed.Portal.Lookup(typ, id)
	if !ok {
		return nil, false
	}
	it, ok := ed.byKey[e.Key()]
	return it, ok
}

// Item returns the item of an entity; nil where it is not visible.
func (ed *Edition) Item(e *Entity) *Item { return ed.byKey[e.Key()] }

// Of returns the visible items of a type, sorted by id.
func (ed *Edition) Of(typ string) []*Item {
	from, _ := slices.BinarySearchFunc(ed.Items, typ, func(it *Item, t string) int { return cmp.Compare(it.Type, t) })
	to := from
	for to < len(ed.Items) && ed.Items[to].Type == typ {
		to++
	}
	return ed.Items[from:to]
}

// Fields returns the item's record with the reader's texts laid over the facts.
func (it *Item) Fields() Value {
	t := TypeByName(it.Type)
	if it.Text == it.Source {
		return it.Source.Fields
	}
	return merge(t.Fields, &it.Source.Fields, &it.Text.Fields, it.Source.Lang)
}

// merge lays the texts of a translation over a source record: facts come from
// the source alone, a text that is missing keeps the source's, marked with its
// language. Items of lists match by id, else by position.
func merge(fields []Field, source, texts *Value, sourceLang string) Value {
	out := Value{At: source.At, Map: make([]Member, 0, max(len(source.Map), len(texts.Map)))}
	for i := range fields {
		f := &fields[i]
		s, t := source.member(f.Name), texts.member(f.Name)
		add := func(v Value) { out.Map = append(out.Map, Member{f.Name, v}) }
		switch {
		case f.Kind == Record && f.Many:
			if !s.Set() {
				continue
			}
			v := *s
			v.List = slices.Clone(s.List)
			for i := range v.List {
				id, match := v.List[i].String("id"), &unset
				if n := at(t.List, id); n >= 0 && id != "" {
					match = &t.List[n]
				} else if i < len(t.List) && t.List[i].String("id") == "" {
					match = &t.List[i]
				}
				v.List[i] = merge(f.Of, &s.List[i], match, sourceLang)
			}
			add(v)
		case f.Kind == Record && s.Set():
			if v := merge(f.Of, s, t, sourceLang); v.Set() {
				add(v)
			}
		case f.Text && t.Set():
			add(*t)
		case f.Text && s.Set() && f.Name != "keywords":
			v := *s
			v.Lang = sourceLang
			v.List = slices.Clone(s.List)
			for i := range v.List {
				v.List[i].Lang = sourceLang
			}
			add(v)
		case !f.Text && s.Set():
			add(*s)
		}
	}
	if len(out.Map) == 0 {
		out.Map = nil // or it would be set
	}
	return out
}

// Visible reports whether a document is shown at a moment.
func (p *Portal) Visible(d *Document, at time.Time) bool {
	_, why := p.Hidden(d, at)
	return why == ""
}

// Hidden returns the place and code of the reason why a document is not shown
// at a moment; the code is empty where it is.
func (p *Portal) Hidden(d *Document, at time.Time) (diag.Pos, string) {
	f := &d.Fields
	if !f.mayHide() {
		return diag.Pos{}, ""
	}
	if v := f.Get("draft"); v.Text == "true" && !p.Drafts {
		return v.At, "document/draft"
	}
	if v := f.Get("publish"); v.Set() && at.Before(p.Moment(v.Text)) {
		return v.At, "document/not-yet"
	}
	if v := f.Get("expires"); v.Set() && !at.Before(p.Moment(v.Text)) {
		return v.At, "document/expired"
	}
	return diag.Pos{}, ""
}

// mayHide reports whether a record has one of the fields that hide a document:
// the question is asked of every document, the answer is mostly no.
func (v *Value) mayHide() bool {
	for i := range v.Map {
		switch v.Map[i].Name {
		case "draft", "publish", "expires":
			return true
		}
	}
	return false
}

// Moment reads a canonical day or moment; one that names another zone is told in
// the portal's. A text that passed parsing is always readable; anything else
// gives the zero time.
func (p *Portal) Moment(text string) time.Time {
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04", time.RFC3339} {
		if t, err := time.ParseInLocation(layout, text, p.Config.Zone); err == nil {
			return t.In(p.Config.Zone)
		}
	}
	return time.Time{}
}
