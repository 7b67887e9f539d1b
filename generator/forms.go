package generator

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/js"

	"belfry/generator/diag"
	"belfry/generator/form"
	"belfry/generator/portal"
	"belfry/generator/render"
)

// This file makes what forms add to the output beside their pages: the script,
// a JSON Schema for each, and the list of all of them.

// formScript is the script of all forms, named by its content.
var formScript = sync.OnceValue(func() render.File {
	m := minify.New()
	m.AddFunc("text/javascript", js.Minify)
	code, err := m.String("text/javascript", form.Script())
	if err != nil {
		panic("generator: the script of forms: " + err.Error())
	}
	return render.File{Path: "assets/form." + short([]byte(code)) + ".js", Make: func() []byte { return []byte(code) }}
})

// shown is a form and the languages in which it has a text, the source's first.
type shownForm struct {
	entity   *portal.Entity
	editions []*form.Form
	pages    map[string]string // by language
}

// shownForms are the forms that have pages, by id.
func (p *Plan) shownForms() []shownForm {
	var out []shownForm
	for _, e := range p.Portal.Of("form") {
		s := shownForm{entity: e, pages: map[string]string{}}
		for _, site := range p.Sites {
			it := site.Item(e)
			if it == nil || it.Fallback || site.Homeless[e] {
				continue
			}
			f := e.Form.In(it.Text.Lang)
			s.pages[f.Language] = it.Path
			s.editions = append(s.editions, f)
		}
		if s.editions == nil {
			continue
		}
		if i := slices.Index(s.editions, e.Form.Base); i > 0 {
			s.editions = slices.Insert(slices.Delete(s.editions, i, i+1), 0, e.Form.Base)
		}
		out = append(out, s)
	}
	return out
}

// formFiles are the schemas of the forms, those of earlier versions that the
// portal's folder holds, and the list of all forms.
func (p *Plan) formFiles() []file {
	forms := p.shownForms()
	if forms == nil {
		return nil
	}
	var out []file
	add := func(name string, data func() ([]byte, error)) { out = append(out, file{path: name, make: data}) }
	for _, s := range forms {
		f := s.editions[0]
		add(render.SchemaPath(f), func() ([]byte, error) { return p.schema(f), nil })
	}
	for _, f := range p.source.Under("forms") {
		if oldSchema.MatchString(f.Path) && !slices.ContainsFunc(out, func(o file) bool { return o.path == f.Path }) {
			add(f.Path, f.Bytes)
		}
	}
	for _, site := range p.Sites {
		for _, f := range site.FormFiles() {
			if !slices.ContainsFunc(out, func(o file) bool { return o.path == f.Path }) { // the style is that of every language
				add(f.Path, func() ([]byte, error) { return f.Make(), nil })
			}
		}
	}
	add(render.FormIndex, func() ([]byte, error) {
		x := form.Index{Forms: []form.IndexedForm{}}
		for _, s := range forms {
			urls := map[string]string{}
			for lang, page := range s.pages {
				urls[lang] = p.address(page)
			}
			seal := ""
			if s.editions[0].Seal != "" {
				seal = p.address(s.editions[0].Seal)
			}
			x.Forms = append(x.Forms, form.NewIndexedForm(s.editions, p.address(render.SchemaPath(s.editions[0])), seal, urls))
		}
		return x.JSON(), nil
	})
	return out
}

// schema is the JSON Schema of a form; its id is its address, where that is known.
func (p *Plan) schema(f *form.Form) []byte {
	id := ""
	if base := p.Portal.Config.BaseURL; base != "" {
		id = base + render.SchemaPath(f)
	}
	return form.Schema(f, id)
}

// address is that of a file of the output for machines: absolute where the portal
// knows where it will stand, else relative to its root.
func (p *Plan) address(name string) string { return p.Portal.Config.BaseURL + name }

// formList tells a file that a form beside it takes answers to choose from.
func formList(file string) bool {
	return strings.HasPrefix(file, "forms/") && strings.EqualFold(path.Ext(file), ".csv")
}

// oldSchema is the name under which the schema of a version is published, and
// kept in the portal's folder when the version rises.
var oldSchema = regexp.MustCompile(`^forms/[a-z0-9/_-]+\.v[0-9]+\.schema\.json$`)

// schemaFaults compares the schemas that are kept with the forms of today: who
// fills a form by machine relies on a version to mean the same for ever.
func (p *Plan) schemaFaults() diag.List {
	var faults diag.List
	kept := map[string][]byte{}
	for _, f := range p.source.Under("forms") {
		if !oldSchema.MatchString(f.Path) {
			continue
		}
		raw, err := f.Bytes()
		var s map[string]any
		if err != nil || json.Unmarshal(raw, &s) != nil || s["x-belfry-form"] == nil {
			faults.Add("form/old-schema", diag.Pos{File: f.Path}, "file", f.Path)
			continue
		}
		kept[f.Path] = raw
	}
	for _, s := range p.shownForms() {
		f := s.editions[0]
		raw, ok := kept[render.SchemaPath(f)]
		if ok && !bytes.Equal(rules(raw), rules(p.schema(f))) {
			faults.Add("form/version-stands", s.entity.Source.Place("version"), "file", render.SchemaPath(f))
		}
	}
	return faults
}

// rules is a schema without its words: a text may be mended within a version, but
// not what is declared.
func rules(schema []byte) []byte {
	var v any
	if json.Unmarshal(schema, &v) != nil {
		return schema
	}
	var strip func(any)
	strip = func(v any) {
		switch v := v.(type) {
		case map[string]any:
			for _, word := range []string{"title", "description", "$id", "$comment"} {
				if _, text := v[word].(string); text {
					delete(v, word)
				}
			}
			for k, sub := range v {
				if k == "x-belfry-choices" { // labels
					delete(v, k)
				}
				strip(sub)
			}
		case []any:
			for _, sub := range v {
				strip(sub)
			}
		}
	}
	strip(v)
	raw, err := json.Marshal(v)
	if err != nil {
		panic("generator: " + err.Error())
	}
	return raw
}
