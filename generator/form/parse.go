package form

// This file parses the base file of a form: sections become steps, items become
// questions. Every fault is told, all at once; what can still be read is read.

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// Limits of one form. They keep a page within its weight and a receiver within
// what it accepts.
const (
	maxQuestions = 200
	maxChoices   = 60   // written in the form
	maxList      = 2000 // from a file
	maxRows      = 20   // of a repeat; without script all of them stand in the page
)

// Parse reads the base file of a form. The form is never nil; it is fit for use
// when no diagnostic is an error.
func Parse(src Source) (*Form, diag.List) {
	lines := src.lines()
	p := &parser{src: src, r: newReporter(src, lines), seen: map[string]diag.Pos{}}
	f := p.head()
	for _, s := range outline(lines, p.r) {
		p.section(f, s)
	}
	p.finish(f)
	return f, p.r.list.Sorted()
}

type parser struct {
	src     Source
	r       *reporter
	seen    map[string]diag.Pos // ids of questions
	pending []pending           // conditions, parsed when every question is known
	step    *Step
	group   *Group
	count   int
}

// pending is an "only if" and where its condition goes.
type pending struct {
	text part
	into **Condition
	own  *Question // the question it stands on; nil for a heading
}

func (p *parser) section(f *Form, s *section) {
	title := Text{Value: s.title}
	at := p.r.pos(s.head.number, s.head.col, s.head.text)
	switch {
	case s.level == 2 || s.level == 3 && p.step == nil:
		p.step, p.group = &Step{Title: title, At: at}, nil
		f.Steps = append(f.Steps, p.step)
		p.headingRules(s, &p.step.Only)
	case s.level == 3:
		p.group = &Group{Title: title, At: at}
		p.step.Blocks = append(p.step.Blocks, Block{Group: p.group})
		p.headingRules(s, &p.group.Only)
	}
	var text []line
	flush := func() {
		if t := markdown(text); t != "" {
			if p.step == nil {
				f.Intro.Value = strings.TrimSpace(f.Intro.Value + "\n\n" + t)
			} else {
				p.block(Block{Text: Text{Value: t}})
			}
		}
		text = nil
	}
	asks := p.chains(s)
	for _, piece := range s.parts {
		if piece.item == nil {
			text = join(text, piece.text)
			continue
		}
		q := p.question(piece.item, asks[piece.chain])
		if q == nil {
			text = join(text, p.r.sourceLines(piece.item))
			continue
		}
		if p.step == nil { // questions before the first heading are a step without a title
			flush()
			p.step = &Step{At: diag.Pos{File: p.src.File, Line: piece.item.first.number}}
			f.Steps = append(f.Steps, p.step)
		}
		flush()
		p.block(Block{Question: q})
	}
	flush()
}

func (p *parser) block(b Block) {
	if p.group != nil {
		p.group.Blocks = append(p.group.Blocks, b)
	} else {
		p.step.Blocks = append(p.step.Blocks, b)
	}
}

// chains tells which lists of a section hold at least one question: in those an
// item without a name is probably a question too.
func (p *parser) chains(s *section) map[int]bool {
	asks := map[int]bool{}
	for _, piece := range s.parts {
		if piece.item != nil {
			if _, mark, _, _ := piece.item.label(); mark != nil && !piece.item.ordered {
				asks[piece.chain] = true
			}
		}
	}
	return asks
}

// sourceLines are the lines of an item that is ordinary text.
func (r *reporter) sourceLines(it *item) []line {
	var out []line
	for n := it.first.number; n <= it.last; n++ {
		out = append(out, line{number: n, raw: r.lines[n], text: strings.TrimSpace(r.lines[n])})
	}
	return out
}

// join puts lines after others, with a blank one between where there was one.
func join(text, more []line) []line {
	if n := len(text); n > 0 && len(more) > 0 && more[0].number > text[n-1].number+1 {
		text = append(text, line{number: more[0].number - 1})
	}
	return append(text, more...)
}

// markdown joins the lines of a text, without the indentation they share at its
// ends.
func markdown(text []line) string {
	var b strings.Builder
	for _, l := range text {
		b.WriteString(l.raw + "\n")
	}
	return strings.TrimSpace(b.String())
}

// headingRules reads the bracket of a heading: only a condition may stand in it.
func (p *parser) headingRules(s *section, into **Condition) {
	if s.mark == nil {
		return
	}
	for _, part := range s.mark.parts() {
		if rest, ok := onlyIf(part); ok {
			p.pending = append(p.pending, pending{text: rest, into: into})
		} else {
			p.r.add("form/heading-rule", p.at(part), "text", part.text, "guess", diag.Guess(part.text, []string{"only if"}))
		}
	}
}

func (p *parser) at(t part) diag.Pos { return p.r.pos(t.line, t.col, t.text) }

var onlyIfWords = regexp.MustCompile(`^(?i:only\s+if)(\s+|$)`)

func onlyIf(t part) (part, bool) {
	m := onlyIfWords.FindString(t.text)
	if m == "" {
		return t, false
	}
	return part{t.text[len(m):], t.line, t.col + len(m)}, true
}

// finish resolves what needs the whole form.
func (p *parser) finish(f *Form) {
	if p.count == 0 && p.r.failed == 0 {
		p.r.add("form/no-questions", diag.Pos{File: p.src.File, Line: max(p.src.Line, 1)})
	}
	if p.count > maxQuestions {
		p.r.add("form/too-many-questions", diag.Pos{File: p.src.File, Line: max(p.src.Line, 1)}, "count", strconv.Itoa(p.count), "limit", strconv.Itoa(maxQuestions))
		return // what follows looks at every question from every question
	}
	for _, c := range p.pending {
		*c.into = p.condition(f, c)
	}
	p.promises(f)
}

// promises looks at what the form says as a whole: who can read the answers, and
// whether those who give them are told.
func (p *parser) promises(f *Form) {
	files, sealed := false, f.Seal != ""
	for a := range f.All() {
		files = files || a.Type == File
		if a.Rules.Sensitive && a.Type == File {
			p.r.add("form/sensitive-file", a.At, "id", a.ID)
		}
	}
	if files && !sealed && f.Send.Relay() {
		p.r.add("form/files-to-relay", f.Send.At, "name", f.Send.Adapter)
	}
	if len(p.seen) > 0 && !f.Privacy.Given() {
		p.r.add("form/no-privacy", f.At)
	}
}

// firstUse says where a name stands already.
func firstUse(at diag.Pos) string { return fmt.Sprintf("%d", at.Line) }
