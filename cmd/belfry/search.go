package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/search"
	"github.com/spf13/cobra"
)

func searchCommand() *cobra.Command {
	var flags buildFlags
	var lang, report string
	var limit int
	var explain bool
	c := &cobra.Command{
		Use:   "search DIR QUERY",
		Short: "Search a portal in the terminal, with the index its pages use",
		Long: "Search the portal of a folder with the index its pages use. The query - reads\none query a line from standard input and answers each with a line of JSON.\n" +
			"One broken document does not take the search away.",
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			if report != "text" && report != "json" {
				return misuse("--report %q is unknown; write text or json", report)
			}
			opt, err := flags.options()
			if err != nil {
				return err
			}
			opt.SkipBroken = true
			if opt, err = inFleet(args[0], opt); err != nil {
				return err
			}
			s, err := openSearch(args[0], lang, opt)
			if err != nil {
				return err
			}
			s.limit, s.explain = limit, explain
			if args[1] == "-" {
				return s.lines(os.Stdin, os.Stdout)
			}
			if report == "json" {
				return s.json(os.Stdout, args[1])
			}
			s.text(os.Stdout, args[1])
			return nil
		},
	}
	flags.register(c)
	c.Flags().StringVar(&lang, "lang", "", "language to search in (BCP 47); the default is the portal's first")
	c.Flags().IntVar(&limit, "limit", 10, "how many results to give")
	c.Flags().StringVar(&report, "report", "text", "how to answer: text or json")
	c.Flags().BoolVar(&explain, "explain", false, "say why each result was found")
	return c
}

// searching is one portal's index in one language.
type searching struct {
	index   *search.Index
	files   map[string]string // source file by id
	types   map[string]string
	limit   int
	explain bool
}

func openSearch(dir, lang string, opt generator.Options) (*searching, error) {
	source, _, err := readSource(dir, "")
	if err != nil {
		return nil, err
	}
	plan := generator.Prepare(source, opt)
	if plan.Portal == nil {
		diag.Print(os.Stderr, plan.Faults(), colour(os.Stderr))
		return nil, codedError{nil, exitUse}
	}
	languages := plan.Portal.Config.Languages
	at := 0
	if lang != "" {
		if at = slices.IndexFunc(languages, func(l string) bool { return strings.EqualFold(l, lang) }); at < 0 {
			return nil, misuse("--lang %q is no language of this portal; it has %s", lang, strings.Join(languages, ", "))
		}
	}
	result, err := plan.Search(plan.Sites[at])
	if err != nil {
		return nil, machine(err)
	}
	s := &searching{index: result.Index, files: map[string]string{}, types: map[string]string{}}
	for _, it := range plan.Sites[at].Items {
		id := it.Type + ":" + it.ID
		s.files[id], s.types[id] = sourceFile(it), it.Type
	}
	return s, nil
}

// sourceFile is the document that an editor would open: the source, which
// holds the facts.
func sourceFile(it *portal.Item) string { return it.Source.File }

// answer is the JSON of one query.
type answer struct {
	Query   string   `json:"query"`
	Total   int      `json:"total"`
	Results []result `json:"results"`
}

type result struct {
	ID    string       `json:"id"`
	File  string       `json:"file"`
	URL   string       `json:"url"`
	Title string       `json:"title"`
	Type  string       `json:"type"`
	Score int          `json:"score"`
	Why   []search.Why `json:"why,omitempty"`
}

func (s *searching) ask(query string) answer {
	found := s.index.Search(search.Query{Text: query, Limit: s.limit, Explain: s.explain})
	a := answer{Query: query, Total: found.Total, Results: []result{}}
	for _, h := range found.Hits {
		a.Results = append(a.Results, result{ID: h.ID, File: s.files[h.ID], URL: h.URL, Title: h.Title, Type: s.types[h.ID], Score: h.Score, Why: h.Why})
	}
	return a
}

func (s *searching) json(w io.Writer, query string) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	if err := e.Encode(s.ask(query)); err != nil {
		return machine(err)
	}
	return nil
}

// lines answers every line of the input with a line of JSON.
func (s *searching) lines(r io.Reader, w io.Writer) error {
	out := bufio.NewWriter(w)
	in := bufio.NewScanner(r)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if err := s.json(out, strings.TrimRight(in.Text(), "\r")); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return machine(err)
	}
	if err := out.Flush(); err != nil {
		return machine(err)
	}
	return nil
}

func (s *searching) text(w io.Writer, query string) {
	a := s.ask(query)
	fmt.Fprintf(w, "%s for “%s”\n", count(a.Total, "result"), diag.Plain(query))
	for n, r := range a.Results {
		fmt.Fprintf(w, "%2d. %s (%s, %d)\n    %s\n", n+1, diag.Plain(r.Title), r.Type, r.Score, r.File)
		for _, y := range r.Why {
			key := ""
			if y.Key != "" {
				key = ", term " + y.Key
			}
			fmt.Fprintf(w, "      %s: %s %q%s, in %s; rarity %d × impact %d × weight %d = %d\n", y.Word, y.Tier, y.Form, key, count(y.In, "document"), y.Rarity, y.Impact, y.Weight, y.Points)
		}
	}
}
