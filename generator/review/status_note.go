package review

import "belfry/generator/diag"

// statusNote: who finds a service closed learns until when, and what to do
// instead.
func statusNote(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		switch s := e.Fact("status"); s.Text {
		case "suspended", "seasonal", "planned", "closed":
			if !e.Fact("status_note").Set() {
				tell(s.At, "status", s.Text)
			}
		}
	}
}
