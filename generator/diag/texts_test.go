package diag

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// gaps are the placeholders of a text, sorted, each once.
func gaps(text string) []string {
	found := placeholder.FindAllString(text, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

// follows holds a language to the English master: the same codes, in each the
// same texts with the same placeholders, and no severities of its own.
func follows(files fs.FS, lang string) []string {
	master, err := load(files, english)
	if err != nil {
		return []string{err.Error()}
	}
	table, err := load(files, lang)
	if err != nil {
		return []string{err.Error()}
	}
	var faults []string
	tell := func(format string, args ...any) { faults = append(faults, lang+": "+fmt.Sprintf(format, args...)) }
	for code, m := range master {
		e, ok := table[code]
		if !ok {
			tell("%s is missing", code)
			continue
		}
		if e.Level != "" {
			tell("%s has a severity; the English one holds", code)
		}
		for _, part := range [][3]string{{"message", m.Message, e.Message}, {"hint", m.Hint, e.Hint}, {"guess", m.Guess, e.Guess}, {"what", m.What, e.What}, {"why", m.Why, e.Why}} {
			if (part[1] == "") != (part[2] == "") {
				tell("%s: %s is there in one of the two only", code, part[0])
			} else if a, b := gaps(part[1]), gaps(part[2]); !slices.Equal(a, b) {
				tell("%s: %s has %v, English has %v", code, part[0], b, a)
			}
		}
		if (m.Forms == nil) != (e.Forms == nil) || m.Forms != nil && e.Forms["other"] == "" {
			tell("%s: it needs forms, other at least, as English has", code)
		}
		for category, form := range e.Forms {
			if !strings.Contains(" zero one two few many other ", " "+category+" ") {
				tell("%s: %s is no plural category", code, category)
			}
			if a, b := gaps(m.Forms["other"]), gaps(form); len(b) > 0 && !slices.Equal(a, b) || len(b) == 0 && category == "other" {
				tell("%s: form %s has %v, English has %v", code, category, b, a)
			}
		}
	}
	for code := range table {
		if _, ok := master[code]; !ok {
			tell("%s is no code", code)
		}
	}
	slices.Sort(faults)
	return faults
}

// TestLanguages: a translation of the messages is whole.
func TestLanguages(t *testing.T) {
	for _, lang := range Languages() {
		if lang == english {
			continue
		}
		for _, f := range follows(messageFiles, lang) {
			t.Error(f)
		}
	}
}

// TestLanguagesFindFaults makes sure that the check can fail.
func TestLanguagesFindFaults(t *testing.T) {
	en := "a/one:\n  severity: error\n  message: \"{count} of {all}\"\n  hint: \"mend {all}\"\n"
	cli := "cli/files:\n  forms: {one: \"{count} file\", other: \"{count} files\"}\n"
	for name, c := range map[string]struct{ text, want string }{
		"whole":              {"a/one:\n  message: \"от {all}: {count}\"\n  hint: \"{all}\"\ncli/files:\n  forms: {one: \"един\", few: \"{count}\", other: \"{count}\"}\n", ""},
		"a code less":        {"cli/files:\n  forms: {other: \"{count}\"}\n", "bg: a/one is missing"},
		"a placeholder less": {"a/one:\n  message: \"{count}\"\n  hint: \"{all}\"\ncli/files:\n  forms: {other: \"{count}\"}\n", "bg: a/one: message has [{count}], English has [{all} {count}]"},
		"one misspelt":       {"a/one:\n  message: \"{count} {al}\"\n  hint: \"{all}\"\ncli/files:\n  forms: {other: \"{count}\"}\n", "bg: a/one: message has [{al} {count}], English has [{all} {count}]"},
		"a text less":        {"a/one:\n  message: \"{count} {all}\"\ncli/files:\n  forms: {other: \"{count}\"}\n", "bg: a/one: hint is there in one of the two only"},
		"a code more":        {"a/one:\n  message: \"{count} {all}\"\n  hint: \"{all}\"\na/two:\n  message: x\ncli/files:\n  forms: {other: \"{count}\"}\n", "bg: a/two is no code"},
		"a severity":         {"a/one:\n  severity: note\n  message: \"{count} {all}\"\n  hint: \"{all}\"\ncli/files:\n  forms: {other: \"{count}\"}\n", "bg: a/one has a severity; the English one holds"},
		"no forms":           {"a/one:\n  message: \"{count} {all}\"\n  hint: \"{all}\"\ncli/files:\n  message: x\n", "bg: cli/files: it needs forms, other at least, as English has"},
	} {
		files := fstest.MapFS{"messages/en/a.yaml": {Data: []byte(en)}, "messages/en/cli.yaml": {Data: []byte(cli)}, "messages/bg/a.yaml": {Data: []byte(c.text)}}
		got := follows(files, "bg")
		if c.want == "" && len(got) > 0 || c.want != "" && !slices.Contains(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestTexts: a language is found by its tag or a shorter one; what it does not
// have is told in English.
func TestTexts(t *testing.T) {
	if got := In("qaa-Latn-XX", nil).Lang; got != english {
		t.Errorf("an unknown language is told in %s", got)
	}
	bg := &Texts{Lang: "bg", table: map[string]entry{"config/empty": {Message: "празно"}, "cli/errors": {Forms: map[string]string{"few": "{count} (few)", "other": "{count} (other)"}}},
		plural: func(n int) string { return map[bool]string{true: "few", false: "one"}[n == 2] }}
	d := New("config/empty", Pos{File: "portal.yaml"}).In(bg)
	if d.Message() != "празно" || d.Hint() != New("config/empty", Pos{}).Hint() {
		t.Errorf("%q, %q", d.Message(), d.Hint())
	}
	if a, b := bg.Count("cli/errors", 2, "count", "2"), bg.Count("cli/errors", 1, "count", "1"); a != "2 (few)" || b != "1 (other)" {
		t.Errorf("%q, %q", a, b)
	}
	if got := (*Texts)(nil).Count("cli/errors", 1, "count", "1"); got != "1 error" {
		t.Errorf("nil: %q", got)
	}
	if d.Equal(New("config/empty", Pos{File: "portal.yaml"})) != true {
		t.Error("the language makes another finding of it")
	}
}

// TestSentencesAreUsed: what the command says is named somewhere in the source.
func TestSentencesAreUsed(t *testing.T) {
	var source strings.Builder
	for _, pattern := range []string{"*.go", "../../cmd/belfry/*.go", "../../cmd/belfry/*.html"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			raw, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			source.Write(raw)
		}
	}
	text := source.String()
	for code := range table() {
		short, todo := strings.CutPrefix(code, "cli/todo-")
		if sentence(code) && !strings.Contains(text, `"`+code+`"`) && !(todo && strings.Contains(text, `say "`+short+`"`)) {
			t.Errorf("%s is said nowhere", code)
		}
	}
}
