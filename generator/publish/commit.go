package publish

// From the staging folder to OUT.

import (
	"errors"
	"os"
	"path"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
)

// Summary says what a commit did.
type Summary struct {
	Files     int    // of the portal, without those kept from the previous build
	Bytes     int64  // of these files
	Written   int    // of these files: new or changed
	Linked    int    // of these files: taken over from OUT unchanged
	Removed   int    // files of the previous build that are gone
	Kept      int    // content-named files of the previous build that stay once more
	Foreign   int    // files in OUT that are not ours, carried over
	Unchanged bool   // OUT was the portal already, and was not touched
	Leftover  string // a folder that could not be removed; the next build tries again
}

// Commit brings the portal to light and ends the staging. After an error OUT is
// what it was: a failed Write or Copy, a [*ForeignError], or what the disk says.
func (s *Staging) Commit() (Summary, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ended {
		panic("publish: Commit after Commit or Abort")
	}
	s.ended = true
	err := s.failed
	var sum Summary
	if err == nil {
		sum, err = s.commit()
	}
	if err != nil {
		if _, half := os.Lstat(s.at.journal); half != nil { // with a journal, the next run goes on from here
			err = errors.Join(err, removeAll(s.at.staging))
		}
		return Summary{}, errors.Join(err, s.lock.release())
	}
	s.at.step("unlock")
	return sum, s.lock.release()
}

func (s *Staging) commit() (Summary, error) {
	sum := Summary{Files: len(s.entries), Written: s.written, Linked: len(s.same)}
	for _, e := range s.entries {
		sum.Bytes += e.Size
	}
	sum.Kept = s.keep()
	sum.Removed = s.gone()
	sortEntries(s.entries)
	if s.had.Files != nil && s.written == 0 && slices.Equal(s.entries, s.had.Files) {
		sum.Unchanged = true
		return sum, removeAll(s.at.staging)
	}
	if err := s.link(); err != nil {
		return sum, err
	}
	guests, err := s.guests()
	if err != nil {
		return sum, err
	}
	s.at.step("carry")
	if err := guests.carry(s.at.out, s.at.staging); err != nil {
		return sum, err
	}
	sum.Foreign = len(guests.files)
	s.at.step("manifest")
	data, err := Manifest{s.entries}.encode()
	if err != nil {
		return sum, err
	}
	if err := os.WriteFile(filepath.Join(s.at.staging, manifestName), data, 0o644); err != nil {
		return sum, err
	}
	before, err := swap(s.at, s.opt.noExchange)
	if err != nil {
		return sum, err
	}
	// From here on the portal is published; nothing may be reported as a failure.
	if before != "" {
		s.at.step("late guests")
		guests.late(before, s.at.out)
		s.at.step("remove")
		if removeAll(before) != nil {
			sum.Leftover = before
		}
	}
	return sum, nil
}

// keep adds the content-named files of the previous build that this one does
// not have, and returns their number. Those that were kept already had their
// time.
func (s *Staging) keep() (n int) {
	for _, e := range s.had.Files {
		if !e.ContentNamed || e.Kept || !intact(s.at.out, e) || s.claims.file(e.Path) != nil {
			continue
		}
		e.Kept = true
		s.entries = append(s.entries, e)
		s.same = append(s.same, e.Path)
		n++
	}
	return n
}

// gone counts the files of the previous build that this one has not.
func (s *Staging) gone() (n int) {
	for _, e := range s.had.Files {
		if file, _ := s.claims.holds(e.Path); !file {
			n++
		}
	}
	return n
}

// link takes the unchanged files over from OUT.
func (s *Staging) link() error {
	dirs := map[string]bool{}
	for _, p := range s.same {
		if dir := path.Dir(p); dir != "." && !s.folders[dir] && !dirs[dir] {
			dirs[dir] = true
			if err := os.MkdirAll(inside(s.at.staging, dir), 0o755); err != nil {
				return err
			}
		}
	}
	s.at.step("link")
	return each(s.opt.Jobs, s.same, func(p string) error {
		from, to := inside(s.at.out, p), inside(s.at.staging, p)
		if !s.opt.noLink && os.Link(from, to) == nil {
			return nil
		}
		return s.recopy(from, to, s.older[p])
	})
}

// recopy copies a file of OUT, on disks without hard links. The time is kept:
// to the world it is the same file.
func (s *Staging) recopy(from, to string, e Entry) error {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	info, err := r.Stat()
	if err != nil {
		return err
	}
	if err := store(to, e, func(f *os.File) error { return announced(f, r, e) }); err != nil {
		return err
	}
	return os.Chtimes(to, info.ModTime(), info.ModTime())
}

// each calls do for all items, with some at once, and returns one of the errors.
func each(jobs int, items []string, do func(string) error) error {
	var (
		group  sync.WaitGroup
		next   atomic.Int64
		failed atomic.Pointer[error]
	)
	for range min(jobs, len(items)) {
		group.Go(func() {
			for failed.Load() == nil {
				i := int(next.Add(1)) - 1
				if i >= len(items) {
					return
				}
				if err := do(items[i]); err != nil {
					failed.CompareAndSwap(nil, &err)
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return *err
	}
	return nil
}
