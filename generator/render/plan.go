package render

import (
	"path"
	"slices"
	"strconv"
	"time"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// Page is one page to be made: where it stands and what makes its view. It is
// small, so that a whole edition can be planned before a single page is rendered.
type Page struct {
	Path    string
	Lang    string
	Layout  string
	Section string       // folder of the type, for the menu
	Item    *portal.Item // nil for pages that belfry makes itself
	N       int          // number of the part, list page or month, from 1; 0 for the only one
	Arg     string       // kind, letter or month
	NoIndex bool

	view func(*Builder) // fills the view
}

// perList is how many entries a list shows on one page.
const perList = 100

// plan collects the pages of one edition.
type plan struct {
	*Site
	taken  *portal.Addresses
	pages  []Page
	faults diag.List
}

// Plan lists the pages of the edition, sorted by path. Two documents with one
// address are faults; a page of belfry's own gives way to one that is written.
// The addresses are those of the edition: all lie in the folder of its language.
func (s *Site) Plan(taken *portal.Addresses) ([]Page, diag.List) {
	p := &plan{Site: s, taken: taken}
	for _, it := range s.Items {
		p.item(it)
	}
	p.own()
	slices.SortFunc(p.pages, func(a, b Page) int {
		if a.Path < b.Path {
			return -1
		}
		return 1
	})
	s.pages = make(map[string]Page, len(p.pages))
	for _, page := range p.pages {
		s.pages[page.Path] = page
	}
	s.prepareFrames()
	return p.pages, p.faults
}

// add claims the page's address and reports whether it is free.
func (p *plan) add(page Page) bool {
	var at diag.Pos
	if page.Item != nil {
		at = page.Item.Source.Place("slug")
		if page.Item.Text.Lang == p.Lang && page.Item.Text.Fields.Get("slug").Set() {
			at = page.Item.Text.Place("slug")
		}
	}
	page.Lang = p.Lang
	if !p.taken.Take(page.Path, at, &p.faults) {
		if page.Item != nil && page.Item.Type != "listing" && page.N <= 1 && page.Arg == "" {
			p.Homeless[page.Item.Entity] = true
		}
		return false
	}
	p.pages = append(p.pages, page)
	return true
}

// item adds the page, or pages, of a document.
func (p *plan) item(it *portal.Item) {
	folder := portal.TypeByName(it.Type).Folder
	page := Page{Path: it.Path, Section: folder, Item: it, Layout: it.Type, NoIndex: it.Fallback}
	switch it.Type {
	case "service":
		page.view = (*Builder).service
	case "office":
		page.view = (*Builder).office
	case "life-event":
		page.view = (*Builder).lifeEvent
	case "step-by-step":
		page.view = (*Builder).stepByStep
	case "guide":
		p.guide(page)
		return
	case "topic":
		p.paged(page, len(p.refs["topics"][it.ID]), (*Builder).topic)
		return
	case "event":
		page.view = (*Builder).event
	case "entry":
		page.view = (*Builder).entry
	case "directory":
		p.directory(page)
		return
	case "faq":
		page.Layout, page.view = "page", (*Builder).question
	case "news", "alert", "notice", "document":
		page.view = (*Builder).article
	case "listing":
		return // it gives its words to the list of its type
	default:
		page.Layout, page.view = "page", (*Builder).article
	}
	p.add(page)
}

// paged adds a list that may need more than one page.
func (p *plan) paged(page Page, entries int, view func(*Builder)) {
	page.view = view
	pages := max(1, (entries+perList-1)/perList)
	first := page.Path
	for n := 1; n <= pages; n++ {
		page.N, page.Path = n, numbered(first, n)
		if pages == 1 {
			page.N = 0
		}
		p.add(page)
	}
}

// numbered is the address of the n-th page of a list.
func numbered(first string, n int) string {
	if n == 1 {
		return first
	}
	if path.Base(first) == "index.html" {
		return path.Join(path.Dir(first), "page-"+strconv.Itoa(n)+".html")
	}
	return first[:len(first)-len(".html")] + "-page-" + strconv.Itoa(n) + ".html"
}

// own adds the pages that belfry makes itself.
func (p *plan) own() {
	p.add(Page{Path: p.Lang + "/index.html", Layout: "home", view: (*Builder).home})
	for _, folder := range portal.Folders() {
		if folder == "" || folder == "pages" || folder == "forms" {
			continue
		}
		p.list(folder)
	}
	for _, audience := range []string{"citizen", "business"} {
		if n := len(p.refs["audience"][audience]); n > 0 {
			name := audience + "s"
			if audience == "business" {
				name = audience
			}
			p.paged(Page{Path: p.Lang + "/" + name + ".html", Layout: "list", Section: "services", Arg: audience}, n, (*Builder).audience)
		}
	}
	p.letters()
	p.add(Page{Path: p.Lang + "/search.html", Layout: "search", NoIndex: true, view: (*Builder).searchPage})
	p.add(Page{Path: p.Lang + "/site-map.html", Layout: "site-map", view: (*Builder).siteMap})
	p.add(Page{Path: p.Lang + "/accessibility.html", Layout: "page", view: (*Builder).accessibility})
	p.add(Page{Path: p.Lang + "/privacy.html", Layout: "page", view: (*Builder).privacy})
}

// list adds the list of a type, where it has anything to show.
func (p *plan) list(folder string) {
	typ := portal.TypeByFolder(folder).Name
	items := p.byType[typ]
	written, isWritten := p.Lookup("listing", folder)
	page := Page{Path: path.Join(p.Lang, folder, "index.html"), Section: folder, Layout: "list", Arg: typ}
	if isWritten {
		page.Item = written
		page.NoIndex = written.Fallback
	}
	switch {
	case typ == "event":
		if len(items) > 0 || isWritten {
			p.months(page)
		}
	case len(items) == 0 && !isWritten:
	case typ == "service":
		page.Layout = "list"
		p.paged(page, len(items), (*Builder).services)
	case typ == "news":
		page.Layout = "news-list"
		p.paged(page, len(items), (*Builder).newsList)
	case typ == "notice":
		page.Layout = "notices"
		p.paged(page, len(items), (*Builder).noticeList)
	case typ == "faq":
		page.Layout = "faq"
		p.paged(page, len(items), (*Builder).faqList)
	default:
		p.paged(page, len(items), (*Builder).plainList)
	}
}

// months adds a calendar page for the current month and every later one, up
// to a year, in which something takes place; the current one is the index.
func (p *plan) months(page Page) {
	page.Layout, page.view = "calendar", (*Builder).calendar
	from := time.Date(p.At.Year(), p.At.Month(), 1, 0, 0, 0, 0, p.At.Location())
	busy := map[string]bool{}
	for _, o := range p.occurrences(from, from.AddDate(1, 0, 0)) {
		for d := midnight(later(o.Starts, from)); d.Before(o.Ends); d = d.AddDate(0, 0, 1) {
			busy[d.Format("2006-01")] = true
		}
	}
	list := []string{from.Format("2006-01")}
	for m := 1; m < 12; m++ {
		if name := from.AddDate(0, m, 0).Format("2006-01"); busy[name] {
			list = append(list, name)
		}
	}
	index := page.Path
	for n, month := range list {
		page.Arg, page.N = month, n+1
		page.Path = index
		if n > 0 {
			page.Path = path.Join(path.Dir(index), month+".html")
		}
		p.add(page)
	}
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
