// Package upload brings a published folder to a host: a folder, SFTP, FTP, storage
// that speaks S3, or WebDAV. It sends what differs between the manifest here and
// the one there, in an order in which no page that readers can reach asks for a
// file that has not come yet, and removes what is gone at the very end.
//
// The manifest on the host is rewritten as files arrive. A run that is cut off is
// taken up by the next one, from wherever that runs; one that finds nothing to do
// sends nothing.
package upload

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"belfry/generator/publish"
	"golang.org/x/sync/errgroup"
)

// Target is a host that takes files. Names are slash paths below its folder. All
// methods may be called by as many goroutines as Parallel says.
type Target interface {
	// Get returns a file's bytes; the error wraps fs.ErrNotExist where there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	// Put replaces a file, in one step where the host can do that.
	Put(ctx context.Context, name string, data []byte, forever bool) error
	// Size returns a file's size in bytes; the error wraps fs.ErrNotExist.
	Size(ctx context.Context, name string) (int64, error)
	// Remove removes a file; one that is not there is no error.
	Remove(ctx context.Context, name string) error
	Parallel() int
	Close() error
}

// Plan is what a run would do.
type Plan struct {
	Send   []publish.Entry // in the order in which they are sent
	Remove []string        // afterwards
	Same   int             // files that are there already
	Bytes  int64           // of Send

	local, remote publish.Manifest
	first         bool // there was no manifest
}

// Options bound a run.
type Options struct {
	// MayRemove is how many files may be removed; more is a *TooManyError. 0 means a
	// quarter of the files there, and at least 50; a negative number means any.
	MayRemove int
	// Progress, if set, is told of every file, one at a time.
	Progress func(done, total int)
	// Step, if set, is called before each request, in tests.
	Step func()
}

// TooManyError says that a run would remove suspiciously much.
type TooManyError struct{ Remove, Of, May int }

func (e *TooManyError) Error() string {
	return fmt.Sprintf("%d of the %d files there would be removed, more than the %d that go without asking; look whether this is the right portal and target, and allow it with --remove %d", e.Remove, e.Of, e.May, e.Remove)
}

// Compare reads the manifest of a published folder and that of the target, and
// says what is to be done.
func Compare(ctx context.Context, dir string, t Target) (*Plan, error) {
	local, err := publish.ReadManifest(dir)
	if err != nil {
		return nil, err
	}
	p := &Plan{local: local}
	raw, err := t.Get(ctx, publish.ManifestName)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.first = true
	case err != nil:
		return nil, fmt.Errorf("the list of what is there cannot be read: %w", err)
	default:
		if p.remote, err = publish.ParseManifest(raw); err != nil {
			return nil, fmt.Errorf("%s on the host is damaged: %w; remove it there, and everything is sent again", publish.ManifestName, err)
		}
	}
	there := map[string]publish.Entry{}
	for _, e := range p.remote.Files {
		there[e.Path] = e
	}
	for _, e := range local.Files {
		old, had := there[e.Path]
		delete(there, e.Path)
		if had && old.Hash == e.Hash && old.Size == e.Size {
			p.Same++
			continue
		}
		p.Send = append(p.Send, e)
		p.Bytes += e.Size
	}
	had := map[string]bool{}
	for _, e := range p.remote.Files {
		had[e.Path] = e.Hash != [32]byte{}
	}
	slices.SortStableFunc(p.Send, func(a, b publish.Entry) int {
		return cmp.Or(cmp.Compare(turn(a.Path, had[a.Path]), turn(b.Path, had[b.Path])), cmp.Compare(a.Path, b.Path))
	})
	for path := range there {
		p.Remove = append(p.Remove, path)
	}
	slices.SortFunc(p.Remove, func(a, b string) int {
		return cmp.Or(cmp.Compare(-turn(a, true), -turn(b, true)), cmp.Compare(a, b))
	})
	return p, nil
}

// turn is when a file is sent: what pages ask for, pages nobody links to yet, pages
// that are there, data about all of them, and last what begins a search or keeps
// pages for later.
func turn(path string, there bool) int {
	switch {
	case strings.HasSuffix(path, ".html") && !there:
		return 1
	case strings.HasSuffix(path, ".html"):
		return 2
	case path == "sitemap.xml" || path == "robots.txt" || path == "forms.json" || strings.HasSuffix(path, ".atom") || strings.HasSuffix(path, ".ics"):
		return 3
	case strings.HasPrefix(path, "search/") && strings.Count(path, "/") == 1 && !strings.ContainsAny(path[len("search/"):], "0123456789"):
		return 4
	case path == "sw.js" || path == "service-worker.js":
		return 5
	}
	return 0
}

// None reports whether there is nothing to do.
func (p *Plan) None() bool { return len(p.Send) == 0 && len(p.Remove) == 0 }

// mayRemove is how many files the options let a run remove.
func (p *Plan) mayRemove(opt Options) error {
	may := opt.MayRemove
	if may == 0 {
		may = max(50, len(p.remote.Files)/4)
	}
	if may >= 0 && len(p.Remove) > may {
		return &TooManyError{len(p.Remove), len(p.remote.Files), may}
	}
	return nil
}

// Run does what the plan says and looks at the host afterwards. After an error
// the host is usable, and the next run goes on.
func (p *Plan) Run(ctx context.Context, dir string, t Target, opt Options) error {
	if p.None() {
		return nil
	}
	if err := p.mayRemove(opt); err != nil {
		return err
	}
	r := &run{plan: p, target: t, opt: opt, dir: dir, state: map[string]publish.Entry{}}
	for _, e := range p.remote.Files {
		r.state[e.Path] = e
	}
	// Name what is coming before it comes: a file that is sent and then not
	// wanted any more must not be forgotten there.
	for _, e := range p.Send {
		if _, known := r.state[e.Path]; !known {
			r.state[e.Path] = publish.Entry{Path: e.Path}
		}
	}
	if err := r.note(ctx); err != nil {
		return err
	}
	for from := 0; from < len(p.Send); {
		to := from
		kind := func(e publish.Entry) int { return turn(e.Path, r.had(e.Path)) }
		for to < len(p.Send) && kind(p.Send[to]) == kind(p.Send[from]) {
			to++
		}
		if err := r.batch(ctx, p.Send[from:to]); err != nil {
			return err
		}
		from = to
	}
	if err := r.verify(ctx); err != nil {
		return err
	}
	for _, path := range p.Remove {
		if err := r.step(ctx); err != nil {
			return err
		}
		if err := t.Remove(ctx, path); err != nil {
			return errors.Join(fmt.Errorf("%s cannot be removed: %w", path, err), r.note(ctx))
		}
		delete(r.state, path)
		r.told()
	}
	return r.note(ctx)
}

// run is one run of a plan.
type run struct {
	plan   *Plan
	target Target
	opt    Options
	dir    string

	mu    sync.Mutex
	state map[string]publish.Entry // what is there, as far as it is known
	done  int
	noted time.Time
}

// had reports whether a file stood there before the run.
func (r *run) had(path string) bool {
	i, ok := slices.BinarySearchFunc(r.plan.remote.Files, path, func(e publish.Entry, p string) int { return cmp.Compare(e.Path, p) })
	return ok && r.plan.remote.Files[i].Hash != [32]byte{}
}

func (r *run) step(ctx context.Context) error {
	if r.opt.Step != nil {
		r.opt.Step()
	}
	return ctx.Err()
}

func (r *run) told() {
	r.done++
	if r.opt.Progress != nil {
		r.opt.Progress(r.done, len(r.plan.Send)+len(r.plan.Remove))
	}
}

// batch sends files that may come in any order, some at a time.
func (r *run) batch(ctx context.Context, entries []publish.Entry) error {
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(max(1, r.target.Parallel()))
	for _, e := range entries {
		g.Go(func() error {
			if err := r.step(inner); err != nil {
				return err
			}
			if err := r.send(inner, e); err != nil {
				return fmt.Errorf("%s was not sent: %w", e.Path, err)
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.state[e.Path] = e
			r.told()
			if time.Since(r.noted) > 15*time.Second {
				return r.noteLocked(inner)
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return errors.Join(err, r.note(context.WithoutCancel(ctx)))
	}
	return nil
}

// send reads a file, makes sure that it is the one the manifest names, and sends it.
func (r *run) send(ctx context.Context, e publish.Entry) error {
	data, err := os.ReadFile(filepath.Join(r.dir, filepath.FromSlash(e.Path)))
	if err != nil {
		return err
	}
	if sum(data) != e.Hash {
		return errors.New("it is not the file that was built; build again")
	}
	return r.target.Put(ctx, e.Path, data, e.ContentNamed)
}

// note writes down on the host what is there.
func (r *run) note(ctx context.Context) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.noteLocked(ctx)
}

func (r *run) noteLocked(ctx context.Context) error {
	if err := r.step(ctx); err != nil {
		return err
	}
	m := publish.Manifest{}
	for _, e := range r.state {
		m.Files = append(m.Files, e)
	}
	slices.SortFunc(m.Files, func(a, b publish.Entry) int { return cmp.Compare(a.Path, b.Path) })
	raw, err := m.Encode()
	if err != nil {
		return err
	}
	if err := r.target.Put(ctx, publish.ManifestName, raw, false); err != nil {
		return fmt.Errorf("the list of what is there cannot be written: %w", err)
	}
	r.noted = time.Now()
	return nil
}

// verify asks the host for the size of every file that was sent. What is wrong is
// sent again by the next run.
func (r *run) verify(ctx context.Context) error {
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(max(1, r.target.Parallel()))
	var wrong []string
	for _, e := range r.plan.Send {
		g.Go(func() error {
			if err := r.step(inner); err != nil {
				return err
			}
			n, err := r.target.Size(inner, e.Path)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			if err != nil || n != e.Size {
				r.mu.Lock()
				wrong = append(wrong, e.Path)
				r.state[e.Path] = publish.Entry{Path: e.Path}
				r.mu.Unlock()
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return errors.Join(fmt.Errorf("what was sent could not be looked at: %w", err), r.note(context.WithoutCancel(ctx)))
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return errors.Join(fmt.Errorf("%d files did not arrive whole, the first is %s; run it again", len(wrong), wrong[0]), r.note(ctx))
	}
	return nil
}

// reader is a file's bytes for libraries that read.
func reader(data []byte) *bytes.Reader { return bytes.NewReader(data) }
