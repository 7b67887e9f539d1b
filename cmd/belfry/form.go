package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/form"
	"belfry/generator/portal"
	"github.com/spf13/cobra"
)

// This file is "belfry form": what an office does with the answers that reach it.
// Its commands share how a portal's forms are found.

func formCommand() *cobra.Command {
	c := &cobra.Command{Use: "form", Short: "Open, check and export the answers to forms", Args: cobra.NoArgs,
		Long: "What an office does with the answers that reach it. A file of answers is what a\ncitizen saved, what a receiver kept, or a sealed letter.",
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }} // so that an unknown subcommand is wrong use
	c.AddCommand(formOpenCommand(), formCheckCommand(), formExportCommand())
	return c
}

// formFlags are the flags that say which portal asked.
type formFlags struct {
	portal, form, key string
}

func (f *formFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.portal, "portal", "", "the portal's `DIR`; the current one where it holds portal.yaml")
	c.Flags().StringVar(&f.form, "form", "", "`ID` of the form, where the answers do not say it")
	c.Flags().StringVar(&f.key, "key", "", "`FILE` of the office's private key (PEM), for sealed letters")
}

// formsOf are the forms of a portal, and the words of its interface.
type formsOf struct {
	plan *generator.Plan
	dir  string
}

// openForms reads the portal that asked. Where none is named and the current
// folder is none, there is none: nil without an error, unless one is needed.
func (f *formFlags) openForms(needed bool) (*formsOf, error) {
	dir := f.portal
	if dir == "" {
		if _, err := os.Stat(portal.File); err != nil {
			if needed {
				return nil, misuse("this folder is no portal; say with --portal DIR which one asked")
			}
			return nil, nil
		}
		dir = "."
	}
	source, _, err := readSource(dir)
	if err != nil {
		return nil, err
	}
	plan := generator.Prepare(source, generator.Options{At: time.Now(), SkipBroken: true, Drafts: true})
	if plan.Portal == nil {
		diag.Print(os.Stderr, plan.Faults(), colour(os.Stderr))
		return nil, codedError{nil, exitUse}
	}
	return &formsOf{plan, dir}, nil
}

// find returns the form that answers belong to. When it is not there the error
// says what is.
func (p *formsOf) find(id string) (*portal.Asking, error) {
	var ids []string
	for _, e := range p.plan.Portal.Of("form") {
		if e.Form == nil {
			if e.ID == id {
				var own diag.List
				for _, d := range p.plan.Faults() {
					if e.Source != nil && d.At.File == e.Source.File {
						own = append(own, d)
					}
				}
				diag.Print(os.Stderr, own, colour(os.Stderr))
				return nil, contentError("the form %q is faulty itself; mend %s first", id, e.Source.File)
			}
			continue
		}
		if e.Form.Base.ID == id {
			return e.Form, nil
		}
		ids = append(ids, e.Form.Base.ID)
	}
	slices.Sort(ids)
	if id == "" && len(ids) == 1 {
		return p.find(ids[0])
	}
	switch {
	case len(ids) == 0:
		return nil, contentError("the portal %s has no forms", p.dir)
	case id == "":
		return nil, misuse("the answers do not say to which form they belong; say it with --form, one of %s", strings.Join(ids, ", "))
	}
	if guess := diag.Guess(id, ids); guess != "" {
		return nil, contentError("the portal %s has no form %q; did you mean %q?", p.dir, diag.Plain(id), guess)
	}
	return nil, contentError("the portal %s has no form %q; it has %s", p.dir, diag.Plain(id), strings.Join(ids, ", "))
}

// words are the yes and no of a language.
func (p *formsOf) words(lang string) form.Words {
	for _, s := range p.plan.Sites {
		if s.Lang == lang {
			return form.Words{Yes: s.Messages.Text("form.yes"), No: s.Messages.Text("form.no")}
		}
	}
	return form.Words{Yes: "yes", No: "no"}
}

// today is the day on which answers are judged: that on which they were
// received, where they say it; else the day of the moment given, else today.
func (p *formsOf) today(e form.Envelope, at string) (form.Day, error) {
	moment := time.Now()
	if at != "" {
		t, err := time.Parse(time.RFC3339, at)
		if err != nil {
			return 0, misuse("--at %q is no time; write RFC 3339, such as 2026-11-20T09:00:00+02:00", at)
		}
		moment = t
	} else if t, err := time.Parse(time.RFC3339, e.ReceivedAt); err == nil {
		moment = t
	}
	return form.DayOf(moment.In(p.plan.Portal.Config.Zone)), nil
}

// contentError is a fault in what was handed in.
func contentError(format string, args ...any) error {
	return codedError{fmt.Errorf(format, args...), exitContent}
}

// answerFiles are the files that arguments name: a folder stands for what lies
// in it, and patterns are resolved, since not every shell does.
func answerFiles(args []string) ([]string, error) {
	var out []string
	for _, arg := range args {
		info, err := os.Stat(arg)
		switch {
		case arg == "-" || err == nil && !info.IsDir():
			out = append(out, arg)
		case err == nil:
			found := false
			for _, pattern := range []string{"*.json", "*.jwe"} {
				list, _ := filepath.Glob(filepath.Join(arg, pattern)) // the pattern is ours
				out, found = append(out, list...), found || len(list) > 0
			}
			if !found {
				return nil, misuse("%s holds no .json and no .jwe", arg)
			}
		default:
			list, err := filepath.Glob(arg)
			if err != nil || len(list) == 0 {
				return nil, misuse("there is no file %s", arg)
			}
			out = append(out, list...)
		}
	}
	return out, nil
}

// told names a form and its version in messages.
func told(e form.Envelope) string {
	name := diag.Plain(e.Form)
	if e.Version > 0 {
		name += ", version " + strconv.Itoa(e.Version)
	}
	return name
}
