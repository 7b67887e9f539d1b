package render

import (
	"html/template"
	"net/url"
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// target settles one address that a Markdown text of a file writes: a path to
// another document's file, a type:id, a file of the portal, or the world.
func (b *Builder) target(file, dest string) markdown.Target {
	t := b.settle(portal.Logical(file), dest)
	if t.Kind == markdown.Dead && t.Code != "link/hidden" && file != portal.Logical(file) {
		t.Code, t.Guess = "catalogue/not-taken", "" // the catalogue cannot know what a town takes
	}
	return t
}

func (b *Builder) settle(file, dest string) markdown.Target {
	scheme, rest, hasScheme := strings.Cut(dest, ":")
	if hasScheme && !strings.ContainsAny(scheme, "/?#.") {
		switch s := strings.ToLower(scheme); s {
		case "http", "https":
			return markdown.Target{Kind: markdown.External, Href: dest}
		case "mailto", "tel":
			return markdown.Target{Kind: markdown.Mail, Href: dest}
		default:
			if portal.TypeByName(s) == nil {
				return markdown.Target{Kind: markdown.Dead, Code: "link/dead", Guess: guessType(s, rest)}
			}
			id, fragment, _ := strings.Cut(rest, "#")
			return b.byID(s, id, fragment)
		}
	}
	if strings.HasPrefix(dest, "//") {
		return markdown.Target{Kind: markdown.External, Href: "https:" + dest}
	}
	bare, fragment, _ := strings.Cut(dest, "#")
	bare, _, _ = strings.Cut(bare, "?")
	if bare == "" {
		return markdown.Target{Kind: markdown.Fragment, Href: "#" + fragment}
	}
	clean, err := url.PathUnescape(bare)
	if err != nil {
		clean = bare
	}
	if strings.HasPrefix(clean, "/") {
		clean = strings.TrimPrefix(path.Clean(clean), "/")
	} else {
		clean = path.Join(path.Dir(file), clean)
	}
	return b.byPath(file, clean, fragment)
}

func (b *Builder) byID(typ, id, fragment string) markdown.Target {
	if it, ok := b.Lookup(typ, id); ok {
		return b.document(it, fragment)
	}
	if e, ok := b.Portal.Lookup(typ, id); ok {
		return markdown.Target{Kind: markdown.Dead, Code: "link/hidden", Title: e.Source.File}
	}
	return markdown.Target{Kind: markdown.Dead, Code: "link/dead", Guess: guessed(typ+":", b.Portal.Guess(typ, id))}
}

func guessed(prefix, guess string) string {
	if guess == "" {
		return ""
	}
	return prefix + guess
}

// byPath finds what stands at a path of the portal, for a link in a file.
func (b *Builder) byPath(from, file, fragment string) markdown.Target {
	if e, ok := b.Portal.ByFile(file); ok {
		if it := b.Item(e); it != nil {
			return b.document(it, fragment)
		}
		return markdown.Target{Kind: markdown.Dead, Code: "link/hidden", Title: e.Source.File}
	}
	if b.Portal.Files.Has(file) {
		return b.asset(file, fragment)
	}
	return markdown.Target{Kind: markdown.Dead, Code: "link/dead", Guess: b.guessFile(from, file)}
}

// guessFile is the document or asset nearest to a path that leads nowhere,
// written as a link in the file would write it.
func (b *Builder) guessFile(from, file string) string {
	known := slices.Clone(b.Portal.Files.Names())
	for _, e := range b.Portal.Entities {
		known = append(known, e.Source.File)
	}
	guess := diag.Guess(file, known)
	// A long folder must not make every name in it look near.
	if guess == "" || diag.Guess(path.Base(file), []string{path.Base(guess)}) == "" {
		return ""
	}
	return rel(from, guess)
}

func (b *Builder) document(it *portal.Item, fragment string) markdown.Target {
	to := it.Path
	if fragment != "" {
		to += "#" + fragment
	}
	t := markdown.Target{Kind: markdown.Document, Href: rel(b.page.Path, to), Title: it.Title}
	if it.Text.Lang != b.Lang {
		t.Lang = it.Text.Lang
	}
	return t
}

func (b *Builder) asset(file, fragment string) markdown.Target {
	href := rel(b.page.Path, escapePath(file))
	if fragment != "" {
		href += "#" + fragment
	}
	t := markdown.Target{Kind: markdown.Asset, Href: href, Size: b.Tables.Size(file)}
	t.Width, t.Height = b.Tables.Pixels(file)
	if strings.EqualFold(path.Ext(file), ".csv") {
		t.Table, _ = b.Tables.Rows(file)
	}
	return t
}

// escapePath writes the path of a file as it stands in an address.
func escapePath(file string) string {
	parts := strings.Split(file, "/")
	for i, p := range parts {
		parts[i] = url.PathEscape(p)
	}
	return strings.Join(parts, "/")
}

// address settles a URL field: another host, a document by id, or a file of
// the portal by its path from the portal's folder. It returns "" where a path
// leads nowhere and reports that.
func (b *Builder) address(v portal.Value) (href template.URL, external bool) {
	if v.Text == "" {
		return "", false
	}
	t := b.target(portal.File, v.Text)
	switch t.Kind {
	case markdown.Dead:
		b.faults.Add("link/no-file", v.At, "file", v.Text, "guess", t.Guess)
		return "", false
	case markdown.External:
		return safeURL(t.Href), true
	}
	return safeURL(t.Href), false
}

// fileNote says of a file what it is and how large: "PDF, 1.2 MB".
func (b *Builder) fileNote(file string) string {
	file, _, _ = strings.Cut(strings.TrimPrefix(file, "/"), "#")
	if plain, err := url.PathUnescape(file); err == nil {
		file = plain
	}
	if !b.Portal.Files.Has(file) {
		return ""
	}
	kind := strings.ToUpper(strings.TrimPrefix(path.Ext(file), "."))
	return kind + ", " + b.bytes(b.Tables.Size(file))
}

func (b *Builder) bytes(n int64) string {
	if n < 1_000_000 {
		return b.t("size.kb", "n", b.Locale.Number(decimal(float64(max(n, 1000))/1000, 0)))
	}
	return b.t("size.mb", "n", b.Locale.Number(decimal(float64(n)/1_000_000, 1)))
}

// written is how a language is written.
type written struct {
	dir    string
	quotes [4]string
}

// writing looks up how a language is written; a portal's own are known.
func (s *Site) writing(lang string) written {
	if w, ok := s.written[lang]; ok {
		return w
	}
	l := locale.For(lang)
	return written{l.Dir, l.Quotes()}
}

// guessType mends the type of a reference such as servce:parking.
func guessType(written, id string) string {
	var names []string
	for _, t := range portal.Types {
		names = append(names, t.Name)
	}
	if guess := diag.Guess(written, names); guess != "" {
		return guess + ":" + id
	}
	return ""
}
