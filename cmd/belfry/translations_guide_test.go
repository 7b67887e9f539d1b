package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTranslationsGuide runs the commands of the README's chapter on translations
// in a copy of the example, in their order.
func TestTranslationsGuide(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, chapter, ok := strings.Cut(string(readme), "\n## Translations\n")
	_, block, ok2 := strings.Cut(chapter, "```\n")
	block, _, ok3 := strings.Cut(block, "```")
	if !ok || !ok2 || !ok3 {
		t.Fatal("the README has no such chapter with commands")
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS("../../content-example/beli-breg")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(dir)
	ran := 0
	for line := range strings.Lines(block) {
		line, _, _ = strings.Cut(line, " #")
		args := strings.Fields(line)
		if len(args) == 0 || args[0] != "belfry" {
			t.Fatalf("no command of ours: %q", line)
		}
		if code := run(append(args[1:], "--quiet")); code != exitDone {
			t.Errorf("%s: exit code %d", line, code)
		}
		ran++
	}
	if ran < 5 {
		t.Errorf("only %d commands", ran)
	}
	for _, file := range []string{"guides/small-works.ro.md", "translations/ro.jsonl", "ro.xlf"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(file))); err != nil {
			t.Error(err)
		}
	}
}
