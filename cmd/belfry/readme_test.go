package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"belfry/generator/editors"
	"belfry/generator/portal"
)

// TestReadmeCommands runs what the README shows for new pages, spreadsheets and
// editors, in a portal begun as it says.
func TestReadmeCommands(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(raw), "\n## New pages, spreadsheets, editors\n")
	if !ok {
		t.Fatal("the section is gone")
	}
	section, _, _ = strings.Cut(section, "\n## ")
	begin := regexp.MustCompile(`(?m)^belfry (new my-town .*)$`).FindStringSubmatch(string(raw))
	table := regexp.MustCompile("(?s)```csv\n(.*?)```").FindStringSubmatch(section)
	block := regexp.MustCompile("(?s)```\n(.*?)```").FindStringSubmatch(section)
	if begin == nil || table == nil || block == nil {
		t.Fatal("an example is gone")
	}
	for _, ty := range portal.Types {
		if ty.Folder != "" && !strings.Contains(section, ty.Name) {
			t.Errorf("the README does not name the type %s", ty.Name)
		}
	}
	t.Chdir(t.TempDir())
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	if code := run(commandWords(begin[1])); code != exitDone {
		t.Fatalf("belfry %s: exit code %d", begin[1], code)
	}
	t.Chdir("my-town")
	if err := os.WriteFile("services.csv", []byte(table[1]), 0o644); err != nil {
		t.Fatal(err)
	}
	commands := 0
	for line := range strings.Lines(block[1]) {
		args, ok := strings.CutPrefix(strings.TrimSpace(line), "belfry ")
		if !ok {
			continue
		}
		commands++
		if code := run(commandWords(args)); code != exitDone {
			t.Errorf("belfry %s: exit code %d", args, code)
		}
	}
	if commands < 7 {
		t.Errorf("the README shows %d commands", commands)
	}
	for _, file := range []string{"services/dog-registration.md", "events/winter-fair.md", "services/market-stall.md", "services/proof-of-address.md", ".vscode/settings.json",
		".belfry/schemas/" + editors.SchemaName("service", true), "../admin/config.yml"} {
		if _, err := os.Stat(filepath.FromSlash(file)); err != nil {
			t.Error(err)
		}
	}
	if code := run([]string{"build", "--at", "2026-11-20T12:00:00Z"}); code != exitDone {
		t.Errorf("the portal does not build: exit code %d", code)
	}
}

// commandWords splits a command line, quotation marks heeded.
func commandWords(line string) []string {
	var out []string
	for _, m := range regexp.MustCompile(`"([^"]*)"|(\S+)`).FindAllStringSubmatch(line, -1) {
		out = append(out, m[1]+m[2])
	}
	return out
}
