package form

// This file reads "only if …": words, then tests, then whether the question can be
// asked that.

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
)

var wordPattern = regexp.MustCompile(`<=|>=|<|>|=|[^\s<>=]+`)

// condition reads a pending condition; nil where it cannot be used.
func (p *parser) condition(f *Form, c pending) *Condition {
	r := &conditionReader{p: p, f: f, c: c}
	for _, span := range wordPattern.FindAllStringIndex(c.text.text, -1) {
		r.words = append(r.words, part{c.text.text[span[0]:span[1]], c.text.line, c.text.col + utf8.RuneCountInString(c.text.text[:span[0]])})
	}
	return r.read()
}

type conditionReader struct {
	p     *parser
	f     *Form
	c     pending
	words []part
	i     int
	bad   bool
}

func (r *conditionReader) fail(code string, t part, args ...string) {
	r.bad = true
	r.p.r.add(code, r.p.at(t), append([]string{"text", r.c.text.text}, args...)...)
}

// peek returns a word ahead in small letters, "" at the end.
func (r *conditionReader) peek(ahead int) string {
	if r.i+ahead >= len(r.words) {
		return ""
	}
	return strings.ToLower(r.words[r.i+ahead].text)
}

// end is the place after the last word.
func (r *conditionReader) end() part {
	t := r.c.text
	return part{"", t.line, t.col + utf8.RuneCountInString(t.text)}
}

func isOperator(w string) bool {
	return slices.Contains([]string{"is", "includes", "include", "answered", "<", "<=", ">", ">=", "=", "isn't", "not"}, w)
}

func (r *conditionReader) read() *Condition {
	out := &Condition{Source: spaces.ReplaceAllString(r.c.text.text, " ")}
	joint := ""
	for {
		t, ok := r.test()
		if !ok {
			return nil
		}
		out.Tests = append(out.Tests, t)
		if r.i >= len(r.words) {
			break
		}
		w := r.words[r.i]
		switch word := strings.ToLower(w.text); {
		case word != "and" && word != "or":
			r.fail("form/condition-word", w, "word", w.text)
			return nil
		case joint != "" && joint != word:
			r.fail("form/condition-mixed", w)
			return nil
		default:
			joint = word
		}
		r.i++
	}
	out.Any = joint == "or"
	if r.bad {
		return nil
	}
	return out
}

// test reads one test: a question, an operator, its values.
func (r *conditionReader) test() (Test, bool) {
	if r.i >= len(r.words) {
		r.fail("form/condition-empty", r.end())
		return Test{}, false
	}
	name := r.words[r.i]
	r.i++
	t := Test{Question: name.text}
	q := r.question(name)
	if r.i >= len(r.words) {
		r.fail("form/condition-no-operator", r.end(), "id", name.text)
		return t, false
	}
	op := r.words[r.i]
	r.i++
	switch word := strings.ToLower(op.text); {
	case word == "is" && r.peek(0) == "answered":
		t.Op = Answered
		r.i++
	case word == "is" && r.peek(0) == "not" && r.peek(1) == "answered":
		t.Op = Unanswered
		r.i += 2
	case word == "not" && r.peek(0) == "answered":
		t.Op = Unanswered
		r.i++
	case word == "is" && r.peek(0) == "not":
		t.Op = IsNot
		r.i++
	case word == "is" || word == "=":
		t.Op = Is
	case word == "includes":
		t.Op = Includes
	case word == "answered":
		t.Op = Answered
	case word == "<" || word == "<=" || word == ">" || word == ">=":
		t.Op = Op(word)
	default:
		r.fail("form/condition-operator", op, "word", op.text, "guess", diag.Guess(word, []string{"is", "is not", "includes", "answered"}))
		return t, false
	}
	if t.Op == Answered || t.Op == Unanswered {
		if q != nil && q.Type.in(Consent, Declaration) {
			r.fail("form/condition-box", op, "id", q.ID, "type", string(q.Type))
		}
		return t, true
	}
	return t, r.values(&t, q, op)
}

// values reads "a or b"; an "or" before another question ends the list.
func (r *conditionReader) values(t *Test, q *Asked, op part) bool {
	for {
		if r.i >= len(r.words) {
			r.fail("form/condition-no-value", r.end(), "id", t.Question)
			return false
		}
		v := r.words[r.i]
		r.i++
		t.Values = append(t.Values, unquote(v.text))
		if q != nil {
			r.value(t, q, v, op)
		}
		if r.peek(0) != "or" || isOperator(r.peek(2)) && r.peek(2) != "" {
			return true
		}
		if t.Op != Is && t.Op != IsNot && t.Op != Includes {
			return true
		}
		r.i++
	}
}

// question finds what a test is about. It must be asked before, and not in the
// rows of a repeat that the condition stands outside of.
func (r *conditionReader) question(name part) *Asked {
	var ids []string
	var found *Asked
	passed := false // the place of the condition has been reached
	var own *Asked
	for a := range r.f.All() {
		if r.c.own != nil && a.Question == r.c.own {
			own = a
		}
	}
	for a := range r.f.All() {
		if r.here(a) {
			passed = true
		}
		if a.ID == name.text && found == nil {
			found = a
			if passed {
				r.fail("form/condition-later", name, "id", name.text)
				return found
			}
		}
		if !passed {
			ids = append(ids, a.ID)
		}
	}
	if found == nil {
		guess := diag.Guess(name.text, ids)
		r.fail("form/condition-unknown", name, "id", name.text, "guess", guess)
		return nil
	}
	if rep := found.Repeat(); rep != nil && (own == nil || own.Repeat() == nil || own.Repeat().ID != rep.ID) {
		r.fail("form/condition-into-repeat", name, "id", name.text, "repeat", rep.ID)
	}
	if found.Type == Signature {
		r.fail("form/condition-signature", name, "id", name.text)
	}
	for a := own; a != nil; a = a.Parent {
		if a.ID == found.ID {
			r.fail("form/condition-later", name, "id", name.text)
		}
	}
	return found
}

// here tells whether the condition stands on this question or on the heading above it.
func (r *conditionReader) here(a *Asked) bool {
	if r.c.own != nil {
		return a.Question == r.c.own
	}
	if r.c.into == &a.Step.Only {
		return true
	}
	for _, b := range a.Step.Blocks {
		if b.Group != nil && r.c.into == &b.Group.Only {
			return slices.ContainsFunc(b.Group.Blocks, func(in Block) bool { return in.Question == a.Question })
		}
	}
	return false
}

// value looks whether the question can have the value, and be asked so.
func (r *conditionReader) value(t *Test, q *Asked, v, op part) {
	ordered := t.Op == Less || t.Op == AtMost || t.Op == More || t.Op == AtLeast
	switch {
	case ordered && !q.Type.in(Number, Money, Date, Month):
		r.fail("form/condition-order", op, "id", q.ID, "type", string(q.Type))
	case t.Op == Includes && q.Type != ChooseMany:
		r.fail("form/condition-includes", op, "id", q.ID, "type", string(q.Type))
	case q.Type == ChooseMany && t.Op != Includes && !ordered:
		r.fail("form/condition-many", op, "id", q.ID)
	case q.Type == Money && !ordered:
		r.fail("form/condition-money", op, "id", q.ID)
	case q.Type.in(Consent, Declaration) && (t.Op != Is || !strings.EqualFold(v.text, "yes")):
		r.fail("form/condition-box", op, "id", q.ID, "type", string(q.Type))
	case q.Type.in(ChooseOne, ChooseMany):
		if q.Choice(t.Values[len(t.Values)-1]) == nil && len(q.Choices) > 0 {
			all := values(q.Question)
			guess := diag.Guess(v.text, all)
			for _, c := range q.Choices { // somebody wrote the text instead of the value
				if strings.EqualFold(c.Label.Value, v.text) {
					guess = c.Value
				}
			}
			r.fail("form/not-an-answer", v, "value", v.text, "id", q.ID, "answers", shortList(all), "guess", guess)
		}
	case q.Type == YesNo || q.Type == Consent || q.Type == Declaration:
		if x := strings.ToLower(v.text); x != "yes" && x != "no" {
			r.fail("form/not-an-answer", v, "value", v.text, "id", q.ID, "answers", "yes, no", "guess", map[string]string{"true": "yes", "false": "no", "ticked": "yes", "checked": "yes"}[x])
		} else {
			t.Values[len(t.Values)-1] = x
		}
	case q.Type == Number || q.Type == Money:
		if _, err := strconv.ParseFloat(v.text, 64); err != nil {
			r.fail("form/condition-number", v, "value", v.text, "id", q.ID)
		}
	case q.Type == Date:
		if _, ok := parseDay(v.text); !ok {
			r.fail("form/condition-day", v, "value", v.text, "id", q.ID)
		}
	case q.Type == Month:
		if !monthPattern.MatchString(v.text) {
			r.fail("form/condition-day", v, "value", v.text, "id", q.ID)
		}
	default:
		r.fail("form/condition-text", op, "id", q.ID, "type", string(q.Type))
	}
}

func shortList(all []string) string {
	if len(all) > 8 {
		return strings.Join(all[:8], ", ") + " …"
	}
	return strings.Join(all, ", ")
}
