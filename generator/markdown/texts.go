package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// TextKind says how the lines of a [Text] are to be read.
type TextKind uint8

// The kinds of texts.
const (
	Words     TextKind = iota // a paragraph, heading, item or cell: lines flow
	Code                      // a code block: lines count
	RawHTML                   // a block of HTML
	Reference                 // a link definition, [name]: address
)

// Text is one block of a Markdown text with words for readers: what a
// translator translates as one.
type Text struct {
	Kind  TextKind
	Mark  string // what the block is, in one spelling: "## ", "- ", "  1. ", "> ", "| "
	Words string // without the marks; flowing lines are joined, "\n" is a line break that is meant
	Lines []Span // where its lines stand, marks and line ends left out
	Top   int    // number of the outermost block that holds it
}

// Span is a range of bytes.
type Span struct{ From, To int }

// Texts lists the blocks of a Markdown text in order, and where each outermost
// block begins. Comments and blocks without words are no texts. Line ends must
// be "\n".
func Texts(text []byte) (list []Text, tops []int) {
	if line := strings.TrimRight(string(text), " \t\n"); oneLine.MatchString(line) { // most fields are
		words := strings.Join(strings.FieldsFunc(line, blank), " ")
		return []Text{{Words: words, Lines: []Span{{0, len(line)}}}}, []int{0}
	}
	body := bytes.ReplaceAll(text, []byte{0}, []byte(" ")) // offsets stay
	doc, _ := parseBlocks(body)
	w := texter{body: body}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		at := max(first(n), 0)
		w.tops = append(w.tops, bytes.LastIndexByte(body[:at], '\n')+1)
		w.block(n, "", "")
	}
	return inOrder(w.list), w.tops
}

// inOrder leaves out texts that begin before another has ended. The parser makes
// such of lines that it takes for a table and a heading at once.
func inOrder(list []Text) []Text {
	at := 0
	out := list[:0]
	for _, t := range list {
		if t.Lines[0].From < at {
			continue
		}
		sorted := true
		for _, l := range t.Lines {
			sorted = sorted && l.From >= at
			at = max(at, l.To)
		}
		if sorted {
			out = append(out, t)
		}
	}
	return out
}

// oneLine is a text of one line that can only be a paragraph: it begins with a
// letter or with emphasis.
var oneLine = regexp.MustCompile(`^(\*\*)?\pL[^\n|]*$`)

// first is where a block begins.
func first(n ast.Node) int {
	if n.Pos() >= 0 {
		return n.Pos()
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	if c := n.FirstChild(); c != nil && c.Type() == ast.TypeBlock {
		return first(c)
	}
	return -1
}

type texter struct {
	body []byte
	list []Text
	tops []int
}

// block adds the texts of a block: mark stands before its first, rest before
// the others.
func (w *texter) block(n ast.Node, mark, rest string) {
	switch n := n.(type) {
	case *ast.Heading:
		w.words(n, mark+strings.Repeat("#", n.Level)+" ")
	case *ast.Paragraph, *ast.TextBlock, *east.DefinitionTerm:
		w.words(n, mark)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		w.lines(n, Code, mark+"```\n")
	case *ast.HTMLBlock:
		w.lines(n, RawHTML, mark)
	case *ast.LinkReferenceDefinition:
		w.lines(n, Reference, mark)
	case *ast.List:
		marker := "- "
		if n.IsOrdered() {
			marker = "1. "
		}
		for item := n.FirstChild(); item != nil; item = item.NextSibling() {
			w.blocks(item, mark+marker, rest+"  ")
			mark = rest
		}
	case *ast.Blockquote:
		w.blocks(n, mark+"> ", rest+"> ")
	case *east.Table:
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				w.words(cell, mark+"| ")
			}
		}
	case *east.DefinitionDescription:
		w.blocks(n, mark+": ", rest+"  ")
	case *east.Footnote:
		w.blocks(n, mark+"[^"+string(n.Ref)+"]: ", rest+"  ")
	default:
		w.blocks(n, mark, rest)
	}
}

func (w *texter) blocks(parent ast.Node, mark, rest string) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		if n.Type() == ast.TypeBlock {
			w.block(n, mark, rest)
			mark = rest
		}
	}
}

// callout is the line that makes a call-out of a quotation.
var callout = regexp.MustCompile(`^\[![A-Za-z]+\]\s*$`)

// words adds a block whose lines flow.
func (w *texter) words(n ast.Node, mark string) {
	t := Text{Mark: mark, Top: len(w.tops) - 1}
	var b strings.Builder
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := w.body[seg.Start:seg.Stop]
		from := seg.Start + len(line) - len(bytes.TrimLeft(line, " \t\n"))
		to := max(from, seg.Start+len(bytes.TrimRight(line, " \t\n")))
		if i == 0 && callout.Match(w.body[from:to]) && n.Parent() != nil && n.Parent().Kind() == ast.KindBlockquote {
			t.Mark += string(w.body[from:to]) + " "
			continue
		}
		if from == to {
			continue
		}
		if last := len(t.Lines) - 1; last >= 0 {
			end := t.Lines[last].To
			switch {
			case w.body[end-1] == '\\':
				s := strings.TrimSuffix(b.String(), "\\")
				b.Reset()
				b.WriteString(s + "\n")
			case bytes.HasPrefix(w.body[end:], []byte("  ")):
				b.WriteByte('\n')
			default:
				b.WriteByte(' ')
			}
		}
		t.Lines = append(t.Lines, Span{from, to})
		b.WriteString(strings.Join(strings.FieldsFunc(string(w.body[from:to]), blank), " "))
	}
	if len(t.Lines) > 0 {
		t.Words = b.String()
		w.list = append(w.list, t)
	}
}

// blank is white space that only spaces words: a no-break space does more.
func blank(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }

// lines adds a block whose lines count.
func (w *texter) lines(n ast.Node, kind TextKind, mark string) {
	t := Text{Kind: kind, Mark: mark, Top: len(w.tops) - 1}
	var all []string
	add := func(start, stop int) {
		line := strings.TrimRight(string(w.body[start:stop]), " \t\n")
		t.Lines = append(t.Lines, Span{start, start + len(line)})
		all = append(all, line)
	}
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		add(seg.Start, seg.Stop)
	}
	if h, ok := n.(*ast.HTMLBlock); ok && h.HasClosure() {
		add(h.ClosureLine.Start, h.ClosureLine.Stop)
	}
	t.Words = strings.Join(all, "\n")
	plain := t.Words
	if kind == RawHTML {
		plain = comment.ReplaceAllString(plain, "")
	}
	if strings.TrimSpace(plain) != "" {
		w.list = append(w.list, t)
	}
}

// comment is a comment of HTML, which no reader sees.
var comment = regexp.MustCompile(`(?s)<!--.*?(-->|$)`)
