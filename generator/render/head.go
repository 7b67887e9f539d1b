package render

import (
	"html/template"
	"path"
	"strings"

	"belfry/generator/locale"
	"belfry/generator/portal"
)

// head fills what machines read: canonical address, languages, Open Graph,
// linked data and the meta tags of the Single Digital Gateway.
func (b *Builder) head() {
	v, base := b.view, b.Portal.Config.BaseURL
	h := &v.Head
	h.NoIndex = h.NoIndex || b.page.NoIndex
	h.Icon = b.to(FallbackIcon)
	if logo := b.Portal.Config.Logo; logo != "" && b.Portal.Files.Has(logo) {
		h.Icon = b.to(escapePath(logo))
	}
	h.Manifest = b.to(b.Lang + ".webmanifest")
	if b.has(path.Join(b.Lang, "news", "index.html")) {
		h.Feeds = append(h.Feeds, Feed{"application/atom+xml", b.listTitle("news"), b.to(b.Lang + "/feed.xml")})
	}
	h.Properties = []Meta{{"og:title", v.Title}, {"og:type", "website"}, {"og:site_name", v.Frame.Portal}}
	if v.Description != "" {
		h.Properties = append(h.Properties, Meta{"og:description", v.Description})
	}
	it := b.page.Item
	if base != "" {
		h.Canonical = base + b.page.Path
		if v.Fallback != nil {
			h.Canonical = base + b.sourcePath()
		} else if !h.NoIndex {
			h.Alternates = b.alternates()
		}
		h.Properties = append(h.Properties, Meta{"og:url", h.Canonical})
	}
	if it != nil && it.Type == "service" {
		b.sdg()
	}
	for _, d := range b.linkedData() {
		h.LinkedData = append(h.LinkedData, template.JS(appendJSON(nil, d)))
	}
}

// FallbackIcon is where the icon stands that a portal without arms gets.
const FallbackIcon = "assets/belfry-icon.svg"

// sourcePath is the page of the language whose text a fallback page shows.
func (b *Builder) sourcePath() string {
	for _, s := range b.Sisters {
		if s.Lang == b.page.Item.Text.Lang {
			return s.pageOf(b.page)
		}
	}
	return b.page.Path
}

// alternates are the languages in which this page has a text of its own, and
// x-default for the first of them. The letters of the A to Z and the parts of a
// guide need not be the same in every language: those have none.
func (b *Builder) alternates() []Alternate {
	base := b.Portal.Config.BaseURL
	var out []Alternate
	for _, s := range b.Sisters {
		p := s.pageOf(b.page)
		page, ok := s.pages[p]
		if !ok || page.NoIndex || b.page.Item != nil && (page.Item == nil || page.Item.Entity != b.page.Item.Entity) {
			continue
		}
		if (page.Item == nil) != (b.page.Item == nil) || page.Arg != b.page.Arg || max(page.N, 1) != max(b.page.N, 1) {
			continue
		}
		out = append(out, Alternate{s.Lang, base + p})
	}
	if len(out) < 2 {
		return nil
	}
	if b.page.Item == nil && b.page.Layout == "home" {
		return append(out, Alternate{"x-default", base})
	}
	return append(out, Alternate{"x-default", out[0].Href})
}

// sdg adds the meta tags by which the Single Digital Gateway finds a page
// (Commission Implementing Regulation (EU) 2020/1121, Annex).
func (b *Builder) sdg() {
	it := b.page.Item
	s := it.Fact("sdg")
	if !s.Set() {
		return
	}
	meta := func(name, value string) {
		if value != "" {
			b.view.Head.Meta = append(b.view.Head.Meta, Meta{name, value})
		}
	}
	meta("sdg-tag", "sdg")
	meta("DC.ISO3166", b.Portal.Config.Country)
	meta("DC.Location", b.area())
	meta("DC.Service", s.String("service"))
	meta("DC.Policy", s.String("policy_code"))
	meta("policy-code", s.String("policy_code"))
}

func (b *Builder) area() string {
	if a := b.fields.String("area"); a != "" {
		return a
	}
	return b.Portal.Config.In(b.Portal.Config.Fields.Get("area"), b.Lang)
}

// object is one node of linked data.
type object = map[string]any

func typed(typ string, members object) object {
	out := object{"@type": typ}
	for k, v := range members {
		if s, ok := v.(string); ok && s == "" {
			continue
		}
		if list, ok := v.([]object); ok && len(list) == 0 {
			continue
		}
		if v != nil {
			out[k] = v
		}
	}
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
func (b *Builder) linkedData() []any {
	var out []any
	if d := b.describe(); d != nil {
		d["@context"] = "https://schema.org"
		out = append(out, d)
	}
	if len(b.view.Path) > 0 && b.Portal.Config.BaseURL != "" {
		out = append(out, b.crumbs())
	}
	return out
}

// breadcrumbs and crumb stand on every page, so they are no maps; their members
// are in the order that a map's would be.
type breadcrumbs struct {
	Context string  `json:"@context"`
	Type    string  `json:"@type"`
	Items   []crumb `json:"itemListElement"`
}

type crumb struct {
	Type     string `json:"@type"`
	Item     string `json:"item,omitempty"`
	Name     string `json:"name"`
	Position int    `json:"position"`
}

// crumbs is the way from home to this page.
func (b *Builder) crumbs() breadcrumbs {
	out := breadcrumbs{Context: "https://schema.org", Type: "BreadcrumbList"}
	for n, l := range b.view.Path {
		out.Items = append(out.Items, crumb{"ListItem", b.absolute(path.Join(path.Dir(b.page.Path), string(l.Href))), l.Text, n + 1})
	}
	out.Items = append(out.Items, crumb{Type: "ListItem", Name: b.view.Title, Position: len(out.Items) + 1})
	return out
}

func (b *Builder) describe() object {
	it := b.page.Item
	if it == nil {
		if b.page.Layout == "faq" {
			return b.faqData()
		}
		return nil
	}
	common := object{"name": it.Title, "description": b.view.Description, "url": b.absolute(it.Path), "inLanguage": it.Text.Lang}
	add := func(members object) object {
		for k, v := range common {
			if _, ok := members[k]; !ok {
				members[k] = v
			}
		}
		return members
	}
	f := b.fields
	switch it.Type {
	case "service":
		m := add(object{"areaServed": b.area(), "serviceType": f.String("sector")})
		delete(m, "inLanguage")
		if o, ok := b.Lookup("office", b.authority(it)); ok {
			m["serviceOperator"] = b.officeData(o, false)
		}
		if langs := f.Texts("languages"); len(langs) > 0 {
			m["availableLanguage"] = langs
		}
		var audience []object
		for _, a := range f.Texts("audience") {
			audience = append(audience, typed("Audience", object{"audienceType": a}))
		}
		m["audience"] = audience
		var output, channels, offers []object
		for _, o := range f.Get("output").List {
			output = append(output, typed("Thing", object{"name": o.String("name")}))
		}
		m["serviceOutput"] = output
		for _, c := range f.Get("channels").List {
			ch := object{}
			if u := c.String("url"); strings.HasPrefix(u, "http") {
				ch["serviceUrl"] = u
			}
			if o, ok := b.Lookup("office", c.String("office")); ok {
				ch["serviceLocation"] = typed("Place", object{"name": o.Title, "address": o.Fields().String("address")})
			}
			if p := c.String("phone"); p != "" {
				ch["servicePhone"] = typed("ContactPoint", object{"telephone": p})
			}
			if len(ch) > 0 {
				channels = append(channels, typed("ServiceChannel", ch))
			}
		}
		if forms := b.formsOf(it); len(forms) > 0 && b.Portal.Config.BaseURL != "" {
			m["potentialAction"] = typed("ApplyAction", object{"target": b.absolute(forms[0].Path)})
		}
		m["availableChannel"] = channels
		for _, c := range f.Get("cost").List {
			if o := b.offer(c); o != nil {
				offers = append(offers, o)
			}
		}
		m["offers"] = offers
		return typed("GovernmentService", m)
	case "office":
		return b.officeData(it, true)
	case "event":
		m := add(object{"startDate": isoMoment(b, f.String("starts")), "endDate": isoMoment(b, f.String("ends"))})
		if p := f.String("place"); p != "" {
			m["location"] = typed("Place", object{"name": p, "address": p})
		}
		return typed("Event", m)
	case "news":
		m := add(object{"headline": it.Title, "datePublished": isoMoment(b, f.String("date"))})
		delete(m, "name")
		m["publisher"] = typed("GovernmentOrganization", object{"name": b.view.Frame.Portal})
		return typed("NewsArticle", m)
	case "faq":
		return b.faqPage([]*portal.Item{it})
	case "entry":
		typ := "Organization"
		if f.String("kind") == "business" {
			typ = "LocalBusiness"
		}
		c := f.Get("contact")
		m := add(object{"telephone": c.String("phone"), "email": c.String("email"), "address": f.String("address")})
		delete(m, "inLanguage")
		return typed(typ, m)
	case "document":
		return typed("DigitalDocument", add(object{"datePublished": f.String("date")}))
	}
	return nil
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
	return typed("Offer", object{"price": amount, "priceCurrency": a.Currency, "description": c.String("description")})
}

func (b *Builder) officeData(it *portal.Item, whole bool) object {
	f := it.Fields()
	m := object{"name": it.Title, "url": b.absolute(it.Path)}
	if whole {
		m["address"] = f.String("address")
		if p := f.Texts("phone"); len(p) > 0 {
			m["telephone"] = p[0]
		}
		if e := f.Texts("email"); len(e) > 0 {
			m["email"] = e[0]
		}
		if g := f.Get("geo").List; len(g) == 2 {
			m["geo"] = typed("GeoCoordinates", object{"latitude": g[0].Text, "longitude": g[1].Text})
		}
		m["openingHoursSpecification"] = openingHours(f.String("hours"))
	}
	return typed("GovernmentOffice", m)
}

var schemaDays = [7]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}

func openingHours(text string) []object {
	week, fault := locale.ParseHours(text)
	if text == "" || fault != nil {
		return nil
	}
	var out []object
	clock := func(minutes int) string {
		return decimal(float64(100+minutes/60), 0)[1:] + ":" + decimal(float64(100+minutes%60), 0)[1:]
	}
	for day, spans := range week {
		for _, s := range spans {
			out = append(out, typed("OpeningHoursSpecification", object{"dayOfWeek": schemaDays[day], "opens": clock(s.From), "closes": clock(s.To % (24 * 60))}))
		}
	}
	return out
}

func (b *Builder) faqData() object { return b.faqPage(b.byType["faq"]) }

func (b *Builder) faqPage(items []*portal.Item) object {
	var questions []object
	for _, it := range first(items, 20) {
		text := plain(it)
		if text == "" {
			continue
		}
		questions = append(questions, typed("Question", object{"name": it.Title, "acceptedAnswer": typed("Answer", object{"text": text})}))
	}
	if questions == nil {
		return nil
	}
	return typed("FAQPage", object{"mainEntity": questions})
}
