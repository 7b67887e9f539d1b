package form

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/tools/txtar"

	"belfry/generator/diag"
)

// FuzzParse: whatever stands in a file, the parser does not fall over, every place
// lies inside the file, and a form without errors gives a schema, data for the
// script and style rules.
func FuzzParse(f *testing.F) {
	files, _ := filepath.Glob("testdata/cases/*.txtar")
	for _, name := range files {
		a, err := txtar.ParseFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, file := range a.Files {
			if strings.HasSuffix(file.Name, ".md") {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := readSource("form.md", text)
		form, said := Parse(src)
		inside(t, said, src)
		for _, d := range said {
			if strings.Contains(d.Message(), "{") && !strings.Contains(text, "{") {
				t.Errorf("%s has a hole: %s", d.Code, d.Message())
			}
		}
		if said.Count(diag.Error) > 0 {
			return
		}
		var schema any
		if err := json.Unmarshal(Schema(form, ""), &schema); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(Client(form, English, nil, ""), &schema); err != nil {
			t.Fatal(err)
		}
		if css := RevealCSS(form); strings.ContainsAny(css, "<&\n") || strings.Count(css, "{") != strings.Count(css, "}") {
			t.Errorf("style %q", css)
		}
		src.Language = "bg"
		_, said = Translate(form, src)
		inside(t, said, src)
	})
}

// FuzzAnswers: whatever arrives, the decoder and the judge do not fall over, what
// is kept is right by itself, and exports stay inert.
func FuzzAnswers(f *testing.F) {
	raw, err := os.ReadFile(corpus)
	if err != nil {
		f.Fatal(err)
	}
	var all submissions
	if err := json.Unmarshal(raw, &all); err != nil {
		f.Fatal(err)
	}
	names := []string{"parking", "types", "required", "rules", "conditions", "groups", "repeats"}
	for _, c := range all.Cases {
		for i, n := range names {
			if n == c.Form {
				f.Add(uint8(i), string(c.Answers), c.Fields.Encode())
			}
		}
	}
	forms := map[string]*Form{}
	for _, n := range names {
		raw, err := os.ReadFile("testdata/vectors/forms/" + n + ".md")
		if err != nil {
			f.Fatal(err)
		}
		forms[n], _ = Parse(readSource(n, string(raw)))
	}
	today, _ := parseDay(all.Today)
	f.Fuzz(func(t *testing.T, which uint8, text, fields string) {
		form := forms[names[int(which)%len(names)]]
		judge := func(a Answers) {
			kept, problems := Check(form, a, today)
			for _, p := range problems {
				if p.Field == "" || p.Code == "" {
					t.Errorf("%+v", p)
				}
			}
			if Right(problems) {
				if again, p := Check(form, kept, today); !Right(p) || string(CanonicalJSON(again)) != string(CanonicalJSON(kept)) {
					t.Errorf("kept %s, again %s: %v", CanonicalJSON(kept), CanonicalJSON(again), p)
				}
			}
			Total(form, kept)
			var b strings.Builder
			if err := CSV(&b, form, []Envelope{NewEnvelope(form, a)}); err != nil {
				t.Fatal(err)
			}
			for _, r := range b.String()[3:] {
				if unicode.IsControl(r) && r != '\n' && r != '\r' || unicode.Is(unicode.Bidi_Control, r) {
					t.Fatalf("%U in an export", r)
				}
			}
			HTML(Sheet(form, a, Words{"yes", "no"}))
		}
		if a, err := ParseAnswers([]byte(text)); err == nil {
			judge(a)
		}
		ParseEnvelope([]byte(text), MaxBytes)
		if v, err := url.ParseQuery(fields); err == nil {
			if a, err := Fields(form, v); err == nil {
				judge(a)
			}
		}
	})
}
