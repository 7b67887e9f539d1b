package form

// This file holds conditions: what they are and how answers decide them. There is
// deliberately no expression language: this set can be told to a stylesheet, to a
// JSON Schema and, as one sentence, to somebody who fills the form on paper.

import (
	"strconv"
	"strings"
)

// Condition says when a question, a group or a step is there at all.
type Condition struct {
	Tests  []Test
	Any    bool   // one test that holds is enough; else all must
	Source string // as written, after "only if"
}

// Test asks one thing about one answer. A question that is not answered, or not
// asked, fails every test but [Unanswered].
type Test struct {
	Question string
	Op       Op
	Values   []string // of the operators that compare: one for < <= > >=, one or more else
}

// Op is the operator of a test.
type Op string

// The operators.
const (
	Is         Op = "is"
	IsNot      Op = "is not"
	Includes   Op = "includes"
	Answered   Op = "answered"
	Unanswered Op = "not answered"
	Less       Op = "<"
	AtMost     Op = "<="
	More       Op = ">"
	AtLeast    Op = ">="
)

// holds tells whether the condition is met; a nil condition always is. The
// function gives the answer to a question, nil where there is none or it is not asked.
func (c *Condition) holds(answer func(id string) any) bool {
	if c == nil {
		return true
	}
	for _, t := range c.Tests {
		if t.holds(answer(t.Question)) == c.Any {
			return c.Any
		}
	}
	return !c.Any
}

func (t Test) holds(v any) bool {
	if !answered(v) {
		return t.Op == Unanswered
	}
	switch t.Op {
	case Answered:
		return true
	case Unanswered:
		return false
	case Is, IsNot:
		return t.names(v) == (t.Op == Is)
	case Includes:
		list, _ := v.([]any)
		for _, one := range list {
			if t.names(one) {
				return true
			}
		}
		return false
	}
	order, ok := compare(v, t.Values[0])
	if !ok {
		return false
	}
	switch t.Op {
	case Less:
		return order < 0
	case AtMost:
		return order <= 0
	case More:
		return order > 0
	}
	return order >= 0
}

// names tells whether a value is one of those the test gives.
func (t Test) names(v any) bool {
	for _, want := range t.Values {
		switch v := v.(type) {
		case string:
			if v == want {
				return true
			}
		case bool:
			if v == (want == "yes") {
				return true
			}
		case float64:
			if n, err := strconv.ParseFloat(want, 64); err == nil && n == v {
				return true
			}
		}
	}
	return false
}

// compare orders an answer and a value of a condition: numbers and amounts as
// numbers, dates and months as text, which ISO 8601 is made for.
func compare(v any, want string) (int, bool) {
	switch v := v.(type) {
	case float64:
		n, err := strconv.ParseFloat(want, 64)
		return sign(v - n), err == nil
	case string:
		n, err := strconv.ParseFloat(want, 64)
		if m, err2 := strconv.ParseFloat(v, 64); err == nil && err2 == nil {
			return sign(m - n), true
		}
		return strings.Compare(v, want), err != nil
	}
	return 0, false
}

func sign(f float64) int {
	switch {
	case f < 0:
		return -1
	case f > 0:
		return 1
	}
	return 0
}

// answered tells whether a value is an answer: an empty text and an empty list are
// none.
func answered(v any) bool {
	switch v := v.(type) {
	case nil:
		return false
	case string:
		return v != ""
	case []any:
		return len(v) > 0
	case map[string]any:
		return len(v) > 0
	}
	return true
}
