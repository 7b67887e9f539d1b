package form

// This file is the door of the parser: what it is given by the room that reads
// files.

import (
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
)

// Source is one file of a form.
type Source struct {
	File     string // slash-separated path below the portal's folder
	Body     string // what follows the front matter
	Line     int    // number of the body's first line in the file; 0 means 1
	Language string // BCP 47 tag of its texts
	Currency string // of the portal, where the form names none; "" means EUR
	Head     Head
	// List gives the text of a CSV file a question takes its choices from; ok is
	// false where there is none. Nil means there are no such files.
	List func(path string) (text string, ok bool)
	// Place says where a line of the body really stands, where the body was put
	// together from several files; nil where it is File's.
	Place func(line int) (file string, at int)
}

// Head is what the front matter says; values are texts as the room of the front
// matter has read them. A translation may give Title, Controller, Purpose and
// LegalBasis.
type Head struct {
	ID      string // of the document
	Form    Value
	Title   Value
	Version Value
	Send    []Value
	Fee     Value // "12.00 EUR", "free"
	Seal    Value // path of the public key

	Controller, Purpose, LegalBasis, Keep Value
}

// Value is a text of the front matter and its place.
type Value struct {
	Text string
	At   diag.Pos
}

// line is one source line.
type line struct {
	number int
	raw    string // without its end
	indent int    // columns of white space before the text; a tab goes to the next multiple of four
	text   string // without white space at either end
	col    int    // column of the first character of text, from 1
}

func (l line) blank() bool { return l.text == "" }

// lines cuts the body. Line ends may be those of any system.
func (s Source) lines() []line {
	first := max(s.Line, 1)
	body := strings.ReplaceAll(strings.ReplaceAll(s.Body, "\r\n", "\n"), "\r", "\n")
	var out []line
	for i, raw := range strings.Split(body, "\n") {
		l := line{number: first + i, raw: strings.TrimRight(raw, " \t")}
		rest := strings.TrimLeft(l.raw, " \t")
		lead := l.raw[:len(l.raw)-len(rest)]
		for _, c := range lead {
			if l.indent++; c == '\t' {
				l.indent = (l.indent + 3) / 4 * 4
			}
		}
		l.text, l.col = rest, utf8.RuneCountInString(lead)+1
		out = append(out, l)
	}
	return out
}

// reporter collects diagnostics about one file.
type reporter struct {
	file   string
	place  func(line int) (file string, at int)
	lines  map[int]string
	texts  map[diag.Pos]string // the same by where they really stand
	list   diag.List
	failed int // how many errors are among them
}

func newReporter(src Source, lines []line) *reporter {
	r := &reporter{file: src.File, place: src.Place, lines: map[int]string{}, texts: map[diag.Pos]string{}}
	for _, l := range lines {
		r.lines[l.number] = l.raw
		r.texts[r.pos(l.number, 0, "")] = l.raw
	}
	return r
}

// pos is the place of a text that begins at a column of a line.
func (r *reporter) pos(number, col int, text string) diag.Pos {
	file := r.file
	if r.place != nil {
		file, number = r.place(number)
	}
	return diag.Pos{File: file, Line: number, Col: col, Len: utf8.RuneCountInString(text)}
}

func (r *reporter) add(code string, at diag.Pos, args ...string) *diag.Diagnostic {
	if at.File == "" {
		at.File = r.file
	}
	d := diag.New(code, at, args...)
	d.Excerpt = r.texts[diag.Pos{File: at.File, Line: at.Line}]
	r.list = append(r.list, d)
	if d.Severity == diag.Error {
		r.failed++
	}
	return &r.list[len(r.list)-1]
}
