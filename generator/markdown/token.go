package markdown

import (
	"bytes"
	"html"
	"strings"
)

// token is one piece of raw HTML.
type token struct {
	kind  tokenKind
	name  string // of a tag, in lower case
	start int    // offsets in the HTML
	end   int
	attrs []attribute
}

type tokenKind uint8

const (
	textToken tokenKind = iota
	openToken
	closeToken
	commentToken // also processing instructions, declarations and CDATA
)

// attribute is one attribute of a tag; its value has its references resolved.
type attribute struct {
	name, value string
	at, length  int // of the value as written
	nameAt      int
}

// has reports whether a tag has an attribute whose value is good.
func (t *token) has(name string, good func(string) bool) bool {
	for _, a := range t.attrs {
		if a.name == name {
			return good(a.value)
		}
	}
	return false
}

// tokens reads raw HTML. A tag or comment that never ends is text. How it reads
// odd input matters for what a reader sees, not for safety: whatever comes out
// is escaped or checked again.
type tokens struct {
	src   []byte
	fails int // unfinished tags met; after patience of them every "<" is text
}

// patience bounds the work on a text made of unfinished tags, each of which is
// sought to its end.
const patience = 50

func (ts *tokens) next(at int) token {
	if t, ok := ts.markup(at); ok {
		return t
	}
	end := at + 1
	for end < len(ts.src) {
		j := bytes.IndexByte(ts.src[end:], '<')
		if j < 0 {
			end = len(ts.src)
			break
		}
		end += j
		if _, ok := ts.markup(end); ok {
			break
		}
		end++
	}
	return token{kind: textToken, start: at, end: end}
}

func (ts *tokens) markup(at int) (token, bool) {
	if ts.src[at] != '<' || ts.fails > patience {
		return token{}, false
	}
	t, ok := markup(ts.src, at)
	if !ok {
		ts.fails++
	}
	return t, ok
}

func markup(src []byte, at int) (token, bool) {
	rest := src[at:]
	t := token{start: at}
	switch {
	case len(rest) < 2:
		return t, false
	case bytes.HasPrefix(rest, []byte("<!--")):
		t.kind = commentToken
		for _, short := range []string{"<!-->", "<!--->"} {
			if bytes.HasPrefix(rest, []byte(short)) {
				t.end = at + len(short)
				return t, true
			}
		}
		return until(src, t, at+4, "-->")
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		t.kind = commentToken
		return until(src, t, at, "]]>")
	case rest[1] == '!' || rest[1] == '?':
		t.kind = commentToken
		return until(src, t, at, ">")
	case rest[1] == '/' && len(rest) > 2 && letter(rest[2]):
		t.kind = closeToken
		return tag(src, t, at+2)
	case letter(rest[1]):
		t.kind = openToken
		return tag(src, t, at+1)
	}
	return t, false
}

func until(src []byte, t token, from int, end string) (token, bool) {
	j := bytes.Index(src[from:], []byte(end))
	if j < 0 {
		return t, false
	}
	t.end = from + j + len(end)
	return t, true
}

// tag reads a tag whose name begins at i, as browsers do (HTML 13.2.5.8 on).
func tag(src []byte, t token, i int) (token, bool) {
	from := i
	for i < len(src) && !space(src[i]) && src[i] != '/' && src[i] != '>' {
		i++
	}
	t.name = strings.ToLower(string(src[from:i]))
	for {
		for i < len(src) && (space(src[i]) || src[i] == '/') {
			i++
		}
		if i >= len(src) {
			return t, false
		}
		if src[i] == '>' {
			t.end = i + 1
			return t, true
		}
		a := attribute{}
		from = i
		i++ // a name may begin with "="
		for i < len(src) && !space(src[i]) && src[i] != '/' && src[i] != '>' && src[i] != '=' {
			i++
		}
		a.name = strings.ToLower(string(src[from:i]))
		a.at, a.nameAt = i, from // until a value is found, it is empty
		for i < len(src) && space(src[i]) {
			i++
		}
		if i < len(src) && src[i] == '=' {
			i++
			for i < len(src) && space(src[i]) {
				i++
			}
			if i >= len(src) {
				return t, false
			}
			from = i
			if q := src[i]; q == '"' || q == '\'' {
				j := bytes.IndexByte(src[i+1:], q)
				if j < 0 {
					return t, false
				}
				from, i = i+1, i+1+j
			} else {
				for i < len(src) && !space(src[i]) && src[i] != '>' {
					i++
				}
			}
			a.value = html.UnescapeString(string(src[from:i]))
			a.at, a.length = from, i-from
			if i < len(src) && (src[i] == '"' || src[i] == '\'') && from > 0 && src[from-1] == src[i] {
				i++
			}
		}
		t.attrs = append(t.attrs, a)
	}
}

func letter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }
