package main

import (
	"context"
	"fmt"
	"net"
	"os"
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
			opt.SkipBroken = true
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
	// Watch first and read then: no change between the two is lost.
	changes, err := preview.Watch(ctx, s.dir, preview.WatchOptions{Poll: poll, Skip: skipped(s.dir, s.cache), Polling: func(why string) {
		fmt.Fprintf(os.Stderr, "Looking at the files every half second, because %s.\n", why)
	}})
	if err != nil {
		return machine(err)
	}
	if s.source, s.faults, err = readSource(s.dir, s.cache); err != nil {
		return err
	}
	listener, err := preview.FreeListener(addr)
	if err != nil {
		return machine(err)
	}
	server := preview.New(preview.Options{Dir: s.dir, Host: host, ReadOnly: lan, Lang: s.texts.Lang})
	server.Show(s.portal())
	fmt.Printf("The portal of %s is at %s\n", s.dir, preview.URL(listener))
	if lan {
		if err := invite(listener); err != nil {
			fmt.Fprintln(os.Stderr, "belfry:", err)
		}
	}
	go func() {
		for paths := range changes {
			if s.reread(paths) {
				server.Show(s.portal())
			}
		}
	}()
	if err := server.Serve(ctx, listener); err != nil {
		return machine(err)
	}
	return nil
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

// reread takes up the paths that may have changed and reports whether one has.
func (s *serving) reread(paths []string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	next, faults, err := s.source.Reread(paths)
	if err != nil {
		fmt.Fprintln(os.Stderr, "belfry:", err)
		return false
	}
	changed := !tree.Compare(s.source, next).None()
	s.source, s.faults = next, faults
	return changed
}

// portal plans the source as it stands and says how its files are made.
func (s *serving) portal() preview.Portal {
	s.mu.Lock()
	opt := s.opt
	if !s.fixed {
		opt.At = time.Now()
	}
	plan := generator.Prepare(s.source, opt)
	faults := append(s.faults[:len(s.faults):len(s.faults)], plan.Faults()...).In(s.texts)
	s.mu.Unlock()
	if !s.quiet && faults.Count(diag.Error)+faults.Count(diag.Warning) > 0 {
		say := func(code string, severity diag.Severity) string {
			n := faults.Count(severity)
			return s.texts.Count(code, n, "count", strconv.Itoa(n))
		}
		fmt.Fprintf(os.Stderr, "%s, %s\n", say("cli/errors", diag.Error), say("cli/warnings", diag.Warning))
	}
	if plan.Portal == nil {
		diag.Print(os.Stderr, faults, colour(os.Stderr))
	}
	var mu sync.Mutex
	found := map[string]diag.List{} // by page, what only rendering finds
	return preview.Portal{
		Page: func(name string) ([]byte, bool, error) {
			if plan.Portal == nil {
				return unusable(name, faults)
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
