package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"belfry/generator/form"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/tools/txtar"
)

// parking writes a portal around the form of the design: its base file and its
// Bulgarian texts, as the room of forms tests them.
func parking(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile("../../generator/form/testdata/cases/parking.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	files := map[string]string{"portal.yaml": "name: {en: Lipnik, bg: Липник}\nlanguages: [en, bg]\ncountry: BG\ntime_zone: Europe/Sofia\n"}
	for _, f := range txtar.Parse(raw).Files {
		if strings.HasSuffix(f.Name, ".md") {
			text := string(f.Data) // the case keeps privacy of the translation flat
			files["forms/parking-permit"+strings.TrimPrefix(f.Name, "form")] = strings.Replace(text, "\ncontroller: ", "\nprivacy:\n  controller: ", 1)
		}
	}
	if len(files) != 3 {
		t.Fatalf("the case has %d files", len(files))
	}
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// design fills the form of the design, in both its languages, and judges what
// arrives by the form and by the schema that is published with it.
func (town *formTown) design(t *testing.T) {
	dir := parking(t)
	s := buildSite(t, dir)
	flags := formFlags{portal: dir}
	p, err := flags.openForms(true)
	if err != nil {
		t.Fatal(err)
	}
	asking, err := p.find("parking-permit")
	if err != nil {
		t.Fatal(err)
	}
	schema := published(t, filepath.Join(s.dir, "forms", form.SchemaName(asking.Base)))
	for _, lang := range []string{"en", "bg"} {
		f := asking.In(lang)
		v := pairs(`full_name=Мария Стоянова
			egn=7523169263
			email=maria@example.org
			birth_date-day=16
			birth_date-month=3
			birth_date-year=1975
			home-street=1 Main Square
			home-place=Lipnik
			home-postcode=7100
			vehicles-1-plate=CB 1234 AB
			vehicles-1-owner=other
			vehicles-1-letter=paper.pdf
			vehicles-2-plate=CB 9999 XX
			vehicles-2-owner=me
			zone=b
			delivery=post
			post_to-street=2 Main Square
			post_to-place=Lipnik
			post_to-postcode=7100
			notes=By Friday, please
			truth=yes
			remind=yes`)
		date(v, "start", 30)
		b := formTab(t, town.browser, s, f)
		b.open(s.http + lang + "/forms/parking-permit.html")
		town.fill(b, v)
		if total := eval[string](b, `document.querySelector('[data-total] output').textContent`); !strings.Contains(strings.Replace(total, ",", ".", 1), "14.50") {
			t.Errorf("the total is %s", total)
		}
		b.click(`[data-send]`)
		kept := town.right(t, f, v, town.sent(b))
		if form.Total(f, kept) != "14.50" {
			t.Errorf("it costs %s", form.Total(f, kept))
		}
		answers, err := jsonschema.UnmarshalJSON(bytes.NewReader(form.CanonicalJSON(kept)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(answers); err != nil {
			t.Error(err)
		}
	}
	time.Sleep(20 * time.Millisecond)
	if n := town.waiting(); n > 0 {
		t.Errorf("it was sent %d times more", n)
	}
}

// published compiles a schema of the output.
func published(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("form.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("form.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}
