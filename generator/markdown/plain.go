package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// Half of the sections of a town's pages hold nothing but paragraphs and lists of
// plain words. What goldmark would make of these needs no asking, and asking is
// most of the work. FuzzPlain holds this file to what goldmark does.

// plainBody writes a body of that kind.
func (r *renderer) plainBody() {
	block, depth := gap, 0 // what is open
	end := func() {
		if block != gap {
			r.pop(depth)
			r.endBlock()
			block = gap
		}
	}
	for rest := r.src; len(rest) > 0; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		kind, words := kindOf(line)
		switch {
		case kind == gap:
			end()
			continue
		case block == paragraph:
			r.raw("\n")
			r.plain(" ")
		case block != gap: // the next item of a list
		case kind == paragraph:
			depth = r.push("<p>", elements["p"])
		case kind == bullet:
			depth = r.push("<ul>\n", elements["ul"])
		default:
			depth = r.push("<ol>\n", elements["ol"])
		}
		block = kind
		if kind == paragraph {
			r.words(words)
			continue
		}
		item := r.push("<li>", elements["li"])
		r.words(words)
		r.pop(item)
		r.endBlock()
	}
	end()
}

// lineKind says what a line of plain words is.
type lineKind byte

const (
	gap lineKind = iota // nothing
	paragraph
	bullet // "- words"
	number // "12. words"
)

// kindOf parts a line from the mark before its words.
func kindOf(line []byte) (lineKind, []byte) {
	if len(line) == 0 {
		return gap, nil
	}
	if words, ok := bytes.CutPrefix(line, []byte("- ")); ok {
		return bullet, words
	}
	digits := 0
	for digits < len(line) && '0' <= line[digits] && line[digits] <= '9' {
		digits++
	}
	if 0 < digits && digits < 9 && bytes.HasPrefix(line[digits:], []byte(". ")) {
		return number, line[digits+2:]
	}
	return paragraph, line
}

// isPlain reports whether a body without addresses holds only paragraphs and lists of
// plain words, parted by empty lines; each list begins at 1, and no two of a kind
// follow each other, which would be one with gaps.
func isPlain(body []byte) bool {
	above, last := gap, gap // the line above; the block above the empty lines
	for rest := body; len(rest) > 0; {
		var line []byte
		line, rest, _ = bytes.Cut(rest, []byte("\n"))
		kind, words := kindOf(line)
		switch {
		case kind == gap:
			above = gap
			continue
		case !plainLine(words):
			return false
		case above != gap && kind != above:
			return false // a list right after a paragraph, or words that go on with an item
		case above == gap && kind != paragraph && kind == last:
			return false
		case above == gap && kind == number && !bytes.HasPrefix(line, []byte("1. ")):
			return false
		case above == gap && kind == paragraph && (bytes.HasPrefix(line, []byte("import ")) || bytes.HasPrefix(line, []byte("export "))):
			return false // see countImport
		}
		above, last = kind, kind
	}
	return true
}

// plainLine reports whether the words of a line mean what they say: they begin
// with a letter or a number that makes no list, hold no mark, and end in no space.
func plainLine(words []byte) bool {
	first, _ := utf8.DecodeRune(words)
	digit := '0' <= first && first <= '9'
	if !digit && !unicode.IsLetter(first) || words[len(words)-1] == ' ' {
		return false
	}
	for i, c := range words {
		if !harmless[c] || (c == '-' || c == '.') && i > 0 && words[i-1] == c {
			return false
		}
		if digit && (c < '0' || c > '9') {
			if c == '.' || c == ')' {
				return false
			}
			digit = false
		}
	}
	return true
}

// harmless are the bytes without a meaning inside a line. Two dashes or dots have one.
var harmless = func() (table [256]bool) {
	for c := range table {
		table[c] = c >= utf8.RuneSelf || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	}
	for _, c := range " .,;:()/%+=?-" {
		table[c] = true
	}
	return table
}()
