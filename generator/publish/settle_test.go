package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func TestRefusedFolders(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("HOME", filepath.Join(dir, "home", "anna"))
	t.Setenv("USERPROFILE", filepath.Join(dir, "home", "anna"))
	put(t, dir, map[string]string{"home/anna/town/portal.yaml": "", "file": "", "home/anna/town/public/": ""})
	source := filepath.Join(dir, "home", "anna", "town")
	for _, out := range []string{"", "/", dir, source, filepath.Join(source, "x", ".."), filepath.Join(dir, "home"), filepath.Join(dir, "home", "anna"), filepath.Join(dir, "file")} {
		_, err := Stage(out, Options{Source: source})
		if e, ok := errors.AsType[*RefusedError](err); !ok || e.Error() == "" {
			t.Errorf("%q: %v", out, err)
		}
	}
	if runtime.GOOS != "windows" {
		put(t, dir, map[string]string{"dead": "-> nowhere", "sly": "-> home/anna/town", "way": "-> home/anna/town/public"})
		for _, out := range []string{"dead", "sly"} {
			if _, err := Stage(filepath.Join(dir, out), Options{Source: source}); err == nil {
				t.Errorf("%s was taken", out)
			}
		}
		build(t, filepath.Join(dir, "way"), map[string]string{"a.html": "1"}, Options{Source: source})
		build(t, filepath.Join(dir, "way"), map[string]string{"a.html": "2"}, Options{Source: source})
		want(t, filepath.Join(source, "public"), map[string]string{"a.html": "2"})
		if info, _ := os.Lstat(filepath.Join(dir, "way")); info.Mode()&fs.ModeSymlink == 0 {
			t.Error("the link to OUT was replaced")
		}
	}
	if len(disk(t, source)) == 0 {
		t.Error("the source is gone")
	}
	build(t, filepath.Join(source, "public"), map[string]string{"a.html": "3"}, Options{Source: source})
	want(t, filepath.Join(source, "public"), map[string]string{"a.html": "3"})
}
