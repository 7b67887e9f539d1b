package editors

// This file describes portal.yaml and front matter as JSON Schema 2020-12, so
// that editors complete and check while a person types. A schema is a little
// stricter than belfry where that helps to write well (canonical spelling of
// choices and keys), and never refuses what the documentation shows.

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"belfry/generator/portal"
)

// SchemaOptions say for whom a schema is made.
type SchemaOptions struct {
	Lang      string   // of the descriptions
	Languages []string // of the portal, offered where a language is asked for
	// Known returns the ids of a type that exist, offered where one is asked for.
	// It may be nil.
	Known func(typ string) []string
}

// PortalSchema describes portal.yaml.
func PortalSchema(opt SchemaOptions) []byte {
	s := schemer{opt: opt, t: In(opt.Lang), typ: "portal", defs: object{}}
	return s.document(portal.ConfigFields, "portal.yaml")
}

// Schema describes the front matter of a type's documents: of a source, or of a
// translation, which holds the texts only.
func Schema(t *portal.Type, translation bool, opt SchemaOptions) []byte {
	s := schemer{opt: opt, t: In(opt.Lang), typ: t.Name, translation: translation, defs: object{}}
	return s.document(t.Fields, t.Name)
}

// SchemaName is the file a schema is kept in; name is a type's or "portal".
func SchemaName(name string, translation bool) string {
	if translation {
		return name + ".translation.schema.json"
	}
	return name + ".schema.json"
}

// object is a JSON object that keeps its order.
type object []member

type member struct {
	name  string
	value any
}

func (o *object) set(name string, value any) { *o = append(*o, member{name, value}) }

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		for j, v := range []any{m.name, m.value} {
			if j > 0 {
				b.WriteByte(':')
			}
			e := json.NewEncoder(&b)
			e.SetEscapeHTML(false)
			if err := e.Encode(v); err != nil {
				return nil, err
			}
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

type schemer struct {
	opt         SchemaOptions
	t           *Texts
	typ         string
	translation bool
	defs        object
}

func (s *schemer) document(fields []portal.Field, title string) []byte {
	root := object{{"$schema", "https://json-schema.org/draft/2020-12/schema"}}
	one, _ := s.t.Type(s.typ)
	root.set("title", one+" ("+title+")")
	root.set("description", s.t.TypeDoc(s.typ))
	s.record(&root, "", fields)
	if len(s.defs) > 0 {
		root.set("$defs", s.defs)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(root); err != nil {
		panic("editors: a schema cannot be encoded: " + err.Error())
	}
	return b.Bytes()
}

// record adds what describes a mapping with these fields.
func (s *schemer) record(to *object, path string, fields []portal.Field) {
	properties, required := object{}, []string{}
	for i := range fields {
		f := &fields[i]
		if s.translation && !belongs(f, path) {
			continue
		}
		at := f.Name
		if path != "" {
			at = path + "." + f.Name
		}
		properties.set(f.Name, s.field(at, f))
		// A service needs a description too: portal.Link holds it.
		if !s.translation && (f.Need == portal.Required || s.typ == "service" && at == "description") {
			required = append(required, f.Name)
		}
	}
	to.set("type", "object")
	to.set("properties", properties)
	to.set("additionalProperties", false)
	if len(required) > 0 {
		to.set("required", required)
	}
}

// belongs reports whether a translation may hold the field.
func belongs(f *portal.Field, path string) bool {
	switch {
	case f.Text, f.Name == "id", f.Name == "slug" && path == "", f.Name == "draft" && path == "":
		return true
	}
	return f.Kind == portal.Record && slices.ContainsFunc(f.Of, func(of portal.Field) bool { return of.Text })
}

// field describes one field, a single value or a list of them.
func (s *schemer) field(path string, f *portal.Field) object {
	out := object{}
	one, _ := s.t.Type(f.Ref)
	doc := s.t.Doc(s.typ, path)
	if f.Kind == portal.Ref && one != "" {
		doc += " (" + one + ")"
	}
	if label := s.t.Label(s.typ, path); !strings.EqualFold(label, f.Name) {
		out.set("title", label)
	}
	out.set("description", doc)
	single := s.single(path, f)
	if !f.Many {
		return append(out, single...)
	}
	ref := object{{"$ref", s.define(path, single)}}
	// A list accepts a single value.
	out.set("anyOf", []any{object{{"type", "array"}, {"items", ref}}, ref})
	return out
}

// define keeps a schema once and returns the way to it.
func (s *schemer) define(path string, schema object) string {
	name := strings.ReplaceAll(path, " ", "-")
	s.defs.set(name, schema)
	return "#/$defs/" + name
}

func (s *schemer) single(path string, f *portal.Field) object {
	switch f.Kind {
	case portal.Record:
		whole := object{}
		s.record(&whole, path, f.Of)
		for i := range f.Of {
			lead := &f.Of[i]
			if lead.Name == f.Lead && (!s.translation || belongs(lead, path)) {
				return object{{"anyOf", []any{whole, s.scalar(path+"."+lead.Name, lead)}}}
			}
		}
		return whole
	case portal.PerLang:
		text := s.scalar(path, f)
		each := object{}
		for _, l := range s.opt.Languages {
			each.set(l, text)
		}
		return object{{"anyOf", []any{text, object{{"type", "object"}, {"properties", each},
			{"patternProperties", object{{tagPattern, text}}}, {"additionalProperties", false}}}}}
	}
	return s.scalar(path, f)
}

// scalar describes a value as YAML reads it: what looks like a number is one,
// even where belfry takes it for a text.
func (s *schemer) scalar(path string, f *portal.Field) object {
	text := func(pattern string, examples ...string) object {
		o := object{{"type", "string"}}
		if pattern != "" {
			o.set("pattern", pattern)
			o.set("patternErrorMessage", s.t.Doc(s.typ, path)) // what VS Code and others say of a mismatch
		}
		if len(examples) > 0 {
			o.set("examples", examples)
		}
		return o
	}
	switch f.Kind {
	case portal.Number:
		return object{{"anyOf", []any{object{{"type", "number"}}, text(`^[+-]?[0-9]{1,15}(\.[0-9]{1,15})?$`)}}}
	case portal.Bool:
		return object{{"enum", []any{true, false, "yes", "no"}}}
	case portal.Day:
		return text(dayPattern, "2026-11-30")
	case portal.Moment:
		return text(dayPattern, "2026-11-30", "2026-11-30 18:00")
	case portal.Period:
		return text(periodPattern, "at once", "3 days", "3 working days", "2 weeks", "1 month", "1 year")
	case portal.Money:
		return object{{"anyOf", []any{text(moneyPattern, "free", "12.50 EUR"), object{{"type", "number"}, {"minimum", 0}}}}}
	case portal.Enum:
		var meanings []string
		for _, e := range f.Enum {
			meanings = append(meanings, s.t.Value(s.typ, path, e))
		}
		return object{{"enum", f.Enum}, {"enumDescriptions", meanings}}
	case portal.Ref:
		if s.opt.Known == nil {
			return text("")
		}
		return text("", s.opt.Known(f.Ref)...)
	case portal.Tag:
		return text(tagPattern, s.opt.Languages...)
	case portal.URL:
		return text(urlPattern(), "https://example.org/")
	case portal.Asset:
		return text(`^[^:<>"\\]+$`, "assets/picture.jpg")
	case portal.Hours:
		return text(hoursPattern(), "Mo-Fr 08:30-12:00, 13:00-17:00")
	case portal.Phone:
		return object{{"anyOf", []any{text(`^\+?[0-9][0-9` + blanks + `()/.\-–]{1,30}$`), object{{"type", "integer"}}}}}
	case portal.Email:
		return text(`^(mailto:)?[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"'.]+$`)
	case portal.Markdown:
		return text("")
	case portal.Hash: // may be all digits
		return object{{"type", []string{"string", "number"}}}
	}
	return object{{"type", []string{"string", "number", "boolean"}}}
}

const (
	// A blank and its two kinds that do not break: written out, as Go, JavaScript
	// and other readers of patterns do not share an escape for them.
	blanks = " \u00a0\u202f"

	tagPattern = `^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$`
	// ISO 8601 with a time if wanted; see parse.moment.
	dayPattern = `^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?( ?(Z|[+-][0-9]{2}:?[0-9]{2}))?)?$`
	// See locale.ParsePeriod.
	periodPattern = `^(P([0-9]{1,4}[YMWD]|T[0-9]{1,4}[HM])|[Aa]t once|[Ii]mmediately|[0-9]{1,4} *([Ww]orking|[Bb]usiness) +[Dd]ays?|[0-9]{1,4} *([Mm]inute|[Hh]our|[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear)s?)$`
	// See locale.ParseMoney: a number with a currency before or after it.
	moneyPattern = `^([Ff]ree|FREE|[^0-9]{0,8}[0-9][0-9.,'’` + blanks + `]*|[0-9][0-9.,'’` + blanks + `]*[^0-9]{0,8})$`
)

func urlPattern() string {
	var types []string
	for _, t := range portal.Types {
		if t.Folder != "" {
			types = append(types, t.Name)
		}
	}
	return `^([Hh][Tt][Tt][Pp][Ss]?://[^\s<>"]+|mailto:[^\s<>"]+|tel:[^\s<>"]+|(` + strings.Join(types, "|") + `):[^\s<>"]+|[^:<>"\\]+)$`
}

// hoursPattern is the grammar of locale.ParseHours as one expression.
func hoursPattern() string {
	const (
		day  = `([Mm]o|[Tt]u|[Ww]e|[Tt]h|[Ff]r|[Ss]a|[Ss]u|PH|SH)[a-z]*\.?`
		dash = `\s*[-–—~]\s*`
		time = `[0-9]{1,2}([:.hH][0-9]{2}|[hH])?`
		span = time + dash + time
	)
	days := day + `(` + dash + day + `)?(\s*[,&+/]\s*` + day + `(` + dash + day + `)?)*`
	rule := `(24/7|(` + days + `\s*:?\s*)?(` + span + `(\s*,\s*` + span + `)*|off|closed))`
	return `^\s*` + rule + `(\s*[;,]\s*` + rule + `)*[\s;]*$`
}
