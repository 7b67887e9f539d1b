package publish

import (
	"crypto/sha256"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
)

// build publishes files into out, written from several goroutines.
func build(t testing.TB, out string, files map[string]string, opt Options) Summary {
	t.Helper()
	sum, err := try(out, files, opt)
	if err != nil {
		t.Fatal(err)
	}
	return sum
}

func try(out string, files map[string]string, opt Options) (Summary, error) {
	s, err := Stage(out, opt)
	if err != nil {
		return Summary{}, err
	}
	defer s.Abort()
	var group sync.WaitGroup
	for path, text := range files {
		group.Go(func() {
			if strings.HasSuffix(path, ".png") {
				s.Copy(path, open(text), int64(len(text)), sha256.Sum256([]byte(text)))
			} else {
				s.Write(path, []byte(text))
			}
		})
	}
	group.Wait()
	return s.Commit()
}

func open(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

// disk gives all files of a folder but the manifest; a link as "-> target", an
// empty folder as "x/".
func disk(t testing.TB, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(dir, p)
		rel = filepath.ToSlash(rel)
		switch {
		case rel == manifestName:
		case d.Type()&fs.ModeSymlink != 0:
			target, _ := os.Readlink(p)
			got[rel] = "-> " + target
		case d.IsDir():
			if inside, _ := os.ReadDir(p); len(inside) == 0 && rel != "." {
				got[rel+"/"] = ""
			}
		default:
			text, err := os.ReadFile(p)
			if err != nil {
				return err
			}
			got[rel] = string(text)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return got
}

// want compares a folder with files, and looks for litter beside it.
func want(t testing.TB, out string, files map[string]string) {
	t.Helper()
	got := disk(t, out)
	if !maps.Equal(got, files) {
		t.Errorf("OUT holds\n%q, want\n%q", got, files)
	}
	if names := litter(t, out); len(names) > 0 {
		t.Errorf("left beside OUT: %q", names)
	}
}

func litter(t testing.TB, out string) []string {
	entries, err := os.ReadDir(filepath.Dir(out))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if strings.Contains(e.Name(), ".belfry-") {
			names = append(names, e.Name())
		}
	}
	return names
}

func put(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		p := inside(dir, name)
		err := os.MkdirAll(filepath.Dir(p), 0o755)
		if target, ok := strings.CutPrefix(text, "-> "); ok {
			err = errors.Join(err, os.Symlink(target, p))
		} else if strings.HasSuffix(name, "/") {
			err = errors.Join(err, os.MkdirAll(p, 0o755))
		} else {
			err = errors.Join(err, os.WriteFile(p, []byte(text), 0o644))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// ways are the kinds of disk a build may meet.
var ways = map[string]Options{
	"exchange":               {},
	"two renames":            {noExchange: true},
	"no links":               {noLink: true},
	"no links, two renames":  {noLink: true, noExchange: true},
	"one file after another": {Jobs: 1},
}

func TestBuildAgainAndAgain(t *testing.T) {
	hashed := func(path string) bool { return strings.HasPrefix(path, "assets/h.") }
	for name, opt := range ways {
		t.Run(name, func(t *testing.T) {
			opt.ContentNamed = hashed
			out := filepath.Join(t.TempDir(), "new", "public")
			one := map[string]string{"index.html": "one", "bg/a.html": "a", "bg/b/c.html": "c", "assets/h.1.css": "1", "assets/p.png": "p",
				".well-known/security.txt": "s", "empty.txt": ""}
			if sum := build(t, out, one, opt); sum != (Summary{Files: 7, Bytes: 8, Written: 7}) {
				t.Errorf("first: %+v", sum)
			}
			want(t, out, one)

			before, _ := os.Stat(out)
			if sum := build(t, out, one, opt); sum != (Summary{Files: 7, Bytes: 8, Linked: 7, Unchanged: true}) {
				t.Errorf("unchanged: %+v", sum)
			}
			want(t, out, one)
			if after, _ := os.Stat(out); !os.SameFile(before, after) {
				t.Error("an unchanged portal was exchanged")
			}

			two := maps.Clone(one)
			delete(two, "assets/h.1.css")
			delete(two, "bg/b/c.html")
			two["assets/h.2.css"], two["index.html"] = "2", "two"
			page, _ := os.Stat(filepath.Join(out, "bg", "a.html"))
			if sum := build(t, out, two, opt); sum != (Summary{Files: 6, Bytes: 7, Written: 2, Linked: 4, Removed: 1, Kept: 1}) {
				t.Errorf("changed: %+v", sum)
			}
			kept := maps.Clone(two)
			kept["assets/h.1.css"] = "1"
			want(t, out, kept)
			if again, _ := os.Stat(filepath.Join(out, "bg", "a.html")); !again.ModTime().Equal(page.ModTime()) {
				t.Error("an unchanged file has a new time")
			}

			if sum := build(t, out, two, opt); sum != (Summary{Files: 6, Bytes: 7, Linked: 6, Removed: 1}) {
				t.Errorf("the build after: %+v", sum)
			}
			want(t, out, two)
			if sum := build(t, out, two, opt); !sum.Unchanged {
				t.Errorf("at rest: %+v", sum)
			}
			if sum := build(t, out, map[string]string{"x.html": ""}, opt); sum.Removed != 5 || sum.Kept != 1 {
				t.Errorf("all gone: %+v", sum)
			}
			want(t, out, map[string]string{"x.html": "", "assets/h.2.css": "2"})
			build(t, out, nil, opt)
			want(t, out, map[string]string{})
		})
	}
}

// A kept file that a later build makes again is ours as before.
func TestKeptFileComesBack(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	opt := Options{ContentNamed: func(path string) bool { return true }}
	for i, files := range []map[string]string{{"a": "1"}, {"b": "2"}, {"a": "1"}, {"a": "1"}, {"a": "1"}} {
		sum := build(t, out, files, opt)
		if n := len(disk(t, out)); n != []int{1, 2, 2, 1, 1}[i] || sum.Unchanged != (i == 4) {
			t.Errorf("build %d: %d files, %+v", i, n, sum)
		}
	}
}

// Whatever happens to a file of ours in OUT, the next build mends it.
func TestDamageIsMended(t *testing.T) {
	one := map[string]string{"a.html": "aaaa", "b/b.html": "bbbb", "c.png": "cccc"}
	for name, damage := range map[string]func(out string) error{
		"edited, same size": func(out string) error { return os.WriteFile(filepath.Join(out, "a.html"), []byte("AAAA"), 0o644) },
		"edited, old time put back to the second": func(out string) error {
			p := filepath.Join(out, "a.html")
			info, _ := os.Stat(p)
			s := info.ModTime().Truncate(1e9)
			return errors.Join(os.WriteFile(p, []byte("AAAA"), 0o644), os.Chtimes(p, s, s))
		},
		"exchanged":       func(out string) error { return os.Rename(filepath.Join(out, "c.png"), filepath.Join(out, "a.html")) },
		"removed":         func(out string) error { return os.RemoveAll(filepath.Join(out, "b")) },
		"longer":          func(out string) error { return os.WriteFile(filepath.Join(out, "a.html"), []byte("aaaaa"), 0o644) },
		"a link":          func(out string) error { p := filepath.Join(out, "a.html"); os.Remove(p); return os.Symlink("c.png", p) },
		"a folder, empty": func(out string) error { p := filepath.Join(out, "a.html"); os.Remove(p); return os.Mkdir(p, 0o755) },
		"copied without rest": func(out string) error {
			return filepath.WalkDir(out, func(p string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() && filepath.Base(p) != manifestName {
					info, _ := d.Info()
					s := info.ModTime().Truncate(1e9)
					return os.Chtimes(p, s, s)
				}
				return err
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			build(t, out, one, Options{})
			if err := damage(out); err != nil {
				t.Skip(err)
			}
			sum, err := try(out, one, Options{})
			if name == "a folder, empty" {
				if _, ok := errors.AsType[*ForeignError](err); !ok {
					t.Errorf("a folder that is not ours: %v", err)
				}
				return
			}
			if err != nil || sum.Unchanged || sum.Written == 0 {
				t.Errorf("%+v %v", sum, err)
			}
			want(t, out, one)
		})
	}
}

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		paths []string
		fault string // in the error of the last; "" for none
	}{
		{[]string{"a.html", "b/a.html", ".well-known/x", "ü/é.html", "b/c/d"}, ""},
		{[]string{"b", "b.html", "b-/x"}, ""},
		{[]string{"a.html", "a.html"}, "already"},
		{[]string{"a.html", "A.html"}, "one with a.html"},
		{[]string{"\u00e9.html", "e\u0301.html"}, "one with"},
		{[]string{"bg/a", "BG/b"}, "folder is one with bg"},
		{[]string{"x/bg/a", "x/Bg/c/b"}, "folder is one with x/bg"},
		{[]string{"bg/a", "bg"}, "folder of this name"},
		{[]string{"bg/a/x", "bg/A"}, "folder of this name"},
		{[]string{"bg", "bg/a"}, "file in place"},
		{[]string{"bg", "BG/x/a"}, "file in place"},
		{[]string{""}, "inside the portal"}, {[]string{"."}, "inside the portal"}, {[]string{".."}, "inside the portal"},
		{[]string{"/etc/passwd"}, "inside the portal"}, {[]string{"../x"}, "inside the portal"}, {[]string{"a/../../x"}, "inside the portal"},
		{[]string{"a//b"}, "inside the portal"}, {[]string{"a/"}, "inside the portal"}, {[]string{`..\x`}, "inside the portal"},
		{[]string{`a\b`}, "inside the portal"}, {[]string{"a\xff"}, "inside the portal"},
		{[]string{manifestName}, "manifest"}, {[]string{".Belfry-Manifest.json"}, "manifest"},
	} {
		t.Run(strings.Join(c.paths, " "), func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			s, err := Stage(out, Options{})
			if err != nil {
				t.Fatal(err)
			}
			var m Memory
			for i, p := range c.paths {
				err, inMemory := s.Write(p, nil), m.Write(p, nil)
				wanted := ""
				if i == len(c.paths)-1 {
					wanted = c.fault
				}
				for _, err := range []error{err, inMemory} {
					e, ok := errors.AsType[*PathError](err)
					if wanted == "" && err != nil || wanted != "" && (!ok || !strings.Contains(e.Error(), wanted)) {
						t.Errorf("%q: %v, want %q", p, err, wanted)
					}
				}
			}
			_, err = s.Commit()
			if (err != nil) != (c.fault != "") {
				t.Errorf("Commit: %v", err)
			}
			if err != nil && exists(out) {
				t.Error("a portal with a hole was published")
			}
		})
	}
}

func TestCopyIsChecked(t *testing.T) {
	text := "picture"
	for name, c := range map[string]struct {
		open func() (io.ReadCloser, error)
		ok   bool
	}{
		"as announced": {open(text), true}, "shorter": {open(text[1:]), false}, "longer": {open(text + "s"), false}, "other": {open("Picture"), false},
		"gone": {func() (io.ReadCloser, error) { return nil, fs.ErrNotExist }, false},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			build(t, out, map[string]string{"old.html": "old"}, Options{})
			s, err := Stage(out, Options{})
			if err != nil {
				t.Fatal(err)
			}
			hash := sha256.Sum256([]byte(text))
			err = s.Copy("p.png", c.open, int64(len(text)), hash)
			if (err == nil) != c.ok {
				t.Errorf("Copy: %v", err)
			}
			_, err = s.Commit()
			if (err == nil) != c.ok {
				t.Errorf("Commit: %v", err)
			}
			if !c.ok {
				want(t, out, map[string]string{"old.html": "old"})
				return
			}
			// Once it is there, the original is not even opened.
			s, err = Stage(out, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Copy("p.png", func() (io.ReadCloser, error) { panic("opened") }, int64(len(text)), hash); err != nil {
				t.Error(err)
			}
			if sum, err := s.Commit(); err != nil || !sum.Unchanged {
				t.Error(sum, err)
			}
		})
	}
}

func TestAbortLeavesOut(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	one := map[string]string{"a.html": "1", "b/b.html": "2"}
	build(t, out, one, Options{})
	s, err := Stage(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Write("a.html", []byte("3"))
	if err := errors.Join(s.Abort(), s.Abort()); err != nil {
		t.Error(err)
	}
	want(t, out, one)
}

func TestModes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no modes")
	}
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, map[string]string{"b/a.html": "1"}, Options{})
	for name, mode := range map[string]fs.FileMode{"": 0o755, "b": 0o755, "b/a.html": 0o644, manifestName: 0o644} {
		if info, err := os.Stat(filepath.Join(out, name)); err != nil || info.Mode().Perm() != mode {
			t.Errorf("%q: %v", name, info.Mode())
		}
	}
	os.Chmod(out, 0o2750|fs.ModeSetgid)
	build(t, out, map[string]string{"b/a.html": "2"}, Options{})
	if info, _ := os.Stat(out); info.Mode().Perm() != 0o750 || info.Mode()&fs.ModeSetgid == 0 {
		t.Errorf("OUT lost its mode: %v", info.Mode())
	}
}
