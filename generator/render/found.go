package render

import (
	"strings"

	"belfry/generator/locale"
	"belfry/generator/portal"
	"belfry/search"
)

// weights say how much more likely a type is what somebody looks for.
var weights = map[string]float64{"service": 1.2, "life-event": 1.1, "office": 1, "step-by-step": 1.1, "guide": 1, "alert": 1.1, "news": .7, "event": .7, "document": .8, "entry": .7}

// Found is an item as the search knows it: its title, words and facts, and the
// text of its page.
func (s *Site) Found(it *portal.Item, text string, headings []string) search.Document {
	b := &Builder{Site: s, page: Page{Path: it.Path, Item: it}, view: &View{}, fields: it.Fields()}
	d := search.Document{
		ID: it.Type + ":" + it.ID, URL: it.Path, Title: it.Title, Summary: summary(it), Type: it.Type,
		Keywords: b.fields.Texts("keywords"), Headings: headings, Weight: weights[it.Type],
		Facets: map[string][]string{"type": {it.Type}},
	}
	var body strings.Builder
	body.Grow(len(text) + 512)
	body.WriteString(text)
	if it.Type == "form" {
		for a := range it.Form.In(it.Text.Lang).All() {
			body.WriteString(a.Label.Value + "\n")
			for _, c := range a.Choices {
				body.WriteString(c.Label.Value + "\n")
			}
		}
	}
	words(&body, portal.TypeByName(it.Type).Fields, b.fields)
	d.Body = body.String()
	if a := b.fields.Texts("audience"); len(a) > 0 {
		d.Facets["audience"] = a
	}
	for _, t := range it.Source.Fields.Texts("topics") {
		if topic, ok := s.Lookup("topic", t); ok {
			d.Facets["topic"] = append(d.Facets["topic"], topic.Title)
		}
	}
	if it.Type == "service" {
		d.Cost = b.ends(it).price
		if o, ok := s.Lookup("office", s.authority(it)); ok {
			d.Office = o.Title
			d.Related = []string{"office:" + o.ID}
		}
	}
	return d
}

// words adds the texts of a record that are no Markdown: names of papers, of
// results, of laws. Titles, descriptions and keywords have fields of their own.
func words(w *strings.Builder, fields []portal.Field, record portal.Value) {
	for _, m := range record.Map {
		for i := range fields {
			f := &fields[i]
			if f.Name != m.Name || f.Name == "title" && record.Get("description").Set() || f.Name == "description" || f.Name == "keywords" {
				continue
			}
			values := []portal.Value{m.Value}
			if f.Many {
				values = m.Value.List
			}
			for _, v := range values {
				switch {
				case f.Kind == portal.Record:
					words(w, f.Of, v)
				case f.Text && f.Kind == portal.Text && v.Text != "":
					w.WriteString(v.Text + "\n")
				case f.Kind == portal.Phone || f.Kind == portal.Email:
					w.WriteString(v.Text + "\n")
				}
			}
		}
	}
}

// PagesOf are the pages of an item, in order.
func (s *Site) PagesOf(it *portal.Item) []Page {
	var out []Page
	for n := 0; ; n++ {
		page, ok := s.pages[partPath(it.Path, n)]
		if n == 1 {
			continue // the first part is the item's own address
		}
		if !ok || page.Item == nil || page.Item.Entity != it.Entity {
			return out
		}
		out = append(out, page)
	}
}

// SearchTexts is what the search says to the readers of a language, by the names
// its script knows.
func SearchTexts(lang string, m *locale.Messages) map[string]any {
	types, audiences, count := map[string]string{}, map[string]string{}, map[string]string{}
	for _, t := range portal.Types {
		if t.Folder != "" {
			types[t.Name] = m.Text("type." + t.Name)
		}
	}
	for a, key := range map[string]string{"citizen": "citizens", "business": "business", "visitor": "visitor", "organisation": "organisation", "administration": "administration"} {
		audiences[a] = m.Text("audience." + key)
	}
	for _, c := range locale.For(lang).PluralCategories() {
		count[c] = m.Form("search.results", c, "n", "{n}", "query", "{q}")
	}
	return map[string]any{
		"list": m.Text("search.suggestions"), "count": count, "none": m.Text("search.nothing", "query", "{q}"),
		"all": m.Text("search.all", "n", "{n}"), "widened": m.Text("search.also", "words", "{words}"),
		"more": m.Text("search.more"), "offices": m.Text("search.offices"),
		"facets": map[string]string{"type": m.Text("search.facet_type"), "audience": m.Text("search.facet_audience"), "topic": m.Text("search.facet_topic")},
		"values": map[string]any{"type": types, "audience": audiences},
	}
}
