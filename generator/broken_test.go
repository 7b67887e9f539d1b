package generator_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/publish"
	"belfry/generator/tree"
	"golang.org/x/tools/txtar"
)

// noon is the moment that tests build for.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// archive reads a txtar file of testdata as a tree and its comment.
func archive(t *testing.T, name string) (map[string]string, string) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	a := txtar.Parse(raw)
	files := map[string]string{}
	for _, f := range a.Files {
		files[f.Name] = string(f.Data)
	}
	return files, string(a.Comment)
}

// TestBroken builds a portal that is broken in every way at once: each fault is
// reported in one run, on its line, with a hint, and the build has failed.
func TestBroken(t *testing.T) {
	files, comment := archive(t, "broken.txtar")
	files["pages/latin1.md"] = "---\ntitle: Latin 1\ndescription: Stra\xdfe\n---\n"
	files["pages/wide.md"] = "\xff\xfe-\x00-\x00-\x00"
	report, err := generator.Build(context.Background(), tree.FromMap(files), generator.Options{At: noon}, &publish.Memory{})
	if err != nil {
		t.Fatal(err)
	}
	if !report.Failed() {
		t.Error("the build did not fail")
	}
	found := map[string]diag.Diagnostic{}
	for _, d := range report.Diagnostics {
		found[fmt.Sprintf("%s:%d %s", d.At.File, d.At.Line, d.Code)] = d
	}
	wanted := 0
	for line := range strings.Lines(comment) {
		line = strings.TrimSpace(line)
		if place, _, ok := strings.Cut(line, " "); !ok || !strings.Contains(place, "/") && !strings.HasPrefix(place, "portal.yaml") {
			continue
		}
		wanted++
		d, ok := found[line]
		if !ok {
			t.Errorf("missing: %s", line)
			continue
		}
		if d.Message() == "" || strings.Contains(d.Message()+d.Hint(), "{") && !strings.Contains(line, "template-tag") {
			t.Errorf("%s: unfinished text: %q, hint %q", line, d.Message(), d.Hint())
		}
		if d.Hint() == "" {
			t.Errorf("%s: no hint", line)
		}
	}
	if wanted < 40 {
		t.Errorf("the corpus lists %d faults, it must be at least 40", wanted)
	}
	if t.Failed() {
		for k, d := range found {
			t.Log(k, d.Message())
		}
	}
}
