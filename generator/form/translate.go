package form

// This file lays the texts of another language over a form. A translation holds
// texts and names in brackets; types, rules, order and conditions are those of
// the base file, so that no language can ask for something else.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// Translate returns the form in the language of src. What has no text there keeps
// the base's, marked with its language, and is reported in a note. The base must
// be free of errors.
func Translate(base *Form, src Source) (*Form, diag.List) {
	lines := src.lines()
	t := &translator{base: base, src: src, r: newReporter(src, lines), seen: map[string]diag.Pos{},
		labels: map[string]texts{}, choices: map[string]map[string]texts{}, runs: map[string]string{}}
	sections := outline(lines, t.r)
	for i, s := range sections {
		t.section(i, s)
	}
	f := t.build(src)
	t.headings(f, sections)
	return f, t.r.list.Sorted()
}

// texts are what a translation says about one question or choice.
type texts struct{ label, hint, problem string }

type translator struct {
	base    *Form
	src     Source
	r       *reporter
	seen    map[string]diag.Pos
	labels  map[string]texts
	choices map[string]map[string]texts
	runs    map[string]string // text by anchor: number of the section and the question that follows
	firsts  []string          // the first question of each section, "" for none
	missing []string
}

func (t *translator) section(n int, s *section) {
	if s.mark != nil {
		for _, p := range s.mark.parts() {
			if _, ok := onlyIf(p); ok {
				t.r.add("form/translation-rule", t.at(p), "text", p.text)
			} else {
				t.r.add("form/heading-rule", t.at(p), "text", p.text, "guess", diag.Guess(p.text, []string{"only if"}))
			}
		}
	}
	t.firsts = append(t.firsts, "")
	var text []line
	flush := func(next string) {
		if m := markdown(text); m != "" {
			t.runs[anchor(t.home(n, next), next)] = m
		}
		text = nil
	}
	for _, p := range s.parts {
		if p.item == nil {
			text = join(text, p.text)
			continue
		}
		id, ok := t.item(p.item)
		if !ok {
			text = join(text, t.r.sourceLines(p.item))
			continue
		}
		if t.firsts[n] == "" {
			t.firsts[n] = id
		}
		flush(id)
	}
	flush("")
}

// home names the section a run of text belongs to: by the question after it, or,
// where none follows, by the first question of its section, or by its number.
func (t *translator) home(n int, next string) string {
	if next == "" && t.firsts[n] != "" {
		return "after:" + t.firsts[n]
	}
	if next == "" {
		return "section:" + strconv.Itoa(n)
	}
	return ""
}

func anchor(home, next string) string { return home + "/" + next }

func (t *translator) at(p part) diag.Pos { return t.r.pos(p.line, p.col, p.text) }

// item reads an item as a question of the base, and the items below it.
func (t *translator) item(it *item) (id string, ok bool) {
	label, mark, rest, open := it.label()
	if mark == nil {
		if open != nil {
			t.r.add("form/bracket-open", t.r.pos(open.line, max(open.col-1, 1), ""))
		}
		return "", false
	}
	parts := mark.parts()
	name, kind, typed := parts[0].after(":")
	q := t.base.Find(name.text)
	switch {
	case q == nil:
		t.r.add("form/translation-unknown", t.at(name), "id", name.text, "base", t.base.At.File, "guess", diag.Guess(name.text, t.ids()))
		return name.text, true
	case typed:
		t.r.add("form/translation-type", t.at(kind), "id", q.ID, "type", string(q.Type), "at", q.At.File+":"+firstUse(q.At))
	}
	for _, p := range parts[1:] {
		t.r.add("form/translation-rule", t.at(p), "text", p.text)
	}
	if at, twice := t.seen[q.ID]; twice {
		d := t.r.add("form/id-twice", t.at(name), "id", q.ID, "line", firstUse(at))
		d.Related = []diag.Related{{At: at, Code: "form/id-first"}}
		return q.ID, true
	}
	t.seen[q.ID] = t.at(name)
	if label == "" {
		t.r.add("form/no-label", t.r.pos(it.first.number, it.first.col, it.first.text))
	}
	hint, problem, _ := notes(rest)
	switch {
	case len(q.Choices) > 0:
		t.answers(q.Question, it)
	case len(q.Questions) > 0:
		for _, c := range it.children {
			t.item(c)
		}
	default:
		var list []string
		for _, c := range it.children {
			list = append(list, "- "+c.own[0].text)
		}
		hint = strings.TrimSpace(hint + "\n\n" + strings.Join(list, "\n"))
	}
	t.labels[q.ID] = texts{label, hint, problem}
	return q.ID, true
}

// answers reads the choices below a question. Every choice must be there: a list
// half in one language and half in another cannot be chosen from.
func (t *translator) answers(q *Question, it *item) {
	got := map[string]texts{}
	for _, c := range it.children {
		label, mark, rest, _ := c.label()
		if mark == nil {
			t.r.add("form/no-value", t.r.pos(c.first.number, c.own[0].col, c.own[0].text), "text", shorten(c.own[0].text), "value", "…")
			continue
		}
		parts := mark.parts()
		v := parts[0]
		if q.Choice(v.text) == nil {
			t.r.add("form/not-an-answer", t.at(v), "value", v.text, "id", q.ID, "answers", shortList(values(q)), "guess", diag.Guess(v.text, values(q)))
			continue
		}
		if _, twice := got[v.text]; twice {
			t.r.add("form/value-twice", t.at(v), "value", v.text, "id", q.ID, "line", "")
		}
		for _, p := range parts[1:] {
			t.r.add("form/translation-rule", t.at(p), "text", p.text)
		}
		hint, _, _ := notes(rest)
		got[v.text] = texts{label: label, hint: hint}
	}
	for _, c := range q.Choices {
		if _, ok := got[c.Value]; !ok && c.At.File == q.At.File && c.At.Line != q.At.Line {
			t.r.add("form/translation-answer", t.seen[q.ID], "id", q.ID, "value", c.Value)
		}
	}
	t.choices[q.ID] = got
}

func (t *translator) ids() []string {
	var out []string
	for a := range t.base.All() {
		out = append(out, a.ID)
	}
	return out
}

// build copies the base with the texts found.
func (t *translator) build(src Source) *Form {
	f := *t.base
	f.Language, f.At = src.Language, diag.Pos{File: src.File}
	h := src.Head
	f.Title = t.pick(h.Title.Text, f.Title)
	f.Privacy.Controller = t.pick(h.Controller.Text, f.Privacy.Controller)
	f.Privacy.Purpose = t.pick(h.Purpose.Text, f.Privacy.Purpose)
	f.Privacy.LegalBasis = t.pick(h.LegalBasis.Text, f.Privacy.LegalBasis)
	f.Intro = t.pick(t.runs[anchor("section:0", "")], f.Intro)
	f.Steps = nil
	for i, s := range t.base.Steps {
		c := *s
		c.Blocks = t.blocks(s.Blocks, i)
		f.Steps = append(f.Steps, &c)
	}
	for _, id := range t.missing {
		t.r.add("form/translation-missing", diag.Pos{File: src.File}, "id", id, "text", shorten(t.base.Find(id).Label.Value))
	}
	return &f
}

// pick returns the translated text, or the base's with its language.
func (t *translator) pick(text string, base Text) Text {
	if text != "" {
		return Text{Value: text}
	}
	if base.Value != "" && base.Lang == "" {
		base.Lang = t.base.Language
	}
	return base
}

func (t *translator) blocks(list []Block, step int) []Block {
	var out []Block
	for i, b := range list {
		switch {
		case b.Group != nil:
			g := *b.Group
			g.Blocks = t.blocks(b.Group.Blocks, step)
			b.Group = &g
		case b.Question != nil:
			b.Question = t.question(b.Question)
		default:
			next, first := "", ""
			for j, other := range list {
				if other.Question != nil && first == "" {
					first = other.Question.ID
				}
				if other.Question != nil && j > i && next == "" {
					next = other.Question.ID
				}
			}
			key := anchor("", next)
			if next == "" && first != "" {
				key = anchor("after:"+first, "")
			} else if next == "" {
				key = anchor("section:"+strconv.Itoa(step+1), "")
			}
			b.Text = t.pick(t.runs[key], b.Text)
		}
		out = append(out, b)
	}
	return out
}

func (t *translator) question(q *Question) *Question {
	c := *q
	got, ok := t.labels[q.ID]
	if !ok {
		t.missing = append(t.missing, q.ID)
	}
	c.Label = t.pick(got.label, q.Label)
	c.Hint = t.pick(got.hint, q.Hint)
	c.Error = t.pick(got.problem, q.Error)
	if ok && got.problem == "" { // the general message in the reader's language is better than a special one in another
		c.Error = Text{}
	}
	c.Choices = slices.Clone(q.Choices)
	listed := t.listed(q)
	for i, ch := range c.Choices {
		g := t.choices[q.ID][ch.Value]
		g.label = cmp.Or(g.label, listed[ch.Value])
		c.Choices[i].Label = t.pick(g.label, ch.Label)
		c.Choices[i].Hint = t.pick(g.hint, ch.Hint)
	}
	c.Questions = nil
	for _, sub := range q.Questions {
		c.Questions = append(c.Questions, t.question(sub))
	}
	return &c
}

// listed are the texts that the list of a question has in a column of this
// language, by value.
func (t *translator) listed(q *Question) map[string]string {
	if q.List == "" || t.src.List == nil {
		return nil
	}
	text, _ := t.src.List(q.List)
	if rows, err := readCSV(text); err != nil || len(rows) == 0 || !slices.Contains(rows[0], t.src.Language) {
		return nil
	}
	choices, _ := readList(text, t.src.Language) // what is wrong in it is told where the base is read
	out := map[string]string{}
	for _, c := range choices {
		out[c.Value] = c.Label.Value
	}
	return out
}

// headings gives each step and group the title that stands over its first
// question in the translation; where it holds none, the title in the same place.
func (t *translator) headings(f *Form, sections []*section) {
	byFirst, levels := map[string]string{}, map[int][]string{}
	for i, s := range sections {
		if s.level == 0 {
			continue
		}
		if t.firsts[i] != "" {
			byFirst[t.firsts[i]] = s.title
		}
		levels[s.level] = append(levels[s.level], s.title)
	}
	groups := 0
	for i, s := range f.Steps {
		title := byFirst[firstOf(s.Blocks)]
		if title == "" && i < len(levels[2]) && firstOf(s.Blocks) == "" {
			title = levels[2][i]
		}
		s.Title = t.title(title, s.Title)
		for _, b := range s.Blocks {
			if b.Group != nil {
				title := byFirst[firstOf(b.Group.Blocks)]
				if title == "" && groups < len(levels[3]) && firstOf(b.Group.Blocks) == "" {
					title = levels[3][groups]
				}
				b.Group.Title = t.title(title, b.Group.Title)
				groups++
			}
		}
	}
}

func (t *translator) title(text string, base Text) Text {
	if base.Value == "" {
		return base
	}
	return t.pick(text, base)
}

// firstOf is the first question directly below a heading.
func firstOf(list []Block) string {
	for _, b := range list {
		if b.Question != nil {
			return b.Question.ID
		}
	}
	return ""
}
