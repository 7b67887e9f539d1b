package portal

import (
	"cmp"
	"crypto/rsa"
	"maps"
	"path"
	"slices"

	"belfry/generator/diag"
	"belfry/generator/form"
	"belfry/generator/locale"
)

// This file reads the forms of a portal: the base document by form.Parse, every
// translation laid over it.

// Asking is what an entity of type form asks.
type Asking struct {
	Texts map[string]*form.Form // by language: every one that has a usable text
	Base  *form.Form            // that of the source document
	Key   *rsa.PublicKey        // answers are sealed to it; nil for none
}

// readForms reads every form. One with errors has no Form and is not shown; a
// translation with errors is unreadable, and its readers see the source.
func (p *Portal) readForms(faults *diag.List) {
	named := map[string]*Entity{}
	for _, e := range p.Of("form") {
		if e.Source == nil {
			continue
		}
		base, found := form.Parse(p.formSource(e.Source))
		*faults = append(*faults, toldOnce(e.Source, found)...)
		asking := &Asking{Base: base, Texts: map[string]*form.Form{e.Source.Lang: base}}
		bad := found.Count(diag.Error) > 0 || e.Source.faulty()
		if other := named[base.ID]; other != nil {
			d := diag.New("form/same-id", e.Source.Place("form"), "id", base.ID)
			d.Related = []diag.Related{{At: other.Source.Place("form"), Code: "link/other-place"}}
			*faults = append(*faults, d)
			bad = true
		} else {
			named[base.ID] = e
		}
		bad = !p.readKey(e, asking, faults) || bad
		p.translateForm(e, asking, bad, faults)
		if bad {
			for _, d := range e.Texts {
				d.Unreadable = true
			}
			continue
		}
		e.Form = asking
	}
}

// translateForm reads the translations of a form. Those of a base that is wrong
// would only repeat its faults.
func (p *Portal) translateForm(e *Entity, asking *Asking, bad bool, faults *diag.List) {
	if bad {
		return
	}
	for _, lang := range slices.Sorted(maps.Keys(e.Texts)) {
		d := e.Texts[lang]
		if d == e.Source || d.Derived {
			continue
		}
		f, found := form.Translate(asking.Base, p.formSource(d))
		*faults = append(*faults, found...)
		if d.Unreadable = found.Count(diag.Error) > 0; !d.Unreadable {
			asking.Texts[lang] = f
		}
	}
	for _, pair := range [][2]string{{"sr-Cyrl", "sr-Latn"}, {"sr-Latn", "sr-Cyrl"}} {
		from, to := asking.Texts[pair[0]], e.Texts[pair[1]]
		if to == nil || !to.Derived {
			continue
		}
		if from == nil {
			to.Unreadable = true
			continue
		}
		convert := locale.Latin
		if pair[1] == "sr-Cyrl" {
			convert = locale.Cyrillic
		}
		asking.Texts[pair[1]] = from.Rewrite(pair[1],
			func(s string) string { return locale.TransliterateText(s, convert) },
			func(s string) string { return string(locale.TransliterateMarkdown([]byte(s), convert)) })
	}
}

// formSource hands a document to the room that reads forms.
func (p *Portal) formSource(d *Document) form.Source {
	value := func(v Value) form.Value { return form.Value{Text: v.Text, At: v.At} }
	f := d.Fields
	privacy := f.Get("privacy")
	src := form.Source{
		File: d.File, Body: string(d.Body.Text), Line: d.Body.Line, Language: d.Lang, Currency: p.Config.Currency,
		Head: form.Head{
			ID: d.ID, Form: value(f.Get("form")), Title: form.Value{Text: d.Title, At: d.TitleAt}, Version: value(f.Get("version")),
			Fee: value(f.Get("fee")), Seal: value(f.Get("seal")),
			Controller: value(privacy.Get("controller")), Purpose: value(privacy.Get("purpose")), LegalBasis: value(privacy.Get("legal basis")), Keep: value(privacy.Get("keep")),
		},
		List: func(name string) (string, bool) {
			for _, dir := range []string{"", path.Dir(d.File), path.Dir(d.From), "assets"} {
				if raw, ok := p.Files.Read(path.Join(dir, name)); ok {
					return string(raw), true
				}
			}
			return "", false
		},
	}
	if d.Body.Pieces != nil || d.Body.File != d.File { // from a shared catalogue
		src.Place = d.Body.Place
	}
	for _, v := range f.Get("send").List {
		to := v.Get("to")
		if key := v.Get("web3forms"); key.Set() {
			to = Value{Text: "web3forms " + key.Text, At: key.At}
		}
		src.Head.Send = append(src.Head.Send, value(to))
	}
	return src
}

// toldOnce leaves out what is missing from a notice only because it could not be
// read, which is told already.
func toldOnce(d *Document, list diag.List) diag.List {
	notice := d.Fields.Get("privacy")
	return slices.DeleteFunc(list, func(f diag.Diagnostic) bool {
		return f.Code == "form/no-privacy" && bad(notice) || f.Code == "form/privacy-part" && notice.Get(f.Arg("name")).Bad
	})
}

// faulty reports whether a value of the front matter could not be used. What a
// form sends, costs or keeps is not guessed.
func (d *Document) faulty() bool {
	return slices.ContainsFunc(d.Fields.Map, func(m Member) bool { return bad(m.Value) })
}

func bad(v Value) bool {
	return v.Bad || slices.ContainsFunc(v.List, bad) || slices.ContainsFunc(v.Map, func(m Member) bool { return bad(m.Value) })
}

// readKey reads the public key a form seals its answers to; false means that it
// names one that cannot be used.
func (p *Portal) readKey(e *Entity, asking *Asking, faults *diag.List) bool {
	name := asking.Base.Seal
	if name == "" {
		return true
	}
	raw, ok := p.Files.Read(name)
	if !ok {
		return false // which is told where references are checked
	}
	key, err := form.ParsePublicKey(raw)
	if err != nil {
		faults.Add("form/seal-key", e.Source.Place("seal"), "file", name, "reason", err.Error())
		return false
	}
	asking.Key = key
	return true
}

// JWK is the public key as a page carries it, nil for none.
func (a *Asking) JWK() []byte {
	if a.Key == nil {
		return nil
	}
	return form.PublicJWK(a.Key)
}

// In returns the form in a language, else in the source's.
func (a *Asking) In(lang string) *form.Form { return cmp.Or(a.Texts[lang], a.Base) }

// Editions are the form in every language, the base first.
func (a *Asking) Editions() []*form.Form {
	out := []*form.Form{a.Base}
	for _, lang := range slices.Sorted(maps.Keys(a.Texts)) {
		if f := a.Texts[lang]; f != a.Base {
			out = append(out, f)
		}
	}
	return out
}
