package upload

// A folder as target: another disk, a mounted share, a USB stick.

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

func sum(data []byte) [32]byte { return sha256.Sum256(data) }

// folder writes through os.Root: nothing in it leads outside.
type folder struct{ root *os.Root }

// openFolder takes a folder as target, making it where there is none.
func openFolder(dir string) (Target, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	return &folder{root}, nil
}

func (f *folder) Get(_ context.Context, name string) ([]byte, error) {
	return f.root.ReadFile(filepath.FromSlash(name))
}

func (f *folder) Put(_ context.Context, name string, data []byte, _ bool) error {
	if err := f.root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o755); err != nil {
		return err
	}
	part := filepath.FromSlash(partName(name))
	if err := f.root.WriteFile(part, data, 0o644); err != nil {
		return errors.Join(err, f.root.Remove(part))
	}
	return f.root.Rename(part, filepath.FromSlash(name))
}

func (f *folder) Size(_ context.Context, name string) (int64, error) {
	info, err := f.root.Stat(filepath.FromSlash(name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (f *folder) Remove(_ context.Context, name string) error {
	err := f.root.Remove(filepath.FromSlash(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for dir := path.Dir(name); err == nil && dir != "."; dir = path.Dir(dir) {
		if f.root.Remove(filepath.FromSlash(dir)) != nil { // until one is not empty
			break
		}
	}
	return err
}

func (f *folder) Parallel() int { return 4 }
func (f *folder) Close() error  { return f.root.Close() }

// partName is the name under which a file arrives before it takes its place.
func partName(name string) string {
	return path.Join(path.Dir(name), "."+path.Base(name)+".belfry-part")
}
