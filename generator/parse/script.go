package parse

import (
	"belfry/generator/locale"
	"belfry/generator/portal"
)

// Derive returns the document in the other script of its language: Serbian
// Latin from Cyrillic, which is always possible, or the reverse by rule with
// its exceptions. Facts, addresses and code stay as they are.
func Derive(doc *portal.Document, lang string) *portal.Document {
	convert := locale.Latin
	if lang == "sr-Cyrl" {
		convert = locale.Cyrillic
	}
	out := *doc
	out.Lang, out.Derived, out.Named = lang, true, true
	out.Title = locale.TransliterateText(doc.Title, convert)
	out.Fields = derive(doc.Fields, portal.TypeByName(doc.Type).Fields, convert)
	out.Body.Text = locale.TransliterateMarkdown(doc.Body.Text, convert)
	return &out
}

func derive(v portal.Value, fields []portal.Field, convert func(string) string) portal.Value {
	out := portal.Value{At: v.At}
	for _, f := range fields {
		m := v.Get(f.Name)
		switch {
		case !m.Set():
			continue
		case f.Name == "draft" || f.Name == "publish" || f.Name == "expires": // it is shown when its original is
			out.Map = append(out.Map, portal.Member{Name: f.Name, Value: m})
			continue
		case !f.Text && f.Kind != portal.Record, f.Kind == portal.Hash:
			continue
		}
		out.Map = append(out.Map, portal.Member{Name: f.Name, Value: deriveValue(m, &f, convert)})
	}
	return out
}

func deriveValue(v portal.Value, f *portal.Field, convert func(string) string) portal.Value {
	if v.List != nil {
		list := make([]portal.Value, len(v.List))
		for i, item := range v.List {
			list[i] = deriveValue(item, f, convert)
		}
		v.List = list
		return v
	}
	if f.Kind == portal.Record {
		d := derive(v, f.Of, convert)
		if id := v.Get("id"); id.Set() {
			d = d.With("id", id)
		}
		return d
	}
	if f.Kind == portal.Markdown {
		v.Text = string(locale.TransliterateMarkdown([]byte(v.Text), convert))
		return v
	}
	v.Text = locale.TransliterateText(v.Text, convert)
	return v
}
