package diag

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Print writes the list for people: one place a line, the source line with a
// marker under the part that is meant, and the hint. With colour it uses ANSI
// sequences.
//
//	services/dog.md:4:1: error: unknown field “tittle”
//	    4 | tittle: Dogs
//	      | ^^^^^^
//	  hint: did you mean “title”?
func Print(w io.Writer, list List, colour bool) {
	for _, d := range list {
		fmt.Fprintf(w, "%s: %s: %s\n", d.At, paint(d.texts, d.Severity, colour), Plain(d.Message()))
		if d.Excerpt != "" && d.At.Line > 0 {
			excerpt(w, d)
		}
		if h := d.Hint(); h != "" {
			fmt.Fprintf(w, "  %s: %s\n", d.texts.Say("cli/hint"), Plain(h))
		}
		for _, r := range d.Related {
			fmt.Fprintf(w, "  %s: %s\n", r.At, Plain(r.Message()))
		}
	}
}

// String returns file:line:column, shortened where parts are unknown.
func (p Pos) String() string {
	file := Plain(p.File)
	switch {
	case p.Line == 0:
		return file
	case p.Col == 0:
		return fmt.Sprintf("%s:%d", file, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", file, p.Line, p.Col)
}

func paint(t *Texts, s Severity, colour bool) string {
	if !colour {
		return t.Severity(s)
	}
	return [...]string{"\x1b[36m", "\x1b[33m", "\x1b[31m"}[s] + t.Severity(s) + "\x1b[0m"
}

// window is how many characters of a long source line are shown.
const window = 100

func excerpt(w io.Writer, d Diagnostic) {
	line := []rune(Plain(strings.ToValidUTF8(d.Excerpt, "\uFFFD")))
	from := 0
	if d.At.Col > window-20 {
		from = min(d.At.Col-window/2, len(line))
	}
	shown := line[from:min(len(line), from+window)]
	fmt.Fprintf(w, "%5d | %s\n", d.At.Line, string(shown))
	if d.At.Col == 0 || d.At.Col-1-from > len(shown) {
		return
	}
	var pad strings.Builder
	for _, r := range shown[:d.At.Col-1-from] {
		if !unicode.Is(unicode.Mn, r) { // a combining mark takes no column
			pad.WriteByte(' ')
		}
	}
	n := max(1, min(d.At.Len, len(shown)-(d.At.Col-1-from)))
	fmt.Fprintf(w, "      | %s%s\n", pad.String(), strings.Repeat("^", n))
}

// Plain makes text of others safe for a terminal and a log: control characters
// and bidirectional controls, with which a file name or a title could rewrite
// the screen, become visible marks.
func Plain(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case hidden(r):
			b.WriteRune('\u00B7')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

func hidden(r rune) bool {
	return unicode.IsControl(r) || r == utf8.RuneError ||
		(r >= 0x202A && r <= 0x202E) || (r >= 0x2066 && r <= 0x2069) || r == 0x200E || r == 0x200F
}
