package form

// This file shows and hides questions without script, by rules of CSS that look
// at what is ticked (:has). Old browsers, paper and text browsers show every
// question with its condition as a sentence.

import (
	"strconv"
	"strings"
)

// RevealCSS returns the style rules of a form's conditions, "" where it has none.
// They speak of the markup README.md describes and end where the script begins.
// What CSS cannot see (a number, a date) stays visible.
func RevealCSS(f *Form) string {
	var hide []string
	for a := range f.All() {
		for _, row := range rowsOf(a) {
			if while, ok := revealed(f, a, row); ok {
				hide = append(hide, `form[data-form]:not([data-ready]):not(`+while+`) [data-q="`+row.name(a)+`"]`)
			}
		}
	}
	if hide == nil {
		return ""
	}
	return "@media screen{@supports selector(:has(*)){" + strings.Join(hide, ",") + "{display:none}}}"
}

// place is one row of the repeat a question stands in; n is 0 outside of repeats.
type place struct {
	repeat *Asked
	n      int
}

func rowsOf(a *Asked) []place {
	rep := a.Repeat()
	if rep == nil {
		return []place{{}}
	}
	var out []place
	for n := range rep.Rules.MaxCount {
		out = append(out, place{rep, n + 1})
	}
	return out
}

// name is the name of a question's field in this row.
func (p place) name(a *Asked) string {
	name := fieldName(a)
	if p.repeat != nil && a.Repeat() != nil {
		prefix := fieldName(p.repeat) + "-"
		name = prefix + strconv.Itoa(p.n) + strings.TrimPrefix(name, prefix+"N")
	}
	return name
}

// revealed is what holds of the form element while the question is asked; ok is false
// where there is no condition, or one that CSS cannot see.
func revealed(f *Form, a *Asked, row place) (string, bool) {
	var all []string
	for _, c := range a.Only {
		var any []string
		for _, t := range c.Tests {
			s, ok := visible(f, t, row)
			if !ok {
				return "", false
			}
			any = append(any, s)
		}
		if c.Any && len(any) > 1 {
			any = []string{":is(" + strings.Join(any, ",") + ")"}
		}
		all = append(all, any...)
	}
	return strings.Join(all, ""), all != nil
}

// visible is the condition on the form element for one test.
func visible(f *Form, t Test, row place) (string, bool) {
	a := f.Find(t.Question)
	name := `[name="` + row.name(a) + `"]`
	ticked := func(values []string) string {
		var out []string
		for _, v := range values {
			out = append(out, name+`[value="`+v+`"]:checked`)
			if len(a.Choices) > 0 {
				out = append(out, name+` [value="`+v+`"]:checked`)
			}
		}
		return ":has(" + strings.Join(out, ",") + ")"
	}
	switch {
	case a.Type.in(ChooseOne, ChooseMany, YesNo, Consent, Declaration):
		switch t.Op {
		case Is, Includes:
			return ticked(t.Values), true
		case IsNot:
			var rest []string
			for _, v := range values(a.Question) {
				if !(Test{Values: t.Values}).names(v) {
					rest = append(rest, v)
				}
			}
			return ticked(rest), len(rest) > 0
		case Answered:
			return ticked(values(a.Question)), true
		case Unanswered:
			return ":not(" + ticked(values(a.Question)) + ")", true
		}
	case a.Type.in(ShortText, LongText, Name, Email, Tel, URL, Number, Money, IDNumber, IBAN):
		typed := ":has(" + name + ":not(:placeholder-shown))"
		switch t.Op {
		case Answered:
			return typed, true
		case Unanswered:
			return ":not(" + typed + ")", true
		}
	}
	return "", false
}
