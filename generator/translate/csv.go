package translate

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/unicode"

	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// columns of a CSV file, in order. A spreadsheet may leave others beside them.
var columns = []string{"document", "unit", "language", "state", "note", "source", "source before", "target", "check", "stamp"}

// CSV writes documents as a table for a spreadsheet: UTF-8 with its mark, a row
// for each text. A text that a spreadsheet would take for a formula has an
// apostrophe before it, which [ReadCSV] takes away again.
func CSV(w io.Writer, lang string, docs []Document) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	_ = c.Write(columns) // the writer keeps its error
	for i := range docs {
		d := &docs[i]
		for j := range d.Units {
			u := &d.Units[j]
			state := "translated"
			if u.Todo {
				state = "to do"
			}
			row := []string{d.Entity.Source.File, u.Key, lang, state, u.Note, u.Source.Text, u.Was, u.Text(), check(u.Source.Text, u.Text()), d.Stamp}
			for k := range row {
				row[k] = Inert(row[k])
			}
			_ = c.Write(row)
		}
	}
	c.Flush()
	return c.Error()
}

// Inert is a cell that no spreadsheet runs.
func Inert(s string) string {
	if formula(s) || strings.HasPrefix(s, "'") && formula(s[1:]) {
		return "'" + s
	}
	return s
}

// formula reports whether a spreadsheet may take a text for one, or for the
// apostrophe before one. Spaces and marks nobody sees may stand before it.
func formula(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return r == ' ' || r == '\u00a0' || seenBySpreadsheets(r) })
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@|%'\t\r\n＝＋－＠", first) && s != ""
}

func seenBySpreadsheets(r rune) bool {
	return r == '\u200b' || r == '\ufeff' || r >= '\u202a' && r <= '\u202e'
}

// plain takes the apostrophe of Inert away.
func plain(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && formula(rest) {
		return rest
	}
	return s
}

// ReadCSV reads a table that [CSV] wrote and a spreadsheet saved: with commas,
// semicolons or tabs, in UTF-8 or, with its mark, UTF-16.
func ReadCSV(file string, raw []byte) (*Exchange, diag.List) {
	ex := &Exchange{}
	fail := func(code string, line int, args ...string) (*Exchange, diag.List) {
		return nil, diag.List{diag.New(code, diag.Pos{File: file, Line: line}, args...)}
	}
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(raw)
		if err != nil {
			return fail("exchange/encoding", 0, "format", "CSV UTF-8")
		}
		raw = decoded
	}
	raw = bytes.TrimPrefix(raw, []byte(bom))
	if !utf8.Valid(raw) {
		return fail("exchange/encoding", 0, "format", "CSV UTF-8")
	}
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord = -1
	first, _, _ := bytes.Cut(raw, []byte("\n"))
	for _, sep := range ";\t" {
		if bytes.Count(first, []byte(string(sep))) > bytes.Count(first, []byte(string(r.Comma))) {
			r.Comma = sep
		}
	}
	head, err := r.Read()
	if err != nil {
		return fail("exchange/not-csv", 1)
	}
	index := map[string]int{}
	for i, name := range head {
		index[strings.ToLower(strings.TrimSpace(name))] = i
	}
	for _, name := range []string{"document", "unit", "language", "source", "target"} {
		if _, ok := index[name]; !ok {
			return fail("exchange/column", 1, "column", name)
		}
	}
	var faults diag.List
	byFile := map[string]int{}
	for {
		row, err := r.Read()
		if errors.Is(err, io.EOF) {
			return ex, faults
		}
		if err != nil {
			line := 0
			var bad *csv.ParseError
			if errors.As(err, &bad) {
				line = bad.Line
			}
			return fail("exchange/csv", line)
		}
		cell := func(name string) string {
			if i, ok := index[name]; ok && i < len(row) {
				return plain(row[i])
			}
			return ""
		}
		if !slices.ContainsFunc(row, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue
		}
		line, _ := r.FieldPos(0)
		at := diag.Pos{File: file, Line: line}
		lang := strings.TrimSpace(cell("language"))
		if ex.Lang == "" {
			ex.Lang = lang
		} else if lang != ex.Lang {
			faults.Add("exchange/two-languages", at, "one", ex.Lang, "other", lang)
			continue
		}
		name := strings.TrimSpace(cell("document"))
		n, ok := byFile[name]
		if !ok {
			n = len(ex.Documents)
			byFile[name] = n
			ex.Documents = append(ex.Documents, Returned{File: name, Stamp: strings.TrimSpace(cell("stamp")), At: at})
		}
		state := strings.ToLower(strings.TrimSpace(cell("state")))
		u := ReturnedUnit{Key: strings.TrimSpace(cell("unit")), Source: cell("source"), Target: cell("target"),
			Check: strings.TrimSpace(cell("check")), Done: state != "to do" && state != "", At: at}
		if t := strings.TrimSpace(u.Target); t != "" {
			u.Faults = lost(at, u.Source, t)
		}
		ex.Documents[n].Units = append(ex.Documents[n].Units, u)
	}
}

// lost tells which kinds of marks a text has fewer of than its source. Their
// order and what they lead to may differ from language to language.
func lost(at diag.Pos, source, target string) diag.List {
	var faults diag.List
	have := map[string]int{}
	for _, m := range marks(pieces(received(target, markdown.Words))) {
		have[m.kind]++
	}
	for _, m := range marks(pieces(received(source, markdown.Words))) {
		if !m.needed() {
			continue
		}
		if have[m.kind]--; have[m.kind] < 0 {
			faults.Add("exchange/code-missing", at, "code", m.open+m.close)
		}
	}
	return faults
}
