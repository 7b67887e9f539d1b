package publish

// Where OUT really is, and where it may not be.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// RefusedError says why a folder cannot be written to as OUT.
type RefusedError struct {
	Out string
	Why string
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("%s cannot take a portal: %s", e.Out, e.Why)
}

// settle makes the folder above OUT, and returns OUT's path with every symbolic
// link resolved: the folder is exchanged, not a link to it, and two ways to
// write one path share one lock.
func settle(out, source string) (string, error) {
	if out == "" {
		return "", &RefusedError{`""`, "no folder is named"}
	}
	abs, err := filepath.Abs(out)
	if err != nil {
		return "", err
	}
	if filepath.Dir(abs) == abs {
		return "", &RefusedError{out, "it is the root of a disk"}
	}
	real, err := filepath.EvalSymlinks(abs)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(abs); err == nil {
			return "", &RefusedError{out, "it is a link that leads nowhere"}
		}
		if err := os.MkdirAll(filepath.Dir(abs), 0o755); err != nil {
			return "", err
		}
		parent, err := filepath.EvalSymlinks(filepath.Dir(abs))
		return filepath.Join(parent, filepath.Base(abs)), err
	}
	if err != nil {
		return "", fmt.Errorf("%s: %w", out, err)
	}
	info, err := os.Stat(real)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return "", &RefusedError{out, "it is a file"}
	}
	if filepath.Dir(real) == real {
		return "", &RefusedError{out, "it is the root of a disk"}
	}
	if source != "" {
		inside, err := holds(info, source)
		if err != nil {
			return "", err
		}
		if inside {
			return "", &RefusedError{out, "the portal's source is in it; choose a folder of its own, such as " + filepath.Join(source, "public")}
		}
	}
	if home, err := os.UserHomeDir(); err == nil {
		if inside, err := holds(info, home); err == nil && inside {
			return "", &RefusedError{out, "your home folder is in it"}
		}
	}
	return real, nil
}

// holds reports whether a folder is dir or lies above it, by identity and not
// by spelling.
func holds(folder fs.FileInfo, dir string) (bool, error) {
	at, err := filepath.Abs(dir)
	if err != nil {
		return false, err
	}
	if at, err = filepath.EvalSymlinks(at); err != nil {
		return false, err
	}
	for {
		info, err := os.Stat(at)
		if err != nil {
			return false, err
		}
		if os.SameFile(info, folder) {
			return true, nil
		}
		up := filepath.Dir(at)
		if up == at {
			return false, nil
		}
		at = up
	}
}
