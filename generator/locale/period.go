package locale

// This file reads how long something takes: "3 working days", "at once", "P2W".

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// Unit is what a period is counted in.
type Unit string

// The units of periods.
const (
	Minutes Unit = "minute"
	Hours   Unit = "hour"
	Days    Unit = "day"
	Weeks   Unit = "week"
	Months  Unit = "month"
	Years   Unit = "year"
)

var units = []Unit{Minutes, Hours, Days, Weeks, Months, Years}

// String returns the English word for one of it: "day".
func (u Unit) String() string { return string(u) }

// Period is a length of time as an office promises it.
type Period struct {
	N       int
	Unit    Unit
	Working bool // working days
	AtOnce  bool // no time at all; N and Unit are empty then
}

// PeriodError says which word of a period is not understood.
type PeriodError struct {
	Word  string
	Guess string // "" if nothing is near
}

// Error says the same in a sentence for developers.
func (e *PeriodError) Error() string { return fmt.Sprintf("%q is no period", e.Word) }

var (
	isoPeriod  = regexp.MustCompile(`^P(?:([0-9]{1,4})([YMWD])|T([0-9]{1,4})([HMS]))$`)
	wordPeriod = regexp.MustCompile(`^([0-9]{1,4})\s*(?:(\p{L}+)\s+)?(\p{L}+)$`)
)

// ParsePeriod reads "3 days", "3 working days" (also "business"), "2 weeks",
// "30 minutes", "at once", or the single-part durations of ISO 8601: P3D, P2W,
// P1M, P1Y, PT2H, PT30M. Nothing of something is at once.
func ParsePeriod(text string) (Period, error) {
	if number, unit, working, ok := plainPeriod(text); ok {
		return period(number, unit, working, text)
	}
	s := strings.Join(strings.Fields(text), " ")
	if m := isoPeriod.FindStringSubmatch(s); m != nil {
		unit := map[string]Unit{"Y": Years, "M": Months, "W": Weeks, "D": Days}[m[2]]
		if m[4] != "" {
			unit = map[string]Unit{"H": Hours, "M": Minutes}[m[4]]
		}
		return period(m[1]+m[3], unit, false, text)
	}
	low := strings.ToLower(s)
	if low == "at once" || low == "immediately" {
		return Period{AtOnce: true}, nil
	}
	m := wordPeriod.FindStringSubmatch(low)
	if m == nil {
		return Period{}, &PeriodError{Word: text, Guess: diag.Guess(low, []string{"at once"})}
	}
	working := m[2] == "working" || m[2] == "business"
	if m[2] != "" && !working {
		return Period{}, &PeriodError{Word: m[2], Guess: diag.Guess(m[2], []string{"working", "business"})}
	}
	for _, u := range units {
		if m[3] == string(u) || m[3] == string(u)+"s" {
			if working && u != Days {
				return Period{}, &PeriodError{Word: m[2] + " " + m[3], Guess: m[1] + " working days"}
			}
			return period(m[1], u, working, text)
		}
	}
	var names []string
	for _, u := range units {
		names = append(names, string(u), string(u)+"s")
	}
	return Period{}, &PeriodError{Word: m[3], Guess: diag.Guess(m[3], names)}
}

// plainPeriod reads the forms in which periods mostly stand, "3 working days" and
// "P7D", without the cost of an expression: a portal reads them for every line of its lists.
func plainPeriod(text string) (number string, unit Unit, working, ok bool) {
	if number, found := strings.CutPrefix(text, "P"); found {
		for _, u := range [...]Unit{Days, Weeks, Months, Years} {
			if s, of := strings.CutSuffix(number, strings.ToUpper(string(u[0]))); of {
				return s, u, false, fewDigits(s)
			}
		}
		return "", "", false, false
	}
	number, rest, _ := strings.Cut(text, " ")
	rest, working = strings.CutPrefix(rest, "working ")
	for _, u := range units {
		if s, of := strings.CutPrefix(rest, string(u)); of && (s == "" || s == "s") && (!working || u == Days) {
			return number, u, working, fewDigits(number)
		}
	}
	return "", "", false, false
}

func fewDigits(s string) bool { return len(s) <= 4 && allDigits(s) }

func period(number string, unit Unit, working bool, text string) (Period, error) {
	n, err := strconv.Atoi(number)
	switch {
	case err != nil:
		return Period{}, &PeriodError{Word: text}
	case n == 0:
		return Period{AtOnce: true}, nil
	case unit == "": // seconds
		return Period{}, &PeriodError{Word: text}
	}
	return Period{N: n, Unit: unit, Working: working}, nil
}

// ISO returns the duration of ISO 8601, which does not know working days: P3D,
// PT2H; PT0S for at once.
func (p Period) ISO() string {
	n := strconv.Itoa(p.N)
	switch {
	case p.AtOnce || p.N == 0:
		return "PT0S"
	case p.Unit == Minutes || p.Unit == Hours:
		return "PT" + n + strings.ToUpper(string(p.Unit[0]))
	}
	return "P" + n + strings.ToUpper(string(p.Unit[0]))
}
