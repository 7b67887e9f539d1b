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
			for _, o := range p.Occurrences(e, at, at.AddDate(1, 1, 0)) {
				consider(o.Ends)
			}
			local := at.In(p.Config.Zone)
			consider(time.Date(local.Year(), local.Month()+1, 1, 0, 0, 0, 0, p.Config.Zone))
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

// until reads a moment; as an end, a bare day lasts until its midnight.
func (p *Portal) until(text string, end bool) time.Time {
	t := p.Moment(text)
	if end && len(text) == len("2006-01-02") {
		return t.AddDate(0, 0, 1)
	}
	return t
}

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
// An event without an end lasts until the midnight after it begins.
func (p *Portal) Occurrences(e *Entity, from, to time.Time) []Occurrence {
	starts := e.Fact("starts").Text
	if starts == "" {
		return nil
	}
	first := Occurrence{Entity: e, Starts: p.Moment(starts), AllDay: len(starts) == len("2006-01-02")}
	if v := e.Fact("ends"); v.Set() {
		first.Ends, first.EndGiven = p.until(v.Text, true), true
	}
	if !first.Ends.After(first.Starts) {
		y, m, d := first.Starts.Date()
		first.Ends, first.EndGiven = time.Date(y, m, d+1, 0, 0, 0, 0, p.Config.Zone), false
	}
	repeats := e.Fact("repeats")
	limit := to
	if v := repeats.Get("until"); v.Set() {
		if u := p.until(v.Text, true); u.Before(limit) {
			limit = u
		}
	}
	var out []Occurrence
	for n := 0; n < 5000; n++ {
		o, ok := repeat(first, repeats.String("every"), n)
		if n > 0 && !o.Starts.Before(limit) || !o.Starts.Before(to) {
			break
		}
		if ok && o.Ends.After(from) {
			out = append(out, o)
		}
		if !repeats.Set() {
			break
		}
	}
	return out
}

// repeat moves an occurrence n steps on; false where that day does not exist,
// such as the 31st of a shorter month (as RFC 5545 skips it).
func repeat(o Occurrence, every string, n int) (Occurrence, bool) {
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
	day := o.Starts.Day()
	length := o.Ends.Sub(o.Starts)
	o.Starts = shift(o.Starts)
	o.Ends = o.Starts.Add(length)
	return o, every == "day" || every == "week" || o.Starts.Day() == day
}
