package render

import (
	"html/template"
	"strconv"
	"strings"

	"belfry/generator/locale"
	"belfry/generator/portal"
)

// office fills the page of an office.
func (b *Builder) office() {
	f, it := b.fields, b.page.Item
	o := &Office{
		Intro: b.body(it), Access: b.field("accessibility"), Contact: b.contact(it),
		Zone: b.Portal.Config.Zone.String(), Week: b.week(f.String("hours")),
		OpenNow: OpenTexts{b.t("office.open_until"), b.t("office.closed"), b.t("office.closed_opens")},
	}
	for _, v := range f.Get("closures").List {
		from := b.Portal.Moment(v.String("from"))
		if from.IsZero() {
			continue // it is wrong, which is reported already
		}
		days, span := b.Locale.Date(from), v.String("from")
		if to := v.String("to"); to != "" {
			span += "/" + to
			days = b.Locale.DateRange(from, b.Portal.Moment(to))
		}
		o.ClosedOn = strings.TrimSpace(o.ClosedOn + " " + span)
		o.Closures = append(o.Closures, Item{Name: days, Text: v.String("name")})
	}
	if geo := f.Get("geo").List; len(geo) == 2 {
		o.Map = &Link{Text: b.t("office.map"), External: true, Href: safeURL("https://www.openstreetmap.org/?mlat=" + geo[0].Text + "&mlon=" + geo[1].Text + "#map=17/" + geo[0].Text + "/" + geo[1].Text)}
	}
	services := brief(b.rows(first(b.refs["authority"][it.ID], perList)))
	o.Services = Group{ID: "services", Title: b.t("office.services"), Rows: services}
	if len(b.refs["authority"][it.ID]) > perList {
		o.Services.More = &Link{Text: b.t("list.all_services"), Href: b.own("services/index.html")}
	}
	if p, ok := b.Lookup("office", f.String("parent")); ok {
		l := b.link(p)
		o.Parent = &l
	}
	for _, part := range b.byType["office"] {
		if p, ok := b.Lookup("office", part.Fact("parent").Text); ok && p == it {
			o.Parts = append(o.Parts, b.row(part))
		}
	}
	o.Facts = b.officeFacts(o)
	b.view.Content = o
	b.under("offices")
}

func first[T any](list []T, n int) []T { return list[:min(len(list), n)] }

func (b *Builder) officeFacts(o *Office) []Fact {
	var facts []Fact
	if len(o.Contact.Phones) > 0 {
		p := o.Contact.Phones[0]
		facts = append(facts, Fact{Icon: "phone", Label: b.t("facts.phone"), Value: p.Text, Href: p.Href})
	}
	if h := o.Contact.Hours; len(h) > 0 {
		facts = append(facts, Fact{Icon: "time", Label: b.t("facts.hours"), Value: h[0].Times, Detail: h[0].Days})
	}
	if a := o.Contact.Address; a != "" {
		place, rest, _ := strings.Cut(a, ",")
		facts = append(facts, Fact{Icon: "where", Label: b.t("facts.address"), Value: place, Detail: strings.TrimSpace(rest), Lang: b.view.Text})
	}
	if !b.fields.Get("accessibility").Set() {
		return facts
	}
	return append(facts, Fact{Icon: "wheelchair", Label: b.t("facts.getting_in"), Value: b.t("office.access_short"), Href: "#access"})
}

// contact is how an office is reached, for the foot of a page or a section.
func (b *Builder) contact(it *portal.Item) *Contact {
	f := it.Fields()
	c := &Contact{Name: b.link(it), Address: f.String("address"), Hours: b.hours(f.String("hours"))}
	for _, p := range f.Texts("phone") {
		c.Phones = append(c.Phones, tel(p))
	}
	for _, m := range f.Texts("email") {
		c.Emails = append(c.Emails, mail(m))
	}
	if href, external := b.address(f.Get("url")); href != "" {
		c.Website = &Link{Text: b.t("contact.website"), Href: href, External: external}
	}
	return c
}

// tel keeps of a number what a dialler understands (RFC 3966): behind a country
// code the (0) of the number at home is not dialled.
func tel(phone string) Link {
	number := phone
	if strings.HasPrefix(phone, "+") {
		number = strings.Replace(phone, "(0)", "", 1)
	}
	digits := strings.Map(func(r rune) rune {
		if r == '+' || r >= '0' && r <= '9' {
			return r
		}
		if r >= '٠' && r <= '٩' {
			return r - '٠' + '0'
		}
		return -1
	}, number)
	return Link{Text: phone, Href: template.URL("tel:" + digits)}
}

func mail(address string) Link {
	return Link{Text: address, Href: safeURL("mailto:" + address)}
}

// hours are the lines of opening hours, days alike merged.
func (b *Builder) hours(text string) []Hours {
	if text == "" {
		return nil
	}
	if known, ok := b.knownHours.Load(text); ok { // those of the town hall are asked for by nearly every page
		return known.([]Hours)
	}
	week, fault := locale.ParseHours(text)
	if fault != nil {
		return nil
	}
	var out []Hours
	for _, l := range b.Locale.HoursLines(week) {
		out = append(out, Hours{Days: l.Days, Times: l.Times})
	}
	b.knownHours.Store(text, out)
	return out
}

// week is one row a day, Monday first.
func (b *Builder) week(text string) []DayHours {
	week, fault := locale.ParseHours(text)
	if text == "" || fault != nil {
		return nil
	}
	var out []DayHours
	for i, l := range b.Locale.HoursByDay(week) {
		var spans []string
		for _, s := range week[i] {
			spans = append(spans, strconv.Itoa(s.From)+"-"+strconv.Itoa(s.To))
		}
		d := DayHours{Day: l.Days, Times: l.Times, Number: i + 1, Spans: strings.Join(spans, ","), Closed: len(week[i]) == 0}
		if d.Closed {
			d.Times = b.t("office.closed_day")
		}
		out = append(out, d)
	}
	return out
}
