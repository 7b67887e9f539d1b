package audit

// This file reads a page into the flat list of elements that the rules look at.

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
	"golang.org/x/net/html"
)

// page is one finished page, taken apart.
type page struct {
	name     string
	data     []byte
	base     string
	packer   *packer
	elements []element // in the order of their start tags
	texts    []text
	ids      []string

	code   string // of the rule that is running
	found  []Finding
	times  map[string]int
	packed int // compressed size, once it is known
	cursor cursor
}

type element struct {
	tag    string
	attr   []html.Attribute
	parent int // index, -1 for none
	end    int // index after its last descendant
	at     int // byte of its start tag
	size   int // bytes of its start tag
}

// text is a run of characters; owner is the element it stands in.
type text struct {
	owner int
	after int // how many elements begin before it
	s     string
}

var void = map[string]bool{"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "source": true, "track": true, "wbr": true}

// closes names, for an element whose end tag may be left out, what a start tag
// ends it (HTML, 13.1.2.4 Optional tags).
var closes = map[string]string{"li": " li ", "dt": " dt dd ", "dd": " dt dd ", "tr": " tr td th ", "td": " td th ", "th": " td th ", "option": " option ",
	"p": " p ", "div": " p ", "ul": " p ", "ol": " p ", "dl": " p ", "table": " p ", "section": " p ", "h1": " p ", "h2": " p ", "h3": " p ", "form": " p ",
	"tbody": " thead tbody tr td th ", "tfoot": " tbody tr td th ", "body": " head "}

// parse reads a page. It never fails: what no browser would understand is
// skipped.
func parse(name string, data []byte) *page {
	p := &page{name: name, data: data, times: map[string]int{}}
	z := html.NewTokenizer(bytes.NewReader(data))
	var open []int
	at := 0
	pop := func(to int) {
		for len(open) > to {
			p.elements[open[len(open)-1]].end = len(p.elements)
			open = open[:len(open)-1]
		}
	}
	parent := func() int {
		if len(open) == 0 {
			return -1
		}
		return open[len(open)-1]
	}
	for {
		kind := z.Next()
		start := at
		at += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			pop(0)
			_ = z.Err() // io.EOF: the bytes are in memory
			return p
		case html.TextToken:
			if s := string(z.Text()); strings.TrimSpace(s) != "" {
				p.texts = append(p.texts, text{parent(), len(p.elements), s})
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			t := z.Token()
			for len(open) > 0 && strings.Contains(closes[t.Data], " "+p.elements[open[len(open)-1]].tag+" ") {
				pop(len(open) - 1)
			}
			p.elements = append(p.elements, element{tag: t.Data, attr: t.Attr, parent: parent(), at: start, size: at - start, end: len(p.elements) + 1})
			if id, ok := p.elements[len(p.elements)-1].get("id"); ok {
				p.ids = append(p.ids, id)
			}
			if !void[t.Data] && kind == html.StartTagToken {
				open = append(open, len(p.elements)-1)
			}
		case html.EndTagToken:
			tag, _ := z.TagName()
			for i := len(open) - 1; i >= 0; i-- {
				if p.elements[open[i]].tag == string(tag) {
					pop(i)
					break
				}
			}
		}
	}
}

func (e *element) get(name string) (string, bool) {
	for _, a := range e.attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

func (e *element) attrOf(name string) string {
	v, _ := e.get(name)
	return v
}

// each calls f with the index of every element of one of the tags.
func (p *page) each(tags string, f func(i int, e *element)) {
	for i := range p.elements {
		if among(tags, p.elements[i].tag) {
			f(i, &p.elements[i])
		}
	}
}

// among reports whether a tag is one of several, which spaces divide.
func among(tags, tag string) bool {
	for tags != "" {
		var one string
		if one, tags, _ = strings.Cut(tags, " "); one == tag {
			return true
		}
	}
	return false
}

// inside reports whether an element has an ancestor of one of the tags.
func (p *page) inside(i int, tags string) bool {
	for at := p.elements[i].parent; at >= 0; at = p.elements[at].parent {
		if among(tags, p.elements[at].tag) {
			return true
		}
	}
	return false
}

// hidden reports whether an element is taken from readers on purpose.
func (p *page) hidden(i int) bool {
	for at := i; at >= 0; at = p.elements[at].parent {
		e := &p.elements[at]
		if _, ok := e.get("hidden"); ok || e.attrOf("aria-hidden") == "true" || e.tag == "template" || e.tag == "noscript" {
			return true
		}
	}
	return false
}

// words is the text of an element as it is read out, white space evened.
func (p *page) words(i int) string {
	var b strings.Builder
	e := p.elements[i]
	next := i + 1
	images := func(before int) {
		for ; next < before && next < e.end; next++ {
			c := &p.elements[next]
			if c.tag == "img" {
				b.WriteString(" " + c.attrOf("alt") + " ")
			}
			if l := c.attrOf("aria-label"); l != "" {
				b.WriteString(" " + l + " ")
			}
		}
	}
	for _, t := range p.texts {
		if t.after <= i {
			continue
		}
		if t.after > e.end || !p.below(t.owner, i) {
			if t.after > e.end {
				break
			}
			continue
		}
		images(t.after)
		switch p.elements[t.owner].tag {
		case "script", "style":
			continue
		case "title":
			if e.tag != "title" && !p.inside(t.owner, "svg") {
				continue
			}
		}
		if e.attrOf("aria-hidden") != "true" && p.silent(t.owner, i) {
			continue
		}
		b.WriteString(t.s)
	}
	images(e.end)
	return strings.Join(strings.Fields(b.String()), " ")
}

func (p *page) below(i, top int) bool {
	for ; i >= 0; i = p.elements[i].parent {
		if i == top {
			return true
		}
	}
	return false
}

// silent reports whether something between an element and its ancestor is
// hidden from those who listen.
func (p *page) silent(i, top int) bool {
	for ; i > top; i = p.elements[i].parent {
		if p.elements[i].attrOf("aria-hidden") == "true" {
			return true
		}
	}
	return false
}

// name is what assistive technology calls an element: aria-label, the texts
// aria-labelledby names, its own words, its title.
func (p *page) named(i int) string {
	e := &p.elements[i]
	if l := strings.TrimSpace(e.attrOf("aria-label")); l != "" {
		return l
	}
	if ids := strings.Fields(e.attrOf("aria-labelledby")); len(ids) > 0 {
		var parts []string
		for _, id := range ids {
			if at := p.byID(id); at >= 0 {
				parts = append(parts, p.words(at))
			}
		}
		if s := strings.Join(parts, " "); s != "" {
			return s
		}
	}
	if w := p.words(i); w != "" {
		return w
	}
	return strings.TrimSpace(e.attrOf("title"))
}

func (p *page) byID(id string) int {
	for i := range p.elements {
		if v, ok := p.elements[i].get("id"); ok && v == id {
			return i
		}
	}
	return -1
}

// langOf is the language an element is in.
func (p *page) langOf(i int) string {
	for ; i >= 0; i = p.elements[i].parent {
		if l := p.elements[i].attrOf("lang"); l != "" {
			return l
		}
	}
	return ""
}

// at is the place of a byte of the page. Bytes are mostly asked for in order,
// so it goes on from the one before.
func (p *page) at(offset int) diag.Pos {
	c := &p.cursor
	if offset < c.offset || c.line == 0 {
		*c = cursor{line: 1, col: 1}
	}
	part := p.data[c.offset:offset]
	if n := bytes.Count(part, []byte("\n")); n > 0 {
		c.line, c.col, part = c.line+n, 1, part[bytes.LastIndexByte(part, '\n')+1:]
	}
	c.col += utf8.RuneCount(part)
	c.offset = offset
	return diag.Pos{File: p.name, Line: c.line, Col: c.col}
}

type cursor struct{ offset, line, col int }

// generic is how short a start tag is that stands in many places.
const generic = 12

// tell reports what the running rule found in an element. Needles are texts of
// the source it may have come from; empty ones do not count. The first is the
// start tag itself, as a theme or raw HTML has it.
func (p *page) tell(e *element, needles []string, args ...string) {
	at := diag.Pos{File: p.name, Line: 1}
	if e != nil {
		at = p.at(e.at)
		if e.size > generic {
			needles = append([]string{string(p.data[e.at : e.at+e.size])}, needles...)
		}
	}
	f := Finding{Diagnostic: diag.New(p.code, at, args...)}
	for _, n := range needles {
		if strings.TrimSpace(n) != "" {
			f.Needles = append(f.Needles, n)
		}
	}
	if len(f.Needles) > 0 {
		key := p.code + "\x00" + f.Needles[0]
		f.Times = p.times[key]
		p.times[key]++
	}
	p.found = append(p.found, f)
}
