package audit

import (
	"maps"
	"slices"
	"strings"

	"belfry/generator/diag"
)

// hreflang: the versions of a page in other languages name each other. One
// that is not named back is ignored by search engines, and readers get the
// wrong language.
func hreflang(a *Auditor, tell func(Finding)) {
	for _, name := range slices.Sorted(maps.Keys(a.pages)) {
		own := a.pages[name].alternates
		if !slices.ContainsFunc(own, func(x alternate) bool { return x.path == name }) {
			continue // a front door that leads to the versions is none itself
		}
		for _, alt := range own {
			back := a.pages[alt.path]
			if alt.path == name || back != nil && slices.ContainsFunc(back.alternates, func(x alternate) bool { return x.path == name }) {
				continue
			}
			tell(Finding{Diagnostic: diag.New("audit/hreflang", diag.Pos{File: name, Line: 1}, "lang", alt.lang, "path", alt.path)})
		}
	}
}

// alternates are the versions that the page names in its head, those of this
// site.
func (p *page) alternates() []alternate {
	var out []alternate
	p.each("link", func(_ int, e *element) {
		if l := e.attrOf("hreflang"); l != "" && strings.Contains(strings.ToLower(e.attrOf("rel")), "alternate") && l != "x-default" {
			if to, _, ok := p.resolve(e.attrOf("href")); ok {
				out = append(out, alternate{strings.Clone(l), strings.Clone(to)})
			}
		}
	})
	return out
}
