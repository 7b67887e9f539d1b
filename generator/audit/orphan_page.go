package audit

import (
	"maps"
	"path"
	"slices"

	"belfry/generator/diag"
)

// orphanPages: somebody who browses finds every page. Front doors, error pages,
// redirects from old addresses and pages that keep out of search engines (what
// shows the text of another language, what says thanks for a form) need no link.
func orphanPages(a *Auditor, tell func(Finding)) {
	if len(a.pages) < 2 {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(a.pages)) {
		if f := a.pages[name]; a.led[name] || f.redirect || f.hidden || name == "404.html" || name == "index.html" || path.Base(name) == "index.html" && path.Dir(path.Dir(name)) == "." {
			continue
		}
		tell(Finding{Diagnostic: diag.New("audit/orphan-page", diag.Pos{File: name, Line: 1}, "path", name)})
	}
}
