// Package form is the language in which a town writes a form, and all that
// follows from it: what was asked, which answers are right, and how they travel.
//
// A form is one Markdown file. What stands in [square brackets] at the end of a
// line is for the computer, everything else is for people. [Parse] reads the
// base file, [Translate] lays the texts of another language over it; [Check]
// judges answers, [Schema] states the same rules for other machines, and
// client/form.js judges them in the browser. All three are held together by the
// vectors in testdata/vectors.
//
// The package knows no markup: README.md says what a page must look like for the
// script to work. Names follow GOV.UK Forms: a form has steps, a step questions.
package form

import (
	"iter"

	"belfry/generator/diag"
	"belfry/generator/locale"
)

// Form is one form in one language, checked before use and never changed.
type Form struct {
	ID       string // stable, the same in every language
	Version  int    // from 1; rises when questions or rules change
	Language string // BCP 47 tag of the texts
	Title    Text
	Intro    Text // Markdown before the first step; may be empty
	Send     Send
	Fee      locale.Amount // the price without answers that cost; Decimal "" where nothing is said
	Currency string        // ISO 4217, of the fee, of prices and of money answers
	Seal     string        // path of the public key answers are sealed to; "" for none
	Privacy  Privacy
	Steps    []*Step
	At       diag.Pos // the file
}

// Text is a text and, where it is not in the form's own language, the language
// it stands in.
type Text struct {
	Value string
	Lang  string // "" for the form's language
}

// Privacy is what Art. 13 of Regulation (EU) 2016/679 wants told before answers are
// taken.
type Privacy struct {
	Controller, Purpose, LegalBasis Text
	Keep                            string // ISO 8601 period, or as written where it is none
}

// Given tells whether the form says anything about privacy.
func (p Privacy) Given() bool {
	return p.Controller.Value != "" || p.Purpose.Value != "" || p.LegalBasis.Value != "" || p.Keep != ""
}

// Step is a section of the form: one page with script, a part of the page
// without.
type Step struct {
	Title  Text // "" for questions that stand before the first heading
	Only   *Condition
	Blocks []Block
	At     diag.Pos
}

// Block is a part of a step: exactly one of its fields is set.
type Block struct {
	Text     Text // Markdown
	Group    *Group
	Question *Question
}

// Group is a third-level heading with what stands below it. It gathers questions
// for the eye; answers do not nest by it.
type Group struct {
	Title  Text
	Only   *Condition
	Blocks []Block
	At     diag.Pos
}

// Question is one thing asked.
type Question struct {
	ID        string
	Type      Type
	Label     Text // plain text
	Hint      Text // Markdown
	Error     Text // plain text shown when the answer is missing or wrong; may be empty
	Optional  bool
	Only      *Condition // nil: always asked
	Choices   []Choice   // of choose one and choose many
	List      string     // the CSV file that holds (some of) the choices; "" for none
	Questions []*Question
	Rules     Rules
	At        diag.Pos // of the name in the bracket
}

// Choice is one answer that may be chosen.
type Choice struct {
	Value string // never translated
	Label Text
	Hint  Text   // Markdown
	Price string // decimal in the form's currency; "" for none
	At    diag.Pos
}

// Choice returns the choice with a value, or nil.
func (q *Question) Choice(value string) *Choice {
	for i := range q.Choices {
		if q.Choices[i].Value == value {
			return &q.Choices[i]
		}
	}
	return nil
}

// Asked is a question and where it stands.
type Asked struct {
	*Question
	Step   *Step
	Parent *Asked       // group or repeat that holds it; nil at the top
	Only   []*Condition // every condition from the step down to the question itself, without those of Parent
}

// Path is the ids from the top down to the question.
func (a *Asked) Path() []string {
	if a.Parent == nil {
		return []string{a.ID}
	}
	return append(a.Parent.Path(), a.ID)
}

// Repeat is the repeat that holds the question, or nil.
func (a *Asked) Repeat() *Asked {
	for p := a.Parent; p != nil; p = p.Parent {
		if p.Type == Repeat {
			return p
		}
	}
	return nil
}

// All yields every question in the order in which they are asked, those in
// groups and repeats after the question that holds them.
func (f *Form) All() iter.Seq[*Asked] {
	return func(yield func(*Asked) bool) {
		for _, s := range f.Steps {
			var only []*Condition
			if s.Only != nil {
				only = []*Condition{s.Only}
			}
			if !blocks(s, s.Blocks, only, yield) {
				return
			}
		}
	}
}

func blocks(s *Step, list []Block, only []*Condition, yield func(*Asked) bool) bool {
	for _, b := range list {
		switch {
		case b.Group != nil:
			if !blocks(s, b.Group.Blocks, with(only, b.Group.Only), yield) {
				return false
			}
		case b.Question != nil:
			if !asked(&Asked{Question: b.Question, Step: s, Only: with(only, b.Question.Only)}, yield) {
				return false
			}
		}
	}
	return true
}

func asked(a *Asked, yield func(*Asked) bool) bool {
	if !yield(a) {
		return false
	}
	for _, q := range a.Questions {
		if !asked(&Asked{Question: q, Step: a.Step, Parent: a, Only: with(nil, q.Only)}, yield) {
			return false
		}
	}
	return true
}

// with returns the conditions and one more, in a list of its own.
func with(list []*Condition, c *Condition) []*Condition {
	if c == nil {
		return list
	}
	return append(append([]*Condition(nil), list...), c)
}

// Find returns the question with an id, or nil.
func (f *Form) Find(id string) *Asked {
	for a := range f.All() {
		if a.ID == id {
			return a
		}
	}
	return nil
}
