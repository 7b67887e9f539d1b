package render

import (
	"strconv"
	"strings"

	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// lifeEvent fills the page of a life event: its steps in order, and the
// services that name it without being a step.
func (b *Builder) lifeEvent() {
	it := b.page.Item
	l := &LifeEvent{Intro: b.body(it), Steps: b.journey()}
	in := map[*portal.Item]bool{}
	for _, s := range it.Fact("steps").List {
		for _, id := range s.Texts("services") {
			if svc, ok := b.Lookup("service", id); ok {
				in[svc] = true
			}
		}
	}
	var rest []*portal.Item
	for _, svc := range b.refs["life_events"][it.ID] {
		if !in[svc] {
			rest = append(rest, svc)
		}
	}
	if len(rest) > 0 {
		title := b.t("life_event.services")
		if len(l.Steps) > 0 {
			title = b.t("life_event.more_services")
		}
		l.Services = Group{ID: "services", Title: title, Rows: b.rows(rest)}
	}
	for _, id := range it.Source.Fields.Texts("topics") {
		if guides := b.refs["topics/guide"][b.canonical("topics", id)]; len(guides) > 0 {
			l.Guides = Group{ID: "guides", Title: b.t("life_event.guides"), Rows: b.rows(first(guides, 5))}
			break
		}
	}
	l.Contact = b.ownerContact()
	b.view.Content = l
	b.under("life-events")
}

// ownerContact is the contact of the owner of the page's item.
func (b *Builder) ownerContact() *Contact {
	if o, ok := b.Lookup("office", b.page.Item.Fact("owner").Text); ok {
		return b.contact(o)
	}
	return nil
}

// stepByStep fills the page of a journey through services.
func (b *Builder) stepByStep() {
	b.view.Content = &LifeEvent{Intro: b.body(b.page.Item), Steps: b.journey(), Contact: b.ownerContact()}
	b.under("step-by-step")
}

// journey are the steps of a life event or a step-by-step, each with the
// services that belong to it.
func (b *Builder) journey() []Step {
	var out []Step
	for n, v := range b.fields.Get("steps").List {
		s := Step{Number: b.Locale.Number(strconv.Itoa(n + 1)), Title: v.String("name"), Text: b.value(v.Get("text"))}
		for _, id := range v.Texts("services") {
			if it, ok := b.Lookup("service", id); ok {
				s.Rows = append(s.Rows, b.row(it))
			}
		}
		if v.String("choice") == "true" && len(s.Rows) > 1 {
			s.Choice, s.Or = true, b.t("steps.or")
		}
		out = append(out, s)
	}
	return out
}

// plainSteps are the steps of a service. A text that begins "**Lead.** rest"
// has a title.
func (b *Builder) plainSteps(list []portal.Value) []Step {
	var out []Step
	for n, v := range list {
		s := Step{Number: b.Locale.Number(strconv.Itoa(n + 1))}
		text := strings.TrimSpace(v.Text)
		if rest, ok := strings.CutPrefix(text, "**"); ok {
			if lead, after, ok := strings.Cut(rest, "**"); ok && !strings.Contains(lead, "\n") {
				s.Title = markdown.PlainText(strings.TrimRight(strings.TrimSpace(lead), ".:"))
				text = strings.TrimSpace(after)
			}
		}
		moved := v
		moved.Text = text
		s.Text = b.value(moved)
		out = append(out, s)
	}
	return out
}

// part is one page of a guide.
type part struct {
	id, title string
	source    markdown.Source
	lang      string
}

// parts cuts a guide into its parts: the documents it lists, else the
// second-level headings of its body. What stands before the first heading
// belongs to the first part.
func (s *Site) parts(it *portal.Item) []part {
	var out []part
	if ids := it.Source.Fields.Texts("parts"); len(ids) > 0 {
		for _, id := range ids {
			if p, ok := s.Lookup("guide", id); ok {
				out = append(out, part{id: last(p.Path), title: p.Title, source: p.Text.Body, lang: p.Text.Lang})
			}
		}
		return out
	}
	lead, sections := markdown.Sections(it.Text.Body)
	for n, sec := range sections {
		src := sec.Body
		if n == 0 && len(strings.TrimSpace(string(lead.Text))) > 0 {
			gap := max(0, src.Line-lead.Line-strings.Count(string(lead.Text), "\n"))
			src = markdown.Source{File: src.File, Line: lead.Line, Text: []byte(string(lead.Text) + strings.Repeat("\n", gap) + string(src.Text))}
		}
		out = append(out, part{id: sec.ID, title: sec.Text, source: src, lang: it.Text.Lang})
	}
	return out
}

// guide plans one page for each part; a guide without parts is one page.
func (p *plan) guide(page Page) {
	page.view = (*Builder).guide
	parts := p.parts(page.Item)
	if len(parts) < 2 {
		p.add(page)
		return
	}
	index := page.Path
	for n := range parts {
		page.N, page.Path = n+1, partPath(index, n+1)
		p.add(page)
	}
}

// partPath is the page of the n-th part of a guide; the first is the guide's.
func partPath(index string, n int) string {
	if n <= 1 {
		return index
	}
	return strings.TrimSuffix(index, ".html") + "-" + strconv.Itoa(n) + ".html"
}

// guide fills the page of one part.
func (b *Builder) guide() {
	it := b.page.Item
	g := &Guide{}
	b.view.Content = g
	b.under("guides")
	parts := b.parts(it)
	if b.page.N == 0 {
		g.Text = b.body(it)
		return
	}
	for n, p := range parts {
		l := Link{Text: p.title, Href: b.to(partPath(it.Path, n+1)), Current: n+1 == b.page.N}
		if t := b.view.Text; t.Lang != "" {
			l.Lang, l.Dir = t.Lang, t.Dir
		}
		g.Parts = append(g.Parts, l)
	}
	at := b.page.N - 1
	b.view.heads = append(b.view.heads, markdown.Heading{Level: 2, ID: parts[at].id, Text: parts[at].title})
	g.Part, g.Text = parts[at].title, b.prose(parts[at].source, parts[at].lang, 3)
	if at > 0 {
		g.Previous = &g.Parts[at-1]
	}
	if at+1 < len(parts) {
		g.Next = &g.Parts[at+1]
	}
	if at > 0 {
		b.view.HeadTitle = g.Part + " - " + it.Title
	}
}
