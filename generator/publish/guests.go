package publish

// Files in OUT that are not ours: a certificate challenge, a host's .htaccess,
// another program's uploads. They are guests of the old folder and move to the
// new one with it; none is ever removed or overwritten.

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// ForeignError names files in OUT that no build of ours made, where the portal
// has to write. They stay, and the portal is not published.
type ForeignError struct {
	Out   string
	Paths []string // slash paths below Out, sorted
}

func (e *ForeignError) Error() string {
	shown, more := e.Paths, ""
	if len(shown) > 5 {
		shown, more = shown[:5], fmt.Sprintf(" and %d more", len(e.Paths)-5)
	}
	return fmt.Sprintf("%s holds what no build of ours made, in the place of files of the portal: %s%s. Move it away, or choose another folder",
		e.Out, strings.Join(shown, ", "), more)
}

// guests are slash paths below OUT in the order of a walk: a folder before what
// is in it.
type guests struct {
	files   []string
	folders []string
	ours    func(name string) bool
	around  map[string]bool // folders that files of ours are in
}

// guests lists what is not ours in OUT, or says that some of it is in the way.
func (s *Staging) guests() (*guests, error) {
	g := &guests{around: map[string]bool{}}
	for p := range s.older {
		for up := path.Dir(p); up != "." && !g.around[up]; up = path.Dir(up) {
			g.around[up] = true
		}
	}
	g.ours = func(name string) bool {
		if _, ok := s.older[name]; ok || name == manifestName {
			return true
		}
		// A disk of HFS+ gives our names back decomposed.
		plain := norm.NFC.String(name)
		if _, ok := s.older[plain]; !ok {
			return false
		}
		a, errA := os.Lstat(inside(s.at.out, name))
		b, errB := os.Lstat(inside(s.at.out, plain))
		return errA == nil && errB == nil && os.SameFile(a, b)
	}
	if err := g.walk(s.at.out, "."); err != nil {
		return nil, err
	}
	var inTheWay []string
	for _, p := range g.folders {
		if file, _ := s.claims.holds(p); file {
			inTheWay = append(inTheWay, p)
		}
	}
	for _, p := range g.files {
		_, blocked := s.claims.holds(p)
		for at := p; at != "." && !blocked; at = path.Dir(at) {
			blocked, _ = s.claims.holds(at)
		}
		if blocked {
			inTheWay = append(inTheWay, p)
		}
	}
	if len(inTheWay) > 0 {
		return nil, &ForeignError{s.at.out, inTheWay}
	}
	return g, nil
}

// walk lists a folder below root; a root that does not exist has no guests.
func (g *guests) walk(root, dir string) error {
	entries, err := os.ReadDir(inside(root, dir))
	if dir == "." && errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := path.Join(dir, e.Name())
		switch {
		case e.IsDir():
			if !g.around[name] {
				g.folders = append(g.folders, name)
			}
			if err := g.walk(root, name); err != nil {
				return err
			}
		case !g.ours(name):
			g.files = append(g.files, name)
		}
	}
	return nil
}

// carry brings all guests from one folder to another.
func (g *guests) carry(from, to string) error {
	for _, p := range g.folders {
		if err := os.MkdirAll(inside(to, p), 0o755); err != nil {
			return err
		}
	}
	for _, p := range g.files {
		if err := os.MkdirAll(inside(to, path.Dir(p)), 0o755); err != nil {
			return err
		}
		err := move(inside(from, p), inside(to, p))
		if errors.Is(err, fs.ErrExist) { // one name on a disk that ignores case
			return &ForeignError{from, []string{p}}
		}
		if err != nil {
			return fmt.Errorf("a file that is not ours cannot be carried over: %w", err)
		}
	}
	for i := len(g.folders) - 1; i >= 0; i-- { // inner ones first: an outer one may forbid writing
		info, err := os.Stat(inside(from, g.folders[i]))
		if err == nil {
			err = adopt(inside(to, g.folders[i]), info)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// late fetches guests that came, or were replaced, after carry: the old folder
// was open to others until the exchange. Nobody waits for the result.
func (g *guests) late(from, to string) {
	known := map[string]bool{}
	for _, p := range g.files {
		known[p] = true
	}
	now := &guests{ours: g.ours, around: g.around}
	if now.walk(from, ".") != nil {
		return
	}
	for _, p := range now.files {
		here, there := inside(from, p), inside(to, p)
		if !known[p] {
			os.MkdirAll(inside(to, path.Dir(p)), 0o755)
			move(here, there)
			continue
		}
		a, errA := os.Lstat(here)
		b, errB := os.Lstat(there)
		if errA == nil && errB == nil && a.Mode().IsRegular() && a.ModTime().After(b.ModTime()) {
			os.Rename(here, there)
		}
	}
}

// move gives a file a second name, or a copy where the disk has no hard links.
func move(from, to string) error {
	info, err := os.Lstat(from)
	if err != nil {
		return err
	}
	if info.Mode()&fs.ModeSymlink != 0 { // macOS would link what it points at
		target, err := os.Readlink(from)
		if err != nil {
			return err
		}
		return os.Symlink(target, to)
	}
	err = os.Link(from, to)
	if err == nil || errors.Is(err, fs.ErrExist) || !info.Mode().IsRegular() {
		return err
	}
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, info.Mode().Perm())
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	return errors.Join(adopt(to, info), os.Chtimes(to, info.ModTime(), info.ModTime()))
}
