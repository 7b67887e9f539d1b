package main

import (
	"regexp"
	"slices"
	"testing"

	"belfry/generator/diag"
)

// TestPosixLanguages: the environment names languages as POSIX and gettext do.
func TestPosixLanguages(t *testing.T) {
	for name, c := range map[string]struct {
		env  map[string]string
		want []string
	}{
		"nothing":            {nil, nil},
		"C":                  {map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "bg"}, nil},
		"POSIX":              {map[string]string{"LC_ALL": "POSIX", "LANG": "bg_BG"}, nil},
		"a country":          {map[string]string{"LANG": "bg_BG.UTF-8"}, []string{"bg-BG"}},
		"messages over LANG": {map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ro_RO"}, []string{"ro-RO"}},
		"all over messages":  {map[string]string{"LC_ALL": "es_PE", "LC_MESSAGES": "ro_RO"}, []string{"es-PE"}},
		"a script":           {map[string]string{"LANG": "sr_RS.UTF-8@latin"}, []string{"sr-Latn-RS"}},
		"a list":             {map[string]string{"LANG": "en_GB", "LANGUAGE": "sr:bg_BG:!"}, []string{"sr", "bg-BG", "en-GB"}},
		"nonsense":           {map[string]string{"LANG": "../../etc"}, nil},
	} {
		if got := posixLanguages(func(key string) string { return c.env[key] }); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestSerbianScripts: the one folder serves both scripts, and every text of it
// can be written in Latin letters; what a finding quotes keeps its own.
func TestSerbianScripts(t *testing.T) {
	for tag, want := range map[string]string{
		"sr": "упозорење", "sr-RS": "упозорење", "sr-Cyrl": "упозорење", "sr-Latn": "upozorenje", "sr-Latn-RS": "upozorenje",
	} {
		if got := textsIn(tag).Severity(diag.Warning); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	latin := textsIn("sr-Latn")
	cyrillic := regexp.MustCompile(`\p{Cyrillic}+`)
	for _, code := range diag.Codes() {
		doc, _ := latin.Doc(code)
		told := doc.What + doc.Why + doc.Mend + diag.New(code, diag.Pos{}).In(latin).Message() + diag.New(code, diag.Pos{}, "guess", "?").In(latin).Hint()
		if word := cyrillic.FindString(told); word != "" {
			t.Errorf("%s: %q stays Cyrillic", code, word)
		}
	}
	d := diag.New("field/unknown", diag.Pos{}, "field", "наслов").In(latin)
	if got, want := d.Message(), "nema polja „наслов“; ono se ne koristi"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got, want := latin.Count("cli/files", 2, "count", "2"), "u 2 datoteke"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
