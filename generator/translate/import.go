package translate

import (
	"slices"
	"strconv"
	"strings"
	"unicode"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/portal"
	"belfry/generator/tree"
)

// Imported is what an [Exchange] comes to: the files to write, and what is to be
// checked of them once they are read again.
type Imported struct {
	Lang    string
	Files   map[string][]byte // changed and new files, by path
	Stamped []Record          // documents that are a translation of the source as it left
	Changes []Changed         // one for each file
	Texts   int               // how many texts differ
	Drafts  []string          // new files that are not complete
}

// Changed is a document with new texts.
type Changed struct {
	File  string
	New   bool
	Units []string          // keys of the texts that change
	want  map[string]string // canonical text by key
	at    map[string]diag.Pos
}

// Import works out what an exchange changes. Every fault is told; with an error
// among them nothing is to be written. With partial, texts that do not fit any
// more are left out, with a warning, and the others are taken.
func Import(p *portal.Portal, files *tree.Tree, records map[string]Records, ex *Exchange, partial bool) (*Imported, diag.List) {
	im := &importer{p: p, files: files, partial: partial, out: &Imported{Files: map[string][]byte{}}}
	i := slices.IndexFunc(p.Config.Languages, func(l string) bool { return strings.EqualFold(l, ex.Lang) })
	if i < 0 {
		at := diag.Pos{}
		if len(ex.Documents) > 0 {
			at = diag.Pos{File: ex.Documents[0].At.File, Line: 1}
		}
		im.faults.Add("exchange/language", at, "lang", ex.Lang, "languages", strings.Join(p.Config.Languages, ", "))
		return nil, im.faults
	}
	im.out.Lang = p.Config.Languages[i]
	seen := map[string]bool{}
	for n := range ex.Documents {
		d := &ex.Documents[n]
		if seen[d.File] {
			im.faults.Add("exchange/document-twice", d.At, "file", d.File)
			continue
		}
		seen[d.File] = true
		im.document(d, records[im.out.Lang])
	}
	return im.out, im.faults.Sorted()
}

type importer struct {
	p       *portal.Portal
	files   *tree.Tree
	partial bool
	out     *Imported
	faults  diag.List
}

// misfit tells of a text that cannot be taken: an error, or a warning where the
// others are taken all the same.
func (im *importer) misfit(code string, at diag.Pos, args ...string) {
	d := diag.New(code, at, args...)
	if im.partial {
		d.Severity = diag.Warning
	}
	im.faults = append(im.faults, d)
}

func (im *importer) document(d *Returned, records Records) {
	e, ok := im.p.ByFile(d.File)
	if !ok || e.Source.File != d.File {
		var known []string
		for _, e := range im.p.Entities {
			known = append(known, e.Source.File)
		}
		im.misfit("exchange/unknown-document", d.At, "file", d.File, "guess", diag.Guess(d.File, known))
		return
	}
	it, ok := survey(im.p, e, im.out.Lang, im.files, records)
	switch {
	case !ok && e.Source.Lang == im.out.Lang:
		im.misfit("exchange/own-language", d.At, "file", d.File, "lang", im.out.Lang)
		return
	case it.State == Broken:
		im.misfit("exchange/unreadable", d.At, "file", it.File)
		return
	}
	doc := Prepare(it)
	ch := Changed{File: it.File, New: it.Text == nil, want: map[string]string{}, at: map[string]diag.Pos{}}
	texts := map[string]string{}
	left := im.match(d, &doc)
	whole := true // every text is there, in the state in which it is to stay
	for i := range doc.Units {
		u := &doc.Units[i]
		r, ok := left[u.Key]
		if !ok {
			whole = whole && !u.Todo
			continue
		}
		text, changes, ok := im.text(d, u, r)
		if changes {
			texts[u.Key] = text
			b := u.Source
			if u.Target != nil {
				b.Mark = u.Target.Mark
			}
			b.Text = guarded(&b, text)
			ch.want[u.Key], ch.at[u.Key] = b.Canonical(), r.At
			ch.Units = append(ch.Units, u.Key)
		}
		whole = whole && ok && (u.Key == "keywords" || !u.Todo || changes || r.Done && u.Target != nil)
	}
	whole = whole && len(left) >= len(d.Units)
	stamps := whole && (it.State == OutOfDate || it.State == Missing && len(texts) > 0)
	if len(texts) == 0 && !stamps {
		return
	}
	im.write(d, &doc, ch, texts, stamps)
}

// match finds for each text that came back the unit it belongs to: the one with
// its key and source, else the one the source has moved to.
func (im *importer) match(d *Returned, doc *Document) map[string]*ReturnedUnit {
	units, bySource := map[string]*Unit{}, map[string][]*Unit{}
	for i := range doc.Units {
		u := &doc.Units[i]
		units[u.Key] = u
		bySource[short(u.Source.Text)] = append(bySource[short(u.Source.Text)], u)
	}
	out := map[string]*ReturnedUnit{}
	var strays []*ReturnedUnit
	seen := map[string]bool{}
	for i := range d.Units {
		r := &d.Units[i]
		if seen[r.Key] {
			im.misfit("exchange/unit-twice", r.At, "unit", r.Key, "file", d.File)
			continue
		}
		seen[r.Key] = true
		if u := units[r.Key]; u != nil && short(u.Source.Text) == r.sourceSum() {
			out[r.Key] = r
		} else {
			strays = append(strays, r)
		}
	}
	for _, r := range strays {
		found := slices.IndexFunc(bySource[r.sourceSum()], func(u *Unit) bool { return out[u.Key] == nil })
		if found >= 0 {
			out[bySource[r.sourceSum()][found].Key] = r
			continue
		}
		if r.Target == "" || !r.changed() {
			continue // nothing was done to it
		}
		now := ""
		if u := units[r.Key]; u != nil {
			now = u.Source.Text
		}
		im.misfit("exchange/source-changed", r.At, "unit", r.Key, "file", d.File, "then", clip(r.Source), "now", clip(now))
	}
	return out
}

// sourceSum identifies the source that a text was made from.
func (r *ReturnedUnit) sourceSum() string {
	if sum, _, ok := strings.Cut(r.Check, "-"); ok {
		return sum
	}
	return short(r.Source)
}

// changed reports whether the target is not as it left.
func (r *ReturnedUnit) changed() bool {
	_, sum, ok := strings.Cut(r.Check, "-")
	return !ok || sum != exact(r.Target)
}

// text is the text a unit is to have, and whether that is another than it has.
// ok is false where it cannot be taken.
func (im *importer) text(d *Returned, u *Unit, r *ReturnedUnit) (text string, changes, ok bool) {
	kind := u.Source.Kind
	text = received(r.Target, kind)
	if !u.Source.Markdown {
		text = strings.ReplaceAll(text, "\n", " ")
	}
	now := u.Text()
	if text == received(now, kind) || !r.changed() {
		return "", false, true
	}
	_, left, known := strings.Cut(r.Check, "-")
	switch {
	case text == "":
		if now != "" {
			im.faults.Add("exchange/emptied", r.At, "unit", r.Key, "file", d.File)
		}
		return "", false, now != ""
	case known && exact(now) != left:
		im.misfit("exchange/edited-meanwhile", r.At, "unit", r.Key, "file", d.File, "now", clip(now))
		return "", false, false
	case strings.ContainsFunc(text, func(c rune) bool { return c != '\n' && c != '\t' && unicode.IsControl(c) }):
		im.misfit("exchange/control", r.At, "unit", r.Key, "file", d.File)
		return "", false, false
	}
	for _, f := range r.Faults {
		im.misfit(f.Code, f.At, append(f.Args, "unit", r.Key, "file", d.File)...)
	}
	return text, len(r.Faults) == 0, len(r.Faults) == 0
}

// write makes the file.
func (im *importer) write(d *Returned, doc *Document, ch Changed, texts map[string]string, stamps bool) {
	var raw []byte
	if !ch.New {
		f, _ := im.files.Get(ch.File)
		var err error
		if raw, err = f.Bytes(); err != nil {
			im.faults.Add("file/unreadable", diag.Pos{File: ch.File}, "reason", err.Error())
			return
		}
	}
	stamp := ""
	draft := false
	switch {
	case stamps && d.Stamp != "" && d.Stamp != doc.Stamp:
		// The source has other texts since, none of them in this file.
	case stamps:
		stamp = doc.Stamp
		im.out.Stamped = append(im.out.Stamped, NewRecord(doc.Entity, doc.Entity.Source))
	case ch.New:
		draft = true
		im.out.Drafts = append(im.out.Drafts, ch.File)
		if doc.Entity.Source.Named { // else it would pass for the source
			stamp = doc.Stamp
			im.out.Stamped = append(im.out.Stamped, NewRecord(doc.Entity, doc.Entity.Source))
		}
	}
	out, problems := write(doc, raw, texts, stamp, draft)
	for _, p := range problems {
		at := d.At
		if place, ok := ch.at[p.key]; ok {
			at = place
		}
		im.misfit(p.code, at, "unit", p.key, "file", ch.File)
	}
	if len(problems) > 0 {
		return
	}
	im.out.Files[ch.File] = out
	im.out.Changes = append(im.out.Changes, ch)
	im.out.Texts += len(ch.Units)
}

// Verify reads what is to be written as it will be read: each text must stand in
// its place, and be the same. p is the portal with the new files.
func (i *Imported) Verify(p *portal.Portal, files *tree.Tree) diag.List {
	var faults diag.List
	for _, ch := range i.Changes {
		e, ok := p.ByFile(ch.File)
		var doc Document
		if ok {
			it, fine := survey(p, e, i.Lang, files, nil)
			if ok = fine && it.Text != nil; ok {
				doc = Prepare(it)
			}
		}
		if !ok {
			faults.Add("exchange/unreadable-after", diag.Pos{File: ch.File})
			continue
		}
		got := map[string]*portal.Block{}
		for j := range doc.Units {
			got[doc.Units[j].Key] = doc.Units[j].Target
		}
		for _, key := range ch.Units {
			if b := got[key]; b == nil || b.Canonical() != ch.want[key] && !sameFlow(b, ch.want[key]) {
				faults.Add("exchange/misread", ch.at[key], "unit", key, "file", ch.File)
			}
		}
	}
	return faults.Sorted()
}

// sameFlow compares texts whose mark may differ: a translation may have a list
// where the source has paragraphs.
func sameFlow(b *portal.Block, want string) bool {
	return b.Kind == markdown.Words && strings.HasSuffix(want, strings.TrimPrefix(b.Canonical(), b.Mark))
}

func clip(s string) string {
	r := []rune(s)
	if len(r) > 120 {
		return string(r[:120]) + "… (" + strconv.Itoa(len(r)) + " characters)"
	}
	return s
}
