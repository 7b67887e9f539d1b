package markdown

import (
	"bytes"
	"strconv"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// appendEscaped appends text for element content or a double-quoted attribute.
// Characters that HTML forbids, which only hide or break a page, are left out
// (HTML Living Standard 13.1.4: controls and noncharacters).
func appendEscaped(dst, s []byte) []byte {
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			esc := ""
			switch {
			case c == '&':
				esc = "&amp;"
			case c == '<':
				esc = "&lt;"
			case c == '>':
				esc = "&gt;"
			case c == '"':
				esc = "&quot;"
			case c >= ' ' && c != 0x7F || c == '\n' || c == '\t':
				i++
				continue
			}
			dst = append(append(dst, s[start:i]...), esc...)
			i++
			start = i
			continue
		}
		if c != 0xC2 && c != 0xEF && c < 0xF0 {
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		if r >= 0x80 && r < 0xA0 || r >= 0xFDD0 && r <= 0xFDEF || r&0xFFFE == 0xFFFE {
			dst = append(dst, s[start:i]...)
			start = i + n
		}
		i += n
	}
	return append(dst, s[start:]...)
}

// decode appends Markdown text with its backslash escapes and character
// references resolved, in one pass (CommonMark 2.4, 2.5).
func decode(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		j := bytes.IndexAny(s[i:], `\&`)
		if j < 0 {
			return append(dst, s[i:]...)
		}
		dst = append(dst, s[i:i+j]...)
		i += j
		if s[i] == '\\' {
			if i+1 < len(s) && util.IsPunct(s[i+1]) {
				i++
			}
			dst = append(dst, s[i])
			i++
			continue
		}
		if r, n := reference(s[i:]); n > 0 {
			dst = append(dst, r...)
			i += n
		} else {
			dst = append(dst, '&')
			i++
		}
	}
	return dst
}

// reference reads the character reference at the start of s. It returns the
// characters and the length of the reference, 0 when there is none.
func reference(s []byte) (string, int) {
	end := bytes.IndexByte(s[:min(len(s), 34)], ';')
	if end < 2 {
		return "", 0
	}
	name := string(s[1:end])
	if name[0] != '#' {
		if e, ok := util.LookUpHTML5EntityByName(name); ok {
			return string(e.Characters), end + 1
		}
		return "", 0
	}
	digits, base := name[1:], 10
	if len(digits) > 1 && (digits[0] == 'x' || digits[0] == 'X') {
		digits, base = digits[1:], 16
	}
	if len(digits) == 0 || len(digits) > 7 {
		return "", 0
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil {
		return "", 0
	}
	return string(util.ToValidRune(rune(n))), end + 1
}

// shorten cuts a text for a message to at most n characters.
func shorten(s string, n int) string {
	for i := range s {
		if n--; n < 0 {
			return s[:i] + "…"
		}
	}
	return s
}
