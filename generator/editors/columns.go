package editors

// This file finds out which field a column of a spreadsheet means: by the
// field's name, its label in any of our languages, or another word for it.

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// Body is the name under which a column holds the text of the document.
const Body = "body"

// Column is what one column of a table means.
type Column struct {
	Head  Cell
	Field string // "cost", "cost.amount", Body; "" for a column that is not used
	Left  bool   // left out by hand
	Guess string // a field that may have been meant, where none was found
}

// Columns matches the heads of a table with the fields of a type. Of two columns
// for one field that is no list the first is used. The map gives the meaning of
// heads by hand; "" or "-" leaves a column out. The error is one of the map.
func Columns(t *portal.Type, head []Cell, lang string, by map[string]string) ([]Column, error) {
	known, names := headings(t, lang)
	manual := map[string]string{}
	for head, field := range by {
		if field = strings.TrimSpace(field); field != "" && field != "-" && field != Body && fieldAt(t, field) == nil {
			hint := ""
			if g := diag.Guess(field, names); g != "" {
				hint = fmt.Sprintf("; did you mean %q?", g)
			}
			return nil, fmt.Errorf("a %s has no field %q%s", t.Name, field, hint)
		}
		manual[fold(head)] = field
	}
	out := make([]Column, len(head))
	taken := map[string]bool{}
	for i, h := range head {
		out[i].Head = h
		key := fold(h.Text)
		field, ok := manual[key]
		if delete(manual, key); !ok {
			if field = known[key]; field == "" {
				numbered := strings.TrimRightFunc(key, func(r rune) bool { return unicode.IsDigit(r) || r == ' ' })
				if f := fieldAt(t, known[numbered]); numbered != key && f != nil && f.Many {
					field = known[numbered]
				}
			}
		}
		if field == "-" || ok && field == "" {
			out[i].Left = true
			continue
		}
		if f := fieldAt(t, field); field != "" && taken[field] && (f == nil || !f.Many) {
			field = ""
		}
		taken[field] = true
		if out[i].Field = field; field == "" && !ok && key != "" {
			var all []string
			for k := range known {
				all = append(all, k)
			}
			slices.Sort(all)
			out[i].Guess = known[diag.Guess(key, all)]
		}
	}
	for head := range manual {
		var all []string
		for _, h := range out {
			all = append(all, h.Head.Text)
		}
		hint := "; there are " + strings.Join(all, ", ")
		if g := diag.Guess(head, all); g != "" {
			hint = fmt.Sprintf("; did you mean %q?", g)
		}
		return nil, fmt.Errorf("there is no column %q%s", head, hint)
	}
	return out, nil
}

// headings are the names of a type's fields as columns may give them, folded:
// the model's own first, then those of the language, then all others.
func headings(t *portal.Type, lang string) (known map[string]string, names []string) {
	known = map[string]string{}
	add := func(head, field string) {
		if head = fold(head); head != "" && known[head] == "" {
			known[head] = field
		}
	}
	walk := func(do func(path string, f *portal.Field)) {
		for i := range t.Fields {
			f := &t.Fields[i]
			do(f.Name, f)
			for j := range f.Of {
				do(f.Name+"."+f.Of[j].Name, &f.Of[j])
			}
		}
	}
	walk(func(path string, _ *portal.Field) { names = append(names, path); add(path, path) })
	for _, word := range []string{Body, "text", "content", "details"} {
		add(word, Body)
	}
	languages := append([]string{In(lang).Lang}, Languages()...)
	for _, l := range languages {
		texts := In(l)
		add(texts.say("body"), Body)
		walk(func(path string, _ *portal.Field) {
			before, _, member := cutLast(path)
			label := texts.Label(t.Name, path)
			if member { // a member alone could be anybody's
				add(texts.Label(t.Name, before)+" "+label, path)
				return
			}
			add(label, path)
			for _, also := range texts.field(t.Name, path).Also {
				add(also, path)
			}
		})
	}
	return known, names
}

// fieldAt returns the field at a path: "cost" or "cost.amount".
func fieldAt(t *portal.Type, path string) *portal.Field {
	name, member, nested := strings.Cut(path, ".")
	f := t.Field(name)
	if f == nil || !nested {
		return f
	}
	for i := range f.Of {
		if f.Of[i].Name == member {
			return &f.Of[i]
		}
	}
	return nil
}

// fold evens out what does not matter in a heading: case, blanks, punctuation.
func fold(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '№' {
			return unicode.ToLower(r)
		}
		return ' '
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
