// Package publish writes a portal's files all or nothing.
//
// A build writes into a fresh folder beside OUT. Only Commit brings it to light,
// by exchanging the two folders in one step; until then, and when the process is
// killed at any moment, OUT holds the portal it held before, whole. Files that
// did not change are hard-linked from OUT, files that are not ours are carried
// over, and nothing is removed that the manifest of an earlier build of ours
// does not name.
//
// For OUT "/srv/town/public" these names beside it are used, all hidden:
//
//	.public.belfry-lock   held while a build writes; says by whom
//	.public.belfry-new    the staging folder; after the exchange, the old OUT
//	.public.belfry-old    the old OUT, where two renames stand for the exchange
//	.public.belfry-swap   the journal of these two renames
//
// Nothing is synced to the disk file by file: what is promised holds when the
// process dies, not when the power fails.
package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"time"
)

// Options of a staging. The zero value is ready to use.
type Options struct {
	// Source is the folder the portal is built from. OUT must not be it, nor a
	// folder above it.
	Source string
	// Wait is how long to wait for another build into the same OUT; 0 gives up
	// at once, with a [*LockedError].
	Wait time.Duration
	// Waiting, if set, is called once when waiting begins, with the holder.
	Waiting func(holder string)
	// Done, if set, ends the wait when it is closed (a context's Done).
	Done <-chan struct{}
	// ContentNamed tells the files whose name changes with their content, such
	// as fingerprinted style sheets. Those of the previous build stay for one
	// build more, for pages that readers or caches still hold. Nil means none.
	ContentNamed func(path string) bool
	// Jobs is how many files Commit links at once; 0 for one per processor.
	Jobs int

	noExchange bool              // tests: use the two renames and their journal
	noLink     bool              // tests: a disk without hard links
	step       func(name string) // tests: called before each step of a commit
}

// Staging is a build on its way to OUT. Write and Copy may be called by many
// goroutines; Commit or Abort ends it.
type Staging struct {
	opt   Options
	at    place
	lock  *lock
	had   Manifest         // of OUT
	older map[string]Entry // its entries by path: what is ours in OUT

	disk sync.Mutex // held while a file is made

	mu      sync.Mutex
	claims  claims
	entries []Entry         // of this build
	same    []string        // unchanged: to be linked by Commit
	folders map[string]bool // made in the staging folder
	written int
	failed  error // the first; Commit refuses
	ended   bool
}

// place holds the paths of one OUT, absolute and in the system's spelling.
type place struct {
	out, staging, old, journal, lock string

	step func(name string) // called before each step that a test may cut off
}

func placeOf(out string, step func(string)) place {
	if step == nil {
		step = func(string) {}
	}
	beside := filepath.Join(filepath.Dir(out), "."+filepath.Base(out)+".belfry-")
	return place{out: out, staging: beside + "new", old: beside + "old", journal: beside + "swap", lock: beside + "lock", step: step}
}

// Stage begins a build into the folder out, which need not exist. It waits for
// its lock, completes or clears away what a killed build left, and opens a fresh
// staging folder. Errors: a *[LockedError]; a *[RefusedError] for a folder that
// must never be OUT; what the disk says.
func Stage(out string, opt Options) (*Staging, error) {
	real, err := settle(out, opt.Source)
	if err != nil {
		return nil, err
	}
	if opt.Jobs <= 0 {
		opt.Jobs = runtime.GOMAXPROCS(0)
	}
	at := placeOf(real, opt.step)
	held, err := acquire(at, opt)
	if err != nil {
		return nil, err
	}
	s := &Staging{opt: opt, at: at, lock: held, claims: claims{}, older: map[string]Entry{}, folders: map[string]bool{}}
	if err := s.open(); err != nil {
		return nil, errors.Join(err, held.release())
	}
	return s, nil
}

func (s *Staging) open() error {
	if err := recoverSwap(s.at); err != nil {
		return err
	}
	manifest, err := ReadManifest(s.at.out)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	for _, e := range manifest.Files {
		s.older[e.Path] = e
	}
	s.had = manifest
	if err := os.Mkdir(s.at.staging, 0o755); err != nil {
		return beside(s.at, err)
	}
	if info, err := os.Stat(s.at.out); err == nil {
		if err := adopt(s.at.staging, info); err != nil {
			return errors.Join(err, os.Remove(s.at.staging))
		}
	}
	return nil
}

// beside explains an error about the folder that OUT is in.
func beside(at place, err error) error {
	if errors.Is(err, fs.ErrPermission) {
		return fmt.Errorf("the new portal is written beside %s and takes its place in one step, but %s cannot be written to: choose a folder inside one that can (%w)",
			at.out, filepath.Dir(at.out), err)
	}
	return err
}

// Recover completes or clears away what a killed build left beside out, as Stage
// does, for whoever reads OUT without building. Without leftovers it does
// nothing.
func Recover(out string, opt Options) error {
	real, err := settle(out, opt.Source)
	if err != nil {
		return err
	}
	at := placeOf(real, opt.step)
	if !exists(at.lock) && !exists(at.staging) && !exists(at.old) && !exists(at.journal) {
		return nil
	}
	held, err := acquire(at, opt)
	if err != nil {
		return err
	}
	return errors.Join(recoverSwap(at), held.release())
}

// Abort removes the staging folder and leaves OUT as it was. After Commit or
// another Abort it does nothing, so it can be deferred.
func (s *Staging) Abort() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		return nil
	}
	s.ended = true
	return errors.Join(removeAll(s.at.staging), s.lock.release())
}

// fail notes the first error of a Write, so that a portal with a hole in it is
// never published even if the caller overlooks the error.
func (s *Staging) fail(err error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failed == nil {
		s.failed = err
	}
	return err
}

// removeAll removes a folder even where folders in it (a carried one, say) may
// not be written to.
func removeAll(dir string) error {
	err := os.RemoveAll(dir)
	if !errors.Is(err, fs.ErrPermission) {
		return err
	}
	filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() {
			os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(dir)
}
