package portal

import (
	"path"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// address returns where an entity's page stands in a language:
// <lang>/<type folder>/<id>.html, romanised; pages stand without a folder.
// The slug, per language if wanted, replaces the last part.
func (p *Portal) address(e *Entity, lang string) string {
	parts := strings.Split(e.ID, "/")
	for i, s := range parts {
		parts[i] = locale.Slug(s, e.Source.Lang)
	}
	if slug := p.slug(e, lang); slug != "" {
		parts[len(parts)-1] = locale.Slug(slug, lang)
	}
	folder := TypeByName(e.Type).Folder
	switch {
	case e.Type == "listing":
		return path.Join(lang, e.ID, "index.html")
	case e.Type == "page":
		return path.Join(lang, path.Join(parts...)+".html")
	}
	return path.Join(lang, folder, path.Join(parts...)+".html")
}

func (p *Portal) slug(e *Entity, lang string) string {
	if d := e.Texts[lang]; d != nil {
		if v := d.Fields.Get("slug"); v.Set() && v.Map == nil {
			return v.Text
		}
	}
	v := e.Fact("slug")
	if v.Map != nil {
		return v.String(lang)
	}
	return v.Text
}

// Addresses collects the paths of an output and finds two that are one: equal,
// or different only in case or in Unicode form, on whatever operating system.
type Addresses struct {
	taken map[string]taken
	fold  cases.Caser
}

type taken struct {
	path string
	at   diag.Pos
}

// NewAddresses returns an empty collection; it is not for concurrent use.
func NewAddresses() *Addresses {
	return &Addresses{taken: map[string]taken{}, fold: cases.Fold()}
}

// Take claims a path for what stands at a place; a pos without a file is a
// page that belfry makes itself. It reports the first claimant on a clash.
func (a *Addresses) Take(p string, at diag.Pos, faults *diag.List) bool {
	key := p
	if strings.Trim(p, "abcdefghijklmnopqrstuvwxyz0123456789-./") != "" {
		key = a.fold.String(norm.NFC.String(p))
	}
	first, clash := a.taken[key]
	if !clash {
		a.taken[key] = taken{p, at}
		return true
	}
	if at.File == "" {
		return false // a page of ours gives way to one that is written
	}
	code := "link/same-address"
	if first.at.File == "" {
		code = "link/reserved-address"
	}
	f := diag.New(code, at, "path", p, "other", first.at.File)
	if first.at.File != "" {
		f.Related = []diag.Related{{At: first.at, Code: "link/other-place"}}
	}
	*faults = append(*faults, f)
	return false
}
