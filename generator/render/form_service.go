package render

import (
	"strings"

	"belfry/generator/form"
)

// This file tells a service what its forms mean for it: a way to apply, and what
// to have at hand.

// formChannel is the way to apply that the form of a service opens, where no
// channel names it: one that is sent is online.
func (b *Builder) formChannel() []Channel {
	f, ok := b.Lookup("form", b.fields.String("form"))
	if !ok || !f.Form.Base.Send.Posts() {
		return nil
	}
	for _, c := range b.fields.Get("channels").List {
		if named, ok := b.Lookup("form", c.String("form")); ok && named == f {
			return nil
		}
	}
	return []Channel{{Kind: "online", Label: b.t("channel.online"), Links: []Link{b.link(f)}}}
}

// formEvidence is what the forms of a service ask for and the service does not
// list: numbers of documents and files. What stands there under the same id, or
// in the same words, is not said twice.
func (b *Builder) formEvidence() []Item {
	var out []Item
	listed := b.fields.Get("evidence").List
	said := func(a *form.Asked) bool {
		for _, e := range listed {
			if id := e.String("id"); id != "" && strings.ReplaceAll(id, "-", "_") == a.ID {
				return true
			}
			if alike(e.String("name")+" "+e.String("note"), a.Label.Value) {
				return true
			}
		}
		for _, o := range out {
			if alike(o.Name, a.Label.Value) {
				return true
			}
		}
		return false
	}
	for _, it := range b.formsOf(b.page.Item) {
		f := it.Form.In(b.page.Item.Text.Lang)
		for _, a := range f.AtHand() {
			if said(a) {
				continue
			}
			item := Item{Name: a.Label.Value}
			if a.Type == form.File && len(a.Rules.Files) > 0 {
				item.Detail = b.t("evidence.as_file", "types", b.endings(a.Rules.Files))
			}
			if sometimes(a) {
				item.Text = b.t("evidence.sometimes")
			}
			out = append(out, item)
		}
	}
	return out
}

// sometimes tells whether a question need not be answered by everybody.
func sometimes(a *form.Asked) bool {
	for p := a; p != nil; p = p.Parent {
		if p.Optional || len(p.Only) > 0 {
			return true
		}
	}
	return false
}

// alike tells whether one text has the other in it, whatever the letters' case and
// what stands in brackets.
func alike(a, b string) bool {
	fold := func(s string) string {
		s, _, _ = strings.Cut(s, "(")
		return strings.ToLower(strings.Join(strings.Fields(strings.Trim(s, " .,:;?!")), " "))
	}
	x, y := fold(a), fold(b)
	return x != "" && y != "" && (strings.Contains(x, y) || strings.Contains(y, x))
}
