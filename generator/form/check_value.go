package form

// This file judges one answer by its type and its rules.

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// value judges an answer that was given. It tells whether the answer may be used
// at all; what is only a little wrong is kept, so that conditions can see it.
func (c *checker) value(q *Question, v any, field string) bool {
	fail := func(code string, args ...string) bool {
		c.add(q, field, code, args...)
		return false
	}
	switch q.Type {
	case YesNo, Declaration, Consent:
		b, ok := v.(bool)
		switch {
		case !ok:
			return fail("type")
		case q.Type == Declaration && !b:
			return fail("declare")
		}
		return true
	case Number:
		n, ok := v.(float64)
		if !ok {
			return fail("number")
		}
		return c.number(q, n, field)
	case ChooseOne:
		s, ok := v.(string)
		if !ok || q.Choice(s) == nil {
			return fail("choice")
		}
		return true
	case ChooseMany:
		return c.many(q, v, field)
	case DateRange:
		return c.span(q, v, field)
	case Address:
		return c.address(q, v, field)
	case File:
		return c.files(q, v, field)
	}
	s, ok := v.(string)
	if !ok {
		return fail("type")
	}
	return c.text(q, s, field)
}

// problemOf is what a text that does not match its type's pattern is told.
var problemOf = map[Type]string{Email: "email", Tel: "tel", URL: "url", Money: "money", Date: "date", Month: "month", Time: "time"}

func (c *checker) text(q *Question, s, field string) bool {
	if !regexp.MustCompile(notBlank).MatchString(s) {
		c.add(q, field, "missing")
		return false
	}
	switch q.Type {
	case IDNumber, IBAN:
		codes := q.Rules.Codes
		if q.Type == IBAN {
			codes = []string{"IBAN"}
		}
		verdict := Malformed
		if s == compact(s) {
			verdict = CheckNumber(s, codes...)
		}
		switch verdict {
		case Malformed:
			c.add(q, field, "number-format")
			return false
		case Suspicious:
			c.add(q, field, "number-digit")
		}
		return true
	}
	if n := utf8.RuneCountInString(s); n > q.maxCharacters() {
		c.add(q, field, "too-long", "max", strconv.Itoa(q.maxCharacters()), "n", strconv.Itoa(n))
		return false
	}
	for _, p := range q.patterns() {
		if !regexp.MustCompile(p).MatchString(s) {
			code := problemOf[q.Type]
			switch {
			case code != "":
			case p == oneLine || p == someLines:
				code = "type"
			default:
				code = "pattern"
			}
			c.add(q, field, code)
			return false
		}
	}
	switch q.Type {
	case Date:
		return c.day(q, s, field)
	case Money:
		n, _ := strconv.ParseFloat(s, 64)
		return c.bounds(q, n, field)
	}
	return true
}

func (c *checker) number(q *Question, n float64, field string) bool {
	text := strconv.FormatFloat(n, 'f', -1, 64)
	_, fraction, _ := strings.Cut(text, ".")
	switch {
	case math.Abs(n) >= 1e15:
		c.add(q, field, "number")
		return false
	case q.Rules.Whole && fraction != "":
		c.add(q, field, "whole")
		return false
	case q.Rules.Decimals >= 0 && len(fraction) > q.Rules.Decimals:
		c.add(q, field, "decimals", "max", strconv.Itoa(q.Rules.Decimals))
		return false
	}
	return c.bounds(q, n, field)
}

func (c *checker) bounds(q *Question, n float64, field string) bool {
	switch {
	case q.Rules.Min != nil && n < *q.Rules.Min:
		c.add(q, field, "min", "min", strconv.FormatFloat(*q.Rules.Min, 'f', -1, 64))
		return false
	case q.Rules.Max != nil && n > *q.Rules.Max:
		c.add(q, field, "max", "max", strconv.FormatFloat(*q.Rules.Max, 'f', -1, 64))
		return false
	}
	return true
}

// day judges a date by the calendar and by today.
func (c *checker) day(q *Question, s, field string) bool {
	d, ok := parseDay(s)
	if !ok || !datePattern.MatchString(s) {
		c.add(q, field, "date")
		return false
	}
	r := q.Rules
	code, args := "", []string(nil)
	switch {
	case r.When == "past" && d >= c.today, r.When == "future" && d <= c.today,
		r.When == "today or past" && d > c.today, r.When == "today or future" && d < c.today:
		code = strings.ReplaceAll(r.When, " ", "-")
	case r.Within > 0 && (d-c.today > Day(r.Within) || c.today-d > Day(r.Within)):
		code, args = "within", []string{"max", strconv.Itoa(r.Within)}
	case r.After != "" && s <= r.After:
		code, args = "after", []string{"day", r.After}
	case r.Before != "" && s >= r.Before:
		code, args = "before", []string{"day", r.Before}
	default:
		return true
	}
	c.add(q, field, code, args...)
	return false
}

// members looks whether an object holds exactly the members of a type, all texts.
func (c *checker) members(q *Question, v any, field string, names ...string) (map[string]any, bool) {
	m, ok := v.(map[string]any)
	if !ok {
		c.add(q, field, "type")
		return nil, false
	}
	fine := true
	for _, n := range names {
		s, isText := m[n].(string)
		switch _, given := m[n]; {
		case !given || isText && !regexp.MustCompile(notBlank).MatchString(s):
			c.add(q, field+"-"+n, "missing")
			fine = false
		case !isText:
			c.add(q, field+"-"+n, "type")
			fine = false
		}
	}
	for _, k := range sorted(m) {
		if !slices.Contains(names, k) {
			c.add(q, field+"-"+k, "unknown")
			fine = false
		}
	}
	return m, fine
}

func (c *checker) span(q *Question, v any, field string) bool {
	m, ok := c.members(q, v, field, "from", "to")
	if !ok {
		return false
	}
	from, to := m["from"].(string), m["to"].(string)
	if a, b := c.day(q, from, field+"-from"), c.day(q, to, field+"-to"); !a || !b {
		return false
	}
	if to < from {
		c.add(q, field+"-to", "order")
		return false
	}
	return true
}

func (c *checker) address(q *Question, v any, field string) bool {
	m, ok := c.members(q, v, field, "street", "place", "postcode")
	if !ok {
		return false
	}
	for _, n := range []string{"street", "place", "postcode"} {
		s := m[n].(string)
		limit := addressLimit(n)
		switch count := utf8.RuneCountInString(s); {
		case count > limit:
			c.add(q, field+"-"+n, "too-long", "max", strconv.Itoa(limit), "n", strconv.Itoa(count))
			ok = false
		case !regexp.MustCompile(oneLine).MatchString(s):
			c.add(q, field+"-"+n, "type")
			ok = false
		}
	}
	return ok
}

func addressLimit(part string) int {
	if part == "postcode" {
		return 20
	}
	return 200
}

func (c *checker) many(q *Question, v any, field string) bool {
	list, ok := v.([]any)
	if !ok {
		c.add(q, field, "type")
		return false
	}
	seen := map[string]bool{}
	for _, one := range list {
		s, _ := one.(string)
		if q.Choice(s) == nil || seen[s] {
			c.add(q, field, "choice")
			return false
		}
		seen[s] = true
	}
	least, most := q.Rules.MinCount, q.Rules.MaxCount
	switch {
	case len(list) == 0:
		c.add(q, field, "missing")
		return false
	case len(list) < least:
		c.add(q, field, "too-few", "min", strconv.Itoa(least))
		return false
	case most > 0 && len(list) > most:
		c.add(q, field, "too-many", "max", strconv.Itoa(most))
		return false
	}
	return true
}

// files judges what is said of files: name, size in bytes, type and SHA-256. What
// is in them is for the receiver to look at.
func (c *checker) files(q *Question, v any, field string) bool {
	list, ok := v.([]any)
	switch {
	case !ok:
		c.add(q, field, "type")
		return false
	case len(list) == 0:
		c.add(q, field, "missing")
		return false
	case len(list) > q.Rules.MaxCount:
		c.add(q, field, "too-many", "max", strconv.Itoa(q.Rules.MaxCount))
		return false
	}
	for _, one := range list {
		if code, args := c.file(q, one); code != "" {
			c.add(q, field, code, args...)
			return false
		}
	}
	return true
}

var fileName = regexp.MustCompile(fileNameText)

// fileNameText is a name without folders and without control characters, with an ending.
const fileNameText = `^[^/\\\p{Cc}]{1,200}\.[A-Za-z0-9]{1,10}$`

func (c *checker) file(q *Question, v any) (code string, args []string) {
	m, ok := v.(map[string]any)
	if !ok {
		return "type", nil
	}
	name, isName := m["name"].(string)
	kind, isKind := m["type"].(string)
	hash, isHash := m["sha256"].(string)
	size, isSize := m["size"].(float64)
	if !isName || !isKind || !isHash || !isSize || len(m) != 4 || !fileName.MatchString(name) || !hashPattern.MatchString(hash) || size < 1 || size != math.Trunc(size) {
		return "type", nil
	}
	ending := strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	if !slices.Contains(q.endings(), ending) || !slices.Contains(q.mediaTypes(), kind) {
		return "file-type", []string{"types", strings.Join(q.Rules.Files, ", ")}
	}
	if size > float64(q.Rules.MaxBytes) {
		return "file-size", []string{"max", fmt.Sprintf("%g", float64(q.Rules.MaxBytes)/1e6)}
	}
	return "", nil
}

// endings are the file name endings a question takes; jpg and jpeg are one.
func (q *Question) endings() []string {
	out := slices.Clone(q.Rules.Files)
	if slices.Contains(out, "jpg") != slices.Contains(out, "jpeg") {
		out = append(out, "jpg", "jpeg")
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// mediaTypes are the media types of those endings.
func (q *Question) mediaTypes() []string {
	var out []string
	for _, e := range q.endings() {
		out = append(out, fileTypes[e])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Accept is the value of the HTML attribute of a file field.
func (q *Question) Accept() string {
	var out []string
	for _, e := range q.endings() {
		out = append(out, "."+e)
	}
	return strings.Join(append(out, q.mediaTypes()...), ",")
}
