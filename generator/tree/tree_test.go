package tree

import (
	"crypto/sha256"
	"slices"
	"testing"
)

func paths(files []*File) []string {
	var out []string
	for _, f := range files {
		out = append(out, f.Path)
	}
	return out
}

func TestTreeIsSortedAndFound(t *testing.T) {
	tr := FromMap(map[string]string{"b/x.md": "1", "b.md": "2", "b/a/y.md": "3", "b0.md": "4", "caf\u0065\u0301.md": "5", "b-.md": "6"})
	want := []string{"b-.md", "b.md", "b/a/y.md", "b/x.md", "b0.md", "caf\u00e9.md"}
	if got := paths(tr.Files()); !slices.Equal(got, want) {
		t.Errorf("Files: %q, want %q", got, want)
	}
	if got, want := paths(tr.Under("b")), []string{"b/a/y.md", "b/x.md"}; !slices.Equal(got, want) {
		t.Errorf("Under(b): %q, want %q", got, want)
	}
	for folder, n := range map[string]int{"": 6, ".": 6, "b/": 2, "b/a": 1, "c": 0, "b.md": 0} {
		if got := len(tr.Under(folder)); got != n {
			t.Errorf("Under(%q): %d files, want %d", folder, got, n)
		}
	}
	f, ok := tr.Get("cafe\u0301.md")
	if !ok || f.Size != 1 || f.Hash != sha256.Sum256([]byte("5")) {
		t.Errorf("Get with a decomposed name: %v %v", f, ok)
	}
	if _, ok := tr.Get("b"); ok {
		t.Error("a folder was found as a file")
	}
	var zero Tree
	if _, ok := zero.Get("x"); ok || len(zero.Under("x")) != 0 || zero.Hash() != FromMap(nil).Hash() {
		t.Error("the zero tree is not the empty tree")
	}
}

func TestCompareAndWith(t *testing.T) {
	a := FromMap(map[string]string{"a": "1", "b": "1", "c": "1", "z": "1"})
	b := a.With(NewFile("b", []byte("2")), NewFile("aa", nil), NewFile("zz", nil), NewFile("b", []byte("3")))
	if got := Compare(a, b); !slices.Equal(got.Added, []string{"aa", "zz"}) || !slices.Equal(got.Changed, []string{"b"}) || got.Removed != nil {
		t.Errorf("there: %v", got)
	}
	if got := Compare(b, a); !slices.Equal(got.Removed, []string{"aa", "zz"}) || !slices.Equal(got.Changed, []string{"b"}) || got.Added != nil {
		t.Errorf("back: %v", got)
	}
	if !Compare(a, a).None() || Compare(a, b).None() {
		t.Error("None is wrong")
	}
	f, _ := b.Get("b")
	if text, _ := f.Bytes(); string(text) != "3" {
		t.Errorf("With: the last should win, got %q", text)
	}
	if old, _ := a.Get("b"); old.Hash == f.Hash {
		t.Error("With changed the tree it was called on")
	}
}

func TestHash(t *testing.T) {
	base := map[string]string{"a": "bc", "d": ""}
	same := FromMap(base).Hash()
	for _, other := range []map[string]string{
		{"a": "b", "d": ""}, {"a": "bc"}, {"a": "bc", "e": ""}, {"ab": "c", "d": ""}, {"a": "", "d": "bc"}, {},
	} {
		if FromMap(other).Hash() == same {
			t.Errorf("%q has the hash of %q", other, base)
		}
	}
	if FromMap(base).Hash() != same {
		t.Error("the hash is not always the same")
	}
}

func TestNewFileRefusesNoPath(t *testing.T) {
	for _, path := range []string{"", ".", "/a", "a/../b", "a//b", "../a"} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%q was taken", path)
				}
			}()
			NewFile(path, nil)
		}()
	}
}
