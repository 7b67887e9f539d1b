package form

// This file puts a form into another script of its language.

// Rewrite returns the form with every text of its own language changed by a rule:
// plain for labels, markdown for what is written in Markdown. Texts in another
// language, names, values and rules stay as they are.
func (f *Form) Rewrite(lang string, plain, markdown func(string) string) *Form {
	r := rewriter{plain, markdown}
	out := *f
	out.Language = lang
	out.Title, out.Intro = r.text(f.Title), r.prose(f.Intro)
	p := &out.Privacy
	p.Controller, p.Purpose, p.LegalBasis = r.text(p.Controller), r.text(p.Purpose), r.text(p.LegalBasis)
	out.Steps = nil
	for _, s := range f.Steps {
		c := *s
		c.Title, c.Blocks = r.text(s.Title), r.blocks(s.Blocks)
		out.Steps = append(out.Steps, &c)
	}
	return &out
}

type rewriter struct{ plain, markdown func(string) string }

func (r rewriter) text(t Text) Text {
	if t.Lang == "" {
		t.Value = r.plain(t.Value)
	}
	return t
}

func (r rewriter) prose(t Text) Text {
	if t.Lang == "" {
		t.Value = r.markdown(t.Value)
	}
	return t
}

func (r rewriter) blocks(list []Block) []Block {
	var out []Block
	for _, b := range list {
		switch {
		case b.Group != nil:
			g := *b.Group
			g.Title, g.Blocks = r.text(g.Title), r.blocks(g.Blocks)
			b.Group = &g
		case b.Question != nil:
			b.Question = r.question(b.Question)
		default:
			b.Text = r.prose(b.Text)
		}
		out = append(out, b)
	}
	return out
}

func (r rewriter) question(q *Question) *Question {
	c := *q
	c.Label, c.Hint, c.Error = r.text(q.Label), r.prose(q.Hint), r.text(q.Error)
	c.Choices, c.Questions = nil, nil
	for _, ch := range q.Choices {
		ch.Label, ch.Hint = r.text(ch.Label), r.prose(ch.Hint)
		c.Choices = append(c.Choices, ch)
	}
	for _, sub := range q.Questions {
		c.Questions = append(c.Questions, r.question(sub))
	}
	return &c
}
