package generator_test

import (
	"slices"
	"strings"
	"testing"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/theme"
)

// shipped are the languages whose texts come with the theme, English first, the
// master. sr-Latn has no file: it is made from sr-Cyrl.
var shipped = strings.Fields("en es fr pt de it bg ro hu pl sr-Cyrl ka uk el tr ar")

// alike are words of a language that English writes the same way; they do not
// count as untranslated. French alone needs such a list: it has some twenty.
var alike = map[string]string{
	"fr": "Administrations Association Associations Budget Budgets Consultation Consultations Contact Date Document Documents " +
		"Guide Guides Important Menu Organisations Page Pages Parties Question Suggestions original",
}

// TestShippedLanguages holds every shipped language to the English master: no
// text is missing, none is faulty, and they are translations.
func TestShippedLanguages(t *testing.T) {
	built, faults := theme.Load(nil)
	for _, f := range faults {
		t.Errorf("%s: %s %s", f.At, f.Code, f.Message())
	}
	files := built.Messages()
	for tag := range files {
		if !slices.Contains(shipped, tag) {
			t.Errorf("messages/%s.yaml: the list of shipped languages above does not have it", tag)
		}
	}
	read := func(t *testing.T, tag string) (*locale.Messages, diag.List) {
		raw, ok := files[tag]
		if !ok {
			t.Fatalf("the theme has no messages/%s.yaml", tag)
		}
		return locale.ParseMessages("messages/"+tag+".yaml", raw, tag)
	}
	en, _ := read(t, "en")
	for _, tag := range shipped {
		t.Run(tag, func(t *testing.T) {
			m, list := read(t, tag)
			for _, d := range append(list, m.Check(en)...) {
				t.Errorf("%s: %s: %s\n%s", d.At, d.Code, d.Message(), d.Excerpt)
			}
			if missing := m.Missing(en); len(missing) > 0 {
				t.Errorf("%d of %d texts are missing:\n%s", len(missing), len(en.Keys()), strings.Join(missing, "\n"))
			}
			if tag == "en" {
				return
			}
			// A few words more may be English too, one text in twenty at most.
			words := strings.Fields(alike[tag])
			var same []string
			for _, key := range m.Keys() {
				if m.Text(key) == en.Text(key) && !slices.Contains(words, m.Text(key)) {
					same = append(same, key+": "+m.Text(key))
				}
			}
			if len(same)*20 > len(m.Keys()) {
				t.Errorf("%d of %d texts are the English ones:\n%s", len(same), len(m.Keys()), strings.Join(same, "\n"))
			}
		})
	}
}
