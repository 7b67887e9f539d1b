package upload

// A folder as target: another disk, a mounted share, a USB stick.

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// folder writes through os.Root: nothing in it leads outside. It is made when the
// first file comes, not by looking at it.
type folder struct {
	dir string

	mu   sync.Mutex
	root *os.Root
}

// open opens the folder, making it if it may.
func (f *folder) open(mayMake bool) (*os.Root, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.root != nil {
		return f.root, nil
	}
	if mayMake {
		if err := os.MkdirAll(f.dir, 0o755); err != nil {
			return nil, err
		}
	}
	root, err := os.OpenRoot(f.dir)
	if err == nil {
		f.root = root
	}
	return root, err
}

func (f *folder) Get(_ context.Context, name string) ([]byte, error) {
	root, err := f.open(false)
	if err != nil {
		return nil, err
	}
	return root.ReadFile(filepath.FromSlash(name))
}

func (f *folder) Put(_ context.Context, name string, data []byte, _ bool) error {
	root, err := f.open(true)
	if err != nil {
		return err
	}
	if err := root.MkdirAll(filepath.FromSlash(path.Dir(name)), 0o755); err != nil {
		return err
	}
	part := filepath.FromSlash(partName(name))
	if err = root.WriteFile(part, data, 0o644); err == nil {
		err = root.Rename(part, filepath.FromSlash(name))
	}
	if err != nil {
		return errors.Join(err, root.Remove(part))
	}
	return nil
}

func (f *folder) Size(_ context.Context, name string) (int64, error) {
	root, err := f.open(false)
	if err != nil {
		return 0, err
	}
	info, err := root.Stat(filepath.FromSlash(name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (f *folder) Remove(_ context.Context, name string) error {
	root, err := f.open(false)
	if err != nil {
		return err
	}
	if err := root.Remove(filepath.FromSlash(name)); errors.Is(err, fs.ErrNotExist) {
		return nil
	} else if err != nil {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		if root.Remove(filepath.FromSlash(dir)) != nil { // until one is not empty
			break
		}
	}
	return nil
}

func (f *folder) Parallel() int { return 4 }

func (f *folder) Close() error {
	if f.root == nil {
		return nil
	}
	return f.root.Close()
}

// partName is the name under which a file arrives before it takes its place.
func partName(name string) string {
	return path.Join(path.Dir(name), "."+path.Base(name)+".belfry-part")
}
