package render

import (
	"html/template"
	"sync"
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
	if b.has(b.index("news")) {
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
	room := rooms.Get().(*[]byte)
	defer rooms.Put(room)
	for _, d := range b.linkedData() {
		*room = appendJSON((*room)[:0], d)
		h.LinkedData = append(h.LinkedData, template.JS(*room))
	}
}

// rooms lend what linked data are written in.
var rooms = sync.Pool{New: func() any { return new([]byte) }}

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
