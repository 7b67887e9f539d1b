package tree

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"belfry/generator/diag"
)

// write puts files into dir; a name that ends with "/" is a folder, a text that
// begins with "-> " a symbolic link.
func write(t testing.TB, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		p := filepath.Join(dir, filepath.FromSlash(name))
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

// said gives a list as "file code" lines, with the related file in brackets.
func said(list diag.List) []string {
	var out []string
	for _, d := range list {
		s := d.At.File + " " + d.Code
		for _, r := range d.Related {
			s += " (" + r.At.File + ")"
		}
		out = append(out, s)
		if d.Message() == "" || strings.Contains(d.Message(), "{") {
			out = append(out, "bad message: "+d.Message())
		}
	}
	return out
}

func TestRead(t *testing.T) {
	for _, c := range []struct {
		name   string
		disk   map[string]string
		opt    Options
		files  []string
		faults []string
		unix   bool // needs names or kinds that Windows has not
		cased  bool // needs a disk that keeps "a" and "A" apart
	}{
		{name: "an empty folder", disk: map[string]string{"services/": ""}},
		{
			name:  "what is content",
			disk:  map[string]string{"portal.yaml": "", "services/a.md": "", "services/_index.md": "", "_x/y.md": "", "assets/p.png": "\x89"},
			files: []string{"_x/y.md", "assets/p.png", "portal.yaml", "services/_index.md", "services/a.md"},
		},
		{
			name: "what is none",
			disk: map[string]string{"a.md": "", ".git/config": "", ".hidden.md": "", "node_modules/x/readme.md": "", "Thumbs.db": "", "x/THUMBS.DB": "",
				"desktop.ini": "", "b.md~": "", "#c.md#": "", "d.swp": "", "public/index.html": "", "x/public/y.md": "", "#": ""},
			opt:   Options{Skip: []string{"Public/", "nothing"}},
			files: []string{"#", "a.md", "x/public/y.md"},
		},
		{
			name:   "symbolic links are not followed",
			disk:   map[string]string{"a.md": "x", "b.md": "-> a.md", "c": "-> /etc", "d.md": "-> ../../secret", "dead.md": "-> nowhere", ".skipped": "-> a.md", "node_modules": "-> c"},
			files:  []string{"a.md"},
			faults: []string{"b.md file/link", "c file/link", "d.md file/link", "dead.md file/link"},
			unix:   true,
		},
		{
			name:   "one name in two cases",
			disk:   map[string]string{"a.md": "1", "A.md": "2", "x/Б.md": "3", "X/б.md": "4"},
			files:  []string{"A.md", "X/б.md", "a.md", "x/Б.md"},
			faults: []string{"a.md file/same-name (A.md)", "x/Б.md file/same-name (X/б.md)"},
			unix:   true, cased: true,
		},
		{
			name:   "one name in two Unicode forms",
			disk:   map[string]string{"caf\u00e9.md": "1", "cafe\u0301.md": "2"},
			files:  []string{"caf\u00e9.md"},
			faults: []string{"caf\u00e9.md file/same-name (caf\u00e9.md)"},
			unix:   true, cased: true,
		},
		{
			name:  "decomposed names, as macOS writes them",
			disk:  map[string]string{"e\u0301/n\u0303.md": "1", "e\u0301/n\u0303.png": "2"},
			files: []string{"\u00e9/\u00f1.md", "\u00e9/\u00f1.png"},
		},
		{
			name:   "a name that is no text",
			disk:   map[string]string{"ok.md": "", "x/bad\xff.md": ""},
			files:  []string{"ok.md"},
			faults: []string{"x/bad\uFFFD.md file/bad-name"},
			unix:   true, cased: true,
		},
		{
			name:  "odd names are left to others to judge",
			disk:  map[string]string{"pages/what?: a \\ b.md": "", "assets/con.png": ""},
			files: []string{"assets/con.png", "pages/what?: a \\ b.md"},
			unix:  true,
		},
		{
			name:   "one file too large",
			disk:   map[string]string{"a.md": "12345", "b.png": "123456", "c.md": "123456"},
			opt:    Options{Limits: Limits{FileBytes: 5, Bytes: 5}},
			files:  []string{"a.md"},
			faults: []string{"b.png file/over-limit", "c.md file/over-limit"},
		},
		{
			name:   "too many files",
			disk:   map[string]string{"a.md": "", "b.md": "", "c/d.md": ""},
			opt:    Options{Limits: Limits{Files: 2}},
			faults: []string{" file/too-many"},
		},
		{
			name:  "just enough files",
			disk:  map[string]string{"a.md": "", "b.md": "", "c/d.md": "", ".e": ""},
			opt:   Options{Limits: Limits{Files: 3, Bytes: 1}},
			files: []string{"a.md", "b.md", "c/d.md"},
		},
		{
			name:   "too much together",
			disk:   map[string]string{"a.md": "123", "b.md": "123"},
			opt:    Options{Limits: Limits{Bytes: 5}},
			faults: []string{" file/too-much"},
		},
		{
			name:   "too deep",
			disk:   map[string]string{strings.Repeat("d/", deepest) + "ok.md": "", strings.Repeat("e/", deepest+1) + "lost.md": ""},
			files:  []string{strings.Repeat("d/", deepest) + "ok.md"},
			faults: []string{strings.TrimSuffix(strings.Repeat("e/", deepest+1), "/") + " file/too-deep"},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.unix && runtime.GOOS == "windows" || c.cased && runtime.GOOS != "linux" {
				t.Skip("this system cannot hold these names")
			}
			dir := t.TempDir()
			write(t, dir, c.disk)
			tr, list, err := Read(dir, c.opt)
			if err != nil {
				t.Fatal(err)
			}
			if got := paths(tr.Files()); !slices.Equal(got, c.files) {
				t.Errorf("files %q, want %q", got, c.files)
			}
			if got := said(list); !slices.Equal(got, c.faults) {
				t.Errorf("faults %q, want %q", got, c.faults)
			}
		})
	}
}

func TestReadFolderErrors(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"file": ""})
	if _, _, err := Read(filepath.Join(dir, "missing"), Options{}); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a missing folder: %v", err)
	}
	if _, _, err := Read(filepath.Join(dir, "file"), Options{}); err == nil {
		t.Error("a file was read as a folder")
	}
}

func TestReadUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Getuid() == 0 {
		t.Skip("this account may read everything")
	}
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": "", "b.md": "", "c/d.md": ""})
	for _, name := range []string{"b.md", "c"} {
		if err := os.Chmod(filepath.Join(dir, name), 0); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(dir, "c"), 0o755) })
	tr, list, err := Read(dir, Options{})
	if err != nil || !slices.Equal(paths(tr.Files()), []string{"a.md"}) {
		t.Errorf("%q, %v", paths(tr.Files()), err)
	}
	if got := said(list); !slices.Equal(got, []string{"b.md file/unreadable", "c file/unreadable"}) {
		t.Errorf("faults %q", got)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"services/a.md": "a"})
	for _, name := range []string{"services/a.md", "services", "."} {
		if err := os.Chmod(filepath.Join(dir, name), 0o555); err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() { os.Chmod(dir, 0o755); os.Chmod(filepath.Join(dir, "services"), 0o755) })
	tr, list, err := Read(dir, Options{})
	if err != nil || len(list) > 0 || len(tr.Files()) != 1 {
		t.Error(tr, list, err)
	}
}

// many writes a folder of n texts and some pictures.
func many(t testing.TB, n int) string {
	dir := t.TempDir()
	files := map[string]string{}
	for i := range n {
		files[fmt.Sprintf("services/s%05d.md", i)] = strings.Repeat(fmt.Sprintf("line %d\n", i), 400)
		if i%100 == 0 {
			files[fmt.Sprintf("assets/%d/p.png", i)] = strings.Repeat(fmt.Sprint(i), 5000)
		}
	}
	write(t, dir, files)
	return dir
}

func TestReadIsTheSameAtAnyJobs(t *testing.T) {
	dir := many(t, 300)
	if runtime.GOOS == "linux" {
		write(t, dir, map[string]string{"services/S00001.md": "", "x.md": "-> y", "a/b/c": "-> d"})
	}
	one, first, err := Read(dir, Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	for jobs := range 9 {
		other, list, err := Read(dir, Options{Jobs: jobs})
		if err != nil || !Compare(one, other).None() || one.Hash() != other.Hash() || !slices.Equal(said(first), said(list)) {
			t.Fatalf("%d jobs give another tree: %v %v", jobs, Compare(one, other), err)
		}
	}
}

func TestHeldAndOpenedFiles(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("a", TextLimit+1)
	write(t, dir, map[string]string{"a/text.md": "text", "empty.md": "", "long.md": long, "limit.md": long[1:], "a/b/p.png": "picture", "P.JPG": ""})
	tr, _, err := Read(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]struct {
		held bool
		text string
	}{"a/text.md": {true, "text"}, "empty.md": {true, ""}, "long.md": {false, long}, "limit.md": {true, long[1:]}, "a/b/p.png": {false, "picture"}, "P.JPG": {false, ""}} {
		f, _ := tr.Get(path)
		if f.Held() != want.held {
			t.Errorf("%s: held is %v", path, f.Held())
		}
		text, err := f.Bytes()
		if err != nil || string(text) != want.text || f.Size != int64(len(text)) {
			t.Errorf("%s: %d bytes, %v", path, len(text), err)
		}
		if f.Hash != NewFile("x", text).Hash {
			t.Errorf("%s: wrong hash", path)
		}
	}
}

func TestOpenFindsWhatChanged(t *testing.T) {
	for name, change := range map[string]func(p string) error{
		"other bytes": func(p string) error { return os.WriteFile(p, []byte("Picture"), 0o644) },
		"longer":      func(p string) error { return os.WriteFile(p, []byte("pictures"), 0o644) },
		"shorter":     func(p string) error { return os.WriteFile(p, []byte("pictur"), 0o644) },
		"a link now": func(p string) error {
			other := p + ".png"
			return errors.Join(os.Rename(p, other), os.Symlink(filepath.Base(other), p))
		},
		"gone": os.Remove,
	} {
		t.Run(name, func(t *testing.T) {
			if name == "a link now" && runtime.GOOS == "windows" {
				t.Skip("links need a right on Windows")
			}
			dir := t.TempDir()
			write(t, dir, map[string]string{"a/p.png": "picture"})
			tr, _, err := Read(dir, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := change(filepath.Join(dir, "a", "p.png")); err != nil {
				t.Fatal(err)
			}
			f, _ := tr.Get("a/p.png")
			_, err = f.Bytes()
			if name == "gone" {
				if !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("got %v", err)
				}
			} else if _, ok := errors.AsType[*ChangedError](err); !ok {
				t.Errorf("got %v, want a ChangedError", err)
			}
		})
	}
}

func BenchmarkRead(b *testing.B) {
	dir := many(b, 30000)
	b.ResetTimer()
	for range b.N {
		tr, _, err := Read(dir, Options{})
		if err != nil || len(tr.Files()) != 30300 {
			b.Fatal(err)
		}
	}
}

func BenchmarkReread(b *testing.B) {
	dir := many(b, 30000)
	tr, _, err := Read(dir, Options{})
	if err != nil {
		b.Fatal(err)
	}
	p := filepath.Join(dir, "services", "s00007.md")
	b.ResetTimer()
	for i := range b.N {
		if err := os.WriteFile(p, bytes.Repeat([]byte("x"), i%1000), 0o644); err != nil {
			b.Fatal(err)
		}
		if tr, _, err = tr.Reread([]string{"services/s00007.md"}); err != nil {
			b.Fatal(err)
		}
	}
}
