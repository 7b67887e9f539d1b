package tree

// Reading again only what changed: serve learns from the watcher which paths to
// look at, and gets the tree a full Read would have given.

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"belfry/generator/diag"
)

// Reread returns the tree as it is after changes at the given slash paths, which
// may be files or folders, new, changed or gone; paths that are never read are
// ignored. All other files are taken from t without a look at the disk. The list
// is that of the whole tree, not only of the paths: if the paths cover all that
// changed, both results are those of a fresh [Read]. The error is for a folder
// that is missing, or a tree that was not read from one.
func (t *Tree) Reread(paths []string) (*Tree, diag.List, error) {
	if t.from == nil {
		return nil, nil, errors.New("the tree was not read from a folder")
	}
	root, err := os.OpenRoot(t.from.dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	l := &lister{root: root, from: t.from}
	w := rereader{lister: l, older: t, listed: map[string][]string{}}
	var scopes []string
	for _, p := range slices.Concat(paths, t.respelled(paths)) {
		p = path.Clean(norm.NFC.String(p))
		for !utf8.ValidString(p) { // such a name is a fault of its folder
			p = path.Dir(p)
		}
		if p == "." || t.over {
			return Read(t.from.dir, t.from.opt)
		}
		if !fs.ValidPath(p) {
			continue
		}
		if at, ok := w.scope("", "", strings.Split(p, "/")); ok {
			scopes = append(scopes, at)
		}
	}
	scopes = outermost(scopes)
	if len(scopes) == 0 {
		return t, t.Faults(), nil
	}
	for _, at := range scopes {
		w.list("", "", strings.Split(at, "/"))
	}
	files := slices.Clone(t.files)
	files = slices.DeleteFunc(files, func(f *File) bool { return covered(f.Path, scopes) })
	faults := slices.Clone(t.faults)
	faults = slices.DeleteFunc(faults, func(d diag.Diagnostic) bool { return covered(d.At.File, scopes) })
	again := l.tree(files, faults, t)
	return again, again.Faults(), nil
}

// respelled returns the files that, or whose folder, differ only in case from a
// path that is new to the tree. On a disk that ignores case the one may have been
// renamed to the other, and would still be found when asked for by its old name.
func (t *Tree) respelled(paths []string) []string {
	fresh := map[string]string{}
	for _, p := range paths {
		p = path.Clean(norm.NFC.String(p))
		if _, ok := t.Get(p); !ok {
			fresh[Fold(p)] = p
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	var old []string
	for _, f := range t.files {
		at, key := f.Path, Fold(f.Path)
		for at != "." {
			if p, ok := fresh[key]; ok && p != at {
				old = append(old, f.Path)
				break
			}
			at, key = path.Dir(at), path.Dir(key)
		}
	}
	return old
}

// outermost sorts the paths and drops those that lie below another.
func outermost(paths []string) []string {
	slices.Sort(paths)
	var out []string
	for _, p := range slices.Compact(paths) {
		if !covered(p, out) {
			out = append(out, p)
		}
	}
	return out
}

// covered reports whether a path or a folder above it is in the sorted list.
func covered(p string, sorted []string) bool {
	for at := p; at != "." && at != "/"; at = path.Dir(at) {
		if _, ok := slices.BinarySearch(sorted, at); ok {
			return true
		}
	}
	return false
}

// rereader finds the way to single paths.
type rereader struct {
	*lister
	older  *Tree
	listed map[string][]string // names, by the disk's path of their folder
}

// entries returns the entries of one NFC name in a folder: usually one or none.
// It compares the names the folder lists, because a disk that ignores case finds
// "A.md" when asked for "a.md".
func (w *rereader) entries(disk, at, name string) []fs.DirEntry {
	if info := w.known(disk, at, name); info != nil {
		return []fs.DirEntry{fs.FileInfoToDirEntry(info)}
	}
	all, ok := w.listed[disk]
	if !ok {
		if dir, err := w.root.Open(cmp.Or(disk, ".")); err == nil { // one that is gone has no names
			all, _ = dir.Readdirnames(-1)
			dir.Close()
		}
		w.listed[disk] = all
	}
	var same []fs.DirEntry
	for _, n := range all {
		if n != name && norm.NFC.String(n) != name {
			continue
		}
		if info, err := w.root.Lstat(path.Join(disk, n)); err == nil {
			same = append(same, fs.FileInfoToDirEntry(info))
		}
	}
	slices.SortFunc(same, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return same
}

// known is the short way for the daily case, an edit of a file the tree has:
// listing a folder of 30,000 files takes 20 ms. It is not for folders listed
// already, nor for names that can be written in two Unicode forms.
func (w *rereader) known(disk, at, name string) fs.FileInfo {
	at, disk, listed := path.Join(at, name), path.Join(disk, name), w.listed[disk] != nil
	f, ok := w.older.Get(at)
	if listed || !ok || f.disk != disk || !norm.NFD.IsNormalString(name) {
		return nil
	}
	if info, err := w.root.Lstat(disk); err == nil && info.Mode().IsRegular() {
		return info
	}
	return nil
}

// scope returns what has to be read again for a path: the path itself, or the
// folder above it that is no plain folder any more. False: it is never read.
func (w *rereader) scope(disk, at string, parts []string) (string, bool) {
	name := parts[0]
	if w.from.skips(name, path.Join(at, name)) {
		return "", false
	}
	same := w.entries(disk, at, name)
	at = path.Join(at, name)
	if len(parts) == 1 || len(same) != 1 || !same[0].IsDir() {
		return at, true
	}
	return w.scope(path.Join(disk, same[0].Name()), at, parts[1:])
}

// list lists a scope afresh.
func (w *rereader) list(disk, at string, parts []string) {
	for _, e := range w.entries(disk, at, parts[0]) {
		if len(parts) == 1 {
			w.entry(disk, at, e)
		} else {
			w.list(path.Join(disk, e.Name()), path.Join(at, parts[0]), parts[1:])
		}
	}
}
