package form

// This file reads the fields of a page as they arrive without script: one name,
// one text. What people type is brought into the form in which it is kept;
// what cannot be is kept as typed, so that Check can say what is wrong with it.

import (
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Parts of a field's name stand behind its question's, joined by a hyphen, which
// ids never hold: birth_date-day, home-street, vehicles-1-plate (rows from 1).

// Fields turns the fields of a page into answers. Names that belong to no
// question are passed over (adapters add their own). It returns [ErrTooLarge]
// where there is more than any page of ours sends.
func Fields(f *Form, in url.Values) (Answers, error) {
	size := 0
	for k, list := range in {
		for _, v := range list {
			size += len(k) + len(v)
		}
	}
	if size > MaxBytes || len(in) > maxFields {
		return nil, ErrTooLarge
	}
	d := fieldReader{in}
	out := Answers{}
	for a := range f.All() {
		if a.Parent == nil {
			if v := d.value(a.Question, a.ID); v != nil {
				out[a.ID] = v
			}
		}
	}
	return out, nil
}

type fieldReader struct{ in url.Values }

func (d fieldReader) text(name string) string {
	for _, v := range d.in[name] { // a name that stands twice has the first answer that is not empty
		if v = clean(strings.ToValidUTF8(v, ""), false); v != "" {
			return v
		}
	}
	return ""
}

// value reads the answer to a question, nil where there is none.
func (d fieldReader) value(q *Question, name string) any {
	switch q.Type {
	case GroupOf:
		return d.group(q, name)
	case Repeat:
		var rows []any
		for i := 1; i <= q.Rules.MaxCount; i++ {
			if row := d.group(q, name+"-"+strconv.Itoa(i)); row != nil {
				rows = append(rows, row)
			}
		}
		if rows == nil {
			return nil
		}
		return rows
	case ChooseMany:
		var list []any
		for _, v := range d.in[name] {
			if v = clean(v, false); v != "" && utf8.ValidString(v) {
				list = append(list, v)
			}
		}
		if list == nil {
			return nil
		}
		return list
	case Date:
		return texted(d.date(name))
	case Month:
		return texted(d.parts(name, "year", "month"))
	case DateRange:
		return object(map[string]string{"from": d.date(name + "-from"), "to": d.date(name + "-to")})
	case Address:
		return object(map[string]string{"street": d.text(name + "-street"), "place": d.text(name + "-place"), "postcode": Digits(d.text(name + "-postcode"))})
	case LongText:
		for _, v := range d.in[name] {
			if v = clean(strings.ToValidUTF8(v, ""), true); v != "" {
				return v
			}
		}
		return nil
	case File, Signature: // files arrive beside the fields
		return nil
	}
	return typed(q, d.text(name))
}

// typed brings one line of text into the form in which its type is kept.
func typed(q *Question, v string) any {
	if v == "" {
		return nil
	}
	switch q.Type {
	case Number:
		if n := number(v); numberPattern.MatchString(n) {
			if x, err := strconv.ParseFloat(n, 64); err == nil {
				return x
			}
		}
	case Money:
		if n := strings.TrimPrefix(number(v), "+"); numberPattern.MatchString(n) {
			return money(n)
		}
	case YesNo, Declaration, Consent:
		switch strings.ToLower(v) {
		case "yes", "on", "true":
			return true
		case "no", "false":
			return noAnswer(q.Type)
		}
	case Tel:
		t := strings.NewReplacer("(", "", ")", "").Replace(compact(v))
		if after, ok := strings.CutPrefix(t, "00"); ok {
			t = "+" + after
		}
		return t
	case URL:
		if !strings.Contains(v, "://") && strings.Contains(v, ".") {
			return "https://" + v
		}
	case IDNumber, IBAN:
		return compact(v)
	case ShortText:
		if q.Rules.Like != "" || q.Rules.Regex != "" {
			return Digits(v)
		}
	case Time:
		t := strings.Replace(Digits(v), ".", ":", 1)
		if len(t) == 4 && t[1] == ':' {
			t = "0" + t
		}
		return t
	}
	return v
}

// noAnswer: a "no" answers yes-no; a box that says no is a box left empty.
func noAnswer(t Type) any {
	if t == YesNo {
		return false
	}
	return nil
}

// money writes two decimals after an amount that has one or two.
func money(n string) string {
	whole, fraction, found := strings.Cut(n, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	switch {
	case !found:
		return whole
	case len(fraction) == 1:
		return whole + "." + fraction + "0"
	}
	return whole + "." + fraction
}

func texted(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// object drops empty members; without any it is no answer.
func object(m map[string]string) any {
	out := map[string]any{}
	for k, v := range m {
		if v != "" {
			out[k] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// date joins three boxes, or takes a whole date from one.
func (d fieldReader) date(name string) string {
	if whole := Digits(d.text(name)); whole != "" {
		return whole
	}
	return d.parts(name, "year", "month", "day")
}

// parts joins boxes with hyphens, days and months with two digits; "" where all
// are empty.
func (d fieldReader) parts(name string, keys ...string) string {
	var out []string
	some := false
	for i, k := range keys {
		v := Digits(d.text(name + "-" + k))
		some = some || v != ""
		if i > 0 && len(v) < 2 {
			v = strings.Repeat("0", 2-len(v)) + v
		}
		out = append(out, v)
	}
	if !some {
		return ""
	}
	return strings.Join(out, "-")
}

func (d fieldReader) group(q *Question, name string) any {
	out := map[string]any{}
	for _, sub := range q.Questions {
		if v := d.value(sub, name+"-"+sub.ID); v != nil {
			out[sub.ID] = v
		}
	}
	if len(out) == 0 {
		return nil
	}
	return out
}
