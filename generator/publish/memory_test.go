package publish

import (
	"crypto/sha256"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// Memory takes what Staging takes, and lists the same.
func TestMemoryIsLikeStaging(t *testing.T) {
	files := portal(1)
	var m Memory
	if _, ok := m.Get("nth"); ok || len(m.Manifest().Files) != 0 {
		t.Error("the zero Memory is not empty")
	}
	var group sync.WaitGroup
	for path, text := range files {
		group.Go(func() {
			if path[0] == 'a' {
				m.Copy(path, open(text), int64(len(text)), sha256.Sum256([]byte(text)))
			} else {
				m.Write(path, []byte(text))
			}
		})
	}
	group.Wait()
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, files, Options{})
	published, err := ReadManifest(out)
	if err != nil || !slices.Equal(published.Files, m.Manifest().Files) {
		t.Errorf("the manifests differ: %v", err)
	}
	for path, text := range files {
		h, ok := m.Get(path)
		if data, err := h.Bytes(); !ok || err != nil || string(data) != text {
			t.Errorf("%s: %q %v", path, data, err)
		}
	}
	m.Copy("changed.png", open("other"), 5, sha256.Sum256([]byte("bytes")))
	h, _ := m.Get("changed.png")
	if _, err := h.Bytes(); err == nil {
		t.Error("a file that changed was handed out")
	}
}
