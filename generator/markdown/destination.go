package markdown

import (
	"bytes"
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// Destinations returns, in order and once each, every destination for which
// Convert may ask Options.Targets: of links, images, link definitions and
// autolinks in pointed brackets, and of href and src in raw HTML. It looks at
// the text without parsing it, so it also returns some that stand in code or
// nowhere. Bare addresses such as https://example.org are not looked up.
func Destinations(text []byte) []string {
	if !bytes.ContainsAny(text, "]<{") { // no link, no tag, no attributes of a heading
		return nil
	}
	text = clean(text)
	var found []string
	seen := map[string]bool{}
	add := func(raw []byte, unescape func([]byte) string) {
		if dest := unescape(raw); dest != "" && !seen[dest] {
			seen[dest] = true
			found = append(found, dest)
		}
	}
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case ']':
			if i+1 < len(text) && (text[i+1] == '(' || text[i+1] == ':') {
				at := skipSpaces(text, i+2, false)
				add(linkDestination(text[at:]), markdownDestination)
				if quoted := skipSpaces(text, i+2, true); quoted != at {
					add(linkDestination(text[quoted:]), markdownDestination)
				}
			}
		case '<':
			if end := bytes.IndexAny(text[i:], ">\n"); end > 0 && text[i+end] == '>' && bytes.IndexByte(text[i:i+end], ':') > 0 {
				add(text[i+1:i+end], autolinkDestination)
			}
		case 'h', 'H', 's', 'S':
			n := 3
			if text[i]|0x20 == 'h' {
				n = 4
			}
			if i+n < len(text) && (strings.EqualFold(string(text[i:i+n]), "href") || strings.EqualFold(string(text[i:i+n]), "src")) {
				for _, value := range attributeValues(text, i+n) {
					add(value, htmlDestination)
				}
			}
		}
	}
	return found
}

// skipSpaces returns the place of the first byte from at on that is no space or
// line end; with quoted also no mark of a quotation at the start of a line.
func skipSpaces(text []byte, at int, quoted bool) int {
	lineStart := false
	for at < len(text) {
		switch c := text[at]; {
		case c == '\n':
			lineStart = true
		case util.IsSpace(c):
		case quoted && lineStart && c == '>':
		default:
			return at
		}
		at++
	}
	return at
}

// linkDestination reads a link's destination at the start of s as goldmark
// does (CommonMark 6.3): in pointed brackets, or up to a space with
// parentheses in pairs.
func linkDestination(s []byte) []byte {
	if end := bytes.IndexByte(s, '\n'); end >= 0 {
		s = s[:end]
	}
	if len(s) > 0 && s[0] == '<' {
		for i := 1; i < len(s); i++ {
			if s[i] == '\\' && i < len(s)-1 && util.IsPunct(s[i+1]) {
				i++
			} else if s[i] == '>' {
				return s[1:i]
			}
		}
		return nil
	}
	depth := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i < len(s)-1 && util.IsPunct(s[i+1]):
			i++
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return s[:i]
			}
		case util.IsSpace(c):
			return s[:i]
		}
	}
	return s
}

// attributeValues returns what may be the value of an attribute whose name ends
// at an offset. Values that go over a line end are not looked up.
func attributeValues(text []byte, at int) [][]byte {
	at = skipSpaces(text, at, true)
	if at >= len(text) || text[at] != '=' {
		return nil
	}
	var values [][]byte
	plain, quoted := skipSpaces(text, at+1, false), skipSpaces(text, at+1, true)
	for _, from := range [...]int{plain, quoted} {
		if from >= len(text) || from == plain && len(values) > 0 {
			break
		}
		if q := text[from]; q == '"' || q == '\'' {
			if end := bytes.IndexByte(text[from+1:], q); end >= 0 {
				values = append(values, text[from+1:from+1+end])
			}
			continue
		}
		end := from
		for end < len(text) && !space(text[end]) && text[end] != '>' {
			end++
		}
		values = append(values, text[from:end])
	}
	return values
}

// markdownDestination, autolinkDestination and htmlDestination spell a
// destination as the author meant it: without the escapes of the place it
// stands in. Targets are looked up by this spelling.
func markdownDestination(raw []byte) string { return trimDestination(string(decode(nil, raw))) }

func autolinkDestination(raw []byte) string { return trimDestination(string(raw)) }

func htmlDestination(raw []byte) string {
	if bytes.IndexByte(raw, '\n') >= 0 {
		return ""
	}
	return trimDestination(html.UnescapeString(string(raw)))
}

// trimDestination takes away what comes along unseen when an address is copied.
func trimDestination(s string) string {
	return strings.Trim(s, " \t\n\r\f\u00A0\u200B\u2060\uFEFF\u200E\u200F")
}
