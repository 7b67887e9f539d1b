package locale

// This file reads opening hours as people and OpenStreetMap write them:
// "Mo-Fr 08:30-12:00, 13:00-17:00; Sa 09:00-12:00".

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"

	"belfry/generator/diag"
)

// Span is a time in which it is open, in minutes from midnight. To is past
// 1440 where it closes after midnight.
type Span struct{ From, To int }

// Week holds the spans of each day, Monday first, in order of time.
type Week [7][]Span

// HoursError says where opening hours cannot be understood.
type HoursError struct {
	Offset int    // of the first character that is not understood, from 0
	Len    int    // of the word there, in characters; 0 at the end of the text
	Word   string // that word
	Want   string // what was expected: "a day", "a time", "a dash", "a time after the first", "days or times"
	Guess  string // what may have been meant, or ""
}

// Error says the same in a sentence for developers.
func (e *HoursError) Error() string {
	return fmt.Sprintf("character %d: %q where %s was expected", e.Offset+1, e.Word, e.Want)
}

// ParseHours reads opening hours with English names of days, short or long.
//
// A rule is days and times; rules are separated by ";" or a new line, and a
// later one replaces an earlier one for its days. After a comma a rule adds to
// the one before. Without days a rule means every day. "off" and "closed" close
// a day; "24/7" is always; "PH" (public holidays) is read and left out. Times
// are 8:30, 08.30, 8h30 or 8; dashes may be long. Days may run over the week's
// end (Fr-Mo), hours over midnight (22:00-02:00).
func ParseHours(text string) (Week, *HoursError) { return parseHours(text, englishDays()) }

// ParseHours also understands the language's own names of the days.
func (l *Locale) ParseHours(text string) (Week, *HoursError) {
	names := slices.Clone(englishDays())
	for d := range 7 {
		day := (d + 1) % 7
		for _, n := range []string{l.data.Days[day], l.data.DaysAlone[day], l.data.DaysShort[day]} {
			n = strings.ToLower(strings.TrimRight(n, "."))
			if !slices.ContainsFunc(names, func(o dayName) bool { return o.name == n }) {
				names = append(names, dayName{n, d})
			}
		}
	}
	return parseHours(text, byLength(names))
}

// dayName is a name in lower case and its day, Monday 0; -1 is a public holiday.
type dayName struct {
	name string
	day  int
}

var englishDays = sync.OnceValue(func() []dayName {
	names := []dayName{{"ph", -1}, {"sh", -1}, {"tues", 1}, {"thur", 3}, {"thurs", 3}}
	for d := range 7 {
		full := strings.ToLower(time.Weekday((d + 1) % 7).String())
		names = append(names, dayName{full[:2], d}, dayName{full[:3], d}, dayName{full, d}, dayName{full + "s", d})
	}
	return byLength(names)
})

// byLength puts the longest first, so that "mon" is not read as "mo".
func byLength(names []dayName) []dayName {
	slices.SortStableFunc(names, func(a, b dayName) int { return len(b.name) - len(a.name) })
	return names
}

// hoursReader walks over the characters of a text.
type hoursReader struct {
	text  []rune
	at    int
	names []dayName
	week  Week
}

func parseHours(text string, names []dayName) (Week, *HoursError) {
	r := &hoursReader{text: []rune(text), names: names}
	if r.space(); r.done() {
		return Week{}, r.fail("days or times")
	}
	adding := false
	for {
		if err := r.rule(adding); err != nil {
			return Week{}, err
		}
		r.space()
		switch {
		case r.done():
			for d := range r.week {
				r.week[d] = merge(r.week[d])
			}
			return r.week, nil
		case r.take(";\n"):
			adding = false
			for r.space(); r.take(";\n"); r.space() {
			}
			if r.done() {
				continue
			}
		case r.take(","):
			adding = true
		default:
			return Week{}, r.fail("days or times")
		}
	}
}

// rule reads days and times, or one of them.
func (r *hoursReader) rule(adding bool) *HoursError {
	if r.space(); r.done() {
		return nil
	}
	if r.word("24/7") {
		for d := range r.week {
			r.week[d] = []Span{{0, 1440}}
		}
		return nil
	}
	days, holiday, err := r.days()
	if err != nil {
		return err
	}
	r.space()
	r.take(":")
	if len(days) == 0 && !holiday {
		days = []int{0, 1, 2, 3, 4, 5, 6}
	}
	var spans []Span
	if r.space(); !r.word("off") && !r.word("closed") {
		if spans, err = r.spans(); err != nil {
			return err
		}
	}
	for _, d := range days {
		if adding {
			r.week[d] = append(r.week[d], spans...)
		} else {
			r.week[d] = slices.Clone(spans)
		}
	}
	return nil
}

func (r *hoursReader) days() (days []int, holiday bool, err *HoursError) {
	for {
		r.space()
		if r.done() || unicode.IsDigit(r.text[r.at]) || r.peek("off") || r.peek("closed") {
			return days, holiday, nil
		}
		from, ok := r.day()
		if !ok {
			return nil, false, r.fail("a day")
		}
		to := from
		if r.space(); r.take(dashes) {
			if r.space(); from >= 0 {
				if to, ok = r.day(); !ok || to < 0 {
					return nil, false, r.fail("a day")
				}
			}
		}
		if from < 0 {
			holiday = true
		} else {
			for d := from; ; d = (d + 1) % 7 {
				days = append(days, d)
				if d == to {
					break
				}
			}
		}
		if r.space(); !r.take(",&+/") {
			return days, holiday, nil
		}
	}
}

func (r *hoursReader) spans() ([]Span, *HoursError) {
	var out []Span
	for {
		r.space()
		start := r.at
		from, ok := r.time()
		if !ok || from >= 1440 {
			r.at = start
			return nil, r.fail("a time")
		}
		if r.space(); !r.take(dashes) {
			return nil, r.fail("a dash")
		}
		r.space()
		start = r.at
		to, ok := r.time()
		if !ok {
			return nil, r.fail("a time")
		}
		if to == from {
			r.at = start
			return nil, r.fail("a time after the first")
		}
		if to < from {
			to += 1440
		}
		out = append(out, Span{from, to})
		r.space()
		before := r.at
		if !r.take(",") {
			return out, nil
		}
		if r.space(); r.done() || !unicode.IsDigit(r.text[r.at]) {
			r.at = before // the comma begins another rule
			return out, nil
		}
	}
}

const dashes = "-–—−‑‒~"

// time reads 8:30, 08.30, 8h30, 8h or 8.
func (r *hoursReader) time() (int, bool) {
	start := r.at
	hour, n := r.number()
	if n == 0 || n > 2 || hour > 24 {
		r.at = start
		return 0, false
	}
	minute := 0
	if before := r.at; r.take(":.hH") {
		sep := r.text[before]
		m, n := r.number()
		switch {
		case n == 2 && m < 60:
			minute = m
		case n == 0 && (sep == 'h' || sep == 'H'):
		default:
			r.at = start
			return 0, false
		}
	}
	if hour == 24 && minute > 0 {
		r.at = start
		return 0, false
	}
	return hour*60 + minute, true
}

func (r *hoursReader) number() (value, length int) {
	for !r.done() && r.text[r.at] >= '0' && r.text[r.at] <= '9' && length < 5 {
		value = value*10 + int(r.text[r.at]-'0')
		r.at++
		length++
	}
	return value, length
}

func (r *hoursReader) day() (int, bool) {
	for _, n := range r.names {
		if r.word(n.name) {
			r.take(".")
			return n.day, true
		}
	}
	return 0, false
}

// peek tells whether a word in lower case stands here and ends here.
func (r *hoursReader) peek(word string) bool {
	w := []rune(word)
	if len(r.text)-r.at < len(w) {
		return false
	}
	for i, c := range w {
		if unicode.ToLower(r.text[r.at+i]) != c {
			return false
		}
	}
	end := r.at + len(w)
	return end == len(r.text) || !unicode.IsLetter(r.text[end]) && !unicode.IsMark(r.text[end])
}

func (r *hoursReader) word(word string) bool {
	if !r.peek(word) {
		return false
	}
	r.at += len([]rune(word))
	return true
}

func (r *hoursReader) take(any string) bool {
	if r.done() || !strings.ContainsRune(any, r.text[r.at]) {
		return false
	}
	r.at++
	return true
}

func (r *hoursReader) space() {
	for !r.done() && r.text[r.at] != '\n' && unicode.IsSpace(r.text[r.at]) {
		r.at++
	}
}

func (r *hoursReader) done() bool { return r.at >= len(r.text) }

// fail describes the word that stands here.
func (r *hoursReader) fail(want string) *HoursError {
	end := r.at
	for end < len(r.text) && !unicode.IsSpace(r.text[end]) && !strings.ContainsRune(",;"+dashes, r.text[end]) {
		end++
	}
	if end == r.at && end < len(r.text) {
		end++
	}
	e := &HoursError{Offset: r.at, Len: end - r.at, Word: string(r.text[r.at:end]), Want: want}
	if e.Word != "" && unicode.IsLetter(r.text[r.at]) {
		candidates := []string{"off", "closed"}
		for _, n := range r.names {
			if len([]rune(n.name)) > 2 { // two letters are near to everything
				candidates = append(candidates, n.name)
			}
		}
		e.Guess = diag.Guess(e.Word, candidates)
	}
	return e
}

// merge orders spans and joins those that meet.
func merge(spans []Span) []Span {
	slices.SortFunc(spans, func(a, b Span) int { return a.From - b.From })
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.From <= out[n-1].To {
			out[n-1].To = max(out[n-1].To, s.To)
		} else {
			out = append(out, s)
		}
	}
	return out
}
