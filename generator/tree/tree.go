// Package tree holds a portal's source files as a value: an immutable, sorted
// set of paths, sizes and hashes. Whoever has a Tree needs no disk any more for
// texts; pictures and other large files are opened again when they are copied,
// and their hash is checked then.
//
// Nothing here judges content. A tree is read through os.Root, so a file of one
// portal can never lead to a file outside its folder.
package tree

import (
	"cmp"
	"crypto/sha256"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/unicode/norm"

	"belfry/generator/diag"
)

// File is one source file. It must not be changed once it is part of a tree.
type File struct {
	Path string   // slash-separated, below the portal's folder, in Unicode form NFC
	Size int64    // bytes
	Hash [32]byte // SHA-256 of the bytes

	data []byte // the text itself; nil when only the disk has it
	mod  time.Time
	from *source // where to open it again when data is nil
	disk string  // slash path below from.dir, spelled as the disk spells it
}

// Modified is when the file was last changed, as the disk has it; the zero time
// for a file that was made in memory.
func (f *File) Modified() time.Time { return f.mod }

// Tree is an immutable set of files, sorted by the bytes of their paths. The
// zero Tree is empty and ready to use. It may be used by many goroutines.
type Tree struct {
	files  []*File
	hash   func() [32]byte
	from   *source   // nil when the tree was not read from a folder
	faults diag.List // what reading found, each at the path it is about
	twins  diag.List // names that are one name on some systems
	over   bool      // a quota of the whole was passed, so files is empty
}

// NewFile returns a file held in memory. Path is brought to NFC; an invalid
// path (see [fs.ValidPath]) is a mistake of ours and panics. Data is kept, not
// copied: it must not be changed afterwards.
func NewFile(path string, data []byte) *File {
	path = norm.NFC.String(path)
	if !fs.ValidPath(path) || path == "." {
		panic("tree: invalid path " + path)
	}
	if data == nil {
		data = []byte{}
	}
	return &File{Path: path, Size: int64(len(data)), Hash: sha256.Sum256(data), data: data}
}

// FromMap returns a tree of files held in memory, given as path and text. It
// reports nothing: in tests the names are what the test wants them to be.
func FromMap(texts map[string]string) *Tree {
	files := make([]*File, 0, len(texts))
	for path, text := range texts {
		files = append(files, NewFile(path, []byte(text)))
	}
	return build(files)
}

// build sorts the files and makes a tree of them; of two with one path the
// later stays.
func build(files []*File) *Tree {
	slices.SortStableFunc(files, func(a, b *File) int { return cmp.Compare(a.Path, b.Path) })
	last := files[:0]
	for i, f := range files {
		if i+1 == len(files) || files[i+1].Path != f.Path {
			last = append(last, f)
		}
	}
	t := &Tree{files: slices.Clip(last)}
	t.hash = sync.OnceValue(t.sum)
	return t
}

// Files returns all files, sorted by path. The slice must not be changed.
func (t *Tree) Files() []*File { return t.files }

// Bytes is the size of the texts that the tree holds in memory.
func (t *Tree) Bytes() (n int64) {
	for _, f := range t.files {
		if f.Held() {
			n += f.Size
		}
	}
	return n
}

// Get returns the file at a path, in whatever Unicode form it is written.
func (t *Tree) Get(path string) (*File, bool) {
	i, ok := t.find(norm.NFC.String(path))
	if !ok {
		return nil, false
	}
	return t.files[i], true
}

func (t *Tree) find(path string) (int, bool) {
	return slices.BinarySearchFunc(t.files, path, func(f *File, p string) int { return cmp.Compare(f.Path, p) })
}

// Under returns the files below a folder, at any depth, sorted by path; all
// files for "" or ".". The slice must not be changed.
func (t *Tree) Under(folder string) []*File {
	folder = strings.TrimSuffix(norm.NFC.String(folder), "/")
	if folder == "" || folder == "." {
		return t.files
	}
	from, _ := t.find(folder + "/")
	to, _ := t.find(folder + "0") // "0" is the byte after "/"
	return t.files[from:to:to]
}

// Hash returns one hash of all paths and contents: equal for equal trees, and
// independent of the folder they were read from.
func (t *Tree) Hash() [32]byte {
	if t.hash == nil { // the zero Tree
		return t.sum()
	}
	return t.hash()
}

func (t *Tree) sum() [32]byte {
	h := sha256.New()
	for _, f := range t.files {
		h.Write([]byte(f.Path))
		h.Write([]byte{0}) // no path holds a zero byte
		h.Write(f.Hash[:])
	}
	return [32]byte(h.Sum(nil))
}

// With returns a tree in which the given files replace those at their paths or
// are added; of two with one path the later wins. It lays an overlay, such as
// a portal's own theme files, over a tree. The result has no folder to re-read.
func (t *Tree) With(files ...*File) *Tree {
	return build(slices.Concat(t.files, files))
}

// Sub returns what lies below a folder, as a tree of its own with paths below
// that folder. It has no folder to re-read.
func (t *Tree) Sub(folder string) *Tree {
	under := t.Under(folder)
	files := make([]*File, len(under))
	for i, f := range under {
		files[i] = f.At(strings.TrimPrefix(f.Path, strings.TrimSuffix(norm.NFC.String(folder), "/")+"/"))
	}
	return build(files)
}

// At returns the file as it is, to stand at another path.
func (f *File) At(path string) *File {
	moved := *f
	moved.Path = path
	return &moved
}

// Changes lists the paths by which two trees differ, each list sorted.
type Changes struct {
	Added, Changed, Removed []string
}

// None reports whether the trees are equal.
func (c Changes) None() bool {
	return len(c.Added)+len(c.Changed)+len(c.Removed) == 0
}

// Compare tells what to do to a, so that it becomes b.
func Compare(a, b *Tree) Changes {
	var c Changes
	old, now := a.files, b.files
	for len(old) > 0 || len(now) > 0 {
		switch {
		case len(now) == 0 || len(old) > 0 && old[0].Path < now[0].Path:
			c.Removed = append(c.Removed, old[0].Path)
			old = old[1:]
		case len(old) == 0 || now[0].Path < old[0].Path:
			c.Added = append(c.Added, now[0].Path)
			now = now[1:]
		default:
			if old[0].Hash != now[0].Hash {
				c.Changed = append(c.Changed, now[0].Path)
			}
			old, now = old[1:], now[1:]
		}
	}
	return c
}
