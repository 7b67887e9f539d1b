package form

// This file tells about a form what can be told beforehand: how long it takes,
// what to have at hand, and conditions in words for those who fill it on paper.

import (
	"regexp/syntax"
	"strings"
	"unicode/utf8"
)

// Minutes is about how long the form takes: 25 seconds for what is typed, ten for
// what is ticked, 45 for an address, a minute and a half for a file or a long
// text; half of it for what not everybody answers. Above ten it is told in fives. An
// estimate of ours: no study is behind it.
func (f *Form) Minutes() int {
	seconds := 30
	for a := range f.All() {
		one := 25
		switch {
		case a.Type.in(GroupOf, Repeat):
			continue
		case a.Type.in(File, LongText):
			one = 90
		case a.Type.in(ChooseOne, ChooseMany, YesNo, Declaration, Consent):
			one = 10
		case a.Type == Address:
			one = 45
		}
		for p := a; p != nil; p = p.Parent {
			if p.Optional || len(p.Only) > 0 {
				one /= 2
				break
			}
		}
		seconds += one
	}
	m := (seconds + 59) / 60
	if m > 10 {
		m = (m + 2) / 5 * 5
	}
	return m
}

// AtHand returns the questions whose answers people do not know by heart: numbers
// of documents, accounts and files.
func (f *Form) AtHand() []*Asked {
	var out []*Asked
	for a := range f.All() {
		if a.Type.in(IDNumber, IBAN, File) {
			out = append(out, a)
		}
	}
	return out
}

// Clause is one test of a condition in the words of the form. A page or a sheet
// of paper makes a sentence of it: “Answer this only if: Label – value or value”.
type Clause struct {
	Label  string
	Op     Op
	Values []string // labels of answers; "yes" and "no" for the theme to translate; numbers and dates as written
}

// Explain returns the clauses of a condition; they are joined by or where
// c.Any is set, else by and.
func (f *Form) Explain(c *Condition) []Clause {
	var out []Clause
	for _, t := range c.Tests {
		a := f.Find(t.Question)
		clause := Clause{Label: a.Label.Value, Op: t.Op}
		for _, v := range t.Values {
			if ch := a.Choice(v); ch != nil {
				v = ch.Label.Value
			}
			clause.Values = append(clause.Values, v)
		}
		out = append(out, clause)
	}
	return out
}

// Reveals tells whether [RevealCSS] hides a question without script while it is
// not asked.
func (f *Form) Reveals(a *Asked) bool {
	_, ok := revealed(f, a, rowsOf(a)[0])
	return ok
}

// Cells are the boxes for single signs that paper has for an answer, in groups:
// 10 for a personal number, 4 4 4 … for an IBAN. It is nil where a line is better.
func (q *Question) Cells() []int {
	switch {
	case q.Type == IBAN:
		return []int{4, 4, 4, 4, 4, 4, 4, 4, 2}
	case q.Type == IDNumber:
		most := 0
		for _, code := range q.Rules.Codes {
			if re, err := syntax.Parse(scheme(code).Pattern, syntax.Perl); err == nil {
				most = max(most, longest(re))
			}
		}
		return []int{most}
	case q.Type == Time:
		return []int{2, 2}
	case q.Rules.Like != "":
		var out []int
		for _, word := range strings.Fields(q.Rules.Like) {
			out = append(out, utf8.RuneCountInString(word))
		}
		return out
	}
	return nil
}

// longest is how many signs a pattern of the table of numbers matches at most.
func longest(re *syntax.Regexp) int {
	n := 0
	switch re.Op {
	case syntax.OpLiteral:
		return len(re.Rune)
	case syntax.OpCharClass:
		return 1
	case syntax.OpRepeat:
		return re.Max * longest(re.Sub[0])
	case syntax.OpAlternate:
		for _, s := range re.Sub {
			n = max(n, longest(s))
		}
		return n
	}
	for _, s := range re.Sub {
		n += longest(s)
	}
	return n
}

// Digits tells whether a number is made of digits only, so that a telephone may
// show its keys for them.
func (q *Question) Digits() bool {
	for _, code := range q.Rules.Codes {
		if strings.ContainsAny(strings.ReplaceAll(scheme(code).Pattern, `\d`, ""), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			return false
		}
	}
	return q.Type == IDNumber
}

// AskedAbout are the ids of the questions that conditions look at.
func (f *Form) AskedAbout() map[string]bool {
	out := map[string]bool{}
	for a := range f.All() {
		for _, c := range a.Only {
			for _, t := range c.Tests {
				out[t.Question] = true
			}
		}
	}
	return out
}
