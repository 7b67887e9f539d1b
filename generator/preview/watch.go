package preview

// Watching a portal's folder: one stream of changed paths, whatever the system
// can tell. A source of news, events or polling, feeds one goroutine that waits
// for quiet and hands on what came together.

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"belfry/generator/tree"
)

// How long changes are gathered: an editor's save is several events, a switch of
// branches some thousands.
const (
	quietTime = 10 * time.Millisecond
	longest   = 100 * time.Millisecond
	mostPaths = 2000 // beyond this, looking at everything is cheaper than at each
)

// WatchOptions say how a folder is watched.
type WatchOptions struct {
	Poll     bool          // look at every file in turn instead of waiting for events
	Interval time.Duration // between two looks; 0 for half a second
	Skip     []string      // slash paths never reported, such as the output folder; case is ignored
	// Polling is told, if set, when Watch polls although Poll was not asked for:
	// why is half a sentence such as "the folder is on a network drive (nfs4)".
	// It is called before Watch returns or, should events fail later, from
	// another goroutine.
	Polling func(why string)
}

// Watch reports changes below the folder dir until ctx ends, when the channel is
// closed. Each value is a sorted list of slash paths, relative to dir: files and
// folders that are new, changed, moved or gone, or just "." when everything has
// to be looked at again. A path may be reported without having changed; a change
// is never left out if it comes after Watch has returned, so watch first and read
// then. Changes that come together come as one value, after 10 ms of quiet and
// within 100 ms; while nobody receives, they gather. What [tree.Read] never reads
// (hidden files, editors' temporary files) is not reported.
//
// Where events do not arrive (network drives, drives of the host system) or the
// system has no more watches to give, Watch polls by itself. The error is for a
// dir that is no folder.
func Watch(ctx context.Context, dir string, opt WatchOptions) (<-chan []string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(dir); err != nil {
		return nil, err
	} else if !info.IsDir() {
		return nil, fmt.Errorf("%s is not a folder", dir)
	}
	w := &watcher{dir: dir, every: opt.Interval, told: opt.Polling, skip: map[string]bool{}, seen: make(chan string, 256)}
	if w.every <= 0 {
		w.every = 500 * time.Millisecond
	}
	for _, p := range opt.Skip {
		w.skip[tree.Fold(path.Clean(p))] = true
	}
	var events *events
	why := ""
	if !opt.Poll {
		if kind := Remote(dir); kind != "" {
			why = "the folder is on a drive that tells of no changes (" + kind + ")"
		} else if events, err = w.listen(); err != nil {
			why = shortage(err)
		}
	}
	var before marks
	if events == nil {
		w.say(why)
		before, _ = w.look()
	}
	out := make(chan []string)
	go gather(ctx, w.seen, out)
	go func() {
		if events != nil {
			why := events.run(ctx)
			if why == "" {
				return
			}
			w.say(why)
			before, _ = w.look()
			w.report(ctx, ".") // between the last event and this look, anything may have changed
		}
		w.poll(ctx, before)
	}()
	return out, nil
}

// watcher is what both sources of news need.
type watcher struct {
	dir   string // absolute
	every time.Duration
	told  func(why string)
	skip  map[string]bool // folded paths
	seen  chan string
}

func (w *watcher) say(why string) {
	if why != "" && w.told != nil {
		w.told(why)
	}
}

// report hands on a path. A name that is not UTF-8 is a matter of its folder.
func (w *watcher) report(ctx context.Context, p string) {
	for !utf8.ValidString(p) {
		p = path.Dir(p)
	}
	select {
	case w.seen <- p:
	case <-ctx.Done():
	}
}

// relative turns a path of the system into one of the portal: "" for the folder
// itself, false for what lies outside or is never read.
func (w *watcher) relative(system string) (string, bool) {
	rel, err := filepath.Rel(w.dir, system)
	if err != nil {
		return "", false
	}
	if rel = filepath.ToSlash(rel); rel == "." {
		return "", true
	}
	if strings.HasPrefix(rel, "../") {
		return "", false
	}
	for at := rel; at != "."; at = path.Dir(at) {
		if w.ignores(at) {
			return "", false
		}
	}
	return rel, true
}

// ignores reports whether the last name of a path is one that the tree never
// reads. It may know fewer names than the tree, never more: a name that is read
// but not reported would be a stale page.
func (w *watcher) ignores(at string) bool {
	name := path.Base(at)
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasSuffix(name, ".swp") ||
		len(name) > 1 && name[0] == '#' && name[len(name)-1] == '#' ||
		name == "node_modules" || w.skip[tree.Fold(norm.NFC.String(at))]
}

// gather hands on what came together.
func gather(ctx context.Context, seen <-chan string, out chan<- []string) {
	defer close(out)
	pending := map[string]bool{}
	var quiet, limit <-chan time.Time
	due := false
	for {
		var to chan<- []string
		var batch []string
		if due {
			to, batch = out, sorted(pending)
		}
		select {
		case <-ctx.Done():
			return
		case p := <-seen:
			if len(pending) == 0 {
				limit = time.After(longest)
			}
			if len(pending) >= mostPaths || pending["."] {
				clear(pending)
				p = "."
			}
			pending[p] = true
			quiet = time.After(quietTime)
		case <-quiet:
			due = true
		case <-limit:
			due = true
		case to <- batch:
			clear(pending)
			quiet, limit, due = nil, nil, false
		}
	}
}

func sorted(set map[string]bool) []string {
	if set["."] {
		return []string{"."}
	}
	list := make([]string, 0, len(set))
	for p := range set {
		list = append(list, p)
	}
	slices.Sort(list)
	return list
}
