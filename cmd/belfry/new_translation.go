package main

import (
	"fmt"
	"os"
	"path/filepath"

	"belfry/generator/locale"
	"belfry/generator/translate"
	"github.com/spf13/cobra"
)

func newTranslationCommand() *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "translation FILE LANG",
		Short: "Prepare the translation of a document",
		Long: "Prepare the translation of a document: a file with its texts to be overwritten, the\nsource beside each of them, and no facts. It is a draft until it is done. A file that\n" +
			"is there is left alone.",
		Args: cobra.ExactArgs(2),
		RunE: func(c *cobra.Command, args []string) error {
			dir, err := portalOf(dir, args[:1])
			if err != nil {
				return err
			}
			t, err := openTranslating(dir)
			if err != nil {
				return err
			}
			file, err := t.path(args[0])
			if err != nil {
				return err
			}
			languages, err := t.languages(args[1:])
			if err != nil {
				return misuse("%q is no language of this portal; add it to languages in portal.yaml first", args[1])
			}
			return t.newTranslation(file, languages[0])
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "the portal's `DIR`; the default is the one the file lies in")
	return c
}

func (t *translating) newTranslation(file, lang string) error {
	e, ok := t.portal.ByFile(file)
	switch {
	case !ok:
		return misuse("%s is no document that can be read; belfry build says what is wrong with it", file)
	case e.Source.Lang == lang:
		return misuse("%s is written in %s itself", e.Source.File, lang)
	}
	to := translate.FileOf(t.portal.Config, e, lang)
	if _, there := t.source.Get(to); there {
		return misuse("%s is there already; it is left as it is", to)
	}
	if _, err := os.Lstat(filepath.Join(t.dir, filepath.FromSlash(to))); err == nil { // a link, or what is too large to be read
		return misuse("%s is there already; it is left as it is", to)
	}
	it := translate.Item{Entity: e, Lang: lang, File: to, State: translate.Missing}
	files := map[string][]byte{to: translate.Skeleton(it, "Write "+locale.For(lang).Endonym+" over the texts; the source stands above each. Facts stay in "+filepath.Base(e.Source.File)+
		".\nDone? Take this line and “draft: true” away.")}
	t.record(lang, []translate.Record{translate.NewRecord(e, e.Source)}, files)
	if err := writeAll(t.dir, files); err != nil {
		return machine(err)
	}
	fmt.Fprintf(os.Stderr, "%s is prepared.\n1. Write over its texts; the source stands above each.\n2. Take “draft: true” away.\n3. See it with: belfry serve\n", to)
	return nil
}
