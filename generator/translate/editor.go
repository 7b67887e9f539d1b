package translate

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// editor replaces ranges of a file's text and leaves every other byte as it is:
// byte order mark, line ends of each line, comments, layout.
type editor struct {
	raw   []byte
	start int   // of the text, behind a byte order mark
	lines []row // of the text, without their ends
	eol   string
	edits []edit
}

// row is one line: its text, and where it begins in the file.
type row struct {
	text string
	at   int
}

// edit replaces the bytes from..to of the file.
type edit struct {
	from, to int
	with     string // with "\n" for line ends
}

const bom = "\xEF\xBB\xBF"

func newEditor(raw []byte) *editor {
	e := &editor{raw: raw, eol: "\n"}
	if bytes.HasPrefix(raw, []byte(bom)) {
		e.start = len(bom)
	}
	for at := e.start; ; {
		i := bytes.IndexAny(raw[at:], "\r\n")
		if i < 0 {
			e.lines = append(e.lines, row{string(raw[at:]), at})
			return e
		}
		end := "\n"
		if raw[at+i] == '\r' {
			end = "\r"
			if at+i+1 < len(raw) && raw[at+i+1] == '\n' {
				end = "\r\n"
			}
		}
		if len(e.lines) == 0 {
			e.eol = end
		}
		e.lines = append(e.lines, row{string(raw[at : at+i]), at})
		at += i + len(end)
	}
}

// line returns a line by its number, from 1; "" where there is none.
func (e *editor) line(n int) string {
	if n < 1 || n > len(e.lines) {
		return ""
	}
	return e.lines[n-1].text
}

// offset is the place in the file of a byte of a line; a line behind the last is
// the end of the file.
func (e *editor) offset(line, col int) int {
	if line > len(e.lines) {
		return len(e.raw)
	}
	return e.lines[line-1].at + col
}

// column turns a column in characters, from 1, into bytes.
func column(line string, col int) int {
	at := 0
	for ; col > 1 && at < len(line); col-- {
		_, n := utf8.DecodeRuneInString(line[at:])
		at += n
	}
	return at
}

func (e *editor) replace(from, to int, with string) {
	e.edits = append(e.edits, edit{from, to, with})
}

// insertLines puts whole lines before a line.
func (e *editor) insertLines(line int, text string) {
	at := e.offset(line, 0)
	if line > len(e.lines) && len(e.raw) > e.start && !bytes.HasSuffix(e.raw, []byte(e.eol)) {
		text = "\n" + strings.TrimSuffix(text, "\n")
	}
	e.replace(at, at, text)
}

// bytes applies the edits; ok is false where two of them touch the same bytes.
func (e *editor) bytes() (out []byte, ok bool) {
	slices.SortStableFunc(e.edits, func(a, b edit) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	at := 0
	for _, d := range e.edits {
		if d.from < at || d.to < d.from {
			return nil, false
		}
		out = append(append(out, e.raw[at:d.from]...), strings.ReplaceAll(d.with, "\n", e.eol)...)
		at = d.to
	}
	return append(out, e.raw[at:]...), true
}
