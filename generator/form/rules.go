package form

// This file holds the rules a question may carry and the words for them.

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator/diag"
)

// Rules narrow the answers a question takes. Zero values mean: no such rule.
type Rules struct {
	Min, Max           *float64 // number and money
	MinCount, MaxCount int      // answers of choose many, rows of a repeat, files (MaxCount only)
	Whole              bool
	Decimals           int // -1 where the form says nothing
	MaxCharacters      int
	When               string // "past", "future", "today or past", "today or future"
	Within             int    // days from today, in either direction the other rules leave open
	After, Before      string // ISO 8601 dates, neither of them included
	Calendar           bool   // a near date, for which a calendar helps
	Files              []string
	MaxBytes           int64
	Like               string   // A a letter, 0 a digit, a space may be left out
	Regex              string   // of the subset that Go, browsers and JSON Schema read alike
	Codes              []string // of id-number
	Autofill           string   // HTML token or "off"
	OtherPerson        bool
	Sensitive          bool // never in drafts, masked in mail
	Preset             string
	Price              string // of a choice, read here and moved there
}

// rule is one row of the table: the words, the types it goes with and what it does.
type rule struct {
	words string // as shown in "did you mean", digits as N
	match *regexp.Regexp
	types []Type // none: all
	apply func(r *Rules, m []string) (problem string)
}

var textual = []Type{ShortText, LongText, Name, Email, Tel, URL}

// ruleTable lists every rule but "optional" and "only if", which are no part of Rules.
var ruleTable = []rule{
	{"from N to N", words(`from (\S+) to (\S+)`), []Type{Number, Money}, func(r *Rules, m []string) string { return bounds(r, m[1], m[2]) }},
	{"at least N", words(`at least (\S+)`), []Type{Number, Money, ChooseMany}, func(r *Rules, m []string) string { return bounds(r, m[1], "") }},
	{"at most N", words(`at most (\S+)`), []Type{Number, Money, ChooseMany}, func(r *Rules, m []string) string { return bounds(r, "", m[1]) }},
	{"whole", words(`whole`), []Type{Number}, func(r *Rules, _ []string) string { r.Whole = true; return "" }},
	{"N decimals", words(`(\d) decimals?`), []Type{Number}, func(r *Rules, m []string) string { r.Decimals = small(m[1]); return "" }},
	{"up to N characters", words(`up to (\d+) characters?`), textual, func(r *Rules, m []string) string {
		if r.MaxCharacters = small(m[1]); r.MaxCharacters < 1 || r.MaxCharacters > 20000 {
			return "from 1 to 20000 characters"
		}
		return ""
	}},
	{"today or past", words(`(past|future|today or past|today or future)`), []Type{Date, DateRange}, func(r *Rules, m []string) string { r.When = strings.ToLower(m[1]); return "" }},
	{"within N days", words(`within (\d+) days?`), []Type{Date, DateRange}, func(r *Rules, m []string) string {
		if r.Within = small(m[1]); r.Within < 1 || r.Within > 36525 {
			return "from 1 to 36525 days"
		}
		return ""
	}},
	{"after 2026-01-31", words(`after (\S+)`), []Type{Date, DateRange}, func(r *Rules, m []string) string { r.After = m[1]; return isDay(m[1]) }},
	{"before 2026-01-31", words(`before (\S+)`), []Type{Date, DateRange}, func(r *Rules, m []string) string { r.Before = m[1]; return isDay(m[1]) }},
	{"calendar", words(`calendar`), []Type{Date}, func(r *Rules, _ []string) string { r.Calendar = true; return "" }},
	{"up to N MB", words(`up to (\d+) ?(kb|mb)`), []Type{File}, func(r *Rules, m []string) string {
		unit := map[string]int64{"kb": 1000, "mb": 1000 * 1000}[strings.ToLower(m[2])]
		if r.MaxBytes = int64(small(m[1])) * unit; r.MaxBytes < 1 || r.MaxBytes > 25*1000*1000 {
			return "at most 25 MB"
		}
		return ""
	}},
	{"up to N files", words(`up to (\d+) files?`), []Type{File}, func(r *Rules, m []string) string {
		if r.MaxCount = small(m[1]); r.MaxCount < 1 || r.MaxCount > 10 {
			return "from 1 to 10 files"
		}
		return ""
	}},
	{"like AA 0000 AA", regexp.MustCompile(`^(?i:like) (.+)$`), []Type{ShortText}, func(r *Rules, m []string) string { r.Like = unquote(m[1]); return "" }},
	{"regex \"…\"", regexp.MustCompile(`^(?i:regex) (.+)$`), []Type{ShortText}, func(r *Rules, m []string) string {
		r.Regex = unquote(m[1])
		return portable(r.Regex)
	}},
	{"other person", words(`other person`), nil, func(r *Rules, _ []string) string { r.OtherPerson = true; return "" }},
	{"autofill off", words(`autofill (\S+)`), append([]Type{Number, Date, Address}, textual...), func(r *Rules, m []string) string {
		if r.Autofill = m[1]; !slices.Contains(tokens, m[1]) {
			return "a token of HTML's autocomplete, or off"
		}
		return ""
	}},
	{"sensitive", words(`sensitive`), nil, func(r *Rules, _ []string) string { r.Sensitive = true; return "" }},
	{"preset VALUE", regexp.MustCompile(`^(?i:preset) (.+)$`), append([]Type{Number, Money, ChooseOne, YesNo, Time}, textual...), func(r *Rules, m []string) string {
		r.Preset = unquote(m[1])
		return ""
	}},
}

// words compiles a pattern of a whole rule; spaces may be wide and case is free.
func words(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?i:` + pattern + `)$`) }

// small reads digits that a pattern has found; what does not fit is too large for any rule.
func small(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}

func bounds(r *Rules, low, high string) string {
	for _, b := range []struct {
		text string
		to   **float64
	}{{low, &r.Min}, {high, &r.Max}} {
		if b.text == "" {
			continue
		}
		n, err := strconv.ParseFloat(b.text, 64)
		if err != nil || strings.ContainsAny(b.text, "nNxX_pPeE") {
			return "numbers, such as from 1 to 20"
		}
		*b.to = &n
	}
	return ""
}

func isDay(s string) string {
	if _, ok := parseDay(s); !ok {
		return "a day such as 2026-01-31"
	}
	return ""
}

func unquote(s string) string {
	r := []rune(s)
	if n := len(r); n >= 2 && strings.ContainsRune("\"“„", r[0]) && strings.ContainsRune("\"”“", r[n-1]) {
		return string(r[1 : n-1])
	}
	return s
}

// fileTypes are the kinds of file a town may ask for, with their media types.
// What can act in a reader's browser (HTML, SVG, script) is not among them.
var fileTypes = map[string]string{
	"pdf": "application/pdf", "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "webp": "image/webp", "heic": "image/heic", "tiff": "image/tiff",
	"doc": "application/msword", "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "odt": "application/vnd.oasis.opendocument.text",
	"xls": "application/vnd.ms-excel", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "ods": "application/vnd.oasis.opendocument.spreadsheet",
	"csv": "text/csv", "txt": "text/plain", "zip": "application/zip", "dwg": "image/vnd.dwg", "asice": "application/vnd.etsi.asic-e+zip", "p7m": "application/pkcs7-mime",
}

// fileRule reads "pdf or jpg"; found is false where the words name no file.
func fileRule(text string) (kinds []string, wrong string, found bool) {
	parts := strings.Split(strings.ToLower(text), " or ")
	for _, p := range parts {
		p = strings.TrimPrefix(strings.TrimSpace(p), ".")
		if _, ok := fileTypes[p]; ok {
			found = true
			kinds = append(kinds, p)
		} else if wrong == "" {
			wrong = p
		}
	}
	return kinds, wrong, found
}

// tokens are those of HTML's autocomplete that name a person's own data.
var tokens = strings.Fields(`off name honorific-prefix given-name additional-name family-name honorific-suffix nickname username organization organization-title
	street-address address-line1 address-line2 address-line3 address-level1 address-level2 address-level3 address-level4 postal-code country country-name
	bday bday-day bday-month bday-year sex language tel tel-country-code tel-national email url`)

var digitsRun = regexp.MustCompile(`\d+`)

// guessRule names the rule nearest to what somebody wrote.
func guessRule(text string) string {
	var all []string
	for _, r := range ruleTable {
		all = append(all, r.words)
	}
	all = append(all, "optional", "only if …", "past", "future", "today or future", "pdf or jpg", "+ N")
	guess := diag.Guess(digitsRun.ReplaceAllString(text, "N"), all)
	for _, n := range append(digitsRun.FindAllString(text, -1), "5", "20") { // with the numbers that were written
		guess = strings.Replace(guess, "N", n, 1)
	}
	return guess
}

// Day is a civil date, counted in days so that two can be subtracted.
type Day int

// DayOf returns the civil date of a moment in its own location.
func DayOf(t time.Time) Day {
	return Day(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// String writes the day as ISO 8601.
func (d Day) String() string { return time.Unix(int64(d)*86400, 0).UTC().Format(time.DateOnly) }

// parseDay reads an ISO 8601 calendar date of the years 0001 to 9999.
func parseDay(s string) (Day, bool) {
	if len(s) != 10 {
		return 0, false
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil || t.Year() < 1 {
		return 0, false
	}
	return DayOf(t), true
}

// RuleWords returns every rule of the table, in its words, for documentation:
// digits stand as N.
func RuleWords() []string {
	out := []string{"optional"}
	for _, r := range ruleTable {
		out = append(out, r.words)
	}
	return append(out, "pdf or jpg", "+ 2.50", "only if ID is VALUE")
}
