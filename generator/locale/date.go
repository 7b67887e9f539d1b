package locale

// This file writes civil dates and times of day. A time.Time is read in its own
// location; the calendar is the Gregorian one in every language.

import (
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Date returns the long form: "5 януари 2026 г.".
func (l *Locale) Date(t time.Time) string { return l.format(l.data.Long, t, t) }

// DateFull returns the long form with the day of the week.
func (l *Locale) DateFull(t time.Time) string { return l.format(l.data.Full, t, t) }

// DayMonth returns the long form without the year: "5 януари".
func (l *Locale) DayMonth(t time.Time) string { return l.format(l.data.DayMonth, t, t) }

// MonthYear returns month and year as they stand over a calendar, the month in
// the nominative: "сијечањ 2026.", "Ιανουάριος 2026".
func (l *Locale) MonthYear(t time.Time) string { return l.format(l.data.MonthYear, t, t) }

// Year writes a year, given in figures, in the digits of the locale.
func (l *Locale) Year(year string) string { return l.digits(year) }

// MonthName returns the month standing alone, in the nominative.
func (l *Locale) MonthName(m time.Month) string { return l.data.MonthsAlone[m-1] }

// MonthShort returns the short name of the month, without a dot.
func (l *Locale) MonthShort(m time.Month) string { return l.data.MonthsShort[m-1] }

// Weekday returns the name of the day standing alone.
func (l *Locale) Weekday(d time.Weekday) string { return l.data.DaysAlone[d] }

// WeekdayShort returns the short name of the day as CLDR has it: "пн", "lun.".
func (l *Locale) WeekdayShort(d time.Weekday) string { return l.data.DaysShort[d] }

// DateRange returns two dates and what lies between, saying nothing twice:
// "15–17 август 2026 г.", "30 август – 2 септември 2026 г.". One day twice is
// that day; an end before its beginning is turned round.
func (l *Locale) DateRange(a, b time.Time) string {
	if b.Before(a) {
		a, b = b, a
	}
	d := l.data
	switch {
	case a.Year() != b.Year():
		return l.Date(a) + d.Dash + l.Date(b)
	case a.YearDay() == b.YearDay():
		return l.Date(a)
	case a.Month() == b.Month():
		return l.format(d.DayToDay, a, b)
	case d.DayMonth == "MM-dd": // ISO 8601 has no shorter form that can be read
		return l.Date(a) + d.Dash + l.Date(b)
	case strings.HasPrefix(d.Long, "y"):
		return l.Date(a) + d.Dash + l.DayMonth(b)
	}
	return l.DayMonth(a) + d.Dash + l.Date(b)
}

// noZero are languages in which portals write 8:30 although CLDR has 08:30.
var noZero = map[string]bool{"bg": true, "ro": true, "en": true}

// Time returns a time of day on the 24-hour clock, "8:30" or "08:30" as the
// locale writes it. Hours run from 0 to 24.
func (l *Locale) Time(hour, minute int) string {
	clock := l.data.Clock
	h := strconv.Itoa(hour)
	if strings.HasPrefix(clock, "HH") && hour < 10 && !noZero[languageOf(l.Tag)] {
		h = "0" + h
	}
	sep := strings.Trim(clock, "Hm")
	return l.digits(h + sep + two(minute))
}

// DateOrder is the order in which a date is written in figures: "dmy", "mdy" or
// "ymd".
func (l *Locale) DateOrder() string {
	order := make([]byte, 0, 3)
	quoted := false
	for _, c := range []byte(l.data.Long) {
		if c == '\'' {
			quoted = !quoted
		}
		if quoted {
			continue
		}
		switch c {
		case 'd', 'M', 'y': // UTS 35, Date Field Symbols
			if c |= 0x20; !strings.Contains(string(order), string(c)) {
				order = append(order, c)
			}
		}
	}
	if len(order) != 3 {
		return "ymd"
	}
	return string(order)
}

// FirstWeekday returns the day a week begins with in a country (ISO 3166, two
// letters); with "" in the country where most speakers of the language live.
func (l *Locale) FirstWeekday(country string) time.Weekday {
	if country == "" {
		country = region(l.Tag)
	}
	if country == "" {
		country = l.data.Region
	}
	if d, ok := regions().FirstDay[strings.ToUpper(country)]; ok {
		return time.Weekday(d)
	}
	return time.Monday
}

// format fills a pattern of UTS 35, part 4. The first day and all else come
// from a, the second day from b.
func (l *Locale) format(pattern string, a, b time.Time) string {
	var out strings.Builder
	days := 0
	for i := 0; i < len(pattern); {
		c := pattern[i]
		if c == '\'' {
			end := strings.IndexByte(pattern[i+1:], '\'')
			out.WriteString(pattern[i+1 : i+1+end])
			i += end + 2
			continue
		}
		n := 1
		for i+n < len(pattern) && pattern[i+n] == c {
			n++
		}
		switch c {
		case 'y':
			out.WriteString(l.digits(strconv.Itoa(a.Year())))
		case 'M', 'L':
			out.WriteString(l.month(c, n, a.Month()))
		case 'd':
			day := a.Day()
			if days++; days > 1 {
				day = b.Day()
			}
			if n == 2 {
				out.WriteString(l.digits(two(day)))
			} else {
				out.WriteString(l.digits(strconv.Itoa(day)))
			}
		case 'E':
			out.WriteString(l.data.Days[a.Weekday()])
		case 'c':
			out.WriteString(l.data.DaysAlone[a.Weekday()])
		default:
			_, n = utf8.DecodeRuneInString(pattern[i:])
			out.WriteString(pattern[i : i+n])
		}
		i += n
	}
	return out.String()
}

func (l *Locale) month(letter byte, n int, m time.Month) string {
	switch {
	case n == 1:
		return l.digits(strconv.Itoa(int(m)))
	case n == 2:
		return l.digits(two(int(m)))
	case letter == 'L':
		return l.data.MonthsAlone[m-1]
	}
	return l.data.Months[m-1]
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// digits turns 0-9 into the digits of the locale.
func (l *Locale) digits(s string) string {
	if l.data.Digits == "" {
		return s
	}
	own := []rune(l.data.Digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return own[r-'0']
		}
		return r
	}, s)
}
