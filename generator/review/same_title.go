package review

import (
	"strings"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// sameTitle: two pages of one kind with one title cannot be told apart in a
// list, in the search and on the tabs. Events and news may repeat.
func sameTitle(in *Input, tell func(diag.Pos, ...string)) {
	type key struct{ typ, lang, title string }
	first := map[key]*portal.Document{}
	for e := range in.shown {
		switch e.Type {
		case "event", "news", "alert", "entry", "listing", "notice", "document":
			continue
		}
		for _, d := range in.documents(e) {
			k := key{e.Type, d.Lang, strings.ToLower(strings.Join(strings.Fields(d.Title), " "))}
			other := first[k]
			if other == nil {
				first[k] = d
				continue
			}
			at := d.TitleAt
			if at.Line == 0 {
				at = d.At()
			}
			tell(at, "title", d.Title, "file", other.File)
		}
	}
}
