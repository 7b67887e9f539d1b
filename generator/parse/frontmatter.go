package parse

import (
	"bufio"
	"bytes"
	"errors"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"github.com/adrg/frontmatter"
	"go.yaml.in/yaml/v4"
)

// split cuts a source into its front matter, as a YAML tree whose lines are the
// file's, and its body. Without front matter the tree is nil.
func split(file string, raw []byte) (*yaml.Node, markdown.Source, diag.List) {
	var faults diag.List
	whole := markdown.Source{File: file, Line: 1, Text: raw}
	first, line := firstLine(raw)
	switch {
	case first == "+++" || first == ";;;":
		faults.Add("front-matter/other-format", diag.Pos{File: file, Line: line, Col: 1, Len: 3}, "fence", first)
		return nil, whole, faults
	case first != "---":
		return nil, whole, nil
	}
	var head []byte
	keep := frontmatter.NewFormat("---", "---", func(data []byte, _ any) error {
		head = bytes.Clone(data)
		return nil
	})
	// The library copies all it reads, so it gets the head alone where that is enough,
	// in a reader that it need not wrap in another.
	short := headOf(raw)
	reader := readers.Get().(*bufio.Reader)
	defer readers.Put(reader)
	reader.Reset(bytes.NewReader(short))
	body, err := frontmatter.Parse(reader, &struct{}{}, keep)
	if err == nil && head != nil && len(body) == 0 {
		body = raw[len(short):]
	} else if len(short) < len(raw) {
		head = nil
		body, err = frontmatter.Parse(bytes.NewReader(raw), &struct{}{}, keep)
	}
	if err != nil || (head == nil && len(body) >= len(bytes.TrimLeft(raw, " \t\r\n"))) {
		faults.Add("front-matter/unclosed", diag.Pos{File: file, Line: line, Col: 1, Len: 3})
		return nil, whole, faults
	}
	start := len(raw) - len(body)
	if !bytes.HasSuffix(raw, body) {
		start = bytes.Index(raw, body)
	}
	body = raw[start : start+len(body) : start+len(body)] // the library's is a copy, half as long again
	source := markdown.Source{File: file, Line: 1 + bytes.Count(raw[:start], []byte("\n")), Text: body}
	node, fault := tree(file, head, line)
	if fault != nil {
		faults = append(faults, *fault)
	}
	return node, source, faults
}

var readers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// headOf returns the bytes up to the second line of dashes, or all.
func headOf(raw []byte) []byte {
	seen, at := 0, 0
	for line := range bytes.Lines(raw) {
		at += len(line)
		if string(bytes.TrimRight(line, " \t\n")) == "---" {
			if seen++; seen == 2 {
				return raw[:at]
			}
		}
	}
	return raw
}

// tree parses YAML whose first line follows the given line of the file.
func tree(file string, head []byte, before int) (*yaml.Node, *diag.Diagnostic) {
	var doc yaml.Node
	err := yaml.Unmarshal(head, &doc)
	if err == nil {
		if len(doc.Content) == 0 {
			return nil, nil
		}
		return doc.Content[0], nil
	}
	at, what := diag.Pos{File: file, Line: before + 1}, err.Error()
	var fault *yaml.LoadError
	if errors.As(err, &fault) {
		at.Line, at.Col, what = before+fault.Mark.Line, fault.Mark.Column, fault.Message
	}
	if at.Line == before { // a control character is refused before lines are counted
		good := head[:max(0, bytes.IndexFunc(head, unwritable))]
		at.Line, at.Col = before+1+bytes.Count(good, []byte("\n")), 1+utf8.RuneCount(good[bytes.LastIndexByte(good, '\n')+1:])
	}
	lines := strings.Split(string(head), "\n")
	// The parser stops behind the last line when a quote or bracket is not closed.
	at.Line = min(at.Line, before+max(1, len(lines)-1))
	if n := at.Line - before - 1; n < len(lines) {
		at.Col = min(max(at.Col, 1), utf8.RuneCountInString(lines[n])+1)
	}
	code := yamlCode(what)
	if code == "front-matter/not-closed" {
		if n, col := opened(lines); n >= 0 { // where it was opened helps more than where the parser gave up
			at.Line, at.Col = before+1+n, col
		}
	}
	d := diag.New(code, at, "what", what)
	return nil, &d
}

// unwritable are the characters YAML does not allow (YAML 1.2.2, production 1).
func unwritable(r rune) bool {
	return r != '\t' && r != '\n' && r != '\r' && r != 0x85 && unicode.IsControl(r) || r == 0xFFFE || r == 0xFFFF
}

// opened finds the first line with a value that opens a quotation mark or
// bracket and does not close it on that line.
func opened(lines []string) (line, col int) {
	for n, l := range lines {
		_, value, ok := strings.Cut(l, ": ")
		value = strings.TrimSpace(value)
		if !ok || value == "" {
			continue
		}
		end, pair := value[0], map[byte]byte{'"': '"', '\'': '\'', '[': ']', '{': '}'}[value[0]]
		if pair != 0 && strings.Count(value, string(pair)) < strings.Count(value, string(end)) ||
			pair == end && strings.Count(value, string(pair))%2 != 0 {
			return n, utf8.RuneCountInString(l[:strings.Index(l, ": ")+2]) + 1
		}
	}
	return -1, 0
}

// yamlCode picks the sentence that helps with the parser's complaint.
func yamlCode(what string) string {
	switch {
	case strings.Contains(what, "mapping values are not allowed"):
		return "front-matter/colon"
	case strings.Contains(what, "cannot start any token"), strings.Contains(what, "tab character"):
		return "front-matter/tab"
	case strings.Contains(what, "unexpected end of stream"), strings.Contains(what, "did not find expected ',' or"):
		return "front-matter/not-closed"
	}
	return "front-matter/syntax"
}

// firstLine returns the first line that is not blank, without trailing space,
// and its number.
func firstLine(raw []byte) (string, int) {
	n := 0
	for line := range bytes.Lines(raw) {
		n++
		if t := bytes.TrimRightFunc(line, unicode.IsSpace); len(t) > 0 {
			return string(t), n
		}
	}
	return "", n
}
