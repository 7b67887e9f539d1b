package preview

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"belfry/generator/tree"
)

// modes are both sources of news; what holds for one holds for the other.
var modes = map[string]WatchOptions{
	"events": {Skip: []string{"public"}},
	"poll":   {Skip: []string{"public"}, Poll: true, Interval: 15 * time.Millisecond},
}

// start watches a folder until the test ends.
func watch(t *testing.T, dir string, opt WatchOptions) <-chan []string {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	opt.Polling = func(why string) { t.Errorf("polls by itself: %s", why) }
	changes, err := Watch(ctx, dir, opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		stop()
		for range changes { // closed soon, or the test hangs
		}
	})
	return changes
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	p := filepath.Join(dir, filepath.FromSlash(name))
	must(t, os.MkdirAll(filepath.Dir(p), 0o755))
	must(t, os.WriteFile(p, []byte(text), 0o644))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// covers reports whether a look at the reported paths, and all below them, finds
// the wanted one.
func covers(reported []string, want string) bool {
	return slices.ContainsFunc(reported, func(p string) bool { return p == "." || p == want || strings.HasPrefix(want, p+"/") })
}

func TestWatch(t *testing.T) {
	cases := []struct {
		name string
		do   func(t *testing.T, at func(string) string)
		want []string
	}{
		{"create", func(t *testing.T, at func(string) string) { must(t, os.WriteFile(at("new.md"), []byte("x"), 0o644)) }, []string{"new.md"}},
		{"change", func(t *testing.T, at func(string) string) {
			must(t, os.WriteFile(at("services/dog.md"), []byte("changed"), 0o644))
		}, []string{"services/dog.md"}},
		{"atomic save", func(t *testing.T, at func(string) string) {
			must(t, os.WriteFile(at("services/.dog.md.tmp"), []byte("changed"), 0o644))
			must(t, os.Rename(at("services/.dog.md.tmp"), at("services/dog.md")))
		}, []string{"services/dog.md"}},
		{"save with a backup, as vim does", func(t *testing.T, at func(string) string) {
			must(t, os.Rename(at("services/dog.md"), at("services/dog.md~")))
			must(t, os.WriteFile(at("services/dog.md"), []byte("changed"), 0o644))
			must(t, os.Remove(at("services/dog.md~")))
		}, []string{"services/dog.md"}},
		{"rename", func(t *testing.T, at func(string) string) {
			must(t, os.Rename(at("services/dog.md"), at("services/cat.md")))
		}, []string{"services/cat.md", "services/dog.md"}},
		{"mkdir -p", func(t *testing.T, at func(string) string) {
			must(t, os.MkdirAll(at("a/b/c"), 0o755))
			must(t, os.WriteFile(at("a/b/c/deep.md"), []byte("x"), 0o644))
		}, []string{"a/b/c/deep.md"}},
		{"delete", func(t *testing.T, at func(string) string) { must(t, os.Remove(at("services/dog.md"))) }, []string{"services/dog.md"}},
		{"delete a folder", func(t *testing.T, at func(string) string) { must(t, os.RemoveAll(at("pages"))) }, []string{"pages/old/a.md", "pages/old"}},
		{"move a folder", func(t *testing.T, at func(string) string) {
			must(t, os.Rename(at("pages/old"), at("services/new")))
		}, []string{"pages/old/a.md", "services/new/a.md"}},
		{"move a folder in", func(t *testing.T, at func(string) string) {
			must(t, os.Rename(at("../outside"), at("news")))
		}, []string{"news/sub/x.md"}},
		{"move a folder out", func(t *testing.T, at func(string) string) {
			must(t, os.Rename(at("pages/old"), at("../gone")))
		}, []string{"pages/old/a.md"}},
		{"ignored", func(t *testing.T, at func(string) string) {
			for _, name := range []string{".hidden", "a.md~", "services/.dog.md.swp", "x.swp", "services/#dog.md#", "public/index.html", ".git/index", "node_modules/x/y.js"} {
				must(t, os.MkdirAll(filepath.Dir(at(name)), 0o755))
				must(t, os.WriteFile(at(name), []byte("x"), 0o644))
			}
		}, nil},
	}
	for mode, opt := range modes {
		for _, c := range cases {
			t.Run(mode+"/"+c.name, func(t *testing.T) {
				t.Parallel()
				top := t.TempDir()
				dir := filepath.Join(top, "portal")
				put(t, dir, "services/dog.md", "text")
				put(t, dir, "pages/old/a.md", "text")
				put(t, dir, "public/index.html", "text")
				put(t, top, "outside/sub/x.md", "text")
				changes := watch(t, dir, opt)
				c.do(t, func(name string) string { return filepath.Join(dir, filepath.FromSlash(name)) })
				var got []string
				missing := func() bool {
					return slices.ContainsFunc(c.want, func(w string) bool { return !covers(got, w) })
				}
				limit := time.After(5 * time.Second)
				if len(c.want) == 0 {
					limit = time.After(150 * time.Millisecond)
				}
				for len(c.want) == 0 || missing() {
					select {
					case batch := <-changes:
						got = append(got, batch...)
						if len(c.want) == 0 {
							t.Fatalf("reported %q", batch)
						}
						continue
					case <-limit:
					}
					break
				}
				if missing() {
					t.Fatalf("reported %q, want all of %q", got, c.want)
				}
				for _, p := range got {
					if p == "" || strings.HasPrefix(p, "/") || strings.Contains(p, `\`) || strings.Contains(p, "..") {
						t.Errorf("path %q", p)
					}
				}
			})
		}
	}
}

// TestWatchGathers: one save is one value, and what comes while nobody receives
// comes together.
func TestWatchGathers(t *testing.T) {
	dir := t.TempDir()
	changes := watch(t, dir, modes["events"])
	for _, name := range []string{"c.md", "a.md", "b.md"} {
		put(t, dir, name, "x")
		time.Sleep(30 * time.Millisecond)
	}
	if got := <-changes; !slices.Equal(got, []string{"a.md", "b.md", "c.md"}) {
		t.Errorf("got %q", got)
	}
	select {
	case got := <-changes:
		t.Errorf("and again %q", got)
	case <-time.After(150 * time.Millisecond):
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	seen, out := make(chan string), make(chan []string)
	go gather(ctx, seen, out)
	for i := range mostPaths + 10 {
		seen <- strconv.Itoa(i)
	}
	if got := <-out; !slices.Equal(got, []string{"."}) {
		t.Errorf("very many changes are reported as %d paths", len(got))
	}
}

// TestWatchIsQuick: a person sees an edit at once.
func TestWatchIsQuick(t *testing.T) {
	dir := t.TempDir()
	changes := watch(t, dir, modes["events"])
	best := time.Hour
	for range 5 {
		start := time.Now()
		put(t, dir, "a.md", start.String())
		<-changes
		best = min(best, time.Since(start))
		time.Sleep(30 * time.Millisecond)
	}
	if best < quietTime || best > 60*time.Millisecond {
		t.Errorf("a change was reported after %v", best)
	}
	start := time.Now() // a file that is written for long is shown as it grows
	go func() {
		for time.Since(start) < 400*time.Millisecond {
			_ = os.WriteFile(filepath.Join(dir, "log.md"), []byte(time.Now().String()), 0o644)
			time.Sleep(3 * time.Millisecond)
		}
	}()
	if <-changes; time.Since(start) > 300*time.Millisecond {
		t.Errorf("no report within %v of steady changes", time.Since(start))
	}
	time.Sleep(450 * time.Millisecond)
}

// TestWatchedTreeIsRead makes seeded random changes, folders moved and swapped
// among them, and holds what the watcher's paths lead to against a fresh reading.
func TestWatchedTreeIsRead(t *testing.T) {
	names := []string{"a.md", "b.md", "s/a.md", "s/b.md", "s", "t", "s/t", "t/u", "t/u/a.md", "s/t/u/v.md", "n/x/y/z.md", "n/x", "n"}
	if runtime.GOOS == "linux" {
		names = append(names, "bad\xff.md", "s/bad\xff.md", "ж/é.md")
	}
	steps := map[string]int{"events": 300, "poll": 60}
	for mode, opt := range modes {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(11, 3))
			dir := filepath.Join(t.TempDir(), "portal")
			put(t, dir, "portal.yaml", "name: x")
			changes := watch(t, dir, opt)
			now, _, err := tree.Read(dir, tree.Options{})
			must(t, err)
			for step := range steps[mode] {
				for range 1 + r.IntN(6) {
					from, to := filepath.Join(dir, filepath.FromSlash(names[r.IntN(len(names))])), filepath.Join(dir, filepath.FromSlash(names[r.IntN(len(names))]))
					switch r.IntN(8) {
					case 0:
						_ = os.RemoveAll(from)
					case 1, 2, 3:
						_ = os.Rename(from, to)
					case 4:
						_ = os.MkdirAll(from, 0o755)
					default:
						_ = os.MkdirAll(filepath.Dir(from), 0o755)
						_ = os.WriteFile(from, []byte{byte('0' + r.IntN(10))}, 0o644)
					}
				}
				want, faults, err := tree.Read(dir, tree.Options{})
				must(t, err)
				for limit := time.After(5 * time.Second); ; {
					if now.Hash() == want.Hash() && len(now.Faults()) == len(faults) {
						break
					}
					select {
					case paths := <-changes:
						now, _, err = now.Reread(paths)
						must(t, err)
						continue
					case <-limit:
						t.Fatalf("step %d: the tree stays stale: %v", step, tree.Compare(now, want))
					}
				}
			}
		})
	}
}

// TestIgnoredIsNeverRead: a name the tree reads and the watcher ignores would be
// a stale page.
func TestIgnoredIsNeverRead(t *testing.T) {
	dir := t.TempDir()
	w := &watcher{skip: map[string]bool{}}
	for _, name := range []string{".a.md", "a.md~", "a.swp", "#a#", "node_modules/a.md", "4913", "a.tmp", "#", "~a.md", "_a.md", "a.md.bak"} {
		put(t, dir, name, "x")
	}
	read, _, err := tree.Read(dir, tree.Options{})
	must(t, err)
	ignored := 0
	w.dir = dir
	seen, _ := w.look()
	for p := range seen {
		if _, ok := read.Get(p); !ok {
			ignored++
		}
	}
	if ignored > 0 {
		t.Errorf("%d paths are watched in vain", ignored)
	}
	for _, f := range read.Files() {
		if w.ignores(f.Path) {
			t.Errorf("%s is read but not watched", f.Path)
		}
	}
}

// TestWatchFallsBack: when the folder itself goes away, events end and polling
// goes on.
func TestWatchFallsBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "portal")
	put(t, dir, "a.md", "x")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	why := make(chan string, 1)
	changes, err := Watch(ctx, dir, WatchOptions{Interval: 15 * time.Millisecond, Polling: func(s string) { why <- s }})
	must(t, err)
	must(t, os.Rename(dir, dir+"-away"))
	select {
	case s := <-why:
		if !strings.Contains(s, "moved") {
			t.Errorf("why: %q", s)
		}
	case <-time.After(5 * time.Second):
		t.Skip("this system lets nobody move a watched folder")
	}
	put(t, dir, "b.md", "x")
	for limit := time.After(5 * time.Second); ; {
		select {
		case got := <-changes:
			if slices.Contains(got, "b.md") {
				return
			}
			continue
		case <-limit:
			t.Fatal("nothing is reported any more")
		}
	}
}

func TestWatchNoFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "file", "x")
	for _, name := range []string{"missing", "file"} {
		if _, err := Watch(context.Background(), filepath.Join(dir, name), WatchOptions{}); err == nil {
			t.Errorf("%s is watched", name)
		}
	}
}
