package audit

import (
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
)

// deadLinks: every link of the site leads to a file that is there, and
// everything a page loads is there.
func deadLinks(a *Auditor, tell func(Finding)) {
	names := a.names()
	for _, t := range a.sorted() {
		if !a.exists(t.path) && names[strings.ToLower(t.path)] == "" {
			guess := ""
			if len(names) < 5000 { // looking for the nearest of many takes long
				guess = diag.Guess(t.path, near(t.path, names))
			}
			t.tell("audit/dead-link", tell, "path", t.path, "guess", guess)
		}
	}
}

// names are all files by their name in small letters.
func (a *Auditor) names() map[string]string {
	out := map[string]string{}
	for name := range a.pages {
		out[strings.ToLower(name)] = name
	}
	for name := range a.files {
		out[strings.ToLower(name)] = name
	}
	return out
}

// near are the files in the folder of a path, for a guess.
func near(name string, names map[string]string) []string {
	var out []string
	for _, n := range names {
		if path.Dir(n) == path.Dir(name) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}
