package markdown

import (
	"bytes"
	"slices"
	"strings"
)

// maxDepth bounds nesting. Browsers give up at 512 open elements; deeper lists
// and quotations keep their text and lose their frame.
const maxDepth = 150

// entry is one open element.
type entry struct {
	el      *element
	as      string // the name its author wrote, "" when it is implied
	author  bool   // written as raw HTML, or implied by it: others may close it
	silent  bool   // a place without tags of its own
	wraps   bool   // the frame around an author's table, closed with it
	from    int    // where its start tag begins in the output
	inside  int    // where its content begins
	seen    string // details, dl, table, figure, tr, ruby: the last child that counts
	heading *openHeading
}

// builder writes HTML that is balanced and follows the content model, whatever
// order tags come in. Markdown's own elements are pushed and popped in pairs;
// an author's tags open and close only between those, and what is missing
// around them (the row of a cell, the list of an item) is implied.
//
// As long as no author's element is open, everything is written straight out.
type builder struct {
	out     []byte // HTML
	text    []byte // plain text
	open    []entry
	nest    int          // how many elements of Markdown are open
	authors int          // how many open entries are an author's
	inLinks int          // how many open entries are links, which do not nest
	summary string       // for a <details> without summary
	closing func(*entry) // called before an author's element is closed
}

// raw writes markup of our own.
func (b *builder) raw(s string) { b.out = append(b.out, s...) }

// plain writes to the plain text only.
func (b *builder) plain(s string) { b.text = append(b.text, s...) }

// words writes text, escaped, to the page and plain to the search text.
func (b *builder) words(s []byte) {
	if b.authors > 0 {
		if len(bytes.TrimSpace(s)) == 0 {
			if b.top().holds == structure {
				return
			}
		} else {
			b.fitPhrasing()
		}
	}
	b.out = appendEscaped(b.out, s)
	b.text = append(b.text, s...)
}

// endBlock separates a block from the next, in both outputs.
func (b *builder) endBlock() {
	if n := len(b.out); n > 0 && b.out[n-1] != '\n' {
		b.out = append(b.out, '\n')
	}
	if n := len(b.text); n > 0 && b.text[n-1] != '\n' {
		b.text = append(b.text, '\n')
	}
}

func (b *builder) top() *element {
	if len(b.open) == 0 {
		return elements["div"]
	}
	return b.open[len(b.open)-1].el
}

// push opens an element of Markdown: tag is its whole start tag, written as is.
// It returns what pop needs to close it.
func (b *builder) push(tag string, el *element) int {
	if b.authors > 0 {
		if el.fits == inFlow {
			b.fitFlow()
		} else if el.fits == anywhere {
			b.fitPhrasing()
		}
	}
	b.nest++
	depth := len(b.open)
	from := len(b.out)
	b.out = append(b.out, tag...)
	b.open = append(b.open, entry{el: el, silent: tag == "", from: from, inside: len(b.out)})
	if el.name == "a" {
		b.inLinks++
	}
	return depth
}

// fitPhrasing makes the current place one where text may stand.
func (b *builder) fitPhrasing() {
	for {
		if len(b.open) == 0 {
			return
		}
		e := &b.open[len(b.open)-1]
		switch {
		case !e.author:
			return
		case e.el.name == "colgroup" || e.el.name == "figure" && e.seen == "shut":
			b.closeTo(len(b.open) - 1)
		case e.el.name == "details" && e.seen == "":
			b.implySummary()
		case e.as == "" && (e.el.name == "ul" || e.el.name == "dl"):
			b.closeTo(len(b.open) - 1) // a list nobody opened ends with its items
		case e.el.holds == structure:
			b.imply(e.el.child)
		default:
			return
		}
	}
}

// fitFlow makes the current place one where a block may stand, closing inline
// elements an author left open. It reports whether it is one: inside a
// paragraph of Markdown, for instance, it cannot become one.
func (b *builder) fitFlow() bool {
	cut := -1
scan:
	for i := len(b.open) - 1; i >= 0; i-- {
		switch e := &b.open[i]; e.el.holds {
		case flow, structure:
			break scan
		case phrasing:
			if !e.author {
				return false
			}
			cut = i
		case transparent:
			if !e.author {
				return false // a link of Markdown, which stands in text
			}
		}
	}
	if cut >= 0 {
		b.closeTo(cut)
	}
	b.fitPhrasing()
	return true
}

// inTitle reports whether a heading or summary of an author is open here, in
// which a paragraph is a matter of looks.
func (b *builder) inTitle() bool {
	for i := len(b.open) - 1; i >= 0 && b.open[i].author && b.open[i].el.holds == phrasing; i-- {
		if b.open[i].heading != nil || b.open[i].el.name == "summary" {
			return true
		}
	}
	return false
}

// openTag opens an element for the tag an author wrote as as, with attributes
// already escaped. It reports whether the element could stand here at all.
func (b *builder) openTag(el *element, as, attrs string) bool {
	if len(b.open) >= maxDepth {
		return false
	}
	switch el.fits {
	case anywhere:
		b.fitPhrasing()
	case inFlow:
		if (el.name == "p" || el.name == "div") && b.inTitle() || !b.fitFlow() {
			return false
		}
	case inParents:
		ok := false
		if el, ok = b.fitParent(el); !ok {
			return false
		}
	}
	if el.name == "a" && b.inLinks > 0 {
		return false
	}
	b.start(el, as, attrs)
	return true
}

// start writes a start tag and, unless the element is void, leaves it open.
func (b *builder) start(el *element, as, attrs string) {
	from := len(b.out)
	b.raw("<")
	b.raw(el.name)
	b.raw(attrs)
	b.raw(">")
	if el.holds == void {
		return
	}
	b.authors++
	if el.name == "a" {
		b.inLinks++
	}
	b.open = append(b.open, entry{el: el, as: as, author: true, from: from, inside: len(b.out)})
}

// imply opens an element nobody wrote. Its parent is on top.
func (b *builder) imply(name string) {
	el := elements[name]
	parent := &b.open[len(b.open)-1]
	if parent.el.name == "dl" && parent.seen == "" && name == "dd" {
		b.raw("<dt></dt>")
	}
	parent.seen = name
	b.start(el, "", "")
}

func (b *builder) implySummary() {
	e := &b.open[len(b.open)-1]
	e.seen = "summary"
	b.raw("<summary>")
	b.out = appendEscaped(b.out, []byte(b.summary))
	b.raw("</summary>")
}

// fitParent closes up to an element in which el may stand, or implies one. It
// returns the element to open in its place, which differs where its kind may
// not be repeated, and whether there is a place at all.
func (b *builder) fitParent(el *element) (*element, bool) {
	found := -1
	for i := len(b.open) - 1; i >= 0 && b.open[i].author; i-- {
		name := b.open[i].el.name
		if slices.Contains(el.parents, name) {
			found = i
			break
		}
		if slices.Contains(el.stops, name) {
			break
		}
	}
	if found < 0 {
		list := map[string]string{"li": "ul", "dt": "dl", "dd": "dl"}[el.name]
		if list == "" || !b.fitFlow() {
			return nil, false
		}
		b.start(elements[list], "", "")
		found = len(b.open) - 1
	}
	b.closeTo(found + 1)
	parent := &b.open[found]
	switch el.name {
	case "summary":
		if parent.seen != "" {
			return nil, false
		}
	case "figcaption":
		switch {
		case parent.seen != "":
			return nil, false
		case len(bytes.TrimSpace(b.out[parent.inside:])) == 0:
			parent.seen = "first"
		default:
			parent.seen = "shut"
		}
		return el, true
	case "dd":
		if parent.seen == "" {
			b.raw("<dt></dt>")
		}
	case "caption", "colgroup", "thead":
		// Each stands at its own point of a table; a second header is rows.
		order := []string{"", "caption", "colgroup", "thead", "tbody"}
		last := slices.Index(order, parent.seen)
		here := slices.Index(order, el.name)
		if last > here || last == here && el.name != "colgroup" {
			if el.name != "thead" {
				return nil, false
			}
			el = elements["tbody"]
		}
	case "col":
		if parent.el.name == "table" {
			if parent.seen == "thead" || parent.seen == "tbody" {
				return nil, false
			}
			b.imply("colgroup")
		}
		return el, true
	case "tr":
		if parent.el.name == "table" {
			b.imply("tbody")
		}
		b.open[len(b.open)-1].seen = "tr"
		return el, true
	case "td", "th":
		for b.top().name != "tr" {
			b.imply(b.top().child)
		}
		b.open[len(b.open)-1].seen = el.name
		return el, true
	}
	parent.seen = el.name
	return el, true
}

// closeTag closes the nearest element that an author opened under this name.
// Tags that close nothing are forgotten.
func (b *builder) closeTag(name string) {
	for i := len(b.open) - 1; i >= 0 && b.open[i].author; i-- {
		if e := b.open[i]; e.as == name || e.as == "" && e.el.name == name && !e.wraps {
			b.closeTo(i)
			return
		}
	}
}

// closeTo closes elements until n are open, mending what they lack.
func (b *builder) closeTo(n int) {
	for len(b.open) > n {
		e := &b.open[len(b.open)-1]
		if e.author {
			b.mend(e)
			b.authors--
			if b.closing != nil {
				b.closing(e)
			}
		}
		dropped := len(b.out) == e.from && e.from < e.inside
		if !e.silent && !dropped {
			b.raw("</")
			b.raw(e.el.name)
			b.raw(">")
		}
		if e.el.name == "a" {
			b.inLinks--
		}
		b.open = b.open[:len(b.open)-1]
		if e.author && e.el.name == "table" && len(b.open) > 0 && b.open[len(b.open)-1].wraps {
			n = min(n, len(b.open)-1)
		}
	}
}

// mend adds the children an element must have, and takes back an empty paragraph.
func (b *builder) mend(e *entry) {
	switch e.el.name {
	case "p":
		if len(bytes.TrimSpace(b.out[e.inside:])) == 0 && !strings.Contains(string(b.out[e.from:e.inside]), " id=") {
			b.out = b.out[:e.from]
		}
	case "tr":
		if e.seen == "" {
			b.raw("<td></td>")
		}
	case "details":
		if e.seen == "" {
			b.implySummary()
		}
	case "dl":
		if e.seen == "dt" {
			b.raw("<dd></dd>")
		}
	case "ruby":
		if e.seen == "" {
			b.raw("<rt></rt>")
		}
	}
}
