package translate

import (
	"cmp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"belfry/generator/portal"
)

// unwritable is a text that cannot be put into a translation by a program.
type unwritable struct {
	key  string
	code string // of the diagnostic
}

// write lays texts over the file of a translation, raw, which is nil where there
// is none yet. Texts are by the unit's key and hold only what is to change. stamp
// and draft are written where they are not "".
func write(d *Document, raw []byte, texts map[string]string, stamp string, draft bool) ([]byte, []unwritable) {
	w := &writer{d: d, e: newEditor(raw), texts: texts, all: map[string]string{}}
	var ok bool
	if w.h, ok = newHead(w.e); !ok {
		return nil, []unwritable{{"", "translation/front-matter"}}
	}
	for i := range d.Units {
		u := &d.Units[i]
		if t := cmp.Or(texts[u.Key], u.Text()); t != "" {
			w.all[u.Key] = t
		}
	}
	w.fields()
	if draft {
		w.line("draft", "true")
	}
	if stamp != "" {
		w.line("translated_from", stamp)
	}
	w.flush()
	if d.Text == nil {
		w.newBody()
	} else {
		w.body()
	}
	out, fits := w.e.bytes()
	if !fits {
		w.problems = append(w.problems, unwritable{"", "translation/overlap"})
	}
	return out, w.problems
}

type writer struct {
	d        *Document
	e        *editor
	h        *head
	texts    map[string]string // what changes
	all      map[string]string // what is there or changes
	added    strings.Builder   // new lines of the front matter
	tail     string            // what is added to a body that is empty
	problems []unwritable
}

// line writes a field of belfry's own.
func (w *writer) line(name, value string) {
	if w.h.open > 0 && w.h.entry(name) >= 0 {
		w.h.setLine(name, value)
		return
	}
	w.added.WriteString(name + ": " + value + "\n")
}

// flush puts the new lines of the front matter into the file.
func (w *writer) flush() {
	switch {
	case w.added.Len() == 0:
	case w.h.open == 0:
		w.e.replace(w.e.start, w.e.start, "---\n"+w.added.String()+"---\n")
	default:
		w.e.insertLines(w.h.close, w.added.String())
	}
}

// top is the field at the top that a key belongs to.
func top(key string) string { t, _, _ := strings.Cut(key, "."); return t }

// fields writes all that changes outside the body. A field with a text that is
// not there yet, or whose text cannot be replaced in place, is written anew.
func (w *writer) fields() {
	var order []string
	units := map[string][]*Unit{}
	for i := range w.d.Units {
		u := &w.d.Units[i]
		if _, changes := w.texts[u.Key]; !changes || top(u.Key) == "body" {
			continue
		}
		if t := top(u.Key); units[t] == nil {
			order = append(order, t)
		}
		units[top(u.Key)] = append(units[top(u.Key)], u)
	}
	for _, name := range order {
		switch {
		case name == "title":
			w.title(w.texts["title"])
		case name == "keywords" || !w.inPlace(units[name]):
			w.anew(name, units[name])
		}
	}
}

// title replaces the title where it stands: in its field, else in the heading
// it was taken from.
func (w *writer) title(text string) {
	t := w.d.Text
	if t == nil {
		w.added.WriteString("title: " + scalar(text, false) + "\n")
		return
	}
	if v := t.Fields.Get("title"); v.Set() {
		if n := w.h.find(v.At); n == nil || !w.h.set(n, text) {
			w.problems = append(w.problems, unwritable{"title", "translation/in-place"})
		}
		return
	}
	line := w.e.line(t.TitleAt.Line)
	if t.TitleAt.Line > w.h.close && t.TitleAt.Col > 0 {
		from := len(line) - len(strings.TrimLeft(line, " #\t"))
		to := len(strings.TrimRight(strings.TrimRight(strings.TrimRight(line, " \t"), "#"), " \t"))
		if to > from {
			at := w.e.offset(t.TitleAt.Line, 0)
			w.e.replace(at+from, at+to, strings.ReplaceAll(text, "\n", " "))
			return
		}
	}
	w.line("title", scalar(text, false)) // it came from the file's name
}

// inPlace replaces the texts of one field where they stand, if all of them can
// be.
func (w *writer) inPlace(units []*Unit) bool {
	if slices.ContainsFunc(units, func(u *Unit) bool { return u.Target == nil }) {
		return false
	}
	before := len(w.e.edits)
	done := map[*yaml.Node]bool{}
	for _, u := range units {
		if u.Target.At.Line > w.h.close { // a section of the body that is headed like the field
			if !w.inBody(u) {
				w.problems = append(w.problems, unwritable{u.Key, "translation/in-place"})
			}
			continue
		}
		n := w.h.find(u.Target.At)
		if n == nil || !done[n] && !w.h.set(n, w.value(u, units)) {
			w.e.edits = w.e.edits[:before]
			return false
		}
		done[n] = true
	}
	return true
}

// value is the new text of the whole scalar that holds a unit.
func (w *writer) value(u *Unit, units []*Unit) string {
	if !u.Target.Markdown {
		return w.texts[u.Key]
	}
	var blocks []portal.Block
	for _, o := range units {
		if o.Target.At == u.Target.At {
			b := *o.Target
			b.Key = o.Key
			blocks = append(blocks, b)
		}
	}
	slices.SortFunc(blocks, func(a, b portal.Block) int { return cmp.Compare(a.Lines[0].From, b.Lines[0].From) })
	return compose(valueAt(w.d.Text.Fields, u.Target), blocks, w.texts, false)
}

// valueAt is the text of the value that a block was found in.
func valueAt(v portal.Value, b *portal.Block) string {
	if v.At == b.At && v.Text != "" {
		return v.Text
	}
	for _, item := range v.List {
		if t := valueAt(item, b); t != "" {
			return t
		}
	}
	for _, m := range v.Map {
		if t := valueAt(m.Value, b); t != "" {
			return t
		}
	}
	return ""
}

// inBody replaces the words of a block in the lines of the file.
func (w *writer) inBody(u *Unit) bool {
	text := string(w.d.Text.Body.Text)
	if u.Target.At.Line != w.d.Text.Body.Line || top(u.Key) != "body" {
		text = valueAt(w.d.Text.Fields, u.Target)
	}
	place := func(at int) (int, bool) {
		number := u.Target.At.Line + strings.Count(text[:at], "\n")
		begin := strings.LastIndexByte(text[:at], '\n') + 1
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i
		}
		i := strings.Index(w.e.line(number), strings.TrimRight(text[begin:end], " \t"))
		return w.e.offset(number, i+at-begin), i >= 0
	}
	from, to := span(u.Target)
	a, ok := place(from)
	b, ok2 := place(to)
	if !ok || !ok2 || b < a {
		return false
	}
	w.e.replace(a, b, written(u.Target, text, w.texts[u.Key]))
	return true
}

// anew writes a whole field at the top with all its texts.
func (w *writer) anew(name string, units []*Unit) {
	fields := portal.TypeByName(w.d.Entity.Type).Fields
	f := fieldOf(fields, name)
	record := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	entry := -1
	if w.h.open > 0 {
		entry = w.h.entry(f.Name)
	}
	key := f.Name
	if entry >= 0 {
		k := *w.h.root.Content[entry]
		key = k.Value
		k.HeadComment, k.FootComment = "", ""
		record.Content = []*yaml.Node{&k, w.h.root.Content[entry+1]}
		if v := record.Content[1]; v.Anchor != "" || holdsAlias(v) {
			w.problems = append(w.problems, unwritable{units[0].Key, "translation/in-place"})
			return
		}
	}
	source := w.d.Entity.Source.Fields
	t := texting{fields, source}
	value := member(record, f.Name)
	if name == "keywords" {
		var words []string
		for _, word := range strings.Split(w.texts["keywords"], ";") {
			if word = strings.TrimSpace(word); word != "" {
				words = append(words, word)
			}
		}
		setList(value, words)
	} else {
		for _, u := range units {
			t.put(record, fieldKey(u), w.whole(u))
		}
		if f.Many {
			fill(value, f, source.Get(f.Name))
		}
	}
	out, ok := lines(key, value)
	switch {
	case !ok:
		w.problems = append(w.problems, unwritable{units[0].Key, "translation/in-place"})
	case entry >= 0:
		from, to := w.h.rows(entry)
		w.e.replace(w.e.offset(from, 0), w.e.offset(to, 0), out)
	default:
		w.added.WriteString(out)
	}
}

// holdsAlias reports whether a value uses anchors or aliases of YAML.
func holdsAlias(n *yaml.Node) bool {
	return n.Kind == yaml.AliasNode || n.Anchor != "" || slices.ContainsFunc(n.Content, holdsAlias)
}

// fieldKey is the key of the value that holds a unit: a block of Markdown has a
// number of its own behind it.
func fieldKey(u *Unit) string {
	if u.Source.Markdown {
		return group(u.Source)
	}
	return u.Key
}

// whole is the new text of the value of a unit: of Markdown, all its blocks, in
// the shape of the source's.
func (w *writer) whole(u *Unit) string {
	if !u.Source.Markdown {
		return w.texts[u.Key]
	}
	var blocks []portal.Block
	for i := range w.d.Units {
		if o := &w.d.Units[i]; o.Source.Markdown && group(o.Source) == group(u.Source) {
			blocks = append(blocks, o.Source)
		}
	}
	return compose(valueAt(w.d.Entity.Source.Fields, &u.Source), blocks, w.all, false)
}
