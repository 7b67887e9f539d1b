package render

import (
	"path"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// article fills the pages that are mostly text: page, news, alert, notice and
// document.
func (b *Builder) article() {
	it := b.page.Item
	a := &Article{}
	b.view.Content = a
	b.view.Path = append(b.view.Path, b.homeLink())
	if it.Type != "page" && it.Type != "alert" {
		b.view.Path = append(b.view.Path, b.listLink(portal.TypeByName(it.Type).Folder))
	}
	switch it.Type {
	case "page":
		a.Text, a.Sections = b.cut(it)
		return
	case "news":
		b.news(a)
	case "alert":
		if end := it.Fact("ends").Text; end != "" {
			a.Facts = append(a.Facts, Fact{Icon: "clock", Label: b.t("facts.until"), Value: b.Locale.DayMonth(b.Portal.Moment(end)), Detail: b.Locale.DateFull(b.Portal.Moment(end))})
		}
	case "notice":
		b.notice(a)
	case "document":
		b.documentFacts(a)
	}
	a.Text = b.body(it)
}

// cut divides a page with headings into sections with margin headings.
func (b *Builder) cut(it *portal.Item) (*Prose, []Section) {
	lead, parts := markdown.Sections(it.Text.Body)
	if len(parts) == 0 {
		return b.body(it), nil
	}
	var intro *Prose
	if len(strings.TrimSpace(string(lead.Text))) > 0 {
		intro = b.prose(lead, it.Text.Lang, 2)
	}
	var out []Section
	for _, p := range parts {
		b.view.heads = append(b.view.heads, markdown.Heading{Level: 2, ID: p.ID, Text: p.Text, Line: p.Line})
		out = append(out, Section{ID: b.sectionID(p.ID), Title: p.Text, Text: b.prose(p.Body, it.Text.Lang, 3)})
	}
	return intro, out
}

// sectionID claims an id for a section of the page, moved out of the way of
// the layout's own and of those claimed before.
func (b *Builder) sectionID(want string) string {
	id := want
	for n := 2; slices.Contains(reserved[:], id) || slices.Contains(b.view.ids, id); n++ {
		id = want + "-" + strconv.Itoa(n)
	}
	b.view.ids = append(b.view.ids, id)
	return id
}

func (b *Builder) news(a *Article) {
	it := b.page.Item
	if d := it.Fact("date").Text; d != "" {
		b.view.Date = b.Locale.Date(b.Portal.Moment(d))
	}
	if image := it.Fact("image").Text; image != "" && b.Portal.Files.Has(image) {
		w, h := b.Tables.Pixels(image)
		a.Image = &Image{Src: b.to(escapePath(image)), Alt: b.fields.String("image_alt"), Width: w, Height: h}
	}
	var more []*portal.Item
	for _, n := range b.newest("news") {
		if n != it && len(more) < 3 {
			more = append(more, n)
		}
	}
	a.More = Group{ID: "more", Title: b.t("news.more"), Rows: b.rows(more)}
}

func (b *Builder) notice(a *Article) {
	it := b.page.Item
	if k := b.kind(it); k != "" {
		a.Facts = append(a.Facts, Fact{Icon: "document", Label: b.t("facts.kind"), Value: k})
	}
	for _, f := range []struct{ field, label string }{{"opens", "facts.opens"}, {"closes", "facts.closes"}} {
		if v := it.Fact(f.field).Text; v != "" {
			t := b.Portal.Moment(v)
			fact := Fact{Icon: "calendar", Label: b.t(f.label), Value: b.Locale.DayMonth(t), Detail: b.Locale.DateFull(t)}
			if strings.Contains(v, "T") {
				fact.Detail += ", " + b.Locale.Time(t.Hour(), t.Minute())
			}
			a.Facts = append(a.Facts, fact)
		}
	}
	if !b.Portal.Open(it.Entity, "", "closes", b.At) {
		a.Status = &Status{Level: "info", Label: b.t("notice.closed_label"), Note: b.t("notice.closed_note")}
	}
	for _, d := range b.fields.Get("documents").List {
		if row, ok := b.fileRow(d.String("title"), d.Get("url")); ok {
			a.Files = append(a.Files, row)
		}
	}
	if o, ok := b.Lookup("office", it.Fact("office").Text); ok {
		a.Contact = b.contact(o)
	}
}

// fileRow is the ledger line of a file to download.
func (b *Builder) fileRow(title string, v portal.Value) (Row, bool) {
	href, external := b.address(v)
	if href == "" {
		return Row{}, false
	}
	if title == "" {
		title = path.Base(v.Text)
	}
	return Row{Link: Link{Text: title, Href: href, External: external}, Time: b.fileNote(v.Text)}, true
}

func (b *Builder) documentFacts(a *Article) {
	it := b.page.Item
	if k := b.kind(it); k != "" {
		a.Facts = append(a.Facts, Fact{Icon: "document", Label: b.t("facts.kind"), Value: k})
	}
	if d := it.Fact("date").Text; d != "" {
		t := b.Portal.Moment(d)
		a.Facts = append(a.Facts, Fact{Icon: "calendar", Label: b.t("facts.date"), Value: b.Locale.Date(t)})
	}
	if p := b.fields.Texts("parties"); len(p) > 0 {
		a.Facts = append(a.Facts, Fact{Icon: "person", Label: b.t("facts.parties"), Value: p[0], Detail: strings.Join(p[1:], ", "), Lang: b.view.Text})
	}
	if d := it.Fact("valid_until").Text; d != "" {
		a.Facts = append(a.Facts, Fact{Icon: "clock", Label: b.t("facts.valid_until"), Value: b.Locale.Date(b.Portal.Moment(d))})
	}
	if row, ok := b.fileRow(it.Title, it.Fact("file")); ok {
		a.Files = append(a.Files, row)
	}
}

// question fills the page of one question.
func (b *Builder) question() {
	b.view.Content = &Article{Text: b.body(b.page.Item)}
	b.under("faq")
}

// faqList shows the questions with their answers open, under their topics
// when there are more than eight.
func (b *Builder) faqList() {
	l := b.listed("faq")
	groups := map[string]*AnswerGroup{}
	var order []string
	all := slice(b, b.byType["faq"], &l.Pager)
	for _, it := range all {
		id, title := "", ""
		if len(all) > 8 {
			for _, t := range it.Source.Fields.Texts("topics") {
				if topic, ok := b.Lookup("topic", t); ok {
					id, title = "topic-"+last(topic.Path), topic.Title
					break
				}
			}
		}
		if groups[id] == nil {
			if id == "" && len(all) > 8 {
				title = b.t("list.other")
			}
			groups[id] = &AnswerGroup{ID: id, Title: title}
			order = append(order, id)
		}
		g := groups[id]
		g.Items = append(g.Items, Answer{ID: b.sectionID(last(it.Path)), Question: it.Title, Lang: b.textLang(it), Href: b.to(it.Path), Text: b.body(it)})
	}
	for _, id := range order {
		if g := groups[id]; id != "" {
			l.Answers = append(l.Answers, *g)
		}
	}
	if g := groups[""]; g != nil {
		g.ID = "other"
		l.Answers = append(l.Answers, *g)
	}
	if len(all) == 0 {
		l.Empty = b.t("list.empty")
	}
}
