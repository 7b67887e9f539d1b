package audit

import (
	"maps"
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
)

// orphanPages: somebody who browses finds every page. Front doors, error pages
// and redirects from old addresses need no link to them.
func orphanPages(a *Auditor, tell func(Finding)) {
	if len(a.pages) < 2 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(a.pages)) {
		if f := a.pages[name]; a.led[name] || f.redirect || f.standsFor || name == "404.html" || name == "index.html" || path.Base(name) == "index.html" && path.Dir(path.Dir(name)) == "." {
			continue
		}
		tell(Finding{Diagnostic: diag.New("audit/orphan-page", diag.Pos{File: name, Line: 1}, "path", name)})
	}
}

// standsFor reports whether a page keeps out of search engines and names
// another as the one that counts: what stands at an old address, or shows the
// text of another language.
func (p *page) standsFor() bool {
	other := false
	p.each("link", func(_ int, e *element) {
		href := e.attrOf("href")
		other = other || e.attrOf("rel") == "canonical" && href != "" && !strings.HasSuffix(href, "/"+p.name)
	})
	return other && p.noIndex()
}
