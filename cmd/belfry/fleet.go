package main

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/fleet"
	"github.com/spf13/cobra"
)

// fleetCommand is about many portals at once.
func fleetCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "fleet",
		Short: "Build and look after many portals that share a catalogue",
		Long:  "Build and look after the portals that a fleet.yaml lists: each on its own, with\nwhat they share read once. FLEET is a fleet.yaml or its folder.",
	}
	c.AddCommand(fleetBuildCommand(), fleetCheckCommand(), fleetMergeCommand(), fleetStatusCommand())
	return c
}

// fleetFlags are those of fleet build and fleet check.
type fleetFlags struct {
	buildFlags
	only, stage, shard, report string
	jobs                       int
	anew                       bool
}

func (f *fleetFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.at, "at", "", "build as of this `TIME` (RFC 3339); the default is now")
	c.Flags().BoolVar(&f.skipBroken, "skip-broken", false, "drop and report what is faulty, publish the rest")
	c.Flags().BoolVar(&f.strict, "strict", false, "treat warnings as errors")
	c.Flags().StringVar(&f.only, "only", "", "only the portals whose id matches this `PATTERN`, such as small-*")
	c.Flags().StringVar(&f.stage, "stage", "", "only the portals of this `STAGE`, such as live")
	c.Flags().StringVar(&f.shard, "shard", "", "only one part of the fleet: its number and how many there are, such as `2/8`; by itself from CI_NODE_INDEX and CI_NODE_TOTAL, or JOB_COMPLETION_INDEX and BELFRY_SHARDS")
	c.Flags().IntVar(&f.jobs, "jobs", 0, "build this many portals at a time; the default is one per processor")
	c.Flags().StringVar(&f.report, "report", "text", "how to report: text, json, junit or github")
}

// options reads the fleet and turns the flags into options of its build.
func (f *fleetFlags) options(args []string) (*fleet.Fleet, fleet.BuildOptions, error) {
	var opt fleet.BuildOptions
	gen, err := f.buildFlags.options()
	if err != nil {
		return nil, opt, err
	}
	if _, err := path.Match(f.only, ""); err != nil {
		return nil, opt, misuse("--only %q is no pattern; write a star for any letters, such as small-*", f.only)
	}
	switch f.report {
	case "text", "json", "junit", "github":
	default:
		return nil, opt, misuse("--report %q is unknown; write text, json, junit or github", f.report)
	}
	shard, err := fleet.ShardFrom(os.Getenv)
	if f.shard != "" {
		shard, err = fleet.ParseShard(f.shard)
	}
	if err != nil {
		return nil, opt, misuse("%v", err)
	}
	opt = fleet.BuildOptions{Only: f.only, Stage: f.stage, Shard: shard, Jobs: f.jobs, Anew: f.anew || gen.Cache != nil && gen.Cache.Verify, Generator: gen, Wait: time.Minute}
	fl, err := readFleet(args)
	return fl, opt, err
}

// readFleet reads the fleet of a command's argument; faults in fleet.yaml end
// the command.
func readFleet(args []string) (*fleet.Fleet, error) {
	name := "."
	if len(args) > 0 {
		name = args[0]
	}
	f, faults, err := fleet.Read(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, misuse("there is no %s in %s; it lists the portals: portals: [\"towns/*\"]", fleet.File, name)
	}
	if err != nil {
		return nil, machine(err)
	}
	diag.Print(os.Stderr, faults, colour(os.Stderr))
	if faults.Count(diag.Error) > 0 {
		return nil, codedError{nil, exitUse}
	}
	return f, nil
}

func fleetBuildCommand() *cobra.Command {
	var flags fleetFlags
	var out string
	c := &cobra.Command{
		Use:   "build [FLEET]",
		Short: "Build all portals of a fleet",
		Long:  "Build all portals of a fleet into OUT/<id>, each all or nothing. One that has\nfaults keeps its last good output and does not stop the others; the exit code is\nthen 4. Logs and results lie in OUT/.belfry. What has not changed is not built again.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			quiet, _ := c.Flags().GetBool("quiet")
			f, opt, err := flags.options(args)
			if err != nil {
				return err
			}
			opt.Out = cmp.Or(out, filepath.Join(f.Dir, "public"))
			return runFleet(c, f, opt, flags.report, quiet)
		},
	}
	flags.register(c)
	c.Flags().StringVarP(&out, "out", "o", "", "write to folders below `OUT` (default FLEET/public)")
	c.Flags().BoolVar(&flags.anew, "anew", false, "build what has not changed, too")
	c.Flags().StringVar(&flags.cache, "cache", os.Getenv("BELFRY_CACHE"), cacheHelp)
	return c
}

func fleetCheckCommand() *cobra.Command {
	var flags fleetFlags
	c := &cobra.Command{
		Use:   "check [FLEET]",
		Short: "Look for faults in all portals and write nothing",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			quiet, _ := c.Flags().GetBool("quiet")
			f, opt, err := flags.options(args)
			if err != nil {
				return err
			}
			return runFleet(c, f, opt, flags.report, quiet)
		},
	}
	flags.register(c)
	return c
}

// runFleet builds and reports.
func runFleet(c *cobra.Command, f *fleet.Fleet, opt fleet.BuildOptions, format string, quiet bool) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(800) // [boundFleet] sees to the rest
	}
	if len(f.Select(opt)) == 0 && opt.Shard.Of <= 1 {
		return misuse("no portal of this fleet has an id like %q and the stage %q", opt.Only, opt.Stage)
	}
	opt.Read = boundFleet(cmp.Or(opt.Jobs, runtime.GOMAXPROCS(0)))
	began := time.Now()
	progress := newProgress(os.Stderr, quiet)
	opt.Done = func(r fleet.Result, done, total int) { progress.update("portals", done, total) }
	opt.Waiting = func(id, holder string) {
		if !quiet {
			fmt.Fprintf(os.Stderr, "%s: waiting for another build (%s).\n", id, holder)
		}
	}
	report, err := f.Build(c.Context(), opt)
	progress.done()
	if err != nil {
		return machine(err)
	}
	if opt.Out != "" {
		if err := fleet.Keep(opt.Out, report, opt.Shard); err != nil {
			return machine(err)
		}
	}
	if err := printFleet(report, format, quiet, opt.Out, time.Since(began)); err != nil {
		return machine(err)
	}
	if report.Totals.Failed > 0 {
		return codedError{nil, exitSome}
	}
	return nil
}

func fleetMergeCommand() *cobra.Command {
	var report string
	c := &cobra.Command{
		Use:   "merge OUT...",
		Short: "Join the results of shards into one report",
		Long:  "Join the results below several OUT folders, one for each shard, into the report\nthat one build of the whole fleet would have given.",
		Args:  cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			quiet, _ := c.Flags().GetBool("quiet")
			merged, err := fleet.Merge(args...)
			var none *fleet.NoResultsError
			var twice *fleet.TwiceError
			if errors.As(err, &none) || errors.As(err, &twice) {
				return misuse("%v", err)
			}
			if err != nil {
				return machine(err)
			}
			if err := printFleet(merged, report, quiet, "", 0); err != nil {
				return machine(err)
			}
			if merged.Totals.Failed > 0 {
				return codedError{nil, exitSome}
			}
			return nil
		},
	}
	c.Flags().StringVar(&report, "report", "text", "how to report: text, json, junit or github")
	return c
}

// printFleet writes the report of a fleet to standard output.
func printFleet(r *fleet.Report, format string, quiet bool, out string, took time.Duration) error {
	switch format {
	case "json":
		return printJSON(os.Stdout, r)
	case "junit":
		_, err := os.Stdout.Write(r.JUnit())
		return err
	case "github":
		_, err := os.Stdout.WriteString(r.GitHub())
		return err
	}
	for _, p := range r.Portals {
		if p.Status != fleet.Failed {
			continue
		}
		var list diag.List
		for _, s := range p.Diagnostics {
			if d, ok := s.Diagnostic(); ok && d.Severity == diag.Error {
				list = append(list, d)
			}
		}
		fmt.Printf("%s\n", p.ID)
		diag.Print(os.Stdout, list, colour(os.Stdout))
		fmt.Println()
	}
	if quiet {
		return nil
	}
	fmt.Print(r.Table())
	if out != "" {
		fmt.Printf("Logs and results lie in %s.\n", filepath.Join(out, fleet.Folder))
	}
	if took > 0 {
		fmt.Printf("Done in %.1f s.\n", took.Seconds())
	}
	return nil
}

// inFleet adds what a portal takes from the fleet above it that lists it.
func inFleet(dir string, opt generator.Options) (generator.Options, error) {
	f, m, faults, err := fleet.Find(dir)
	if err != nil {
		return opt, machine(err)
	}
	if f == nil {
		return opt, nil
	}
	if faults.Count(diag.Error) > 0 {
		fmt.Fprintf(os.Stderr, "The fleet above this portal, %s, has faults:\n", filepath.Join(f.Dir, fleet.File))
		diag.Print(os.Stderr, faults, colour(os.Stderr))
		return opt, codedError{nil, exitUse}
	}
	return f.Options(*m, opt), nil
}

// boundFleet keeps memory flat in the number of portals: it has garbage collected in
// time for what the largest portals seen so far need at once. A portal holds up to
// 24 times its texts while it is built, beside 140 MB for belfry, the theme, what
// analysis remembers of words, and what is reported.
func boundFleet(jobs int) func(bytes int64) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return nil
	}
	var mu sync.Mutex
	largest := int64(-1)
	return func(bytes int64) {
		mu.Lock()
		defer mu.Unlock()
		if bytes > largest {
			largest = bytes
			debug.SetMemoryLimit(140<<20 + int64(jobs)*24*bytes)
		}
	}
}
