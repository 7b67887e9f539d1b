package review

import "belfry/generator/diag"

// orphan: every document is reached from another one. Most types have a list;
// a form is reached from its service, and a topic without anything in it leads
// nowhere.
func orphan(in *Input, tell func(diag.Pos, ...string)) {
	linked := in.linked()
	for e := range in.shown {
		if (e.Type == "form" || e.Type == "topic" && !in.parent(e.ID)) && !linked[e.Key()] {
			tell(e.Source.At(), "type", e.Type, "id", e.ID)
		}
	}
}

// parent reports whether a topic has topics below it.
func (in *Input) parent(id string) bool {
	for _, t := range in.Portal.Of("topic") {
		if t.Fact("parent").Text == id {
			return true
		}
	}
	return false
}
