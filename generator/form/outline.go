package form

// This file reads the outline of a body: steps, groups, paragraphs and nested
// list items. What the brackets of an item mean is read elsewhere.

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// section is a heading with what stands below it, up to the next heading.
type section struct {
	level int // 0 before the first heading, 2 a step, 3 a group
	head  line
	title string
	mark  *bracket // the heading's own bracket
	parts []piece
}

// piece is a run of text or one top-level item of a list.
type piece struct {
	text  []line
	item  *item
	chain int // number of the list the item belongs to
}

// item is one item of a list, with the items nested in it.
type item struct {
	first    line
	marker   int // column of indentation of its marker
	content  int // of its text
	own      []line
	children []*item
	last     int // number of its last line
	ordered  bool
}

var (
	headingLine = regexp.MustCompile(`^(#{1,6})(?:\s+(.*?))?(?:\s+#+)?$`)
	itemLine    = regexp.MustCompile(`^([-*+])(\s+)(.*)$`)
	numberLine  = regexp.MustCompile(`^(\d{1,9}[.)])(\s+)(.*)$`)
	fenceLine   = regexp.MustCompile("^(```+|~~~+)")
	ruleLine    = regexp.MustCompile(`^([-*_])(\s*[-*_]){2,}$`)
)

// outline cuts a body into sections.
func outline(lines []line, r *reporter) []*section {
	o := &outliner{r: r, sections: []*section{{}}}
	for _, l := range lines {
		o.line(l)
	}
	return o.sections
}

type outliner struct {
	r        *reporter
	sections []*section
	stack    []*item // the items that are open, outermost first
	chain    int
	afterGap bool   // the line before was blank
	fence    string // the fence that is open
	comment  bool
}

func (o *outliner) section() *section { return o.sections[len(o.sections)-1] }

func (o *outliner) line(l line) {
	gap := o.afterGap
	o.afterGap = l.blank()
	switch {
	case o.fence != "" || o.comment:
		if o.fence != "" && strings.HasPrefix(l.text, o.fence) {
			o.fence = ""
		}
		o.comment = o.comment && !strings.Contains(l.text, "-->")
		o.belong(l, gap)
	case l.blank():
		o.belong(l, gap)
	case fenceLine.MatchString(l.text):
		o.fence = fenceLine.FindString(l.text)
		o.belong(l, gap)
	case strings.HasPrefix(l.text, "<!--") && !strings.Contains(l.text, "-->"):
		o.comment = true
		o.belong(l, gap)
	case l.indent < 4 && len(o.stack) == 0 && ruleLine.MatchString(l.text):
		o.belong(l, gap)
	case l.indent < 4 && headingLine.MatchString(l.text) && l.indent < o.inner():
		o.heading(l)
	case itemLine.MatchString(l.text) || numberLine.MatchString(l.text):
		o.item(l, gap)
	default:
		o.belong(l, gap)
	}
}

// inner is the indentation below which a heading ends every open item.
func (o *outliner) inner() int {
	if len(o.stack) == 0 {
		return 4
	}
	return o.stack[0].content
}

func (o *outliner) heading(l line) {
	m := headingLine.FindStringSubmatch(l.text)
	level := len(m[1])
	if level == 1 || level > 3 {
		o.r.add("form/heading-level", o.r.pos(l.number, l.col, m[1]), "marks", m[1])
		level = min(max(level, 2), 3)
	}
	o.stack, o.chain = nil, o.chain+1
	s := &section{level: level, head: l, title: m[2]}
	col := l.col + len(m[1]) + leadingSpaces(l.text[len(m[1]):])
	b, found, open := findBracket(m[2], l.number, col)
	switch {
	case found:
		s.title, s.mark = b.before, &b
	case open:
		o.r.add("form/bracket-open", o.r.pos(l.number, max(b.col-1, 1), ""))
	}
	if s.title == "" {
		o.r.add("form/no-heading", o.r.pos(l.number, l.col, l.text))
	}
	o.sections = append(o.sections, s)
}

func leadingSpaces(s string) int {
	return utf8.RuneCountInString(s) - utf8.RuneCountInString(strings.TrimLeft(s, " \t"))
}

// item opens an item, below those it is indented into.
func (o *outliner) item(l line, gap bool) {
	pattern, ordered := itemLine, false
	if !pattern.MatchString(l.text) {
		pattern, ordered = numberLine, true
	}
	m := pattern.FindStringSubmatch(l.text)
	if len(o.stack) == 0 && l.indent >= 4 { // indented code
		o.belong(l, gap)
		return
	}
	for len(o.stack) > 0 && l.indent < o.stack[len(o.stack)-1].marker+2 {
		o.stack = o.stack[:len(o.stack)-1]
	}
	lead := utf8.RuneCountInString(m[1] + m[2])
	it := &item{first: l, marker: l.indent, content: l.indent + lead, last: l.number, ordered: ordered}
	it.own = []line{{number: l.number, raw: l.raw, indent: it.content, text: m[3], col: l.col + lead}}
	if len(o.stack) == 0 {
		s := o.section()
		if n := len(s.parts); n == 0 || s.parts[n-1].item == nil {
			o.chain++
		}
		s.parts = append(s.parts, piece{item: it, chain: o.chain})
	} else {
		parent := o.stack[len(o.stack)-1]
		if len(o.stack) >= 6 {
			o.r.add("form/too-deep", o.r.pos(l.number, l.col, m[1]))
			return
		}
		parent.children = append(parent.children, it)
		for _, open := range o.stack {
			open.last = l.number
		}
	}
	o.stack = append(o.stack, it)
}

// belong gives a line to the innermost open item it is indented into, or to the
// text of the section.
func (o *outliner) belong(l line, gap bool) {
	if l.blank() {
		if n := len(o.stack); n > 0 {
			o.stack[n-1].own = append(o.stack[n-1].own, l)
			return
		}
	} else {
		for len(o.stack) > 0 && l.indent < o.stack[len(o.stack)-1].marker+2 {
			if !gap && len(o.stack) > 0 { // a line that was not indented still belongs to its paragraph
				break
			}
			o.stack = o.stack[:len(o.stack)-1]
		}
		if n := len(o.stack); n > 0 {
			o.stack[n-1].own = append(o.stack[n-1].own, l)
			for _, open := range o.stack {
				open.last = l.number
			}
			return
		}
	}
	s := o.section()
	if n := len(s.parts); n > 0 && s.parts[n-1].item == nil {
		s.parts[n-1].text = append(s.parts[n-1].text, l)
	} else if !l.blank() {
		s.parts = append(s.parts, piece{text: []line{l}})
	}
}

// label looks for the line that ends with a bracket. Until then the lines are the
// label; what follows them is hint and error text.
func (it *item) label() (label string, mark *bracket, rest []line, open *bracket) {
	var words []string
	for i, l := range it.own {
		if l.blank() {
			break
		}
		b, found, unclosed := findBracket(l.text, l.number, l.col)
		if unclosed && open == nil {
			open = &b
		}
		if found {
			words = append(words, b.before)
			return strings.TrimSpace(strings.Join(words, " ")), &b, it.own[i+1:], nil
		}
		words = append(words, l.text)
	}
	return "", nil, nil, open
}

// notes parts what follows a label into the hint and the error text.
func notes(rest []line) (hint, problem string, problemAt line) {
	var hints []string
	for i, l := range rest {
		switch {
		case strings.HasPrefix(l.text, "! "):
			problem, problemAt = strings.TrimSpace(l.text[2:]), l
		case problem != "" && !l.blank() && i > 0 && problemAt.number == rest[i-1].number && l.indent > problemAt.indent:
			problem += " " + l.text
			problemAt = l
		default:
			hints = append(hints, l.text)
		}
	}
	return strings.TrimSpace(strings.Join(hints, "\n")), problem, problemAt
}
