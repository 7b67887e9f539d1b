package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/translate"
	"belfry/generator/tree"
	"github.com/spf13/cobra"
)

func exportCommand() *cobra.Command {
	var dir, lang, format, out string
	var only []string
	c := &cobra.Command{
		Use:   "export --lang LANG [FILE...]",
		Short: "Write texts for a translator: XLIFF 2.0 or a spreadsheet",
		Long: "Write the texts of a portal and their translations into one file for a translator:\nXLIFF 2.0 for translation tools, CSV for a spreadsheet. Without FILEs, all documents.\n" +
			"What comes back goes in with: belfry translations import FILE",
		RunE: func(c *cobra.Command, args []string) error {
			if format != "xliff" && format != "csv" {
				return misuse("--format %q is unknown; write xliff or csv", format)
			}
			dir, err := portalOf(dir, nil)
			if err != nil {
				return err
			}
			t, err := openTranslating(dir)
			if err != nil {
				return err
			}
			if lang == "" {
				return misuse("say into which language, such as --lang %s", t.portal.Config.Languages[len(t.portal.Config.Languages)-1])
			}
			languages, err := t.languages([]string{lang})
			if err != nil {
				return err
			}
			items, err := t.chosen(languages[0], only, args)
			if err != nil {
				return err
			}
			quiet, _ := c.Flags().GetBool("quiet")
			return t.export(languages[0], items, format, out, quiet)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "the portal's `DIR`; the default is the current folder or the nearest above")
	c.Flags().StringVar(&lang, "lang", "", "language to translate into (BCP 47)")
	c.Flags().StringVar(&format, "format", "xliff", "xliff or csv")
	c.Flags().StringVarP(&out, "out", "o", "", "write to this `FILE`, - for standard output (default LANG.xlf or LANG.csv, never over another)")
	c.Flags().StringSliceVar(&only, "only", nil, "only these: "+strings.Join(names(translate.States()), ", "))
	return c
}

func names(states []translate.State) []string {
	var out []string
	for _, s := range states {
		out = append(out, string(s))
	}
	return out
}

// chosen picks the documents to export.
func (t *translating) chosen(lang string, only, files []string) ([]translate.Item, error) {
	for _, o := range only {
		if known := names(translate.States()); !slices.Contains(known, o) {
			return nil, misuse("--only %q is unknown; write %s", o, strings.Join(known, ", "))
		}
	}
	wanted := map[string]bool{}
	for _, arg := range files {
		file, err := t.path(arg)
		if err != nil {
			return nil, err
		}
		e, ok := t.portal.ByFile(file)
		if !ok {
			return nil, misuse("%s is no document that can be read; belfry build says what is wrong with it", arg)
		}
		wanted[e.Source.File] = true
	}
	var out []translate.Item
	for _, it := range t.survey([]string{lang}) {
		if (len(only) == 0 || slices.Contains(only, string(it.State))) && (len(files) == 0 || wanted[it.Entity.Source.File]) && it.State != translate.Broken {
			out = append(out, it)
		}
	}
	return out, nil
}

func (t *translating) export(lang string, items []translate.Item, format, out string, quiet bool) error {
	if len(items) == 0 {
		fmt.Fprintln(os.Stderr, "There is nothing to export.")
		return nil
	}
	var docs []translate.Document
	texts, todo := 0, 0
	for _, it := range items {
		d := translate.Prepare(it)
		docs = append(docs, d)
		texts += len(d.Units)
		for _, u := range d.Units {
			if u.Todo {
				todo++
			}
		}
	}
	var b bytes.Buffer
	ending := ".xlf"
	err := error(nil)
	if format == "csv" {
		ending = ".csv"
		err = translate.CSV(&b, lang, docs)
	} else {
		err = translate.XLIFF(&b, docs[0].Entity.Source.Lang, lang, docs)
	}
	if err != nil {
		return machine(err)
	}
	switch out {
	case "-":
		if _, err := os.Stdout.Write(b.Bytes()); err != nil {
			return machine(err)
		}
		return nil
	case "":
		out = lang + ending
		if _, err := os.Stat(out); err == nil {
			return misuse("%s is there already; name another with -o", out)
		}
	}
	if err := os.WriteFile(out, b.Bytes(), 0o644); err != nil {
		return machine(err)
	}
	if !quiet {
		fmt.Fprintf(os.Stderr, "%s: %s of %s, %d of them to do.\nWhen it comes back: belfry translations import %s\n", out, count(texts, "text"), count(len(docs), "document"), todo, out)
	}
	return nil
}

func importCommand() *cobra.Command {
	var dir string
	var partial, dry bool
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Put a translator's texts into the portal",
		Long: "Put the texts of an exported file that a translator has filled in (XLIFF 2.0 or CSV)\ninto the portal. Everything is checked first; with a fault nothing is written. Only\n" +
			"texts that differ change their files, and only there. Missing translations are made.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			raw, err := readExchange(args[0])
			if err != nil {
				return err
			}
			dir, err := portalOf(dir, nil)
			if err != nil {
				return err
			}
			t, err := openTranslating(dir)
			if err != nil {
				return err
			}
			quiet, _ := c.Flags().GetBool("quiet")
			return t.take(args[0], raw, partial, dry, quiet)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "the portal's `DIR`; the default is the current folder or the nearest above")
	c.Flags().BoolVar(&partial, "partial", false, "leave out texts that do not fit any more, and take the others")
	c.Flags().BoolVar(&dry, "dry-run", false, "say what would change and write nothing")
	return c
}

func readExchange(file string) ([]byte, error) {
	info, err := os.Stat(file)
	switch {
	case err != nil:
		return nil, misuse("there is no file %s", file)
	case info.IsDir():
		return nil, misuse("%s is a folder; name the file the translator sent", file)
	case info.Size() > translate.MaxBytes:
		return nil, misuse("%s has more than %d MB; export and import in parts", file, translate.MaxBytes>>20)
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, machine(err)
	}
	defer f.Close()
	raw, err := io.ReadAll(io.LimitReader(f, translate.MaxBytes))
	if err != nil {
		return nil, machine(err)
	}
	return raw, nil
}

// take checks everything, then writes all or nothing.
func (t *translating) take(name string, raw []byte, partial, dry, quiet bool) error {
	read := translate.ReadCSV
	if start := bytes.TrimLeft(bytes.TrimPrefix(raw, []byte("\uFEFF")), " \t\r\n"); bytes.HasPrefix(start, []byte("<")) {
		read = translate.ReadXLIFF
	}
	ex, faults := read(name, raw)
	var im *translate.Imported
	if ex != nil {
		var more diag.List
		im, more = translate.Import(t.portal, t.source, t.records, ex, partial)
		faults = append(faults, more...)
	}
	if im != nil && faults.Count(diag.Error) == 0 {
		faults = append(faults, t.verify(im)...)
	}
	diag.Print(os.Stderr, faults.Sorted(), colour(os.Stderr))
	if faults.Count(diag.Error) > 0 {
		fmt.Fprintln(os.Stderr, "Nothing was written.")
		return codedError{nil, exitContent}
	}
	files := im.Files
	if len(im.Stamped) > 0 {
		t.record(im.Lang, im.Stamped, files)
	}
	if !dry {
		if err := writeAll(t.dir, files); err != nil {
			return machine(err)
		}
	}
	if quiet {
		return nil
	}
	for _, ch := range im.Changes {
		what := count(len(ch.Units), "text")
		if ch.New {
			what = "new, " + what
		}
		fmt.Fprintf(os.Stdout, "%s: %s\n", diag.Plain(ch.File), what)
	}
	for _, d := range im.Drafts {
		fmt.Fprintf(os.Stderr, "%s is not complete: it is a draft until “draft: true” is taken away.\n", diag.Plain(d))
	}
	verb := "changed"
	if dry {
		verb = "would change"
	}
	fmt.Fprintf(os.Stderr, "%s %s in %s; %s now current.\n", count(im.Texts, "text"), verb, count(len(im.Changes), "file"), count(len(im.Stamped), "translation"))
	return nil
}

// verify reads the portal as it will be: the texts must stand where they belong,
// and no file may have become faulty.
func (t *translating) verify(im *translate.Imported) diag.List {
	var files []*tree.File
	for name, data := range im.Files {
		files = append(files, tree.NewFile(name, data))
	}
	if len(files) == 0 {
		return nil
	}
	after := &translating{dir: t.dir, source: t.source.With(files...)}
	if err := after.prepare(); err != nil {
		return diag.List{diag.New("exchange/unreadable-after", diag.Pos{File: files[0].Path}, "file", files[0].Path)}
	}
	faults := im.Verify(after.portal, after.source)
	before := map[string]int{}
	for _, d := range t.faults {
		before[d.At.File+"\x00"+d.Code]++
	}
	for _, d := range after.faults {
		if _, ours := im.Files[d.At.File]; ours && d.Severity == diag.Error {
			if before[d.At.File+"\x00"+d.Code]--; before[d.At.File+"\x00"+d.Code] < 0 {
				faults = append(faults, d)
			}
		}
	}
	return faults
}
