package render

import (
	"slices"
	"strings"

	"belfry/generator/portal"
)

var entryKinds = portal.TypeByName("entry").Field("kind").Enum

// entries are the lines of a directory, by title.
func (s *Site) entries(directory, kind string) []*portal.Item {
	var out []*portal.Item
	for _, it := range s.byType["entry"] {
		if strings.HasPrefix(it.ID, directory+"/") && (kind == "" || it.Fact("kind").Text == kind) {
			out = append(out, it)
		}
	}
	return out
}

// kindPath is the page of a directory that shows one kind only.
func kindPath(index, kind string) string {
	return strings.TrimSuffix(index, ".html") + "/kind-" + kind + ".html"
}

// directory plans the page of a directory and, as its filters must work
// without script, one for each kind where it has more than one.
func (p *plan) directory(page Page) {
	page.Layout = "directory"
	id := page.Item.ID
	p.paged(page, len(p.entries(id, "")), (*Builder).directory)
	kinds := p.kindsOf(id)
	if len(kinds) < 2 {
		return
	}
	for _, kind := range kinds {
		page.Arg = kind
		page.Path = kindPath(page.Item.Path, kind)
		p.paged(page, len(p.entries(id, kind)), (*Builder).directory)
	}
}

func (s *Site) kindsOf(directory string) []string {
	var kinds []string
	for _, k := range entryKinds {
		if len(s.entries(directory, k)) > 0 {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// directory fills a page of a directory.
func (b *Builder) directory() {
	it := b.page.Item
	l := &List{Intro: b.body(it)}
	b.view.Content = l
	b.under("directories")
	all := b.entries(it.ID, b.page.Arg)
	l.Count = b.tn("list.count_entries", len(all))
	kinds := b.kindsOf(it.ID)
	if len(kinds) > 1 {
		l.Facets = append(l.Facets, Link{Text: b.t("list.all"), Note: b.count(len(b.entries(it.ID, ""))), Href: b.to(it.Path), Current: b.page.Arg == ""})
		for _, k := range kinds {
			l.Facets = append(l.Facets, Link{Text: b.t("kinds.entry." + k), Note: b.count(len(b.entries(it.ID, k))), Href: b.to(kindPath(it.Path, k)), Current: k == b.page.Arg})
		}
	}
	if b.page.Arg != "" {
		b.view.Title += ": " + b.lowerFirst(b.t("kinds.entry."+b.page.Arg))
		b.view.Path = append(b.view.Path, b.link(it))
	}
	l.Groups = []Group{{ID: "all", Rows: b.rows(slice(b, all, &l.Pager))}}
	if len(all) == 0 {
		l.Empty = b.t("list.empty")
	}
}

func (b *Builder) count(n int) string { return b.Locale.Number(decimal(float64(n), 0)) }

// entry fills the page of one line of a directory.
func (b *Builder) entry() {
	it, f := b.page.Item, b.fields
	c := &Contact{Name: Link{Text: it.Title}, Address: f.String("address"), Hours: b.hours(f.String("hours"))}
	contact := f.Get("contact")
	if p := contact.String("phone"); p != "" {
		c.Phones = []Link{tel(p)}
	}
	if m := contact.String("email"); m != "" {
		c.Emails = []Link{mail(m)}
	}
	c.Note = contact.String("person")
	for _, v := range []portal.Value{f.Get("website"), contact.Get("url")} {
		if href, external := b.address(v); href != "" && c.Website == nil {
			c.Website = &Link{Text: strings.TrimPrefix(strings.TrimPrefix(v.Text, "https://"), "http://"), Href: href, External: external}
		}
	}
	e := &Entry{Text: b.body(it), Contact: c, Kind: b.kind(it)}
	b.view.Content = e
	b.under("directories")
	name, _, _ := strings.Cut(it.ID, "/")
	if d, ok := b.Lookup("directory", name); ok {
		b.view.Path = append(b.view.Path, b.link(d))
	}
	e.Facts = slices.DeleteFunc([]Fact{
		{Icon: "shop", Label: b.t("facts.kind"), Value: e.Kind},
		{Icon: "where", Label: b.t("facts.region"), Value: f.String("region"), Detail: f.String("country")},
	}, func(f Fact) bool { return f.Value == "" })
}
