package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/translate"
	"github.com/spf13/cobra"
)

func translationsCommand() *cobra.Command {
	var langs []string
	var report string
	var all bool
	c := &cobra.Command{
		Use:   "translations [DIR]",
		Short: "List which translations are missing, out of date and current",
		Long: "List, for each language, which translations are missing, out of date (with what has\nchanged in the source, [-gone-] and {+new+}), of unknown age and current.\n" +
			"It only reads. A translation gets its stamp with: belfry translated FILE",
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir := "."
			if len(args) == 1 {
				dir = args[0]
			}
			if !slices.Contains([]string{"text", "json", "csv"}, report) {
				return misuse("--report %q is unknown; write text, json or csv", report)
			}
			t, err := openTranslating(dir)
			if err != nil {
				return err
			}
			languages, err := t.languages(langs)
			if err != nil {
				return err
			}
			r := surveyed(languages, t.survey(languages))
			switch report {
			case "json":
				e := json.NewEncoder(os.Stdout)
				e.SetEscapeHTML(false)
				e.SetIndent("", "  ")
				err = e.Encode(r)
			case "csv":
				err = r.csv(os.Stdout)
			default:
				r.text(os.Stdout, all, colour(os.Stdout))
			}
			if err != nil {
				return machine(err)
			}
			return nil
		},
	}
	c.Flags().StringSliceVar(&langs, "lang", nil, "only these languages (BCP 47)")
	c.Flags().StringVar(&report, "report", "text", "how to answer: text, json or csv")
	c.Flags().BoolVar(&all, "all", false, "as text: list every translation, not the first of each kind only")
	c.AddCommand(exportCommand(), importCommand())
	return c
}

// stateReport is the state of a portal's translations.
type stateReport struct {
	Languages []langReport `json:"languages"`
}

type langReport struct {
	Lang      string                  `json:"lang"`
	Documents int                     `json:"documents"`
	WithText  int                     `json:"with_text"`
	Percent   int                     `json:"percent"`
	Counts    map[translate.State]int `json:"counts"`
	Types     []typeReport            `json:"types"`
	Items     []itemReport            `json:"items"`
}

type typeReport struct {
	Type      string `json:"type"`
	Documents int    `json:"documents"`
	WithText  int    `json:"with_text"`
	Percent   int    `json:"percent"`
}

type itemReport struct {
	State       translate.State `json:"state"`
	Type        string          `json:"type"`
	Source      string          `json:"source"`
	Translation string          `json:"translation"`
	Title       string          `json:"title"`
	Known       bool            `json:"changes_known"`
	Changes     []changeReport  `json:"changes,omitempty"`
}

type changeReport struct {
	Unit  string       `json:"unit"`
	Old   string       `json:"old"`
	New   string       `json:"new"`
	Words []wordReport `json:"words"`
}

type wordReport struct {
	Op   string `json:"op"` // same, gone or new
	Text string `json:"text"`
}

func surveyed(languages []string, items []translate.Item) stateReport {
	r := stateReport{Languages: []langReport{}}
	for _, lang := range languages {
		l := langReport{Lang: lang, Counts: map[translate.State]int{}, Types: []typeReport{}, Items: []itemReport{}}
		types := map[string]*typeReport{}
		for _, it := range items {
			if it.Lang != lang {
				continue
			}
			e := it.Entity
			t := types[e.Type]
			if t == nil {
				t = &typeReport{Type: e.Type}
				types[e.Type] = t
			}
			l.Documents, t.Documents = l.Documents+1, t.Documents+1
			l.Counts[it.State]++
			if it.Text != nil && it.State != translate.Draft {
				l.WithText, t.WithText = l.WithText+1, t.WithText+1
			}
			one := itemReport{State: it.State, Type: e.Type, Source: e.Source.File, Translation: it.File, Title: e.Source.Title, Known: it.Known}
			for _, c := range it.Changes {
				ch := changeReport{Unit: c.Key, Old: c.Old, New: c.New}
				for _, w := range translate.Words(c.Old, c.New) {
					ch.Words = append(ch.Words, wordReport{map[byte]string{' ': "same", '-': "gone", '+': "new"}[w.Op], w.Text})
				}
				one.Changes = append(one.Changes, ch)
			}
			l.Items = append(l.Items, one)
		}
		if l.Documents == 0 && len(languages) > 1 {
			continue // the language of all sources
		}
		l.Percent = percent(l.WithText, l.Documents)
		for _, t := range types {
			t.Percent = percent(t.WithText, t.Documents)
			l.Types = append(l.Types, *t)
		}
		slices.SortFunc(l.Types, func(a, b typeReport) int { return strings.Compare(a.Type, b.Type) })
		r.Languages = append(r.Languages, l)
	}
	return r
}

// percent is rounded down, so that 100 means all.
func percent(n, of int) int {
	if of == 0 {
		return 100
	}
	return n * 100 / of
}

// words are the states as people say them.
var words = map[translate.State]string{
	translate.Missing: "missing", translate.Draft: "in preparation", translate.OutOfDate: "out of date",
	translate.Broken: "unreadable", translate.Unknown: "without a stamp", translate.Current: "current",
}

// shown is how many translations of a state are listed without --all.
const shown = 20

func (r stateReport) text(w io.Writer, all, colours bool) {
	for n, l := range r.Languages {
		if n > 0 {
			fmt.Fprintln(w)
		}
		if l.Documents == 0 {
			fmt.Fprintf(w, "%s (%s): nothing is to be translated\n", l.Lang, locale.For(l.Lang).Endonym)
			continue
		}
		fmt.Fprintf(w, "%s (%s): %d of %s translated, %d %%\n", l.Lang, locale.For(l.Lang).Endonym, l.WithText, count(l.Documents, "document"), l.Percent)
		var parts []string
		for _, s := range translate.States() {
			if l.Counts[s] > 0 {
				parts = append(parts, fmt.Sprintf("%d %s", l.Counts[s], words[s]))
			}
		}
		fmt.Fprintf(w, "  %s\n", strings.Join(parts, ", "))
		for _, t := range l.Types {
			fmt.Fprintf(w, "  %-14s %4d of %4d  %3d %%\n", t.Type, t.WithText, t.Documents, t.Percent)
		}
		for _, s := range translate.States() {
			l.list(w, s, all, colours)
		}
	}
}

func (l langReport) list(w io.Writer, s translate.State, all, colours bool) {
	if l.Counts[s] == 0 || s == translate.Current && !all {
		return
	}
	fmt.Fprintf(w, "\n  %s, %s:\n", l.Lang, words[s])
	n := 0
	for _, it := range l.Items {
		if it.State != s {
			continue
		}
		if n++; n > shown && !all {
			fmt.Fprintf(w, "    … and %d more; --all lists them\n", l.Counts[s]-shown)
			break
		}
		if s == translate.Missing {
			fmt.Fprintf(w, "    %s  (%s)\n", diag.Plain(it.Source), diag.Plain(it.Title))
			continue
		}
		fmt.Fprintf(w, "    %s\n", diag.Plain(it.Translation))
		if s == translate.OutOfDate && !it.Known {
			fmt.Fprintf(w, "      %s has changed; what it said before is not on record\n", diag.Plain(it.Source))
		}
		for _, c := range it.Changes {
			fmt.Fprintf(w, "      %s: %s\n", c.Unit, marked(c, colours))
		}
	}
	switch s {
	case translate.Missing:
		first := l.Items[slices.IndexFunc(l.Items, func(it itemReport) bool { return it.State == s })]
		fmt.Fprintf(w, "  begin one with: belfry new translation %s %s\n", first.Source, l.Lang)
	case translate.OutOfDate:
		fmt.Fprintln(w, "  when a translation says what its source says again: belfry translated FILE")
	case translate.Unknown:
		fmt.Fprintln(w, "  where they say what their sources say: belfry translated --all")
	}
}

// marked shows what has gone and what is new in one text.
func marked(c changeReport, colours bool) string {
	switch {
	case c.Old == "":
		return "new: " + diag.Plain(c.New)
	case c.New == "":
		return "taken away: " + diag.Plain(c.Old)
	}
	gone, fresh := [2]string{"[-", "-]"}, [2]string{"{+", "+}"}
	if colours {
		gone, fresh = [2]string{"\x1b[31;9m", "\x1b[0m"}, [2]string{"\x1b[32;4m", "\x1b[0m"}
	}
	var b strings.Builder
	for _, p := range c.Words {
		text := diag.Plain(p.Text)
		switch p.Op {
		case "gone":
			text = gone[0] + text + gone[1]
		case "new":
			text = fresh[0] + text + fresh[1]
		}
		b.WriteString(text)
	}
	return b.String()
}

func (r stateReport) csv(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.UseCRLF = true
	_ = c.Write([]string{"language", "state", "type", "source", "translation", "title", "unit", "old", "new"}) // the writer keeps its error
	for _, l := range r.Languages {
		for _, it := range l.Items {
			changes := it.Changes
			if len(changes) == 0 {
				changes = []changeReport{{}}
			}
			for _, ch := range changes {
				row := []string{l.Lang, string(it.State), it.Type, it.Source, it.Translation, it.Title, ch.Unit, ch.Old, ch.New}
				for i := range row {
					row[i] = translate.Inert(row[i])
				}
				_ = c.Write(row)
			}
		}
	}
	c.Flush()
	return c.Error()
}
