package translate

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// piece is part of a Markdown text: plain words, a mark that stands alone
// (code, a line break), or a pair of marks around other pieces (a link).
// Written one after another, the pieces are the text again, byte for byte.
type piece struct {
	text  string // of plain words
	kind  string // of a mark: "link", "image", "code", "html", "break", "tag", "note", "fmt"; "" for words
	open  string // the mark; of a pair the first
	close string // the second of a pair, else ""
	inner []piece
}

// needed reports whether a translation must keep the mark. Emphasis may go.
func (p piece) needed() bool { return p.kind != "fmt" && p.kind != "break" && p.kind != "" }

// longestCut is how many bytes are searched for marks: looking takes the square
// of it, and a paragraph is shorter.
const longestCut = 8000

// pieces cuts a Markdown text.
func pieces(s string) []piece {
	if len(s) > longestCut {
		return []piece{{text: s}}
	}
	return cut(s, 0)
}

// deepest bounds how far marks are looked for inside marks.
const deepest = 12

func cut(s string, depth int) []piece {
	var out []piece
	var words strings.Builder
	add := func(p piece) {
		if words.Len() > 0 {
			out = append(out, piece{text: words.String()})
			words.Reset()
		}
		out = append(out, p)
	}
	for i := 0; i < len(s); {
		if s[i] == '\\' && i+1 < len(s) && s[i+1] < 0x80 {
			words.WriteString(s[i : i+2])
			i += 2
			continue
		}
		p, n := piece{}, 0
		if depth < deepest {
			p, n = mark(s, i, depth)
		}
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s[i:])
			words.WriteString(s[i : i+n])
		} else {
			add(p)
		}
		i += n
	}
	if words.Len() > 0 {
		out = append(out, piece{text: words.String()})
	}
	return out
}

var (
	tagOrAddress = regexp.MustCompile(`^<(?:[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>]+|!--.*?--|/?[a-zA-Z][^<>]*)>`)
	template     = regexp.MustCompile(`^(?:\{\{.*?\}\}|\{%.*?%\}|\{#[\w-]+\})`)
	footnote     = regexp.MustCompile(`^\[\^[^\]\s]+\]`)
)

// mark reads the mark at a byte of the text, and says how many bytes it takes
// with all it holds; 0 where there is none.
func mark(s string, i, depth int) (piece, int) {
	rest := s[i:]
	alone := func(kind string, n int) (piece, int) { return piece{kind: kind, open: rest[:n]}, n }
	switch rest[0] {
	case '\n':
		return alone("break", 1)
	case '`':
		run := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
		for at := len(run); at < len(rest); {
			j := strings.Index(rest[at:], run)
			if j < 0 {
				return piece{}, 0
			}
			end := at + j + len(run)
			if (end == len(rest) || rest[end] != '`') && rest[at+j-1] != '`' {
				return alone("code", end)
			}
			at = end + len(rest[end:]) - len(strings.TrimLeft(rest[end:], "`"))
		}
	case '<':
		if m := tagOrAddress.FindString(rest); m != "" {
			return alone("html", len(m))
		}
	case '{':
		if m := template.FindString(rest); m != "" {
			return alone("tag", len(m))
		}
	case '!':
		if strings.HasPrefix(rest, "![") {
			return link(rest, "![", "image", depth)
		}
	case '[':
		if m := footnote.FindString(rest); m != "" {
			return alone("note", len(m))
		}
		return link(rest, "[", "link", depth)
	case '*', '_', '~':
		return emphasised(s, i, depth)
	}
	return piece{}, 0
}

// link reads [words](address) or [words][name]; images likewise.
func link(rest, open, kind string, depth int) (piece, int) {
	end := closing(rest[len(open)-1:], '[', ']')
	if end == 0 {
		return piece{}, 0
	}
	end += len(open) - 1 // behind the bracket
	tail := 0
	switch {
	case strings.HasPrefix(rest[end:], "("):
		tail = closing(rest[end:], '(', ')')
	case strings.HasPrefix(rest[end:], "["):
		tail = closing(rest[end:], '[', ']')
	}
	if tail == 0 {
		return piece{}, 0
	}
	return piece{kind: kind, open: open, close: rest[end-1 : end+tail], inner: cut(rest[len(open):end-1], depth+1)}, end + tail
}

// closing is the length of what a bracket encloses, with both of its ends; 0
// where it is not closed.
func closing(s string, open, shut byte) int {
	level := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '\n':
			return 0
		case open:
			level++
		case shut:
			if level--; level == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// emphasised reads **strong**, *emphasis*, their forms with underscores, and
// ~~struck~~.
func emphasised(s string, i, depth int) (piece, int) {
	c := s[i]
	run := len(s[i:]) - len(strings.TrimLeft(s[i:], string(c)))
	if run > 2 || c == '~' && run != 2 {
		return piece{}, 0
	}
	d := s[i : i+run]
	next, _ := utf8.DecodeRuneInString(s[i+run:])
	prev, _ := utf8.DecodeLastRuneInString(s[:i])
	if i+run == len(s) || unicode.IsSpace(next) || c == '_' && letter(prev) {
		return piece{}, 0
	}
	for j := i + run; j < len(s); {
		switch {
		case s[j] == '\\':
			j += 2
			continue
		case s[j] == '`':
			if _, n := mark(s, j, deepest); n > 0 {
				j += n
				continue
			}
		case s[j] == c:
			n := len(s[j:]) - len(strings.TrimLeft(s[j:], string(c)))
			before, _ := utf8.DecodeLastRuneInString(s[:j])
			after, _ := utf8.DecodeRuneInString(s[j+n:])
			if n == run && !unicode.IsSpace(before) && !(c == '_' && letter(after)) && j > i+run {
				return piece{kind: "fmt", open: d, close: d, inner: cut(s[i+run:j], depth+1)}, j + n - i
			}
			j += n
			continue
		}
		j++
	}
	return piece{}, 0
}

func letter(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// marks lists the marks of a text, outer before inner.
func marks(list []piece) []piece {
	var out []piece
	for _, p := range list {
		if p.kind != "" {
			out = append(out, p)
			out = append(out, marks(p.inner)...)
		}
	}
	return out
}
