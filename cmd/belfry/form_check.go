package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/form"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/spf13/cobra"
)

func formCheckCommand() *cobra.Command {
	var flags formFlags
	var report, at string
	c := &cobra.Command{
		Use:   "check FILE...",
		Short: "Judge answers by the rules of their form",
		Long: "Judge answers by the rules of their form, as the page does. A FILE holds answers,\nan envelope or, with --key, a sealed letter; a folder stands for all in it.\n" +
			"Answers to an earlier version are judged by forms/ID.vN.schema.json of the portal.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if report != "text" && report != "json" {
				return misuse("--report %q is unknown; write text or json", report)
			}
			files, err := answerFiles(args)
			if err != nil {
				return err
			}
			portal, err := flags.openForms(true)
			if err != nil {
				return err
			}
			quiet, _ := c.Flags().GetBool("quiet")
			return flags.check(os.Stdout, portal, files, report, at, quiet)
		},
	}
	flags.register(c)
	c.Flags().StringVar(&report, "report", "text", "how to report: text or json")
	c.Flags().StringVar(&at, "at", "", "judge as of this `TIME` (RFC 3339); the default is when the answers were received, else now")
	return c
}

// judged is what is said of one file.
type judged struct {
	File     string    `json:"file"`
	Form     string    `json:"form,omitempty"`
	Version  int       `json:"version,omitempty"` // by which it was judged
	Language string    `json:"language,omitempty"`
	Valid    bool      `json:"valid"`
	Fault    string    `json:"fault,omitempty"` // why it could not be judged
	Problems []problem `json:"problems"`
}

// problem is one thing wrong with answers.
type problem struct {
	Field    string `json:"field"`
	Code     string `json:"code"`
	Severity string `json:"severity"`
	Message  string `json:"message"`
}

func (f *formFlags) check(w io.Writer, portal *formsOf, files []string, report, at string, quiet bool) error {
	list, code := []judged{}, exitDone
	for _, file := range files {
		j, err := f.judge(portal, file, at)
		var coded codedError
		if errors.As(err, &coded) && coded.code == exitMachine || err != nil && !errors.As(err, &coded) {
			return err
		}
		if err != nil {
			j.Fault = strings.TrimPrefix(err.Error(), file+": ")
			code = max(code, coded.code)
		} else if !j.Valid {
			code = max(code, exitContent)
		}
		list = append(list, j)
	}
	if report == "json" {
		raw, err := json.MarshalIndent(struct {
			Files []judged `json:"files"`
		}{list}, "", "  ")
		if err != nil {
			return machine(err)
		}
		fmt.Fprintf(w, "%s\n", visible(raw))
	} else {
		printJudged(w, list, quiet)
	}
	if code != exitDone {
		return codedError{nil, code}
	}
	return nil
}

func printJudged(w io.Writer, list []judged, quiet bool) {
	right := 0
	for _, j := range list {
		switch {
		case j.Fault != "":
			fmt.Fprintf(w, "%s: cannot be judged: %s\n", j.File, diag.Plain(j.Fault))
			continue
		case j.Valid && quiet:
			right++
			continue
		}
		verdict := "wrong"
		if j.Valid {
			verdict = "right"
			right++
		}
		fmt.Fprintf(w, "%s: %s (%s, version %d)\n", j.File, verdict, j.Form, j.Version)
		for _, p := range j.Problems {
			fmt.Fprintf(w, "  %-7s  %s  %s\n", p.Severity, oneLine(p.Field), oneLine(p.Message))
		}
	}
	if !quiet && len(list) > 1 {
		fmt.Fprintf(w, "%s, %d right, %d wrong\n", count(len(list), "file"), right, len(list)-right)
	}
}

// judge reads and judges one file.
func (f *formFlags) judge(portal *formsOf, file, at string) (judged, error) {
	j := judged{File: file, Problems: []problem{}}
	e, err := f.readCase(file)
	if err != nil {
		return j, err
	}
	asking, err := portal.find(e.Form)
	if err != nil {
		return j, err
	}
	asked := asking.In(e.Language)
	j.Form, j.Version, j.Language = asked.ID, asked.Version, e.Language
	switch {
	case e.Version > asked.Version:
		return j, contentError("the answers are for version %d of %q, and the portal has version %d only; it may be older than its pages", e.Version, asked.ID, asked.Version)
	case e.Version != 0 && e.Version != asked.Version:
		j.Version = e.Version
		return portal.judgeEarlier(j, e)
	}
	day, err := portal.today(e, at)
	if err != nil {
		return j, err
	}
	_, problems := form.Check(asked, e.Answers, day)
	for _, p := range problems {
		j.Problems = append(j.Problems, problem{p.Field, p.Code, p.Severity.String(), problemText(p)})
	}
	if total := form.Total(asked, e.Answers); e.Total != "" && total != e.Total {
		j.Problems = append(j.Problems, problem{"total", "total", diag.Warning.String(), fmt.Sprintf("the answers cost %s, and the envelope says %s", total, e.Total)})
	}
	j.Valid = form.Right(problems)
	return j, nil
}

// problemText is the message of a problem, in English as all that belfry reports;
// the label is in the language in which it was asked.
func problemText(p form.Problem) string {
	label := p.Field
	if p.Question != nil {
		label = p.Question.Label.Value
	}
	pairs := []string{"{label}", label}
	for i := 0; i+1 < len(p.Args); i += 2 {
		pairs = append(pairs, "{"+p.Args[i]+"}", p.Args[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(form.English(p.Code))
}

// judgeEarlier judges answers to an earlier version by the schema that was
// published with it. A schema knows neither today nor check digits.
func (p *formsOf) judgeEarlier(j judged, e form.Envelope) (judged, error) {
	name := form.SchemaName(&form.Form{ID: j.Form, Version: e.Version})
	raw, ok := p.plan.Portal.Files.Read("forms/" + name)
	if !ok {
		return j, contentError("the answers are for version %d of %q, and the portal has another one. Put the schema of that version, %s, into the portal's folder forms", e.Version, j.Form, name)
	}
	broken := func(err error) error { return misuse("forms/%s cannot be used: %v", name, err) }
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		return j, broken(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	c.UseLoader(jsonschema.SchemeURLLoader{}) // a schema of a form refers to nothing outside
	if err := c.AddResource(name, doc); err != nil {
		return j, broken(err)
	}
	schema, err := c.Compile(name)
	if err != nil {
		return j, broken(err)
	}
	answers, err := jsonschema.UnmarshalJSON(bytes.NewReader(form.CanonicalJSON(e.Answers)))
	if err != nil {
		return j, contentError("%v", err)
	}
	var wrong *jsonschema.ValidationError
	if err := schema.Validate(answers); errors.As(err, &wrong) {
		for _, u := range wrong.BasicOutput().Errors {
			if u.Error != nil && u.InstanceLocation+u.Error.String() != "" {
				j.Problems = append(j.Problems, problem{strings.ReplaceAll(strings.TrimPrefix(u.InstanceLocation, "/"), "/", "-"), "schema", diag.Error.String(), u.Error.String()})
			}
		}
		return j, nil
	} else if err != nil {
		return j, broken(err)
	}
	j.Valid = true
	j.Problems = append(j.Problems, problem{"", "schema", diag.Note.String(), "judged by the schema of its version, which knows no check digits and no today"})
	return j, nil
}
