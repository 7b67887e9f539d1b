package form

import "testing"

func TestTests(t *testing.T) {
	for _, c := range []struct {
		op     Op
		values []string
		answer any
		want   bool
	}{
		{Is, []string{"a", "b"}, "b", true}, {Is, []string{"a"}, "b", false}, {Is, []string{"a"}, nil, false}, {Is, []string{"yes"}, true, true}, {Is, []string{"no"}, false, true}, {Is, []string{"5"}, 5.0, true},
		{IsNot, []string{"a"}, "b", true}, {IsNot, []string{"a", "b"}, "b", false}, {IsNot, []string{"a"}, nil, false}, {IsNot, []string{"a"}, "", false},
		{Includes, []string{"a", "c"}, []any{"b", "c"}, true}, {Includes, []string{"a"}, []any{"b"}, false}, {Includes, []string{"a"}, []any{}, false},
		{Answered, nil, "x", true}, {Answered, nil, "", false}, {Answered, nil, false, true}, {Answered, nil, 0.0, true}, {Answered, nil, []any{}, false}, {Answered, nil, map[string]any{}, false},
		{Unanswered, nil, nil, true}, {Unanswered, nil, "x", false},
		{Less, []string{"5"}, 4.9, true}, {Less, []string{"5"}, 5.0, false},
		{AtMost, []string{"5"}, 5.0, true}, {AtMost, []string{"5"}, 5.1, false},
		{More, []string{"5"}, 5.1, true}, {More, []string{"5"}, 5.0, false},
		{AtLeast, []string{"5"}, 5.0, true}, {AtLeast, []string{"5"}, 4.9, false}, {AtLeast, []string{"5"}, nil, false},
		{More, []string{"9.50"}, "10", true}, {AtMost, []string{"9.50"}, "9.5", true},
		{More, []string{"2026-11-01"}, "2026-11-02", true}, {More, []string{"2026-11-01"}, "2026-11-01", false}, {AtMost, []string{"2026-11-01"}, "2026-11-01", true}, {Less, []string{"2026-11"}, "2026-10", true},
	} {
		cond := &Condition{Tests: []Test{{"q", c.op, c.values}}}
		if got := cond.holds(func(string) any { return c.answer }); got != c.want {
			t.Errorf("%v %s %v: %v", c.answer, c.op, c.values, got)
		}
	}
	two := func(any bool, a, b any) bool {
		c := &Condition{Any: any, Tests: []Test{{"a", Answered, nil}, {"b", Answered, nil}}}
		return c.holds(func(id string) interface{} { return map[string]interface{}{"a": a, "b": b}[id] })
	}
	if two(false, "x", nil) || !two(false, "x", "y") || !two(true, nil, "y") || two(true, nil, nil) {
		t.Error("and, or")
	}
	if !(*Condition)(nil).holds(nil) {
		t.Error("no condition always holds")
	}
}
