package main

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSentences holds every language against English, and English against the
// source: no sentence missing, none unused, the same {names} in all.
func TestSentences(t *testing.T) {
	names := regexp.MustCompile(`\{[a-z]+\}`)
	master := texts()["en"]
	for lang, own := range texts() {
		if a, b := slices.Sorted(maps.Keys(master)), slices.Sorted(maps.Keys(own)); !slices.Equal(a, b) {
			t.Errorf("%s has other sentences than English: %v, want %v", lang, b, a)
		}
		for key, text := range own {
			a, b := names.FindAllString(master[key], -1), names.FindAllString(text, -1)
			slices.Sort(a)
			slices.Sort(b)
			if text == "" || !slices.Equal(a, b) {
				t.Errorf("%s: %s is %q, with %v; English has %v", lang, key, text, b, a)
			}
		}
	}
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	var source strings.Builder
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		source.Write(raw)
	}
	for key := range master {
		_, tail, _ := strings.Cut(key, ".")
		tail = strings.TrimSuffix(tail, "_do")
		if s := source.String(); !strings.Contains(s, `"`+key+`"`) && !strings.Contains(s, `"`+tail+`"`) {
			t.Errorf("nothing says %s", key)
		}
	}
}
