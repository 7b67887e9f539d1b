package tree

// Listing a folder: which names are content at all, and what is no plain file.
// The walk is sequential and sorted, so its findings are the same every time.

import (
	"cmp"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"belfry/generator/diag"
)

// deepest is how many folders may lie one in another. Windows programs give up
// at paths of 260 characters; nothing a person sorts needs this many.
const deepest = 40

// place is a file that was found and is not read yet.
type place struct {
	disk string      // slash path as the disk spells it
	path string      // the same in NFC
	info fs.FileInfo // as listed; nil when unknown
}

// lister collects the places of a folder's files.
type lister struct {
	root   *os.Root
	from   *source
	found  []place
	seen   int // files, folders and faults
	faults diag.List
	over   bool // far more names than the quota of files allows
	known  func(path string, size int64, modified time.Time) ([]byte, [32]byte, bool)
}

// folder lists one folder; disk and path are "" for the root. The error is that
// of opening the folder itself; what is wrong further down becomes a fault.
func (l *lister) folder(disk, at string) error {
	entries, err := l.names(disk)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if l.over {
			return nil
		}
		l.entry(disk, at, e)
	}
	return nil
}

// names reads a folder's entries, sorted; it stops early where the quota of
// files is passed by this folder alone.
func (l *lister) names(disk string) ([]fs.DirEntry, error) {
	dir, err := l.root.Open(cmp.Or(disk, "."))
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	var all []fs.DirEntry
	for {
		some, err := dir.ReadDir(4096)
		all = append(all, some...)
		if err == io.EOF || err == nil && len(some) == 0 {
			break
		}
		if err != nil {
			return nil, err
		}
		if l.tooMany(len(all)) {
			l.over = true
			break
		}
	}
	slices.SortFunc(all, func(a, b fs.DirEntry) int { return cmp.Compare(a.Name(), b.Name()) })
	return all, nil
}

// entry takes up one entry of a folder.
func (l *lister) entry(disk, at string, e fs.DirEntry) {
	name := e.Name()
	if !utf8.ValidString(name) {
		shown := strings.ToValidUTF8(name, "\uFFFD")
		l.faults.Add("file/bad-name", diag.Pos{File: path.Join(at, shown)}, "name", shown, "reason", BadName(name))
		return
	}
	disk, at = path.Join(disk, name), path.Join(at, norm.NFC.String(name))
	if l.from.skips(name, at) {
		return
	}
	here := diag.Pos{File: at}
	switch kind := e.Type(); {
	case kind.IsRegular():
		info, _ := e.Info() // known from listing, or gone by now
		l.found = append(l.found, place{disk, at, info})
	case kind.IsDir() && strings.Count(at, "/") >= deepest:
		l.faults.Add("file/too-deep", here, "limit", strconv.Itoa(deepest))
		return
	case kind.IsDir():
		if err := l.folder(disk, at); err != nil {
			l.faults.Add("file/unreadable", here, "reason", reason(err))
		}
	case kind&fs.ModeSymlink != 0:
		l.faults.Add("file/link", here)
	default:
		l.faults.Add("file/special", here)
	}
	l.seen++
	l.over = l.over || l.tooMany(l.seen)
}

// tooMany stops a walk early, through more names than the quota of files can
// explain. The quota itself is judged when the files have been read.
func (l *lister) tooMany(names int) bool {
	most := l.from.opt.Limits.Files
	return most > 0 && names > 4*most+4096
}

// skips reports whether a name is none of the portal's content: hidden files,
// what editors and file managers leave behind, and the paths the caller named.
// A leading "_" means nothing special here: `_index.md` is a document.
func (s *source) skips(name, at string) bool {
	switch {
	case strings.HasPrefix(name, "."),
		strings.HasSuffix(name, "~"),
		strings.HasSuffix(name, ".swp"),
		len(name) > 1 && strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"),
		name == "node_modules",
		strings.EqualFold(name, "Thumbs.db"),
		strings.EqualFold(name, "desktop.ini"):
		return true
	}
	return s.skip[Fold(at)]
}
