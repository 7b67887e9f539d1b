package fleet

// This file builds the portals of a fleet, some at a time, each on its own.

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/publish"
	"belfry/generator/tree"
	"golang.org/x/sync/errgroup"
)

// BuildOptions say which portals are built, and where to.
type BuildOptions struct {
	Out       string            // the portals' folders lie below it; "" checks and writes nothing
	Only      string            // pattern of ids, such as small-*; "" for all
	Stage     string            // "" for all
	Shard     Shard             // the part of the fleet this process builds
	Jobs      int               // portals built at once; 0 for one per processor
	Anew      bool              // build what has not changed, too
	Generator generator.Options // of every portal
	Wait      time.Duration     // for another build of the same portal
	Waiting   func(id, holder string)
	Read      func(bytes int64)                    // called with the size of each portal's texts, by many goroutines
	Done      func(result Result, done, total int) // called as each portal is ready, one at a time
}

// Select returns the portals that the options mean, sorted by id.
func (f *Fleet) Select(opt BuildOptions) []Member {
	return slices.DeleteFunc(slices.Clone(f.Portals), func(m Member) bool {
		matches, _ := path.Match(opt.Only, m.ID)
		return opt.Only != "" && !matches || opt.Stage != "" && m.Stage != opt.Stage || !opt.Shard.Has(m.ID)
	})
}

// Build builds the portals of the fleet and returns the results of all. Faults
// of a portal, and what the machine refuses it, are in its result; the error is
// for the fleet as a whole, or a context that was cancelled.
func (f *Fleet) Build(ctx context.Context, opt BuildOptions) (*Report, error) {
	members := f.Select(opt)
	results := make([]Result, len(members))
	var mu sync.Mutex
	done := 0
	g, ctx := errgroup.WithContext(ctx)
	if opt.Jobs <= 0 {
		opt.Jobs = runtime.GOMAXPROCS(0)
	}
	g.SetLimit(opt.Jobs)
	opt.Generator.Jobs = max(1, runtime.GOMAXPROCS(0)/opt.Jobs)
	for i, m := range members {
		g.Go(func() error {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			began := time.Now()
			r, log, err := f.portal(ctx, m, opt)
			if err != nil {
				return err
			}
			r.Seconds = time.Since(began).Seconds()
			if opt.Out != "" {
				if err := keep(opt.Out, r, log); err != nil {
					return err
				}
			}
			mu.Lock()
			defer mu.Unlock()
			results[i] = r
			done++
			if opt.Done != nil {
				opt.Done(r, done, len(members))
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return NewReport(results), nil
}

// keep writes the result and the log of a portal below the output.
func keep(out string, r Result, log string) error {
	own := filepath.Join(out, Folder)
	return errors.Join(
		writeFile(filepath.Join(own, "results", r.ID+".json"), jsonOf(r)),
		writeFile(filepath.Join(own, "logs", r.ID+".log"), []byte(log)))
}

// portal builds one portal. Its own troubles are in the result and never an
// error, so that the others go on.
func (f *Fleet) portal(ctx context.Context, m Member, opt BuildOptions) (r Result, log string, err error) {
	r = Result{ID: m.ID, Path: m.Path, Stage: m.Stage, Status: Failed, Diagnostics: []diag.Stored{}}
	if d, gone := f.missing[m.Path]; gone {
		r.add(diag.List{d})
		return r, r.log(diag.List{d}), nil
	}
	var list diag.List
	defer func() {
		if ctx.Err() != nil {
			err = ctx.Err()
			return
		}
		r.add(f.named(m, list))
		log = r.log(f.named(m, list))
	}()
	source, faults, readErr := tree.Read(f.Folder(m), tree.Options{Skip: []string{"public"}, Limits: f.Quotas.Limits})
	if readErr != nil {
		r.Machine = true
		list.Add("fleet/unreadable", diag.Pos{File: "."}, "reason", readErr.Error())
		return r, "", nil
	}
	if opt.Read != nil {
		opt.Read(source.Bytes())
	}
	list = append(list, faults...)
	out := filepath.Join(opt.Out, m.ID)
	made := f.made(m, source, opt.Generator)
	if opt.Out != "" && !opt.Anew {
		if before, ok := f.unchanged(ctx, opt, m, made, out); ok {
			list = nil
			return before, "", nil
		}
	}
	report, sink, err := f.publish(ctx, m, source, out, opt, &list)
	if report == nil {
		r.Machine = err != nil
		if err != nil {
			list.Add("fleet/unwritable", diag.Pos{File: "."}, "reason", err.Error())
		}
		return r, "", nil
	}
	r.Documents, r.Pages, r.Bytes, r.NextChange, r.Heaviest = report.Documents, report.Pages, report.Bytes, report.NextChange, sink.heaviest
	if err != nil {
		r.Machine = true
		list.Add("fleet/unwritable", diag.Pos{File: "."}, "reason", err.Error())
		return r, "", nil
	}
	if list.Count(diag.Error) == 0 || opt.Generator.SkipBroken {
		r.Status = Published
		made.Uses = f.uses(report)
		r.Made = &made
	}
	return r, "", nil
}

// publish builds a portal into its folder, or only checks it where there is none.
func (f *Fleet) publish(ctx context.Context, m Member, source *tree.Tree, out string, opt BuildOptions, list *diag.List) (*generator.Report, *meter, error) {
	sink := &meter{limit: f.Quotas.PageBytes}
	var staging *publish.Staging
	if opt.Out != "" {
		var err error
		if err := os.MkdirAll(opt.Out, 0o755); err != nil {
			return nil, nil, err
		}
		staging, err = publish.Stage(out, f.staging(ctx, m, opt))
		if err != nil {
			return nil, nil, err
		}
		defer staging.Abort()
		sink.to = staging
	}
	limited, cancel := ctx, context.CancelFunc(func() {})
	if f.Quotas.Time > 0 {
		limited, cancel = context.WithTimeout(ctx, f.Quotas.Time)
	}
	defer cancel()
	report, err := generator.Build(limited, source, f.Options(m, opt.Generator), sink)
	if limited.Err() != nil && ctx.Err() == nil {
		list.Add("fleet/build-time", diag.Pos{File: "."}, "limit", f.Quotas.Time.String())
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	*list = append(*list, report.Diagnostics...)
	*list = append(*list, sink.faults()...)
	broken := list.Count(diag.Error) > 0 && !opt.Generator.SkipBroken // what reading found counts as well
	if staging == nil || report.Failed() || sink.over != nil || broken {
		return report, sink, nil
	}
	_, err = staging.Commit()
	return report, sink, err
}

func (f *Fleet) staging(ctx context.Context, m Member, opt BuildOptions) publish.Options {
	return publish.Options{
		Source: f.Folder(m), Wait: opt.Wait, Done: ctx.Done(), ContentNamed: generator.ContentNamed, Jobs: opt.Generator.Jobs,
		Waiting: func(holder string) {
			if opt.Waiting != nil {
				opt.Waiting(m.ID, holder)
			}
		},
	}
}

// meter hands files on and weighs the pages.
type meter struct {
	to    *publish.Staging // nil to write nothing
	limit int64

	mu       sync.Mutex
	heaviest Weight
	over     []Weight
}

// Write passes a file on.
func (s *meter) Write(name string, data []byte) error {
	if strings.HasSuffix(name, ".html") {
		w := Weight{name, int64(len(data))}
		s.mu.Lock()
		if w.Bytes > s.heaviest.Bytes || w.Bytes == s.heaviest.Bytes && w.Path < s.heaviest.Path {
			s.heaviest = w
		}
		if s.limit > 0 && w.Bytes > s.limit {
			s.over = append(s.over, w)
		}
		s.mu.Unlock()
	}
	if s.to == nil {
		return nil
	}
	return s.to.Write(name, data)
}

// Copy passes a file of the source on.
func (s *meter) Copy(f *tree.File) error {
	if s.to == nil {
		return nil
	}
	return s.to.Copy(f.Path, f.Open, f.Size, f.Hash)
}

func (s *meter) faults() diag.List {
	var list diag.List
	slices.SortFunc(s.over, func(a, b Weight) int { return strings.Compare(a.Path, b.Path) })
	for _, w := range s.over {
		list.Add("fleet/page-weight", diag.Pos{File: "."}, "path", w.Path, "size", size(w.Bytes), "limit", size(s.limit))
	}
	return list
}

func size(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// named says of every diagnostic in which file of the fleet's folder it lies.
func (f *Fleet) named(m Member, list diag.List) diag.List {
	name := func(file string) string {
		if at := f.Catalogues.Locate(file); at != file {
			return at
		}
		return path.Join(m.Path, file)
	}
	out := slices.Clone(list).Sorted()
	for i := range out {
		out[i].At.File = name(out[i].At.File)
		out[i].Related = slices.Clone(out[i].Related)
		for j := range out[i].Related {
			out[i].Related[j].At.File = name(out[i].Related[j].At.File)
		}
	}
	return out
}

// add takes the diagnostics of a build into a result that has none yet.
func (r *Result) add(list diag.List) {
	if r.Status == Unchanged {
		return
	}
	r.Errors, r.Warnings, r.Notes = list.Count(diag.Error), list.Count(diag.Warning), list.Count(diag.Note)
	for _, d := range list {
		r.Diagnostics = append(r.Diagnostics, d.Store())
	}
}

// log is what a portal's log file says: all it was told, and what became of it.
func (r *Result) log(list diag.List) string {
	var w strings.Builder
	diag.Print(&w, list, false)
	fmt.Fprintf(&w, "%s: %s, %d documents read, %d pages, %s, %d errors, %d warnings\n", r.ID, r.Status, r.Documents.Read, r.Pages, size(r.Bytes), r.Errors, r.Warnings)
	return w.String()
}

// made identifies what a portal would be built from, without the catalogues.
func (f *Fleet) made(m Member, source *tree.Tree, opt generator.Options) Made {
	h := sha256.New()
	sum := source.Hash()
	fmt.Fprintf(h, "%s\n%x\n%v %v %d\n", generator.Identity(), sum, opt.SkipBroken, opt.Strict, f.Quotas.PageBytes)
	if f.Shared != nil {
		fmt.Fprintf(h, "%x\n", f.Shared.Hash())
	}
	for _, c := range slices.Sorted(maps.Keys(m.Pins)) {
		fmt.Fprintln(h, c, m.Pins[c])
	}
	for _, c := range f.Catalogues.Library(nil).Catalogues {
		fmt.Fprintln(h, c.ID, c.Versions)
	}
	return Made{Key: hex.EncodeToString(h.Sum(nil)[:16]), For: opt.At.UTC().Format(time.RFC3339)}
}

// uses are the versions a build took documents from.
func (f *Fleet) uses(report *generator.Report) map[string]string {
	out := map[string]string{}
	for _, home := range report.Homes {
		catalogue, version, _ := strings.Cut(home, "@")
		out[home] = f.Catalogues.Hash(catalogue, version)
	}
	return out
}

// unchanged returns the result before, where the output is still there and
// nothing it was made from has changed, the time included.
func (f *Fleet) unchanged(ctx context.Context, opt BuildOptions, m Member, now Made, out string) (Result, bool) {
	var before Result
	if readJSON(filepath.Join(opt.Out, Folder, "results", m.ID+".json"), &before) != nil || before.Made == nil || before.Made.Key != now.Key || before.Status == Failed {
		return before, false
	}
	for home, hash := range before.Made.Uses {
		catalogue, version, _ := strings.Cut(home, "@")
		if f.Catalogues.Hash(catalogue, version) != hash {
			return before, false
		}
	}
	from, err := time.Parse(time.RFC3339, before.Made.For)
	if err != nil || opt.Generator.At.Before(from) {
		return before, false
	}
	if next, err := time.Parse(time.RFC3339, before.NextChange); err == nil && !opt.Generator.At.Before(next) {
		return before, false
	}
	if publish.Recover(out, f.staging(ctx, m, opt)) != nil || !whole(out) {
		return before, false
	}
	before.Path, before.Stage, before.Status = m.Path, m.Stage, Unchanged
	return before, true
}

// whole reports whether a published portal has all its files, by name and size.
func whole(out string) bool {
	manifest, err := publish.ReadManifest(out)
	if err != nil {
		return false
	}
	for _, e := range manifest.Files {
		info, err := os.Lstat(filepath.Join(out, filepath.FromSlash(e.Path)))
		if err != nil || info.Size() != e.Size {
			return false
		}
	}
	return true
}
