package form

// This file tells about a form what can be told beforehand: how long it takes,
// what to have at hand, and conditions in words for those who fill it on paper.

// Minutes is about how long the form takes: half a minute for what is typed, ten
// seconds for what is ticked, two minutes for a file or a long text; rounded up to
// 5 above 5. An estimate of ours: no study is behind it.
func (f *Form) Minutes() int {
	seconds := 60
	for a := range f.All() {
		switch {
		case a.Type.in(GroupOf, Repeat):
		case a.Type.in(File, LongText) && !a.Optional:
			seconds += 120
		case a.Type.in(ChooseOne, ChooseMany, YesNo, Declaration, Consent):
			seconds += 10
		case a.Type == Address:
			seconds += 60
		default:
			seconds += 30
		}
	}
	m := (seconds + 59) / 60
	if m > 5 {
		m = (m + 4) / 5 * 5
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
