// Package render turns an edition of a portal into pages: it lists them (plan),
// gathers all that one page may show into a View, and writes the View through
// the theme's layout into HTML.
//
// A View is complete and read-only: every text is in the reader's language,
// every date and amount is formatted, every address is relative to the page.
// A template therefore asks nobody anything, and two equal views give the same
// bytes; the hash of a view is all a cache needs to know.
package render

import (
	"html/template"

	"belfry/generator/markdown"
)

// View is everything one page may show. Content holds the part that belongs to
// its layout: *Home for "home", *Service for "service" and so on.
type View struct {
	Layout string // name of the layout: home, list, service, office, ...
	Lang   string // BCP 47 tag of the page
	Dir    string // ltr or rtl

	Title       string // the heading of the page
	Lead        string // the sentence under it; may be empty
	HeadTitle   string // title element: page, portal; a layout may set the page's part
	Description string // meta description
	Kicker      *Link  // muted line above the title, such as the step-by-step a service belongs to
	Date        string // muted line under the title of news

	Head      Head
	Frame     *Frame // shared by all pages of a folder and section
	Languages []Link // this page in every language; the current one is marked
	Path      []Link // from home down to the parent; empty on home
	Alerts    Alerts
	Fallback  *Fallback // nil where the text is in the page's language
	Text      TextLang  // language of the document's own texts (title, lead, prose, rows of its lists)
	Checked   *Checked
	Contents  []Link // "On this page", for phones; from seven sections on
	Content   any

	ids   []string           // of the view's own sections
	heads []markdown.Heading // headings that stand outside the prose: of its sections
	prose []*Prose           // every text of the view that is Markdown, in order
}

// Head is what only machines read.
type Head struct {
	Canonical  string      // absolute; empty without base_url
	Alternates []Alternate // hreflang, absolute; empty without base_url
	NoIndex    bool
	Meta       []Meta // name and content: sdg-tag, DC.*, policy-code ...
	Properties []Meta // Open Graph: property and content
	LinkedData []template.JS
	Feeds      []Feed
	Manifest   template.URL
	Icon       template.URL
	FormAction string       // origin a form of this page sends to; usually empty
	Sheet      template.URL // style sheet of this page beside that of its layout; usually empty
}

// Alternate is one hreflang link.
type Alternate struct{ Lang, Href string }

// Meta is one meta element.
type Meta struct{ Name, Content string }

// Feed is a link to a feed or calendar of the page's language.
type Feed struct {
	Type  string // media type
	Title string
	Href  template.URL
}

// TextLang marks a part whose language is not the page's. Both fields are
// empty where it is.
type TextLang struct{ Lang, Dir string }

// Link leads somewhere. Href is relative, or absolute for another host.
type Link struct {
	Text     string
	Href     template.URL
	Current  bool
	Lang     string // of the text, where it differs from the page's
	Dir      string
	HrefLang string // of the target, where it differs
	External bool
	Note     string // muted addition: "PDF, 1.2 MB", "48 pages"
}

// Frame is what stands around the content: letterhead, menu, footer.
type Frame struct {
	Portal      string // "Beli Breg"
	Kind        string // line above the name, "Municipality"; may be empty
	Home        template.URL
	Logo        template.URL
	LogoSize    [2]int
	Menu        []Link
	Search      template.URL // the search page
	Index       template.URL // folder of the search index, with its slash
	Engine      template.URL // the script that searches
	AToZ        template.URL
	Contact     *Contact // the portal's authority; first in the footer
	OnPortal    []Link
	AboutPortal []Link
	Report      *Link // how a fault is reported
	Style       Style
	Root        template.URL // from this page to the portal's root, "../" or ""
}

// Style names what the theme made for this layout and brand.
type Style struct {
	CSS      template.CSS
	Policies []string     // contents of the CSP meta elements; browsers enforce them all
	Print    template.URL // style sheet for paper; empty on 404.html, which stands alone
	Script   template.URL
}

// Contact is how to reach an office.
type Contact struct {
	Name    Link
	Address string
	Phones  []Link // tel:
	Emails  []Link // mailto:
	Website *Link
	Hours   []Hours // short form: days alike are merged
	Note    string
}

// Hours is one line of opening hours.
type Hours struct{ Days, Times string }

// Alerts are the banners of one page, by their place.
type Alerts struct{ Emergency, Warning, Info []Alert }

// Alert is one banner.
type Alert struct {
	Title Link
	Until string
	Text  TextLang
}

// Fallback says that the text is not yet in the page's language.
type Fallback struct {
	Notice string // "This page is not yet in English. It is shown in Bulgarian."
	Source Link   // the page in the source's language
}

// Checked ends every page.
type Checked struct {
	On     string // "Checked on 3 July 2026"; empty where unknown
	Owner  *Link
	Report *Link // "Is something wrong?"
}

// Prose is a Markdown text and, once rendered, its HTML.
type Prose struct {
	Source   markdown.Source
	Options  markdown.Options
	HTML     template.HTML
	Headings []markdown.Heading
}

// Empty reports whether there is nothing to show; it is safe on nil.
func (p *Prose) Empty() bool { return p == nil || p.HTML == "" }

// Row is one line of a ledger.
type Row struct {
	Link  Link
	Kind  string // muted line above the title: "Tender"
	Text  string // summary
	Price string // end column, bold: "2.50 €", "free"
	Time  string // end column: "3 days", "PDF, 1.2 MB"
	Day   *Day   // plate before the row
	Lang  TextLang

	Service bool // Price and Time are those of a service; hidden words say so
}

// Day is the plate of a date: number and short month, decorative.
type Day struct{ Number, Month string }

// Group is a section of rows under a margin heading.
type Group struct {
	ID      string
	Title   string
	Lang    TextLang
	Rows    []Row
	More    *Link
	Compact bool // letters and years: a narrow margin
}

// Fact is one cell of the fact bar.
type Fact struct {
	Icon   string // price, time, bring, where, phone, clock, pin, wheelchair, calendar, person, document
	Label  string
	Value  string
	Href   template.URL // of the value, for phones and files
	Detail string
	More   *Link // "+ 2 more", leading down the page
	Lang   TextLang
}

// Pager leads through a list that is longer than one page.
type Pager struct {
	Previous, Next *Link
	Pages          []Link
	Label          string
}
