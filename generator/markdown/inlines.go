package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// inlines writes the inline children of a node.
func (r *renderer) inlines(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.inline(n)
	}
}

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.textNode(n)
	case *ast.String:
		r.words([]byte(r.stringValue(n)))
	case *templateNode:
		r.countTag(n.at, len(n.value))
		r.words(n.value)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.span(n, "<strong>", elements["strong"])
		} else {
			r.span(n, "<em>", elements["em"])
		}
	case *east.Strikethrough:
		r.span(n, "<del>", elements["del"])
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Link:
		r.link(n)
	case *ast.AutoLink:
		r.autolink(n)
	case *ast.Image:
		p := r.markdownPicture(n)
		t, ok := r.resolve(p.dest, p.at)
		if r.quiet {
			r.words([]byte(p.alt))
			return
		}
		r.image(p, t, ok)
	case *ast.RawHTML:
		r.inlineHTML(n)
	case *east.TaskCheckBox:
		r.task(n.IsChecked)
	case *east.FootnoteLink:
		r.footnoteLink(n.Index, n.RefIndex, false)
	case *east.FootnoteBacklink:
		r.footnoteLink(n.Index, n.RefIndex, true)
	default:
		panic("markdown: no code for an inline of kind " + n.Kind().String())
	}
}

// span writes the children of an inline inside an element.
func (r *renderer) span(n ast.Node, tag string, el *element) {
	if len(r.open) >= maxDepth {
		r.inlines(n)
		return
	}
	depth := r.push(tag, el)
	r.inlines(n)
	r.pop(depth)
}

func (r *renderer) textNode(n *ast.Text) {
	s := n.Segment.Value(r.src)
	switch {
	case n.IsRaw():
		r.words(s)
	case bytes.IndexByte(s, '\\') >= 0 || bytes.IndexByte(s, '&') >= 0:
		r.scratch = decode(r.scratch[:0], s)
		r.words(r.scratch)
	default:
		r.words(s)
	}
	switch {
	case n.HardLineBreak():
		if r.authors > 0 {
			r.fitPhrasing()
		}
		r.raw("<br>\n")
		r.plain("\n")
	case n.SoftLineBreak():
		r.raw("\n")
		r.plain(" ")
	}
}

// stringValue returns the text of a node that stands for a typographic mark.
func (r *renderer) stringValue(n *ast.String) string {
	if len(n.Value) == 1 && n.Value[0] >= 1 && n.Value[0] <= 8 {
		return r.mark(n.Value[0])
	}
	return string(n.Value)
}

func (r *renderer) codeSpan(n *ast.CodeSpan) {
	depth := r.push("<code>", elements["code"])
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t, ok := c.(*ast.Text)
		if !ok {
			continue
		}
		s := t.Segment.Value(r.src)
		if end := len(s) - 1; end >= 0 && s[end] == '\n' {
			r.words(s[:end])
			r.words([]byte(" "))
		} else {
			r.words(s)
		}
	}
	r.pop(depth)
}

// task writes the mark of a task list's item: a sign to see, a word to hear. It
// is no form control, because nothing could be done with one.
func (r *renderer) task(done bool) {
	sign, word := "☐", r.labels.Undone
	if done {
		sign, word = "☑", r.labels.Done
	}
	r.raw(`<span class="tk-s" aria-hidden="true">` + sign + `</span><span class="vh">`)
	r.out = appendEscaped(r.out, []byte(word))
	r.raw(`:</span> `)
}

// spotOf returns the place of a destination in the body; for one that cannot
// be found, the place of the node.
func (r *renderer) spotOf(n ast.Node, dest []byte) spot {
	if off, ok := r.place.offset(dest); ok {
		return spot{off, len(dest)}
	}
	// [text]() has no destination to point at: the brackets are meant.
	at := max(n.Pos(), 0)
	if i := bytes.Index(r.src[min(at, len(r.src)):], []byte("](")); i >= 0 && len(dest) == 0 {
		return spot{at + i + 1, 2}
	}
	return spot{at, 1}
}

func (r *renderer) link(n *ast.Link) {
	s := r.spotOf(n, n.Destination)
	t, ok := r.resolve(markdownDestination(n.Destination), s)
	if !ok || r.quiet || r.inLinks > 0 {
		r.inlines(n)
		return
	}
	title := ""
	if len(n.Title) > 0 {
		title = string(decode(nil, n.Title))
	}
	depth := r.push(r.startLink(t, title, s), elements["a"])
	from, images := len(r.text), len(r.out)
	r.inlines(n)
	if len(bytes.TrimSpace(r.text[min(from, len(r.text)):])) == 0 && !r.skip.on {
		// A link needs a name (WCAG 2.4.4): the title of where it leads, or its address.
		if t.Title == "" || bytes.Contains(r.out[images:], []byte("<img ")) {
			r.report("link/no-text", max(n.Pos(), 0), 1, "target", shorten(string(n.Destination), 60))
		}
		name := t.Title
		if name == "" {
			name = t.Href
		}
		r.words([]byte(name))
	}
	r.afterLink(t)
	r.pop(depth)
}

func (r *renderer) autolink(n *ast.AutoLink) {
	label := n.Label(r.src)
	off, found := r.place.offset(label)
	s := spot{max(n.Pos(), 0), len(label)}
	if found {
		s.at = off
	}
	dest := autolinkDestination(n.URL(r.src))
	t := unaided(dest)
	ok := true
	switch {
	case r.quiet || r.inLinks > 0:
		ok = false
	case n.AutoLinkType == ast.AutoLinkEmail:
		t = Target{Href: escapeURL("mailto:" + dest), Kind: Mail}
	case found && off > 0 && r.src[off-1] == '<':
		t, ok = r.resolve(dest, s)
	default:
		t, ok = Target{Href: escapeURL(dest), Kind: External}, allowed(scheme(dest))
	}
	if !ok {
		r.words(label)
		return
	}
	depth := r.push(r.startLink(t, "", s), elements["a"])
	r.words(label)
	r.afterLink(t)
	r.pop(depth)
}
