package audit_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"belfry/generator/audit"
	"belfry/generator/diag"
	"golang.org/x/tools/txtar"
)

// gap is an argument that was not filled in.
var gap = regexp.MustCompile(`\{[a-z]+\}`)

// TestRules runs every file of testdata: a tiny site that provokes one rule and
// shows what is fine. Its comment says why; lines "=> file:line:column" are what
// the rule must find, and nothing else; "fill FILE N" adds N bytes that cannot be
// packed. A rule without a file fails; external links have a test of their own.
func TestRules(t *testing.T) {
	known := map[string]bool{}
	for _, code := range audit.Codes() {
		if code != "audit/external-link" {
			known[strings.TrimPrefix(code, "audit/")] = true
		}
	}
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		rule := strings.TrimSuffix(filepath.Base(file), ".txtar")
		if !known[rule] {
			t.Errorf("%s: there is no rule audit/%s", file, rule)
		}
		delete(known, rule)
		t.Run(rule, func(t *testing.T) {
			raw, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(raw)
			var want, got []string
			sizes := map[string]int{}
			for line := range strings.Lines(string(archive.Comment)) {
				if place, ok := strings.CutPrefix(strings.TrimSpace(line), "=> "); ok {
					want = append(want, place)
				}
				if f := strings.Fields(line); len(f) == 3 && f[0] == "fill" {
					if sizes[f[1]], err = strconv.Atoi(f[2]); err != nil {
						t.Fatal(err)
					}
				}
			}
			a := audit.New(audit.Options{Only: func(code string) bool { return code == "audit/"+rule }})
			for _, f := range archive.Files {
				if err := a.Write(f.Name, append(f.Data, noise(sizes[f.Name])...)); err != nil {
					t.Fatal(err)
				}
			}
			for _, f := range a.Finish() {
				got = append(got, f.At.String())
				doc, _ := (*diag.Texts)(nil).Doc(f.Code)
				for _, text := range []string{f.Message(), f.Hint(), f.Why(), doc.What} {
					if text == "" || gap.MatchString(text) {
						t.Errorf("unfinished: message %q, hint %q, why %q, what %q", f.Message(), f.Hint(), f.Why(), doc.What)
					}
				}
			}
			if !slices.Equal(got, want) || len(want) == 0 {
				t.Errorf("found\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
			}
		})
	}
	for rule := range known {
		t.Errorf("audit/%s has no testdata/%s.txtar that provokes it", rule, rule)
	}
}

// noise is text that hardly packs, always the same.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(1, 2))
	out := make([]byte, n)
	for i := range out {
		out[i] = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ\n "[r.IntN(64)]
	}
	return out
}
