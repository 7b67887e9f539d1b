package form

// This file states a form as JSON Schema 2020-12, so that any machine can fill and
// check it. It judges answers in canonical form as [Check] does; what a schema
// cannot state stands in it as x-belfry-… and is listed in README.md.

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// SchemaName is the file name of the form's schema. It carries the version: the
// schemas of earlier versions stay published beside it.
func SchemaName(f *Form) string { return f.ID + ".v" + strconv.Itoa(f.Version) + ".schema.json" }

type node = map[string]any

// Schema returns the JSON Schema of the answers to a form, indented, ending with a
// line end. The id is its address, where one is known; else its file name.
func Schema(f *Form, id string) []byte {
	if id == "" {
		id = SchemaName(f)
	}
	s := &schemer{f: f}
	root := s.object(nil)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["$id"] = id
	root["title"] = f.Title.Value
	root["$defs"] = defs(f)
	root["x-belfry-form"] = f.ID
	root["x-belfry-version"] = f.Version
	if f.Fee.Decimal != "" {
		root["x-belfry-fee"] = f.Fee.Decimal
	}
	if f.Costs() {
		root["x-belfry-currency"] = f.Currency
	}
	var all []any
	for a := range f.All() {
		all = append(all, s.conditional(a)...)
	}
	if all != nil {
		root["allOf"] = all
	}
	return encode(root)
}

func encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(v); err != nil {
		panic("form: " + err.Error())
	}
	return b.Bytes()
}

type schemer struct{ f *Form }

// object is the schema of the questions directly below a parent, nil for the form.
func (s *schemer) object(parent *Asked) node {
	properties, required := node{}, []string{}
	for a := range s.f.All() {
		if a.Parent != parent && (a.Parent == nil || parent == nil || a.Parent.Question != parent.Question) || a.Type == Signature {
			continue
		}
		properties[a.ID] = s.property(a)
		if len(a.Only) == 0 && needs(a.Question) {
			required = append(required, a.ID)
		}
	}
	out := node{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// needs tells whether something must stand under the question's name whenever it
// is asked.
func needs(q *Question) bool {
	if q.Optional || q.Type == Signature {
		return false
	}
	if q.Type != GroupOf {
		return true
	}
	for _, sub := range q.Questions {
		if sub.Only == nil && needs(sub) {
			return true
		}
	}
	return false
}

// conditional returns what the conditions of one question say, for the root: if
// they hold the answer is needed, else it must not be there.
func (s *schemer) conditional(a *Asked) []any {
	if len(a.Only) == 0 || a.Type == Signature {
		return nil
	}
	var chain []*Asked // from the outermost holder to the question
	for p := a; p != nil; p = p.Parent {
		chain = append([]*Asked{p}, chain...)
	}
	repeat := -1
	for i, p := range chain[:len(chain)-1] {
		if p.Type == Repeat {
			repeat = i
		}
	}
	var outer, inner []any // tests about the whole form, tests within the row
	from := 0
	if repeat >= 0 {
		from = repeat + 1
	}
	for _, p := range chain[from:] {
		for _, c := range p.Only {
			o, i, ok := s.split(c, repeat >= 0)
			if !ok {
				return nil // beyond a schema: x-belfry-only-if says it
			}
			outer, inner = append(outer, o...), append(inner, i...)
		}
	}
	then, otherwise := node{}, forbid(chain[from:])
	if needs(a.Question) {
		then = require(chain[from:])
	}
	if repeat < 0 {
		return []any{node{"if": all(outer), "then": then, "else": otherwise}}
	}
	if len(inner) > 0 {
		then = node{"if": all(inner), "then": then, "else": otherwise}
	}
	rows := func(items node) node {
		out := node{"items": items}
		for i := repeat; i >= 0; i-- {
			out = node{"properties": node{chain[i].ID: out}}
		}
		return out
	}
	if len(outer) == 0 {
		return []any{rows(then)}
	}
	return []any{node{"if": all(outer), "then": rows(then), "else": rows(otherwise)}}
}

func all(list []any) any {
	if len(list) == 1 {
		return list[0]
	}
	return node{"allOf": list}
}

// require wants a name at the end of a chain; an optional group on the way need
// not be there.
func require(chain []*Asked) node {
	out := node{}
	for i := len(chain) - 1; i >= 0; i-- {
		level := node{}
		if len(out) > 0 {
			level["properties"] = node{chain[i].ID: out}
		}
		if i == len(chain)-1 || !chain[i].Optional {
			level["required"] = []string{chain[i].ID}
		}
		out = level
	}
	return out
}

func forbid(chain []*Asked) node {
	var out any = false
	for i := len(chain) - 1; i >= 0; i-- {
		out = node{"properties": node{chain[i].ID: out}}
	}
	return out.(node)
}
