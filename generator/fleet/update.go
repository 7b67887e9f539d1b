package fleet

// This file moves pins: the version of a catalogue that portals follow.

import (
	"bytes"
	"cmp"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
)

// Update is what moving to a version of a catalogue changes.
type Update struct {
	Follows []Following // documents that would change, with their changes
	Edits   []Edit      // places where the version is written
}

// Edit is one place where a version is written.
type Edit struct {
	File     string // from the fleet's folder
	Line     int
	Col      int    // from which the text stands in the line, in characters from 1
	Old, New string // the reference or version
}

// PlanUpdate tells what moving the selected portals to a version of a catalogue
// changes; Apply does it.
func (f *Fleet) PlanUpdate(catalogue, version string, opt BuildOptions) (*Update, error) {
	u := &Update{}
	pinned := map[string]bool{}
	for _, m := range f.Select(opt) {
		list, err := f.following(m, opt.Generator, version)
		if err != nil {
			return nil, err
		}
		for _, x := range list {
			if !strings.HasPrefix(x.Source, catalogue+"/") || x.Version == version {
				continue
			}
			u.Follows = append(u.Follows, x)
			if err := u.reference(f, m, x, catalogue, version); err != nil {
				return nil, err
			}
		}
		pinned[m.Path] = m.Pins[catalogue] != "" && m.Pins[catalogue] != version
	}
	if err := u.pins(f, catalogue, version, pinned); err != nil {
		return nil, err
	}
	slices.SortFunc(u.Edits, func(a, b Edit) int { return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line)) })
	u.Edits = slices.Compact(u.Edits)
	return u, nil
}

// reference notes the line with extends: where it names a version itself.
func (u *Update) reference(f *Fleet, m Member, x Following, catalogue, version string) error {
	file := f.named(m, diag.List{diag.New("catalogue/other-place", x.at)})[0].At.File
	line, err := lineOf(filepath.Join(f.Dir, filepath.FromSlash(file)), x.at.Line)
	if err != nil {
		return err
	}
	for _, word := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(" \t\r\n'\"[],:", r) }) {
		if ref, ok := portal.ParseReference(word); ok && ref.Catalogue == catalogue && ref.Version != "" && ref.Version != version {
			now := ref
			now.Version = version
			u.Edits = append(u.Edits, Edit{file, x.at.Line, 1, ref.String(), now.String()})
		}
	}
	return nil
}

// pins notes the pins in fleet.yaml that count for the portals.
func (u *Update) pins(f *Fleet, catalogue, version string, pinned map[string]bool) error {
	raw, err := os.ReadFile(filepath.Join(f.Dir, File))
	if err != nil {
		return err
	}
	v, _ := parse.Settings(File, raw, Fields)
	note := func(pin portal.Value) {
		if pin.Set() && pin.Text != version {
			u.Edits = append(u.Edits, Edit{File, pin.At.Line, pin.At.Col, pin.Text, version})
		}
	}
	common := false
	for _, entry := range v.Get("portals").List {
		pin := entry.Get("pins").Get(catalogue)
		paths, _ := f.expand(entry.Get("path"), &diag.List{})
		for _, p := range paths {
			if !pinned[p] {
				continue
			}
			if pin.Set() {
				note(pin)
			} else {
				common = true
			}
		}
	}
	if common {
		note(v.Get("pins").Get(catalogue))
	}
	return nil
}

func lineOf(file string, n int) (string, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	lines := strings.Split(string(raw), "\n")
	if n < 1 || n > len(lines) {
		return "", nil
	}
	return lines[n-1], nil
}

// Apply writes the edits, each file in one step; all else in the files stays as
// it is.
func (u *Update) Apply(f *Fleet) error {
	byFile := map[string][]Edit{}
	for _, e := range u.Edits {
		byFile[e.File] = append(byFile[e.File], e)
	}
	for _, e := range u.Edits {
		edits := byFile[e.File]
		if edits == nil {
			continue
		}
		delete(byFile, e.File)
		name := filepath.Join(f.Dir, filepath.FromSlash(e.File))
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		lines := bytes.SplitAfter(raw, []byte("\n"))
		for _, e := range edits {
			lines[e.Line-1] = replaceWord(lines[e.Line-1], e.Col, e.Old, e.New)
		}
		if err := writeFile(name, bytes.Join(lines, nil)); err != nil {
			return err
		}
	}
	return nil
}

// replaceWord replaces a text where it stands alone, so that the version 1 does
// not change the version 2026.1, from a column on.
func replaceWord(line []byte, col int, old, now string) []byte {
	from := 0
	for range max(col, 1) - 1 {
		_, n := utf8.DecodeRune(line[from:])
		from += n
	}
	for {
		i := bytes.Index(line[from:], []byte(old))
		if i < 0 {
			return line
		}
		i += from
		before, _ := utf8.DecodeLastRune(line[:i])
		after, _ := utf8.DecodeRune(line[i+len(old):])
		if !wordly(before) && !wordly(after) {
			return slices.Concat(line[:i], []byte(now), line[i+len(old):])
		}
		from = i + len(old)
	}
}

func wordly(r rune) bool {
	return r == '.' || r == '-' || r == '_' || r == '@' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}
