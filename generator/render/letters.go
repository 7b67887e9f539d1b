package render

import (
	"strconv"
	"strings"

	"belfry/generator/portal"
)

// letters plans the A to Z: one page while it fits, else a page a letter.
func (p *plan) letters() {
	page := Page{Path: p.Lang + "/a-to-z.html", Layout: "a-to-z", Section: "services", view: (*Builder).aToZ}
	services := p.byType["service"]
	if len(services) <= perList {
		p.add(page)
		return
	}
	index := page.Path
	for n, g := range p.letterGroups {
		page.Arg = g.letter
		page.Path = letterPath(index, n)
		p.pagedLetter(page, len(g.items))
	}
}

// pagedLetter adds the pages of one letter.
func (p *plan) pagedLetter(page Page, entries int) { p.paged(page, entries, (*Builder).aToZ) }

// letterPath is the page of the n-th letter, from 0; the first is the index.
func letterPath(index string, n int) string {
	if n == 0 {
		return index
	}
	return strings.TrimSuffix(index, ".html") + "/" + strconv.Itoa(n+1) + ".html"
}

type letterGroup struct {
	letter string
	items  []*portal.Item
}

// index groups the services under the letters of the reader's alphabet; only
// letters that have entries are there.
func (s *Site) groupLetters() []letterGroup {
	var out []letterGroup
	var digits letterGroup
	for _, it := range s.byType["service"] {
		l := s.titles[it.Title].letter
		switch {
		case l == "0-9":
			digits.letter = l
			digits.items = append(digits.items, it)
		case len(out) > 0 && out[len(out)-1].letter == l:
			out[len(out)-1].items = append(out[len(out)-1].items, it)
		default:
			at := -1
			for i := range out {
				if out[i].letter == l {
					at = i
				}
			}
			if at < 0 {
				out = append(out, letterGroup{letter: l})
				at = len(out) - 1
			}
			out[at].items = append(out[at].items, it)
		}
	}
	if digits.items != nil {
		out = append(out, digits)
	}
	return out
}

// aToZ fills a page of the A to Z.
func (b *Builder) aToZ() {
	b.view.Title, b.view.Lead = b.t("atoz.title"), b.t("atoz.lead")
	b.under("services")
	l := &List{Tabs: b.serviceTabs("a-to-z"), Count: b.tn("list.count_services", len(b.byType["service"]))}
	b.view.Content = l
	index := b.Lang + "/a-to-z.html"
	for n, g := range b.letterGroups {
		id := "l" + strconv.Itoa(n+1)
		if b.page.Arg == "" {
			l.Letters = append(l.Letters, Link{Text: g.letter, Href: "#" + safeURL(id)})
			l.Groups = append(l.Groups, Group{ID: id, Title: g.letter, Compact: true, Rows: b.rows(g.items)})
			continue
		}
		l.Letters = append(l.Letters, Link{Text: g.letter, Href: b.to(letterPath(index, n)), Current: g.letter == b.page.Arg})
		if g.letter == b.page.Arg {
			items := g.items
			if len(items) > perList {
				items = slice(b, items, &l.Pager)
			}
			l.Groups = []Group{{ID: id, Title: g.letter, Compact: true, Rows: brief(b.rows(items))}}
			b.view.Title = b.t("atoz.letter_title", "letter", g.letter)
		}
	}
	if len(l.Groups) == 0 {
		l.Empty = b.t("list.empty_services")
	}
}

// last is the last part of an address without its ending.
func last(p string) string {
	p = strings.TrimSuffix(p, ".html")
	return p[strings.LastIndexByte(p, '/')+1:]
}
