package render

import (
	"html/template"
	"strconv"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// Builder gathers the view of one page.
type Builder struct {
	*Site
	page   Page
	view   *View
	faults diag.List
	fields portal.Value // of the page's item, with the reader's texts
}

// View gathers all that a page may show. It is a pure function of the page and
// its site, and may be called from many goroutines.
func (s *Site) View(page Page) (*View, diag.List) {
	b := &Builder{Site: s, page: page, view: &View{Layout: page.Layout, Lang: s.Lang, Dir: s.Locale.Dir}}
	if page.Item != nil {
		b.fields = page.Item.Fields()
		b.view.Title = page.Item.Title
		b.view.Lead = b.fields.String("description")
		b.view.Text = b.textLang(page.Item)
	}
	page.view(b)
	b.finish()
	return b.view, b.faults
}

// to is the address of a path of the output from this page.
func (b *Builder) to(target string) template.URL { return safeURL(rel(b.page.Path, target)) }

// own is the address of a page of this edition that belfry makes itself.
func (b *Builder) own(name string) template.URL { return b.to(b.Lang + "/" + name) }

// index is the path of the list of a folder in this language.
func (s *Site) index(folder string) string { return s.Lang + "/" + folder + "/index.html" }

// safeURL lets through what may stand in an href: a relative address, or one
// of the schemes that only lead somewhere. All addresses of a view pass here.
func safeURL(s string) template.URL {
	if i := strings.IndexAny(s, ":/?#"); i >= 0 && s[i] == ':' {
		switch strings.ToLower(s[:i]) {
		case "http", "https", "mailto", "tel", "webcal":
		default:
			return "#"
		}
	}
	return template.URL(strings.ReplaceAll(s, " ", "%20"))
}

// textLang marks the language of an item's texts where it is not the page's.
func (b *Builder) textLang(it *portal.Item) TextLang {
	if it.Text.Lang == b.Lang {
		return TextLang{}
	}
	return TextLang{it.Text.Lang, b.writing(it.Text.Lang).dir}
}

// link leads to an item, with its title.
func (b *Builder) link(it *portal.Item) Link {
	l := b.textLang(it)
	return Link{Text: it.Title, Href: b.to(it.Path), Lang: l.Lang, Dir: l.Dir, HrefLang: l.Lang, Current: it.Path == b.page.Path}
}

// rows turns items into lines of a ledger.
func (b *Builder) rows(items []*portal.Item) []Row {
	rows := make([]Row, 0, len(items))
	for _, it := range items {
		rows = append(rows, b.row(it))
	}
	return rows
}

// row is the ledger line of an item: a service shows its price and time, other
// types what identifies them.
func (b *Builder) row(it *portal.Item) Row {
	r := Row{Link: b.link(it), Text: summary(it), Lang: b.textLang(it)}
	r.Link.Lang, r.Link.Dir = "", "" // the row carries them
	switch it.Type {
	case "service":
		r.Service = true
		e := b.ends(it)
		r.Price, r.Time = e.price, e.time
	case "news":
		r.Text = ""
		r.Kind = ""
		if d := it.Fact("date"); d.Set() {
			r.Text = b.Locale.Date(b.Portal.Moment(d.Text))
			r.Lang = TextLang{}
			l := b.textLang(it)
			r.Link.Lang, r.Link.Dir = l.Lang, l.Dir
		}
	case "document":
		r.Kind = b.kind(it)
		if d := it.Fact("date"); d.Set() {
			r.Price = b.Locale.Date(b.Portal.Moment(d.Text))
		}
		r.Time = b.fileNote(it.Fact("file").Text)
	case "entry":
		r.Price = it.Fact("contact").String("phone")
		r.Time = it.Fact("region").Text
	case "form":
		f := it.Form.In(it.Text.Lang)
		r.Price, r.Time = b.fee(f), b.tn("form.minutes", f.Minutes())
	case "office":
		if p := it.Fact("phone").List; len(p) > 0 {
			r.Price = p[0].Text
		}
	}
	return r
}

func (b *Builder) kind(it *portal.Item) string {
	if k := it.Fact("kind").Text; k != "" {
		return b.t("kind." + it.Type + "." + k)
	}
	return ""
}

// summary is the description of an item, without the rest of its record.
func summary(it *portal.Item) string {
	if d := it.Text.Fields.String("description"); d != "" {
		return d
	}
	return it.Source.Fields.String("description")
}

// body is the item's text as prose; nil where there is none.
func (b *Builder) body(it *portal.Item) *Prose {
	if len(strings.TrimSpace(string(it.Text.Body.Text))) == 0 {
		return nil
	}
	return b.prose(it.Text.Body, it.Text.Lang, 2)
}

// field is a Markdown field of the page's item as prose; nil where it is empty.
func (b *Builder) field(name string) *Prose { return b.value(b.fields.Get(name)) }

func (b *Builder) value(v portal.Value) *Prose {
	if v.Text == "" {
		return nil
	}
	lang := v.Lang
	if lang == "" {
		lang = b.page.Item.Text.Lang
	}
	return b.prose(markdown.Source{File: v.At.File, Line: v.At.Line, Text: []byte(v.Text)}, lang, 3)
}

// prose registers a Markdown text of the view, with every address in it settled.
func (b *Builder) prose(src markdown.Source, lang string, top int) *Prose {
	w := b.writing(lang)
	p := &Prose{Source: src, Options: markdown.Options{
		Lang: lang, Dir: w.dir, Quotes: w.quotes, Labels: b.labels, TopLevel: top,
		SkipBroken: b.Broken, Reserved: reserved[:],
	}}
	if lang == b.Lang {
		p.Options.Lang, p.Options.Dir = lang, b.Locale.Dir
	}
	for _, dest := range markdown.Destinations(src.Text) {
		if p.Options.Targets == nil {
			p.Options.Targets = map[string]markdown.Target{}
		}
		p.Options.Targets[dest] = b.target(src.File, dest)
	}
	b.view.prose = append(b.view.prose, p)
	return p
}

// reserved are the ids the theme's layouts use themselves.
var reserved = [...]string{"top", "content", "menu", "search", "languages", "facts", "apply", "who", "how", "need", "get", "price", "terms", "appeal", "contact", "law", "checked", "parts", "footer", "hours", "access", "services", "i-"}

// pageOf returns the address of a page's counterpart in another language: the
// same document or the same page of belfry's own.
func (s *Site) pageOf(page Page) string {
	if page.Item != nil && page.Item.Type != "listing" { // a list stands at one place in every language
		it := s.Item(page.Item.Entity)
		if it == nil {
			return s.Lang + "/index.html"
		}
		first := it.Path
		if page.Layout == "form-sent" {
			return sentPath(first)
		}
		if page.Arg != "" && it.Type == "directory" {
			if c := kindPath(first, page.Arg); s.has(c) {
				first = c
			}
		}
		if page.N > 1 {
			suffix := "-" + strconv.Itoa(page.N) + ".html"
			for _, candidate := range []string{numbered(first, page.N), strings.TrimSuffix(first, ".html") + suffix} {
				if _, ok := s.pages[candidate]; ok {
					return candidate
				}
			}
		}
		return first
	}
	_, rest, _ := strings.Cut(page.Path, "/")
	same := s.Lang + "/" + rest
	switch {
	case s.has(same):
		return same
	case page.Layout == "a-to-z":
		return s.Lang + "/a-to-z.html"
	}
	return s.Lang + "/index.html"
}

func (s *Site) has(p string) bool {
	_, ok := s.pages[p]
	return ok
}
