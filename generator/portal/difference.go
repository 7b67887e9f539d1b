package portal

// This file tells two versions of a document apart, field by field.

import (
	"slices"
	"strconv"
	"strings"

	"belfry/generator/markdown"
)

// Difference is one value that two versions of a document do not share.
type Difference struct {
	Field    string // such as cost, evidence.id-card.copies, text or text.how-to-pay
	Old, New string // "" where there is none
}

// Facts lists the values of a document by their paths, in the order of the
// content model: list items by their id, else by their number, sections of the
// body by their id.
func (d *Document) Facts() []Stated {
	var out []Stated
	if v := d.Fields.Get("title"); !v.Set() && d.Title != "" {
		out = append(out, Stated{"title", Value{Text: d.Title, At: d.TitleAt}})
	}
	for _, f := range TypeByName(d.Type).Fields {
		if f.Name != "translated_from" && f.Name != "extends" {
			out = state(out, f.Name, &f, d.Fields.Get(f.Name))
		}
	}
	lead, sections := markdown.Sections(d.Body)
	add := func(name string, src markdown.Source, line int) {
		text := strings.TrimSpace(string(src.Text))
		if text == "" {
			return
		}
		v := Value{Text: text}
		v.At.File, v.At.Line = src.Place(line)
		out = append(out, Stated{name, v})
	}
	first := lead.Line
	for _, l := range strings.Split(string(lead.Text), "\n") {
		if strings.TrimSpace(l) != "" {
			break
		}
		first++
	}
	add("text", lead, first)
	for _, s := range sections {
		src := s.Body
		src.Text = []byte("## " + s.Text + "\n\n" + string(s.Body.Text))
		add("text."+s.ID, src, s.Line)
	}
	return out
}

// Stated is one value of a document and its path.
type Stated struct {
	Field string
	Value Value
}

func state(out []Stated, name string, f *Field, v Value) []Stated {
	switch {
	case !v.Set():
	case f.Many && v.List != nil:
		for i, item := range v.List {
			id := item.String("id")
			if id == "" {
				id = strconv.Itoa(i + 1)
			}
			one := *f
			one.Many = false
			out = state(out, name+"."+id, &one, item)
		}
	case f.Kind == Record:
		for _, of := range f.Of {
			if of.Name != "id" {
				out = state(out, name+"."+of.Name, &of, v.Get(of.Name))
			}
		}
	case v.Map != nil:
		for _, m := range v.Map {
			out = append(out, Stated{name + "." + m.Name, m.Value})
		}
	default:
		out = append(out, Stated{name, v})
	}
	return out
}

// Compare lists what differs between two documents; either may be nil.
func Compare(old, now *Document) []Difference {
	facts := func(d *Document) (list []Stated, by map[string]string) {
		by = map[string]string{}
		if d != nil {
			list = d.Facts()
		}
		for _, s := range list {
			by[s.Field] = s.Value.Text
		}
		return list, by
	}
	before, was := facts(old)
	after, is := facts(now)
	var out []Difference
	for _, s := range after {
		if text, had := was[s.Field]; !had || Even(text) != Even(s.Value.Text) {
			out = append(out, Difference{s.Field, text, s.Value.Text})
		}
	}
	for _, s := range before {
		if _, has := is[s.Field]; !has {
			out = append(out, Difference{s.Field, s.Value.Text, ""})
		}
	}
	slices.SortStableFunc(out, func(a, b Difference) int { return strings.Compare(a.Field, b.Field) })
	return out
}
