package review

import (
	"strings"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// basic: a service says what people need to know before they set out. These
// are the fields P of the content model; the build tells them too, by name
// only, and gives way to this rule.
func basic(in *Input, tell func(diag.Pos, ...string)) {
	if in.Profile != "basic" {
		return
	}
	for e := range in.shown {
		if missing := wanted(e); len(missing) > 0 {
			tell(e.Source.At(), "fields", strings.Join(missing, ", "))
		}
	}
}

// wanted are the fields P that an entity does not have.
func wanted(e *portal.Entity) []string {
	var missing []string
	for _, f := range portal.TypeByName(e.Type).Fields {
		v := e.Fact(f.Name)
		switch {
		case f.Need != portal.Wanted || v.Set() || v.Bad:
		case f.Name == "requirements" && e.Fact("eligibility").Set():
		default:
			missing = append(missing, f.Name)
		}
	}
	if e.Type == "service" && !e.Fact("authentication").Set() && online(e) {
		missing = append(missing, "authentication")
	}
	return missing
}

func online(e *portal.Entity) bool {
	for _, c := range e.Fact("channels").List {
		if c.String("type") == "online" {
			return true
		}
	}
	return false
}
