package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"belfry/generator"
	"belfry/generator/fleet"
	"belfry/generator/portal"
	"github.com/spf13/cobra"
)

// fleetStatusCommand tells who follows what.
func fleetStatusCommand() *cobra.Command {
	var flags fleetFlags
	var diff bool
	c := &cobra.Command{
		Use:   "status [FLEET]",
		Short: "Tell which portals follow, change or lag behind the shared catalogues",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			f, opt, err := flags.options(args)
			if err != nil {
				return err
			}
			list, err := f.Status(opt)
			if err != nil {
				return machine(err)
			}
			if flags.report == "json" {
				return printJSON(os.Stdout, list)
			}
			printStatus(list, diff)
			return nil
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&diff, "diff", false, "show what newer versions change")
	return c
}

func printStatus(list []fleet.Following, diff bool) {
	var last string
	behind, changed := 0, 0
	for _, x := range list {
		if x.Portal != last {
			fmt.Println(x.Portal)
			last = x.Portal
		}
		fmt.Printf("  %s %s follows %s@%s", x.Type, x.ID, x.Source, x.Version)
		if len(x.Overrides) > 0 {
			changed++
			fmt.Printf(", changes %s", strings.Join(x.Overrides, ", "))
		}
		if x.Behind {
			behind++
			if len(x.Changes) == 0 {
				fmt.Printf("; the same in %s", x.Newest)
			} else {
				fmt.Printf("; behind %s: %s", x.Newest, count(len(x.Changes), "change"))
			}
		}
		fmt.Println()
		if diff {
			printChanges(x.Changes)
		}
	}
	fmt.Printf("%s follow a catalogue, %d with changes of their own, %d behind the newest version.\n", count(len(list), "document"), changed, behind)
	if behind > 0 && !diff {
		fmt.Println("With --diff you see what newer versions change; “belfry update” moves to them.")
	}
}

func printChanges(list []fleet.Change) {
	for _, c := range list {
		note := ""
		if c.Overridden {
			note = " (the portal says this itself and does not change)"
		}
		fmt.Printf("    %s%s\n", c.Field, note)
		if c.Old != "" {
			fmt.Printf("      - %s\n", clip(c.Old))
		}
		if c.New != "" {
			fmt.Printf("      + %s\n", clip(c.New))
		}
	}
}

// clip is a text on one line of a terminal.
func clip(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) > 100 {
		return string([]rune(text)[:99]) + "…"
	}
	return text
}

// updateCommand moves portals to another version of a catalogue.
func updateCommand() *cobra.Command {
	var flags fleetFlags
	var dry bool
	c := &cobra.Command{
		Use:   "update CATALOGUE[@VERSION] [FLEET|PORTAL]",
		Short: "Move to another version of a shared catalogue and show what changes",
		Long:  "Move the portals of a fleet, or one of them, to another version of a shared\ncatalogue, the newest without @VERSION, and show what changes. It edits the\nversions written in extends: and pins: and nothing else.",
		Args:  cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			id, version, _ := strings.Cut(args[0], "@")
			f, opt, err := flags.options(nil)
			dir := "."
			if len(args) == 2 {
				dir = args[1]
			}
			if m, only := memberAt(dir); m != nil {
				f, err = m, nil
				opt.Only = only
			} else if len(args) == 2 {
				f, opt, err = flags.options(args[1:])
			}
			if err != nil {
				return err
			}
			return update(f, opt, id, version, dry)
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&dry, "dry-run", false, "show what would change and change nothing")
	return c
}

// memberAt returns the fleet of a portal's folder and its id there.
func memberAt(dir string) (*fleet.Fleet, string) {
	f, m, _, err := fleet.Find(dir)
	if err != nil || f == nil {
		return nil, ""
	}
	return f, m.ID
}

func update(f *fleet.Fleet, opt fleet.BuildOptions, id, version string, dry bool) error {
	c := f.Catalogues.Library(nil).Catalogue(id)
	if c == nil {
		var known []string
		for _, c := range f.Catalogues.Library(nil).Catalogues {
			known = append(known, c.ID)
		}
		return misuse("this fleet has no catalogue %q; it has %s", id, strings.Join(known, ", "))
	}
	if version == "" {
		version = c.Newest()
	}
	found := false
	for _, v := range c.Versions {
		found = found || v == version
	}
	if !found {
		return misuse("the catalogue %s has no version %q; it has %s", id, version, strings.Join(c.Versions, ", "))
	}
	u, err := f.PlanUpdate(id, version, opt)
	if err != nil {
		return machine(err)
	}
	for _, x := range u.Follows {
		fmt.Printf("%s: %s %s, from %s to %s: %s\n", x.Portal, x.Type, x.ID, x.Version, version, count(len(x.Changes), "change"))
		printChanges(x.Changes)
	}
	for _, e := range u.Edits {
		fmt.Printf("%s:%d: %s → %s\n", e.File, e.Line, e.Old, e.New)
	}
	switch {
	case len(u.Edits) == 0:
		fmt.Printf("Everything follows %s@%s already.\n", id, version)
	case dry:
		fmt.Println("Nothing was changed (--dry-run).")
	default:
		if err := u.Apply(f); err != nil {
			return machine(err)
		}
		fmt.Printf("Changed %s. Build, look, and commit.\n", count(len(u.Edits), "line"))
	}
	return nil
}

// explainCommand shows where each value of a document is written.
func explainCommand() *cobra.Command {
	var report string
	c := &cobra.Command{
		Use:   "explain FILE",
		Short: "Show where each value of a document comes from",
		Long:  "Show each value that the portal shows of a document, and the file and line where\nit is written: here, or in a shared catalogue.",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return explain(args[0], report)
		},
	}
	c.Flags().StringVar(&report, "report", "text", "how to report: text or json")
	return c
}

func explain(name, report string) error {
	if _, err := os.Stat(name); err != nil {
		return misuse("there is no file %s", name)
	}
	dir, err := portalOf("", []string{name})
	if err != nil {
		return err
	}
	rel, err := filepath.Rel(absolute(dir), absolute(name))
	if err != nil {
		return machine(err)
	}
	rel = filepath.ToSlash(rel)
	source, _, err := readSource(dir)
	if err != nil {
		return err
	}
	opt, err := inFleet(dir, generator.Options{At: time.Now(), SkipBroken: true, Drafts: true})
	if err != nil {
		return err
	}
	plan := generator.Prepare(source, opt)
	if plan.Portal == nil {
		return misuse("%s cannot be read; build the portal to see why", filepath.Join(dir, portal.File))
	}
	e, ok := plan.Portal.ByFile(rel)
	if !ok {
		return misuse("%s is no document of the portal in %s, or has faults; build the portal to see why", rel, dir)
	}
	doc := e.Source
	for _, d := range e.Texts {
		if d.File == rel {
			doc = d
		}
	}
	type line struct {
		Field string `json:"field"`
		Value string `json:"value"`
		File  string `json:"file"`
		Line  int    `json:"line"`
		Here  bool   `json:"here"`
	}
	lines := []line{}
	for _, s := range doc.Facts() {
		lines = append(lines, line{s.Field, s.Value.Text, opt.Catalogues.Locate(s.Value.At.File), s.Value.At.Line, s.Value.At.File == rel})
	}
	if report == "json" {
		return printJSON(os.Stdout, lines)
	}
	for _, f := range plan.Report.Follows {
		if f.File == rel {
			fmt.Printf("%s follows %s/%s@%s.\n", rel, f.Catalogue, f.Source.ID, f.Version)
		}
	}
	width := 0
	for _, l := range lines {
		width = max(width, utf8.RuneCountInString(l.Field))
	}
	for _, l := range lines {
		at := fmt.Sprintf("%s:%d", l.File, l.Line)
		if l.Here {
			at = fmt.Sprintf("here:%d", l.Line)
		}
		text := []rune(clip(l.Value))
		if len(text) > 50 {
			text = append(text[:49], '…')
		}
		fmt.Printf("%s%s  %s%s  %s\n", l.Field, strings.Repeat(" ", width-utf8.RuneCountInString(l.Field)), string(text), strings.Repeat(" ", 50-len(text)), at)
	}
	return nil
}
