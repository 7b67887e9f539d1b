package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"runtime/debug"
	"strconv"
	"sync"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/preview"
	"belfry/generator/tree"
	"github.com/spf13/cobra"
)

func serveCommand() *cobra.Command {
	var flags buildFlags
	var addr string
	var poll, lan bool
	c := &cobra.Command{
		Use:   "serve [DIR]",
		Short: "Show the portal of a folder while you write",
		Long:  "Show the portal of a folder (the current one without DIR) in the browser. Pages\nare made when they are asked for and load again when a file is saved. A broken\nfile does not stop the others; what is wrong is shown in the page.",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			opt, err := flags.options()
			if err != nil {
				return err
			}
			opt.SkipBroken, opt.Serve, opt.LastGood = true, true, true
			if opt, err = inFleet(dir, opt); err != nil {
				return err
			}
			texts, err := speak(c)
			if err != nil {
				return err
			}
			quiet, _ := c.Flags().GetBool("quiet")
			s := &serving{dir: dir, texts: texts, cache: flags.cache, opt: opt, fixed: flags.at != "", quiet: quiet}
			return s.run(c.Context(), addr, poll, lan)
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&flags.drafts, "drafts", false, "show drafts too")
	c.Flags().StringVar(&addr, "addr", "localhost:8080", "listen on this `HOST:PORT`; a free port is taken where it is in use")
	c.Flags().BoolVar(&poll, "poll", false, "look at the files in turn, where the system does not tell of changes")
	c.Flags().BoolVar(&lan, "lan", false, "let phones on the same network look, and print a QR code for them")
	return c
}

// serving is one run of serve.
type serving struct {
	dir   string
	cache string // folder, or empty
	opt   generator.Options
	fixed bool // --at was given
	quiet bool
	texts *diag.Texts

	mu     sync.Mutex
	source *tree.Tree
	faults diag.List // of reading
	plan   *generator.Plan

	voice sync.Mutex
	said  string // the numbers of faults told last
}

func (s *serving) run(ctx context.Context, addr string, poll, lan bool) error {
	if lan {
		_, port, err := net.SplitHostPort(addr)
		if err != nil {
			return misuse("--addr %q is no HOST:PORT", addr)
		}
		addr = net.JoinHostPort("", port)
	}
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return misuse("--addr %q is no HOST:PORT", addr)
	}
	if info, err := os.Stat(s.dir); err != nil || !info.IsDir() {
		return misuse("there is no folder %s", s.dir)
	}
	server := preview.New(preview.Options{Dir: s.dir, Host: host, ReadOnly: lan, Lang: s.texts.Lang})
	changes, err := s.start(ctx, server, poll)
	if err != nil {
		return err
	}
	listener, err := preview.FreeListener(addr)
	if err != nil {
		return machine(err)
	}
	fmt.Printf("The portal of %s is at %s\n", s.dir, preview.URL(listener))
	if lan {
		if err := invite(listener); err != nil {
			fmt.Fprintln(os.Stderr, "belfry:", err)
		}
	}
	go s.follow(changes, server)
	if err := server.Serve(ctx, listener); err != nil {
		return machine(err)
	}
	return nil
}

// start reads the portal, shows it, and returns the changes from then on.
func (s *serving) start(ctx context.Context, server *preview.Server, poll bool) (<-chan []string, error) {
	if os.Getenv("GOGC") == "" { // most of what is read stays; [boundMemory] sees to the rest
		debug.SetGCPercent(400)
	}
	var known *generator.Snapshot
	var opened sync.WaitGroup
	if s.opt.Cache != nil {
		opened.Go(func() { known = s.opt.Cache.Snapshot(absolute(s.dir)) }) // while the folder is listed
	}
	// Watch first and read then: no change between the two is lost.
	changes, err := preview.Watch(ctx, s.dir, preview.WatchOptions{Poll: poll, Skip: skipped(s.dir, s.cache), Polling: func(why string) {
		fmt.Fprintf(os.Stderr, "Looking at the files every half second, because %s.\n", why)
	}})
	if err != nil {
		return nil, machine(err)
	}
	read := time.Now()
	s.source, s.faults, err = readKnown(s.dir, func(name string, size int64, modified time.Time) ([]byte, [32]byte, bool) {
		opened.Wait()
		return known.Known(name, size, modified)
	}, s.cache)
	if err != nil {
		return nil, err
	}
	opened.Wait()
	s.opt.Snapshot = known
	boundMemory(s.source)
	server.Show(s.portal())
	go s.plan.Save(s.opt.Snapshot, read)
	s.opt.Snapshot = nil
	return changes, nil
}

// invite prints where phones find the portal.
func invite(l net.Listener) error {
	url, err := preview.LANURL(l)
	if err != nil {
		return err
	}
	code, err := preview.QR(url, colour(os.Stdout))
	if err != nil {
		return err
	}
	fmt.Printf("On the same network: %s\n%s", url, code)
	return nil
}

// retry is how long after a failed look at the folder the next one follows.
const retry = 300 * time.Millisecond

// follow shows the portal anew after every change of its folder, and at every
// moment that changes it: a document appears or expires, an event begins. It
// ends with the changes.
func (s *serving) follow(changes <-chan []string, server *preview.Server) {
	failed := ""
	for {
		due, wake := s.due(), (<-chan time.Time)(nil)
		if failed != "" {
			due = retry
		}
		if due > 0 {
			wake = time.After(due)
		}
		var paths []string
		select {
		case more, open := <-changes:
			if !open {
				return
			}
			paths = more
		case <-wake:
		}
		if failed != "" {
			paths = []string{"."} // what was missed then may be anywhere
		}
		changed, err := s.reread(paths)
		if err != nil {
			if failed != err.Error() {
				fmt.Fprintln(os.Stderr, "belfry:", err)
			}
			failed = err.Error()
			continue
		}
		failed = ""
		if changed || paths == nil {
			server.Show(s.portal())
		}
	}
}

// due is how long the portal stays as it is by itself; 0 for ever. It is asked
// again at least every hour, for clocks are set.
func (s *serving) due() time.Duration {
	next, err := time.Parse(time.RFC3339, s.plan.Report.NextChange)
	if s.fixed || err != nil {
		return 0
	}
	return min(max(time.Until(next), time.Second), time.Hour)
}

// reread takes up the paths that may have changed and reports whether one has.
func (s *serving) reread(paths []string) (changed bool, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	next, faults, err := s.source.Reread(paths)
	if err != nil {
		return false, err
	}
	changed = !tree.Compare(s.source, next).None() || len(faults) != len(s.faults)
	s.source, s.faults = next, faults
	return changed, nil
}

// portal plans the source as it stands and says how its files are made.
func (s *serving) portal() preview.Portal {
	s.mu.Lock()
	opt := s.opt
	if !s.fixed {
		opt.At = time.Now()
	}
	plan := s.plan
	if plan == nil {
		plan = generator.Prepare(s.source, opt)
	} else {
		plan = plan.Next(s.source, opt)
	}
	s.plan = plan
	reading := s.faults
	s.mu.Unlock()
	// Sorting thousands of faults can wait until the page is there.
	told := sync.OnceValue(func() diag.List { return append(reading[:len(reading):len(reading)], plan.Faults()...).In(s.texts) })
	go s.say(plan, told)
	var mu sync.Mutex
	found := map[string]diag.List{} // by page, what only rendering finds
	return preview.Portal{
		Page: func(name string) ([]byte, bool, error) {
			if plan.Portal == nil {
				return unusable(name, told())
			}
			raw, here, ok, err := plan.File(name)
			mu.Lock()
			found[name] = here.In(s.texts)
			mu.Unlock()
			return raw, ok, err
		},
		About: func(name string) preview.About {
			mu.Lock()
			here := found[name]
			mu.Unlock()
			faults := told()
			about := preview.About{Source: plan.Source(name), Here: here[:len(here):len(here)], All: append(faults[:len(faults):len(faults)], here...)}
			for _, d := range faults {
				if d.At.File == about.Source && about.Source != "" {
					about.Here = append(about.Here, d)
				}
			}
			return about
		},
	}
}

// say prints how many faults there are, or which, where there can be no portal.
func (s *serving) say(plan *generator.Plan, told func() diag.List) {
	s.voice.Lock()
	defer s.voice.Unlock()
	faults := told()
	count := func(code string, severity diag.Severity) string {
		n := faults.Count(severity)
		return s.texts.Count(code, n, "count", strconv.Itoa(n))
	}
	counts := count("cli/errors", diag.Error) + ", " + count("cli/warnings", diag.Warning)
	if !s.quiet && counts != s.said && (s.said != "" || faults.Count(diag.Error)+faults.Count(diag.Warning) > 0) {
		fmt.Fprintln(os.Stderr, counts)
	}
	s.said = counts
	if plan.Portal == nil {
		diag.Print(os.Stderr, faults, colour(os.Stderr))
	}
}
