package review

import (
	"time"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/portal"
)

// overdue: somebody looks at a text as often as it was promised.
func overdue(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		by, at := in.due(e)
		if !by.IsZero() && !in.At.Before(by.AddDate(0, 0, 1)) {
			tell(at, "date", by.Format(time.DateOnly))
		}
	}
}

// due is the day by which a text is to be looked at, and where that is said;
// zero where nothing is promised.
func (in *Input) due(e *portal.Entity) (time.Time, diag.Pos) {
	if v := e.Fact("review_by"); v.Set() {
		return in.Portal.Moment(v.Text), v.At
	}
	reviewed, every := e.Fact("reviewed"), e.Fact("review_every")
	if !reviewed.Set() || !every.Set() {
		return time.Time{}, diag.Pos{}
	}
	period, err := locale.ParsePeriod(every.Text)
	if err != nil {
		return time.Time{}, diag.Pos{} // told where it was read
	}
	return after(in.Portal.Moment(reviewed.Text), period), reviewed.At
}

// after is the end of a period that begins at a moment.
func after(t time.Time, p locale.Period) time.Time {
	switch p.Unit {
	case locale.Days:
		return t.AddDate(0, 0, p.N)
	case locale.Weeks:
		return t.AddDate(0, 0, 7*p.N)
	case locale.Months:
		return t.AddDate(0, p.N, 0)
	case locale.Years:
		return t.AddDate(p.N, 0, 0)
	}
	return t
}
