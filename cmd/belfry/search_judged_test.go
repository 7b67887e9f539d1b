package main

import (
	"os"
	"slices"
	"testing"

	"belfry/generator"
	"go.yaml.in/yaml/v4"
)

// judged is a query with the documents that answer it.
type judged struct {
	Query string
	Wants []string
}

func judgedQueries(t *testing.T, lang string) (list []judged) {
	t.Helper()
	raw, err := os.ReadFile("testdata/queries/" + lang + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	if err := yaml.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	return list
}

// TestJudged asks the example town what its citizens would: of the queries of
// testdata/queries, 85 in a hundred must have the document meant first, 97
// among the first five.
func TestJudged(t *testing.T) {
	for _, lang := range []string{"bg", "ro", "en"} {
		list := judgedQueries(t, lang)
		if len(list) < 40 {
			t.Errorf("%s: %d queries, wanted 40 at least", lang, len(list))
		}
		s, err := openSearch(example, lang, generator.Options{SkipBroken: true})
		if err != nil {
			t.Fatal(err)
		}
		s.limit = 5
		first, five := 0, 0
		for _, j := range list {
			var files []string
			for _, r := range s.ask(j.Query).Results {
				files = append(files, r.File)
			}
			at := slices.IndexFunc(files, func(f string) bool { return slices.Contains(j.Wants, f) })
			if at == 0 {
				first++
			} else {
				t.Logf("%s: %q gives %q, meant %q", lang, j.Query, files, j.Wants)
			}
			if at >= 0 {
				five++
			}
		}
		n := float64(len(list))
		t.Logf("%s: found first %.1f %%, among five %.1f %% of %d", lang, 100*float64(first)/n, 100*float64(five)/n, len(list))
		if float64(first) < 0.85*n || float64(five) < 0.97*n {
			t.Errorf("%s: wanted 85 %% first, 97 %% among five", lang)
		}
	}
}
