package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strconv"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"golang.org/x/term"
)

// printReport writes the diagnostics and the figures of a build. As text both
// go to standard output too, for that is the report.
func printReport(stdout io.Writer, texts *diag.Texts, format string, r *generator.Report, quiet bool, out string, took time.Duration) error {
	if format == "json" {
		return printJSON(stdout, r)
	}
	list := r.Diagnostics
	if quiet {
		list = nil
		for _, d := range r.Diagnostics {
			if d.Severity == diag.Error {
				list = append(list, d)
			}
		}
	}
	diag.Print(stdout, list, colour(stdout))
	if quiet {
		return nil
	}
	if len(list) > 0 {
		fmt.Fprintln(stdout)
	}
	say := func(code string, n int) string { return texts.Count(code, n, "count", strconv.Itoa(n)) }
	n := r.Documents
	fmt.Fprintf(stdout, "%s, %s\n", say("cli/documents", n.Read), texts.Say("cli/published", "published", strconv.Itoa(n.Published), "left", strconv.Itoa(n.LeftOut)))
	fmt.Fprintf(stdout, "%s, %s, %s, %s\n", say("cli/pages", r.Pages), size(r.Bytes), say("cli/errors", list.Count(diag.Error)), say("cli/warnings", list.Count(diag.Warning)))
	if r.Failed() {
		fmt.Fprintln(stdout, texts.Say("cli/nothing-published"))
		return nil
	}
	fmt.Fprintln(stdout, texts.Say("cli/published-to", "out", out, "seconds", strconv.FormatFloat(took.Seconds(), 'f', 1, 64)))
	if r.NextChange != "" {
		fmt.Fprintln(stdout, texts.Say("cli/next-change", "time", r.NextChange))
	}
	return nil
}

// printJSON writes a report for machines.
func printJSON(w io.Writer, report any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(report)
}

func count(n int, word string) string {
	if n == 1 {
		return "1 " + word
	}
	return fmt.Sprintf("%d %ss", n, word)
}

func size(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%.0f KB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

func colour(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd())) && os.Getenv("NO_COLOR") == "" && os.Getenv("CI") == ""
}

// progress shows one line on a terminal, and a plain line now and then where
// output is piped.
type progress struct {
	w        *os.File
	quiet    bool
	terminal bool
	began    time.Time
	last     time.Time
	shown    bool
}

func newProgress(w *os.File, quiet bool) *progress {
	now := time.Now()
	return &progress{w: w, quiet: quiet, terminal: term.IsTerminal(int(w.Fd())) && os.Getenv("CI") == "", began: now, last: now}
}

// update is called from one goroutine at a time.
func (p *progress) update(stage string, done, total int) {
	now := time.Now()
	every := 10 * time.Second
	if p.terminal {
		every = 100 * time.Millisecond
	}
	if p.quiet || now.Sub(p.last) < every || now.Sub(p.began) < time.Second {
		return
	}
	p.last = now
	if p.terminal {
		fmt.Fprintf(p.w, "\r%s: %d of %d ", stage, done, total)
		p.shown = true
		return
	}
	fmt.Fprintf(p.w, "%s: %d of %d\n", stage, done, total)
}

func (p *progress) done() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
	}
}
