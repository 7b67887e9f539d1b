package preview

// Changes as a look at every file shows them, for drives that tell nothing.

import (
	"context"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"time"
)

// A file that changed is reported again for this long: where times are kept in
// steps of 2 s (FAT) or 1 s (old NFS), a second change of the same size within
// the step cannot be seen.
const coarse = 2500 * time.Millisecond

// share is the part of the time polling may work: one look in share.
const share = 10

// mark is what a look remembers of a file or folder.
type mark struct {
	size int64
	time time.Time
	mode fs.FileMode
}

type marks map[string]mark

// poll reports differences from look to look until ctx ends.
func (w *watcher) poll(ctx context.Context, before marks) {
	changed := map[string]time.Time{} // when a difference was last seen
	wait := w.every
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
		start := time.Now()
		now, ok := w.look()
		if !ok {
			continue
		}
		for p, m := range now {
			if old, ok := before[p]; !ok || old != m {
				changed[p] = start
			}
		}
		for p := range before {
			if _, ok := now[p]; !ok {
				changed[p] = start
			}
		}
		before = now
		for p, at := range changed {
			if start.Sub(at) > coarse {
				delete(changed, p)
				continue
			}
			w.report(ctx, p)
		}
		wait = max(w.every, share*time.Since(start))
	}
}

// look lists everything there is. Of a folder only its being there counts, since
// its time changes with each of its files. False: the system had no open file to
// give, so the list says nothing.
func (w *watcher) look() (marks, bool) {
	found := marks{}
	return found, w.lookInto(found, "")
}

func (w *watcher) lookInto(found marks, rel string) bool {
	entries, err := os.ReadDir(filepath.Join(w.dir, filepath.FromSlash(rel)))
	if err != nil && short(err) {
		return false
	} // another error: gone or closed to us, so nothing is in it
	for _, entry := range entries {
		at := path.Join(rel, entry.Name())
		if w.ignores(at) {
			continue
		}
		info, err := entry.Info()
		if err != nil {
			continue // gone since
		}
		if !info.IsDir() {
			found[at] = mark{info.Size(), info.ModTime().Round(0), info.Mode()}
			continue
		}
		found[at] = mark{mode: info.Mode()}
		if !w.lookInto(found, at) {
			return false
		}
	}
	return true
}
