package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"

	"belfry/generator/diag"
)

// blocks writes the children of a block.
func (r *renderer) blocks(parent ast.Node) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		r.block(n)
	}
}

func (r *renderer) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Paragraph:
		r.paragraph(n)
	case *ast.TextBlock:
		r.inlines(n)
		if n.NextSibling() != nil {
			r.endBlock()
		}
	case *ast.Heading:
		r.heading(n)
	case *ast.List:
		r.list(n)
	case *ast.Blockquote:
		r.quotation(n)
	case *ast.FencedCodeBlock:
		r.code(n, n.Language(r.src))
	case *ast.CodeBlock:
		r.code(n, nil)
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *ast.ThematicBreak:
		r.pop(r.push("", elements["hr"]))
		r.raw("<hr>")
		r.endBlock()
	case *east.Table:
		r.table(n)
	case *east.DefinitionList:
		r.definitions(n)
	case *east.FootnoteList:
		r.footnotes(n)
	case *ast.LinkReferenceDefinition:
	case *east.FootnoteBacklink:
		r.inline(n)
	default:
		panic("markdown: no code for a block of kind " + n.Kind().String())
	}
}

// frame writes the children of a block inside an element.
func (r *renderer) frame(n ast.Node, tag string, el *element) {
	if len(r.open) >= maxDepth {
		r.blocks(n)
		return
	}
	depth := r.push(tag, el)
	r.blocks(n)
	r.pop(depth)
	r.endBlock()
}

func (r *renderer) paragraph(n *ast.Paragraph) {
	if img := onlyImage(n); img != nil && r.imageParagraph(img) {
		return
	}
	if lines := n.Lines(); lines.Len() > 0 {
		first := lines.At(0)
		if v := first.Value(r.src); len(v) > 7 && (v[0] == 'i' || v[0] == 'e') {
			r.countImport(v, first.Start)
		}
	}
	depth := r.push("<p>", elements["p"])
	r.inlines(n)
	r.settle(depth)
	if e := r.open[depth]; !r.skip.on && len(r.out) == e.inside {
		r.out = r.out[:e.from] // nothing was left of it
		r.open = r.open[:depth]
	}
	r.pop(depth)
	r.endBlock()
}

func (r *renderer) list(n *ast.List) {
	if len(r.open) >= maxDepth {
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			r.blocks(item)
			r.endBlock()
		}
		return
	}
	tag, el := "<ul>\n", elements["ul"]
	if n.IsOrdered() {
		tag, el = "<ol>\n", elements["ol"]
		if n.Start != 1 {
			tag = `<ol start="` + strconv.Itoa(n.Start) + "\">\n"
		}
	}
	depth := r.push(tag, el)
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		inner := r.push(listItem(item), elements["li"])
		r.blocks(item)
		r.pop(inner)
		r.endBlock()
	}
	r.pop(depth)
	r.endBlock()
}

func listItem(item ast.Node) string {
	if first := item.FirstChild(); first != nil && first.FirstChild() != nil && first.FirstChild().Kind() == east.KindTaskCheckBox {
		return `<li class="tk">`
	}
	return "<li>"
}

// code writes a code block. It takes the keyboard's focus, because long lines
// scroll (WCAG 2.1.1).
func (r *renderer) code(n ast.Node, language []byte) {
	tag := `<pre tabindex="0"><code>`
	if len(language) > 0 {
		tag = `<pre tabindex="0"><code class="language-` + string(appendEscaped(nil, decode(nil, language))) + `">`
	}
	depth := r.push(tag, elements["pre"])
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		r.words(line.Value(r.src))
	}
	r.raw("</code>")
	r.pop(depth)
	r.endBlock()
}

// callouts are the kinds of call-out, by the word GitHub gave them.
var callouts = []string{"NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"}

// quotation writes a block quotation, or the call-out it stands for.
func (r *renderer) quotation(n *ast.Blockquote) {
	kind := isCallout(n, r.src)
	if kind == "" {
		r.frame(n, "<blockquote>\n", elements["blockquote"])
		return
	}
	p := n.FirstChild()
	line := p.Lines().At(0)
	label := ""
	switch kind {
	case "NOTE":
		label = r.labels.Note
	case "TIP":
		label = r.labels.Tip
	case "IMPORTANT":
		label = r.labels.Important
	case "WARNING":
		label = r.labels.Warning
	case "CAUTION":
		label = r.labels.Caution
	default:
		r.report("markdown/unknown-callout", line.Start, len(bytes.TrimSpace(line.Value(r.src))),
			"name", shorten(kind, 30), "guess", diag.Guess(kind, callouts))
		kind, label = "NOTE", r.labels.Note
	}
	for c := p.FirstChild(); c != nil; c = p.FirstChild() {
		p.RemoveChild(p, c)
		if t, ok := c.(*ast.Text); ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			break // the words of the call-out follow
		}
	}
	depth := r.push(`<div class="al al-`+strings.ToLower(kind)+`" role="note">`, elements["div"])
	r.raw(`<p class="al-t">`)
	r.out = appendEscaped(r.out, []byte(label))
	r.raw("</p>\n")
	if !p.HasChildren() {
		n.RemoveChild(n, p)
	}
	r.blocks(n)
	r.pop(depth)
	r.endBlock()
}

func (r *renderer) definitions(n *east.DefinitionList) {
	depth := r.push("<dl>\n", elements["dl"])
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.Kind() == east.KindDefinitionTerm {
			inner := r.push("<dt>", elements["dt"])
			r.inlines(c)
			r.pop(inner)
			r.endBlock()
			continue
		}
		r.frame(c, "<dd>", elements["dd"])
	}
	r.pop(depth)
	r.endBlock()
}

// footnoteID returns the id of a footnote, or of a reference to it.
func (r *renderer) footnoteID(kind string, index, reference int) string {
	id := kind + "-"
	if r.opt.Scope != "" {
		id += r.opt.Scope + "-"
	}
	id += strconv.Itoa(index)
	if reference > 0 {
		id += "-" + strconv.Itoa(reference+1)
	}
	return id
}

func (r *renderer) footnotes(n *east.FootnoteList) {
	depth := r.push(`<div class="fns" role="doc-endnotes" aria-label="`+string(appendEscaped(nil, []byte(r.labels.Footnotes)))+`">`, elements["div"])
	list := r.push("<ol>\n", elements["ol"])
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		id := r.footnoteID("fn", c.(*east.Footnote).Index, 0)
		r.anchors = append(r.anchors, id)
		r.frame(c, `<li id="`+string(appendEscaped(nil, []byte(id)))+`">`, elements["li"])
	}
	r.pop(list)
	r.pop(depth)
	r.endBlock()
}

// footnoteLink writes the number in the text, or the way back to it.
func (r *renderer) footnoteLink(index, reference int, back bool) {
	to, class, role := r.footnoteID("fn", index, 0), "fn", "doc-noteref"
	name, text := strings.ReplaceAll(r.labels.Footnote, "{n}", strconv.Itoa(index)), strconv.Itoa(index)
	if back {
		to, class, role = r.footnoteID("fnref", index, reference), "fnb", "doc-backlink"
		name, text = r.labels.Back, "↩\uFE0E"
	}
	attr := func(name, value string) {
		r.raw(` ` + name + `="`)
		r.out = appendEscaped(r.out, []byte(value))
		r.raw(`"`)
	}
	if r.inLinks > 0 {
		r.raw("<sup>" + text + "</sup>")
		return
	}
	if r.authors > 0 {
		r.fitPhrasing()
	}
	if back {
		r.raw(" <a")
	} else {
		r.raw("<sup><a")
		id := r.footnoteID("fnref", index, reference)
		attr("id", id)
		r.anchors = append(r.anchors, id)
	}
	attr("class", class)
	attr("href", "#"+to)
	attr("role", role)
	attr("aria-label", name)
	r.raw(">" + text + "</a>")
	if !back {
		r.raw("</sup>")
	}
}
