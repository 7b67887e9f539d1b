package audit

import (
	"maps"
	"path"
	"slices"

	"belfry/generator/diag"
)

// orphanPages: somebody who browses finds every page. Front doors, error pages
// and redirects from old addresses need no link to them.
func orphanPages(a *Auditor, tell func(Finding)) {
	if len(a.pages) < 2 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(a.pages)) {
		if f := a.pages[name]; a.led[name] || f.redirect || name == "404.html" || name == "index.html" || path.Base(name) == "index.html" && path.Dir(path.Dir(name)) == "." {
			continue
		}
		tell(Finding{Diagnostic: diag.New("audit/orphan-page", diag.Pos{File: name, Line: 1}, "path", name)})
	}
}
