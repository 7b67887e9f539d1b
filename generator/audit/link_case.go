package audit

import "strings"

// linkCase: a link is written as the file is called, letter by letter. On
// Windows and macOS the case does not matter, on most hosts it does.
func linkCase(a *Auditor, tell func(Finding)) {
	var names map[string]string
	for _, t := range a.sorted() {
		if a.exists(t.path) {
			continue
		}
		if names == nil {
			names = a.names()
		}
		if is := names[strings.ToLower(t.path)]; is != "" {
			t.tell("audit/link-case", tell, "path", is)
		}
	}
}
