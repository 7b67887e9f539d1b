package review

import (
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// article says which provision of Regulation (EU) 2018/1724 asks for a field.
type article struct {
	field   string
	article string
	met     func(in *Input, e *portal.Entity) bool // nil where the field itself is wanted
}

// articles are Art. 9(1), Art. 10(1) and Art. 12 of the Single Digital Gateway
// as far as they concern the description of a service.
var articles = []article{
	{"legal", "Art. 9(1)(c)", nil},
	{"contact", "Art. 9(1)(e)", func(_ *Input, e *portal.Entity) bool {
		return e.Fact("contact").Set() || e.Fact("authority").Set() || e.Fact("owner").Set()
	}},
	{"reviewed", "Art. 9(1)(f)", nil},
	{"steps", "Art. 10(1)(a)", nil},
	{"authority", "Art. 10(1)(b)", func(in *Input, e *portal.Entity) bool {
		return e.Fact("authority").Set() || in.Portal.Config.Fields.Get("authority").Set()
	}},
	{"authentication", "Art. 10(1)(c)", nil},
	{"evidence", "Art. 10(1)(d)", nil},
	{"redress", "Art. 10(1)(e)", nil},
	{"cost", "Art. 10(1)(f)", nil},
	{"processing_time", "Art. 10(1)(g)", func(_ *Input, e *portal.Entity) bool {
		return e.Fact("processing_time").Set() || e.Fact("deadlines").Set()
	}},
	{"no_response", "Art. 10(1)(h)", func(_ *Input, e *portal.Entity) bool {
		p := e.Fact("processing_time").Text
		return e.Fact("no_response").Set() || p == "at once" || p == "PT0S" // nobody waits for an answer
	}},
	{"languages", "Art. 10(1)(i)", nil},
	{"channels", "Art. 6(2)", nil},
	{"translation", "Art. 12", translatedWidely},
}

// sdg: what the Single Digital Gateway asks of the description of a procedure
// and the build refuses to go without, with the article that asks.
func sdg(in *Input, tell func(diag.Pos, ...string)) {
	if in.Profile != "sdg" {
		return
	}
	for e := range in.shown {
		needed := wanted(e)
		missing := in.lacks(e, func(field string) bool { return slices.Contains(needed, field) })
		for _, f := range needed {
			if !slices.ContainsFunc(articles, func(a article) bool { return a.field == f && a.met == nil }) && !slices.ContainsFunc(missing, func(m string) bool { return strings.HasPrefix(m, f+" ") }) {
				missing = append(missing, f)
			}
		}
		if len(missing) > 0 {
			tell(e.Source.At(), "fields", strings.Join(missing, ", "))
		}
	}
}

// sdgAdvice: what the articles ask for beside that; some of it does not apply
// to every service.
func sdgAdvice(in *Input, tell func(diag.Pos, ...string)) {
	if in.Profile != "sdg" {
		return
	}
	for e := range in.shown {
		needed := wanted(e)
		if missing := in.lacks(e, func(field string) bool { return !slices.Contains(needed, field) }); len(missing) > 0 {
			tell(e.Source.At(), "fields", strings.Join(missing, ", "))
		}
	}
}

// lacks are the fields of a service, with their article, that are asked for
// and not there, of those that count.
func (in *Input) lacks(e *portal.Entity, counts func(field string) bool) []string {
	if e.Type != "service" {
		return nil
	}
	var out []string
	for _, a := range articles {
		met := e.Fact(a.field).Set() || e.Fact(a.field).Bad
		if a.met != nil {
			met = a.met(in, e)
		}
		if !met && counts(a.field) {
			out = append(out, a.field+" ("+a.article+")")
		}
	}
	return out
}

// translatedWidely: the description can also be read in an official language of
// the Union that is understood by most users abroad.
func translatedWidely(in *Input, e *portal.Entity) bool {
	widely := 0
	for _, d := range in.documents(e) {
		switch tag, _, _ := strings.Cut(d.Lang, "-"); tag {
		case "en", "fr", "de", "es", "it", "pl":
			widely++
		}
	}
	return widely > 0
}
