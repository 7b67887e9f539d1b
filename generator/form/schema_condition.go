package form

// This file turns conditions into schemas.

import "strconv"

// split parts the tests of a condition into those about the whole form and those
// about the row it stands in. ok is false where a schema cannot decide them.
func (s *schemer) split(c *Condition, inRow bool) (outer, inner []any, ok bool) {
	for _, t := range c.Tests {
		test, row, fine := s.test(t)
		if !fine {
			return nil, nil, false
		}
		if row && inRow {
			inner = append(inner, test)
		} else {
			outer = append(outer, test)
		}
	}
	if !c.Any || len(c.Tests) == 1 {
		return outer, inner, true
	}
	switch {
	case len(inner) == 0:
		return []any{node{"anyOf": outer}}, nil, true
	case len(outer) == 0:
		return nil, []any{node{"anyOf": inner}}, true
	}
	return nil, nil, false
}

// test is the schema of one test, seen from the form or from the row.
func (s *schemer) test(t Test) (schema node, row, ok bool) {
	q := s.f.Find(t.Question)
	path := q.Path()
	if rep := q.Repeat(); rep != nil {
		path, row = path[len(rep.Path()):], true
	}
	var value node
	switch t.Op {
	case Answered, Unanswered:
		value = node{}
		switch q.Type {
		case GroupOf:
			value = node{"minProperties": 1}
		case Repeat, ChooseMany, File:
			value = node{"minItems": 1}
		}
	case Is:
		value = node{"enum": constants(q.Question, t.Values)}
	case IsNot:
		value = node{"not": node{"enum": constants(q.Question, t.Values)}}
	case Includes:
		value = node{"contains": node{"enum": constants(q.Question, t.Values)}}
	default:
		if q.Type != Number {
			return nil, false, false
		}
		n, _ := strconv.ParseFloat(t.Values[0], 64)
		value = node{map[Op]string{Less: "exclusiveMaximum", AtMost: "maximum", More: "exclusiveMinimum", AtLeast: "minimum"}[t.Op]: n}
	}
	for i := len(path) - 1; i >= 0; i-- {
		level := node{"required": []string{path[i]}}
		if len(value) > 0 {
			level["properties"] = node{path[i]: value}
		}
		value = level
	}
	if t.Op == Unanswered {
		value = node{"not": value}
	}
	return value, row, true
}

// constants are the values of a test as they stand in answers.
func constants(q *Question, values []string) []any {
	var out []any
	for _, v := range values {
		switch q.Type {
		case YesNo, Declaration, Consent:
			out = append(out, v == "yes")
		case Number:
			n, _ := strconv.ParseFloat(v, 64)
			out = append(out, n)
		default:
			out = append(out, v)
		}
	}
	return out
}
