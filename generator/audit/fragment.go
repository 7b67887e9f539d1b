package audit

import (
	"slices"
	"strings"
)

// fragments: the place on a page that a link names is there. Places that a
// script makes, such as “#/…” and “#:~:text=”, are left alone.
func fragments(a *Auditor, tell func(Finding)) {
	for _, t := range a.sorted() {
		f := a.pages[t.path]
		if t.fragment == "" || f == nil || strings.HasPrefix(t.fragment, "/") || strings.HasPrefix(t.fragment, ":~:") {
			continue
		}
		if _, found := slices.BinarySearch(f.ids, hash(t.fragment)); !found {
			t.tell("audit/fragment", tell, "fragment", t.fragment)
		}
	}
}
