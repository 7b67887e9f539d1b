package publish

// Which path belongs to which file of a build: every path once, on every system.

import (
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"belfry/generator/tree"
)

// PathError says why a path cannot be written. It is our mistake, not a
// webmaster's: addresses are checked long before.
type PathError struct {
	Path string
	Why  string
}

func (e *PathError) Error() string { return fmt.Sprintf("cannot write %q: %s", e.Path, e.Why) }

// claims maps the folded path of every file and folder of a build to itself.
type claims map[string]claim

type claim struct {
	path   string
	folder bool
}

// valid refuses a path that is not local on some system. Names that begin with
// a full stop, such as .well-known, are welcome.
func valid(name string) error {
	switch {
	case !fs.ValidPath(name) || name == ".", strings.ContainsRune(name, '\\'), !filepath.IsLocal(filepath.FromSlash(name)):
		return &PathError{name, "the path does not lead to a place inside the portal"}
	case tree.Fold(name) == manifestName:
		return &PathError{name, "the manifest has this name"}
	}
	return nil
}

// file claims a path for a file and the folders above it. Two paths that differ
// only in case or Unicode form are one on macOS and Windows, so they clash
// everywhere: the same input gives the same result on every system.
func (c claims) file(name string) error {
	if other, taken := c[tree.Fold(name)]; taken {
		if other.folder {
			return &PathError{name, "there is a folder of this name: " + other.path}
		}
		if other.path == name {
			return &PathError{name, "it was written already"}
		}
		return &PathError{name, "on some systems it is one with " + other.path}
	}
	for up := path.Dir(name); up != "."; up = path.Dir(up) {
		other, taken := c[tree.Fold(up)]
		if !taken {
			continue
		}
		if !other.folder {
			return &PathError{name, "there is a file in place of its folder: " + other.path}
		}
		if other.path != up {
			return &PathError{name, "on some systems its folder is one with " + other.path}
		}
		break // the folders above were claimed with it
	}
	c[tree.Fold(name)] = claim{path: name}
	for up := path.Dir(name); up != "."; up = path.Dir(up) {
		if _, taken := c[tree.Fold(up)]; taken {
			break
		}
		c[tree.Fold(up)] = claim{path: up, folder: true}
	}
	return nil
}

// holds reports whether exactly this path was claimed, and as what.
func (c claims) holds(name string) (file, folder bool) {
	got, ok := c[tree.Fold(name)]
	ok = ok && got.path == name
	return ok && !got.folder, ok && got.folder
}
