package preview

// Changes as the system tells them. fsnotify watches single folders, so this
// file keeps a watch on every folder there is: it adds those that come, and takes
// away those that are moved, because a watch follows its folder and would go on
// telling the old path.

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// events is the news from fsnotify.
type events struct {
	*watcher
	fs      *fsnotify.Watcher
	failed  chan error
	folders map[string]bool // those watched; "" is the portal's own
}

// listen watches every folder. The error is for a system that gives no watch.
func (w *watcher) listen() (*events, error) {
	f, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	e := &events{w, f, make(chan error, 1), map[string]bool{}}
	// fsnotify may report an error while it holds the lock that Add and Remove
	// wait for, so its errors need a reader of their own.
	go func() {
		for err := range f.Errors {
			select {
			case e.failed <- err:
			default: // one is as good as many: everything is looked at again
			}
		}
	}()
	if err := e.add(""); err != nil {
		f.Close()
		return nil, err
	}
	return e, nil
}

// run reports changes until ctx ends; before that it gives up only with a reason.
func (e *events) run(ctx context.Context) (why string) {
	defer e.fs.Close()
	for {
		select {
		case <-ctx.Done():
			return ""
		case ev, ok := <-e.fs.Events:
			if !ok {
				return "the system tells of no more changes"
			}
			if why := e.handle(ctx, ev); why != "" {
				return why
			}
		case err := <-e.failed:
			if short(err) {
				return shortage(err)
			}
			// Events were lost (a queue has its limit), perhaps those of new folders.
			e.drop("")
			if err := e.add(""); err != nil {
				return shortage(err)
			}
			e.report(ctx, ".")
		}
	}
}

func (e *events) handle(ctx context.Context, ev fsnotify.Event) (why string) {
	rel, ok := e.relative(ev.Name)
	if !ok {
		return ""
	}
	if rel == "" {
		if ev.Has(fsnotify.Remove) || ev.Has(fsnotify.Rename) {
			return "the folder itself was moved or deleted"
		}
		return ""
	}
	if ev.Has(fsnotify.Remove) || ev.Has(fsnotify.Rename) {
		e.drop(rel)
	}
	if ev.Has(fsnotify.Create) || ev.Has(fsnotify.Chmod) && !e.folders[rel] {
		if info, err := os.Lstat(ev.Name); err == nil && info.IsDir() {
			if err := e.add(rel); err != nil {
				return shortage(err)
			}
		}
	}
	e.report(ctx, rel) // after add, so that nothing falls between reading and watching
	return ""
}

// add watches a folder and all below it: first the watch, then the listing, so
// that what comes in between is told twice rather than never. A folder that is
// gone again or closed to us is no error.
func (e *events) add(rel string) error {
	dir := filepath.Join(e.dir, filepath.FromSlash(rel))
	if err := e.fs.Add(dir); err != nil {
		if rel == "" || short(err) {
			return err
		}
		return nil
	}
	e.folders[rel] = true
	entries, err := os.ReadDir(dir)
	if err != nil && short(err) {
		return err
	}
	for _, entry := range entries {
		at := path.Join(rel, entry.Name())
		if !entry.IsDir() || e.ignores(at) {
			continue
		}
		if err := e.add(at); err != nil {
			return err
		}
	}
	return nil
}

// drop ends the watches of a folder and all below it; nothing for a file.
func (e *events) drop(rel string) {
	if !e.folders[rel] {
		return
	}
	for at := range e.folders {
		if at == rel || rel == "" || strings.HasPrefix(at, rel+"/") {
			// Its only error says that the watch has ended by itself.
			_ = e.fs.Remove(filepath.Join(e.dir, filepath.FromSlash(at)))
			delete(e.folders, at)
		}
	}
}

// short reports whether the system has no more watches or open files to give.
func short(err error) bool {
	for _, e := range shortages {
		if errors.Is(err, e) {
			return true
		}
	}
	return false
}

func shortage(err error) string {
	if short(err) {
		return "the system gives no more watches (" + err.Error() + ")"
	}
	return "the system does not tell of changes (" + err.Error() + ")"
}
