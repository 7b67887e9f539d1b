package review

import "belfry/generator/diag"

// reviewedLater: nobody has looked at a text tomorrow.
func reviewedLater(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		if v := e.Fact("reviewed"); v.Set() && in.Portal.Moment(v.Text).After(in.At) {
			tell(v.At, "date", v.Text)
		}
	}
}
