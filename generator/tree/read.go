package tree

// Reading a folder into a tree, with several workers and one result.

import (
	"cmp"
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"belfry/generator/diag"
)

// TextLimit is the size in bytes up to which a text is held in memory. A longer
// one is treated like a picture: hashed, and opened again when it is needed.
const TextLimit = 4 << 20

// Options say how a folder is read.
type Options struct {
	Skip   []string // slash paths that are never read, such as the output folder; case is ignored
	Jobs   int      // files read at once; 0 for one per processor
	Limits Limits
	// Known, if set, may give the text of a file, and its hash, by its slash path,
	// size and time of change, so that the file need not be opened. It is asked
	// by [Read] alone: what is read again is read from the disk.
	Known func(path string, size int64, modified time.Time) (text []byte, hash [32]byte, ok bool)
}

// Limits are quotas; 0 means none. A file that is too large is reported and left
// out. When the whole folder passes a quota, this is reported and the tree is
// empty, because half a portal is worth nothing.
type Limits struct {
	Files     int   // how many; folders are bounded along with them
	Bytes     int64 // of all files
	FileBytes int64 // of one file
}

// source is the folder a tree was read from.
type source struct {
	dir  string // absolute
	opt  Options
	skip map[string]bool // folded paths
}

// Read reads the folder dir. It never leaves the folder and follows no symbolic
// link inside it. Faults of single files, and names that are one name on macOS
// or Windows, are diagnostics, sorted; the error is for a folder that is missing
// or cannot be read. The same folder gives the same result at any Jobs.
func Read(dir string, opt Options) (*Tree, diag.List, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, err
	}
	if opt.Jobs <= 0 {
		opt.Jobs = runtime.GOMAXPROCS(0)
	}
	known := opt.Known
	opt.Known = nil
	from := &source{dir: dir, opt: opt, skip: map[string]bool{}}
	for _, p := range opt.Skip {
		from.skip[Fold(path.Clean(p))] = true
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	l := &lister{root: root, from: from, known: known}
	if err := l.folder("", ""); err != nil {
		return nil, nil, err
	}
	t := l.tree(nil, nil, new(Tree))
	return t, t.Faults(), nil
}

// tree reads what was listed, adds it to files and faults that are known
// already from an older tree, and makes the new one.
func (l *lister) tree(known []*File, faults diag.List, older *Tree) *Tree {
	read, over := l.read()
	slices.SortFunc(read, func(a, b *File) int { return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.disk, b.disk)) })
	files := slices.Clone(known)
	for i, f := range read {
		if i > 0 && read[i-1].Path == f.Path { // "é" written in two ways
			l.faults = append(l.faults, twin(f.Path, f.Path))
			continue
		}
		files = append(files, f)
	}
	faults = slices.Concat(faults, l.faults)
	limits := l.from.opt.Limits
	var bytes int64
	for _, f := range files {
		bytes += f.Size
	}
	switch {
	case l.over || limits.Files > 0 && len(files) > limits.Files:
		faults.Add("file/too-many", diag.Pos{}, "limit", strconv.Itoa(limits.Files))
		files, over = nil, true
	case over || limits.Bytes > 0 && bytes > limits.Bytes:
		faults.Add("file/too-much", diag.Pos{}, "limit", size(limits.Bytes))
		files, over = nil, true
	}
	t := build(files)
	t.from, t.faults, t.over = l.from, faults, over
	if t.twins = older.twins; !samePaths(t.files, older.files) {
		t.twins = twins(t.files)
	}
	return t
}

func samePaths(a, b []*File) bool {
	return slices.EqualFunc(a, b, func(a, b *File) bool { return a.Path == b.Path })
}

// Faults returns what reading found, sorted, as [Read] and [Tree.Reread] do.
func (t *Tree) Faults() diag.List { return slices.Concat(t.faults, t.twins).Sorted() }

// twins reports files whose paths differ in case only.
func twins(files []*File) diag.List {
	var list diag.List
	first := make(map[string]string, len(files))
	for _, f := range files {
		key := Fold(f.Path)
		if other, ok := first[key]; ok {
			list = append(list, twin(f.Path, other))
		} else {
			first[key] = f.Path
		}
	}
	return list
}

func twin(name, other string) diag.Diagnostic {
	d := diag.New("file/same-name", diag.Pos{File: name}, "name", name, "other", other)
	d.Related = []diag.Related{{At: diag.Pos{File: other}, Code: "file/same-name-other"}}
	return d
}

// batch is how many files of one folder a worker takes at a time: enough that
// opening the folder costs little, few enough that no worker stays behind.
const batch = 64

// read reads all places found, in any order. Over tells that the quota of bytes
// was passed; the files are not complete then.
func (l *lister) read() (files []*File, over bool) {
	var (
		mu    sync.Mutex
		group sync.WaitGroup
		total atomic.Int64
		jobs  = make(chan []place)
		limit = l.from.opt.Limits.Bytes
	)
	for range l.from.opt.Jobs {
		group.Go(func() {
			r := reader{root: l.root, from: l.from, known: l.known}
			for job := range jobs {
				if limit > 0 && total.Load() > limit {
					continue
				}
				total.Add(r.batch(job))
			}
			mu.Lock()
			defer mu.Unlock()
			files = append(files, r.files...)
			l.faults = append(l.faults, r.faults...)
		})
	}
	for rest := l.found; len(rest) > 0 && !l.over; {
		n := 1
		for n < min(batch, len(rest)) && path.Dir(rest[n].disk) == path.Dir(rest[0].disk) {
			n++
		}
		jobs <- rest[:n]
		rest = rest[n:]
	}
	close(jobs)
	group.Wait()
	return files, limit > 0 && total.Load() > limit
}

// reader is one worker.
type reader struct {
	root   *os.Root
	from   *source
	files  []*File
	faults diag.List
	buffer []byte // for files that are only hashed
	known  func(path string, size int64, modified time.Time) ([]byte, [32]byte, bool)
}

// batch reads some files of one folder and returns their size in bytes.
func (r *reader) batch(places []place) (bytes int64) {
	root := r.root
	if folder := path.Dir(places[0].disk); folder != "." {
		sub, err := r.root.OpenRoot(folder)
		if err != nil {
			for _, p := range places {
				r.faults.Add("file/unreadable", diag.Pos{File: p.path}, "reason", reason(err))
			}
			return 0
		}
		defer sub.Close()
		root = sub
	}
	for _, p := range places {
		f, err := r.file(root, p)
		switch {
		case err == errNotPlain:
			r.faults.Add("file/special", diag.Pos{File: p.path})
		case errors.Is(err, errTooLarge):
			r.faults.Add("file/over-limit", diag.Pos{File: p.path}, "size", size(f.Size), "limit", size(r.from.opt.Limits.FileBytes))
		case err != nil:
			r.faults.Add("file/unreadable", diag.Pos{File: p.path}, "reason", reason(err))
		default:
			bytes += f.Size
			r.files = append(r.files, f)
		}
	}
	return bytes
}

var (
	errNotPlain = errors.New("not a plain file")
	errTooLarge = errors.New("too large")
)

func (r *reader) file(root *os.Root, p place) (*File, error) {
	f := &File{Path: p.path, disk: p.disk, from: r.from}
	if r.known != nil && p.info != nil && p.info.Mode().IsRegular() && isText(p.path) {
		if text, hash, ok := r.known(p.path, p.info.Size(), p.info.ModTime()); ok {
			f.Size, f.Hash, f.data, f.mod = int64(len(text)), hash, text, p.info.ModTime()
			return f, nil
		}
	}
	file, info, err := openPlain(root, path.Base(p.disk), p.info)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	f.Size, f.mod = info.Size(), info.ModTime()
	if most := r.from.opt.Limits.FileBytes; most > 0 && f.Size > most {
		return f, errTooLarge
	}
	if isText(p.path) && f.Size <= TextLimit {
		f.data = make([]byte, f.Size)
		n, err := io.ReadFull(file, f.data)
		if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
			return nil, err
		}
		f.data = f.data[:n] // an editor may have shortened it just now
		f.Size, f.Hash = int64(n), sha256.Sum256(f.data)
		return f, nil
	}
	if r.buffer == nil {
		r.buffer = make([]byte, 256<<10)
	}
	h := sha256.New()
	// The size was judged above: a file that grows now must not grow past it.
	f.Size, err = io.CopyBuffer(h, io.LimitReader(file, f.Size), r.buffer)
	f.Hash = [32]byte(h.Sum(nil))
	return f, err
}

// openPlain opens a name of a folder, but nothing that is a link or a device.
// Before is what the name was when it was listed, or nil. The look after opening
// finds what was put there in between; os.Root keeps even that inside the portal.
func openPlain(root *os.Root, name string, before fs.FileInfo) (*os.File, fs.FileInfo, error) {
	for {
		now := before
		if now == nil {
			var err error
			if now, err = root.Lstat(name); err != nil {
				return nil, nil, err
			}
		}
		if !now.Mode().IsRegular() { // a pipe would block us when opened
			return nil, nil, errNotPlain
		}
		file, err := root.Open(name)
		if err != nil {
			return nil, nil, err
		}
		info, err := file.Stat()
		if err == nil && os.SameFile(now, info) {
			return file, info, nil
		}
		file.Close()
		if err != nil {
			return nil, nil, err
		}
		if before == nil {
			return nil, nil, errNotPlain
		}
		before = nil // an editor has saved it anew since: look again
	}
}

// isText reports whether a file is held in memory when it is small enough.
func isText(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown", ".yaml", ".yml", ".csv", ".svg", ".html", ".css", ".js", ".txt", ".json", ".jsonl":
		return true
	}
	return false
}

// reason shortens an error of the disk to what a webmaster needs: the path is
// in the diagnostic's place already.
func reason(err error) string {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return "you have no permission to read it"
	case errors.Is(err, fs.ErrNotExist):
		return "it was there and is gone"
	}
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err.Error()
	}
	return err.Error()
}

// size writes a number of bytes for people, in binary units.
func size(n int64) string {
	for _, unit := range []struct {
		name  string
		bytes int64
	}{{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10}} {
		if n >= unit.bytes {
			return strconv.FormatFloat(float64(n)/float64(unit.bytes), 'f', 1, 64) + " " + unit.name
		}
	}
	return strconv.FormatInt(n, 10) + " bytes"
}
