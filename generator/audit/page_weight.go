package audit

import (
	"maps"
	"slices"

	"belfry/generator/diag"
)

// pageLimit is what a whole page may weigh, compressed, photographs excepted:
// a second or two on a slow line.
const pageLimit = 60 * 1024

// pageWeight adds up what a browser fetches to show a page.
func pageWeight(a *Auditor, tell func(Finding)) {
	for _, name := range slices.Sorted(maps.Keys(a.pages)) {
		f := a.pages[name]
		n := f.first + headers
		for _, file := range f.loads {
			if packed, ok := a.packed[file]; ok {
				n += packed
			} else {
				n += int(a.files[file])
			}
		}
		if n > pageLimit {
			tell(Finding{Diagnostic: diag.New("audit/page-weight", diag.Pos{File: name, Line: 1}, "kb", kilobytes(n))})
		}
	}
}
