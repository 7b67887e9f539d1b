//go:build unix

package tree

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
)

// A pipe would block whoever opens it: it is never opened, whenever it came.
func TestPipes(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, map[string]string{"a.md": "a", "assets/p.png": "p"})
	if err := syscall.Mkfifo(filepath.Join(dir, "assets", "pipe.md"), 0o644); err != nil {
		t.Skip(err)
	}
	tr, list, err := Read(dir, Options{})
	if err != nil || !slices.Equal(said(list), []string{"assets/pipe.md file/special"}) || len(tr.Files()) != 2 {
		t.Fatal(said(list), err)
	}
	picture := filepath.Join(dir, "assets", "p.png")
	if err := errors.Join(os.Remove(picture), syscall.Mkfifo(picture, 0o644)); err != nil {
		t.Fatal(err)
	}
	f, _ := tr.Get("assets/p.png")
	if _, err := f.Bytes(); err == nil {
		t.Error("a pipe was read")
	}
}
