package form

// This file builds a page by the contract of README.md, as plainly as it can be,
// for the tests in a browser. The real pages are the theme's.

import (
	"fmt"
	"html"
	"strconv"
	"strings"
)

func testPage(f *Form) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	esc := html.EscapeString
	p(`<!doctype html><html lang="%s"><head><meta charset="utf-8"><title>%s</title><style>%s [hidden]{display:none!important}</style></head><body><main><h1>%s</h1>`,
		f.Language, esc(f.Title.Value), RevealCSS(f), esc(f.Title.Value))
	action := ""
	if f.Send.Posts() {
		action = fmt.Sprintf(` method="post" action="%s" enctype="%s"`, esc(f.Send.URL), f.Encoding())
	}
	p(`<form data-form%s>`, action)
	for _, h := range f.Hidden() {
		p(`<input type="hidden" name="%s" value="%s">`, h[0], esc(h[1]))
	}
	p(`<p hidden data-trap><label>Leave this empty <input name="%s" tabindex="-1" autocomplete="off"></label></p>`, f.Send.Trap())
	p(`<div data-summary hidden role="alert" tabindex="-1"><h2>There is something to mend</h2><ul></ul></div>`)
	var question func(q *Question, name string, must bool)
	question = func(q *Question, name string, must bool) {
		hint := ""
		if q.Hint.Value != "" {
			hint = fmt.Sprintf(`<p data-hint id="%s-hint">%s</p>`, name, esc(q.Hint.Value))
		}
		label := esc(q.Label.Value)
		set := func(inside string) {
			p(`<fieldset data-q="%s"><legend data-label>%s</legend>%s%s</fieldset>`, name, label, hint, inside)
		}
		input := func(suffix, text, attr string) string {
			return fmt.Sprintf(`<label for="%s%s">%s</label><input id="%s%s" name="%s%s" %s>`, name, suffix, text, name, suffix, name, suffix, attr)
		}
		switch q.Type {
		case GroupOf:
			p(`<fieldset data-q="%s"><legend data-label>%s</legend>%s`, name, label, hint)
			for _, sub := range q.Questions {
				question(sub, name+"-"+sub.ID, must && !q.Optional && q.Only == nil)
			}
			p(`</fieldset>`)
		case Repeat:
			p(`<fieldset data-q="%s"><legend data-label>%s</legend>%s`, name, label, hint)
			for n := range q.Rules.MaxCount {
				row := name + "-" + strconv.Itoa(n+1)
				p(`<fieldset data-row="%s" data-min="%d"><legend>%s %d</legend>`, row, q.Rules.MinCount, label, n+1)
				for _, sub := range q.Questions {
					question(sub, row+"-"+sub.ID, must && n < q.Rules.MinCount && q.Only == nil)
				}
				p(`<button type="button" data-remove data-script hidden>Remove</button></fieldset>`)
			}
			p(`<button type="button" data-add="%s" data-script hidden>Add another</button></fieldset>`, name)
		case ChooseOne, ChooseMany:
			kind := map[Type]string{ChooseOne: "radio", ChooseMany: "checkbox"}[q.Type]
			var in strings.Builder
			for _, c := range q.Choices {
				fmt.Fprintf(&in, `<p><input type="%s" id="%s-%s" name="%s" value="%s"><label for="%s-%s"><span data-label>%s</span> %s</label></p>`, kind, name, c.Value, name, c.Value, name, c.Value, esc(c.Label.Value), c.Price)
			}
			set(in.String())
		case YesNo:
			set(fmt.Sprintf(`<input type="radio" id="%[1]s-yes" name="%[1]s" value="yes"><label for="%[1]s-yes">yes</label><input type="radio" id="%[1]s-no" name="%[1]s" value="no"><label for="%[1]s-no">no</label>`, name))
		case Declaration, Consent:
			p(`<div data-q="%[1]s">%[3]s<input type="checkbox" id="%[1]s" name="%[1]s" value="yes"><label for="%[1]s" data-label>%[2]s</label></div>`, name, label, hint)
		case Date:
			set(input("-day", "Day", `inputmode="numeric"`) + input("-month", "Month", `inputmode="numeric"`) + input("-year", "Year", `inputmode="numeric"`))
		case Month:
			set(input("-month", "Month", "") + input("-year", "Year", ""))
		case DateRange:
			set(input("-from", "From", "") + input("-to", "To", ""))
		case Address:
			set(input("-street", "Street", "") + input("-place", "Place", "") + input("-postcode", "Postcode", ""))
		case LongText:
			p(`<div data-q="%[1]s"><label for="%[1]s" data-label>%[2]s</label>%[3]s<textarea id="%[1]s" name="%[1]s" placeholder=" "></textarea></div>`, name, label, hint)
		case File:
			p(`<div data-q="%[1]s"><label for="%[1]s" data-label>%[2]s</label>%[3]s<input type="file" multiple id="%[1]s" name="%[1]s" accept="%[4]s"></div>`, name, label, hint, q.Accept())
		case Signature:
		default:
			required := ""
			if must && !q.Optional && q.Only == nil {
				required = " required"
			}
			p(`<div data-q="%[1]s"><label for="%[1]s" data-label>%[2]s</label>%[3]s<input id="%[1]s" name="%[1]s" placeholder=" "%[4]s></div>`, name, label, hint, required)
		}
	}
	var blocks func(s *Step, list []Block, inner bool)
	blocks = func(s *Step, list []Block, inner bool) {
		for _, bl := range list {
			switch {
			case bl.Group != nil:
				p(`<div data-group><h3>%s</h3>`, esc(bl.Group.Title.Value))
				blocks(s, bl.Group.Blocks, bl.Group.Only != nil)
				p(`</div>`)
			case bl.Question != nil:
				question(bl.Question, bl.Question.ID, s.Only == nil && !inner)
			default:
				p(`<p>%s</p>`, esc(bl.Text.Value))
			}
		}
	}
	for _, s := range f.Steps {
		p(`<section data-step><h2>%s</h2><p data-progress></p>`, esc(s.Title.Value))
		blocks(s, s.Blocks, false)
		p(`</section>`)
	}
	p(`<section data-check hidden><h2>Check your answers</h2><p data-progress></p><dl data-rows></dl></section>
<p data-total hidden>Total <output></output></p>
<div data-nav><button data-next hidden>Continue</button><button data-send>Send</button><a href="#" data-back hidden>Back</a></div>
<p data-script hidden><button type="button" data-save>Save on this device</button><button type="button" data-clear>Clear</button>
<button type="button" data-download="json">Save answers</button><button type="button" data-download="html">Save a sheet</button></p>
</form><p data-note role="status" hidden></p><section data-done hidden><h2>Thank you</h2><p data-text></p></section>
<template data-problem-template><p class="problem"><span data-text></span></p></template>
<template data-row-template><div><dt data-term></dt><dd data-value></dd><dd><a data-change></a></dd></div></template>
</main><script src="data.js"></script><script src="form.js"></script></body></html>`)
	return b.String()
}
