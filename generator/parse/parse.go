// Package parse turns one source file into one document: front matter, title
// and Markdown, with every fault at its line and column. It knows nothing of
// other files and does nothing but read what it is given.
package parse

import (
	"bytes"
	"cmp"
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

// Options is what reading a document depends on beside the file itself.
type Options struct {
	Languages []string // of the portal, canonical; the first is that of unnamed files
	Currency  string   // of amounts that name none
	Home      string   // what stands before the file's path in diagnostics, with its slash: of a shared catalogue
	// Section says which field a second-level heading of a service stands for
	// in a language; "" for none.
	Section func(lang, heading string) string
}

// File reads one document. The document is never nil: one that cannot be read
// or parsed is marked Unreadable, and the list says why.
func File(file string, raw []byte, opt Options) (*portal.Document, diag.List) {
	p := placeOf(file, opt.Languages)
	file = opt.Home + file
	doc := &portal.Document{File: file, Type: p.typ, ID: p.id, Lang: p.lang, Named: p.named}
	text, fault := decode(file, raw)
	if fault != nil {
		doc.Unreadable = true
		return doc, diag.List{*fault}
	}
	node, body, faults := split(file, text)
	doc.Body = body
	if faults.Count(diag.Error) > 0 {
		doc.Unreadable = true
		return doc, faults
	}
	r := &reader{file: file, offset: frontLine(text), lines: bytes.Split(text[:len(text)-len(body.Text)], []byte("\n")), currency: opt.Currency, languages: opt.Languages}
	if node != nil && node.Kind != yaml.MappingNode {
		doc.Unreadable = true
		return doc, append(faults, diag.New("front-matter/not-a-record", r.at(node)))
	}
	if node != nil {
		r.layered = extends(node)
		doc.Fields = r.record(node, portal.TypeByName(doc.Type).Fields)
	}
	if id := strings.Trim(path.Clean("/"+doc.Fields.String("id")), "/"); id != "" {
		doc.ID = id
	}
	if doc.Type == "service" {
		sections(doc, opt)
	}
	doc.Whole = doc.Body
	if r.layered {
		v := doc.Fields.Get("title") // else it is the catalogue's
		doc.Title, doc.TitleAt = v.Text, v.At
	} else {
		title(doc, &r.faults)
	}
	description(doc, &r.faults)
	return doc, append(faults, r.faults...)
}

// extends reports whether a front matter follows a document of a shared catalogue.
func extends(n *yaml.Node) bool {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if strings.EqualFold(strings.Map(visible, n.Content[i].Value), "extends") {
			return true
		}
	}
	return false
}

// Config reads portal.yaml. The record is empty when it cannot be parsed.
func Config(raw []byte) (portal.Value, diag.List) {
	v, faults := Settings(portal.File, raw, portal.ConfigFields)
	if v.At.Line == 0 {
		return v, faults
	}
	for _, f := range portal.ConfigFields {
		if got := v.Get(f.Name); f.Need == portal.Required && !got.Bad && (!got.Set() || f.Many && len(got.List) == 0) {
			faults.Add("config/required", diag.Pos{File: portal.File, Line: 1}, "field", f.Name)
		}
	}
	return v, faults
}

// Settings reads a file of settings by its table of fields. The record is the
// zero Value when the file cannot be parsed or holds nothing.
func Settings(file string, raw []byte, fields []portal.Field) (portal.Value, diag.List) {
	text, fault := decode(file, raw)
	if fault != nil {
		return portal.Value{}, diag.List{*fault}
	}
	node, bad := tree(file, text, 0)
	if bad != nil {
		return portal.Value{}, diag.List{*bad}
	}
	r := &reader{file: file, lines: bytes.Split(text, []byte("\n")), currency: "EUR"}
	if node == nil || node.Kind != yaml.MappingNode {
		code := "config/no-fields"
		if file == portal.File {
			code = "config/empty"
		}
		return portal.Value{}, diag.List{diag.New(code, diag.Pos{File: file, Line: 1}, "file", file)}
	}
	v := r.record(node, fields)
	return v, r.faults
}

// decode checks the encoding and brings line ends to LF. A byte order mark and
// CRLF are read; UTF-16 and bytes that are not UTF-8 are faults.
func decode(file string, raw []byte) ([]byte, *diag.Diagnostic) {
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) {
		d := diag.New("file/utf16", diag.Pos{File: file, Line: 1, Col: 1})
		return nil, &d
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	if !utf8.Valid(raw) {
		d := invalid(file, raw)
		return nil, &d
	}
	if bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), []byte("\n"))
		raw = bytes.ReplaceAll(raw, []byte("\r"), []byte("\n"))
	}
	return raw, nil
}

func invalid(file string, raw []byte) diag.Diagnostic {
	line, col := 1, 1
	for i := 0; i < len(raw); {
		r, size := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && size == 1 {
			return diag.New("file/not-utf8", diag.Pos{File: file, Line: line, Col: col, Len: 1}, "byte", strconv.Itoa(i+1))
		}
		i += size
		col++
		if r == '\n' {
			line, col = line+1, 1
		}
	}
	panic("parse: the bytes are valid")
}

// frontLine is the number of the line with the opening fence.
func frontLine(text []byte) int {
	if first, n := firstLine(text); first == "---" {
		return n
	}
	return 0
}

// title takes the title from its field, else from the first heading, else from
// the file's name.
func title(doc *portal.Document, faults *diag.List) {
	if v := doc.Fields.Get("title"); v.Text != "" {
		doc.Title, doc.TitleAt = v.Text, v.At
		if repeats(doc.Body.Text, v.Text) {
			_, _, doc.Body.Text = markdown.Title(doc.Body.Text) // the page would say its title twice
		}
		return
	}
	if heading, line, rest := markdown.Title(doc.Body.Text); heading != "" {
		doc.Title, doc.TitleAt = heading, diag.Pos{File: doc.File, Line: doc.Body.Line + line - 1, Col: 1}
		doc.Body.Text = rest
		return
	}
	name := strings.TrimSuffix(path.Base(doc.File), path.Ext(doc.File))
	if doc.Named {
		name = strings.TrimSuffix(name, path.Ext(name))
	}
	if name == "index" || name == "_index" {
		name = path.Base(path.Dir(doc.File))
	}
	name = cmp.Or(strings.TrimSpace(strings.NewReplacer("-", " ", "_", " ").Replace(name)), doc.ID)
	first, size := utf8.DecodeRuneInString(name)
	doc.Title, doc.TitleAt = strings.ToUpper(string(first))+name[size:], doc.At()
	if doc.Type != "listing" && !doc.Fields.Get("title").Bad {
		faults.Add("title/from-file", doc.At(), "title", doc.Title)
	}
}

// repeats tells cheaply whether a body begins with a heading that says the title.
func repeats(body []byte, title string) bool {
	first, _ := firstLine(body)
	if strings.HasPrefix(first, "#") && plainHeading(first) {
		return sameText(strings.TrimLeft(first, "# \t"), title)
	}
	return sameText(markdown.PlainText(strings.Trim(first, "# \t")), title)
}

func sameText(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

// plainHeading reports whether a line is a heading that reads as it is written.
func plainHeading(line string) bool {
	words := strings.TrimLeft(line, "#")
	return strings.HasPrefix(words, " ") && strings.IndexFunc(words, func(c rune) bool {
		return c != ' ' && c != ',' && !unicode.IsLetter(c) && !unicode.IsDigit(c)
	}) < 0
}

// longest is how many characters of a description lists and search engines show.
const longest = 160

func description(doc *portal.Document, faults *diag.List) {
	v := doc.Fields.Get("description")
	if n := utf8.RuneCountInString(v.Text); n > longest && doc.Type == "service" {
		faults.Add("field/long-description", v.At, "count", strconv.Itoa(n))
	}
}

// sections moves parts of a service's body that are headed like a field
// ("Who it is for") into that field, unless the front matter has it.
func sections(doc *portal.Document, opt Options) {
	if opt.Section == nil || !anySection(doc, opt) {
		return
	}
	lead, parts := markdown.Sections(doc.Body)
	kept := lead
	for _, s := range parts {
		name := opt.Section(doc.Lang, s.Text)
		if name == "" || doc.Fields.Get(name).Set() {
			// What stays is joined with its lines where they were.
			gap := s.Line - kept.Line - bytes.Count(kept.Text, []byte("\n"))
			kept.Text = append(append(bytes.Clone(kept.Text), bytes.Repeat([]byte("\n"), max(0, gap))...), whole(doc.Body, s)...)
			continue
		}
		body := string(s.Body.Text)
		text := strings.TrimLeft(body, "\n")
		at := diag.Pos{File: doc.File, Line: s.Body.Line + len(body) - len(text)}
		text = strings.TrimRight(text, "\n")
		v := portal.Value{At: at, Text: text}
		if f := portal.TypeByName(doc.Type).Field(name); f.Many {
			v = portal.Value{At: at, List: items(at, text)}
		}
		doc.Fields = doc.Fields.With(name, v)
	}
	doc.Body = kept
}

// anySection tells cheaply whether a heading of the body may be a field's: most
// bodies have none, and need no cutting.
func anySection(doc *portal.Document, opt Options) bool {
	if underlined(doc.Body.Text) {
		return true
	}
	for rest := doc.Body.Text; ; {
		i := bytes.Index(rest, []byte("## "))
		if i < 0 {
			return false
		}
		rest = rest[i+len("## "):]
		heading, _, _ := bytes.Cut(rest, []byte("\n"))
		if opt.Section(doc.Lang, string(bytes.Trim(heading, " \t\r#*_`"))) != "" {
			return true
		}
	}
}

// underlined reports whether a line of the body begins with two dashes, as those
// under headings do.
func underlined(body []byte) bool {
	for rest := body; ; {
		i := bytes.Index(rest, []byte("--"))
		if i < 0 {
			return false
		}
		if before := bytes.TrimRight(rest[:i], " \t"); len(before) == 0 && len(rest) == len(body) || len(before) > 0 && before[len(before)-1] == '\n' {
			return true
		}
		rest = bytes.TrimLeft(rest[i:], "-")
	}
}

// whole is a section with its heading, as it stands in the body.
func whole(body markdown.Source, s markdown.Section) []byte {
	lines := bytes.SplitAfter(body.Text, []byte("\n"))
	from := s.Line - body.Line
	to := s.Body.Line - body.Line + bytes.Count(s.Body.Text, []byte("\n"))
	if len(s.Body.Text) > 0 && !bytes.HasSuffix(s.Body.Text, []byte("\n")) {
		to++
	}
	return bytes.Join(lines[from:min(to, len(lines))], nil)
}

// items reads a Markdown list, one value an item. A text that is no list, or
// that says something before its list, is one value: nothing of it is lost.
func items(at diag.Pos, text string) []portal.Value {
	if text == "" {
		return nil
	}
	whole := []portal.Value{{At: at, Text: text}}
	var out []portal.Value
	indent := 0 // of the text of the item
	for i, line := range strings.Split(text, "\n") {
		marker, rest, ok := strings.Cut(line, " ")
		switch {
		case ok && isMarker(marker):
			trimmed := strings.TrimLeft(rest, " ")
			indent = len(line) - len(trimmed)
			out = append(out, portal.Value{At: diag.Pos{File: at.File, Line: at.Line + i}, Text: trimmed})
		case out == nil:
			return whole
		default:
			own := len(line) - len(strings.TrimLeft(line, " "))
			out[len(out)-1].Text += "\n" + line[min(own, indent):]
		}
	}
	for i := range out {
		out[i].Text = strings.TrimRight(out[i].Text, "\n ")
	}
	return out
}

// isMarker reports whether a word begins an item of a Markdown list.
func isMarker(word string) bool {
	switch rest := strings.TrimLeft(word, "0123456789"); {
	case rest == word:
		return word == "-" || word == "*" || word == "+"
	default:
		return rest == "." || rest == ")"
	}
}
