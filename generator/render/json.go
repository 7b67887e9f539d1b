package render

import (
	"encoding/json"
	"strconv"
	"strings"
	"unicode/utf8"
)

// appendJSON writes linked data as encoding/json does, <, > and & escaped. That
// package's way with a map cost more than all else in the head of a page.
func appendJSON(out []byte, v any) []byte {
	switch v := v.(type) {
	case string:
		return appendText(out, v)
	case int:
		return strconv.AppendInt(out, int64(v), 10)
	case object:
		out = append(out, '{')
		for i, m := range v {
			if i > 0 {
				out = append(out, ',')
			}
			out = append(appendText(out, m.name), ':')
			if m.value == nil {
				out = appendText(out, m.text)
			} else {
				out = appendJSON(out, m.value)
			}
		}
		return append(out, '}')
	case []object:
		return appendList(out, v)
	case []string:
		return appendList(out, v)
	}
	return appendAny(out, v)
}

func appendAny(out []byte, v any) []byte {
	raw, err := json.Marshal(v)
	if err != nil {
		panic("render: linked data: " + err.Error())
	}
	return append(out, raw...)
}

func appendList[T any](out []byte, list []T) []byte {
	if list == nil {
		return append(out, "null"...)
	}
	out = append(out, '[')
	for i, v := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = appendJSON(out, v)
	}
	return append(out, ']')
}

// appendText writes a string; one with anything to escape is left to encoding/json.
func appendText(out []byte, s string) []byte {
	ascii := true
	for i := range len(s) {
		if c := s[i]; awkward[c] {
			return appendAny(out, s)
		} else if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	if !ascii && (strings.Contains(s, "\u2028") || strings.Contains(s, "\u2029") || !utf8.ValidString(s)) {
		return appendAny(out, s)
	}
	out = append(out, '"')
	out = append(out, s...)
	return append(out, '"')
}

// awkward are the bytes that encoding/json escapes.
var awkward = func() (table [256]bool) {
	for c := range byte(' ') {
		table[c] = true
	}
	for _, c := range `"\<>&` {
		table[c] = true
	}
	return table
}()
