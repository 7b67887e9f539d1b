package upload

// A run: what the plan says, step by step, with the host's manifest kept true.

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"belfry/generator/publish"
	"belfry/generator/tree"
	"golang.org/x/sync/errgroup"
)

// Options bound a run.
type Options struct {
	// MayRemove is how many files may be removed; more is a *TooManyError. 0 means a
	// quarter of the files there, and at least 20; a negative number means any.
	// Files named by their content do not count.
	MayRemove int
	// Progress, if set, is told of every file, one at a time.
	Progress func(done, total int)
	// Step, if set, is called before each request, in tests. It may be called by
	// many goroutines.
	Step func()
}

// noteEvery is how often the host's manifest is brought up to date within a run, so
// that one that is cut off begins again not far behind.
const noteEvery = 15 * time.Second

// Run does what the plan says and looks at the host afterwards. After an error
// the host is usable, and the next run goes on.
func (p *Plan) Run(ctx context.Context, dir string, t Target, opt Options) error {
	if p.None() {
		return nil
	}
	if err := p.MayRemove(opt); err != nil {
		return err
	}
	root, err := os.OpenRoot(dir) // stays with this build when another takes its place
	if err != nil {
		return &SourceError{dir, err}
	}
	defer root.Close()
	for _, e := range p.Send {
		if _, err := read(root, e); err != nil {
			return err
		}
	}
	r := &run{plan: p, target: t, opt: opt, root: root, state: map[string]state{}}
	for name, s := range p.remote {
		r.state[name] = s
	}
	for _, e := range p.Send {
		was := r.state[e.Path]
		r.state[e.Path] = state{Entry: publish.Entry{Path: e.Path, Size: was.Size}, pending: true, there: was.there}
	}
	for _, name := range p.Remove { // whether they are there, the next run has to ask
		r.state[name] = state{Entry: publish.Entry{Path: name, ContentNamed: p.remote[name].ContentNamed}, pending: true}
	}
	if err := r.all(ctx); err != nil {
		// What did come need not come again. Where the host is out of reach this fails
		// for the reason that err tells, and what came since the last note comes again.
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Minute)
		defer cancel()
		_ = r.note(last)
		return err
	}
	return nil
}

// run is one run of a plan.
type run struct {
	plan   *Plan
	target Target
	opt    Options
	root   *os.Root

	mu    sync.Mutex
	state map[string]state // what is there, as far as it is known
	done  int
	noted time.Time
}

// all does everything in order.
func (r *run) all(ctx context.Context) error {
	if err := r.note(ctx); err != nil {
		return err
	}
	for _, name := range r.plan.block {
		if err := r.remove(ctx, name); err != nil {
			return err
		}
	}
	send := r.plan.Send
	for len(send) > 0 {
		n := 1
		for n < len(send) && r.plan.turns[send[n].Path] == r.plan.turns[send[0].Path] {
			n++
		}
		if err := r.batch(ctx, send[:n]); err != nil {
			return err
		}
		if err := r.verify(ctx, send[:n]); err != nil {
			return err
		}
		send = send[n:]
	}
	twins := r.plan.twins()
	for _, name := range r.plan.Remove {
		if slices.Contains(r.plan.block, name) {
			continue
		}
		if err := r.remove(ctx, name); err != nil {
			return err
		}
		for _, e := range twins[tree.Fold(name)] {
			if err := r.again(ctx, e); err != nil {
				return err
			}
		}
	}
	return r.note(ctx)
}

func (r *run) step(ctx context.Context) error {
	if r.opt.Step != nil {
		r.opt.Step()
	}
	return ctx.Err()
}

// told counts a file; the lock is held.
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
			if err := r.send(inner, e); err != nil {
				return err
			}
			r.mu.Lock()
			defer r.mu.Unlock()
			r.state[e.Path] = state{Entry: e, there: true}
			r.told()
			if time.Since(r.noted) > noteEvery {
				return r.noteLocked(inner)
			}
			return nil
		})
	}
	return g.Wait()
}

// send reads a file, makes sure that it is the one the manifest names, and sends it.
func (r *run) send(ctx context.Context, e publish.Entry) error {
	data, err := read(r.root, e)
	if err != nil {
		return err
	}
	if err := r.step(ctx); err != nil {
		return err
	}
	if err := r.target.Put(ctx, e.Path, data, e.ContentNamed); err != nil {
		return fmt.Errorf("%s was not sent: %w", e.Path, err)
	}
	return nil
}

// read reads a file that is to be sent.
func read(root *os.Root, e publish.Entry) ([]byte, error) {
	data, err := root.ReadFile(filepath.FromSlash(e.Path))
	if err != nil {
		return nil, &SourceError{e.Path, err}
	}
	if sha256.Sum256(data) != e.Hash {
		return nil, &SourceError{e.Path, errors.New("it is not the file that was built; build again")}
	}
	return data, nil
}

// remove removes a file.
func (r *run) remove(ctx context.Context, name string) error {
	if err := r.step(ctx); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.plan.remote[name].pending { // a run was cut off while it came
		if err := r.target.Remove(ctx, partName(name)); err != nil {
			return fmt.Errorf("%s cannot be removed: %w", partName(name), err)
		}
	}
	if err := r.target.Remove(ctx, name); err != nil {
		return fmt.Errorf("%s cannot be removed: %w", name, err)
	}
	delete(r.state, name)
	r.told()
	return nil
}

// again sends a file again if the removal of another has hit it.
func (r *run) again(ctx context.Context, e publish.Entry) error {
	if err := r.step(ctx); err != nil {
		return err
	}
	if _, err := r.target.Size(ctx, e.Path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	r.mu.Lock()
	r.state[e.Path] = state{Entry: publish.Entry{Path: e.Path}, pending: true}
	r.mu.Unlock()
	if err := r.send(ctx, e); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.state[e.Path] = state{Entry: e, there: true}
	return nil
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
	m := publish.Manifest{Files: make([]publish.Entry, 0, len(r.state))}
	for _, s := range r.state {
		m.Files = append(m.Files, s.entry())
	}
	slices.SortFunc(m.Files, func(a, b publish.Entry) int { return cmp.Compare(a.Path, b.Path) })
	raw, err := m.Encode()
	if err != nil {
		return err
	}
	if err := r.target.Put(ctx, publish.ManifestName, raw, false); err != nil {
		return fmt.Errorf("the list of what is there (%s) cannot be written: %w", publish.ManifestName, err)
	}
	r.noted = time.Now()
	return nil
}

// verify asks the host for the size of files that were sent, before anything that
// leads to them is. What is wrong is sent again by the next run.
func (r *run) verify(ctx context.Context, entries []publish.Entry) error {
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(max(1, r.target.Parallel()))
	var wrong []string
	for _, e := range entries {
		g.Go(func() error {
			if err := r.step(inner); err != nil {
				return err
			}
			n, err := r.target.Size(inner, e.Path)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				return fmt.Errorf("%s was sent and cannot be looked at: %w", e.Path, err)
			}
			if err != nil || n != e.Size {
				r.mu.Lock()
				wrong = append(wrong, e.Path)
				r.state[e.Path] = state{Entry: publish.Entry{Path: e.Path}, pending: true, there: err == nil}
				r.mu.Unlock()
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if len(wrong) > 0 {
		slices.Sort(wrong)
		return fmt.Errorf("%d of the files sent did not arrive whole, the first is %s; is the disk there full?", len(wrong), wrong[0])
	}
	return nil
}
