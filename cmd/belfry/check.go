package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/audit"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/tree"
	"github.com/spf13/cobra"
)

// checkFlags are the flags of check.
type checkFlags struct {
	at, report, profile, owners, explain string
	only                                 []string
	external, strict, rules, drafts      bool
	externalAge                          time.Duration
}

func checkCommand() *cobra.Command {
	var f checkFlags
	c := &cobra.Command{
		Use:   "check [DIR]",
		Short: "Say what to mend in a portal, why it matters, and how",
		Long: "Check the portal of a folder (the current one without DIR): what is written in it\nand the pages that come of it. Each finding says where it is, what it means to the\ncitizen and how to mend it. " +
			"Nothing is written. A folder of finished pages without\na portal.yaml is checked as a site.\n\nThe exit code is 0 without errors, 1 with errors (with --strict also with\nwarnings), 2 for wrong use, 3 where the machine failed.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			texts, err := speak(c)
			if err != nil {
				return err
			}
			if err := f.known(); err != nil {
				return err
			}
			switch {
			case f.rules:
				listRules(os.Stdout, texts)
				return nil
			case f.explain != "":
				return explainRule(os.Stdout, texts, f.explain)
			}
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			quiet, _ := c.Flags().GetBool("quiet")
			return check(c.Context(), dir, f, texts, quiet)
		},
	}
	c.Flags().StringVar(&f.at, "at", "", "check as of this `TIME` (RFC 3339); the default is now")
	c.Flags().StringVar(&f.report, "report", "text", "how to report: text, json, github, junit or sarif")
	c.Flags().StringSliceVar(&f.only, "only", nil, "apply only these `RULES` or areas (review, audit)")
	c.Flags().StringVar(&f.profile, "profile", "", "judge services by this `PROFILE`: basic, sdg or italy; the default is portal.yaml's")
	c.Flags().BoolVar(&f.strict, "strict", false, "warnings count as errors")
	c.Flags().BoolVar(&f.drafts, "drafts", false, "check drafts too")
	c.Flags().BoolVar(&f.external, "external", false, "ask other sites whether what is linked there still stands")
	c.Flags().DurationVar(&f.externalAge, "external-age", 7*24*time.Hour, "believe an answer of another site for this long")
	c.Flags().StringVar(&f.owners, "owners", "", "write a to-do list per owner into this `OUT` folder, to print (HTML) and as a table (CSV)")
	c.Flags().BoolVar(&f.rules, "rules", false, "list the rules")
	c.Flags().StringVar(&f.explain, "explain", "", "explain this `RULE`")
	return c
}

// known refuses flags whose value nobody knows, with a guess.
func (f *checkFlags) known() error {
	if !slices.Contains([]string{"text", "json", "github", "junit", "sarif"}, f.report) {
		return misuse("--report %q is unknown; write text, json, github, junit or sarif", f.report)
	}
	if !slices.Contains([]string{"", "basic", "sdg", "italy"}, f.profile) {
		return misuse("--profile %q is unknown; write basic, sdg or italy", f.profile)
	}
	codes := append(generator.Rules(), diag.Codes()...)
	for _, name := range f.only {
		if !slices.ContainsFunc(codes, func(c string) bool {
			area, last, _ := strings.Cut(c, "/")
			return name == c || name == area || name == last
		}) {
			return misuse("--only: there is no rule %q%s; belfry check --rules lists them", name, meant(name, codes))
		}
	}
	return nil
}

func meant(name string, codes []string) string {
	if g := diag.Guess(name, codes); g != "" {
		return fmt.Sprintf(" (did you mean %s?)", g)
	}
	return ""
}

func check(ctx context.Context, dir string, f checkFlags, texts *diag.Texts, quiet bool) error {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200)
	}
	build := buildFlags{at: f.at, drafts: f.drafts}
	opt, err := build.options()
	if err != nil {
		return err
	}
	progress := newProgress(os.Stderr, quiet)
	opt.Progress = progress.update
	options := generator.CheckOptions{Profile: f.profile, Only: f.only}
	if f.external {
		options.External = external(opt.At, f.externalAge, progress)
	}
	report, faults, err := judge(ctx, dir, opt, options)
	progress.done()
	if err != nil {
		return err
	}
	report.Findings = append(faults, report.Findings...).Sorted()
	found := &diag.Findings{Version: generator.Version(), Base: base(dir), List: report.Findings, Excepted: report.Excepted, Rules: report.Rules, Pages: report.Pages, Texts: texts}
	if quiet && f.report == "text" {
		errors := slices.DeleteFunc(found.List.In(texts), func(d diag.Diagnostic) bool { return d.Severity < diag.Error })
		diag.Print(os.Stdout, errors, colour(os.Stdout))
	} else if err := printFindings(os.Stdout, f.report, found, report, opt.At); err != nil {
		return machine(err)
	}
	if f.owners != "" {
		if err := writeOwners(f.owners, report, found, opt.At); err != nil {
			return err
		}
	}
	switch {
	case report.Unusable():
		return codedError{nil, exitUse}
	case report.Findings.Count(diag.Error) > 0, f.strict && report.Findings.Count(diag.Warning) > 0:
		return codedError{nil, exitContent}
	}
	return nil
}

// judge checks a portal, or a finished site where there is no portal.
func judge(ctx context.Context, dir string, opt generator.Options, options generator.CheckOptions) (*generator.CheckReport, diag.List, error) {
	_, noPortal := os.Stat(filepath.Join(dir, portal.File))
	if pages, _ := filepath.Glob(filepath.Join(dir, "*.html")); noPortal != nil && len(pages) > 0 {
		source, faults, err := tree.Read(dir, tree.Options{})
		if err != nil {
			return nil, nil, machine(err)
		}
		report, err := generator.CheckSite(ctx, source, options)
		if err != nil {
			return nil, nil, machine(err)
		}
		return report, faults, nil
	}
	source, faults, err := readSource(dir)
	if err != nil {
		return nil, nil, err
	}
	if opt, err = inFleet(dir, opt); err != nil {
		return nil, nil, err
	}
	report, err := generator.Check(ctx, source, opt, options)
	if err != nil {
		return nil, nil, machine(err)
	}
	return report, faults, nil
}

// external is how other sites are asked.
func external(at time.Time, age time.Duration, p *progress) *audit.ExternalOptions {
	opt := &audit.ExternalOptions{
		UserAgent: "belfry-check/" + generator.Version() + " (link check of a municipal portal)",
		Timeout:   20 * time.Second, Pause: time.Second, Hosts: 8, Age: age, Now: at,
		Progress: func(done, total int) { p.update("links", done, total) },
	}
	if dir, err := os.UserCacheDir(); err == nil && os.MkdirAll(filepath.Join(dir, "belfry"), 0o755) == nil {
		opt.Cache = filepath.Join(dir, "belfry", "links.json")
	}
	return opt
}

// base is the portal's folder as seen from where the command was started, with
// slashes: annotations and SARIF name files from there.
func base(dir string) string {
	here, err := os.Getwd()
	if err != nil {
		return filepath.ToSlash(dir)
	}
	rel, err := filepath.Rel(here, absolute(dir))
	if err != nil || !filepath.IsLocal(rel) {
		return filepath.ToSlash(dir)
	}
	return strings.TrimPrefix(filepath.ToSlash(rel), "./")
}

func printFindings(w io.Writer, format string, found *diag.Findings, report *generator.CheckReport, at time.Time) error {
	switch format {
	case "json":
		return printJSON(w, checkJSON(found, report, at))
	case "github":
		return found.GitHub(w)
	case "junit":
		return found.JUnit(w)
	case "sarif":
		return found.SARIF(w)
	}
	found.Text(w, colour(w))
	return nil
}

// checkJSON is the shape of the report for machines.
func checkJSON(found *diag.Findings, report *generator.CheckReport, at time.Time) any {
	type finding struct {
		Finding diag.Diagnostic `json:"finding"`
		Reason  string          `json:"reason"`
		Until   string          `json:"until"`
	}
	out := struct {
		Portal   string         `json:"portal"`
		At       string         `json:"at"`
		Pages    int            `json:"pages"`
		Rules    []string       `json:"rules"`
		Counts   map[string]int `json:"counts"`
		Findings diag.List      `json:"findings"`
		Excepted []finding      `json:"excepted"`
	}{report.Name, at.Format(time.RFC3339), report.Pages, report.Rules, map[string]int{}, found.List.In(found.Texts), []finding{}}
	for _, s := range []diag.Severity{diag.Error, diag.Warning, diag.Note} {
		out.Counts[s.String()] = found.List.Count(s)
	}
	for _, x := range report.Excepted {
		out.Excepted = append(out.Excepted, finding{x.In(found.Texts), x.Reason, x.Until})
	}
	return out
}
