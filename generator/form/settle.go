package form

// This file reads the rules of a question and looks whether they go with its type
// and with each other.

import (
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// rules reads the parts after the name.
func (p *parser) rules(q *Question, parts []part) {
	used := map[string]bool{}
	once := func(what string, t part) bool {
		if used[what] {
			p.r.add("form/rule-twice", p.at(t), "rule", t.text)
		}
		defer func() { used[what] = true }()
		return !used[what]
	}
	for _, t := range parts {
		text := spaces.ReplaceAllString(t.text, " ")
		if text == "" {
			p.r.add("form/empty-rule", p.r.pos(t.line, t.col, ""))
			continue
		}
		if strings.EqualFold(text, "optional") {
			q.Optional = once("optional", t)
			continue
		}
		if rest, ok := onlyIf(t); ok {
			if once("only if", t) {
				p.pending = append(p.pending, pending{text: rest, into: &q.Only, own: q})
			}
			continue
		}
		if name, ok := strings.CutPrefix(text, "from "); ok && q.Type.in(ChooseOne, ChooseMany) {
			if once("list", t) {
				p.list(q, t, strings.TrimSpace(name))
			}
			continue
		}
		if priceWords.MatchString(text) {
			p.r.add("form/price-on-question", p.at(t), "text", t.text)
			continue
		}
		p.rule(q, t, text, once)
	}
}

func (p *parser) rule(q *Question, t part, text string, once func(string, part) bool) {
	for i, row := range ruleTable {
		m := row.match.FindStringSubmatch(text)
		if m == nil {
			continue
		}
		if row.types != nil && !slices.Contains(row.types, q.Type) {
			p.r.add("form/rule-for-type", p.at(t), "rule", t.text, "type", string(q.Type), "types", typeList(row.types))
			return
		}
		if !once(strconv.Itoa(i), t) {
			return
		}
		if q.Type == ChooseMany && strings.HasPrefix(row.words, "at ") {
			p.countRule(q, t, row.words == "at least N", m[1])
			return
		}
		if problem := row.apply(&q.Rules, m); problem != "" {
			p.r.add("form/rule-value", p.at(t), "rule", t.text, "want", problem)
		}
		return
	}
	if kinds, wrong, found := fileRule(text); found {
		switch {
		case q.Type != File:
			p.r.add("form/rule-for-type", p.at(t), "rule", t.text, "type", string(q.Type), "types", string(File))
		case wrong != "":
			p.r.add("form/file-type", p.r.pos(t.line, t.col+runeIndex(strings.ToLower(t.text), wrong), wrong), "type", wrong)
		case once("files", t):
			q.Rules.Files = kinds
		}
		return
	}
	if refused := strings.ToLower(strings.TrimPrefix(text, ".")); q.Type == File && slices.Contains([]string{"html", "htm", "svg", "js", "exe", "docm", "xlsm", "gif", "bat"}, refused) {
		p.r.add("form/file-type", p.at(t), "type", t.text)
		return
	}
	p.r.add("form/unknown-rule", p.at(t), "rule", t.text, "guess", guessRule(strings.ToLower(text)))
}

func typeList(types []Type) string {
	var out []string
	for _, t := range types {
		out = append(out, string(t))
	}
	return strings.Join(out, ", ")
}

func (p *parser) countRule(q *Question, t part, least bool, number string) {
	n, err := strconv.Atoi(number)
	switch {
	case err != nil || n < 1:
		p.r.add("form/rule-value", p.at(t), "rule", t.text, "want", "a whole number of answers")
	case least:
		q.Rules.MinCount = n
	default:
		q.Rules.MaxCount = n
	}
}

// list reads the choices of a question from a CSV file of two columns, value and
// text, with a heading.
func (p *parser) list(q *Question, t part, name string) {
	if p.src.List == nil {
		p.r.add("form/no-list", p.at(t), "file", name)
		return
	}
	text, ok := p.src.List(name)
	if !ok {
		p.r.add("form/no-list", p.at(t), "file", name)
		return
	}
	choices, problem := readList(text, p.src.Language)
	if problem != "" {
		p.r.add("form/bad-list", p.at(t), "file", name, "problem", problem)
	}
	for i := range choices {
		choices[i].At = p.at(t)
	}
	q.List = name
	q.Choices = append(q.Choices, choices...)
}

// settle looks at a question once all of it is read.
func (p *parser) settle(q *Question, parts []part, before int) {
	r := &q.Rules
	at := p.at(parts[0])
	switch {
	case q.Type.in(ChooseOne, ChooseMany) && p.r.failed > before:
		// what is wrong with its answers has been told
	case q.Type.in(ChooseOne, ChooseMany) && len(q.Choices) == 0:
		p.r.add("form/no-choices", at, "id", q.ID)
	case q.Type == ChooseOne && len(q.Choices) == 1:
		p.r.add("form/one-choice", at, "id", q.ID)
	case q.Type == Consent && q.Optional, q.Type == Declaration && q.Optional:
		p.r.add("form/needless-optional", at, "id", q.ID, "type", string(q.Type))
	}
	if q.Type == Consent || q.Type == Signature {
		q.Optional = true
	}
	if q.Type == Repeat && q.Optional {
		r.MinCount = 0
	}
	if q.Type == Repeat {
		q.Optional = r.MinCount == 0
	}
	if q.Type == ChooseMany {
		if r.MinCount > len(q.Choices) && len(q.Choices) > 0 || r.MaxCount > 0 && r.MinCount > r.MaxCount {
			p.r.add("form/range", at, "id", q.ID)
		}
	}
	if r.Min != nil && r.Max != nil && *r.Min > *r.Max {
		p.r.add("form/range", at, "id", q.ID)
	}
	if r.After != "" && r.Before != "" && r.After >= r.Before {
		p.r.add("form/range", at, "id", q.ID)
	}
	if r.Like != "" && r.Regex != "" {
		p.r.add("form/rules-clash", at, "id", q.ID, "one", "like", "other", "regex")
	}
	if r.Whole && r.Decimals > 0 {
		p.r.add("form/rules-clash", at, "id", q.ID, "one", "whole", "other", "decimals")
	}
	if q.Type == File && r.MaxBytes == 0 {
		r.MaxBytes = 5 * 1000 * 1000
	}
	if q.Type == File && r.MaxCount == 0 {
		r.MaxCount = 1
	}
	if q.Type == File && len(r.Files) == 0 {
		r.Files = []string{"pdf", "jpg", "jpeg", "png"}
	}
	if r.Preset != "" && !p.presetFits(q) {
		at := at
		for _, t := range parts {
			if strings.HasPrefix(t.text, "preset") {
				at = p.at(t)
			}
		}
		p.r.add("form/preset", at, "value", r.Preset, "guess", diag.Guess(r.Preset, values(q)))
	}
}

func values(q *Question) []string {
	if q.Type == YesNo {
		return []string{"yes", "no"}
	}
	var out []string
	for _, c := range q.Choices {
		out = append(out, c.Value)
	}
	return out
}

// presetFits tells whether the value given beforehand is itself an answer.
func (p *parser) presetFits(q *Question) bool {
	switch q.Type {
	case ChooseOne, YesNo:
		return slices.Contains(values(q), q.Rules.Preset)
	case Number:
		_, err := strconv.ParseFloat(q.Rules.Preset, 64)
		return err == nil
	case Money:
		return moneyPattern.MatchString(q.Rules.Preset)
	case Time:
		return timePattern.MatchString(q.Rules.Preset)
	}
	return true
}
