package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Section is the part of a body below one second-level heading.
type Section struct {
	Text string // the heading without markup
	ID   string // its own {#id}, else made from its words; unique among the sections
	Own  bool   // the id is written in the heading
	Line int    // line of the heading in the file
	Body Source // what follows it, up to the next such heading
}

// Title finds the title in a body: its first heading of level 1, else its first
// heading. Headings in code, quotations and lists do not count. line counts
// from 1 in text and is 0 when there is no heading. When the title is the very
// first block, rest is the text with its lines blanked, so that it is not shown
// twice and every other line keeps its number; else rest is text.
func Title(text []byte) (title string, line int, rest []byte) {
	body := clean(text)
	doc, _ := parseBlocks(body)
	var found *ast.Heading
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Lines().Len() > 0 && (found == nil || h.Level == 1) {
			found = h
			if h.Level == 1 {
				break
			}
		}
	}
	if found == nil {
		return "", 0, text
	}
	from, to := headingLines(found, body)
	title, line, rest = headingText(found, body), 1+bytes.Count(body[:from], []byte("\n")), text
	if doc.FirstChild() == ast.Node(found) {
		rest = bytes.Clone(body)
		for i := from; i < to; i++ {
			if rest[i] != '\n' {
				rest[i] = ' '
			}
		}
	}
	return title, line, rest
}

// Sections cuts a body at its second-level headings: "## " and underlined with
// "---", not those in code, quotations or lists. lead is what stands before the
// first. The parts keep their place in the file, and link definitions of the
// whole body hold in each of them; footnotes hold only in their own part.
func Sections(src Source) (lead Source, sections []Section) {
	body := clean(src.Text)
	headings, ok := plainHeadings(body)
	var refs []parser.Reference
	if !ok {
		headings, refs = parsedHeadings(body)
	}
	names := ids{wanted: map[string]bool{}}
	for _, h := range headings {
		names.wanted[h.id] = true
	}
	place := places{file: src.File, pieces: src.Pieces, text: body, line: max(src.Line, 1)}
	part := func(from, to int) Source {
		line := place.fileLine(from)
		return Source{
			File: src.File, Line: line, Text: body[from:to], Pieces: src.Pieces,
			origin: body, originLine: place.line, lines: place.lines, refs: refs,
		}
	}
	start := 0
	sections = make([]Section, 0, len(headings))
	for _, h := range headings {
		if len(sections) == 0 {
			lead = part(start, h.from)
		} else {
			sections[len(sections)-1].Body = part(start, h.from)
		}
		start = h.to
		s := Section{Text: h.text, ID: h.id, Line: place.fileLine(h.from)}
		s.Own = s.ID != "" && !names.used[s.ID]
		if !s.Own {
			s.ID = names.auto(s.Text, "")
		} else {
			names.take(s.ID)
		}
		sections = append(sections, s)
	}
	if len(sections) == 0 {
		return part(0, len(body)), nil
	}
	sections[len(sections)-1].Body = part(start, len(body))
	return lead, sections
}

// cutAt is a second-level heading at which a body is cut: the bytes of its
// lines, its words, and the id its author wrote.
type cutAt struct {
	from, to int
	text, id string
}

// parsedHeadings finds the headings as the parser sees them.
func parsedHeadings(body []byte) (out []cutAt, refs []parser.Reference) {
	doc, refs := parseBlocks(body)
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 {
			from, to := headingLines(h, body)
			out = append(out, cutAt{from, to, headingText(h, body), explicitID(h)})
		}
	}
	return out, refs
}

// plainHeadings finds the headings without parsing, which takes a tenth of a
// build otherwise. It is sure of a body in which every heading of level 2 is a
// plain line "## Words", and nothing could hide one or make another: no fence,
// no HTML, no definition, no underline. Of any other body it says false.
func plainHeadings(body []byte) (out []cutAt, ok bool) {
	if bytes.Contains(body, []byte("]:")) || bytes.Contains(body, []byte("```")) || bytes.Contains(body, []byte("~~~")) {
		return nil, false
	}
	for at := 0; at < len(body); {
		from := at
		at = lineEnd(body, at)
		line := body[from:at]
		if rest, found := bytes.CutPrefix(line, []byte("##")); found {
			if bytes.HasPrefix(rest, []byte("#")) {
				continue
			}
			words, plain := plainWords(rest)
			if !plain || rest[0] != ' ' {
				return nil, false
			}
			out = append(out, cutAt{from: from, to: at, text: words})
			continue
		}
		trimmed := bytes.TrimSpace(line)
		if len(trimmed) == 0 {
			continue
		}
		if trimmed[0] == '<' || trimmed[0] == ':' || trimmed[0] == '-' && len(bytes.TrimLeft(trimmed, "-")) == 0 || bytes.Contains(line, []byte("##")) {
			return nil, false
		}
	}
	return out, true
}

// plainWords returns the words of a heading that holds no sign with a meaning.
func plainWords(line []byte) (string, bool) {
	words := string(bytes.Trim(line, " \n"))
	doubled := false // a space
	var last rune
	for _, c := range words {
		if c == '-' && last == '-' || c != ' ' && c != ',' && c != '-' && c != '?' && c != '(' && c != ')' && !unicode.IsLetter(c) && !unicode.IsDigit(c) && !unicode.IsMark(c) {
			return "", false
		}
		doubled = doubled || c == ' ' && last == ' '
		last = c
	}
	if doubled {
		words = strings.Join(strings.Fields(words), " ")
	}
	return words, words != ""
}

func parseBlocks(body []byte) (ast.Node, []parser.Reference) {
	pc := parser.NewContext()
	doc := blockParser().Parse(text.NewReader(body), parser.WithContext(pc))
	return doc, pc.References()
}

// headingLines returns the bytes of the lines a heading takes, with the last
// line's end.
func headingLines(h *ast.Heading, body []byte) (from, to int) {
	pos := max(h.Pos(), 0)
	from = bytes.LastIndexByte(body[:pos], '\n') + 1
	to = lineEnd(body, pos)
	hashes := 0
	for pos+hashes < len(body) && body[pos+hashes] == '#' {
		hashes++
	}
	atx := hashes == h.Level && (pos+hashes == len(body) || space(body[pos+hashes]))
	if n := h.Lines().Len(); n > 0 && !atx {
		to = lineEnd(body, h.Lines().At(n-1).Start) // the last line of text
		to = lineEnd(body, to)                      // and the line under it
	}
	return from, to
}

// lineEnd returns the offset after the line that holds an offset.
func lineEnd(body []byte, at int) int {
	if at >= len(body) {
		return len(body)
	}
	if i := bytes.IndexByte(body[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(body)
}

// headingText returns the words of a heading whose inlines are not parsed yet.
func headingText(h *ast.Heading, body []byte) string {
	var lines []byte
	for i := range h.Lines().Len() {
		seg := h.Lines().At(i)
		lines = append(lines, seg.Value(body)...)
	}
	r := newRenderer(Source{Text: slices.Clip(lines), Line: 1}, Options{})
	r.quiet = true
	doc := r.parse(lineParser())
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		r.inlines(n)
	}
	return strings.Join(strings.Fields(r.result().Text), " ")
}
