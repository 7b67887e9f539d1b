package form

// This file states each type as a schema.

import (
	"slices"
	"strconv"
	"strings"
)

// property is the schema of the answer to one question.
func (s *schemer) property(a *Asked) node {
	out := s.value(a)
	out["title"] = a.Label.Value
	if a.Hint.Value != "" {
		out["description"] = a.Hint.Value
	}
	out["x-belfry-type"] = string(a.Type)
	if a.Rules.Sensitive {
		out["x-belfry-sensitive"] = true
	}
	var only []string
	for _, c := range a.Only {
		only = append(only, c.Source)
	}
	if only != nil {
		out["x-belfry-only-if"] = only
	}
	return out
}

func (s *schemer) value(a *Asked) node {
	q, r := a.Question, a.Rules
	switch q.Type {
	case GroupOf:
		return s.object(a)
	case Repeat:
		return node{"type": "array", "items": s.object(a), "minItems": r.MinCount, "maxItems": r.MaxCount}
	case YesNo, Consent:
		out := node{"type": "boolean"}
		if q.Type == Consent {
			out["x-belfry-statement"] = StatementHash(q)
		}
		return out
	case Declaration:
		return node{"const": true, "x-belfry-statement": StatementHash(q)}
	case Number:
		return numberSchema(q)
	case Money:
		out := text(q, 16)
		if r.Min != nil {
			out["x-belfry-minimum"] = *r.Min
		}
		if r.Max != nil {
			out["x-belfry-maximum"] = *r.Max
		}
		return out
	case Date:
		return dated(node{"$ref": "#/$defs/date"}, q)
	case DateRange:
		date := dated(node{"$ref": "#/$defs/date"}, q)
		return node{"type": "object", "properties": node{"from": date, "to": date}, "required": []string{"from", "to"},
			"additionalProperties": false, "x-belfry-order": []string{"from", "to"}}
	case Address:
		return node{"$ref": "#/$defs/address"}
	case ChooseOne:
		return choices(q, node{"enum": values(q)})
	case ChooseMany:
		out := node{"type": "array", "items": node{"enum": values(q)}, "uniqueItems": true, "minItems": max(1, r.MinCount)}
		if r.MaxCount > 0 {
			out["maxItems"] = r.MaxCount
		}
		return choices(q, out)
	case File:
		return files(q)
	case IDNumber:
		var any []any
		for _, c := range r.Codes {
			any = append(any, node{"pattern": scheme(c).Pattern})
		}
		return node{"type": "string", "anyOf": any, "x-belfry-id-number": r.Codes}
	case IBAN:
		return node{"$ref": "#/$defs/iban"}
	}
	return text(q, q.maxCharacters())
}

// text is a string that matches all of its type's patterns.
func text(q *Question, limit int) node {
	out := node{"type": "string", "maxLength": limit}
	var all []any
	for _, p := range q.patterns() {
		all = append(all, node{"pattern": p})
	}
	if len(all) == 1 {
		out["pattern"] = q.patterns()[0]
	} else if all != nil {
		out["allOf"] = all
	}
	return out
}

func numberSchema(q *Question) node {
	r := q.Rules
	out := node{"type": "number", "exclusiveMinimum": -1e15, "exclusiveMaximum": 1e15}
	if r.Whole {
		out["type"] = "integer"
	}
	if r.Min != nil {
		out["minimum"] = *r.Min
		delete(out, "exclusiveMinimum")
	}
	if r.Max != nil {
		out["maximum"] = *r.Max
		delete(out, "exclusiveMaximum")
	}
	if r.Decimals >= 0 { // multipleOf 0.01 is wrong in binary arithmetic
		out["x-belfry-decimals"] = r.Decimals
	}
	return out
}

// dated adds what a schema cannot compare.
func dated(out node, q *Question) node {
	r, rule := q.Rules, node{}
	if r.When != "" {
		rule["when"] = r.When
	}
	if r.Within > 0 {
		rule["within_days"] = r.Within
	}
	if r.After != "" {
		rule["after"] = r.After
	}
	if r.Before != "" {
		rule["before"] = r.Before
	}
	if len(rule) > 0 {
		out["x-belfry-date"] = rule
	}
	return out
}

func choices(q *Question, out node) node {
	labels, prices := node{}, node{}
	for _, c := range q.Choices {
		labels[c.Value] = c.Label.Value
		if c.Price != "" {
			prices[c.Value] = c.Price
		}
	}
	out["x-belfry-choices"] = labels
	if len(prices) > 0 {
		out["x-belfry-prices"] = prices
	}
	return out
}

func files(q *Question) node {
	var endings []string
	for _, e := range q.endings() {
		var b strings.Builder // endings in either case, without a flag that schemas do not have
		for _, r := range e {
			if r >= 'a' && r <= 'z' {
				b.WriteString("[" + string(r) + strings.ToUpper(string(r)) + "]")
			} else {
				b.WriteRune(r)
			}
		}
		endings = append(endings, b.String())
	}
	name := `^[^/\\\p{Cc}]{1,200}\.(` + strings.Join(endings, "|") + `)$`
	return node{"type": "array", "minItems": 1, "maxItems": q.Rules.MaxCount, "items": node{"type": "object", "additionalProperties": false,
		"required": []string{"name", "type", "size", "sha256"}, "properties": node{
			"name":   node{"type": "string", "pattern": name},
			"type":   node{"enum": q.mediaTypes()},
			"size":   node{"type": "integer", "minimum": 1, "maximum": q.Rules.MaxBytes},
			"sha256": node{"type": "string", "pattern": hashText},
		}}}
}

// defs are the parts that several questions share.
func defs(f *Form) node {
	used := map[Type]bool{}
	for a := range f.All() {
		used[a.Type] = true
	}
	out := node{}
	if used[Date] || used[DateRange] {
		out["date"] = node{"type": "string", "format": "date", "pattern": dateText}
	}
	if used[Address] {
		part := func(name string) node {
			return node{"type": "string", "maxLength": addressLimit(name), "allOf": []any{node{"pattern": oneLine}, node{"pattern": notBlank}}}
		}
		out["address"] = node{"type": "object", "properties": node{"street": part("street"), "place": part("place"), "postcode": part("postcode")},
			"required": []string{"street", "place", "postcode"}, "additionalProperties": false}
	}
	if used[IBAN] {
		out["iban"] = node{"type": "string", "pattern": ibanText(), "x-belfry-id-number": []string{"IBAN"}}
	}
	return out
}

// ibanText is the length of every country's account numbers as one pattern.
func ibanText() string {
	byLength := map[string][]string{}
	var lengths []string
	for i := 0; i < len(ibanLengths); i += 4 {
		n := ibanLengths[i+2 : i+4]
		if byLength[n] == nil {
			lengths = append(lengths, n)
		}
		byLength[n] = append(byLength[n], ibanLengths[i:i+2])
	}
	slices.Sort(lengths)
	var out []string
	for _, n := range lengths {
		out = append(out, "(?:"+strings.Join(byLength[n], "|")+")[0-9]{2}[A-Z0-9]{"+strconv.Itoa(small(n)-4)+"}")
	}
	return "^(?:" + strings.Join(out, "|") + ")$"
}
