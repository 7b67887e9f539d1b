package locale

// This file applies a change of script to texts and to Markdown and leaves
// alone what is no text: addresses, code, markup, names for the computer.

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// untouchable are parts of running text: web addresses, mail addresses and
// host names, character references, HTML tags, attributes in braces as after
// headings, and placeholders.
var untouchable = regexp.MustCompile(`(?i)` +
	`\b[a-z][a-z0-9+.-]{1,15}:[^\s<>()\[\]]*[^\s<>()\[\].,;:!?'"“”„«»*_]` + // https://x, mailto:x, service:x
	`|\bwww\.[^\s<>()\[\]]*[a-z0-9/]` +
	`|[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+` +
	`|\b(?:[a-z0-9-]+\.)+(?:rs|me|ba|hr|mk|bg|ro|eu|com|org|net|info|gov|example)\b(?:/[^\s<>()\[\]]*[a-z0-9/])?` +
	`|&(?:[a-z][a-z0-9]*|#[0-9]+|#x[0-9a-f]+);` +
	`|</?[a-z][^<>]*>|<!--.*?-->` +
	`|\{[^{}\n]*\}`)

// TransliterateText applies f, [Latin] or [Cyrillic], to a plain text such as a
// title and leaves addresses, mail addresses, character references, tags and
// {placeholders} in it alone.
func TransliterateText(s string, f func(string) string) string {
	var b strings.Builder
	from := 0
	for _, m := range untouchable.FindAllStringIndex(s, -1) {
		b.WriteString(f(s[from:m[0]]))
		b.WriteString(s[m[0]:m[1]])
		from = m[1]
	}
	b.WriteString(f(s[from:]))
	return b.String()
}

// spec is a bracket at the end of a line, for the computer: "[egn: id-number]".
var spec = regexp.MustCompile(`(?m)\[[a-z][a-z0-9_]{0,39}(?:[:,][^\[\]\n]*)?\][ \t\r]*$`)

// TransliterateMarkdown applies f to the running text of a Markdown document
// without front matter. Code, destinations of links, tags of raw HTML,
// addresses, {attributes} and the brackets at the ends of lines that describe a
// form's questions keep their bytes. A link that finds its destination by its
// own text keeps finding it: "[Текст]" becomes "[Tekst][Текст]".
func TransliterateMarkdown(md []byte, f func(string) string) []byte {
	c := &converter{md: md, f: f}
	for _, m := range spec.FindAllIndex(md, -1) {
		c.keep = append(c.keep, [2]int{m[0], m[1]})
	}
	doc := goldmark.DefaultParser().Parse(text.NewReader(md))
	// The walker never fails, as the visitor never does.
	_ = ast.Walk(doc, c.visit)
	return c.apply()
}

// converter collects changes to the source, to be made in order.
type converter struct {
	md   []byte
	f    func(string) string
	keep [][2]int // stretches no change may touch
	todo []change

	// the line last looked at and what is untouchable in it: a line may hold
	// thousands of nodes
	from, to int
	found    [][]int
}

type change struct {
	from, to int
	with     string
}

func (c *converter) visit(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.CodeSpan, *ast.CodeBlock, *ast.FencedCodeBlock, *ast.AutoLink, *ast.RawHTML:
		return ast.WalkSkipChildren, nil
	case *ast.HTMLBlock:
		for i := range n.Lines().Len() {
			c.segment(n.Lines().At(i), c.keep)
		}
		return ast.WalkSkipChildren, nil
	case *ast.Text:
		if link, ok := n.Parent().(*ast.Link); ok && link.Reference != nil {
			c.segment(n.Segment, nil) // it has a destination, so it is no bracket of a form
		} else {
			c.segment(n.Segment, c.keep)
		}
	case *ast.Link:
		c.reference(n, n.Reference)
	case *ast.Image:
		c.reference(n, n.Reference)
	}
	return ast.WalkContinue, nil
}

func (c *converter) segment(s text.Segment, keep [][2]int) {
	if s.Start >= s.Stop || s.Stop > len(c.md) {
		return
	}
	from := s.Start
	first, _ := slices.BinarySearchFunc(keep, from, func(k [2]int, at int) int { return cmp.Compare(k[1], at) })
	for _, k := range keep[first:] {
		if k[0] >= s.Stop {
			break
		}
		c.change(from, max(from, k[0]))
		from = min(max(from, k[1]), s.Stop)
	}
	c.change(from, s.Stop)
}

// change transliterates one stretch. Text nodes end at every sign that might
// have been markup, so addresses are looked for in the whole line.
func (c *converter) change(from, to int) {
	if from >= to {
		return
	}
	if c.found == nil || from < c.from || to > c.to {
		c.from = bytes.LastIndexByte(c.md[:from], '\n') + 1
		c.to = len(c.md)
		if i := bytes.IndexByte(c.md[to-1:], '\n'); i >= 0 {
			c.to = max(to, to-1+i)
		}
		c.found = untouchable.FindAllIndex(c.md[c.from:c.to], -1)
		if c.found == nil {
			c.found = [][]int{}
		}
	}
	first, _ := slices.BinarySearchFunc(c.found, from-c.from, func(m []int, at int) int { return cmp.Compare(m[1], at) })
	for _, m := range c.found[first:] {
		a, b := c.from+m[0], c.from+m[1]
		if a >= to {
			break
		}
		c.add(from, max(from, a))
		from = min(max(from, b), to)
	}
	c.add(from, to)
}

func (c *converter) add(from, to int) {
	if from < to {
		c.todo = append(c.todo, change{from, to, c.f(string(c.md[from:to]))})
	}
}

// reference keeps the label of a link that is its own label.
func (c *converter) reference(n ast.Node, ref *ast.ReferenceLink) {
	if ref == nil || ref.Type == ast.ReferenceLinkFull {
		return
	}
	last := -1
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if t, ok := n.(*ast.Text); ok && entering {
			last = max(last, t.Segment.Stop)
		}
		return ast.WalkContinue, nil
	})
	if last < 0 || last > len(c.md) {
		return
	}
	closing := bytes.IndexByte(c.md[last:], ']')
	label := string(ref.Value)
	if closing < 0 || label == "" || c.f(label) == label {
		return
	}
	at := last + closing + 1
	end := at
	if ref.Type == ast.ReferenceLinkCollapsed && bytes.HasPrefix(c.md[at:], []byte("[]")) {
		end += 2
	}
	c.todo = append(c.todo, change{at, end, "[" + label + "]"})
}

func (c *converter) apply() []byte {
	slices.SortStableFunc(c.todo, func(a, b change) int { return cmp.Compare(a.from, b.from) })
	var out bytes.Buffer
	at := 0
	for _, ch := range c.todo {
		if ch.from < at { // one stretch, two nodes: the first has it
			continue
		}
		out.Write(c.md[at:ch.from])
		out.WriteString(ch.with)
		at = ch.to
	}
	out.Write(c.md[at:])
	return out.Bytes()
}
