package translate_test

import (
	"testing"

	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/translate"
	"belfry/generator/tree"
)

// FuzzWrite lays texts over translations of any shape. Where nothing is told,
// every text must be read again in its place.
func FuzzWrite(f *testing.F) {
	f.Add("---\ntitle: a\nsteps: [b, c]\nredress: |\n  d\n\n  - e\n---\nf\n\n- g\n- h\n", "---\ntitle: a\nsteps:\n  - b\n---\nf\n\n* g\n", "x")
	f.Add("# a\n\n| b | c |\n|---|---|\n| d | e |\n", "\xEF\xBB\xBF# a\r\n\r\n| b |\r\n|---|\r\n| d |\r\n", "1. y | z")
	f.Add("---\nevidence:\n  - {id: p, name: q, note: r}\n---\n> s\n> t\n", "---\nevidence: [{id: p, name: 'q'}]\ndescription: >-\n  u\n  v\n---\n", "- w\nz")
	f.Fuzz(func(t *testing.T, source, target, text string) {
		files := tree.FromMap(map[string]string{"services/x.md": source, "services/x.ro.md": target, "portal.yaml": ""})
		opt := parse.Options{Languages: []string{"bg", "ro"}, Currency: "EUR"}
		read := func(files *tree.Tree) *portal.Portal {
			var docs []*portal.Document
			for _, name := range []string{"services/x.md", "services/x.ro.md"} {
				d, _ := parse.File(name, bytesOf(t, files, name), opt)
				docs = append(docs, d)
			}
			fields, _ := parse.Config([]byte("name: T\nlanguages: [bg, ro]\n"))
			config, _ := portal.NewConfig(fields)
			p, _ := portal.Link(config, docs, noFiles{})
			return p
		}
		p := read(files)
		e, ok := p.ByFile("services/x.md")
		if !ok || e.Texts["ro"] == nil || e.Source.Lang != "bg" {
			return
		}
		translate.Skeleton(translate.Item{Entity: e, Lang: "ro", File: "services/x.ro.md"}, "note")
		doc := translate.Prepare(into(survey(p, files, nil), "ro")[0])
		ex := translate.Exchange{Lang: "ro", Documents: []translate.Returned{{File: "services/x.md"}}}
		for _, u := range doc.Units {
			ex.Documents[0].Units = append(ex.Documents[0].Units, translate.ReturnedUnit{Key: u.Key, Source: u.Source.Text, Target: text + u.Text()})
		}
		im, _ := translate.Import(p, files, nil, &ex, true)
		if im == nil || len(im.Files) == 0 {
			return
		}
		after := files.With(tree.NewFile("services/x.ro.md", im.Files["services/x.ro.md"]))
		im.Verify(read(after), after) // it may refuse, it must return
	})
}

type noFiles struct{}

func (noFiles) Has(string) bool            { return true }
func (noFiles) Names() []string            { return nil }
func (noFiles) Read(string) ([]byte, bool) { return nil, false }
