package publish

// One build into an OUT at a time. The lock is the system's, so it ends with the
// process that holds it, however that ends; a file left behind means nothing.

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// LockedError says that another build is writing into the same OUT.
type LockedError struct {
	Out    string
	Holder string // such as "process 4711 on web1"; may be out of date by a moment
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("another build is writing to %s: %s; try again when it is done", e.Out, e.Holder)
}

// lock is a lock that is held.
type lock struct{ file *os.File }

func (l *lock) release() error { return unlock(l.file) }

// Claim holds a place of the disk against other processes until release is
// called or the process ends: the file at path, which is made where there is
// none. Only Wait, Waiting and Done of the options count. Errors: a [*LockedError].
func Claim(path string, opt Options) (release func() error, err error) {
	l, err := acquire(place{out: filepath.Dir(path), lock: path}, opt)
	if err != nil {
		return nil, err
	}
	return l.release, nil
}

// acquire takes the lock of a place, waiting as the options say.
func acquire(at place, opt Options) (*lock, error) {
	giveUp := time.NewTimer(opt.Wait)
	defer giveUp.Stop()
	for first := true; ; first = false {
		l, holder, err := attempt(at)
		if l != nil || err != nil {
			return l, err
		}
		if first && opt.Waiting != nil && opt.Wait > 0 {
			opt.Waiting(holder)
		}
		select {
		case <-giveUp.C:
			return nil, &LockedError{at.out, holder}
		case <-opt.Done:
			return nil, &LockedError{at.out, holder}
		case <-time.After(25 * time.Millisecond):
		}
	}
}

// attempt returns the lock, or who holds it.
func attempt(at place) (*lock, string, error) {
	for {
		f, err := os.OpenFile(at.lock, os.O_RDWR|os.O_CREATE, 0o644)
		if err != nil {
			return nil, "", beside(at, err)
		}
		ok, err := tryLock(f)
		if err != nil {
			f.Close()
			return nil, "", err
		}
		if !ok {
			defer f.Close()
			return nil, holder(f), nil
		}
		if !current(f) { // its holder has just removed it
			f.Close()
			continue
		}
		if err := sign(f); err != nil {
			return nil, "", errors.Join(err, unlock(f))
		}
		return &lock{f}, "", nil
	}
}

// current reports whether an open file is still the one its name leads to.
func current(f *os.File) bool {
	held, err := f.Stat()
	if err != nil {
		return false
	}
	now, err := os.Stat(f.Name())
	return err == nil && os.SameFile(held, now)
}

// sign writes into the lock who holds it.
func sign(f *os.File) error {
	host, err := os.Hostname()
	if err != nil {
		host = "this computer"
	}
	if err := f.Truncate(0); err != nil {
		return err
	}
	_, err = f.WriteAt(fmt.Appendf(nil, "process %d on %s\n", os.Getpid(), host), 0)
	return err
}

func holder(f *os.File) string {
	text, _ := io.ReadAll(io.LimitReader(f, 300))
	if line, _, ok := strings.Cut(string(text), "\n"); ok && line != "" {
		return line
	}
	return "a process that has not signed yet"
}
