package portal

import "time"

// NextChange returns the first moment after at when the output of the portal
// would differ, and false where it never does: a document appears or expires,
// an event or alert begins or ends, a notice opens or closes, a month begins.
func (p *Portal) NextChange(at time.Time) (time.Time, bool) {
	var next time.Time
	consider := func(t time.Time) {
		if t.After(at) && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	for _, e := range p.Entities {
		for _, d := range e.Texts {
			for _, name := range []string{"publish", "expires"} {
				if v := d.Fields.Get(name); v.Set() {
					consider(p.Moment(v.Text))
				}
			}
		}
		switch e.Type {
		case "alert":
			for _, name := range []string{"starts", "ends"} {
				if v := e.Fact(name); v.Set() {
					consider(p.until(v.Text, name == "ends"))
				}
			}
		case "event":
			for _, o := range p.Occurrences(e, p.midnight(at, 0), at.AddDate(1, 1, 0)) {
				consider(o.Ends)
				if night := p.midnight(o.Starts, 1); !o.Ends.After(night) {
					consider(night) // the calendar shows it until the day is over
				}
			}
			consider(p.nextMonth(at))
		case "listing":
			if e.ID == "events" { // a calendar, be it empty, begins with the month
				consider(p.nextMonth(at))
			}
		case "notice":
			for _, name := range []string{"opens", "closes"} {
				if v := e.Fact(name); v.Set() {
					consider(p.until(v.Text, name == "closes"))
				}
			}
		}
	}
	return next, !next.IsZero()
}

// midnight is the beginning of the day that comes days after that of t.
func (p *Portal) midnight(t time.Time, days int) time.Time {
	y, m, d := t.In(p.Config.Zone).Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, p.Config.Zone)
}

func (p *Portal) nextMonth(t time.Time) time.Time {
	y, m, _ := t.In(p.Config.Zone).Date()
	return time.Date(y, m+1, 1, 0, 0, 0, 0, p.Config.Zone)
}

// until reads a moment; as an end, a bare day lasts until its midnight.
func (p *Portal) until(text string, end bool) time.Time {
	t := p.Moment(text)
	if end && isDay(text) {
		return t.AddDate(0, 0, 1)
	}
	return t
}

func isDay(text string) bool { return len(text) == len("2006-01-02") }

// Open reports whether at lies between two moments of an entity, either of
// which may be missing; an end that is a bare day includes it.
func (p *Portal) Open(e *Entity, from, to string, at time.Time) bool {
	if v := e.Fact(from); v.Set() && at.Before(p.until(v.Text, false)) {
		return false
	}
	if v := e.Fact(to); v.Set() && !at.Before(p.until(v.Text, true)) {
		return false
	}
	return true
}

// Occurrence is one time an event takes place. Ends is exclusive.
type Occurrence struct {
	Entity   *Entity
	Starts   time.Time
	Ends     time.Time
	AllDay   bool
	EndGiven bool
}

// Occurrences returns when an event takes place between two moments, in order.
// An event without an end lasts until the midnight after it begins; one that
// begins with a bare day takes whole days.
func (p *Portal) Occurrences(e *Entity, from, to time.Time) []Occurrence {
	starts := e.Fact("starts").Text
	if starts == "" {
		return nil
	}
	first := Occurrence{Entity: e, Starts: p.Moment(starts), AllDay: isDay(starts)}
	if v := e.Fact("ends"); v.Set() {
		first.Ends = p.until(v.Text, true)
		first.EndGiven = first.AllDay || !isDay(v.Text) || first.Ends.After(p.midnight(first.Starts, 1))
		if night := p.midnight(first.Ends, 0); first.AllDay && first.Ends.After(night) {
			first.Ends = p.midnight(first.Ends, 1)
		}
	}
	if !first.Ends.After(first.Starts) {
		first.Ends, first.EndGiven = p.midnight(first.Starts, 1), false
	}
	repeats := e.Fact("repeats")
	limit := to
	if v := repeats.Get("until"); v.Set() {
		if u := p.until(v.Text, true); u.Before(limit) {
			limit = u
		}
	}
	every := repeats.String("every")
	start := skip(first, every, from)
	var out []Occurrence
	for n := start; n < start+most; n++ {
		o, ok := repeat(first, every, n)
		if n > 0 && !o.Starts.Before(limit) || !o.Starts.Before(to) {
			break
		}
		if ok && o.Ends.After(from) {
			out = append(out, o)
		}
		if every == "" {
			break
		}
	}
	return out
}

// most bounds how many occurrences are looked at: a day's for 13 years, a
// week's for 95.
const most = 5000

// skip returns how many daily or weekly occurrences are surely over at a moment.
func skip(first Occurrence, every string, from time.Time) int {
	days := map[string]int{"day": 1, "week": 7}[every]
	if days == 0 {
		return 0
	}
	return max(0, int(from.Sub(first.Ends)/(24*time.Hour))/days-1)
}

// repeat moves an occurrence n steps on; false where that day does not exist,
// such as the 31st of a shorter month (as RFC 5545 skips it). The time of day
// stays, also where summer time begins or ends between.
func repeat(o Occurrence, every string, n int) (Occurrence, bool) {
	if n == 0 {
		return o, true
	}
	shift := func(t time.Time) time.Time {
		switch every {
		case "day":
			return t.AddDate(0, 0, n)
		case "week":
			return t.AddDate(0, 0, 7*n)
		case "month":
			return t.AddDate(0, n, 0)
		case "year":
			return t.AddDate(n, 0, 0)
		}
		return t
	}
	day, days := o.Starts.Day(), date(o.Ends).Sub(date(o.Starts))/(24*time.Hour)
	o.Starts = shift(o.Starts)
	y, m, d := o.Starts.Date()
	o.Ends = time.Date(y, m, d+int(days), o.Ends.Hour(), o.Ends.Minute(), o.Ends.Second(), 0, o.Ends.Location())
	return o, every == "day" || every == "week" || o.Starts.Day() == day
}

// date is the day of a moment where no clock is ever changed.
func date(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
