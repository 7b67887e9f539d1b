package form

// This file judges answers: which questions are asked, which answers are missing,
// and whether each is right. client/form.js does the same in the browser, and the
// vectors in testdata/vectors hold the two together.

import (
	"slices"
	"strconv"

	"belfry/generator/diag"
)

// Problem is one thing wrong with answers. Its text is the message
// "form.problem." + Code, filled with the label and Args.
type Problem struct {
	Field    string        // name of the field in the page: "vehicles-1-plate"
	Question *Question     // nil for what belongs to no question
	Code     string        // see [Problems]
	Severity diag.Severity // Error; Warning for a check digit; Note for what was dropped
	Args     []string      // name, value ...
}

// Problems returns the codes of problems, each with its English message: the
// master of what a theme translates. {label} is the question, said in front.
func Problems() [][2]string {
	return [][2]string{
		{"missing", "{label}: an answer is needed"},
		{"declare", "{label}: this must be confirmed"},
		{"type", "{label}: this cannot be read"},
		{"choice", "{label}: choose one of the answers"},
		{"too-few", "{label}: at least {min} are needed"},
		{"too-many", "{label}: at most {max} are possible"},
		{"too-long", "{label}: at most {max} characters, there are {n}"},
		{"pattern", "{label}: compare it with the example"},
		{"email", "{label}: an address such as name@example.org is needed"},
		{"tel", "{label}: a number such as +359 82 000 100 is needed"},
		{"url", "{label}: an address such as https://example.org is needed"},
		{"number", "{label}: a number is needed"},
		{"whole", "{label}: a whole number is needed"},
		{"decimals", "{label}: at most {max} decimals"},
		{"min", "{label}: at least {min}"},
		{"max", "{label}: at most {max}"},
		{"money", "{label}: an amount such as 12.50 is needed"},
		{"date", "{label}: a date of the calendar is needed"},
		{"past", "{label}: the day must be before today"},
		{"future", "{label}: the day must be after today"},
		{"today-or-past", "{label}: the day cannot be after today"},
		{"today-or-future", "{label}: the day cannot be before today"},
		{"within", "{label}: at most {max} days from today"},
		{"after", "{label}: the day must be after {day}"},
		{"before", "{label}: the day must be before {day}"},
		{"order", "{label}: the end cannot be before the beginning"},
		{"month", "{label}: a month and a year are needed"},
		{"time", "{label}: a time such as 14:30 is needed"},
		{"number-format", "{label}: this is not how such a number looks"},
		{"number-digit", "{label}: check the number, one digit is probably wrong"},
		{"file-type", "{label}: only {types}"},
		{"file-size", "{label}: at most {max} MB"},
		{"unknown", "{label}: the form does not ask this"},
		{"dropped", "{label}: not asked, so the answer is not sent"},
	}
}

// Check judges answers on a day and returns those that count: answers to
// questions that are not asked are dropped (with a note), nothing else is
// changed. The answers are right when no problem is an error.
func Check(f *Form, in Answers, today Day) (Answers, []Problem) {
	c := &checker{f: f, today: today, out: Answers{}}
	known := map[string]bool{}
	var top []*Asked
	for a := range f.All() {
		if a.Parent == nil {
			top = append(top, a)
			known[a.ID] = true
		}
	}
	c.level(top, in, c.out, "", c.root)
	for _, id := range sorted(in) {
		if !known[id] {
			c.problems = append(c.problems, Problem{Field: id, Code: "unknown", Severity: diag.Error})
		}
	}
	return c.out, c.problems
}

// Right tells whether no problem is an error.
func Right(problems []Problem) bool {
	return !slices.ContainsFunc(problems, func(p Problem) bool { return p.Severity == diag.Error })
}

type checker struct {
	f        *Form
	today    Day
	out      Answers
	problems []Problem
}

// root finds an answer that counts, wherever outside of repeats it stands.
func (c *checker) root(id string) any {
	a := c.f.Find(id)
	if a == nil || a.Repeat() != nil {
		return nil
	}
	var v any = map[string]any(c.out)
	for _, step := range a.Path() {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[step]
	}
	return v
}

// level judges questions that stand beside each other. Answers that count go
// into out as they are met, so that conditions see only these.
func (c *checker) level(list []*Asked, in, out map[string]any, prefix string, look func(string) any) {
	for _, a := range list {
		v, given := in[a.ID]
		field := prefix + a.ID
		shown := true
		for _, cond := range a.Only {
			shown = shown && cond.holds(look)
		}
		switch {
		case !shown && given:
			c.add(a.Question, field, "dropped")
		case !shown:
		case a.Type == Signature:
			if given {
				c.add(a.Question, field, "unknown")
			}
		case a.Type == GroupOf:
			c.group(a, v, given, out, field, look)
		case a.Type == Repeat:
			c.repeat(a, v, given, out, field)
		case given:
			if c.value(a.Question, v, field) {
				out[a.ID] = v
			}
		case !a.Optional && a.Type == Declaration:
			c.add(a.Question, field, "declare")
		case !a.Optional:
			c.add(a.Question, field, "missing")
		}
	}
}

// group: an optional group without any answer is not answered; otherwise its
// questions are judged as if they stood outside.
func (c *checker) group(a *Asked, v any, given bool, out map[string]any, field string, look func(string) any) {
	in, ok := v.(map[string]any)
	if given && !ok {
		c.add(a.Question, field, "type")
		return
	}
	if !given && a.Optional {
		return
	}
	inner := map[string]any{}
	out[a.ID] = inner
	c.level(c.below(a), in, inner, field+"-", look)
	c.strangers(a, in, field)
	if len(inner) == 0 {
		delete(out, a.ID)
	}
}

func (c *checker) below(a *Asked) []*Asked {
	var list []*Asked
	for _, q := range a.Questions {
		list = append(list, &Asked{Question: q, Step: a.Step, Parent: a, Only: with(nil, q.Only)})
	}
	return list
}

func (c *checker) strangers(a *Asked, in map[string]any, field string) {
	for _, id := range sorted(in) {
		if !slices.ContainsFunc(a.Questions, func(q *Question) bool { return q.ID == id }) {
			c.problems = append(c.problems, Problem{Field: field + "-" + id, Code: "unknown", Severity: diag.Error})
		}
	}
}

func (c *checker) repeat(a *Asked, v any, given bool, out map[string]any, field string) {
	rows, ok := v.([]any)
	switch {
	case given && !ok:
		c.add(a.Question, field, "type")
		return
	case len(rows) == 0 && a.Rules.MinCount > 0:
		c.add(a.Question, field, "missing")
		return
	case given && len(rows) < a.Rules.MinCount:
		c.add(a.Question, field, "too-few", "min", strconv.Itoa(a.Rules.MinCount))
	case len(rows) > a.Rules.MaxCount:
		c.add(a.Question, field, "too-many", "max", strconv.Itoa(a.Rules.MaxCount))
		return
	}
	var kept []any
	for i, row := range rows {
		name := field + "-" + strconv.Itoa(i+1)
		in, ok := row.(map[string]any)
		if !ok {
			c.add(a.Question, name, "type")
			continue
		}
		inner := map[string]any{}
		look := func(id string) any { // the row itself first, then the form around it
			q := c.f.Find(id)
			if q == nil || q.Repeat() == nil {
				return c.root(id)
			}
			var v any = inner
			for _, step := range q.Path()[len(a.Path()):] {
				m, _ := v.(map[string]any)
				v = m[step]
			}
			return v
		}
		c.level(c.below(a), in, inner, name+"-", look)
		c.strangers(a, in, name)
		kept = append(kept, inner)
	}
	if kept != nil {
		out[a.ID] = kept
	}
}

func (c *checker) add(q *Question, field, code string, args ...string) {
	s := diag.Error
	switch code {
	case "number-digit":
		s = diag.Warning
	case "dropped":
		s = diag.Note
	}
	c.problems = append(c.problems, Problem{Field: field, Question: q, Code: code, Severity: s, Args: args})
}

func sorted(m map[string]any) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
