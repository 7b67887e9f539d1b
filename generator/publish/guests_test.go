package publish

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestForeignFilesStay(t *testing.T) {
	for name, opt := range ways {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			theirs := map[string]string{".htaccess": "x", ".well-known/acme/1": "token", "bg/theirs.txt": "t", "uploads/": "", "deep/er/f": "f", "Index.html": "other"}
			if runtime.GOOS != "linux" {
				delete(theirs, "Index.html")
			} else {
				theirs["link"], theirs["bg/dead"] = "-> ../elsewhere", "-> nowhere"
			}
			put(t, out, theirs)
			if runtime.GOOS != "windows" {
				os.Chmod(filepath.Join(out, "deep", "er"), 0o555)
				os.Chmod(filepath.Join(out, "uploads"), 0o777)
			}
			guest, _ := os.Stat(filepath.Join(out, ".htaccess"))
			for i, ours := range []map[string]string{{"index.html": "1", "bg/a/a.html": "1"}, {"index.html": "2"}, {"index.html": "3", "uploads/x.html": "x"}, {}} {
				build(t, out, ours, opt)
				all := maps.Clone(theirs)
				maps.Copy(all, ours)
				if i == 2 {
					delete(all, "uploads/")
				}
				if i == 3 { // once we wrote into it, an empty folder is gone with our file
					delete(all, "uploads/")
				}
				want(t, out, all)
			}
			if info, _ := os.Stat(filepath.Join(out, ".htaccess")); !info.ModTime().Equal(guest.ModTime()) {
				t.Error("a foreign file has a new time")
			}
			if info, _ := os.Stat(filepath.Join(out, "deep")); runtime.GOOS != "windows" && info.Mode().Perm() != 0o755 {
				t.Errorf("a foreign folder has mode %v", info.Mode())
			}
			os.Chmod(filepath.Join(out, "deep", "er"), 0o755)
		})
	}
}

func TestForeignFileInTheWay(t *testing.T) {
	for theirs, ours := range map[string]string{
		"index.html": "index.html", "bg": "bg/a.html", "a/b": "a/b/c/d.html", "x.html/": "x.html", "y.html/z": "y.html",
	} {
		t.Run(theirs+" and "+ours, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			put(t, out, map[string]string{theirs: ""})
			_, err := try(out, map[string]string{ours: "ours", "other.html": ""}, Options{})
			e, ok := errors.AsType[*ForeignError](err)
			if !ok || !strings.Contains(e.Error(), strings.TrimSuffix(theirs, "/")) {
				t.Errorf("got %v", err)
			}
			want(t, out, map[string]string{theirs: ""})
		})
	}
}

// Guests that come while a commit is under way are not lost.
func TestLateGuests(t *testing.T) {
	for _, renames := range []bool{false, true} {
		out := filepath.Join(t.TempDir(), "public")
		build(t, out, map[string]string{"a.html": "1", "b/b.html": "1"}, Options{})
		put(t, out, map[string]string{"b/guest": "old"})
		opt := Options{noExchange: renames, step: func(name string) {
			if name == "manifest" {
				put(t, out, map[string]string{"b/late": "late", "new/late": "late"})
				fresh := filepath.Join(out, "fresh")
				os.WriteFile(fresh, []byte("new"), 0o644)
				os.Rename(fresh, filepath.Join(out, "b", "guest"))
			}
		}}
		build(t, out, map[string]string{"a.html": "2", "b/b.html": "1"}, opt)
		want(t, out, map[string]string{"a.html": "2", "b/b.html": "1", "b/late": "late", "new/late": "late", "b/guest": "new"})
	}
}
