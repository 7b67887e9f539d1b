package generator

import (
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/render"
)

// redirect is a page at an old address.
type redirect struct {
	from string
	site *render.Site
	to   *portal.Item
}

// redirects are the old addresses of visible documents, sorted. An alias that
// begins with a language leads to its edition, any other to the first.
func (p *Plan) redirects() []redirect {
	var out []redirect
	for _, it := range p.Sites[0].Items {
		for _, alias := range it.Source.Fields.Texts("aliases") {
			from := aliasPath(alias)
			site := p.Sites[0]
			for _, s := range p.Sites {
				if strings.HasPrefix(from, s.Lang+"/") {
					site = s
				}
			}
			if target := site.Item(it.Entity); target != nil && p.aliasFree(from) {
				out = append(out, redirect{from, site, target})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b redirect) int { return strings.Compare(a.from, b.from) })
	return slices.CompactFunc(out, func(a, b redirect) bool { return a.from == b.from })
}

// aliasFaults reports old addresses that are taken, or are no pages.
func (p *Plan) aliasFaults() diag.List {
	var faults diag.List
	seen := map[string]bool{}
	for _, it := range p.Sites[0].Items {
		for _, v := range it.Source.Fields.Get("aliases").List {
			from := aliasPath(v.Text)
			if seen[from] || !p.aliasFree(from) {
				faults.Add("alias/unusable", v.At, "alias", v.Text, "path", from)
			}
			seen[from] = true
		}
	}
	return faults
}

// aliasPath is the file that stands at an old address.
func aliasPath(alias string) string {
	clean := strings.TrimPrefix(path.Clean("/"+strings.TrimSpace(alias)), "/")
	if strings.HasSuffix(alias, "/") || path.Ext(clean) == "" {
		return path.Join(clean, "index.html")
	}
	return clean
}

// aliasFree reports whether a page can stand at an old address: it is a path that
// every host and file system takes, below none of ours.
func (p *Plan) aliasFree(file string) bool {
	if strings.ContainsFunc(file, func(r rune) bool { return unicode.IsControl(r) || strings.ContainsRune("\\?#", r) }) || !utf8.ValidString(file) {
		return false
	}
	_, taken := slices.BinarySearchFunc(p.Pages, file, func(page Page, f string) int { return strings.Compare(page.Path, f) })
	return !taken && strings.HasSuffix(file, ".html") && file != "index.html" && file != "404.html" && !strings.HasPrefix(file, "assets/")
}
