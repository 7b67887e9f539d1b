package tree

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"
)

// TestRereadIsRead makes random changes to a folder, tells Reread which paths
// they touched, and compares with a fresh Read of everything.
func TestRereadIsRead(t *testing.T) {
	names := []string{"a.md", "A.md", "a", "b", "b/c.md", "b/C.md", "b/c", "b/c/d.md", "b/c/.x", "B/c.md", ".h/x.md", "public/x.html", "p.png",
		"e\u0301.md", "\u00e9.md", "e\u0301/x.md", "\u00e9/x.md", "\u00e9/y.md", "bad\xff.md", "b/bad\xff/x"}
	if runtime.GOOS != "linux" {
		names = []string{"a.md", "b", "b/c.md", "b/c", "b/c/d.md", "b/c/.x", ".h/x.md", "public/x.html", "p.png", "e\u0301/x.md"}
	}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		dir := t.TempDir()
		opt := Options{Skip: []string{"public"}, Jobs: 2}
		if seed%3 == 0 {
			opt.Limits = Limits{Files: 9, FileBytes: 3, Bytes: 20}
		}
		tr, _, err := Read(dir, opt)
		if err != nil {
			t.Fatal(err)
		}
		for step := range 30 {
			var touched []string
			for range 1 + r.IntN(3) {
				name := names[r.IntN(len(names))]
				p := filepath.Join(dir, filepath.FromSlash(name))
				top := name // what a watcher would name when a folder comes or goes
				switch r.IntN(5) {
				case 0:
					os.RemoveAll(p) // fails where a folder of the path is a file
				case 1:
					os.RemoveAll(p)
					if os.Symlink("a.md", p) != nil {
						continue
					}
				default:
					for up := filepath.Dir(p); up != dir; up = filepath.Dir(up) {
						if info, err := os.Lstat(up); err == nil && !info.IsDir() {
							os.Remove(up)
						}
						rel, _ := filepath.Rel(dir, up)
						touched = append(touched, filepath.ToSlash(rel))
					}
					os.RemoveAll(p)
					err = errors.Join(os.MkdirAll(filepath.Dir(p), 0o755), os.WriteFile(p, make([]byte, r.IntN(5)), 0o644))
				}
				if err != nil {
					t.Fatal(err)
				}
				touched = append(touched, top)
			}
			again, list, err := tr.Reread(touched)
			if err != nil {
				t.Fatal(err)
			}
			fresh, want, err := Read(dir, opt)
			if err != nil {
				t.Fatal(err)
			}
			if c := Compare(fresh, again); !c.None() || !slices.Equal(said(list), said(want)) {
				t.Fatalf("seed %d step %d, touched %q:\n%+v\n%q, want\n%q", seed, step, touched, c, said(list), said(want))
			}
			tr = again
		}
	}
}

func TestRereadWithoutAFolder(t *testing.T) {
	if _, _, err := FromMap(nil).Reread([]string{"a"}); err == nil {
		t.Error("no error")
	}
}

func TestRereadTakesOnlyWhatIsNamed(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": "1", "b.md": "1"})
	tr, _, err := Read(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	write(t, dir, map[string]string{"a.md": "2", "b.md": "2", ".c": ""})
	again, _, err := tr.Reread([]string{"b.md", "missing/x.md", "../a.md", ".c"})
	if err != nil {
		t.Fatal(err)
	}
	if c := Compare(tr, again); !slices.Equal(c.Changed, []string{"b.md"}) || len(c.Added)+len(c.Removed) > 0 {
		t.Errorf("%+v", c)
	}
	if same, _, _ := tr.Reread([]string{".c"}); same != tr {
		t.Error("a path that is never read made another tree")
	}
}

// Only a disk that ignores case needs this, so it is tested without one.
func TestRespelled(t *testing.T) {
	tr := FromMap(map[string]string{"a.md": "", "b/C.md": "", "b/d.md": "", "e\u0301.md": ""})
	for name, want := range map[string][]string{
		"A.md": {"a.md"}, "a.md": nil, "B": {"b/C.md", "b/d.md"}, "b": nil, "b/c.md": {"b/C.md"}, "B/c.md": {"b/C.md"}, "\u00c9.md": {"\u00e9.md"}, "x": nil,
	} {
		if got := tr.respelled([]string{name}); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}
