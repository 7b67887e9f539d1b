package form

// This file finds the bracket at the end of a line and cuts it into parts. It
// works on source lines, not on parsed Markdown, so that columns are exact and
// no extension of Markdown can change what a bracket means.

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bracket is what stands in [square brackets] at the end of a line.
type bracket struct {
	before string // the text before it, trimmed
	inside string
	line   int
	col    int // of the character after "["
}

// part is a piece between two commas, without white space around it.
type part struct {
	text string
	line int
	col  int
}

// findBracket looks for a bracket that ends the text. A footnote [^1], a task
// [ ], a link [text][ref] and an image are none. open is true where one was
// opened and never closed, which no question can be meant without.
func findBracket(text string, number, col int) (b bracket, found, open bool) {
	col0 := col
	if len(text) > maxLine {
		return bracket{}, false, false
	}
	for i, r := range text {
		if r == '[' && opens(text, i) {
			end, closed := matching(text[i:])
			switch {
			case closed && i+end+1 == len(text):
				inside := text[i+1 : len(text)-1]
				return bracket{strings.TrimSpace(text[:i]), inside, number, col + 1}, true, false
			case !closed && looksMeant.MatchString(text[i+1:]):
				return bracket{strings.TrimSpace(text[:i]), text[i+1:], number, col + 1}, false, true
			}
		}
		col++
	}
	if strings.HasSuffix(text, "]") && !strings.Contains(text, "[") {
		return bracket{before: text, line: number, col: col0}, false, true
	}
	return bracket{}, false, false
}

// maxLine is how long a line may be that is looked at for a bracket, in bytes:
// looking takes the square of it.
const maxLine = 4000

// looksMeant is the beginning of a bracket that somebody forgot to close.
var looksMeant = regexp.MustCompile(`^[a-z][a-z0-9_]*\s*([:,].*)?$`)

// opens tells whether the "[" at i can begin a name.
func opens(text string, i int) bool {
	rest := text[i+1:]
	if rest == "" || rest[0] == '^' {
		return false
	}
	if i == 0 && (strings.HasPrefix(rest, " ]") || strings.HasPrefix(rest, "x]") || strings.HasPrefix(rest, "X]")) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:i])
	if i == 0 || unicode.IsSpace(before) {
		return true
	}
	// Without a space only what looks like a name: scripts without spaces, and haste.
	return before != ']' && before != '!' && before != '\\' && rest[0] >= 'a' && rest[0] <= 'z'
}

// matching returns the byte where the bracket that begins the text is closed.
// Quotation marks hide brackets.
func matching(text string) (int, bool) {
	depth, quoted := 0, false
	for i, r := range text {
		switch {
		case r == '"' || r == '“' || r == '”' || r == '„':
			quoted = !quoted
		case quoted:
		case r == '[':
			depth++
		case r == ']':
			if depth--; depth == 0 {
				return i, true
			}
		}
	}
	if quoted { // a stray quotation mark must not swallow the end
		depth = 0
		for i, r := range text {
			if r == '[' {
				depth++
			} else if r == ']' {
				if depth--; depth == 0 {
					return i, true
				}
			}
		}
	}
	return 0, false
}

// parts cuts the inside at its commas.
func (b bracket) parts() []part {
	var out []part
	from, quoted := 0, false
	cut := func(to int) {
		piece := b.inside[from:to]
		trimmed := strings.TrimLeftFunc(piece, unicode.IsSpace)
		lead := b.inside[:from] + piece[:len(piece)-len(trimmed)]
		out = append(out, part{strings.TrimRightFunc(trimmed, unicode.IsSpace), b.line, b.col + utf8.RuneCountInString(lead)})
	}
	for i, r := range b.inside {
		switch {
		case r == '"' || r == '“' || r == '”' || r == '„':
			quoted = !quoted
		case r == ',' && !quoted && !decimalComma(b.inside, i):
			cut(i)
			from = i + 1
		}
	}
	cut(len(b.inside))
	return out
}

// decimalComma tells whether the comma at i stands inside a number: "+ 2,50".
func decimalComma(s string, i int) bool {
	return i > 0 && i+1 < len(s) && s[i-1] >= '0' && s[i-1] <= '9' && s[i+1] >= '0' && s[i+1] <= '9'
}

// after cuts the part at the first separator and keeps the column of the rest.
func (p part) after(sep string) (head, rest part, found bool) {
	i := strings.Index(p.text, sep)
	if i < 0 {
		return p, part{line: p.line, col: p.col + utf8.RuneCountInString(p.text)}, false
	}
	tail := p.text[i+len(sep):]
	trimmed := strings.TrimLeftFunc(tail, unicode.IsSpace)
	lead := p.text[:i+len(sep)] + tail[:len(tail)-len(trimmed)]
	return part{strings.TrimRightFunc(p.text[:i], unicode.IsSpace), p.line, p.col}, part{trimmed, p.line, p.col + utf8.RuneCountInString(lead)}, true
}
