package translate

import (
	"bytes"
	"slices"
	"strings"

	"belfry/generator/portal"
)

// sources are the blocks of the source's body, under the keys of their units.
func (w *writer) sources() []portal.Block {
	var out []portal.Block
	for i := range w.d.Units {
		if u := &w.d.Units[i]; top(u.Key) == "body" {
			out = append(out, u.Source)
		}
	}
	return out
}

// newBody writes the body of a new file in the shape of the source's.
func (w *writer) newBody() {
	source := string(w.d.Entity.Source.Body.Text)
	body := strings.Trim(compose(source, w.sources(), w.all, w.d.Entity.Type == "form"), "\n")
	if strings.TrimSpace(body) != "" {
		w.e.insertLines(len(w.e.lines)+1, strings.TrimRight(dropIndent(body), " \n")+"\n")
	}
}

// dropIndent takes away the blank first lines that a title leaves behind.
func dropIndent(s string) string {
	for {
		line, rest, more := strings.Cut(s, "\n")
		if strings.TrimSpace(line) != "" || !more {
			return s
		}
		s = rest
	}
}

// body puts changed texts in their places, and the outermost blocks that the
// translation does not have yet behind the one they follow in the source.
func (w *writer) body() {
	isForm := w.d.Entity.Type == "form"
	source, target := string(w.d.Entity.Source.Body.Text), string(w.d.Text.Body.Text)
	tops, own := outermosts(source), outermosts(target)
	units := make([][]*Unit, len(tops))
	for i := range w.d.Units {
		if u := &w.d.Units[i]; top(u.Key) == "body" {
			units[u.Source.Top] = append(units[u.Source.Top], u)
		}
	}
	last := -1 // outermost block of the translation that the source's last one led to
	for n, list := range units {
		fresh, there, into := false, false, -1
		for _, u := range list {
			_, changes := w.texts[u.Key]
			fresh = fresh || changes && u.Target == nil
			if u.Target != nil {
				there, into = true, max(into, u.Target.Top)
			}
		}
		switch {
		case fresh && !there:
			w.insertBehind(own, last, target, composeTop(source, tops[n], w.sources(), w.all, isForm))
		case fresh:
			if !w.fits(list, into) {
				w.problems = append(w.problems, unwritable{firstFresh(list, w.texts), "translation/structure"})
				break
			}
			from, to := w.place(target, own[into])
			w.e.replace(from, to, composeTop(source, tops[n], w.sources(), w.all, isForm))
		default:
			for _, u := range list {
				if _, changes := w.texts[u.Key]; changes && !w.inBody(u) {
					w.problems = append(w.problems, unwritable{u.Key, "translation/in-place"})
				}
			}
		}
		last = max(last, into)
	}
	w.end()
}

func firstFresh(list []*Unit, texts map[string]string) string {
	for _, u := range list {
		if _, changes := texts[u.Key]; changes && u.Target == nil {
			return u.Key
		}
	}
	return ""
}

// fits reports whether an outermost block of the translation holds nothing but
// what belongs to the source's units, so that it may be written anew.
func (w *writer) fits(list []*Unit, into int) bool {
	count := 0
	for _, u := range list {
		if u.Target != nil {
			if u.Target.Top != into {
				return false
			}
			count++
		}
	}
	for _, b := range w.d.Text.BlocksAs(w.d.Entity.Source) {
		if top(b.Key) == "body" && b.Top == into {
			count--
		}
	}
	return count == 0
}

// place turns a range of the body into one of the file.
func (w *writer) place(target string, o outermost) (from, to int) {
	at := func(i int) int {
		begin := strings.LastIndexByte(target[:i], '\n') + 1
		return w.e.offset(w.d.Text.Body.Line+strings.Count(target[:i], "\n"), i-begin)
	}
	return at(o.from), at(o.to)
}

func (w *writer) insertBehind(own []outermost, n int, target, text string) {
	if n >= 0 {
		_, to := w.place(target, own[n])
		w.e.replace(to, to, "\n\n"+text)
		return
	}
	if i := slices.IndexFunc(own, func(o outermost) bool { return o.to > o.from }); i >= 0 {
		from, _ := w.place(target, own[i])
		w.e.replace(from, from, text+"\n\n")
		return
	}
	w.tail += "\n\n" + text
}

// end writes what comes behind all else, in a file whose body is empty.
func (w *writer) end() {
	if w.tail == "" {
		return
	}
	end := max(w.e.start, len(bytes.TrimRight(w.e.raw, " \t\r\n")))
	text := w.tail
	if w.h.open > 0 && w.d.Text.TitleAt.Line <= w.h.close || end == w.e.start {
		text = text[1:]
	}
	w.e.replace(end, len(w.e.raw), text+"\n")
}
