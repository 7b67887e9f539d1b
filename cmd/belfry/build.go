package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/publish"
	"belfry/generator/tree"
	"github.com/spf13/cobra"
)

// buildFlags are the flags that build and serve share.
type buildFlags struct {
	at         string
	strict     bool
	skipBroken bool
	drafts     bool
	cache      string
	noCache    bool
}

func (f *buildFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.at, "at", "", "build as of this `TIME` (RFC 3339); the default is now")
	c.Flags().BoolVar(&f.skipBroken, "skip-broken", false, "drop and report what is faulty, publish the rest")
	c.Flags().StringVar(&f.cache, "cache", os.Getenv("BELFRY_CACHE"), cacheHelp)
	c.Flags().BoolVar(&f.noCache, "no-cache", false, "render every page anew")
}

// options turns the flags into options of the generator.
func (f *buildFlags) options() (generator.Options, error) {
	opt := generator.Options{At: time.Now(), Strict: f.strict, SkipBroken: f.skipBroken, Drafts: f.drafts}
	if f.at != "" {
		at, err := time.Parse(time.RFC3339, f.at)
		if err != nil {
			return opt, misuse("--at %q is no time; write RFC 3339, such as 2026-11-20T09:00:00+02:00", f.at)
		}
		opt.At = at
	}
	if !f.noCache {
		cache, err := openCache(f.cache)
		if err != nil {
			return opt, err
		}
		if cache != nil && cache.Verify {
			f.cache = os.Getenv("BELFRY_CACHE")
		}
		opt.Cache = cache
	}
	return opt, nil
}

func buildCommand() *cobra.Command {
	var flags buildFlags
	var out, report string
	c := &cobra.Command{
		Use:   "build [DIR]",
		Short: "Build the portal of a folder into files for any host",
		Long: "Build the portal of a folder (the current one without DIR) into files for any\nhost, DIR/public unless -o says otherwise. With faults in the content nothing is\n" +
			"published and the earlier output stays as it was.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			if report != "text" && report != "json" {
				return misuse("--report %q is unknown; write text or json", report)
			}
			opt, err := flags.options()
			if err != nil {
				return err
			}
			texts, err := speak(c)
			if err != nil {
				return err
			}
			quiet, _ := c.Flags().GetBool("quiet")
			return build(c.Context(), dir, out, flags.cache, report, quiet, opt, texts)
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&flags.strict, "strict", false, "treat warnings as errors")
	c.Flags().StringVarP(&out, "out", "o", "", "write to this `OUT` folder (default DIR/public)")
	c.Flags().StringVar(&report, "report", "text", "how to report: text or json")
	return c
}

func build(ctx context.Context, dir, out, cache, report string, quiet bool, opt generator.Options, texts *diag.Texts) error {
	began := time.Now()
	out = cmp.Or(out, filepath.Join(dir, "public"))
	opt, err := inFleet(dir, opt)
	if err != nil {
		return err
	}
	progress := newProgress(os.Stderr, quiet)
	opt.Progress = progress.update
	source, faults, err := readSource(dir, out, cache)
	if err != nil {
		return err
	}
	collectLess(source)
	staging, err := publish.Stage(out, publish.Options{
		Source: dir, Wait: time.Minute, Done: ctx.Done(), ContentNamed: generator.ContentNamed,
		Waiting: func(holder string) { fmt.Fprintf(os.Stderr, "Waiting for another build into %s (%s).\n", out, holder) },
	})
	var refused *publish.RefusedError
	if errors.As(err, &refused) {
		return misuse("%v", err)
	}
	if err != nil {
		return machine(err)
	}
	defer staging.Abort()
	result, err := generator.Build(ctx, source, opt, sink{staging})
	progress.done()
	if errors.Is(err, context.Canceled) {
		return machine(errors.New("stopped; the output is as it was"))
	}
	if err != nil {
		return machine(err)
	}
	result.Diagnostics = append(faults, result.Diagnostics...).Sorted().In(texts)
	failed := result.Failed()
	if !failed {
		if _, err := staging.Commit(); err != nil {
			return machine(err)
		}
	}
	if err := printReport(os.Stdout, texts, report, result, quiet, out, time.Since(began)); err != nil {
		return machine(err)
	}
	if failed {
		return codedError{nil, failureCode(result.Diagnostics)}
	}
	return nil
}

// collectLess sets the garbage collector for a build, which is short: collecting
// less often saves a sixth of its CPU. From about 3,000 pages on memory counts
// more, and the limit grows with what is held for the whole build, the source.
func collectLess(source *tree.Tree) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	boundMemory(source)
}

// boundMemory has garbage collected in time, by the size of a portal's texts.
func boundMemory(source *tree.Tree) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	debug.SetMemoryLimit(256<<20 + 2*source.Bytes())
}

// failureCode tells faults of the configuration from those of the content.
func failureCode(list diag.List) int {
	for _, d := range list {
		if d.Severity == diag.Error && d.At.File != portal.File {
			return exitContent
		}
	}
	return exitUse
}

// readSource reads the folder of a portal. What belfry itself writes is never
// content, wherever it lies.
func readSource(dir string, own ...string) (*tree.Tree, diag.List, error) {
	return readKnown(dir, nil, own...)
}

// readKnown is readSource where a snapshot knows some of the files.
func readKnown(dir string, known func(string, int64, time.Time) ([]byte, [32]byte, bool), own ...string) (*tree.Tree, diag.List, error) {
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return nil, nil, misuse("there is no folder %s", dir)
	}
	source, faults, err := tree.Read(dir, tree.Options{Skip: skipped(dir, own...), Known: known})
	if err != nil {
		return nil, nil, machine(err)
	}
	return source, faults, nil
}

// skipped lists, below dir, public/ and the other folders that belfry writes to.
func skipped(dir string, own ...string) []string {
	skip := []string{"public"}
	for _, o := range own {
		if rel, err := filepath.Rel(absolute(dir), absolute(o)); o != "" && err == nil && filepath.IsLocal(rel) && rel != "." {
			skip = append(skip, filepath.ToSlash(rel))
		}
	}
	return skip
}

func absolute(p string) string {
	if a, err := filepath.Abs(p); err == nil {
		return a
	}
	return p
}

// sink writes into the staging folder.
type sink struct{ *publish.Staging }

// Copy takes a file of the source as it is.
func (s sink) Copy(f *tree.File) error { return s.Staging.Copy(f.Path, f.Open, f.Size, f.Hash) }
