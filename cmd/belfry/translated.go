package main

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"belfry/generator/diag"
	"belfry/generator/translate"
	"github.com/spf13/cobra"
)

func translatedCommand() *cobra.Command {
	var dir, from string
	var all bool
	var langs []string
	c := &cobra.Command{
		Use:   "translated FILE...",
		Short: "Say that translations are those of their sources as they are now",
		Long: "Write the stamp of the source into translations (translated_from), and the source's\ntexts into translations/, so that belfry can tell what has changed when it does.\n" +
			"Nothing else in the files is touched. --all stamps every translation that has no\nstamp yet; one that is out of date is to be looked at and named.",
		RunE: func(c *cobra.Command, args []string) error {
			if all == (len(args) > 0) {
				return misuse("name the translations to stamp, such as services/parking.ro.md, or write --all")
			}
			dir, err := portalOf(dir, args)
			if err != nil {
				return err
			}
			t, err := openTranslating(dir)
			if err != nil {
				return err
			}
			languages, err := t.languages(langs)
			if err != nil {
				return err
			}
			var items []translate.Item
			if all {
				items = slices.DeleteFunc(t.survey(languages), func(it translate.Item) bool { return it.State != translate.Unknown })
			} else if items, err = t.named(args, from); err != nil {
				return err
			}
			quiet, _ := c.Flags().GetBool("quiet")
			return t.stamp(items, quiet)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "the portal's `DIR`; the default is the one the file lies in")
	c.Flags().BoolVar(&all, "all", false, "stamp every translation that has no stamp yet")
	c.Flags().StringSliceVar(&langs, "lang", nil, "with --all: only these languages")
	c.Flags().StringVar(&from, "from", "", "language of the source, where no file is without a language in its name")
	return c
}

// named finds the translations that files are.
func (t *translating) named(args []string, from string) ([]translate.Item, error) {
	var items []translate.Item
	all := t.survey(t.portal.Config.Languages)
	for _, arg := range args {
		file, err := t.path(arg)
		if err != nil {
			return nil, err
		}
		e, ok := t.portal.ByFile(file)
		switch {
		case !ok:
			return nil, misuse("%s is no document that can be read; belfry build says what is wrong with it", arg)
		case from != "" && e.Source.File == file && e.Source.Named && e.Texts[from] != nil && from != e.Source.Lang:
			for _, d := range e.Texts {
				if !d.Named {
					return nil, misuse("%s is the source: its name carries no language", d.File)
				}
			}
			swapped := *e
			swapped.Source = e.Texts[from]
			items = append(items, translate.Item{Entity: &swapped, Lang: e.Source.Lang, File: file, Text: e.Source, State: translate.Unknown})
			continue
		case from != "" && e.Source.Lang != from:
			return nil, misuse("the source of %s is %s, in %s", arg, e.Source.File, e.Source.Lang)
		case e.Source.File == file:
			return nil, misuse("%s is no translation: it is the source itself, in %s", arg, e.Source.Lang)
		}
		i := slices.IndexFunc(all, func(it translate.Item) bool { return it.File == file && it.Text != nil })
		if i < 0 {
			return nil, misuse("%s is no translation; it is made by rule", arg)
		}
		if !slices.ContainsFunc(items, func(it translate.Item) bool { return it.File == file }) {
			items = append(items, all[i])
		}
	}
	return items, nil
}

// stamp writes the stamps and the records, all or none.
func (t *translating) stamp(items []translate.Item, quiet bool) error {
	files := map[string][]byte{}
	lower := map[string]int{} // by how many lines the texts of a file have moved down
	records := map[string][]translate.Record{}
	for _, it := range items {
		source, _ := t.source.Get(it.File)
		raw, err := source.Bytes()
		if err != nil {
			return machine(err)
		}
		r := translate.NewRecord(it.Entity, it.Entity.Source)
		out, ok := translate.Stamped(raw, r.Stamp)
		if !ok {
			diag.Print(os.Stderr, diag.List{diag.New("translation/front-matter", diag.Pos{File: it.File, Line: 1}, "file", it.File)}, colour(os.Stderr))
			return codedError{nil, exitContent}
		}
		if string(out) != string(raw) {
			files[it.File] = out
			lower[it.File] = bytes.Count(out, []byte("\n")) - bytes.Count(raw, []byte("\n"))
		}
		records[it.Lang] = append(records[it.Lang], r)
	}
	stamped := len(files)
	for _, lang := range t.portal.Config.Languages {
		if len(records[lang]) > 0 {
			t.record(lang, records[lang], files)
		}
	}
	if err := writeAll(t.dir, files); err != nil {
		return machine(err)
	}
	if quiet {
		return nil
	}
	for _, it := range items {
		same := translate.Untouched(it)
		for n, b := range same {
			if n == 5 && len(same) > 6 {
				fmt.Fprintf(os.Stderr, "%s: and %d more such texts\n", it.File, len(same)-n)
				break
			}
			fmt.Fprintf(os.Stderr, "%s:%d: still says what its source says: “%s”\n", it.File, b.At.Line+lower[it.File], diag.Plain(short(b.Text)))
		}
		if it.State == translate.Draft {
			fmt.Fprintf(os.Stderr, "%s is a draft; take “draft: true” away to publish it.\n", it.File)
		}
	}
	fmt.Fprintf(os.Stderr, "%s stamped", count(stamped, "translation"))
	if n := len(items) - stamped; n > 0 {
		fmt.Fprintf(os.Stderr, ", %d had the stamp already", n)
	}
	fmt.Fprintln(os.Stderr, ".")
	return nil
}

// short is the beginning of a text.
func short(s string) string {
	if r := []rune(s); len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return s
}
