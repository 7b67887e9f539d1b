package review

import (
	"time"

	"belfry/generator/diag"
)

// How long after its end something is in the way, in days.
const (
	alertDays = 30
	eventDays = 400 // who plans next year's feast looks at last year's
)

// longPast: what is long over does not stand beside what is to come.
func longPast(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		at, days := e.Fact("ends"), alertDays
		switch e.Type {
		case "alert":
		case "event":
			days = eventDays
			if !at.Set() {
				at = e.Fact("starts")
			}
			if r := e.Fact("repeats"); r.Set() {
				if at = r.Get("until"); !at.Set() {
					continue
				}
			}
		default:
			continue
		}
		if end := in.Portal.Moment(at.Text); at.Set() && in.At.After(end.AddDate(0, 0, days)) {
			tell(at.At, "date", end.Format(time.DateOnly), "type", e.Type)
		}
	}
}
