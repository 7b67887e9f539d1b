package markdown

import "strconv"

// nearby is how many lines may lie between two drops of one name for both to
// be told in one diagnostic.
const nearby = 10

// drop is one name, of an element or an attribute, that was dropped over a
// range of lines.
type drop struct {
	code        string // below "markdown/"
	name        string
	offset, len int // the first in the body
	first, last int // lines of the file
	count       int
}

type drops []drop

func (d *drop) reach(line int) { d.last = max(d.last, line) }

// dropped notes that something was left out. Those of one name on neighbouring
// lines become one warning.
func (r *renderer) dropped(code, name string, off, n int) {
	if r.quiet {
		r.drops = append(r.drops, drop{})
		return
	}
	line := r.place.fileLine(off)
	for i := len(r.drops) - 1; i >= max(0, len(r.drops)-50); i-- {
		d := &r.drops[i]
		if d.code == code && d.name == name && line-d.last <= nearby && (!r.skip.on || i >= r.skip.before.drops) {
			d.count++
			d.reach(line)
			if i < len(r.drops)-1 {
				moved := *d
				r.drops = append(append(r.drops[:i], r.drops[i+1:]...), moved)
			}
			return
		}
	}
	r.drops = append(r.drops, drop{code: code, name: name, offset: off, len: n, first: line, last: line, count: 1})
}

func (r *renderer) reportDrops() {
	if r.quiet {
		return
	}
	for _, d := range r.drops {
		lines := strconv.Itoa(d.first)
		if d.last > d.first {
			lines += "–" + strconv.Itoa(d.last)
		}
		code, name := "markdown/"+d.code, shorten(d.name, 30)
		if d.code == "html-dropped" && name == "!" {
			code = "markdown/declaration-dropped"
		}
		r.report(code, d.offset, d.len, "name", name, "lines", lines, "count", strconv.Itoa(d.count))
	}
}
