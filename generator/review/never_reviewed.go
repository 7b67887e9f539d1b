package review

import "belfry/generator/diag"

// neverReviewed: texts that hold until somebody changes them say when somebody
// last looked.
func neverReviewed(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		if lasting(e.Type) && !e.Fact("reviewed").Set() && !e.Fact("review_by").Set() && !e.Fact("reviewed").Bad {
			tell(e.Source.At(), "date", in.At.Format("2006-01-02"))
		}
	}
}
