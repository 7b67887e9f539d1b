package generator

import (
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime/debug"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/render"
)

// Cache keeps rendered pages on disk, each under the hash of everything it is
// made from: the view, the theme and the tool. An entry depends on nothing but
// its key, holds its diagnostics too, and may be deleted at any time; so the
// folder is safe to share between processes and to throw away.
type Cache struct {
	// Verify has every page made anew and compared with what is kept of it. One that
	// differs is an error of the build, and is replaced.
	Verify bool

	dir  string
	tool string
}

// OpenCache uses a folder as cache, making it where there is none.
func OpenCache(dir string) (*Cache, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	return &Cache{dir: dir, tool: Identity()}, nil
}

// Identity tells one build of belfry from another: a page made by other code is
// another page.
func Identity() string {
	exe, err := os.Executable()
	if err != nil {
		return Version()
	}
	info, err := os.Stat(exe)
	if err != nil {
		return Version()
	}
	return Version() + info.ModTime().UTC().Format("20060102150405.000000000")
}

// Version is the version of this build of belfry, from the module's.
func Version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "(devel)"
	}
	return info.Main.Version
}

// entry is what is stored of a page.
type entry struct {
	HTML     []byte
	Text     string
	Headings []markdown.Heading
	Links    []storedLink
	Faults   diag.List
}

type storedLink struct {
	Href    string
	At      diag.Pos
	Excerpt string
}

// cacheKey is the hash of all that a page is made from.
func (p *Plan) cacheKey(page Page, view *render.View) string {
	h := sha256.New()
	h.Write([]byte(p.opt.Cache.tool))
	h.Write([]byte(p.Theme.Hash()))
	if page.Item != nil {
		h.Write(page.Item.Text.Body.Text) // link definitions stand anywhere in it
	}
	if err := json.NewEncoder(h).Encode(view); err != nil {
		panic("generator: a view is no value: " + err.Error())
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c *Cache) file(key string) string { return filepath.Join(c.dir, key[:2], key[2:]) }

func (c *Cache) get(key string) (render.Result, bool) {
	raw, err := os.ReadFile(c.file(key))
	if err != nil {
		return render.Result{}, false
	}
	c.used(c.file(key))
	var e entry
	if len(raw) < sha256.Size || sha256.Sum256(raw[sha256.Size:]) != [32]byte(raw[:sha256.Size]) {
		return render.Result{}, false // cut off or damaged: it is made again
	}
	if err := gob.NewDecoder(bytes.NewReader(raw[sha256.Size:])).Decode(&e); err != nil {
		return render.Result{}, false
	}
	out := render.Result{HTML: e.HTML, Text: e.Text, Heading: e.Headings, Faults: e.Faults}
	for _, l := range e.Links {
		out.Links = append(out.Links, markdown.Link{Href: l.Href, At: l.At, Excerpt: l.Excerpt})
	}
	return out, true
}

// put stores a page. A cache that cannot be written is no fault of the build.
func (c *Cache) put(key string, r render.Result) {
	raw, err := encodeEntry(r)
	if err != nil {
		return
	}
	name := c.file(key)
	if os.MkdirAll(filepath.Dir(name), 0o755) != nil {
		return
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return
	}
	_, err1 := f.Write(raw)
	if err2 := f.Close(); err1 != nil || err2 != nil || os.Rename(f.Name(), name) != nil {
		os.Remove(f.Name())
	}
}

// encodeEntry is the file of a page: the hash of the rest, and the entry.
func encodeEntry(r render.Result) ([]byte, error) {
	e := entry{HTML: r.HTML, Text: r.Text, Headings: r.Heading, Faults: r.Faults}
	for _, l := range r.Links {
		e.Links = append(e.Links, storedLink{l.Href, l.At, l.Excerpt})
	}
	w := bytes.NewBuffer(make([]byte, sha256.Size))
	if err := gob.NewEncoder(w).Encode(e); err != nil {
		return nil, err
	}
	raw := w.Bytes()
	sum := sha256.Sum256(raw[sha256.Size:])
	copy(raw, sum[:])
	return raw, nil
}

// differs reports whether something else is kept of a page than what was made of it.
func (c *Cache) differs(key string, r render.Result) bool {
	kept, err := os.ReadFile(c.file(key))
	if err != nil {
		return false
	}
	made, err := encodeEntry(r)
	return err == nil && !bytes.Equal(kept, made)
}
