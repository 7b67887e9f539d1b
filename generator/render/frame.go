package render

import (
	"cmp"
	"html/template"
	"path"
	"strings"

	"belfry/generator/locale"
	"belfry/generator/portal"
)

// prepareFrames makes, once the pages are known, the frame of every folder and
// section, so that pages share it.
func (s *Site) prepareFrames() {
	for _, page := range s.pages {
		key := [2]string{path.Dir(page.Path), page.Section}
		if s.frames[key] == nil {
			// Made for no page of the folder in particular, or it would depend on which comes first.
			b := &Builder{Site: s, page: Page{Path: key[0] + "/index.html", Lang: s.Lang, Section: key[1]}, view: &View{Lang: s.Lang, Dir: s.Locale.Dir}}
			s.frames[key] = b.frame()
		}
	}
}

// frame is what stands around the content of a page.
func (b *Builder) frame() *Frame {
	c := b.Portal.Config
	f := &Frame{
		Portal: c.In(c.Fields.Get("name"), b.Lang), Kind: c.In(c.Fields.Get("kind"), b.Lang),
		Home: b.own("index.html"), Search: b.own("search.html"), AToZ: b.own("a-to-z.html"), Root: b.to(""),
		Index: b.to("search/"), Engine: b.to(b.Styles.Engine(b.Lang)),
	}
	if c.Logo != "" && b.Portal.Files.Has(c.Logo) {
		f.Logo = b.to(escapePath(c.Logo))
		f.LogoSize[0], f.LogoSize[1] = b.Tables.Pixels(c.Logo)
	}
	if o, ok := b.Lookup("office", c.Fields.String("authority")); ok {
		f.Contact = b.contact(o)
	}
	f.Menu = b.menu()
	f.OnPortal = append(f.OnPortal, Link{Text: b.t("nav.a_to_z"), Href: f.AToZ})
	for _, folder := range []string{"forms", "notices", "events", "documents", "directories", "offices", "faq"} {
		if b.has(b.index(folder)) {
			f.OnPortal = append(f.OnPortal, b.listLink(folder))
		}
	}
	f.OnPortal = first(f.OnPortal, 7)
	for _, p := range []struct{ file, key string }{{"accessibility.html", "nav.accessibility"}, {"privacy.html", "nav.privacy"}, {"site-map.html", "nav.site_map"}} {
		f.AboutPortal = append(f.AboutPortal, Link{Text: b.t(p.key), Href: b.own(p.file)})
	}
	if r := b.report(b.t("nav.report")); r != nil {
		f.Report = r
		f.AboutPortal = append(f.AboutPortal, *r)
	}
	return f
}

// report leads to where a fault of a page is told: an address or a URL.
func (b *Builder) report(text string) *Link {
	to := b.Portal.Config.Feedback
	switch {
	case to == "":
		return nil
	case strings.Contains(to, "@") && !strings.Contains(to, ":"):
		return &Link{Text: text, Href: safeURL("mailto:" + to)}
	case strings.HasPrefix(to, "mailto:"), strings.Contains(to, "://"):
		return &Link{Text: text, Href: safeURL(to), External: strings.Contains(to, "://")}
	}
	if it, ok := b.Lookup("form", to); ok {
		return &Link{Text: text, Href: b.to(it.Path)}
	}
	return nil
}

// menu is what portal.yaml lists; by default the lists that have something,
// the pages marked for the menu, and the way to the town hall.
func (b *Builder) menu() []Link {
	var out []Link
	configured := b.Portal.Config.Menu
	if configured == nil {
		for _, folder := range []string{"services", "life-events", "news", "events", "notices"} {
			if b.has(b.index(folder)) {
				out = append(out, b.menuLink(portal.Key{Type: folder}))
			}
		}
		for _, it := range b.byType["page"] {
			if it.Fact("menu").Text == "true" {
				out = append(out, b.menuLink(it.Key()))
			}
		}
		return out
	}
	for _, m := range configured {
		if key := b.Portal.MenuTarget(m.Text); key != (portal.Key{}) {
			if l := b.menuLink(key); l.Href != "" {
				out = append(out, l)
			}
		}
	}
	return out
}

func (b *Builder) menuLink(key portal.Key) Link {
	if it, ok := b.Lookup(key.Type, key.ID); ok && key.ID != "" {
		l := b.link(it)
		l.Current = false
		return l
	}
	name := key.Type
	switch name {
	case "citizens", "business", "a-to-z", "search", "site-map":
		if !b.has(b.Lang + "/" + name + ".html") {
			return Link{}
		}
		return Link{Text: b.t("nav." + strings.ReplaceAll(name, "-", "_")), Href: b.own(name + ".html")}
	}
	if !b.has(b.index(name)) {
		return Link{}
	}
	l := b.listLink(name)
	l.Current = name == b.page.Section
	return l
}

func (b *Builder) homeLink() Link { return Link{Text: b.t("nav.home"), Href: b.own("index.html")} }

// under puts the page below the list of a type, where there is such a list.
func (b *Builder) under(folder string) {
	b.view.Path = append(b.view.Path, b.homeLink())
	if b.has(b.index(folder)) {
		b.view.Path = append(b.view.Path, b.listLink(folder))
	}
}

// listLink leads to the list of a type, under the title the town gave it or
// the interface's.
func (b *Builder) listLink(folder string) Link {
	l := Link{Text: b.listTitle(folder), Href: b.own(folder + "/index.html")}
	if it, ok := b.Lookup("listing", folder); ok {
		l.Lang, l.Dir = b.textLang(it).Lang, b.textLang(it).Dir
	}
	return l
}

func (b *Builder) listTitle(folder string) string {
	if it, ok := b.Lookup("listing", folder); ok {
		return it.Title
	}
	return b.t("list." + folder)
}

// finish adds what every page has: frame, languages, head, alerts, the notice
// of a text that is not translated, and who checked it when.
func (b *Builder) finish() {
	v := b.view
	v.Frame = b.frames[[2]string{path.Dir(b.page.Path), b.page.Section}]
	if v.Frame == nil {
		v.Frame = b.frame()
	}
	frame := *v.Frame
	css, policies, script := b.Styles.Style(v.Layout, v.Head.FormAction)
	frame.Style = Style{CSS: template.CSS(css), Policies: policies, Print: b.to(b.Styles.Print())}
	if script != "" {
		frame.Style.Script = b.to(script)
	}
	v.Frame = &frame
	for _, sister := range b.Sisters {
		l := Link{Text: sister.Locale.Endonym, Lang: sister.Lang, HrefLang: sister.Lang, Dir: sister.Locale.Dir, Href: b.to(sister.pageOf(b.page)), Current: sister == b.Site}
		v.Languages = append(v.Languages, l)
	}
	title := cmp.Or(v.HeadTitle, v.Title)
	v.HeadTitle = frame.Portal
	if v.Layout != "home" {
		v.HeadTitle = title + " - " + frame.Portal
	}
	if b.page.N > 1 && v.Layout != "guide" && v.Layout != "calendar" {
		v.HeadTitle = b.t("list.page_title", "title", v.Title, "n", b.Locale.Number(decimal(float64(b.page.N), 0)), "portal", frame.Portal)
	}
	v.Description = cmp.Or(v.Lead, v.Title)
	if len(v.Path) == 0 && v.Layout != "home" {
		v.Path = []Link{b.homeLink()}
	}
	v.Alerts = b.alerts()
	if it := b.page.Item; it != nil {
		b.checked(it)
		if it.Fallback && it.Type != "listing" && v.Layout != "form-sent" {
			b.fallback(it)
		}
	} else if r := b.report(b.t("page.report")); r != nil {
		if v.Checked == nil {
			v.Checked = &Checked{}
		}
		v.Checked.Report = r
	}
	b.head()
}

func (b *Builder) checked(it *portal.Item) {
	c := &Checked{Report: b.report(b.t("page.report"))}
	if d := it.Fact("reviewed"); d.Set() {
		c.On = b.t("page.checked", "date", b.Locale.Date(b.Portal.Moment(d.Text)))
	}
	owner := cmp.Or(it.Fact("owner").Text, it.Fact("authority").Text, b.Portal.Config.Fields.String("authority"))
	if o, ok := b.Lookup("office", owner); ok {
		l := b.link(o)
		c.Owner = &l
	}
	b.view.Checked = c
}

func (b *Builder) fallback(it *portal.Item) {
	source := it.Text.Lang
	f := &Fallback{Notice: b.t("fallback.notice", "page", languageName(b.Site, b.Lang), "source", languageName(b.Site, source))}
	for _, s := range b.Sisters {
		if s.Lang == source {
			f.Source = Link{Text: b.t("fallback.source", "source", s.Locale.Endonym), Href: b.to(s.pageOf(b.page)), HrefLang: source}
		}
	}
	b.view.Fallback = f
}

// languageName is the name of a language in the reader's, else its own.
func languageName(s *Site, tag string) string {
	if name := s.Messages.Text("language." + tag); !strings.HasPrefix(name, "[") {
		return name
	}
	return locale.For(tag).Endonym
}

// alerts are the banners of the moment, one of each level; more become one
// line each under the first.
func (b *Builder) alerts() Alerts {
	var a Alerts
	for _, it := range b.byType["alert"] {
		if !b.Portal.Open(it.Entity, "starts", "ends", b.At) || it.Path == b.page.Path {
			continue
		}
		alert := Alert{Title: b.link(it), Text: b.textLang(it)}
		if end := it.Fact("ends").Text; end != "" {
			alert.Until = b.t("alert.until", "date", b.Locale.Date(b.Portal.Moment(end)))
		}
		switch it.Fact("level").Text {
		case "emergency":
			a.Emergency = append(a.Emergency, alert)
		case "warning":
			a.Warning = append(a.Warning, alert)
		default:
			a.Info = append(a.Info, alert)
		}
	}
	return a
}
