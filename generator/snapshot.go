package generator

// A snapshot keeps a portal's texts and what parsing made of them in one file of
// the cache, so that serve starts without opening and parsing each of thousands.
// A file is believed to be the same when size and time of change are, and that
// time lies well before the snapshot (git judges its index by the same rule);
// what was parsed is used when the text is the same and is read in the same way.

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/tree"
)

// Snapshot is the state of a portal when it was last served from a folder.
type Snapshot struct {
	name    string // file, for the next one
	tool    string
	reading string // how its documents were read
	entries map[string]snapped
}

type snapped struct {
	size     int64
	modified int64 // nanoseconds since 1970
	hash     [32]byte
	text     []byte
	doc      []byte // encoded; nil for one that must be parsed
}

// settled is how long before a snapshot a file must have been left alone: on
// some disks two changes within two seconds have the same time.
const settled = 3 * time.Second

// Snapshot opens what the cache knows of the portal in a folder. Without one, or
// with one that is damaged or of another belfry, it is empty.
func (c *Cache) Snapshot(dir string) *Snapshot {
	sum := sha256.Sum256([]byte(dir))
	s := &Snapshot{name: filepath.Join(c.dir, "serve-"+hex.EncodeToString(sum[:8])), tool: c.tool}
	raw, err := os.ReadFile(s.name)
	if end := len(raw) - 4; err == nil && end > 0 && crc32.Checksum(raw[:end], castagnoli()) == binary.LittleEndian.Uint32(raw[end:]) {
		s.decode(raw[:end])
	}
	return s
}

func castagnoli() *crc32.Table { return crc32.MakeTable(crc32.Castagnoli) }

// Known answers for a file that has not changed, as [tree.Options] ask it.
func (s *Snapshot) Known(name string, size int64, modified time.Time) ([]byte, [32]byte, bool) {
	if s == nil {
		return nil, [32]byte{}, false
	}
	e, ok := s.entries[name]
	if !ok || e.size != size || e.modified != modified.UnixNano() {
		return nil, [32]byte{}, false
	}
	return e.text, e.hash, true
}

// document is what parsing made of a file, if it is known.
func (s *Snapshot) document(f *tree.File, reading string) (parsed, bool) {
	if s == nil || s.reading != reading {
		return parsed{}, false
	}
	e, ok := s.entries[f.Path]
	if !ok || e.hash != f.Hash || e.doc == nil {
		return parsed{}, false
	}
	d := decoder{rest: string(e.doc), file: f.Path}
	return d.document(f, e.text)
}

// Save writes the snapshot of a plan, if a good part of it is new. Read is when
// its source was read first. A cache that cannot be written is no fault.
func (p *Plan) Save(s *Snapshot, read time.Time) {
	if s == nil || p.Portal == nil || p.parsed == nil {
		return
	}
	fresh := 0
	for name, one := range p.parsed {
		if e, ok := s.entries[name]; !ok || e.hash != one.file.Hash {
			fresh++
		}
	}
	reading := p.reading()
	if s.reading == reading && fresh <= len(p.parsed)/50 {
		return
	}
	file, err := os.Create(s.name + ".new") // one that was cut off is written over, two at once spoil each other's sum
	if err != nil {
		return
	}
	sum := crc32.New(castagnoli())
	disk := bufio.NewWriterSize(io.MultiWriter(file, sum), 1<<20) // it keeps the first error for Flush
	var w encoder
	flush := func() {
		_, _ = disk.Write(w.out)
		w.out = w.out[:0]
	}
	w.text(s.tool)
	w.text(reading)
	flush()
	for _, f := range p.given.Files() {
		one, ok := p.parsed[f.Path]
		if !ok || !f.Held() || f.Modified().IsZero() || read.Sub(f.Modified()) < settled {
			continue
		}
		raw, err := f.Bytes()
		if err != nil {
			continue
		}
		w.text(f.Path)
		w.number(int(f.Size))
		w.out = binary.AppendVarint(w.out, f.Modified().UnixNano())
		w.out = append(w.out, f.Hash[:]...)
		w.text(string(raw))
		var d encoder
		d.document(one, raw)
		w.text(string(d.out))
		flush()
	}
	err1 := disk.Flush()
	_, err2 := file.Write(binary.LittleEndian.AppendUint32(nil, sum.Sum32()))
	if err3 := file.Close(); err1 != nil || err2 != nil || err3 != nil || os.Rename(file.Name(), s.name) != nil {
		os.Remove(file.Name())
	}
}

// reading names all that parsing a document depends on beside the document: the
// messages are there for the headings of sections.
func (p *Plan) reading() string {
	return strings.Join(p.config.Languages, " ") + "|" + p.config.Currency + "|" + p.themed.texts
}

func (s *Snapshot) decode(raw []byte) {
	d := decoder{rest: string(raw[:min(len(raw), 4096)])}
	tool, reading := d.text(), d.text()
	if d.bad || tool != s.tool {
		return
	}
	at := min(len(raw), 4096) - len(d.rest)
	entries := map[string]snapped{}
	take := func(n int) []byte {
		if n < 0 || n > len(raw)-at {
			at, n = len(raw), 0
		}
		part := raw[at : at+n : at+n]
		at += n
		return part
	}
	number := func() int64 {
		n, size := binary.Uvarint(raw[at:])
		at += max(size, 0)
		return int64(n)
	}
	for at < len(raw) {
		name := string(take(int(number())))
		e := snapped{size: number()}
		modified, size := binary.Varint(raw[at:])
		at += max(size, 0)
		e.modified = modified
		copy(e.hash[:], take(len(e.hash)))
		e.text = take(int(number()))
		if e.doc = take(int(number())); len(e.doc) == 0 {
			e.doc = nil
		}
		entries[name] = e
	}
	s.reading, s.entries = reading, entries
}

// encoder writes a document. What it cannot write leaves nothing, and is parsed.
type encoder struct{ out []byte }

func (w *encoder) number(n int)   { w.out = binary.AppendUvarint(w.out, uint64(n)) }
func (w *encoder) text(s string)  { w.number(len(s)); w.out = append(w.out, s...) }
func (w *encoder) flag(on bool)   { w.number(map[bool]int{true: 1}[on]) }
func (w *encoder) pos(p diag.Pos) { w.number(p.Line); w.number(p.Col); w.number(p.Len) }

func (w *encoder) document(one parsed, raw []byte) {
	d := one.doc
	if d.Type == "form" || d.File != one.file.Path || d.Unreadable || d.Derived || d.From != "" || d.Body.Cut() || d.Whole.Cut() || d.Body.Pieces != nil || d.Whole.Pieces != nil ||
		!bytes.HasSuffix(raw, d.Body.Text) || !bytes.HasSuffix(raw, d.Whole.Text) || d.TitleAt.File != "" && d.TitleAt.File != d.File {
		return
	}
	w.flag(d.Named)
	for _, s := range []string{d.Type, d.ID, d.Lang, d.Title} {
		w.text(s)
	}
	w.flag(d.TitleAt.File != "")
	w.pos(d.TitleAt)
	w.number(d.Body.Line)
	w.number(len(d.Body.Text))
	w.flag(d.Whole.Text != nil)
	w.number(d.Whole.Line)
	w.number(len(d.Whole.Text))
	var faults []byte
	if len(one.faults) > 0 {
		faults, _ = json.Marshal(one.faults) // texts and numbers: it cannot fail
	}
	w.text(string(faults))
	if !w.value(d.Fields, d.File) {
		w.out = nil
	}
}

// The parts a value may have.
const (
	hasPlace = 1 << iota
	isBad
	isGone
	isPatch
	hasLang
	hasText
	hasList
	hasMap
)

func (w *encoder) value(v portal.Value, file string) bool {
	if v.At.File != "" && v.At.File != file {
		return false
	}
	parts := 0
	for i, on := range [...]bool{v.At != diag.Pos{}, v.Bad, v.Gone, v.Patch, v.Lang != "", v.Text != "", v.List != nil, v.Map != nil} {
		if on {
			parts |= 1 << i
		}
	}
	w.number(parts)
	if parts&hasPlace != 0 {
		w.flag(v.At.File != "")
		w.pos(v.At)
	}
	if v.Lang != "" {
		w.text(v.Lang)
	}
	if v.Text != "" {
		w.text(v.Text)
	}
	ok := true
	if v.List != nil {
		w.number(len(v.List))
		for _, item := range v.List {
			ok = ok && w.value(item, file)
		}
	}
	if v.Map != nil {
		w.number(len(v.Map))
		for _, m := range v.Map {
			w.text(m.Name)
			ok = ok && w.value(m.Value, file)
		}
	}
	return ok
}

// decoder reads a document; its texts are parts of one string.
type decoder struct {
	rest string
	file string
	bad  bool
}

func (d *decoder) number() int {
	n := 0
	for shift := 0; shift < 63; shift += 7 {
		if d.rest == "" {
			break
		}
		b := d.rest[0]
		d.rest = d.rest[1:]
		n |= int(b&0x7f) << shift
		if b < 0x80 {
			return n
		}
	}
	d.bad = true
	return 0
}

func (d *decoder) text() string {
	n := d.number()
	if n > len(d.rest) {
		d.bad = true
		return ""
	}
	s := d.rest[:n]
	d.rest = d.rest[n:]
	return s
}

func (d *decoder) pos() diag.Pos {
	return diag.Pos{Line: d.number(), Col: d.number(), Len: d.number()}
}

func (d *decoder) document(f *tree.File, raw []byte) (parsed, bool) {
	doc := &portal.Document{File: f.Path, Named: d.number() == 1}
	doc.Type, doc.ID, doc.Lang, doc.Title = d.text(), d.text(), d.text(), d.text()
	named := d.number() == 1
	if doc.TitleAt = d.pos(); named {
		doc.TitleAt.File = f.Path
	}
	tail := func(n int) []byte {
		if n > len(raw) {
			d.bad = true
			return nil
		}
		return raw[len(raw)-n:]
	}
	doc.Body.File, doc.Body.Line = f.Path, d.number()
	doc.Body.Text = tail(d.number())
	whole := d.number() == 1
	line, text := d.number(), tail(d.number())
	if whole {
		doc.Whole.File, doc.Whole.Line, doc.Whole.Text = f.Path, line, text
	}
	out := parsed{file: f, doc: doc}
	if faults := d.text(); faults != "" && json.Unmarshal([]byte(faults), &out.faults) != nil {
		return parsed{}, false
	}
	doc.Fields = d.value()
	return out, !d.bad && d.rest == ""
}

func (d *decoder) value() portal.Value {
	var v portal.Value
	parts := d.number()
	if parts&hasPlace != 0 {
		named := d.number() == 1
		if v.At = d.pos(); named {
			v.At.File = d.file
		}
	}
	v.Bad, v.Gone, v.Patch = parts&isBad != 0, parts&isGone != 0, parts&isPatch != 0
	if parts&hasLang != 0 {
		v.Lang = d.text()
	}
	if parts&hasText != 0 {
		v.Text = d.text()
	}
	if parts&hasList != 0 {
		v.List = make([]portal.Value, 0, min(d.number(), len(d.rest)))
		for range cap(v.List) {
			v.List = append(v.List, d.value())
		}
	}
	if parts&hasMap != 0 {
		v.Map = make([]portal.Member, 0, min(d.number(), len(d.rest)))
		for range cap(v.Map) {
			v.Map = append(v.Map, portal.Member{Name: d.text(), Value: d.value()})
		}
	}
	return v
}
