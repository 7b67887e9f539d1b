package theme

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/themes"
)

// This file lays a portal's files over the built-in theme and hands out copies
// of built-in files that remember what they were made from.

// at is the place of a theme file in the portal.
func at(name string, line int) diag.Pos { return diag.Pos{File: "theme/" + name, Line: line} }

// builtIn reads the embedded theme. A fault in it is ours.
func builtIn() map[string]file {
	files := map[string]file{}
	err := fs.WalkDir(themes.Files, "base", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := themes.Files.ReadFile(name)
		files[strings.TrimPrefix(name, "base/")] = file{data: data}
		return err
	})
	if err != nil {
		panic("theme: " + err.Error())
	}
	return files
}

// merge puts the overlay's files over the built-in ones.
func merge(overlay map[string][]byte) (map[string]file, diag.List) {
	files := builtIn()
	var faults diag.List
	base := sortedKeys(files)
	for _, name := range sortedKeys(overlay) {
		original, known := files[name]
		switch {
		case known:
			if stamp := stampOf(overlay[name]); stamp != "" && stamp != hashOf(original.data) {
				faults.Add("theme/original-changed", at(name, 1), "name", name)
			}
		case !mayBeNew(name):
			faults.Add("theme/unknown-file", at(name, 0), "name", name, "guess", diag.Guess(name, base))
			continue
		}
		files[name] = file{data: overlay[name], own: true}
	}
	return files, faults
}

var newName = regexp.MustCompile(`^(?:components/([a-z0-9-]+)/([a-z0-9-]+)\.(?:html|css|js)|assets/icons/[a-z0-9-]+\.svg|messages/[A-Za-z0-9-]+\.yaml)$`)

// mayBeNew tells whether a theme may bring a file of this name that the
// built-in theme has not: a component, an icon, the messages of a language.
func mayBeNew(name string) bool {
	m := newName.FindStringSubmatch(name)
	return m != nil && m[1] == m[2]
}

// component splits "components/facts/facts.css" into "facts" and "css";
// "components/facts/examples.yaml" into "facts" and "examples.yaml".
func component(name string) (component, part string) {
	folder, rest := split(name)
	if folder != "components" {
		return "", ""
	}
	c, base, ok := strings.Cut(rest, "/")
	if !ok {
		return "", ""
	}
	if p, ok := strings.CutPrefix(base, c+"."); ok {
		return c, p
	}
	return c, base
}

func split(name string) (folder, rest string) {
	folder, rest, _ = strings.Cut(name, "/")
	return folder, rest
}

// names lists the files in a folder with an ending, without both, sorted.
func (t *Theme) names(folder, ending string) []string {
	var out []string
	for name := range t.files {
		if rest, ok := strings.CutPrefix(name, folder); ok && !strings.Contains(rest, "/") {
			if base, ok := strings.CutSuffix(rest, ending); ok {
				out = append(out, base)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Copy returns a built-in file as a portal begins to change it: with a comment
// in its first line that holds the hash of the original, so that a later build
// can say that the original has changed since. Binary files carry none.
func Copy(name string) ([]byte, error) {
	f, ok := builtIn()[name]
	if !ok {
		var all []string
		for n := range builtIn() {
			all = append(all, n)
		}
		slices.Sort(all)
		if g := diag.Guess(name, all); g != "" {
			return nil, fmt.Errorf("the theme has no file %q; did you mean %q?", name, g)
		}
		return nil, fmt.Errorf("the theme has no file %q", name)
	}
	c, ok := comments[path.Ext(name)]
	if !ok {
		return f.data, nil
	}
	return append([]byte(c[0]+" belfry base "+hashOf(f.data)+" "+c[1]+"\n"), f.data...), nil
}

// comments are how each kind of file writes a comment of one line.
var comments = map[string][2]string{
	".html": {"{{/*", "*/}}"}, ".css": {"/*", "*/"}, ".js": {"/*", "*/"},
	".yaml": {"#", ""}, ".svg": {"<!--", "-->"},
}

var stampLine = regexp.MustCompile(`^[^\n]{0,8} belfry base ([0-9a-f]{16})\b`)

// stampOf is the hash that Copy left in a file, or "".
func stampOf(data []byte) string {
	if m := stampLine.FindSubmatch(data); m != nil {
		return string(m[1])
	}
	return ""
}

func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:8])
}

func sortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}
