// Package theme makes looks and markup out of a theme's files: it lays a
// portal's own files over the built-in ones, parses the templates, finds for
// every layout the styles and scripts that its templates can reach, computes
// the colours from the town's, and executes layouts.
//
// A theme is a folder of layouts (one file for each kind of page), components
// (a folder each: markup, style, script, examples), icons and messages. What a
// template may call is listed in funcs.go and reaches nothing outside the view
// it is given: a theme of unknown origin can spoil the looks of a page, but
// not read a file or run a program.
//
// A [Theme] is immutable once loaded and safe for concurrent use. [Theme.Compile]
// gives the templates in each language, [Theme.Dress] the styles in one brand's
// colours; the two do not depend on each other, so that portals may share them.
package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
	"text/template/parse"

	"belfry/generator/diag"
)

// Theme is a complete set of layouts and components.
type Theme struct {
	files   map[string]file // by path inside the theme
	icons   map[string]string
	layouts map[string]*layout
	hash    string
}

// file is one file of the theme.
type file struct {
	data []byte
	own  bool // the portal's, not the built-in one
}

// layout is one kind of page: the templates it can reach and what they need.
type layout struct {
	name       string
	root       string                 // name of the template to execute
	trees      map[string]*parse.Tree // every template it can reach
	components []string               // sorted names of the components it can reach, base first
	css        func() string          // its style without the colours, minified
	script     func() string          // its script, minified; may be empty
}

// Load lays the files of a portal's theme/ folder, named by their paths below
// it, over the built-in theme and parses the result. A file that fails is
// reported, named with theme/ before its path, and the built-in one used in
// its place, so that the theme returned is always complete.
func Load(overlay map[string][]byte) (*Theme, diag.List) {
	t := &Theme{}
	var faults diag.List
	t.files, faults = merge(overlay)
	t.readIcons(&faults)
	t.checkStyles(&faults)
	set := t.parseAll(&faults)
	t.layouts = map[string]*layout{}
	used := map[string]bool{"base": true}
	for _, name := range t.names("layouts/", ".html") {
		l := t.layout(name, set, &faults)
		if l == nil {
			continue
		}
		t.layouts[name] = l
		for _, c := range l.components {
			used[c] = true
		}
	}
	t.reportUnused(set, used, &faults)
	t.hash = t.sum()
	return t, faults.Sorted()
}

// Layouts returns the names of all layouts, sorted.
func (t *Theme) Layouts() []string {
	names := make([]string, 0, len(t.layouts))
	for n := range t.layouts {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Messages returns the theme's own message files by language tag: the built-in
// ones, those of the portal's theme/messages in their place.
func (t *Theme) Messages() map[string][]byte {
	out := map[string][]byte{}
	for _, lang := range t.names("messages/", ".yaml") {
		out[lang] = t.files["messages/"+lang+".yaml"].data
	}
	return out
}

// Examples returns the examples.yaml of every component that has one, by the
// component's name.
func (t *Theme) Examples() map[string][]byte {
	out := map[string][]byte{}
	for name, f := range t.files {
		if c, part := component(name); part == "examples.yaml" {
			out[c] = f.data
		}
	}
	return out
}

// Hash identifies everything in the theme that determines output: templates,
// styles, scripts, icons. Messages and colours are not in it.
func (t *Theme) Hash() string { return t.hash }

func (t *Theme) sum() string {
	h := sha256.New()
	for _, name := range sortedKeys(t.files) {
		if folder, _ := split(name); folder == "messages" {
			continue
		}
		io.WriteString(h, name)
		h.Write([]byte{0})
		sum := sha256.Sum256(t.files[name].data)
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}
