package review

import "belfry/generator/diag"

// noOwner: an office answers for each text, so that a reader's report and a
// review reach somebody. portal.yaml may name one for all the rest.
func noOwner(in *Input, tell func(diag.Pos, ...string)) {
	if in.Portal.Config.Fields.Get("owner").Set() {
		return
	}
	for e := range in.shown {
		if v := e.Fact("owner"); lasting(e.Type) && !v.Set() && !v.Bad {
			tell(e.Source.At())
		}
	}
}
