package render

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"belfry/generator/form"
)

// This file settles the controls of a form: FORMS.md, B3, and the contract of
// form/README.md.

// idPrefix keeps the ids of controls apart from those of the layout: a question
// may be called "search".
const idPrefix = "f-"

// radios is up to how many answers are all shown; more stand in a list to open.
const radios = 7

// question settles one question under the name of its field. Must is false where
// its place may be hidden or left empty.
func (fb *formBuilder) question(q *form.Question, name string, must bool) FormQuestion {
	a := fb.asked[q]
	must = must && !q.Optional && len(a.Only) == 0
	out := FormQuestion{
		Name: name, Type: string(q.Type), Label: q.Label.Value, Lang: fb.lang(q.Label), Optional: q.Optional, Comb: q.Cells(), Lines: 1,
		Condition: fb.condition(q.Only, fb.form.Reveals(a)), Notes: fb.notes(q),
	}
	if q.Type == form.Consent || q.Type == form.Declaration || q.Type == form.Signature {
		out.Optional = false // a consent is never required; nobody needs to be told
	}
	if q.Hint.Value != "" {
		if fb.hints[q] == nil {
			fb.hints[q] = fb.text(q.Hint, q.At.Line, 4)
		}
		out.Hint = fb.hints[q]
	}
	if out.Hint != nil || out.Notes != nil {
		out.HintID = idPrefix + name + "-hint"
	}
	switch q.Type {
	case form.GroupOf:
		out.Kind = "group"
		for _, sub := range q.Questions {
			out.Questions = append(out.Questions, fb.question(sub, name+"-"+sub.ID, must))
		}
	case form.Repeat:
		out.Kind = "repeat"
		out.Add = q.Rules.MaxCount > 1
		for n := range q.Rules.MaxCount {
			out.Rows = append(out.Rows, fb.row1(q, name, n+1, must))
		}
	case form.ChooseOne, form.ChooseMany, form.YesNo:
		out.Kind = "choices"
		out.Choices = fb.choices(q, name, must)
		if q.Type == form.ChooseOne && len(q.Choices) > radios {
			out.Kind = "select"
			out.Input = &FormInput{ID: idPrefix + name, Name: name, Required: must, DescribedBy: out.HintID, Autocomplete: fb.autocomplete(a, "")}
		}
	case form.Signature:
		out.Kind = "paper"
	default:
		fb.controls(&out, a, must)
	}
	return out
}

// row1 is one row of a repeat.
func (fb *formBuilder) row1(q *form.Question, name string, n int, must bool) FormRow {
	row := FormRow{Name: name + "-" + strconv.Itoa(n), Min: q.Rules.MinCount, Lang: fb.lang(q.Label), Remove: n > max(1, q.Rules.MinCount),
		Label: fb.t("form.row", "label", q.Label.Value, "n", fb.Locale.Number(strconv.Itoa(n)))}
	for _, sub := range q.Questions {
		row.Questions = append(row.Questions, fb.question(sub, row.Name+"-"+sub.ID, must && n <= q.Rules.MinCount))
	}
	return row
}

func (fb *formBuilder) choices(q *form.Question, name string, must bool) []FormChoice {
	var out []FormChoice
	kind := "radio"
	if q.Type == form.ChooseMany {
		kind = "checkbox"
	}
	add := func(value, label string, lang TextLang) *FormChoice {
		out = append(out, FormChoice{ID: idPrefix + name + "-" + value, Name: name, Type: kind, Value: value, Label: label, Lang: lang,
			Checked: value == q.Rules.Preset, Required: must && kind == "radio"})
		return &out[len(out)-1]
	}
	if q.Type == form.YesNo {
		add("yes", fb.t("form.yes"), TextLang{})
		add("no", fb.t("form.no"), TextLang{})
		return out
	}
	for _, ch := range q.Choices {
		c := add(ch.Value, ch.Label.Value, fb.lang(ch.Label))
		if c.Hint = fb.text(ch.Hint, ch.At.Line, 4); c.Hint != nil {
			c.HintID = c.ID + "-hint"
		}
		if ch.Price != "" {
			c.Price = "+ " + fb.Locale.Money(ch.Price, fb.form.Currency)
		}
	}
	return out
}

// controls settles the questions that are typed, ticked or attached.
func (fb *formBuilder) controls(out *FormQuestion, a *form.Asked, must bool) {
	q := a.Question
	in := &FormInput{ID: idPrefix + out.Name, Name: out.Name, Type: "text", Autocomplete: fb.autocomplete(a, ""), Pattern: q.Pattern(), MaxLength: q.MaxLength(),
		Required: must, Value: q.Rules.Preset, DescribedBy: out.HintID, Placeholder: fb.about[q.ID]}
	out.Kind, out.Input = "input", in
	if n := q.Rules.MaxCharacters; n > 0 && n <= 40 {
		in.Width = n
	}
	switch q.Type {
	case form.ShortText:
		if like := utf8.RuneCountInString(q.Rules.Like); like > 0 {
			in.Width = like + 2
		}
	case form.LongText:
		out.Kind, in.Type, in.Rows, out.Lines = "area", "", 5, 5
	case form.Email, form.URL:
		in.Type, in.Dir = string(q.Type), "ltr"
	case form.Tel:
		in.Type, in.Dir, in.Width = "tel", "ltr", 20
	case form.Number:
		in.Dir, in.Width, in.Mode = "ltr", 10, "decimal"
		switch r := q.Rules; {
		case r.Min == nil || *r.Min < 0:
			in.Mode = "" // the keys of some telephones have no minus
		case r.Whole || r.Decimals == 0:
			in.Mode = "numeric"
		}
	case form.Money:
		in.Dir, in.Width, in.Mode = "ltr", 12, "decimal"
		out.Unit = fb.symbol(fb.form.Currency)
	case form.Time:
		in.Type, in.Placeholder = "time", false
	case form.IBAN:
		in.Dir, in.Width = "ltr", 34
	case form.IDNumber:
		in.Dir, in.Width = "ltr", out.Comb[0]+2
		if q.Digits() {
			in.Mode = "numeric"
		}
	case form.File:
		out.Kind, in.Type, in.Accept, in.Multiple, in.Placeholder = "file", "file", q.Accept(), q.Rules.MaxCount > 1, false
		in.Autocomplete = "" // HTML knows none for files and boxes
	case form.Declaration, form.Consent:
		out.Kind, in.Type, in.Value, in.Placeholder = "box", "checkbox", "yes", false
		in.Required, in.Autocomplete = must && q.Type == form.Declaration, ""
	case form.Date:
		if q.Rules.Calendar {
			in.Type, in.Min, in.Max, in.Placeholder = "date", day(q.Rules.After, 1), day(q.Rules.Before, -1), false
			out.Comb = fb.combs()
			return
		}
		fb.parts(out, FormSet{Inputs: fb.dateBoxes(a, out.Name, must)})
		out.Comb = fb.combs()
	case form.DateRange:
		fb.parts(out,
			FormSet{ID: in.ID + "-from", Legend: fb.t("form.part.from"), Inputs: fb.dateBoxes(a, out.Name+"-from", must)},
			FormSet{ID: in.ID + "-to", Legend: fb.t("form.part.to"), Inputs: fb.dateBoxes(a, out.Name+"-to", must)})
		out.Comb = fb.combs()
	case form.Month:
		var boxes []FormInput
		for _, b := range fb.dateBoxes(a, out.Name, must) {
			if !strings.HasSuffix(b.Name, "-day") {
				boxes = append(boxes, b)
			}
		}
		fb.parts(out, FormSet{Inputs: boxes})
		for _, b := range boxes {
			out.Comb = append(out.Comb, b.Comb)
		}
	case form.Address:
		set := FormSet{Wide: true}
		for _, part := range addressOrder(fb.Portal.Config.Country) {
			line := fb.part(a, out.Name, part, must)
			line.MaxLength = 500
			if part == "postcode" {
				line.Width, line.MaxLength = 10, 20
			}
			set.Inputs = append(set.Inputs, line)
		}
		fb.parts(out, set)
		out.Lines = 3
	}
}

func (fb *formBuilder) parts(out *FormQuestion, sets ...FormSet) {
	out.Kind, out.Input, out.Sets = "parts", nil, sets
}

// part is one box of a date or an address.
func (fb *formBuilder) part(a *form.Asked, name, part string, must bool) FormInput {
	return FormInput{ID: idPrefix + name + "-" + part, Name: name + "-" + part, Type: "text", Label: fb.t("form.part." + part), Autocomplete: fb.autocomplete(a, part), Required: must}
}

// dateBoxes are three boxes in the order of the reader's language: GOV.UK found
// that people type a date they know faster and with fewer mistakes than they pick it.
func (fb *formBuilder) dateBoxes(a *form.Asked, name string, must bool) []FormInput {
	var out []FormInput
	for _, c := range fb.Locale.DateOrder() {
		in := fb.part(a, name, map[rune]string{'d': "day", 'm': "month", 'y': "year"}[c], must)
		in.Mode, in.Dir, in.Comb, in.Width = "numeric", "ltr", 2, 2
		if c == 'y' {
			in.Comb, in.Width = 4, 4
		}
		in.MaxLength = in.Width
		out = append(out, in)
	}
	return out
}

// combs are the cells of a date on paper.
func (fb *formBuilder) combs() []int {
	var out []int
	for _, c := range fb.Locale.DateOrder() {
		out = append(out, map[rune]int{'d': 2, 'm': 2, 'y': 4}[c])
	}
	return out
}

// autocomplete is the token for the reader's own data (WCAG 2.2, 1.3.5). What
// repeats, and what is asked of another person, is not the reader's.
func (fb *formBuilder) autocomplete(a *form.Asked, part string) string {
	for p := a.Parent; p != nil; p = p.Parent {
		if p.Type == form.Repeat || p.Rules.OtherPerson {
			return "off"
		}
	}
	return a.Autocomplete(part)
}

// symbol is the sign of a currency in the reader's language: "€".
func (b *Builder) symbol(currency string) string {
	return strings.TrimFunc(b.Locale.Money("1", currency), func(r rune) bool {
		return r == '1' || r == '.' || r == ',' || r == '0' || r == '٠' || r == '١' || r == '٫' || strings.ContainsRune(" \u00a0\u202f\u200f\u200e\u061c", r)
	})
}

// addressOrder is the order in which a country writes the lines of an address.
// Most write the postcode before the place (Universal Postal Union, S42).
func addressOrder(country string) []string {
	switch country {
	case "HU":
		return []string{"postcode", "place", "street"}
	case "GB", "IE", "US", "CA", "AU", "NZ", "IN", "ZA", "UA", "TW", "BR", "CO", "PE", "MT", "GI":
		return []string{"street", "place", "postcode"}
	}
	return []string{"street", "postcode", "place"}
}
