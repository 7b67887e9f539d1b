package render

import (
	"strconv"
	"strings"
	"time"

	"belfry/generator/form"
)

// This file says rules and conditions of a form in words.

// condition is the sentence of a condition; nil for none.
func (fb *formBuilder) condition(c *form.Condition, revealed bool) *FormCondition {
	if c == nil {
		return nil
	}
	var tests []string
	var lang TextLang
	for i, clause := range fb.form.Explain(c) {
		asked := fb.form.Find(c.Tests[i].Question)
		lang = fb.lang(asked.Label)
		tests = append(tests, fb.test(asked, clause, c.Tests[i].Values))
	}
	join := "form.and"
	if c.Any {
		join = "form.or"
	}
	text := tests[0]
	for _, t := range tests[1:] {
		text = fb.t(join, "a", text, "b", t)
	}
	return &FormCondition{Text: fb.t("form.condition", "tests", text), Lang: lang, Revealed: revealed}
}

// test is one test of a condition: “How do you want to get it?” – “By post”.
func (fb *formBuilder) test(asked *form.Asked, clause form.Clause, written []string) string {
	q := fb.Locale.Quotes()
	quote := func(s string) string { return q[0] + s + q[1] }
	var values []string
	for i, v := range clause.Values {
		if w := fb.value(asked, written[i]); w != "" {
			v = w
		}
		values = append(values, quote(v))
	}
	key := map[form.Op]string{form.Is: "is", form.IsNot: "is_not", form.Includes: "includes", form.Answered: "answered", form.Unanswered: "not_answered",
		form.Less: "less", form.AtMost: "at_most", form.More: "more", form.AtLeast: "at_least"}[clause.Op]
	if asked.Type == form.Date || asked.Type == form.Month {
		if k := map[form.Op]string{form.Less: "before", form.AtMost: "until", form.More: "after", form.AtLeast: "from"}[clause.Op]; k != "" {
			key = k
		}
	}
	value := ""
	if values != nil {
		value = fb.either(values)
	}
	return fb.t("form.test."+key, "label", quote(clause.Label), "value", value)
}

// value is a value of a condition as people write it; "" where it stands for an
// answer that has a label.
func (fb *formBuilder) value(asked *form.Asked, v string) string {
	switch asked.Type {
	case form.YesNo:
		return fb.t("form." + v)
	case form.Declaration, form.Consent:
		return fb.t("form.ticked")
	case form.Number:
		return fb.Locale.Number(v)
	case form.Money:
		return fb.Locale.Money(v, fb.form.Currency)
	case form.Date:
		return fb.date(v)
	case form.Month:
		if t, err := time.Parse("2006-01", v); err == nil {
			return fb.Locale.MonthYear(t)
		}
	}
	return ""
}

func (b *Builder) date(iso string) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return iso
	}
	return b.Locale.Date(t)
}

// day is an ISO date some days later, "" for none.
func day(iso string, days int) string {
	t, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		return ""
	}
	return t.AddDate(0, 0, days).Format(time.DateOnly)
}

// notes say the rules of a question that its control does not show.
func (fb *formBuilder) notes(q *form.Question) []string {
	var out []string
	r := q.Rules
	note := func(key string, args ...string) { out = append(out, fb.t("form.note."+key, args...)) }
	if q.Type == form.File {
		size := ""
		if r.MaxBytes > 0 {
			size = fb.bytes(r.MaxBytes)
			if n := r.MaxBytes / 1_000_000; n*1_000_000 == r.MaxBytes {
				size = fb.t("size.mb", "n", fb.Locale.Number(strconv.FormatInt(n, 10)))
			}
		}
		switch {
		case len(r.Files) > 0 && size != "":
			note("types", "types", fb.endings(r.Files), "max", size)
		case len(r.Files) > 0:
			out = append(out, fb.endings(r.Files))
		case size != "":
			note("size", "max", size)
		}
		if r.MaxCount > 1 {
			out = append(out, fb.tn("form.note.count", r.MaxCount))
		}
	}
	if r.Like != "" && !strings.Contains(q.Hint.Value, r.Like) {
		note("like", "shape", r.Like)
	}
	if r.MaxCharacters > 0 && r.MaxCharacters < 1000 {
		out = append(out, fb.tn("form.note.characters", r.MaxCharacters))
	}
	if q.Type == form.Number || q.Type == form.Money {
		amount := func(f *float64) string {
			text := decimal(*f, -1)
			if q.Type == form.Money {
				return fb.Locale.Money(text, fb.form.Currency)
			}
			return fb.Locale.Number(text)
		}
		switch {
		case r.Min != nil && r.Max != nil:
			note("between", "min", amount(r.Min), "max", amount(r.Max))
		case r.Min != nil:
			note("min", "min", amount(r.Min))
		case r.Max != nil:
			note("max", "max", amount(r.Max))
		}
	}
	if q.Type == form.ChooseMany {
		n := func(i int) string { return fb.Locale.Number(decimal(float64(i), 0)) }
		switch {
		case r.MinCount > 1 && r.MaxCount > 0:
			note("choose_between", "min", n(r.MinCount), "max", n(r.MaxCount))
		case r.MinCount > 1:
			note("choose_min", "n", n(r.MinCount))
		case r.MaxCount > 0:
			note("choose_max", "n", n(r.MaxCount))
		}
	}
	if r.When == "future" || r.When == "today or future" {
		note(strings.ReplaceAll(r.When, " ", "_")) // that a birthday is past goes without saying
	}
	if r.Within > 0 {
		out = append(out, fb.tn("form.note.within", r.Within))
	}
	if r.After != "" {
		note("after", "date", fb.date(r.After))
	}
	if r.Before != "" {
		note("before", "date", fb.date(r.Before))
	}
	if q.Type == form.Repeat {
		out = append(out, fb.tn("form.note.rows", r.MaxCount))
	}
	return out
}
