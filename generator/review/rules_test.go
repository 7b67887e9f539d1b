package review_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/review"
	"golang.org/x/tools/txtar"
)

// gap is an argument that was not filled in.
var gap = regexp.MustCompile(`\{[a-z]+\}`)

// TestRules runs every file of testdata: a tiny portal that provokes one rule
// and shows what is fine. Its comment says why; lines "=> file:line:column" are
// what the rule must find, and nothing else. A rule without a file fails.
func TestRules(t *testing.T) {
	known := map[string]bool{}
	for _, r := range review.Rules() {
		known[strings.TrimPrefix(r.Code, "review/")] = true
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		rule := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if !known[rule] {
			t.Errorf("%s: there is no rule review/%s", file, rule)
		}
		delete(known, rule)
		t.Run(rule, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(raw)
			var want, got []string
			for line := range strings.Lines(string(a.Comment)) {
				if place, ok := strings.CutPrefix(strings.TrimSpace(line), "=> "); ok {
					want = append(want, place)
				}
			}
			texts := map[string]string{}
			for _, f := range a.Files {
				texts[f.Name] = string(f.Data)
			}
			for _, d := range run(t, "review/"+rule, texts) {
				got = append(got, d.At.String())
				complete(t, d)
			}
			if !slices.Equal(got, want) || len(want) == 0 {
				t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
		})
	}
	for rule := range known {
		t.Errorf("review/%s has no testdata/%s.txtar that provokes it", rule, rule)
	}
}

// run applies one rule to a portal. A search is for titles here; the index has
// tests of its own.
func run(t *testing.T, rule string, texts map[string]string) diag.List {
	t.Helper()
	fields, faults := parse.Config([]byte(texts[portal.File]))
	config, more := portal.NewConfig(fields)
	faults = append(faults, more...)
	var docs []*portal.Document
	var words []review.Word
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		if parse.IsDocument(name) {
			d, more := parse.File(name, []byte(texts[name]), parse.Options{Languages: config.Languages, Currency: "EUR"})
			docs, faults = append(docs, d), append(faults, more...)
		}
		if name == "search-words.yaml" {
			for n, line := range strings.Split(texts[name], "\n") {
				if word, ok := strings.CutPrefix(line, "  - "); ok {
					words = append(words, review.Word{Lang: config.First(), Text: word, At: diag.Pos{File: name, Line: n + 1, Col: 5}})
				}
			}
		}
	}
	for _, d := range faults {
		if d.Severity == diag.Error && !strings.HasPrefix(d.Code, "form/") {
			t.Errorf("%s: %s: %s", d.At, d.Code, d.Message())
		}
	}
	linked, _ := portal.Link(config, docs, noFiles{})
	in := review.Input{Portal: linked, At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Profile: config.Profile, Words: words}
	in.Source = func(file string) []byte { return []byte(texts[file]) }
	in.Finds = func(_, query string) int {
		n := 0
		for _, d := range docs {
			if strings.Contains(strings.ToLower(d.Title), query) {
				n++
			}
		}
		return n
	}
	return review.Run(in, func(code string) bool { return code == rule }).Sorted()
}

type noFiles struct{}

func (noFiles) Has(string) bool            { return false }
func (noFiles) Names() []string            { return nil }
func (noFiles) Read(string) ([]byte, bool) { return nil, false }

// complete holds a finding to what each must say: what, why and how to mend
// it, with every gap filled.
func complete(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	doc, _ := (*diag.Texts)(nil).Doc(d.Code)
	for _, text := range []string{d.Message(), d.Hint(), d.Why(), doc.What} {
		if text == "" || gap.MatchString(text) {
			t.Errorf("%s: unfinished: message %q, hint %q, why %q, what %q", d.Code, d.Message(), d.Hint(), d.Why(), doc.What)
			return
		}
	}
}
