package render

import (
	"strconv"
	"strings"

	"belfry/generator/portal"
)

// service fills the page of a service.
func (b *Builder) service() {
	f, it := b.fields, b.page.Item
	s := &Service{
		Status:       b.status(),
		Eligibility:  b.field("eligibility"),
		Requirements: b.requirements(),
		Steps:        b.plainSteps(f.Get("steps").List),
		Evidence:     b.evidence(),
		Costs:        b.costs(),
		Deadlines:    b.deadlines(),
		Channels:     b.channels(),
		NoResponse:   b.field("no_response"),
		Redress:      b.field("redress"),
		Contact:      b.serviceContact(),
		Related:      b.rows(b.referred("related", "service")),
		Requires:     b.rows(b.referred("requires", "service")),
	}
	s.Intro, s.More = b.cut(it)
	for _, v := range f.Get("output").List {
		s.Output = append(s.Output, Item{Name: v.String("name"), Text: v.String("validity")})
	}
	if t := f.String("processing_time"); t != "" && len(s.Costs) == 0 {
		s.Time = b.period(t)
	}
	for _, v := range f.Get("legal").List {
		href, external := b.address(v.Get("url"))
		s.Legal = append(s.Legal, Link{Text: v.String("title"), Href: href, External: external})
	}
	for _, v := range f.Get("equivalent").List {
		if href, external := b.address(v.Get("url")); href != "" {
			s.Equivalent = append(s.Equivalent, Link{Text: strings.TrimSpace(v.String("country") + " " + v.String("note")), Href: href, External: external})
		}
	}
	for _, e := range b.referred("life_events", "life-event") {
		s.LifeEvents = append(s.LifeEvents, b.link(e))
	}
	if tags := f.Texts("languages"); len(tags) > 0 {
		s.Languages = b.t("service.languages", "list", b.languageList(tags))
	}
	var auth []string
	for _, a := range f.Texts("authentication") {
		auth = append(auth, b.t("auth."+a))
	}
	s.Auth = strings.Join(auth, " ")
	s.Facts = b.serviceFacts(s)
	s.Action = b.action()
	b.view.Content = s
	b.view.Contents = b.contents(s)
	b.topicPath()
	if steps := b.steps[it.Key()]; len(steps) > 0 {
		l := b.link(steps[0].item)
		l.Text = b.t("service.step_of", "n", b.Locale.Number(strconv.Itoa(steps[0].n)), "title", l.Text)
		b.view.Kicker = &l
	}
}

// referred are the visible items that a field of the source names.
func (b *Builder) referred(field, typ string) []*portal.Item {
	var out []*portal.Item
	for _, id := range b.fields.Texts(field) {
		if it, ok := b.Lookup(typ, id); ok {
			out = append(out, it)
		}
	}
	return out
}

func (b *Builder) status() *Status {
	st := b.fields.String("status")
	if st == "" || st == "active" {
		return nil
	}
	level := "warning"
	if st == "seasonal" || st == "planned" {
		level = "info"
	}
	return &Status{Level: level, Label: b.t("status." + st), Note: b.fields.String("status_note")}
}

func (b *Builder) requirements() []Item {
	var out []Item
	for _, v := range b.fields.Get("requirements").List {
		item := Item{Name: v.String("name"), Text: v.String("evidence")}
		for _, e := range b.fields.Get("evidence").List { // it may be named by its id
			if e.String("id") == item.Text && item.Text != "" {
				item.Text = e.String("name")
			}
		}
		out = append(out, item)
	}
	return out
}

func (b *Builder) evidence() []Item {
	var out []Item
	for _, v := range b.fields.Get("evidence").List {
		item := Item{Name: v.String("name"), Text: v.String("note")}
		var detail []string
		if v.String("original") == "true" {
			detail = append(detail, b.t("evidence.original"))
		}
		if n, _ := strconv.Atoi(v.String("copies")); n > 0 {
			detail = append(detail, b.tn("evidence.copies", n))
		}
		if format := v.String("format"); format != "" {
			detail = append(detail, format)
		}
		item.Detail = b.Locale.List(detail)
		if href, external := b.address(v.Get("url")); href != "" {
			item.Link = &Link{Text: item.Name, Href: href, External: external, Note: b.fileNote(v.String("url"))}
		} else if f, ok := b.Lookup("form", v.String("form")); ok {
			item.Link = &Link{Text: item.Name, Href: b.to(f.Path)}
		}
		out = append(out, item)
	}
	return append(out, b.formEvidence()...)
}

func (b *Builder) deadlines() []Item {
	var out []Item
	for _, v := range b.fields.Get("deadlines").List {
		text := v.String("text")
		if d := v.String("date"); d != "" {
			text = strings.TrimSpace(b.Locale.Date(b.Portal.Moment(d)) + " " + text)
		}
		out = append(out, Item{Name: v.String("name"), Text: text})
	}
	return out
}

func (b *Builder) costs() []Cost {
	list := b.fields.Get("cost").List
	if len(list) == 1 && list[0].String("description")+list[0].String("payment")+list[0].String("time")+list[0].String("channel") == "" {
		return nil // the fact bar says it all
	}
	var out []Cost
	for _, v := range list {
		c := Cost{Name: v.String("description"), Price: b.money(v), Detail: v.String("payment")}
		if t := v.String("time"); t != "" {
			c.Time = b.period(t)
		} else if t := b.fields.String("processing_time"); t != "" {
			c.Time = b.period(t)
		}
		if ch := v.String("channel"); ch != "" {
			c.Name = strings.TrimSpace(c.Name + " (" + b.t("channel."+ch) + ")")
		}
		if c.Name == "" {
			c.Name = b.t("cost.fee")
		}
		out = append(out, c)
	}
	return out
}

func (b *Builder) channels() []Channel {
	out := b.formChannel()
	for _, v := range b.fields.Get("channels").List {
		c := Channel{Kind: v.String("type"), Label: b.t("channel." + v.String("type")), Detail: v.String("note")}
		if href, external := b.address(v.Get("url")); href != "" {
			l := Link{Text: b.t("channel.open." + c.Kind), Href: href, External: external, Note: b.fileNote(v.String("url"))}
			if c.Kind == "online" {
				l.Text = b.page.Item.Title
			}
			c.Links = append(c.Links, l)
		}
		if f, ok := b.Lookup("form", v.String("form")); ok {
			c.Links = append(c.Links, b.link(f))
		}
		if o, ok := b.Lookup("office", v.String("office")); ok {
			c.Links = append(c.Links, b.link(o))
			c.Text = o.Fields().String("address")
			c.Hours = b.hours(o.Fact("hours").Text)
		}
		if p := v.String("phone"); p != "" {
			c.Links = append(c.Links, tel(p))
		}
		if m := v.String("email"); m != "" {
			c.Links = append(c.Links, mail(m))
		}
		if h := v.String("hours"); h != "" {
			c.Hours = b.hours(h)
		}
		out = append(out, c)
	}
	return out
}

// serviceContact is who is responsible: the service's own contact laid over
// that of its authority.
func (b *Builder) serviceContact() *Contact {
	own := b.fields.Get("contact")
	id := own.String("office")
	if id == "" {
		id = b.authority(b.page.Item)
	}
	c := &Contact{}
	if o, ok := b.Lookup("office", id); ok {
		c = b.contact(o)
	}
	if p := own.String("phone"); p != "" {
		c.Phones = []Link{tel(p)}
	}
	if m := own.String("email"); m != "" {
		c.Emails = []Link{mail(m)}
	}
	if href, external := b.address(own.Get("url")); href != "" {
		c.Website = &Link{Text: b.t("contact.website"), Href: href, External: external}
	}
	if h := own.String("hours"); h != "" {
		c.Hours = b.hours(h)
	}
	if c.Name.Text == "" && len(c.Phones) == 0 && len(c.Emails) == 0 {
		return nil
	}
	return c
}

// action is the main button: the service's form where it is sent from there, else
// the verb of the first channel that leads somewhere. A service that is closed or suspended has none.
func (b *Builder) action() *Link {
	switch b.fields.String("status") {
	case "closed", "suspended", "planned":
		return nil
	}
	own, hasForm := b.Lookup("form", b.fields.String("form"))
	if hasForm && own.Form.Base.Send.Posts() {
		return b.formAction(own)
	}
	for _, v := range b.fields.Get("channels").List {
		if v.String("type") != "online" {
			continue
		}
		if f, ok := b.Lookup("form", v.String("form")); ok {
			return b.formAction(f)
		}
		if href, external := b.address(v.Get("url")); href != "" {
			return &Link{Text: b.t("action.online"), Href: href, External: external}
		}
	}
	if hasForm { // to be printed or saved: better than a way to the counter
		return b.formAction(own)
	}
	for _, v := range b.fields.Get("channels").List {
		if o, ok := b.Lookup("office", v.String("office")); ok && v.String("type") == "in-person" {
			return &Link{Text: b.t("action.in-person"), Href: b.to(o.Path)}
		}
	}
	return nil
}

// formAction leads to a form: what it is called depends on whether it is sent from
// there.
func (b *Builder) formAction(f *portal.Item) *Link {
	key := "action.form"
	if f.Form.Base.Send.Posts() {
		key = "action.online"
	}
	return &Link{Text: b.t(key), Href: b.to(f.Path)}
}

// topicPath puts the first topic of the item, and its parents, into the path.
func (b *Builder) topicPath() {
	var chain []Link
	seen := map[string]bool{}
	ids := b.fields.Texts("topics")
	for len(ids) > 0 {
		it, ok := b.Lookup("topic", ids[0])
		if !ok || seen[it.ID] {
			break
		}
		seen[it.ID] = true
		chain = append([]Link{b.link(it)}, chain...)
		ids = []string{it.Fact("parent").Text}
	}
	b.under("services")
	b.view.Path = append(b.view.Path, chain...)
}

func (b *Builder) languageList(tags []string) string {
	var names []string
	for _, t := range tags {
		names = append(names, languageName(b.Site, t))
	}
	return b.Locale.List(names)
}

// contents are the sections of a long page, for the closed list that phones
// show: from seven on.
func (b *Builder) contents(s *Service) []Link {
	var out []Link
	add := func(shown bool, id, key string) {
		if shown {
			out = append(out, Link{Text: b.t(key), Href: safeURL("#" + id)})
		}
	}
	add(s.Eligibility != nil || len(s.Requirements) > 0, "who", "service.eligibility")
	add(len(s.Steps) > 0, "how", "service.steps")
	add(len(s.Evidence) > 0, "need", "service.evidence")
	add(len(s.Output) > 0, "get", "service.output")
	add(len(s.Costs) > 0 || s.Time != "", "price", "service.cost")
	add(len(s.Channels) > 0, "apply", "service.channels")
	add(s.NoResponse != nil || len(s.Deadlines) > 0 || len(s.Requires) > 0, "terms", "service.terms")
	add(s.Redress != nil, "appeal", "service.redress")
	add(s.Contact != nil, "contact", "service.contact")
	add(len(s.Legal) > 0, "law", "service.legal")
	if len(out) < 7 {
		return nil
	}
	return out
}
