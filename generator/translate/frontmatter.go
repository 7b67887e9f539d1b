package translate

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"belfry/generator/diag"
)

// head is the front matter of a file that is being edited.
type head struct {
	e     *editor
	open  int // line of the opening fence; 0 where there is no front matter
	close int // line of the closing one
	root  *yaml.Node
}

// newHead finds the front matter. ok is false where it cannot be edited: it is
// not closed, or it is no block of fields.
func newHead(e *editor) (h *head, ok bool) {
	h = &head{e: e}
	for n := 1; n <= len(e.lines); n++ {
		line := strings.TrimSpace(e.line(n))
		switch {
		case line == "":
			continue
		case h.open == 0 && line != "---":
			return h, line != "+++" && line != ";;;"
		case h.open == 0:
			h.open = n
			continue
		case line == "---":
			h.close = n
			return h, h.parse()
		}
	}
	return h, h.open == 0
}

func (h *head) parse() bool {
	var text strings.Builder
	for n := h.open + 1; n < h.close; n++ {
		text.WriteString(h.e.line(n) + "\n")
	}
	var doc yaml.Node
	if yaml.Unmarshal([]byte(text.String()), &doc) != nil {
		return false
	}
	if len(doc.Content) == 0 {
		return true
	}
	h.root = doc.Content[0]
	return h.root.Kind == yaml.MappingNode && h.root.Style&yaml.FlowStyle == 0
}

// entry finds a field at the top; -1 where it is not written.
func (h *head) entry(name string) int {
	if h.root == nil {
		return -1
	}
	for i := 0; i+1 < len(h.root.Content); i += 2 {
		if strings.EqualFold(visible(h.root.Content[i].Value), name) {
			return i
		}
	}
	return -1
}

// visible drops characters nobody sees, as reading the fields does.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
}

// rows are the lines of a field, from its key up to the line behind its value.
// Comments and blank lines before the next field belong to that one.
func (h *head) rows(entry int) (from, to int) {
	from, to = h.open+h.root.Content[entry].Line, h.close
	if entry+2 < len(h.root.Content) {
		to = h.open + h.root.Content[entry+2].Line
	}
	for to > from+1 {
		line := h.e.line(to - 1)
		if strings.TrimSpace(line) != "" && !strings.HasPrefix(line, "#") {
			break
		}
		to--
	}
	return from, to
}

// setLine writes "name: value" in the place of the field, or at the end of the
// front matter, which is made where there is none. An empty value takes the
// line away.
func (h *head) setLine(name, value string) {
	line := name + ": " + value + "\n"
	switch i := h.entry(name); {
	case h.open == 0:
		h.e.replace(h.e.start, h.e.start, "---\n"+line+"---\n")
	case i < 0:
		h.e.insertLines(h.close, line)
	default:
		from, to := h.rows(i)
		if v := h.root.Content[i+1]; to == from+1 && v.Kind == yaml.ScalarNode && v.Value != "" {
			if a, b, ok := h.span(v); ok { // a comment behind the value stays
				h.e.replace(a, b, value)
				return
			}
		}
		h.e.replace(h.e.offset(from, 0), h.e.offset(to, 0), line)
	}
}

// find returns the scalar that a value was read from, by its place.
func (h *head) find(at diag.Pos) *yaml.Node {
	if h.root == nil {
		return nil
	}
	return findScalar(h.root, at.Line-h.open, at.Col)
}

func findScalar(n *yaml.Node, line, col int) *yaml.Node {
	if n.Kind == yaml.ScalarNode {
		blank := len(n.Value) - len(strings.TrimLeft(n.Value, "\n"))
		isBlock := n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0
		if n.Line == line && n.Column == col || isBlock && col == 0 && n.Line+1+blank == line {
			return n
		}
		return nil
	}
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue // a key
		}
		if found := findScalar(c, line, col); found != nil {
			return found
		}
	}
	return nil
}

// span finds the bytes of a scalar in the file; ok is false for one with a tag
// or an anchor.
func (h *head) span(n *yaml.Node) (from, to int, ok bool) {
	line := h.open + n.Line
	text := h.e.line(line)
	col := column(text, n.Column)
	from = h.e.offset(line, col)
	rest := h.e.raw[from:h.e.offset(h.close, 0)]
	if len(rest) == 0 {
		return 0, 0, false
	}
	switch c := rest[0]; {
	case c == '!' || c == '&' || c == '*':
		return 0, 0, false
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		if c != '|' && c != '>' {
			return 0, 0, false
		}
		last := line
		for next := line + 1; next < h.close; next++ {
			l := h.e.line(next)
			if strings.TrimSpace(l) == "" {
				continue
			}
			if indent(l) <= h.parentIndent(n, line) {
				break
			}
			last = next
		}
		return from, h.e.offset(last, len(h.e.line(last))), true
	case n.Style&yaml.DoubleQuotedStyle != 0:
		return from, from + quoteEnd(rest, '"', '\\'), c == '"'
	case n.Style&yaml.SingleQuotedStyle != 0:
		return from, from + quoteEnd(rest, '\'', '\''), c == '\''
	}
	at := 0
	for _, w := range bytes.Fields([]byte(n.Value)) {
		skip := len(rest[at:]) - len(bytes.TrimLeft(rest[at:], " \t\r\n"))
		if !bytes.HasPrefix(rest[at+skip:], w) {
			return 0, 0, false
		}
		at += skip + len(w)
	}
	return from, from + at, at > 0
}

func indent(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// parentIndent is the indentation that lines of a block scalar must exceed: the
// one of the line it begins on, with the dashes of lists before it.
func (h *head) parentIndent(n *yaml.Node, line int) int {
	text := h.e.line(line)
	in := indent(text)
	for strings.HasPrefix(text[in:], "- ") && strings.Contains(text[in+2:column(text, n.Column)], ":") {
		in += 2 + indent(text[in+2:])
	}
	return in
}

// quoteEnd is the length of a quoted scalar. In single quotes, a quotation mark
// is escaped by another.
func quoteEnd(rest []byte, quote, escape byte) int {
	for i := 1; i < len(rest); i++ {
		switch {
		case rest[i] == escape && escape != quote:
			i++
		case rest[i] == quote && escape == quote && i+1 < len(rest) && rest[i+1] == quote:
			i++
		case rest[i] == quote:
			return i + 1
		}
	}
	return len(rest)
}

// set replaces the text of a scalar, in the style it is written in.
func (h *head) set(n *yaml.Node, text string) bool {
	from, to, ok := h.span(n)
	if !ok {
		return false
	}
	line := h.open + n.Line
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		in := h.contentIndent(n, line)
		header, _, _ := strings.Cut(h.e.line(line)[column(h.e.line(line), n.Column):], " #")
		header = "|" + strings.Trim(header, "|> \t0123456789")
		h.e.replace(from, to, header+"\n"+block(text, in))
	case n.Style&yaml.SingleQuotedStyle != 0 && !strings.ContainsFunc(text, unicode.IsControl):
		h.e.replace(from, to, "'"+strings.ReplaceAll(text, "'", "''")+"'")
	case n.Style&yaml.DoubleQuotedStyle != 0:
		h.e.replace(from, to, quote(text))
	default:
		h.e.replace(from, to, scalar(text, inFlow(h.root, n)))
	}
	return true
}

func (h *head) contentIndent(n *yaml.Node, line int) int {
	for next := line + 1; next < h.close; next++ {
		if l := h.e.line(next); strings.TrimSpace(l) != "" {
			if in := indent(l); in > h.parentIndent(n, line) {
				return in
			}
			break
		}
	}
	return h.parentIndent(n, line) + 2
}

// block writes the lines of a literal scalar.
func block(text string, in int) string {
	var out []string
	for _, l := range strings.Split(text, "\n") {
		if l != "" {
			l = strings.Repeat(" ", in) + l
		}
		out = append(out, l)
	}
	return strings.Join(out, "\n")
}

// scalar writes a text as YAML: plain where that reads back as the same text,
// else in quotation marks. flow says that it stands inside brackets.
func scalar(text string, flow bool) string {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) && !unicode.IsDigit(first) || strings.ContainsFunc(text, unicode.IsControl) {
		return quote(text)
	}
	var n yaml.Node
	in := "k: " + text
	if flow {
		in = "k: [" + text + "]"
	}
	if yaml.Unmarshal([]byte(in), &n) != nil || len(n.Content) != 1 || len(n.Content[0].Content) != 2 {
		return quote(text)
	}
	v := n.Content[0].Content[1]
	if flow && v.Kind == yaml.SequenceNode && len(v.Content) == 1 {
		v = v.Content[0]
	}
	if v.Kind != yaml.ScalarNode || v.Tag != "!!str" || v.Value != text {
		return quote(text)
	}
	return text
}

// inFlow reports whether a node stands inside brackets.
func inFlow(at, n *yaml.Node) bool {
	return slices.ContainsFunc(at.Content, func(c *yaml.Node) bool {
		return inFlow(c, n) || at.Style&yaml.FlowStyle != 0 && holds(c, n)
	})
}

func holds(at, n *yaml.Node) bool {
	return at == n || slices.ContainsFunc(at.Content, func(c *yaml.Node) bool { return holds(c, n) })
}

// quote writes a text as a YAML scalar in double quotation marks.
func quote(text string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range text {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xFEFF || unicode.IsControl(r):
			const hex = "0123456789ABCDEF"
			b.WriteString(`\u` + string([]byte{hex[r>>12&15], hex[r>>8&15], hex[r>>4&15], hex[r&15]}))
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
