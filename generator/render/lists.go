package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/portal"
)

// listed begins a list page: its title and words are the town's where
// <folder>/index.md gives them, else the interface's.
func (b *Builder) listed(folder string) *List {
	l := &List{}
	if it := b.page.Item; it != nil && it.Type == "listing" {
		l.Intro = b.body(it)
	} else {
		b.view.Title = b.listTitle(folder)
		if lead := b.t("list." + folder + ".lead"); !strings.HasPrefix(lead, "[") {
			b.view.Lead = lead
		}
	}
	b.view.Path = append(b.view.Path, b.homeLink())
	b.view.Content = l
	return l
}

// slice cuts the entries of this page out of a long list and adds the pager.
func slice[T any](b *Builder, list []T, pager **Pager) []T {
	pages := (len(list) + perList - 1) / perList
	if pages <= 1 {
		return list
	}
	first := b.page.Path
	if b.page.N > 1 {
		suffix := "page-" + strconv.Itoa(b.page.N) + ".html"
		first = first[:len(first)-len(suffix)]
		if first[len(first)-1] == '-' {
			first = first[:len(first)-1] + ".html"
		} else {
			first += "index.html"
		}
	}
	p := &Pager{Label: b.t("list.pages")}
	for n := 1; n <= pages; n++ {
		l := Link{Text: b.Locale.Number(strconv.Itoa(n)), Href: b.to(numbered(first, n)), Current: n == b.page.N}
		p.Pages = append(p.Pages, l)
	}
	if b.page.N > 1 {
		p.Previous = &Link{Text: b.t("list.previous"), Href: p.Pages[b.page.N-2].Href}
	}
	if b.page.N < pages {
		p.Next = &Link{Text: b.t("list.next"), Href: p.Pages[b.page.N].Href}
	}
	*pager = p
	from := (b.page.N - 1) * perList
	return list[from:min(from+perList, len(list))]
}

// Long lists are for finding a name, so their lines are short: a page of a
// hundred whole summaries would not arrive at once on a slow line.
const (
	longList  = 60 // rows
	shortText = 60 // characters of a summary in such a list
)

// brief shortens the summaries of a long list, at a word.
func brief(rows []Row) []Row {
	if len(rows) <= longList {
		return rows
	}
	for i := range rows {
		text := []rune(rows[i].Text)
		if len(text) <= shortText {
			continue
		}
		cut := shortText
		for cut > 0 && text[cut] != ' ' {
			cut--
		}
		rows[i].Text = strings.TrimRight(string(text[:cut]), " ,;:–-") + "…"
	}
	return rows
}

// services is the list of all services: by topic while it fits one page, from
// A to Z when it is longer.
func (b *Builder) services() {
	l := b.listed("services")
	all := b.byType["service"]
	l.Count = b.tn("list.count_services", len(all))
	l.Tabs = b.serviceTabs("services")
	if len(all) <= perList && len(b.topics[""]) > 0 {
		l.Groups = b.byTopic(all)
	} else {
		l.Groups = []Group{{ID: "all", Rows: brief(b.rows(slice(b, all, &l.Pager)))}}
	}
	if len(all) == 0 {
		l.Empty = b.t("list.empty_services")
	}
}

// serviceTabs are the ways to look at services.
func (b *Builder) serviceTabs(current string) []Link {
	var tabs []Link
	if b.has(b.Lang + "/services/index.html") {
		tabs = append(tabs, Link{Text: b.t("list.tab_topics"), Href: b.own("services/index.html"), Current: current == "services"})
	}
	tabs = append(tabs, Link{Text: b.t("nav.a_to_z"), Href: b.own("a-to-z.html"), Current: current == "a-to-z"})
	for _, name := range []string{"citizens", "business"} {
		if b.has(b.Lang + "/" + name + ".html") {
			tabs = append(tabs, Link{Text: b.t("nav." + name), Href: b.own(name + ".html"), Current: current == name})
		}
	}
	return tabs
}

// byTopic groups services under the topics they name first.
func (b *Builder) byTopic(services []*portal.Item) []Group {
	groups := map[string][]*portal.Item{}
	for _, it := range services {
		id := ""
		for _, t := range it.Source.Fields.Texts("topics") {
			if id = b.canonical("topics", t); id != "" {
				break
			}
		}
		groups[id] = append(groups[id], it)
	}
	topics := slices.Clone(b.byType["topic"])
	slices.SortStableFunc(topics, compareOrder)
	var out []Group
	for _, t := range topics {
		if list := groups[t.ID]; len(list) > 0 {
			out = append(out, Group{ID: "topic-" + last(t.Path), Title: t.Title, Lang: b.textLang(t), Rows: b.rows(list)})
		}
	}
	if list := groups[""]; len(list) > 0 {
		out = append(out, Group{ID: "other", Title: b.t("list.other"), Rows: b.rows(list)})
	}
	return out
}

// audience lists the services for citizens or for businesses.
func (b *Builder) audience() {
	name := "citizens"
	if b.page.Arg == "business" {
		name = "business"
	}
	all := b.refs["audience"][b.page.Arg]
	b.view.Title, b.view.Lead = b.t("audience."+name), b.t("audience."+name+".lead")
	l := &List{Tabs: b.serviceTabs(name), Count: b.tn("list.count_services", len(all))}
	b.view.Content = l
	b.under("services")
	if len(all) <= perList && len(b.topics[""]) > 0 {
		l.Groups = b.byTopic(all)
		return
	}
	l.Groups = []Group{{ID: "all", Rows: brief(b.rows(slice(b, all, &l.Pager)))}}
}

// topic lists what belongs to a topic: services, its subtopics as sections,
// and the rest as plain ledgers.
func (b *Builder) topic() {
	it := b.page.Item
	l := &List{Intro: b.body(it)}
	b.view.Content = l
	b.under("services")
	if p, ok := b.Lookup("topic", it.Fact("parent").Text); ok {
		b.view.Path = append(b.view.Path, b.link(p))
	}
	if own := b.refs["topics"][it.ID]; len(own) > 0 {
		l.Groups = append(l.Groups, Group{ID: "services", Title: b.listTitle("services"), Rows: brief(b.rows(slice(b, own, &l.Pager)))})
	}
	if b.page.N > 1 {
		return
	}
	for _, child := range b.topics[it.ID] {
		more := b.link(child)
		l.Groups = append(l.Groups, Group{ID: "topic-" + last(child.Path), Title: child.Title, Lang: b.textLang(child), Rows: b.rows(first(b.refs["topics"][child.ID], perList)), More: &more})
	}
	for _, typ := range []string{"guide", "step-by-step", "life-event", "document", "faq", "news"} {
		if list := b.refs["topics/"+typ][it.ID]; len(list) > 0 {
			folder := portal.TypeByName(typ).Folder
			l.Groups = append(l.Groups, Group{ID: folder, Title: b.listTitle(folder), Rows: b.rows(first(list, 20))})
		}
	}
	if len(l.Groups) == 0 {
		l.Empty = b.t("list.empty_topic")
	}
}

// plainList is the list of a type without a form of its own.
func (b *Builder) plainList() {
	folder, typ := b.page.Section, b.page.Arg
	l := b.listed(folder)
	all := slices.Clone(b.byType[typ])
	switch typ {
	case "document":
		slices.SortStableFunc(all, func(x, y *portal.Item) int { return cmp.Compare(y.Fact("date").Text, x.Fact("date").Text) })
	case "life-event", "guide", "step-by-step", "topic":
		slices.SortStableFunc(all, compareOrder)
	}
	rows := slice(b, all, &l.Pager)
	if typ == "life-event" {
		l.Groups = b.byKind(rows, "life-event", []string{"life", "business"})
	} else {
		l.Groups = []Group{{ID: "all", Rows: b.rows(rows)}}
	}
	if len(all) == 0 {
		l.Empty = b.t("list.empty")
	}
}

// byKind groups items under their kinds, in the order given, the rest last.
func (b *Builder) byKind(items []*portal.Item, typ string, kinds []string) []Group {
	var out []Group
	for _, kind := range append(slices.Clone(kinds), "") {
		var rows []*portal.Item
		for _, it := range items {
			if k := it.Fact("kind").Text; k == kind || kind == "" && !slices.Contains(kinds, k) {
				rows = append(rows, it)
			}
		}
		if len(rows) == 0 {
			continue
		}
		g := Group{ID: "kind-" + cmp.Or(kind, "other"), Title: b.t("list.other"), Rows: b.rows(rows)}
		if kind != "" {
			g.Title = b.t("kinds." + typ + "." + kind)
		}
		out = append(out, g)
	}
	if len(out) == 1 && out[0].ID == "kind-other" {
		out[0].Title, out[0].ID = "", "all"
	}
	return out
}

// newsList is the news, newest first, with years as headings.
func (b *Builder) newsList() {
	l := b.listed("news")
	all := b.newest("news")
	l.Feeds = b.feedLinks()
	for _, it := range slice(b, all, &l.Pager) {
		year, _, _ := strings.Cut(it.Fact("date").Text, "-")
		if n := len(l.Groups); n == 0 || l.Groups[n-1].ID != "y"+year {
			l.Groups = append(l.Groups, Group{ID: "y" + year, Title: year, Compact: true})
		}
		g := &l.Groups[len(l.Groups)-1]
		g.Rows = append(g.Rows, b.row(it))
	}
	if len(all) == 0 {
		l.Empty = b.t("list.empty_news")
	}
}

// newest returns the items of a type by date, newest first.
func (b *Builder) newest(typ string) []*portal.Item {
	all := slices.Clone(b.byType[typ])
	slices.SortStableFunc(all, func(x, y *portal.Item) int { return cmp.Compare(y.Fact("date").Text, x.Fact("date").Text) })
	return all
}

// noticeList is the official board: what is open by its closing day, then what
// is closed.
func (b *Builder) noticeList() {
	l := b.listed("notices")
	all := slices.Clone(b.byType["notice"])
	open := func(it *portal.Item) bool { return b.Portal.Open(it.Entity, "", "closes", b.At) }
	slices.SortStableFunc(all, func(x, y *portal.Item) int {
		if ox, oy := open(x), open(y); ox != oy {
			if ox {
				return -1
			}
			return 1
		}
		if open(x) {
			return cmp.Compare(cmp.Or(x.Fact("closes").Text, "9"), cmp.Or(y.Fact("closes").Text, "9"))
		}
		return cmp.Compare(y.Fact("closes").Text, x.Fact("closes").Text)
	})
	for _, it := range slice(b, all, &l.Pager) {
		id, title := "open", b.t("notice.open")
		if !open(it) {
			id, title = "closed", b.t("notice.closed")
		}
		if n := len(l.Groups); n == 0 || l.Groups[n-1].ID != id {
			l.Groups = append(l.Groups, Group{ID: id, Title: title})
		}
		g := &l.Groups[len(l.Groups)-1]
		g.Rows = append(g.Rows, b.noticeRow(it))
	}
	if len(all) == 0 {
		l.Empty = b.t("list.empty")
	}
}

func (b *Builder) noticeRow(it *portal.Item) Row {
	r := b.row(it)
	r.Kind = b.kind(it)
	if c := it.Fact("closes").Text; c != "" {
		r.Time = b.t("notice.until", "date", b.Locale.Date(b.Portal.Moment(c)))
	}
	return r
}
