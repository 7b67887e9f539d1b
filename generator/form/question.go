package form

// This file reads one list item: its name, type, rules, choices and questions
// within it.

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

var idPattern = regexp.MustCompile(`^[a-z][a-z0-9_]{0,39}$`)

// question reads an item that stands where a question may. It returns nil for an
// item that is ordinary text; doubtful tells that its neighbours are questions.
func (p *parser) question(it *item, doubtful bool) *Question {
	label, mark, rest, open := it.label()
	switch {
	case mark == nil && open != nil:
		p.r.add("form/bracket-open", p.r.pos(open.line, max(open.col-1, 1), ""))
		return nil
	case mark == nil && doubtful:
		p.r.add("form/no-name", p.r.pos(it.first.number, it.first.col, it.first.text), "text", shorten(it.own[0].text))
		return nil
	case mark == nil:
		return nil
	case it.ordered:
		p.r.add("form/numbered", p.r.pos(it.first.number, it.first.col, strings.Fields(it.first.text)[0]))
		return nil
	}
	p.count++
	parts := mark.parts()
	q := &Question{Rules: Rules{Decimals: -1}, At: p.at(parts[0]), Label: Text{Value: label}}
	if label == "" {
		p.r.add("form/no-label", p.r.pos(it.first.number, it.first.col, it.first.text))
	}
	hint, problem, _ := notes(rest)
	q.Hint.Value, q.Error.Value = hint, problem
	typed := p.name(q, parts[0])
	before := p.r.failed
	p.rules(q, parts[1:])
	p.nested(q, it, typed)
	p.settle(q, parts, before)
	return q
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}

// name reads "id" or "id: type"; typed is false where no type is written.
func (p *parser) name(q *Question, first part) (typed bool) {
	id, kind, hasType := first.after(":")
	q.ID = id.text
	q.At = p.at(id)
	switch {
	case id.text == "":
		p.r.add("form/no-id", p.r.pos(first.line, first.col, ""))
	case !hasType && isRule(first.text):
		p.r.add("form/rule-as-id", p.at(first), "rule", first.text)
	case !idPattern.MatchString(id.text):
		p.r.add("form/bad-id", p.at(id), "id", id.text, "guess", asID(id.text))
	default:
		if at, twice := p.seen[id.text]; twice {
			d := p.r.add("form/id-twice", p.at(id), "id", id.text, "line", firstUse(at))
			d.Related = []diag.Related{{At: at, Code: "form/id-first"}}
		} else {
			p.seen[id.text] = p.at(id)
		}
	}
	if !hasType {
		if t := Type(id.text); slices.Contains(Types(), t) && t != GroupOf && t != Repeat {
			q.Type = t
			return true
		}
		q.Type = ShortText
		return false
	}
	p.kind(q, kind)
	return true
}

// asID makes a name out of what somebody wrote as one, or "".
func asID(s string) string {
	s = strings.NewReplacer(" ", "_", "-", "_", ".", "_").Replace(strings.ToLower(s))
	if idPattern.MatchString(s) {
		return s
	}
	return ""
}

func isRule(s string) bool {
	if s == "optional" || onlyIfWords.MatchString(s) || strings.HasPrefix(s, "+ ") {
		return true
	}
	for _, r := range ruleTable {
		if r.match.MatchString(s) {
			return true
		}
	}
	return false
}

var (
	repeatWords = regexp.MustCompile(`^(?i:repeat)(?:\s+(?:(\d+)\s+to\s+(\d+)|up\s+to\s+(\d+)))?$`)
	moneyWords  = regexp.MustCompile(`^(?i:money)\s+([A-Z]{3})$`)
	codeWords   = regexp.MustCompile(`^(?i:id-number)(?:\s+(.*))?$`)
	spaces      = regexp.MustCompile(`\s+`)
)

// kind reads the type and what belongs to it.
func (p *parser) kind(q *Question, k part) {
	text := spaces.ReplaceAllString(k.text, " ")
	lower := strings.ToLower(text)
	if t := Type(lower); slices.Contains(Types(), t) && t != Repeat && t != IDNumber {
		q.Type = t
		return
	}
	if m := repeatWords.FindStringSubmatch(text); m != nil {
		q.Type = Repeat
		p.rows(q, k, m)
		return
	}
	if m := codeWords.FindStringSubmatch(text); m != nil {
		q.Type = IDNumber
		p.codes(q, k, m[1])
		return
	}
	if m := moneyWords.FindStringSubmatch(text); m != nil {
		p.r.add("form/money-currency", p.at(k), "currency", m[1])
		q.Type = Money
		return
	}
	q.Type = ShortText
	if k.text == "" {
		p.r.add("form/no-type", p.r.pos(k.line, k.col, ""), "id", q.ID)
		return
	}
	if isRule(lower) {
		p.r.add("form/rule-as-type", p.at(k), "rule", k.text, "id", q.ID)
		return
	}
	if strings.HasPrefix(lower, "repeat") {
		q.Type = Repeat
		p.rows(q, k, make([]string, 4))
		return
	}
	guess := string(otherNames[lower])
	if guess == "" {
		var all []string
		for _, t := range Types() {
			all = append(all, string(t))
		}
		guess = diag.Guess(lower, all)
	}
	p.r.add("form/unknown-type", p.at(k), "type", k.text, "guess", guess)
	if guess != "" { // go on as if it had been written, so that one slip is one fault
		q.Type = Type(guess)
	}
}

func (p *parser) rows(q *Question, k part, m []string) {
	low, high := 1, 0
	switch {
	case m[1] != "":
		low, high = small(m[1]), small(m[2])
	case m[3] != "":
		low, high = 0, small(m[3])
	}
	if high < 1 || high > maxRows || low < 0 || low > high {
		p.r.add("form/repeat-bounds", p.at(k), "text", k.text, "limit", strconv.Itoa(maxRows))
		low, high = 1, 2
	}
	q.Rules.MinCount, q.Rules.MaxCount = low, high
}

func (p *parser) codes(q *Question, k part, list string) {
	if list == "" {
		p.r.add("form/no-id-number", p.at(k), "codes", strings.Join(Codes(), ", "))
		return
	}
	for _, code := range strings.Split(list, " or ") {
		code = strings.TrimSpace(code)
		if scheme(strings.ToUpper(code)) == nil {
			p.r.add("form/unknown-id-number", p.r.pos(k.line, k.col+runeIndex(k.text, code), code), "code", code, "guess", diag.Guess(code, Codes()))
			continue
		}
		q.Rules.Codes = append(q.Rules.Codes, strings.ToUpper(code))
	}
}

func runeIndex(s, sub string) int { return len([]rune(s[:max(strings.Index(s, sub), 0)])) }

// nested reads the items below a question: answers or questions. Items that are
// neither belong to the hint.
func (p *parser) nested(q *Question, it *item, typed bool) {
	named := 0
	for _, c := range it.children {
		if _, mark, _, _ := c.label(); mark != nil {
			named++
		}
	}
	chooses := q.Type.in(ChooseOne, ChooseMany)
	holds := q.Type.in(GroupOf, Repeat)
	if !typed && named > 0 {
		if p.questionsBelow(it) {
			q.Type, holds = GroupOf, true
		} else {
			q.Type, chooses = ChooseOne, true
		}
	}
	switch {
	case chooses:
		p.choices(q, it)
	case holds:
		for _, c := range it.children {
			if sub := p.question(c, true); sub != nil {
				if q.Type == Repeat && p.repeats(sub) {
					p.r.add("form/repeat-in-repeat", sub.At, "id", sub.ID, "outer", q.ID)
				}
				q.Questions = append(q.Questions, sub)
			}
		}
		if len(q.Questions) == 0 {
			p.r.add("form/empty-group", q.At, "id", q.ID, "type", string(q.Type))
		}
	case named > 0:
		p.r.add("form/nested-under", p.r.pos(it.children[0].first.number, it.children[0].first.col, "-"), "id", q.ID, "type", string(q.Type))
	case len(it.children) > 0:
		var list []string
		for _, c := range it.children {
			list = append(list, "- "+c.own[0].text)
		}
		q.Hint.Value = strings.TrimSpace(q.Hint.Value + "\n\n" + strings.Join(list, "\n"))
	}
}

func (p *parser) repeats(q *Question) bool {
	if q.Type == Repeat {
		return true
	}
	return slices.ContainsFunc(q.Questions, p.repeats)
}

// questionsBelow tells whether nested items are questions: one has a type, or a
// rule that no answer has.
func (p *parser) questionsBelow(it *item) bool {
	for _, c := range it.children {
		if _, mark, _, _ := c.label(); mark != nil {
			for i, part := range mark.parts() {
				if i == 0 && (strings.Contains(part.text, ":") || slices.Contains(Types(), Type(part.text))) || i > 0 && !strings.HasPrefix(part.text, "+") {
					return true
				}
			}
			if len(c.children) > 0 {
				return true
			}
		}
	}
	return false
}

// choices reads the answers of a choice.
func (p *parser) choices(q *Question, it *item) {
	seen := map[string]diag.Pos{}
	for _, c := range it.children {
		label, mark, rest, open := c.label()
		text := p.r.pos(c.first.number, c.own[0].col, c.own[0].text)
		switch {
		case mark == nil && open != nil:
			p.r.add("form/bracket-open", p.r.pos(open.line, max(open.col-1, 1), ""))
			continue
		case mark == nil:
			p.r.add("form/no-value", text, "text", shorten(c.own[0].text), "value", valueFor(c.own[0].text))
			continue
		}
		parts := mark.parts()
		ch := Choice{Value: parts[0].text, Label: Text{Value: label}, At: p.at(parts[0])}
		ch.Hint.Value, _, _ = notes(rest)
		switch at, twice := seen[ch.Value]; {
		case label == "":
			p.r.add("form/no-label", text)
		case strings.Contains(ch.Value, ":"):
			p.r.add("form/question-in-choice", ch.At, "id", q.ID)
			continue
		case !idPattern.MatchString(ch.Value):
			p.r.add("form/bad-value", ch.At, "value", ch.Value, "guess", asID(ch.Value))
		case twice:
			p.r.add("form/value-twice", ch.At, "value", ch.Value, "id", q.ID, "line", firstUse(at))
		default:
			seen[ch.Value] = ch.At
		}
		for _, rule := range parts[1:] {
			if m := priceWords.FindStringSubmatch(rule.text); m != nil {
				ch.Price = decimal(m[1])
			} else {
				p.r.add("form/choice-rule", p.at(rule), "text", rule.text)
			}
		}
		q.Choices = append(q.Choices, ch)
	}
	if len(q.Choices) > maxChoices {
		p.r.add("form/too-many-choices", q.At, "id", q.ID, "count", strconv.Itoa(len(q.Choices)), "limit", strconv.Itoa(maxChoices))
	}
}

var priceWords = regexp.MustCompile(`^\+\s*(\d{1,7}(?:[.,]\d{1,2})?)$`)

// decimal writes an amount with a point and two digits after it, or none.
func decimal(s string) string {
	whole, fraction, found := strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	if !found {
		return whole
	}
	return whole + "." + (fraction + "0")[:2]
}

// valueFor proposes the value of an answer from its text.
func valueFor(text string) string {
	word := strings.ToLower(strings.Map(func(r rune) rune {
		if r < 128 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == ' ') {
			return r
		}
		return -1
	}, text))
	if f := strings.Fields(word); len(f) > 0 && idPattern.MatchString(f[0]) {
		return f[0]
	}
	return "other"
}
