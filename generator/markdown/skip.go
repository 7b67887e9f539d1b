package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// Refused elements are dropped with all they contain, which may span blocks of
// Markdown. What comes between their tags is written as usual and then taken
// back, so that none of it stays: no text, heading, link or diagnostic.

// skipping is the state between the start of a refused element and its end.
type skipping struct {
	on     bool
	name   string
	raw    bool // tags inside are none
	closes bool // an end tag follows somewhere
	nested int
	at     int  // where it begins in the body
	last   int  // as far as it was seen to reach
	nest   int  // elements of Markdown open when it began
	ended  bool // its end tag was met inside a block that began after it, which goes too
	before mark
}

// mark is a point of the output to which everything can be taken back.
type mark struct {
	base                                         int    // where the outermost open element of an author begins
	out                                          []byte // what was written from there on, which closing it may change
	text, headings, anchors, links, diags, drops int
	open                                         []entry
	levels                                       []int
	authors, inLinks, tables                     int
	tags                                         templateTags
}

// beginSkip starts to drop an element with all it contains. Where no end tag
// follows in the file, the rest of the block is dropped and not the rest of
// the page.
func (r *renderer) beginSkip(name string, at int) {
	closes := false
	for rest := r.src[min(at+1, len(r.src)):]; len(rest) > 0 && !r.unclosed[name]; {
		i, end, ok := findTag(rest, name)
		if !ok {
			break
		}
		if end {
			closes = true
			break
		}
		rest = rest[i+1:]
	}
	if !closes {
		if r.unclosed == nil {
			r.unclosed = map[string]bool{}
		}
		r.unclosed[name] = true // nor does one follow later
	}
	base := len(r.out)
	for _, e := range r.open {
		if e.author {
			base = e.from
			break
		}
	}
	r.skip = skipping{
		on: true, name: name, raw: refused[name], closes: closes, at: at, last: at, nest: r.nest,
		before: mark{
			base: base, out: bytes.Clone(r.out[base:]), text: len(r.text), headings: len(r.headings), anchors: len(r.anchors),
			links: len(r.links), diags: len(r.diags), drops: len(r.drops),
			open: slices.Clone(r.open), levels: slices.Clone(r.levels),
			authors: r.authors, inLinks: r.inLinks, tables: r.tables, tags: r.tags,
		},
	}
}

// skipOver looks for the end of the refused element from an offset on. It
// returns where to go on and whether the end was found.
func (r *renderer) skipOver(h *rawHTML, at int) (int, bool) {
	for {
		if r.skip.ended {
			return len(h.text), false
		}
		i, end, ok := findTag(h.text[at:], r.skip.name)
		if !ok {
			r.skip.last = max(r.skip.last, h.offset(len(h.text)-1))
			return len(h.text), false
		}
		at += i + 1
		switch {
		case !end && !r.skip.raw:
			r.skip.nested++
		case end && r.skip.nested > 0 && !r.skip.raw:
			r.skip.nested--
		case end:
			if j := bytes.IndexByte(h.text[at:], '>'); j >= 0 {
				at += j + 1
			} else {
				at = len(h.text)
			}
			r.skip.last = max(r.skip.last, h.offset(at-1))
			if r.nest > r.skip.nest {
				r.skip.ended = true
				continue
			}
			r.endSkip()
			return at, true
		}
	}
}

// settle ends what an author left open inside the element that push opened.
func (r *renderer) settle(depth int) {
	if r.skip.on && r.skip.nest >= r.nest {
		r.endSkip()
	}
	r.closeTo(depth + 1)
}

// pop closes what push opened, and all that an author left open inside.
func (r *renderer) pop(depth int) {
	r.settle(depth)
	r.closeTo(depth)
	r.nest--
	if r.skip.on && r.skip.ended && r.skip.nest == r.nest {
		r.endSkip()
	}
}

// endSkip takes back what was written since the refused element began.
func (r *renderer) endSkip() {
	if !r.skip.on {
		return
	}
	s, m := r.skip, r.skip.before
	r.skip = skipping{}
	r.out, r.text = append(r.out[:m.base], m.out...), r.text[:m.text]
	r.headings, r.anchors, r.links = r.headings[:m.headings], r.anchors[:m.anchors], r.links[:m.links]
	r.diags, r.drops = r.diags[:m.diags], r.drops[:m.drops]
	r.open, r.levels = m.open, m.levels
	r.authors, r.inLinks, r.tables, r.tags = m.authors, m.inLinks, m.tables, m.tags
	r.dropped("html-refused", s.name, s.at, len(s.name)+1)
	r.drops[len(r.drops)-1].reach(r.place.fileLine(s.last))
}

// findTag finds the next start or end tag of a name, in any case.
func findTag(s []byte, name string) (at int, end, ok bool) {
	for i := 0; ; i++ {
		j := bytes.IndexByte(s[i:], '<')
		if j < 0 {
			return 0, false, false
		}
		i += j
		from := i + 1
		end = from < len(s) && s[from] == '/'
		if end {
			from++
		}
		to := from + len(name)
		if to <= len(s) && strings.EqualFold(string(s[from:to]), name) &&
			(to == len(s) || space(s[to]) || s[to] == '/' || s[to] == '>') {
			return i, end, true
		}
	}
}
