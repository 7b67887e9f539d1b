package render

import (
	"path"
	"slices"
	"strings"

	"belfry/generator/locale"
	"belfry/generator/portal"
)

// object is one node of linked data: its members, by name.
type object []member

// member has a text or another value: an object, a list of them or of texts, a number.
type member struct {
	name, text string
	value      any
}

func text(name, value string) member { return member{name: name, text: value} }

func other(name string, value any) member { return member{name: name, value: value} }

// typed makes an object of the members that are not empty.
func typed(typ string, members ...member) object {
	out := append(make(object, 0, len(members)+1), text("@type", typ))
	for _, m := range members {
		switch v := m.value.(type) {
		case nil:
			if m.text == "" {
				continue
			}
		case object:
			if len(v) == 0 {
				continue
			}
		case []object:
			if len(v) == 0 {
				continue
			}
		case []string:
			if len(v) == 0 {
				continue
			}
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return out
}

// absolute is the address of a page for machines; empty without a base URL.
func (b *Builder) absolute(p string) string {
	if b.Portal.Config.BaseURL == "" {
		return ""
	}
	return b.Portal.Config.BaseURL + p
}

// linkedData describes the page in schema.org's terms.
func (b *Builder) linkedData() []object {
	var out []object
	if d := b.describe(); d != nil {
		out = append(out, append(object{context}, d...))
	}
	if len(b.view.Path) > 0 && b.Portal.Config.BaseURL != "" {
		out = append(out, b.crumbs())
	}
	return out
}

// crumbs is the way from home to this page.
func (b *Builder) crumbs() object {
	items := make([]object, 0, len(b.view.Path)+1)
	dir := path.Dir(b.page.Path)
	for n, l := range b.view.Path {
		items = append(items, typed("ListItem", text("item", b.absolute(path.Join(dir, string(l.Href)))), text("name", l.Text), other("position", n+1)))
	}
	items = append(items, typed("ListItem", text("name", b.view.Title), other("position", len(items)+1)))
	return append(object{context}, typed("BreadcrumbList", other("itemListElement", items))...)
}

// context stands before all other members.
var context = text("@context", "https://schema.org")

// describe says what the page is about; nil where there is nothing to say.
func (b *Builder) describe() object {
	it := b.page.Item
	if it == nil {
		if b.page.Layout == "faq" {
			return faqPage(b.byType["faq"])
		}
		return nil
	}
	f := b.fields
	name, about := text("name", it.Title), text("description", b.view.Description)
	url, lang := text("url", b.absolute(it.Path)), text("inLanguage", it.Text.Lang)
	switch it.Type {
	case "service":
		return b.serviceData(name, about, url)
	case "office":
		return b.officeData(it, true)
	case "event":
		var place object
		if p := f.String("place"); p != "" {
			place = typed("Place", text("name", p), text("address", p))
		}
		return typed("Event", name, about, url, lang, text("startDate", isoMoment(b, f.String("starts"))), text("endDate", isoMoment(b, f.String("ends"))), other("location", place))
	case "news":
		publisher := typed("GovernmentOrganization", text("name", b.view.Frame.Portal))
		return typed("NewsArticle", about, url, lang, text("headline", it.Title), text("datePublished", isoMoment(b, f.String("date"))), other("publisher", publisher))
	case "faq":
		return faqPage([]*portal.Item{it})
	case "entry":
		typ := "Organization"
		if f.String("kind") == "business" {
			typ = "LocalBusiness"
		}
		c := f.Get("contact")
		return typed(typ, name, about, url, text("telephone", c.String("phone")), text("email", c.String("email")), text("address", f.String("address")))
	case "document":
		return typed("DigitalDocument", name, about, url, lang, text("datePublished", f.String("date")))
	}
	return nil
}

// serviceData describes the service of the page.
func (b *Builder) serviceData(name, about, url member) object {
	it, f := b.page.Item, b.fields
	var operator, action object
	if o, ok := b.Lookup("office", b.authority(it)); ok {
		operator = b.officeData(o, false)
	}
	if forms := b.formsOf(it); len(forms) > 0 && b.Portal.Config.BaseURL != "" {
		action = typed("ApplyAction", text("target", b.absolute(forms[0].Path)))
	}
	var audience, output, channels, offers []object
	for _, a := range f.Texts("audience") {
		audience = append(audience, typed("Audience", text("audienceType", a)))
	}
	for _, o := range f.Get("output").List {
		output = append(output, typed("Thing", text("name", o.String("name"))))
	}
	for _, c := range f.Get("channels").List {
		var address string
		var place, phone object
		if u := c.String("url"); strings.HasPrefix(u, "http") {
			address = u
		}
		if o, ok := b.Lookup("office", c.String("office")); ok {
			place = typed("Place", text("name", o.Title), text("address", o.Fields().String("address")))
		}
		if p := c.String("phone"); p != "" {
			phone = typed("ContactPoint", text("telephone", p))
		}
		if address != "" || place != nil || phone != nil {
			channels = append(channels, typed("ServiceChannel", text("serviceUrl", address), other("serviceLocation", place), other("servicePhone", phone)))
		}
	}
	for _, c := range f.Get("cost").List {
		if o := b.offer(c); o != nil {
			offers = append(offers, o)
		}
	}
	return typed("GovernmentService", name, about, url, text("areaServed", b.area()), text("serviceType", f.String("sector")),
		other("serviceOperator", operator), other("availableLanguage", f.Texts("languages")), other("audience", audience),
		other("serviceOutput", output), other("potentialAction", action), other("availableChannel", channels), other("offers", offers))
}

func isoMoment(b *Builder, text string) string {
	if text == "" || len(text) == len("2006-01-02") {
		return text
	}
	return b.Portal.Moment(text).Format("2006-01-02T15:04:05Z07:00")
}

func (b *Builder) offer(c portal.Value) object {
	currency := c.String("currency")
	if currency == "" {
		currency = b.Portal.Config.Currency
	}
	a, err := locale.ParseMoney(c.String("amount"), currency)
	if err != nil {
		return nil
	}
	amount := a.Decimal
	if amount == "" {
		amount = "0"
	}
	return typed("Offer", text("price", amount), text("priceCurrency", a.Currency), text("description", c.String("description")))
}

func (b *Builder) officeData(it *portal.Item, whole bool) object {
	name, url := text("name", it.Title), text("url", b.absolute(it.Path))
	if !whole {
		return typed("GovernmentOffice", name, url)
	}
	f := it.Fields()
	var phone, email string
	var geo object
	if p := f.Texts("phone"); len(p) > 0 {
		phone = p[0]
	}
	if e := f.Texts("email"); len(e) > 0 {
		email = e[0]
	}
	if g := f.Get("geo").List; len(g) == 2 {
		geo = typed("GeoCoordinates", text("latitude", g[0].Text), text("longitude", g[1].Text))
	}
	return typed("GovernmentOffice", name, url, text("address", f.String("address")), text("telephone", phone), text("email", email),
		other("geo", geo), other("openingHoursSpecification", openingHours(f.String("hours"))))
}

var schemaDays = [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

func openingHours(hours string) []object {
	week, fault := locale.ParseHours(hours)
	if hours == "" || fault != nil {
		return nil
	}
	var out []object
	clock := func(minutes int) string {
		return decimal(float64(100+minutes/60), 0)[1:] + ":" + decimal(float64(100+minutes%60), 0)[1:]
	}
	for day, spans := range week {
		for _, s := range spans {
			out = append(out, typed("OpeningHoursSpecification", text("dayOfWeek", schemaDays[day]), text("opens", clock(s.From)), text("closes", clock(s.To%(24*60)))))
		}
	}
	return out
}

// faqPage describes questions, up to twenty, with their answers.
func faqPage(items []*portal.Item) object {
	var questions []object
	for _, it := range first(items, 20) {
		if words := plain(it); words != "" {
			answer := typed("Answer", text("text", words))
			questions = append(questions, typed("Question", text("name", it.Title), other("acceptedAnswer", answer)))
		}
	}
	if questions == nil {
		return nil
	}
	return typed("FAQPage", other("mainEntity", questions))
}
