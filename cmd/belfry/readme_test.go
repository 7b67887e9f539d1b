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

// TestReadmeFirstHour follows the guide for newcomers to its end.
func TestReadmeFirstHour(t *testing.T) {
	raw, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, section, ok := strings.Cut(string(raw), "\n## The first hour\n")
	if !ok {
		t.Fatal("the guide is gone")
	}
	section, _, _ = strings.Cut(section, "\n## Translations\n") // the form in it has headings
	t.Chdir(t.TempDir())
	t.Setenv("LC_ALL", "en_GB.UTF-8")
	files := []string{"services/dog-registration.md", "forms/dog-registration.md"}
	for _, block := range regexp.MustCompile("(?s)```(md)?\n(.*?)```").FindAllStringSubmatch(section, -1) {
		if block[1] == "md" {
			if len(files) == 0 || !strings.Contains(section, "`"+files[0]+"`") {
				t.Fatalf("the guide names no file for:\n%s", block[2])
			}
			if err := os.WriteFile(filepath.FromSlash(files[0]), []byte(block[2]), 0o644); err != nil {
				t.Fatal(err)
			}
			files = files[1:]
			continue
		}
		for line := range strings.Lines(block[2]) {
			line = strings.TrimSpace(line)
			args, isBelfry := strings.CutPrefix(line, "belfry ")
			folder, isCd := strings.CutPrefix(line, "cd ")
			switch {
			case isCd:
				t.Chdir(folder)
			case args == "serve": // stays up beside the rest
			case !isBelfry || run(commandWords(args)) != exitDone:
				t.Fatalf("%s failed", line)
			}
		}
	}
	if err := os.Remove("services/first-service.md"); err != nil {
		t.Fatal(err)
	}
	rewrite := func(name, from, to string) {
		raw, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil || !strings.Contains(string(raw), from) {
			t.Fatalf("%s holds no %q: %v", name, from, err)
		}
		if err := os.WriteFile(filepath.FromSlash(name), []byte(strings.Replace(string(raw), from, to, 1)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rewrite("portal.yaml", "home: {wanted: [first-service]}", "home: {wanted: [dog-registration]}")
	rewrite("services/dog-registration.ro.md", "\ntitle: Dog registration", "\ntitle: Înregistrarea câinelui")
	for _, name := range []string{"services/dog-registration.ro.md", "forms/dog-registration.ro.md"} {
		rewrite(name, "draft: true\n", "")
	}
	if code := run([]string{"build"}); code != exitDone {
		t.Fatalf("the portal does not build: exit code %d", code)
	}
	for page, want := range map[string]string{
		"public/ro/index.html":                     "Înregistrarea câinelui",
		"public/ro/services/dog-registration.html": "../forms/dog-registration.html",
		"public/ro/forms/dog-registration.html":    "dog_name",
	} {
		if raw, err := os.ReadFile(filepath.FromSlash(page)); err != nil || !strings.Contains(string(raw), want) {
			t.Errorf("%s holds no %s: %v", page, want, err)
		}
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
