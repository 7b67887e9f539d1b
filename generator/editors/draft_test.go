package editors_test

import (
	"strings"
	"testing"
	"time"

	"belfry/generator/editors"
	"belfry/generator/parse"
	"belfry/generator/portal"
)

// TestDrafts takes the "# " from every field of every skeleton, in every
// language: what it shows must be right, and nothing of the model be missing.
func TestDrafts(t *testing.T) {
	opt := parse.Options{Languages: []string{"bg", "en"}, Currency: "EUR"}
	for _, explain := range editors.Languages() {
		for i := range portal.Types {
			ty := &portal.Types[i]
			d := editors.Draft{Type: ty, Title: `Куче: "Рекс" #1`, Lang: "bg", Explain: explain, Now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC),
				Currency: "EUR", Languages: opt.Languages, Town: "Бели бряг", Known: func(string) string { return "" }}
			file := ty.Folder + "/x.md"
			if ty.Folder == "" || ty.Name == "directory" {
				continue // placed by its name
			}
			if ty.Name == "entry" {
				file = "directories/a/x.md"
			}
			text := d.Text()
			doc, faults := parse.File(file, []byte(text), opt)
			if len(faults) > 0 || doc.Title != d.Title {
				t.Errorf("%s in %s: title %q, faults %v", ty.Name, explain, doc.Title, faults)
			}
			var all strings.Builder
			for line := range strings.Lines(text) {
				if rest, ok := strings.CutPrefix(line, "# "); ok {
					line = rest
				}
				all.WriteString(line)
			}
			doc, faults = parse.File(file, []byte(all.String()), opt)
			for _, f := range faults {
				t.Errorf("%s in %s, all fields: %s: %s", ty.Name, explain, f.At, f.Message())
			}
			for _, f := range ty.Fields {
				if !doc.Fields.Get(f.Name).Set() && f.Kind != portal.Hash {
					t.Errorf("%s in %s does not show %s", ty.Name, explain, f.Name)
				}
				for _, of := range f.Of {
					v := doc.Fields.Get(f.Name)
					if f.Many && len(v.List) > 0 {
						v = v.List[0]
					}
					if f.Kind == portal.Record && !v.Get(of.Name).Set() && f.Name != "privacy" && of.Name != "web3forms" { // a key in place of an address
						t.Errorf("%s in %s does not show %s.%s", ty.Name, explain, f.Name, of.Name)
					}
				}
			}
		}
	}
}

// TestDraftSameBytes: the same input gives the same file.
func TestDraftSameBytes(t *testing.T) {
	make := func() string {
		d := editors.Draft{Type: portal.TypeByName("service"), Title: "A", Lang: "en", Explain: "en", Now: time.Unix(0, 0), Currency: "EUR", Languages: []string{"en"}, Known: func(string) string { return "" }}
		return d.Text()
	}
	if first, second := make(), make(); first != second {
		t.Error("two texts differ")
	}
	_, faults := parse.File("services/a.md", []byte(make()), parse.Options{Languages: []string{"en"}})
	if len(faults) > 0 {
		t.Error(faults)
	}
}
