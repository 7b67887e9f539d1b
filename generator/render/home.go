package render

import (
	"html/template"
	"slices"

	"belfry/generator/portal"
)

// home fills the front page of a language.
func (b *Builder) home() {
	c := b.Portal.Config
	set := c.Fields.Get("home")
	h := &Home{
		Question: c.In(set.Get("question"), b.Lang), Example: c.In(set.Get("example"), b.Lang), Office: b.homeFrame().Contact,
	}
	if h.Question == "" {
		h.Question = b.t("home.question")
	}
	if h.Example == "" {
		h.Example = b.t("home.example")
	}
	b.view.Title = h.Question
	b.view.Lead = b.t("home.description", "portal", c.In(c.Fields.Get("name"), b.Lang))
	wanted := b.wanted()
	for _, it := range first(wanted, 3) {
		h.Quick = append(h.Quick, b.link(it))
	}
	services := b.byType["service"]
	if len(services) > 0 {
		h.Quick = append(h.Quick, Link{Text: b.t("home.all_services"), Href: b.own("a-to-z.html")})
		h.Wanted = Group{ID: "wanted", Title: b.t("home.wanted"), Rows: b.rows(first(wanted, 5)), More: &Link{Text: b.tn("home.more_services", len(services)), Href: b.own("services/index.html")}}
	}
	h.Citizens, h.Business = b.entrance("citizens", "citizen"), b.entrance("business", "business")
	occasions := slices.Clone(b.byType["life-event"])
	slices.SortStableFunc(occasions, compareOrder)
	for _, it := range occasions {
		l := b.link(it)
		l.Note = summary(it)
		h.Events = append(h.Events, l)
	}
	if len(b.byType["event"]) > 0 {
		h.Coming = Group{ID: "coming", Title: b.t("home.coming"), Rows: b.upcoming(3, nil), More: &Link{Text: b.t("home.calendar"), Href: b.own("events/index.html")}}
	}
	if news := b.newest("news"); len(news) > 0 {
		h.News = Group{ID: "news", Title: b.listTitle("news"), Rows: b.rows(first(news, 3)), More: &Link{Text: b.t("home.all_news"), Href: b.own("news/index.html")}}
	}
	var open []Row
	for _, it := range b.byType["notice"] {
		if b.Portal.Open(it.Entity, "", "closes", b.At) && len(open) < 3 {
			open = append(open, b.noticeRow(it))
		}
	}
	if len(open) > 0 {
		h.Notices = Group{ID: "notices", Title: b.listTitle("notices"), Rows: open, More: &Link{Text: b.t("home.all_notices"), Href: b.own("notices/index.html")}}
	}
	b.view.Content = h
}

// homeFrame is the frame of the pages at the top of the language.
func (b *Builder) homeFrame() *Frame {
	return b.frames[[2]string{b.Lang, ""}]
}

// wanted are the services the town puts first; without a list, the first of
// the A to Z.
func (b *Builder) wanted() []*portal.Item {
	var out []*portal.Item
	for _, id := range b.Portal.Config.Fields.Get("home").Texts("wanted") {
		if it, ok := b.Lookup("service", id); ok {
			out = append(out, it)
		}
	}
	if out == nil {
		out = first(b.byType["service"], 5)
	}
	return out
}

func (b *Builder) entrance(name, audience string) *Link {
	if !b.has(b.Lang + "/" + name + ".html") {
		return nil
	}
	return &Link{Text: b.t("audience." + name), Href: b.own(name + ".html"), Note: b.t("audience." + name + ".line")}
}

// searchPage fills the page on which results appear; without script it leads
// to the A to Z.
func (b *Builder) searchPage() {
	b.view.Title = b.t("search.title")
	s := &Search{Example: b.t("home.example"), Contact: b.homeFrame().Contact}
	s.Wanted = Group{ID: "wanted", Title: b.t("home.wanted"), Rows: b.rows(first(b.wanted(), 5))}
	b.view.Content = s
	b.view.Path = append(b.view.Path, b.homeLink())
}

// siteMap lists the pages of the portal by type; long lists only lead on.
func (b *Builder) siteMap() {
	b.view.Title = b.t("nav.site_map")
	l := &List{}
	b.view.Content = l
	b.view.Path = append(b.view.Path, b.homeLink())
	for _, folder := range portal.Folders() {
		if folder == "" || folder == "alerts" {
			continue
		}
		typ := portal.TypeByFolder(folder).Name
		items := b.byType[typ]
		if len(items) == 0 {
			continue
		}
		g := Group{ID: folder, Title: b.listTitle(folder)}
		if folder != "pages" {
			g.More = &Link{Text: b.t("list.whole"), Href: b.own(folder + "/index.html")}
		}
		for _, it := range first(items, 40) {
			g.Rows = append(g.Rows, Row{Link: b.link(it)})
		}
		l.Groups = append(l.Groups, g)
	}
	var own []Row
	for _, p := range []struct{ file, key string }{{"a-to-z.html", "nav.a_to_z"}, {"search.html", "search.title"}, {"citizens.html", "nav.citizens"}, {"business.html", "nav.business"}, {"accessibility.html", "nav.accessibility"}, {"privacy.html", "nav.privacy"}} {
		if b.has(b.Lang + "/" + p.file) {
			own = append(own, Row{Link: Link{Text: b.t(p.key), Href: b.own(p.file)}})
		}
	}
	l.Groups = append(l.Groups, Group{ID: "portal", Title: b.t("nav.about_portal"), Rows: own})
}

// Front fills the door of a portal with several languages, and Lost the page
// for addresses that lead nowhere; neither belongs to one language.
func Front(sites []*Site) *View {
	b := &Builder{Site: sites[0], page: Page{Path: "index.html", Layout: "languages"}, view: &View{Layout: "languages", Lang: sites[0].Lang, Dir: sites[0].Locale.Dir}}
	c := &Chooser{}
	for _, s := range sites {
		c.Names = append(c.Names, Link{Text: s.Locale.Endonym, Lang: s.Lang, Dir: s.Locale.Dir, HrefLang: s.Lang, Href: b.to(s.Lang + "/index.html")})
	}
	b.view.Title = b.Portal.Config.In(b.Portal.Config.Fields.Get("name"), b.Lang)
	b.view.Content = c
	b.finish()
	b.view.Path = nil
	b.view.HeadTitle = b.view.Title
	for i, s := range sites {
		b.view.Languages[i].Href = b.to(s.Lang + "/index.html")
		b.view.Languages[i].Current = false
	}
	return b.view
}

// RootHome is the front door of a portal with one language: its home, made for
// the portal's root.
func (s *Site) RootHome() *View {
	v, _ := s.View(Page{Path: "index.html", Lang: s.Lang, Layout: "home", view: (*Builder).home})
	return v
}

// NotFound is the page a host shows for an address that leads nowhere. It may be
// shown at any depth, so its links are built from the base URL.
func NotFound(sites []*Site) *View {
	b := &Builder{Site: sites[0], page: Page{Path: "404.html", Layout: "404"}, view: &View{Layout: "404", Lang: sites[0].Lang, Dir: sites[0].Locale.Dir}}
	base := b.Portal.Config.BaseURL
	l := &Lost{}
	for _, s := range sites {
		to := func(text, file string) Link { return Link{Text: text, Href: template.URL(base + s.Lang + "/" + file)} }
		part := LostPart{Lang: s.Lang, Dir: s.Locale.Dir, Title: s.t("error.not_found"), Text: s.t("error.not_found_text"),
			Home: to(s.t("nav.home"), "index.html"), Search: to(s.t("search.title"), "search.html"), AToZ: to(s.t("nav.a_to_z"), "a-to-z.html")}
		if f := s.frames[[2]string{s.Lang, ""}]; f != nil && f.Contact != nil {
			c := *f.Contact
			c.Name.Href = ""
			part.Contact = &c
		}
		l.Parts = append(l.Parts, part)
	}
	b.view.Title = l.Parts[0].Title
	b.view.Content = l
	b.finish()
	frame := *b.view.Frame // the page is shown at any depth
	frame.Style.Print = ""
	frame.Home = template.URL(base + b.Lang + "/index.html")
	frame.Logo = "" // nor can a picture be found from there
	b.view.Frame = &frame
	b.view.Path, b.view.Languages = nil, nil
	b.view.Head = Head{NoIndex: true}
	return b.view
}

// Redirect is the page at an old address.
func Redirect(s *Site, from string, it *portal.Item) *View {
	b := &Builder{Site: s, page: Page{Path: from, Layout: "redirect"}, view: &View{Layout: "redirect", Lang: s.Lang, Dir: s.Locale.Dir, Title: it.Title}}
	b.view.Content = &Moved{To: b.link(it)}
	b.finish()
	b.view.Path, b.view.Languages = nil, nil
	b.view.Head = Head{NoIndex: true, Icon: b.view.Head.Icon}
	if base := b.Portal.Config.BaseURL; base != "" {
		b.view.Head.Canonical = base + it.Path
	}
	return b.view
}
