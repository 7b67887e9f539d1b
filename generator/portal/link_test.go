package portal_test

import (
	"fmt"
	"strings"
	"testing"

	"belfry/generator/parse"
	"belfry/generator/portal"
)

func TestLookup(t *testing.T) {
	p := sound(t, map[string]string{
		"pages/a/x.md": "# one", "pages/b/x.md": "# two", "pages/b/y.md": "# three", "pages/z.md": "# four", "pages/z/z.md": "# five",
	})
	for id, want := range map[string]string{"a/x": "a/x", "y": "b/y", "/b/y/": "b/y", "z": "z", "z/z": "z/z", "x": "", "b": "", "": "", "Y": ""} {
		e, ok := p.Lookup("page", id)
		if ok != (want != "") || ok && e.ID != want {
			t.Errorf("%q leads to %v", id, e)
		}
	}
	if _, ok := p.Lookup("service", "y"); ok {
		t.Error("a page was found as a service")
	}
	if g := p.Guess("page", "b/yy"); g != "b/y" {
		t.Errorf("guess %q", g)
	}
}

func TestReferences(t *testing.T) {
	_, faults := town(t, map[string]string{
		"topics/a/waste.md": "# t", "topics/b/waste.md": "# t",
		"offices/town-hall.md": "# o",
		"guides/x.md":          "---\ntitle: x\ntopics: [waste, wate, a/waste]\nowner: townhall\n---\n",
		"guides/x.ro.md":       "---\ntitle: x\ntopics: [nothing]\n---\n",
		"news/y.md":            "---\ntitle: y\nimage: assets/arm.svg\n---\n",
		"step-by-step/z.md":    "---\ntitle: z\nsteps:\n  - {text: no name, services: [none]}\n  - [bad shape]\n---\n",
		portal.File:            sofia + "menu: [services, news, contact, nothing]\nhome: {wanted: [none]}\nbrand: {logo: assets/none.svg}\n",
	})
	expect(t, faults,
		"guides/x.md:3 link/ambiguous", "guides/x.md:3 link/unknown-id", "guides/x.md:4 link/unknown-id", "guides/x.ro.md:3 translation/fact",
		"news/y.md:3 link/no-file", "portal.yaml:5 config/menu", "portal.yaml:7 link/no-file",
		"step-by-step/z.md:4 field/missing-member", "step-by-step/z.md:4 link/unknown-id", "step-by-step/z.md:5 field/shape")
}

// TestTranslations joins the files of one document and lays their texts over
// its facts.
func TestTranslations(t *testing.T) {
	files := map[string]string{
		"services/x.md":    "---\ntitle: Услуга\ndescription: Кратко\nkeywords: [дума]\ncost: 5 EUR\nstatus_note: Бележка\nsteps: [едно, две]\nevidence:\n  - {id: a, name: А, copies: 2}\n  - {id: b, name: Б}\n  - {id: c, name: В, note: само тук}\ncontact: {phone: 112}\nlegal: {title: Закон}\n---\nТекст.\n",
		"services/x.ro.md": "---\ntitle: Serviciu\nevidence:\n  - {id: c, name: C}\n  - {id: a, name: A}\nlegal: {title: Lege}\n---\nText.\n",
	}
	p, _ := town(t, files)
	e, ok := p.Lookup("service", "x")
	if !ok || len(e.Texts) != 2 || e.Source.Lang != "bg" {
		t.Fatalf("not joined: %+v", e)
	}
	it, _ := p.In("ro", at(t, p, "2026-11-01")).Lookup("service", "x")
	f := it.Fields()
	if it.Title != "Serviciu" || it.Fallback || f.Get("cost").List[0].String("amount") != "5 EUR" || f.Get("contact").String("phone") != "112" {
		t.Errorf("title %q, fields %+v", it.Title, f)
	}
	var names []string
	for _, v := range f.Get("evidence").List {
		n := v.Get("name")
		names = append(names, fmt.Sprintf("%s %s/%s %s/%s", v.String("copies"), n.Text, n.Lang, v.String("note"), v.Get("note").Lang))
	}
	if got, want := strings.Join(names, "; "), "2 A/ /;  Б/bg /;  C/ само тук/bg"; got != want {
		t.Errorf("evidence %q, want %q", got, want)
	}
	if v := f.Get("status_note"); v.Text != "Бележка" || v.Lang != "bg" {
		t.Errorf("a missing text is not the source's, marked: %+v", v)
	}
	if v := f.Get("steps"); len(v.List) != 2 || v.List[0].Lang != "bg" || v.List[1].Lang != "bg" {
		t.Errorf("the steps are not marked: %+v", v)
	}
	if f.Get("keywords").Set() {
		t.Error("keywords of another language are found")
	}
	if v := e.Fact("steps"); v.List[0].Lang != "" {
		t.Error("the source is changed")
	}
}

func TestTranslationDrift(t *testing.T) {
	_, faults := town(t, map[string]string{
		"step-by-step/x.md":    "---\ntitle: x\nsteps:\n  - {id: a, name: a}\n  - {id: b, name: b}\n---\n",
		"step-by-step/x.ro.md": "---\ntitle: x\norder: 3\ndraft: false\nslug: y\nsteps:\n  - {id: a, name: a, choice: yes}\n  - {id: z, name: b}\n---\n",
		"step-by-step/y.md":    "---\ntitle: y\nsteps: [a, b]\n---\n",
		"step-by-step/y.ro.md": "---\ntitle: y\nsteps: [a, b, c, d]\n---\n",
		"step-by-step/z.md":    "---\ntitle: z\nsteps: [a, b]\n---\n",
		"step-by-step/z.ro.md": "---\ntitle: z\nsteps: [a]\n---\n",
	})
	expect(t, faults, "step-by-step/x.ro.md:3 translation/fact", "step-by-step/x.ro.md:7 translation/fact", "step-by-step/x.ro.md:8 translation/unknown-item",
		"step-by-step/y.ro.md:3 translation/more-items", "step-by-step/z.ro.md:3 translation/fewer-items")
}

// TestSource finds the file with the facts: the one without a language in its
// name, else that of the first language; never one made from another script.
func TestSource(t *testing.T) {
	p := sound(t, map[string]string{
		"pages/a.md": "# a", "pages/a.ro.md": "# a", "pages/b.ro.md": "# b", "pages/c.bg.md": "# c", "pages/c.ro.md": "# c",
	})
	for id, want := range map[string]string{"a": "pages/a.md", "b": "pages/b.ro.md", "c": "pages/c.bg.md"} {
		if e, _ := p.Lookup("page", id); e.Source.File != want {
			t.Errorf("the source of %s is %s", id, e.Source.File)
		}
	}

	config, _ := portal.NewConfig(portal.Value{Map: []portal.Member{{Name: "languages", Value: portal.Value{List: []portal.Value{{Text: "sr-Cyrl"}, {Text: "sr-Latn"}}}}}})
	written, _ := parse.File("offices/x.sr-Latn.md", []byte("---\ntitle: Opština\nphone: 112\n---\n"), parse.Options{Languages: config.Languages})
	p, _ = portal.Link(config, []*portal.Document{written, parse.Derive(written, "sr-Cyrl")}, assets{})
	e, _ := p.Lookup("office", "x")
	if e.Source != written || len(e.Texts) != 2 || e.Fact("phone").List[0].Text != "112" {
		t.Errorf("the source is %+v", e.Source)
	}
}

// TestGivenID holds for the translations of a document that names its own id.
func TestGivenID(t *testing.T) {
	p := sound(t, map[string]string{
		"pages/old.md": "---\ntitle: Нов\nid: new\n---\n", "pages/old.ro.md": "# Nou",
		"pages/report.2026.md": "---\ntitle: x\nid: report\n---\n", "pages/report.2025.md": "# y",
	})
	e, ok := p.Lookup("page", "new")
	if !ok || len(e.Texts) != 2 || e.Source.File != "pages/old.md" {
		t.Errorf("got %+v", e)
	}
	if _, ok := p.Lookup("page", "old"); ok {
		t.Error("the translation stands alone")
	}
	if e, _ := p.Lookup("page", "report.2025"); e == nil || e.Source.Title != "y" {
		t.Error("2026 was taken for a language")
	}
}

func TestSameID(t *testing.T) {
	_, faults := town(t, map[string]string{
		"pages/a.md": "# a", "pages/a/index.md": "# a", "pages/b.md": "# b", "pages/b.bg.md": "# b", "services/a.md": "---\ntitle: a\n---\n",
	})
	var got []string
	for _, d := range faults {
		if d.Code == "link/same-id" {
			got = append(got, d.At.File+" "+d.Related[0].At.File)
		}
	}
	if want := "pages/a/index.md pages/a.md,pages/b.md pages/b.bg.md"; strings.Join(got, ",") != want {
		t.Errorf("got %v", got)
	}
}

func TestRings(t *testing.T) {
	_, faults := town(t, map[string]string{
		"topics/a.md": "---\ntitle: a\nparent: b\n---\n", "topics/b.md": "---\ntitle: b\nparent: c\n---\n", "topics/c.md": "---\ntitle: c\nparent: a\n---\n",
		"topics/d.md":      "---\ntitle: d\nparent: a\n---\n",
		"topics/e.md":      "---\ntitle: e\nparent: f\n---\n",
		"topics/f.md":      "# f",
		"offices/self.md":  "---\ntitle: s\nparent: self\n---\n",
		"offices/child.md": "---\ntitle: s\nparent: self\n---\n",
	})
	expect(t, faults, "offices/self.md:3 link/ring", "topics/a.md:3 link/ring", "topics/b.md:3 link/ring", "topics/c.md:3 link/ring")
}

// TestComplete asks of a service what the content model requires.
func TestComplete(t *testing.T) {
	const whole = "---\ntitle: x\ndescription: x\naudience: citizen\neligibility: x\nevidence: []\nsteps: x\noutput: x\ncost: free\nprocessing_time: at once\nchannels: online\nauthentication: eid\nlegal: x\nredress: x\nlanguages: bg\n---\n"
	for name, c := range map[string]struct{ yaml, doc, want string }{
		"whole":             {sofia, whole, ""},
		"nothing":           {"name: x\nlanguages: bg\n", "---\ntitle: x\n---\n", "field/no-authority field/required service/incomplete"},
		"online, no eid":    {sofia, strings.Replace(whole, "authentication: eid\n", "", 1), "service/incomplete"},
		"by post, no eid":   {sofia, strings.NewReplacer("authentication: eid\n", "", "online", "post").Replace(whole), ""},
		"under sdg":         {sofia + "profile: sdg\n", strings.Replace(whole, "legal: x\n", "", 1), "service/incomplete-sdg"},
		"requirements only": {sofia, strings.Replace(whole, "eligibility", "requirements", 1), "service/incomplete"},
		"a wrong value":     {sofia, strings.Replace(whole, "at once", "soonish", 1), "value/period"},
	} {
		_, faults := town(t, map[string]string{portal.File: c.yaml, "services/x.md": c.doc})
		var got []string
		for _, d := range faults {
			if d.At.File != portal.File {
				got = append(got, d.Code)
			}
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s: got %q, want %q", name, s, c.want)
		}
	}
}
