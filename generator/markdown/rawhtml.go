package markdown

import (
	"bytes"
	"html"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// rawHTML is a stretch of an author's HTML. Its lines may stand apart in the
// source, as in a quotation, so offsets are mapped line by line.
type rawHTML struct {
	text  []byte
	parts []rawPart
}

type rawPart struct{ at, src int } // offset in text, offset in the body

func (h *rawHTML) add(src []byte, s text.Segment) {
	h.parts = append(h.parts, rawPart{len(h.text) + s.Padding, s.Start})
	h.text = append(h.text, s.Value(src)...)
}

// offset returns the place in the body of an offset in the text.
func (h *rawHTML) offset(at int) int {
	for i := len(h.parts) - 1; i >= 0; i-- {
		if p := h.parts[i]; at >= p.at {
			return p.src + at - p.at
		}
	}
	return h.parts[0].src
}

func (r *renderer) htmlBlock(n *ast.HTMLBlock) {
	var h rawHTML
	for i := range n.Lines().Len() {
		h.add(r.src, n.Lines().At(i))
	}
	if n.HasClosure() {
		h.add(r.src, n.ClosureLine)
	}
	if len(h.text) == 0 {
		return
	}
	if n.HTMLBlockType == ast.HTMLBlockType2 && !n.HasClosure() && !bytes.Contains(h.text, []byte("-->")) {
		r.report("markdown/comment-open", h.offset(0), 4)
		return
	}
	r.html(&h)
	if r.skip.on && !r.skip.closes {
		r.endSkip()
	}
	r.endBlock()
}

func (r *renderer) inlineHTML(n *ast.RawHTML) {
	var h rawHTML
	for i := range n.Segments.Len() {
		h.add(r.src, n.Segments.At(i))
	}
	if len(h.text) > 0 {
		r.html(&h)
	}
}

// html rebuilds a stretch of raw HTML from what the allow-list permits.
func (r *renderer) html(h *rawHTML) {
	tokens := tokens{src: h.text}
	for at := 0; at < len(h.text); {
		if r.skip.on {
			var done bool
			if at, done = r.skipOver(h, at); !done {
				return
			}
			continue
		}
		t := tokens.next(at)
		at = t.end
		switch t.kind {
		case textToken:
			r.htmlText(h, t)
		case commentToken:
			if !bytes.HasPrefix(h.text[t.start:], []byte("<!--")) {
				r.dropped("html-dropped", "!", h.offset(t.start), t.end-t.start)
			}
		case openToken:
			r.htmlOpen(h, t)
		case closeToken:
			r.closeTag(t.name)
		}
	}
}

func (r *renderer) htmlText(h *rawHTML, t token) {
	s := h.text[t.start:t.end]
	for i := range s {
		if s[i] == '{' {
			if n := templateTag(s[i:]); n > 0 {
				r.countTag(h.offset(t.start+i), n)
			}
		}
	}
	if bytes.IndexByte(s, '&') >= 0 {
		s = []byte(html.UnescapeString(string(s)))
	}
	if n := len(r.out); len(bytes.TrimSpace(s)) == 0 && (n == 0 || r.out[n-1] == '\n') {
		return
	}
	r.words(s)
}

func (r *renderer) htmlOpen(h *rawHTML, t token) {
	at := h.offset(t.start)
	if _, ok := refused[t.name]; ok {
		r.beginSkip(t.name, at)
		return
	}
	name := t.name
	if to, ok := renamed[name]; ok {
		name = to
	}
	el := elements[name]
	if el == nil {
		r.dropped("html-dropped", t.name, at, len(t.name)+1)
		if block[t.name] {
			r.plain(" ")
		}
		return
	}
	switch {
	case name == "img":
		r.htmlImage(h, t)
	case name == "a":
		r.htmlLink(h, t)
	case len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6':
		r.htmlHeading(h, t, int(name[1]-'0'))
	case name == "table":
		r.htmlTable(h, t)
	default:
		// Without their attribute these two have no meaning, and are not allowed.
		if name == "bdo" && !t.has("dir", direction.MatchString) {
			el = elements["bdi"]
		} else if name == "time" && !t.has("datetime", moment.MatchString) {
			el = elements["span"]
		}
		if el.fits != anywhere {
			r.plain(" ")
		}
		attrs := r.attributes(h, t, el)
		if !r.openTag(el, t.name, attrs) {
			r.dropped("html-dropped", t.name, at, len(t.name)+1)
		} else if name == "br" {
			r.plain("\n")
		}
	}
}

// block are elements not on the allow-list between whose words there is a break.
var block = map[string]bool{"frame": true, "fieldset": true, "legend": true, "video": true, "audio": true, "body": true, "html": true}

// htmlTable opens a table in the frame that lets it scroll.
func (r *renderer) htmlTable(h *rawHTML, t token) {
	attrs := r.attributes(h, t, elements["table"])
	if len(r.open) >= maxDepth || !r.fitFlow() {
		r.dropped("html-dropped", t.name, h.offset(t.start), len(t.name)+1)
		return
	}
	from := len(r.out)
	r.out = r.tableFrame(r.out, "")
	r.open = append(r.open, entry{el: elements["div"], author: true, wraps: true, from: from, inside: len(r.out)})
	r.authors++
	r.start(elements["table"], t.name, attrs)
}
