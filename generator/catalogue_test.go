package generator_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/tree"
	"golang.org/x/tools/txtar"
)

// TestCatalogues builds each town of testdata/catalogues: files below catalogue/
// and nation/ are shared catalogues, all others the town's. The part "want" holds
// lines that must stand in a page, as "path: text", lines that must not, as
// "path! text", and all diagnostics but the expected notes.
func TestCatalogues(t *testing.T) {
	files, err := filepath.Glob("testdata/catalogues/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			shared := map[string]map[string]string{"catalogue": {}, "nation": {}}
			town := map[string]string{}
			var want []string
			for _, f := range txtar.Parse(raw).Files {
				folder, rest, _ := strings.Cut(f.Name, "/")
				switch {
				case f.Name == "want":
					want = strings.Split(strings.TrimSpace(string(f.Data)), "\n")
				case shared[folder] != nil:
					shared[folder][rest] = string(f.Data)
				default:
					town[f.Name] = string(f.Data)
				}
			}
			catalogues := generator.NewCatalogues()
			for _, folder := range []string{"catalogue", "nation"} {
				if len(shared[folder]) > 0 {
					if faults := catalogues.Add("../"+folder, tree.FromMap(shared[folder])); len(faults) > 0 {
						t.Fatal(faults)
					}
				}
			}
			pages, report := buildTown(t, town, generator.Options{Catalogues: catalogues})
			check(t, pages, report, want)
		})
	}
}

// buildTown makes a small town as of a fixed moment.
func buildTown(t *testing.T, town map[string]string, opt generator.Options) (map[string]string, *generator.Report) {
	t.Helper()
	opt.At = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)
	opt.Jobs = 1
	sink := memory{}
	report, err := generator.Build(context.Background(), tree.FromMap(town), opt, sink)
	if err != nil {
		t.Fatal(err)
	}
	return sink, report
}

// check compares pages and diagnostics with the lines of a case.
func check(t *testing.T, pages map[string]string, report *generator.Report, want []string) {
	t.Helper()
	told := map[string]bool{}
	for _, line := range want {
		if path, text, ok := strings.Cut(line, ".html: "); ok {
			if !strings.Contains(pages[path+".html"], text) {
				t.Errorf("%s.html has no %q", path, text)
			}
			continue
		}
		if path, text, ok := strings.Cut(line, ".html! "); ok {
			if page, made := pages[path+".html"]; !made || strings.Contains(page, text) {
				t.Errorf("%s.html has %q, or was not made", path, text)
			}
			continue
		}
		told[line] = true
	}
	for _, d := range report.Diagnostics {
		line := fmt.Sprintf("%s:%d:%d %s", d.At.File, d.At.Line, d.At.Col, d.Code)
		for _, r := range d.Related {
			line += fmt.Sprintf(" (%s:%d)", r.At.File, r.At.Line)
		}
		if d.Severity == diag.Note && !told[line] && !strings.HasPrefix(d.Code, "catalogue/") {
			continue
		}
		if d.Code == "service/incomplete" {
			continue
		}
		if !told[line] {
			t.Errorf("unexpected: %s %s", line, d.Message())
		}
		delete(told, line)
	}
	for line := range told {
		t.Errorf("missing: %s", line)
	}
}

// memory is a sink that keeps what it gets.
type memory map[string]string

func (m memory) Write(path string, data []byte) error {
	m[path] = string(data)
	return nil
}
