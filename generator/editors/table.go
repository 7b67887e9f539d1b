package editors

// This file reads a table as spreadsheets save it: separated by commas,
// semicolons or tabs, in whatever encoding, every cell with its place.

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	xunicode "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/unicode/norm"
)

// Table is a spreadsheet: its first row names the columns.
type Table struct {
	Encoding string // as read: UTF-8, UTF-16LE, windows-1251 ...
	Comma    rune
	Head     []Cell
	Rows     [][]Cell // without those that are empty
	Lines    []string // of the text, for excerpts
}

// Cell is one cell and where it begins in the file: line and character, from 1.
type Cell struct {
	Text      string
	Line, Col int
}

// TableError says where a table cannot be read.
type TableError struct {
	Line, Col int
	Reason    string
}

// Error says the same for developers.
func (e *TableError) Error() string { return fmt.Sprintf("%d:%d: %s", e.Line, e.Col, e.Reason) }

// ReadTable reads a table. A name of an encoding (WHATWG: utf-8, utf-16le,
// windows-1251, windows-1250 ...) is believed; without one it is found out. The
// language decides where bytes could be several things. Errors: a *[TableError],
// or that there is no such encoding.
func ReadTable(raw []byte, name, lang string) (*Table, error) {
	t := &Table{}
	text, err := t.decode(raw, name, lang)
	if err != nil {
		return nil, err
	}
	text = norm.NFC.String(strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n"))
	t.Lines = strings.Split(text, "\n")
	skipped := 0
	if sep, ok := strings.CutPrefix(strings.ToLower(t.Lines[0]), "sep="); ok && len([]rune(sep)) == 1 { // Excel's own
		t.Comma = []rune(sep)[0]
		skipped, text = 1, strings.Join(t.Lines[1:], "\n")
	} else {
		t.Comma = separator(text)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = t.Comma, -1
	for {
		record, err := r.Read()
		if err == io.EOF {
			break
		}
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			return nil, &TableError{bad.Line + skipped, t.char(bad.Line+skipped, bad.Column), why(bad.Err)}
		}
		if err != nil {
			return nil, err
		}
		cells, empty := make([]Cell, len(record)), true
		for i, v := range record {
			line, col := r.FieldPos(i)
			line += skipped
			cells[i] = Cell{strings.TrimFunc(v, unicode.IsSpace), line, t.char(line, col)}
			empty = empty && cells[i].Text == ""
		}
		switch {
		case empty:
		case t.Head == nil:
			t.Head = cells
		default:
			t.Rows = append(t.Rows, cells)
		}
	}
	if t.Head == nil {
		return nil, &TableError{1, 1, "the file is empty"}
	}
	return t, nil
}

func why(err error) string {
	switch {
	case errors.Is(err, csv.ErrBareQuote):
		return "a quotation mark inside a cell; put the cell into quotation marks and double those inside it"
	case errors.Is(err, csv.ErrQuote):
		return "a quotation mark that is not closed, or something behind a closed one"
	}
	return err.Error()
}

// char turns a byte column into one of characters.
func (t *Table) char(line, col int) int {
	if line < 1 || line > len(t.Lines) {
		return col
	}
	s := t.Lines[line-1]
	return utf8.RuneCountInString(s[:max(0, min(col-1, len(s)))]) + 1
}

func (t *Table) decode(raw []byte, name, lang string) (string, error) {
	var e encoding.Encoding
	switch {
	case name != "":
		found, err := htmlindex.Get(name)
		if err != nil {
			return "", fmt.Errorf("there is no encoding %q; write utf-8, utf-16, windows-1251 or windows-1250", name)
		}
		t.Encoding, _ = htmlindex.Name(found)
		if e = found; t.Encoding == "utf-8" {
			e = nil
		}
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}), bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		t.Encoding, e = "UTF-16", xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)
	case nulAt(raw, 1):
		t.Encoding, e = "UTF-16LE", xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)
	case nulAt(raw, 0):
		t.Encoding, e = "UTF-16BE", xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)
	case utf8.Valid(raw):
		t.Encoding = "UTF-8"
	default:
		t.Encoding, e = guessEncoding(raw, lang)
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if e == nil {
		if !utf8.Valid(raw) {
			line := 1 + bytes.Count(raw[:firstInvalid(raw)], []byte("\n"))
			return "", &TableError{line, 0, "the bytes are not UTF-8"}
		}
		return string(raw), nil
	}
	out, err := e.NewDecoder().Bytes(raw)
	if err != nil {
		return "", &TableError{1, 0, err.Error()}
	}
	return strings.TrimPrefix(string(out), "\uFEFF"), nil
}

func firstInvalid(raw []byte) int {
	for i := 0; i < len(raw); {
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(raw)
}

// nulAt tells UTF-16 without a mark: in every second byte stands the small
// number of a block of letters (0 Latin, 3 Greek, 4 Cyrillic), never elsewhere.
func nulAt(raw []byte, odd int) bool {
	own, other := 0, 0
	for i, b := range raw[:min(len(raw), 4000)] {
		switch {
		case b >= 9:
		case i%2 == odd:
			own++
		default:
			other++
		}
	}
	return own > 4 && own > 9*other && own*3 > min(len(raw), 4000)/2
}

// guessEncoding tells the code pages of Windows apart: Cyrillic letters come in
// whole words, accented Latin ones between others. Which Latin page it is, the
// language says.
func guessEncoding(raw []byte, lang string) (string, encoding.Encoding) {
	high, inRow := 0, 0
	for i, b := range raw {
		if b < 0x80 {
			continue
		}
		high++
		if i > 0 && raw[i-1] >= 0xC0 && b >= 0xC0 {
			inRow++
		}
	}
	if inRow*2 > high {
		return "windows-1251", charmap.Windows1251
	}
	switch base, _, _ := strings.Cut(lang, "-"); base {
	case "bg", "mk", "uk", "ru", "be":
		if inRow*4 > high {
			return "windows-1251", charmap.Windows1251
		}
	case "es", "pt", "fr", "it", "de", "en", "ca", "da", "sv", "nl":
		return "windows-1252", charmap.Windows1252
	case "el":
		return "windows-1253", charmap.Windows1253
	case "tr":
		return "windows-1254", charmap.Windows1254
	}
	return "windows-1250", charmap.Windows1250
}

// separator is the sign that cuts the first rows into most columns of one
// number.
func separator(text string) rune {
	best, most := ',', 0
	for _, sep := range ",;\t" {
		r := csv.NewReader(strings.NewReader(text))
		r.Comma, r.FieldsPerRecord, r.LazyQuotes = sep, -1, true
		head, err := r.Read()
		if err != nil {
			continue
		}
		score := 10 * (len(head) - 1)
		for range 20 {
			row, err := r.Read()
			if err != nil {
				break
			}
			if len(row) == len(head) && len(head) > 1 {
				score += len(head)
			}
		}
		if score > most {
			best, most = sep, score
		}
	}
	return best
}
