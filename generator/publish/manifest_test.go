package publish

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestManifestIsTheSameEveryTime(t *testing.T) {
	files := map[string]string{}
	for i := range 200 {
		files[fmt.Sprintf("%d/%d.html", i%7, rand.IntN(1<<30))] = fmt.Sprint(i)
	}
	files["a\"b&<ж.html"] = "odd"
	opt := Options{ContentNamed: func(p string) bool { return p[0] == '3' }}
	var first []byte
	for range 3 {
		out := filepath.Join(t.TempDir(), "public")
		build(t, out, files, opt)
		data, err := os.ReadFile(filepath.Join(out, manifestName))
		if err != nil {
			t.Fatal(err)
		}
		if first != nil && !bytes.Equal(first, data) {
			t.Fatal("two manifests of one portal differ")
		}
		first = data
		m, err := ReadManifest(out)
		if err != nil || len(m.Files) != len(files) {
			t.Fatal(len(m.Files), err)
		}
		for _, e := range m.Files {
			if e.Hash != sha256.Sum256([]byte(files[e.Path])) || e.ContentNamed != (e.Path[0] == '3') || e.Kept {
				t.Errorf("wrong entry %+v", e)
			}
		}
		if again, _ := m.encode(); !bytes.Equal(again, data) {
			t.Error("a manifest that was read is written differently")
		}
	}
}

func TestFaultyManifest(t *testing.T) {
	hash := strings.Repeat("0", 64)
	for name, text := range map[string]string{
		"no JSON":      "x",
		"new version":  `{"version":2,"files":[]}`,
		"short hash":   `{"version":1,"files":[{"path":"a","sha256":"00"}]}`,
		"long hash":    `{"version":1,"files":[{"path":"a","sha256":"` + hash + `00"}]}`,
		"no hash":      `{"version":1,"files":[{"path":"a","sha256":"` + strings.Repeat("z", 64) + `"}]}`,
		"outside":      `{"version":1,"files":[{"path":"../a","sha256":"` + hash + `"}]}`,
		"out of order": `{"version":1,"files":[{"path":"b","sha256":"` + hash + `"},{"path":"a","sha256":"` + hash + `"}]}`,
		"twice":        `{"version":1,"files":[{"path":"b","sha256":"` + hash + `"},{"path":"b","sha256":"` + hash + `"}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "public")
			put(t, out, map[string]string{manifestName: text, "a": "theirs"})
			_, err := try(out, map[string]string{"b": ""}, Options{})
			if err == nil || !strings.Contains(err.Error(), manifestName) {
				t.Errorf("got %v", err)
			}
			want(t, out, map[string]string{"a": "theirs"})
		})
	}
	if _, err := ReadManifest(t.TempDir()); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("none: %v", err)
	}
}
