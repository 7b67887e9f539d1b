package generator_test

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/publish"
	"belfry/generator/tree"
)

// TestCacheVerify finds an entry that is whole and wrong, and mends it.
func TestCacheVerify(t *testing.T) {
	dir := t.TempDir()
	source := tree.FromMap(map[string]string{"portal.yaml": "name: Town\nlanguages: [en]\n", "pages/a.md": "---\ntitle: A\n---\nOne.\n", "pages/b.md": "---\ntitle: B\n---\nTwo.\n"})
	cache, err := generator.OpenCache(dir)
	if err != nil {
		t.Fatal(err)
	}
	make := func(verify bool) int {
		cache.Verify = verify
		report, err := generator.Build(context.Background(), source, generator.Options{At: noon, Cache: cache}, &publish.Memory{})
		if err != nil {
			t.Fatal(err)
		}
		differ := 0
		for _, d := range report.Diagnostics {
			if d.Code == "cache/differs" {
				differ++
			}
		}
		if (differ > 0) != report.Failed() {
			t.Error("a cache that differs must fail the build")
		}
		return differ
	}
	make(false)
	if n := make(true); n != 0 {
		t.Fatalf("%d pages of a sound cache differ", n)
	}
	var entries []string
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			entries = append(entries, name)
		}
		return err
	})
	if err != nil || len(entries) < 2 {
		t.Fatal(entries, err)
	}
	raw, err := os.ReadFile(entries[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(entries[1], raw, 0o644); err != nil {
		t.Fatal(err)
	}
	if n := make(true); n != 1 {
		t.Errorf("%d pages differ, one was exchanged", n)
	}
	if n := make(true); n != 0 {
		t.Errorf("%d pages differ after they were replaced", n)
	}
}

// TestCacheTrim removes the entries that were used longest ago, and what a process
// that died has left.
func TestCacheTrim(t *testing.T) {
	dir := t.TempDir()
	put := func(name string, size int, age time.Duration) string {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
		when := time.Now().Add(-age)
		if err := os.Chtimes(name, when, when); err != nil {
			t.Fatal(err)
		}
		return name
	}
	rest := strings.Repeat("0", 62)
	oldest, older, newest := put("aa/"+rest, 100, 72*time.Hour), put("bb/"+rest, 100, 48*time.Hour), put("serve-0123456789abcdef", 100, 0)
	dead, writing, foreign := put("aa/.new-1", 10, 2*time.Hour), put("aa/.new-2", 10, 0), put("notes.txt", 1000, 999*time.Hour)
	cache, err := generator.OpenCache(dir)
	if err != nil {
		t.Fatal(err)
	}
	out, err := cache.Trim(200)
	if want := (generator.Trimmed{Files: 2, Removed: 2, Bytes: 200, Freed: 110}); err != nil || out != want {
		t.Errorf("trimmed %+v, %v, want %+v", out, err, want)
	}
	for name, want := range map[string]bool{oldest: false, dead: false, older: true, newest: true, writing: true, foreign: true} {
		if _, err := os.Stat(name); (err == nil) != want {
			t.Errorf("%s: there %v, want %v", filepath.Base(name), err == nil, want)
		}
	}
}
