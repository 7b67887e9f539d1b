package audit

import (
	"maps"
	"slices"
	"strconv"

	"belfry/generator/diag"
)

// imageLimit is the size of a picture that takes a slow line (1.6 Mbit/s, what
// Lighthouse calls slow 4G) two seconds.
const imageLimit = 400_000

// imageHeavy: a picture straight from the camera takes minutes on a bad line
// and somebody's money.
func imageHeavy(a *Auditor, tell func(Finding)) {
	for _, name := range slices.Sorted(maps.Keys(a.files)) {
		if size := a.files[name]; size > imageLimit && photo(name) {
			tell(Finding{Diagnostic: diag.New("audit/image-heavy", diag.Pos{File: name}, "kb", strconv.FormatInt(size/1000, 10), "limit", strconv.Itoa(imageLimit/1000))})
		}
	}
}
