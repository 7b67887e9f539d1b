package render

import (
	"cmp"
	"strings"

	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// accessibility fills the generated accessibility statement, after the model of
// Commission Implementing Decision (EU) 2018/1523. A page of the town's own with
// the id accessibility takes its place.
func (b *Builder) accessibility() {
	c := b.Portal.Config
	set := c.Fields.Get("accessibility")
	g := b.generated("a11y", set)
	status := cmp.Or(set.String("status"), "full")
	b.view.Lead = b.t("a11y.lead")
	g.text("a11y.title", "a11y.commitment", "a11y.scope")
	g.text("a11y.status_title", "a11y.status_"+status)
	if gaps := c.In(set.Get("gaps"), b.Lang); gaps != "" && status != "full" {
		g.add(b.t("a11y.gaps_title"), b.t("a11y.gaps")+"\n\n"+gaps)
	}
	g.text("a11y.help_title", "a11y.help")
	prepared := []string{"a11y.method"}
	if set.Get("date").Set() {
		prepared = []string{"a11y.prepared", "a11y.method"}
	}
	g.text("a11y.preparation_title", prepared...)
	g.text("a11y.contact_title", g.reached("a11y.contact", "a11y.email", "a11y.phone")...)
	if e := c.In(set.Get("enforcement"), b.Lang); e != "" {
		g.add(b.t("a11y.enforcement_title"), b.t("a11y.enforcement")+"\n\n"+e)
	} else {
		g.text("a11y.enforcement_title", "a11y.enforcement")
	}
}

// privacy fills the generated privacy page (GDPR, Art. 13). A page of the
// town's own with the id privacy takes its place.
func (b *Builder) privacy() {
	c := b.Portal.Config
	set := c.Fields.Get("privacy")
	g := b.generated("privacy", set)
	b.view.Lead = b.t("privacy.lead")
	g.text("privacy.visits_title", "privacy.visits", "privacy.logs", "privacy.links")
	g.text("privacy.forms_title", "privacy.forms", "privacy.device")
	if h := c.In(set.Get("hosting"), b.Lang); h != "" {
		g.add(b.t("privacy.hosting_title"), h)
	}
	g.args = append(g.args, "controller", cmp.Or(c.In(set.Get("controller"), b.Lang), b.authorityName()),
		"officer", c.In(set.Get("officer"), b.Lang), "supervisor", c.In(set.Get("supervisor"), b.Lang))
	who := []string{"privacy.controller"}
	if set.Get("officer").Set() {
		who = append(who, "privacy.officer")
	}
	g.text("privacy.controller_title", append(who, g.reached("privacy.email")...)...)
	rights := []string{"privacy.rights"}
	if set.Get("supervisor").Set() {
		rights = append(rights, "privacy.complaint")
	}
	g.text("privacy.rights_title", rights...)
}

// generated is a page made of interface texts.
type generated struct {
	b    *Builder
	page *Article
	args []string
}

func (b *Builder) generated(name string, set portal.Value) *generated {
	b.view.Title = b.t(name + ".title")
	b.view.Path = append(b.view.Path, b.homeLink())
	g := &generated{b: b, page: &Article{}}
	b.view.Content = g.page
	email, phone := set.String("email"), set.String("phone")
	if c := b.homeFrame().Contact; c != nil {
		if email == "" && len(c.Emails) > 0 {
			email = c.Emails[0].Text
		}
		if phone == "" && len(c.Phones) > 0 {
			phone = c.Phones[0].Text
		}
	}
	name = b.Portal.Config.In(b.Portal.Config.Fields.Get("name"), b.Lang)
	g.args = []string{"portal", name, "email", email, "phone", phone}
	if d := set.String("date"); d != "" {
		date := b.Locale.Date(b.Portal.Moment(d))
		g.args = append(g.args, "date", date)
		b.view.Checked = &Checked{On: b.t("page.checked", "date", date)}
	}
	return g
}

// reached drops the texts that name a way of contact the portal does not have.
func (g *generated) reached(keys ...string) []string {
	var out []string
	for _, k := range keys {
		if text := g.b.t(k, g.args...); !strings.HasSuffix(strings.TrimSpace(text), ":") {
			out = append(out, k)
		}
	}
	return out
}

// text adds a section: a heading and paragraphs, each a message.
func (g *generated) text(title string, keys ...string) {
	var paragraphs []string
	for _, k := range keys {
		paragraphs = append(paragraphs, g.b.t(k, g.args...))
	}
	g.add(g.b.t(title, g.args...), strings.Join(paragraphs, "\n\n"))
}

func (g *generated) add(title, text string) {
	id := g.b.sectionID(markdown.Slug(title, g.b.Lang))
	src := markdown.Source{File: portal.File, Line: 1, Text: []byte(text)}
	g.page.Sections = append(g.page.Sections, Section{ID: id, Title: title, Text: g.b.prose(src, g.b.Lang, 3)})
}

// authorityName is the office that answers for the portal, else the portal.
func (b *Builder) authorityName() string {
	if o, ok := b.Lookup("office", b.Portal.Config.Fields.String("authority")); ok {
		return o.Title
	}
	return b.Portal.Config.In(b.Portal.Config.Fields.Get("name"), b.Lang)
}
