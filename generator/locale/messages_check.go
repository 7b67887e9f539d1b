package locale

// This file compares messages with their master, the theme's own in English.

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
)

// Check compares the top layer with the master: keys and placeholders that the
// master does not have, placeholders that got lost, forms by count where the
// master has none. Keys that are only missing are [Messages.Missing].
func (m *Messages) Check(master *Messages) diag.List {
	var list diag.List
	known := master.Keys()
	for _, key := range m.keys {
		e := m.entries[key]
		want, owner := master.find(key)
		if owner == nil {
			list = append(list, m.diagnose("messages/unknown-key", e.at, "key", key, "guess", diag.Guess(key, known)))
			continue
		}
		if e.counted && !want.counted {
			list = append(list, m.diagnose("messages/not-counted", e.at, "key", key))
		}
		list = append(list, m.checkPlaceholders(key, e, want)...)
	}
	return list
}

func (m *Messages) checkPlaceholders(key string, e, want message) diag.List {
	var list diag.List
	allowed := want.placeholders()
	if want.counted && !slices.Contains(allowed, "{n}") {
		allowed = append(allowed, "{n}")
	}
	for _, form := range slices.Sorted(maps.Keys(e.forms)) {
		for _, p := range placeholder.FindAllString(e.forms[form], -1) {
			if !slices.Contains(allowed, p) {
				list = append(list, m.diagnose("messages/unknown-placeholder", m.within(e.places[form], p), "placeholder", p, "key", key,
					"allowed", strings.Join(allowed, " "), "guess", diag.Guess(p, allowed)))
			}
		}
	}
	have := e.placeholders()
	for _, p := range want.placeholders() {
		if !slices.Contains(have, p) {
			list = append(list, m.diagnose("messages/lost-placeholder", e.at, "placeholder", p, "key", key))
		}
	}
	return list
}

// placeholders lists those of all forms, sorted.
func (e message) placeholders() []string {
	var out []string
	for _, text := range e.forms {
		out = append(out, placeholder.FindAllString(text, -1)...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// within finds a placeholder on the line where its text begins.
func (m *Messages) within(p diag.Pos, word string) diag.Pos {
	line := m.line(p.Line)
	from := byteOffset(line, p.Col)
	if i := strings.Index(line[from:], word); i >= 0 {
		p.Col = utf8.RuneCountInString(line[:from+i]) + 1
		p.Len = utf8.RuneCountInString(word)
	}
	return p
}

func (m *Messages) diagnose(code string, at diag.Pos, args ...string) diag.Diagnostic {
	d := diag.New(code, at, args...)
	d.Excerpt = m.line(at.Line)
	return d
}
