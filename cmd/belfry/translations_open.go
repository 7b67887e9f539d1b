package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/translate"
	"belfry/generator/tree"
	"golang.org/x/text/unicode/norm"
)

// translating is a portal whose translations are looked at or changed.
type translating struct {
	dir     string
	source  *tree.Tree
	portal  *portal.Portal
	records map[string]translate.Records
	faults  diag.List // of the content
}

// openTranslating reads the portal of a folder with its drafts. What cannot be
// read is told in one line, for a build tells it in full.
func openTranslating(dir string) (*translating, error) {
	source, _, err := readSource(dir, "")
	if err != nil {
		return nil, err
	}
	t := &translating{dir: dir, source: source, records: map[string]translate.Records{}}
	if err := t.prepare(); err != nil {
		return nil, err
	}
	for _, lang := range t.portal.Config.Languages {
		file, ok := source.Get(translate.RecordFile(lang))
		if !ok {
			continue
		}
		raw, err := file.Bytes()
		if err != nil {
			return nil, machine(err)
		}
		var faults diag.List
		t.records[lang], faults = translate.ReadRecords(file.Path, raw)
		diag.Print(os.Stderr, faults, colour(os.Stderr))
	}
	if n := t.unreadable(); n > 0 {
		fmt.Fprintf(os.Stderr, "%s cannot be read and does not count here; belfry build says why.\n", count(n, "document"))
	}
	return t, nil
}

// prepare links the documents of the source.
func (t *translating) prepare() error {
	opt, err := inFleet(t.dir, generator.Options{At: time.Now(), SkipBroken: true, Drafts: true})
	if err != nil {
		return err
	}
	plan := generator.Prepare(t.source, opt)
	t.portal, t.faults = plan.Portal, plan.Faults()
	if t.portal == nil {
		diag.Print(os.Stderr, t.faults, colour(os.Stderr))
		return codedError{nil, exitUse}
	}
	return nil
}

// unreadable counts the documents that belong to no entity.
func (t *translating) unreadable() int {
	broken := map[string]bool{}
	for _, d := range t.faults {
		if d.Severity == diag.Error && strings.HasPrefix(path.Ext(d.At.File), ".m") {
			if _, ok := t.portal.ByFile(d.At.File); !ok {
				broken[d.At.File] = true
			}
		}
	}
	return len(broken)
}

// languages checks what --lang names against the portal.
func (t *translating) languages(wanted []string) ([]string, error) {
	if len(wanted) == 0 {
		return t.portal.Config.Languages, nil
	}
	var out []string
	for _, w := range wanted {
		i := slices.IndexFunc(t.portal.Config.Languages, func(l string) bool { return strings.EqualFold(l, strings.TrimSpace(w)) })
		if i < 0 {
			return nil, misuse("--lang %q is no language of this portal; it has %s", w, strings.Join(t.portal.Config.Languages, ", "))
		}
		out = append(out, t.portal.Config.Languages[i])
	}
	return out, nil
}

// survey tells the state of all translations into some languages.
func (t *translating) survey(languages []string) []translate.Item {
	return translate.Survey(t.portal, t.source, t.records, languages)
}

// record adds the records of translations that were stamped to the files that
// are to be written.
func (t *translating) record(lang string, more []translate.Record, files map[string][]byte) {
	keep := func(r translate.Record) bool {
		typ, id, _ := strings.Cut(r.Document, ":")
		e, ok := t.portal.Lookup(typ, id)
		return ok && e.Texts[lang] != nil && e.Texts[lang].Fields.String("translated_from") == r.Stamp
	}
	name := translate.RecordFile(lang)
	out := t.records[lang].With(more, keep).Bytes()
	if old, ok := t.source.Get(name); ok {
		if raw, err := old.Bytes(); err == nil && string(raw) == string(out) {
			return
		}
	}
	files[name] = out
}

// path is the slash path below the portal of a file named on the command line,
// as the system or as a report names it.
func (t *translating) path(arg string) (string, error) {
	if rel, err := filepath.Rel(real(t.dir), real(arg)); err == nil && filepath.IsLocal(rel) {
		if _, ok := t.source.Get(filepath.ToSlash(rel)); ok {
			return norm.NFC.String(filepath.ToSlash(rel)), nil
		}
	}
	below := path.Clean(filepath.ToSlash(arg))
	if _, ok := t.source.Get(below); ok && filepath.IsLocal(arg) {
		return norm.NFC.String(below), nil
	}
	if _, err := os.Stat(arg); err == nil {
		return "", misuse("%s is no file of the portal in %s", arg, t.dir)
	}
	var known []string
	for _, f := range t.source.Files() {
		known = append(known, f.Path)
	}
	if guess := diag.Guess(below, known); guess != "" {
		return "", misuse("there is no file %s; did you mean %s?", arg, guess)
	}
	return "", misuse("there is no file %s", arg)
}

// real is an absolute path without symbolic links, as far as it exists.
func real(p string) string {
	p = absolute(p)
	if r, err := filepath.EvalSymlinks(p); err == nil {
		return r
	}
	return p
}

// portalOf finds the portal a file belongs to: the folder named, else the nearest
// one above the file, or above the current folder, that holds a portal.yaml.
func portalOf(dir string, files []string) (string, error) {
	if dir != "" {
		return dir, nil
	}
	starts := []string{"."}
	if len(files) > 0 {
		starts = []string{filepath.Dir(files[0]), "."}
	}
	for _, start := range starts {
		for at := absolute(start); ; at = filepath.Dir(at) {
			if _, err := os.Stat(filepath.Join(at, portal.File)); err == nil {
				if rel, err := filepath.Rel(absolute("."), at); err == nil {
					return rel, nil
				}
				return at, nil
			}
			if at == filepath.Dir(at) {
				break
			}
		}
	}
	return "", misuse("there is no %s here or above; name the folder of the portal with --dir", portal.File)
}

// writeAll writes files below a folder, all or none: first beside their places,
// then by renaming; where a rename fails, those before it are undone.
func writeAll(dir string, files map[string][]byte) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	defer root.Close()
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	var made []string // files beside their places
	clean := func() {
		for _, m := range made {
			_ = root.Remove(m) // what is left is named like a file of belfry's and harms nothing
		}
	}
	type move struct {
		to  string
		old []byte // nil where there was none
	}
	var moves []move
	for _, name := range names {
		m := move{to: onDisk(root, name)}
		mode := fs.FileMode(0o644)
		if info, err := root.Stat(m.to); err == nil {
			mode = info.Mode().Perm()
			if m.old, err = root.ReadFile(m.to); err != nil {
				clean()
				return err
			}
			m.old = append([]byte{}, m.old...)
		}
		if err := root.MkdirAll(path.Dir(m.to), 0o755); err != nil {
			clean()
			return err
		}
		temp := m.to + ".belfry-tmp"
		made = append(made, temp)
		if err := writeSynced(root, temp, files[name], mode); err != nil {
			clean()
			return err
		}
		moves = append(moves, m)
	}
	for i, m := range moves {
		if err := root.Rename(made[i], m.to); err != nil {
			for _, d := range moves[:i] {
				if d.old == nil {
					err = errors.Join(err, root.Remove(d.to))
				} else {
					err = errors.Join(err, root.WriteFile(d.to, d.old, 0o644))
				}
			}
			clean()
			return err
		}
	}
	return nil
}

func writeSynced(root *os.Root, name string, data []byte, mode fs.FileMode) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	return cmp.Or(err, f.Sync(), f.Close())
}

// onDisk is a path as the disk spells it, where its Unicode form differs.
func onDisk(root *os.Root, name string) string {
	if _, err := root.Lstat(name); err == nil {
		return name
	}
	at := "."
	for _, part := range strings.Split(name, "/") {
		if entries, err := fs.ReadDir(root.FS(), at); err == nil {
			for _, e := range entries {
				if norm.NFC.String(e.Name()) == part {
					part = e.Name()
					break
				}
			}
		}
		at = path.Join(at, part)
	}
	return at
}
