package render

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/form"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// formBuilder gathers the page of one form.
type formBuilder struct {
	*Builder
	form  *form.Form
	doc   *portal.Document // whose texts are shown
	about map[string]bool  // questions that conditions look at
	asked map[*form.Question]*form.Asked
	hints map[*form.Question]*Prose // a repeat shows a hint once a row
}

// formPage fills the page of a form.
func (b *Builder) formPage() {
	it := b.page.Item
	f := it.Form.In(it.Text.Lang)
	fb := &formBuilder{b, f, it.Text, f.AskedAbout(), map[*form.Question]*form.Asked{}, map[*form.Question]*Prose{}}
	for a := range f.All() {
		fb.asked[a.Question] = a
	}
	b.under("forms")
	v := &Form{
		ID: f.ID, Version: b.Locale.Number(strconv.Itoa(f.Version)), Intro: fb.text(f.Intro, 1, 2), Fee: b.fee(f), Total: f.Costs(),
		Minutes: b.tn("form.minutes", f.Minutes()), AtHand: fb.atHand(), Privacy: fb.privacyNotice(), Send: fb.sending(), Paper: fb.paper(),
		Schema: b.to(SchemaPath(f)), Index: b.to(FormIndex), Script: b.to(b.Styles.Form()),
	}
	for _, s := range b.servicesOf(it) {
		v.Services = append(v.Services, b.link(s))
	}
	for n, s := range f.Steps {
		v.Steps = append(v.Steps, fb.step(n, s))
	}
	v.SpecFile = b.to(b.formData(it).Path)
	b.view.Head.FormAction, b.view.Head.Sheet = f.Send.Origin(), b.to(b.formSheet(it).Path)
	b.view.Content = v
}

// FormIndex is the path of the list of all forms for machines.
const FormIndex = "forms.json"

// SchemaPath is where the JSON Schema of a form stands. Its name carries the version.
func SchemaPath(f *form.Form) string { return "forms/" + form.SchemaName(f) }

// scriptText is a message of the form's script, with its placeholders.
func (s *Site) scriptText(key string) string {
	for _, m := range form.Problems() {
		if m[0] == key {
			return s.t("form.problem." + key)
		}
	}
	return s.t("form.script." + key)
}

// fee is what a form costs before anything is chosen.
func (b *Builder) fee(f *form.Form) string {
	switch {
	case f.Fee.Decimal == "":
		return ""
	case f.Fee.Free():
		return b.t("form.free")
	}
	return b.Locale.Money(f.Fee.Decimal, f.Fee.Currency)
}

// lang marks a text of the form whose language is not the page's.
func (fb *formBuilder) lang(t form.Text) TextLang {
	lang := cmp.Or(t.Lang, fb.form.Language)
	if lang == fb.Lang {
		return TextLang{}
	}
	return TextLang{lang, fb.writing(lang).dir}
}

// text is a text of the form that is Markdown; nil for an empty one. The file
// knows its line: it is looked for from the line near on.
func (fb *formBuilder) text(t form.Text, near, top int) *Prose {
	if t.Value == "" {
		return nil
	}
	doc := fb.doc
	if t.Lang != "" {
		doc = fb.page.Item.Source
		if near == 0 {
			near = 1
		}
	}
	if doc.Body.Pieces != nil {
		near = 1 // lines of the form are those of its files
	}
	first, _, _ := strings.Cut(t.Value, "\n")
	line := doc.Body.Line
	for n, l := range strings.Split(string(doc.Body.Text), "\n") {
		if at := doc.Body.Line + n; at >= near && strings.Contains(l, first) {
			line = at
			break
		}
	}
	file, line := doc.Body.Place(line)
	src := markdown.Source{File: cmp.Or(file, doc.File), Line: line, Text: []byte(t.Value)}
	return fb.prose(src, cmp.Or(t.Lang, fb.form.Language), top)
}

func (fb *formBuilder) step(n int, s *form.Step) FormStep {
	out := FormStep{ID: fb.sectionID("step-" + strconv.Itoa(n+1)), Title: s.Title.Value, Lang: fb.lang(s.Title), Condition: fb.condition(s.Only, false), Blocks: fb.blocks(s.Blocks, s.At.Line)}
	if s.Title.Value != "" {
		fb.view.heads = append(fb.view.heads, markdown.Heading{Level: 2, Text: s.Title.Value, ID: out.ID})
	}
	return out
}

func (fb *formBuilder) blocks(list []form.Block, line int) []FormBlock {
	var out []FormBlock
	for _, bl := range list {
		switch {
		case bl.Group != nil:
			g := bl.Group
			out = append(out, FormBlock{Group: &FormGroup{ID: fb.sectionID("group-" + strconv.Itoa(g.At.Line)), Title: g.Title.Value, Lang: fb.lang(g.Title),
				Condition: fb.condition(g.Only, false), Blocks: fb.blocks(g.Blocks, g.At.Line)}})
			line = g.At.Line
		case bl.Question != nil:
			q := fb.question(bl.Question, bl.Question.ID, true)
			out = append(out, FormBlock{Question: &q})
			line = bl.Question.At.Line
		default:
			out = append(out, FormBlock{Text: fb.text(bl.Text, line, 4)})
		}
	}
	return out
}

// atHand lists what people do not know by heart.
func (fb *formBuilder) atHand() []FormLine {
	var out []FormLine
	for _, a := range fb.form.AtHand() {
		text := a.Label.Value
		if a.Type == form.File && len(a.Rules.Files) > 0 {
			text = fb.t("form.file_hand", "label", text, "types", fb.endings(a.Rules.Files))
		}
		out = append(out, FormLine{Text: text, Lang: fb.lang(a.Label)})
	}
	return out
}

// endings names kinds of files: "PDF or JPG".
func (b *Builder) endings(list []string) string {
	var out []string
	for _, e := range list {
		out = append(out, strings.ToUpper(e))
	}
	return b.either(out)
}

// either joins words by or.
func (b *Builder) either(words []string) string {
	out := words[len(words)-1]
	for i := len(words) - 2; i >= 0; i-- {
		if i == len(words)-2 {
			out = b.t("form.or", "a", words[i], "b", out)
		} else {
			out = words[i] + ", " + out
		}
	}
	return out
}

// privacyNotice is the notice of Art. 13 GDPR, from the form and from portal.yaml.
func (fb *formBuilder) privacyNotice() *FormPrivacy {
	p, c := fb.form.Privacy, fb.Portal.Config
	if !p.Given() {
		return nil
	}
	out := &FormPrivacy{More: &Link{Text: fb.t("nav.privacy"), Href: fb.own("privacy.html")}}
	add := func(key string, t form.Text) {
		if t.Value != "" {
			out.Lines = append(out.Lines, FormLine{Label: fb.t("form.privacy." + key), Text: t.Value, Lang: fb.lang(t)})
		}
	}
	own := func(key, text string) { add(key, form.Text{Value: text, Lang: fb.Lang}) }
	set := c.Fields.Get("privacy")
	add("controller", p.Controller)
	own("officer", c.In(set.Get("officer"), fb.Lang))
	add("purpose", p.Purpose)
	add("basis", p.LegalBasis)
	if fb.form.Send.Posts() && fb.form.Send.URL != "" {
		own("receiver", fb.where())
	}
	if p.Keep != "" {
		own("keep", fb.period(p.Keep))
	}
	own("need", fb.t("form.privacy.need_text"))
	rights := fb.t("form.privacy.rights_text")
	for a := range fb.form.All() {
		if a.Type == form.Consent {
			rights += " " + fb.t("form.privacy.withdraw")
			break
		}
	}
	own("rights", rights)
	if s := c.In(set.Get("supervisor"), fb.Lang); s != "" {
		own("complaint", fb.t("form.privacy.complaint_to", "supervisor", s))
	} else {
		own("complaint", fb.t("form.privacy.complaint_text"))
	}
	return out
}

// servicesOf are the visible services that lead to a form.
func (s *Site) servicesOf(it *portal.Item) []*portal.Item { return s.refs["form"][it.ID] }

// referForms notes which forms a service leads to, by its own field or by a channel.
func (s *Site) referForms(it *portal.Item) {
	for _, f := range s.formsOf(it) {
		s.refer("form", f.ID, it)
	}
}

// formsOf are the visible forms a service leads to, its own first.
func (s *Site) formsOf(it *portal.Item) []*portal.Item {
	ids := []string{it.Fact("form").Text}
	for _, c := range it.Fact("channels").List {
		ids = append(ids, c.String("form"))
	}
	var out []*portal.Item
	for _, id := range ids {
		if f, ok := s.Lookup("form", id); ok && id != "" && !slices.Contains(out, f) {
			out = append(out, f)
		}
	}
	return out
}
