package parse

import (
	"path"
	"slices"
	"strings"

	"belfry/generator/portal"
)

// place is what a file's path says about its document.
type place struct {
	typ   string
	id    string
	lang  string
	named bool // the language stands in the name
}

// IsDocument reports whether a path is that of a content document: a Markdown
// file in a folder of a type.
func IsDocument(file string) bool {
	folder, _, found := strings.Cut(file, "/")
	return found && isMarkdown(file) && portal.TypeByFolder(folder) != nil
}

func isMarkdown(file string) bool {
	ext := strings.ToLower(path.Ext(file))
	return ext == ".md" || ext == ".markdown"
}

// placeOf reads type, id and language from the path of a document. The id is
// the path below the type's folder without language and ending; index and
// _index stand for their folder. A middle part of the name is a language only
// if the portal lists it.
func placeOf(file string, languages []string) place {
	folder, rest, _ := strings.Cut(file, "/")
	p := place{typ: portal.TypeByFolder(folder).Name, lang: languages[0]}
	rest = strings.TrimSuffix(rest, path.Ext(rest))
	if dot := strings.LastIndexByte(rest, '.'); dot > strings.LastIndexByte(rest, '/') {
		tag := rest[dot+1:]
		if i := slices.IndexFunc(languages, func(l string) bool { return strings.EqualFold(l, tag) }); i >= 0 {
			p.lang, p.named, rest = languages[i], true, rest[:dot]
		}
	}
	base := path.Base(rest)
	if base == "index" || base == "_index" {
		rest = strings.TrimSuffix(strings.TrimSuffix(rest, base), "/")
	}
	p.id = rest
	switch {
	case folder == "directories":
		// directories/<name>/index.md is the directory, all below it its entries.
		p.typ = "entry"
		if !strings.Contains(rest, "/") {
			p.typ = "directory"
		}
		if rest == "" {
			p.typ, p.id = "listing", folder
		}
	case rest == "" && p.typ == "page":
		p.id = folder
	case rest == "":
		p.typ, p.id = "listing", folder
	}
	return p
}
