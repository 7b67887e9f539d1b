package locale

// This file reads a file of messages: flat YAML, "key: text" or "key: {one: …,
// other: …}", and says what is wrong with it and where.

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"

	"belfry/generator/diag"
)

// ParseMessages reads the messages of one language. File is the path shown in
// diagnostics; raw is YAML in UTF-8. What can be read is returned even if the
// rest is faulty: never nil.
func ParseMessages(file string, raw []byte, tag string) (*Messages, diag.List) {
	source := lineEnds.Replace(strings.TrimPrefix(string(raw), "\uFEFF"))
	r := &messageReader{file: file, m: &Messages{
		locale:  For(tag),
		entries: map[string]message{},
		lines:   strings.Split(source, "\n"),
	}}
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(source), &doc); err != nil {
		r.syntax(err)
		return r.m, r.list
	}
	if len(doc.Content) == 0 {
		return r.m, nil
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		r.report("messages/shape", root)
		return r.m, r.list
	}
	for i := 0; i+1 < len(root.Content); i += 2 {
		r.entry(root.Content[i], root.Content[i+1])
	}
	return r.m, r.list
}

// lineEnds makes YAML count lines as editors do, which do not end one at the
// separators of Unicode.
var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u0085", " ", "\u2028", " ", "\u2029", " ")

type messageReader struct {
	file string
	m    *Messages
	list diag.List
}

func (r *messageReader) entry(key, value *yaml.Node) {
	if key.Kind != yaml.ScalarNode {
		r.report("messages/shape", key)
		return
	}
	if _, twice := r.m.entries[key.Value]; twice {
		r.report("messages/twice", key, "key", key.Value)
		return
	}
	e := message{forms: map[string]string{}, places: map[string]diag.Pos{}, at: r.pos(key)}
	switch {
	case isText(value):
		e.forms["other"], e.places["other"] = value.Value, r.pos(value)
		r.braces(value)
	case value.Kind == yaml.MappingNode:
		e.counted = true
		if !r.forms(key, value, e) {
			return
		}
	default:
		r.report("messages/not-text", value, "key", key.Value)
		return
	}
	r.m.keys = append(r.m.keys, key.Value)
	r.m.entries[key.Value] = e
}

// forms reads the texts of a counted message into e.
func (r *messageReader) forms(key, value *yaml.Node, e message) bool {
	wanted := r.m.locale.PluralCategories()
	for i := 0; i+1 < len(value.Content); i += 2 {
		name, text := value.Content[i], value.Content[i+1]
		_, twice := e.forms[name.Value]
		switch {
		case !slices.Contains(categories, name.Value) || name.Kind != yaml.ScalarNode:
			r.report("messages/unknown-category", name, "category", name.Value, "wanted", strings.Join(wanted, ", "), "guess", diag.Guess(name.Value, wanted))
		case twice:
			r.report("messages/twice", name, "key", key.Value+": "+name.Value)
		case !isText(text):
			r.report("messages/not-text", text, "key", key.Value)
		case !slices.Contains(wanted, name.Value):
			r.report("messages/unused-category", name, "category", name.Value, "language", r.m.Tag(), "wanted", strings.Join(wanted, ", "))
		default:
			e.forms[name.Value], e.places[name.Value] = text.Value, r.pos(text)
			r.braces(text)
		}
	}
	if _, ok := e.forms["other"]; !ok {
		r.report("messages/no-other", key, "key", key.Value)
		return false
	}
	for _, c := range r.m.locale.commonCategories() {
		if _, ok := e.forms[c]; !ok {
			r.report("messages/missing-form", key, "key", key.Value, "category", c, "language", r.m.Tag())
		}
	}
	return true
}

// commonCategories are those of counts up to 200; the "many" of French and
// Spanish is for millions.
func (l *Locale) commonCategories() []string {
	return slices.DeleteFunc(l.PluralCategories(), func(c string) bool {
		for n := range 201 {
			if l.Plural(n) == c {
				return false
			}
		}
		return true
	})
}

func isText(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.Tag != "!!null" }

var (
	placeholder = regexp.MustCompile(`\{[A-Za-z_][A-Za-z0-9_]*\}`)
	strayBrace  = regexp.MustCompile(`[{}]`)
)

// braces reports a brace that is not part of a {placeholder}.
func (r *messageReader) braces(n *yaml.Node) {
	if strayBrace.MatchString(placeholder.ReplaceAllString(n.Value, "")) {
		r.report("messages/brace", n)
	}
}

func (r *messageReader) syntax(err error) {
	var e *yaml.LoadError
	if !errors.As(err, &e) || e.Mark.Line == 0 {
		r.list.Add("messages/syntax", diag.Pos{File: r.file}, "what", err.Error())
		return
	}
	mark := e.Mark
	if strings.Contains(e.Message, "end of stream") && e.ContextMark.Line > 0 {
		mark = e.ContextMark // where what is never closed was opened
	}
	line := min(mark.Line, len(r.m.lines))
	text := r.m.lines[line-1]
	col := min(max(mark.Column, 1), utf8.RuneCountInString(text)+1)
	code := "messages/syntax"
	if strings.Contains(e.Message, "mapping values are not allowed") {
		code = "messages/colon"
	}
	d := diag.New(code, diag.Pos{File: r.file, Line: line, Col: col}, "what", e.Message)
	d.Excerpt = text
	r.list = append(r.list, d)
}

func (r *messageReader) report(code string, n *yaml.Node, args ...string) {
	d := diag.New(code, r.pos(n), args...)
	d.Excerpt = r.m.line(d.At.Line)
	r.list = append(r.list, d)
}

// pos is where a node begins. Its length is known only where it stands in the
// source as it is.
func (r *messageReader) pos(n *yaml.Node) diag.Pos {
	p := diag.Pos{File: r.file, Line: n.Line, Col: n.Column}
	if n.Kind == yaml.ScalarNode {
		if at := byteOffset(r.m.line(n.Line), n.Column); strings.HasPrefix(r.m.line(n.Line)[at:], n.Value) {
			p.Len = utf8.RuneCountInString(n.Value)
		}
	}
	return p
}

func (m *Messages) line(n int) string {
	if n < 1 || n > len(m.lines) {
		return ""
	}
	return m.lines[n-1]
}

// byteOffset turns a column in characters, from 1, into an offset in bytes.
func byteOffset(line string, col int) int {
	for i := range line {
		if col--; col <= 0 {
			return i
		}
	}
	return len(line)
}
