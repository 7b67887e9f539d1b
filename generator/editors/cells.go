package editors

// This file turns the text of a cell into a value as belfry writes it: words of
// five languages for prices, times and choices, dates of offices, lists in one
// cell. What it does not understand it leaves as it is, for the check that
// follows to tell.

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"belfry/generator/portal"
)

// converter reads cells of one portal.
type converter struct {
	lang string
	// resolve returns the id of a document of a type that is called so, or "".
	resolve func(typ, title string) string
}

// parts cuts a cell into the values of a list.
func parts(text string, f *portal.Field) []string {
	cut := "\n|;"
	switch f.Kind {
	case portal.Enum, portal.Ref, portal.Tag, portal.Email, portal.Phone:
		cut += ","
	}
	if f.Name == "keywords" {
		cut += ","
	}
	var out []string
	for _, p := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(cut, r) }) {
		if p = bullet.ReplaceAllString(strings.TrimSpace(p), ""); p != "" {
			out = append(out, p)
		}
	}
	return out
}

var bullet = regexp.MustCompile(`^(?:[-*•–—]\s+|[0-9]{1,2}[.)]\s+)`)

// value is one value of a kind, in the spelling that belfry reads.
func (c *converter) value(typ, path, text string, f *portal.Field) string {
	text = strings.TrimSpace(text)
	switch f.Kind {
	case portal.Enum:
		key := fold(text)
		for _, e := range f.Enum {
			if fold(e) == key {
				return e
			}
			for _, l := range Languages() {
				if fold(In(l).Value(typ, path, e)) == key {
					return e
				}
			}
		}
	case portal.Bool:
		switch {
		case isWord("yes", text):
			return "true"
		case isWord("no", text):
			return "false"
		}
	case portal.Money:
		if isWord("free", text) {
			return "free"
		}
	case portal.Period:
		return period(text)
	case portal.Day, portal.Moment:
		return c.date(text)
	case portal.URL:
		if strings.HasPrefix(strings.ToLower(text), "www.") {
			return "https://" + text
		}
	case portal.Ref:
		if id := c.resolve(f.Ref, text); id != "" {
			return id
		}
	}
	return text
}

// isWord reports whether a text is a word of that meaning in any language.
func isWord(meaning, text string) bool {
	key := fold(text)
	for _, l := range Languages() {
		for _, w := range In(l).words[meaning] {
			if fold(w) == key {
				return true
			}
		}
	}
	return false
}

var countedText = regexp.MustCompile(`^([0-9]{1,4})\s*(?:\([^)]*\)\s*)?(.+)$`)

// period translates "7 работни дни" into "7 working days".
func period(text string) string {
	if isWord("at_once", text) {
		return "at once"
	}
	m := countedText.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	for _, unit := range []string{"working_day", "minute", "hour", "day", "week", "month", "year"} {
		if isWord(unit, m[2]) {
			word := strings.ReplaceAll(unit, "_", " ")
			if m[1] != "1" {
				word += "s"
			}
			return m[1] + " " + word
		}
	}
	return text
}

var officeDate = regexp.MustCompile(`^([0-9]{1,2})\s*[./]\s*([0-9]{1,2})\s*[./]\s*([0-9]{4})(?:\s*[^0-9\s:.]{1,3}\.?)?(?:[ ,]+([0-9]{1,2})[:.]([0-9]{2})(?::[0-9]{2})?)?$`)

// date turns 30.11.2026 г. and 30/11/2026 14:30 into ISO 8601. In English
// 3/4/2026 has two meanings and stays.
func (c *converter) date(text string) string {
	m := officeDate.FindStringSubmatch(text)
	if m == nil {
		return text
	}
	day, _ := strconv.Atoi(m[1])
	month, _ := strconv.Atoi(m[2])
	if strings.Contains(text, "/") && strings.HasPrefix(c.lang, "en") && day <= 12 && day != month {
		return text
	}
	pad := func(n int) string { return strconv.Itoa(100 + n)[1:] }
	if day > 31 || month > 12 {
		return text
	}
	out := m[3] + "-" + pad(month) + "-" + pad(day)
	if m[4] != "" {
		hour, _ := strconv.Atoi(m[4])
		if hour > 23 {
			return text
		}
		out += " " + pad(hour) + ":" + m[5]
	}
	return out
}

// lead is the member of a record that a plain cell fills.
func lead(f *portal.Field, text string) string {
	if f.Name != "contact" {
		return f.Lead
	}
	switch digits := strings.Count(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '0'
		}
		return r
	}, text), "0"); {
	case strings.Contains(text, "@"):
		return "email"
	case digits >= 5 && !strings.ContainsFunc(text, unicode.IsLetter):
		return "phone"
	}
	return f.Lead
}
