package locale

// This file holds the messages of the interface in one language, in layers: a
// portal's changes over its theme's messages over those of the theme `base`,
// and at last those of another language.

import (
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// Messages are the texts of one language and what they stand over. The value
// never changes and may be shared.
type Messages struct {
	locale  *Locale
	keys    []string // in the order of the file
	entries map[string]message
	base    *Messages
	lines   []string // of the file, for excerpts
}

// message is one text, or one for each plural category.
type message struct {
	forms   map[string]string // "other" is always there
	places  map[string]diag.Pos
	counted bool
	at      diag.Pos // of the key
}

// Tag returns the language of the top layer.
func (m *Messages) Tag() string { return m.locale.Tag }

// Keys returns the keys of all layers, those of the top layer first, each in
// the order of its file.
func (m *Messages) Keys() []string {
	var out []string
	seen := map[string]bool{}
	for l := m; l != nil; l = l.base {
		for _, k := range l.keys {
			if !seen[k] {
				seen[k] = true
				out = append(out, k)
			}
		}
	}
	return out
}

// Has tells whether any layer has the key.
func (m *Messages) Has(key string) bool {
	_, owner := m.find(key)
	return owner != nil
}

// Over returns the messages laid over base: a key is looked for in m and what m
// already stands over, then in base.
func (m *Messages) Over(base *Messages) *Messages {
	if m == nil {
		return base
	}
	top := *m
	if m.base != nil {
		base = m.base.Over(base)
	}
	top.base = base
	return &top
}

// Text returns a message with its {placeholders} filled from pairs of name and
// value. Values are put in as they are; a placeholder without a value stays. Of
// a counted message it is the form "other". A key that no layer has is shown in
// brackets: "[search.button]".
func (m *Messages) Text(key string, args ...string) string {
	e, owner := m.find(key)
	if owner == nil {
		return "[" + key + "]"
	}
	return fill(e.forms["other"], args)
}

// Count returns the form of a message that goes with n in the language of its
// layer, with {n} written as that language writes numbers.
func (m *Messages) Count(key string, n int, args ...string) string {
	e, owner := m.find(key)
	if owner == nil {
		return "[" + key + "]"
	}
	form, ok := e.forms[owner.locale.Plural(n)]
	if !ok {
		form = e.forms["other"]
	}
	number := owner.locale.Number(strconv.Itoa(n))
	return fill(form, append([]string{"n", number}, args...))
}

// Form returns the form of a counted message for one plural category, else its
// form "other", with its {placeholders} filled.
func (m *Messages) Form(key, category string, args ...string) string {
	e, owner := m.find(key)
	if owner == nil {
		return "[" + key + "]"
	}
	form, ok := e.forms[category]
	if !ok {
		form = e.forms["other"]
	}
	return fill(form, args)
}

// Missing returns the keys of the master that m has in none of its layers of
// its own language, in the master's order: the reader of m sees another
// language there, or the key in brackets.
func (m *Messages) Missing(master *Messages) []string {
	return slices.DeleteFunc(master.Keys(), func(key string) bool {
		for l := m; l != nil; l = l.base {
			if _, ok := l.entries[key]; ok && l.Tag() == m.Tag() {
				return true
			}
		}
		return false
	})
}

// find returns the first layer that has the key.
func (m *Messages) find(key string) (message, *Messages) {
	for l := m; l != nil; l = l.base {
		if e, ok := l.entries[key]; ok {
			return e, l
		}
	}
	return message{}, nil
}

// fill puts values in place of {names}, all at once: a value that looks like a
// placeholder is not filled again.
func fill(text string, args []string) string {
	if len(args)%2 != 0 {
		panic("locale: odd arguments for a message")
	}
	if !strings.Contains(text, "{") || len(args) == 0 {
		return text
	}
	var out strings.Builder
	for {
		open := strings.IndexByte(text, '{')
		if open < 0 {
			break
		}
		out.WriteString(text[:open])
		text = text[open:]
		n := 1 // bytes of the placeholder
		for i := 0; i < len(args); i += 2 {
			if name := args[i]; len(text) > len(name)+1 && text[1:1+len(name)] == name && text[1+len(name)] == '}' {
				n = len(name) + 2
				out.WriteString(args[i+1])
				break
			}
		}
		if n == 1 {
			out.WriteByte('{')
		}
		text = text[n:]
	}
	out.WriteString(text)
	return out.String()
}
