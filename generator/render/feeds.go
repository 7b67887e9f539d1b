package render

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/url"
	"slices"
	"strings"
	"time"

	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// plain is the text of an item's body without its markup.
func plain(it *portal.Item) string {
	return strings.TrimSpace(markdown.PlainText(string(it.Text.Body.Text)))
}

// File is one file of the output; Make gives its bytes, the same each time.
type File struct {
	Path string
	Make func() []byte
}

func (b *Builder) feedLinks() []Link {
	return []Link{{Text: b.t("feed.news"), Href: b.to(b.Lang + "/feed.xml")}}
}

func (b *Builder) calendarLinks() []Link {
	if len(b.byType["event"]) == 0 {
		return nil
	}
	return []Link{{Text: b.t("feed.calendar"), Href: b.to(b.Lang + "/calendar.ics")}}
}

// Feeds are the files of an edition that follow the news and the events: an
// Atom feed (RFC 4287), an iCalendar file (RFC 5545) of all events and one of
// each, and the web manifest. A feed needs the base URL for its identifiers.
func (s *Site) Feeds() []File {
	var out []File
	if news := s.has(s.Lang + "/news/index.html"); news {
		out = append(out, File{s.Lang + "/feed.xml", s.atom})
	}
	if len(s.byType["event"]) > 0 {
		out = append(out, File{s.Lang + "/calendar.ics", func() []byte { return s.ical(s.byType["event"]) }})
		for _, it := range s.byType["event"] {
			if it.Path != "" && s.has(it.Path) {
				out = append(out, File{calendarPath(it.Path), func() []byte { return s.ical([]*portal.Item{it}) }})
			}
		}
	}
	return append(out, File{s.Lang + ".webmanifest", s.manifest})
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	Lang    string      `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Links   []atomLink  `xml:"link"`
	Author  string      `xml:"author>name"`
	Entries []atomEntry `xml:"entry"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr,omitempty"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang    string   `xml:"http://www.w3.org/XML/1998/namespace lang,attr,omitempty"`
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Summary string   `xml:"summary,omitempty"`
}

func (s *Site) atom() []byte {
	b := &Builder{Site: s, page: Page{Path: s.Lang + "/feed.xml"}, view: &View{}}
	c := s.Portal.Config
	name := c.In(c.Fields.Get("name"), s.Lang)
	id := func(p string) string {
		if c.BaseURL != "" {
			return c.BaseURL + p
		}
		return "urn:belfry:" + p // stable, as long as the address is
	}
	href := func(p string) string {
		if c.BaseURL != "" {
			return c.BaseURL + p
		}
		return rel(b.page.Path, p)
	}
	f := atomFeed{Lang: s.Lang, ID: id(s.Lang + "/feed.xml"), Title: name + ": " + b.listTitle("news"), Author: name, Updated: "1970-01-01T00:00:00Z",
		Links: []atomLink{{Rel: "self", Type: "application/atom+xml", Href: href(s.Lang + "/feed.xml")}, {Rel: "alternate", Type: "text/html", Href: href(s.Lang + "/news/index.html")}}}
	for _, it := range first(b.newest("news"), 30) {
		e := atomEntry{ID: id(it.Path), Title: it.Title, Updated: "1970-01-01T00:00:00Z", Link: atomLink{Href: href(it.Path)}, Summary: summary(it)}
		if d := it.Fact("date").Text; d != "" {
			e.Updated = s.Portal.Moment(d).UTC().Format(time.RFC3339)
		}
		if it.Text.Lang != s.Lang {
			e.Lang = it.Text.Lang
		}
		if e.Updated > f.Updated {
			f.Updated = e.Updated
		}
		f.Entries = append(f.Entries, e)
	}
	raw, err := xml.Marshal(f)
	if err != nil {
		panic("render: feed: " + err.Error())
	}
	return append([]byte(xml.Header), raw...)
}

// Sitemap lists the pages of all editions that may be indexed, with their
// languages (sitemaps.org 0.9). It is empty without a base URL.
func Sitemap(sites []*Site) []byte {
	base := sites[0].Portal.Config.BaseURL
	if base == "" {
		return nil
	}
	type entry struct {
		path string
		alts []Alternate
		mod  string
	}
	var all []entry
	for _, s := range sites {
		for p, page := range s.pages {
			if page.NoIndex {
				continue
			}
			b := &Builder{Site: s, page: page, view: &View{}}
			e := entry{path: p, alts: b.alternates()}
			if page.Item != nil {
				e.mod = page.Item.Fact("reviewed").Text
			}
			all = append(all, e)
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	var w bytes.Buffer
	w.Grow(len(all) * 256)
	w.WriteString(xml.Header + `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">`)
	for _, e := range all {
		w.WriteString("<url><loc>")
		writeXML(&w, base)
		writeXML(&w, e.path)
		w.WriteString("</loc>")
		if e.mod != "" {
			w.WriteString("<lastmod>")
			w.WriteString(e.mod)
			w.WriteString("</lastmod>")
		}
		for _, a := range e.alts {
			w.WriteString(`<xhtml:link rel="alternate" hreflang="`)
			w.WriteString(a.Lang)
			w.WriteString(`" href="`)
			writeXML(&w, a.Href)
			w.WriteString(`"/>`)
		}
		w.WriteString("</url>\n")
	}
	w.WriteString("</urlset>\n")
	return w.Bytes()
}

// writeXML writes a text; addresses seldom have anything to escape.
func writeXML(w *bytes.Buffer, s string) {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '&' || c == '"' || c == '\'' {
			if err := xml.EscapeText(w, []byte(s)); err != nil {
				panic("render: escape: " + err.Error())
			}
			return
		}
	}
	w.WriteString(s)
}

// Robots lets all in and names the sitemap.
func Robots(base string) []byte {
	text := "User-agent: *\nAllow: /\n"
	if base != "" {
		text += "Sitemap: " + base + "sitemap.xml\n"
	}
	return []byte(text)
}

// ical writes events as an iCalendar file. DTSTAMP comes from the content, so
// that the same input gives the same bytes.
func (s *Site) ical(items []*portal.Item) []byte {
	c := s.Portal.Config
	var w icalWriter
	w.line("BEGIN:VCALENDAR")
	w.line("VERSION:2.0")
	w.line("PRODID:-//belfry//" + s.Lang)
	w.line("CALSCALE:GREGORIAN")
	w.text("X-WR-CALNAME", c.In(c.Fields.Get("name"), s.Lang))
	for _, it := range items {
		f := it.Fields()
		all := s.Portal.Occurrences(it.Entity, time.Time{}, s.At.AddDate(100, 0, 0))
		if len(all) == 0 {
			continue
		}
		o := all[0]
		w.line("BEGIN:VEVENT")
		w.text("UID", it.ID+"@"+host(c.BaseURL)) // it stays when the event is moved
		w.line("DTSTAMP:" + o.Starts.UTC().Format("20060102T150405Z"))
		if o.AllDay {
			w.line("DTSTART;VALUE=DATE:" + o.Starts.Format("20060102"))
			w.line("DTEND;VALUE=DATE:" + o.Ends.Format("20060102"))
		} else if every := f.Get("repeats").String("every"); every != "" && c.Zone != time.UTC {
			// A repeated time of day is local: it must not shift with summer time.
			w.line("DTSTART;TZID=" + c.Zone.String() + ":" + o.Starts.Format("20060102T150405"))
			w.line("DTEND;TZID=" + c.Zone.String() + ":" + o.Ends.Format("20060102T150405"))
		} else {
			w.line("DTSTART:" + o.Starts.UTC().Format("20060102T150405Z"))
			w.line("DTEND:" + o.Ends.UTC().Format("20060102T150405Z"))
		}
		if r := f.Get("repeats"); r.String("every") != "" {
			rule := "RRULE:FREQ=" + map[string]string{"day": "DAILY", "week": "WEEKLY", "month": "MONTHLY", "year": "YEARLY"}[r.String("every")]
			if u := r.String("until"); u != "" {
				end := s.Portal.Moment(u).AddDate(0, 0, 1).Add(-time.Second)
				if o.AllDay {
					rule += ";UNTIL=" + s.Portal.Moment(u).Format("20060102")
				} else {
					rule += ";UNTIL=" + end.UTC().Format("20060102T150405Z")
				}
			}
			w.line(rule)
		}
		w.text("SUMMARY", it.Title)
		w.text("DESCRIPTION", summary(it))
		w.text("LOCATION", f.String("place"))
		if c.BaseURL != "" {
			w.line("URL:" + c.BaseURL + it.Path)
		}
		w.line("END:VEVENT")
	}
	w.line("END:VCALENDAR")
	return []byte(w.String())
}

// host names the portal in identifiers.
func host(base string) string {
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		return u.Host
	}
	return "belfry"
}

// icalWriter writes content lines, folded at 75 octets between characters.
type icalWriter struct{ strings.Builder }

func (w *icalWriter) text(name, value string) {
	if value != "" {
		w.line(name + ":" + strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(value))
	}
}

func (w *icalWriter) line(s string) {
	width := 0
	for _, r := range s {
		n := len(string(r))
		if width+n > 75 {
			w.WriteString("\r\n ")
			width = 1
		}
		w.WriteRune(r)
		width += n
	}
	w.WriteString("\r\n")
}

// manifest is the web app manifest of a language.
func (s *Site) manifest() []byte {
	c := s.Portal.Config
	name := c.In(c.Fields.Get("name"), s.Lang)
	quoted, err := json.Marshal(name)
	if err != nil {
		panic("render: manifest: " + err.Error())
	}
	out := `{"name":` + string(quoted) + `,"lang":"` + s.Lang + `","dir":"` + s.Locale.Dir + `","start_url":"` + s.Lang + `/index.html","display":"browser","theme_color":"` + c.Colour + `","background_color":"#fcfaf6"`
	if c.Logo != "" && strings.HasSuffix(c.Logo, ".svg") && s.Portal.Files.Has(c.Logo) {
		out += `,"icons":[{"src":"` + escapePath(c.Logo) + `","sizes":"any","type":"image/svg+xml"}]`
	}
	return []byte(out + "}\n")
}
