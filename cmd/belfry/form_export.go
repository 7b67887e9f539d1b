package main

import (
	"bytes"
	"fmt"
	"html"
	"os"
	"slices"
	"strings"

	"belfry/generator/form"
	"belfry/generator/portal"
	"github.com/spf13/cobra"
)

func formExportCommand() *cobra.Command {
	var flags formFlags
	var out, lang string
	var asCSV, asHTML bool
	c := &cobra.Command{
		Use:   "export FILE...",
		Short: "Gather the answers to a form in a table or as sheets to print",
		Long: "Gather the answers to one form: --csv is a table with a row a case, which opens in\na spreadsheet without anything in it being computed; --html is a page with a\n" +
			"sheet a case, to read or print. A folder stands for all in it; sealed letters\nneed --key.",
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if asCSV && asHTML {
				return misuse("--csv and --html do not go together; choose one")
			}
			files, err := answerFiles(args)
			if err != nil {
				return err
			}
			portal, err := flags.openForms(true)
			if err != nil {
				return err
			}
			asking, cases, err := flags.cases(portal, files)
			if err != nil {
				return err
			}
			var b bytes.Buffer
			if asHTML {
				asked := asking.In(lang)
				sheets(&b, asked, cases, portal.words(asked.Language))
			} else if err := form.CSV(&b, asking.Base, cases); err != nil {
				return machine(err)
			}
			return write(out, b.Bytes())
		},
	}
	flags.register(c)
	c.Flags().BoolVar(&asCSV, "csv", false, "a table (the default)")
	c.Flags().BoolVar(&asHTML, "html", false, "a page with a sheet for each case")
	c.Flags().StringVarP(&out, "out", "o", "", "write to `FILE` instead of standard output")
	c.Flags().StringVar(&lang, "lang", "", "`TAG` of the language of the sheets; the default is the form's first")
	return c
}

// cases reads files that belong to one form. What was sent twice, with the same
// key, is one case.
func (f *formFlags) cases(p *formsOf, files []string) (*portal.Asking, []form.Envelope, error) {
	var cases []form.Envelope
	var ids []string
	keys := map[string]bool{}
	for _, file := range files {
		e, err := f.readCase(file)
		if err != nil {
			return nil, nil, err
		}
		if f.form != "" && e.Form != f.form {
			continue
		}
		if e.Key != "" && keys[e.Key] {
			fmt.Fprintf(os.Stderr, "%s was sent twice; it is taken once.\n", file)
			continue
		}
		keys[e.Key] = true
		if !slices.Contains(ids, e.Form) {
			ids = append(ids, e.Form)
		}
		cases = append(cases, e)
	}
	switch {
	case len(cases) == 0:
		return nil, nil, misuse("none of the files holds answers to %q", f.form)
	case len(ids) > 1:
		for i, id := range ids {
			ids[i] = oneLine(id)
		}
		return nil, nil, misuse("these are answers to %d forms (%s); choose one with --form", len(ids), strings.Join(ids, ", "))
	}
	asking, err := p.find(ids[0])
	return asking, cases, err
}

// sheets writes a page with a sheet for each case. It has no script, asks for
// nothing, and its policy forbids both.
func sheets(b *bytes.Buffer, asked *form.Form, cases []form.Envelope, w form.Words) {
	title := html.EscapeString(form.Inert(asked.Title.Value))
	fmt.Fprintf(b, `<!DOCTYPE html>
<html lang="%s"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width"><title>%s</title>
<style>
body{font:16px/1.5 sans-serif;max-width:50em;margin:1em auto;padding:0 1em}
table{border-collapse:collapse;width:100%%}th,td{border:1px solid #767676;padding:.4em .6em;text-align:start;vertical-align:top;overflow-wrap:anywhere}
th{width:40%%}section{break-after:page}section:last-child{break-after:auto}tr{break-inside:avoid}
</style></head><body><main><h1>%s</h1>
`, html.EscapeString(asked.Language), title, title)
	for i, e := range cases {
		name := e.Ref
		if name == "" {
			name = fmt.Sprint(i + 1)
		}
		fmt.Fprintf(b, "<section><h2><bdi>%s</bdi></h2>\n", html.EscapeString(oneLine(name)))
		var facts []string
		for _, s := range []string{told(e), e.Language, e.ReceivedAt, strings.TrimSpace(e.Total + " " + e.Currency)} {
			if s = oneLine(s); s != "" {
				facts = append(facts, "<bdi>"+html.EscapeString(s)+"</bdi>")
			}
		}
		fmt.Fprintf(b, "<p>%s</p>\n<table><tbody>\n%s</tbody></table></section>\n", strings.Join(facts, " · "), form.HTML(form.Sheet(asked, e.Answers, w)))
	}
	b.WriteString("</main></body></html>\n")
}
