package main

// belfry new TYPE "Title": a document with its fields as comments.

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/editors"
	"belfry/generator/locale"
	"belfry/generator/portal"
	"belfry/generator/tree"
	"github.com/spf13/cobra"
)

// contentFlags are the flags of a new document.
type contentFlags struct {
	dir, lang, in, at string
}

func (f *contentFlags) register(c *cobra.Command) {
	c.Flags().StringVar(&f.dir, "dir", ".", "the portal's `DIR`, for a new document")
	c.Flags().StringVar(&f.lang, "lang", "", "language of the new document (BCP 47); the default is the portal's first")
	c.Flags().StringVar(&f.in, "in", "", "`FOLDER` below that of the type; for an entry, the directory")
	c.Flags().StringVar(&f.at, "at", "", "write the dates of this `TIME` (RFC 3339); the default is now")
}

// contentTypes are the types a document can be made of, in their order.
func contentTypes() []string {
	var out []string
	for _, t := range portal.Types {
		if t.Folder != "" {
			out = append(out, t.Name)
		}
	}
	return out
}

// newContent writes a document of a type with a title.
func newContent(c *cobra.Command, typeName, title string, flags contentFlags) error {
	if named := editors.TypeNamed(typeName); slices.Contains(contentTypes(), named) {
		typeName = named
	} else {
		return misuse("there is no type %q%s\nTo begin a portal, give one folder: belfry new my-town", typeName, orGuess(typeName, contentTypes()))
	}
	now := time.Now()
	if flags.at != "" {
		var err error
		if now, err = time.Parse(time.RFC3339, flags.at); err != nil {
			return misuse("--at %q is no time; write RFC 3339, such as 2026-11-20T09:00:00+02:00", flags.at)
		}
	}
	plan, source, err := openPortal(flags.dir, now)
	if err != nil {
		return err
	}
	p := plan.Portal
	lang, named, err := documentLanguage(p.Config, flags.lang)
	if err != nil {
		return err
	}
	me := speech(c, p.Config.Languages)
	d := &editors.Draft{
		Type: portal.TypeByName(typeName), Title: strings.Join(strings.Fields(title), " "), Lang: lang, Explain: me,
		Now: now.In(p.Config.Zone), Currency: p.Config.Currency, Country: p.Config.Country, Languages: p.Config.Languages,
		Town: p.Config.In(p.Config.Fields.Get("name"), lang), Known: firstOf(p),
	}
	if d.Title == "" {
		return misuse("the title is empty; write it in quotation marks: belfry new %s \"Title\"", typeName)
	}
	for _, f := range source.Under("assets") {
		if slices.Contains([]string{".jpg", ".jpeg", ".png", ".webp"}, strings.ToLower(path.Ext(f.Path))) {
			d.Asset = f.Path
			break
		}
	}
	var advice []string
	switch typeName {
	case "service":
		if !p.Config.Fields.Get("authority").Set() {
			if d.Authority = firstOf(p)("office"); d.Authority == "" {
				advice = append(advice, say(me, "new.no_office", "name", say(me, "new.office_name")))
			}
		}
		m := plan.Sites[slices.Index(p.Config.Languages, lang)].Messages
		for _, field := range []string{"eligibility", "steps", "redress", "no_response"} {
			d.Headings = append(d.Headings, m.Text("service."+field))
		}
	case "alert":
		advice = append(advice, say(me, "new.alert", "until", d.Now.AddDate(0, 0, 1).Format("2006-01-02")+" 18:00"))
	}
	file, err := place(p, source, d, flags.in, named, me)
	if err != nil {
		return err
	}
	to := filepath.Join(flags.dir, filepath.FromSlash(file))
	if err := writeNew(to, []byte(d.Text())); err != nil {
		return err
	}
	fmt.Println(to)
	for _, a := range append(advice, say(me, "new.next", "dir", flags.dir)) {
		fmt.Fprintln(os.Stderr, a)
	}
	return nil
}

// openPortal plans the portal of a folder; where its portal.yaml cannot be used,
// what is wrong is printed.
func openPortal(dir string, at time.Time) (*generator.Plan, *tree.Tree, error) {
	source, _, err := readSource(dir, "")
	if err != nil {
		return nil, nil, err
	}
	if _, ok := source.Get(portal.File); !ok {
		return nil, nil, misuse("there is no %s in %s; go to the folder of the portal or name it with --dir, or begin one: belfry new my-town", portal.File, absolute(dir))
	}
	opt, err := inFleet(dir, generator.Options{At: at, SkipBroken: true, Drafts: true})
	if err != nil {
		return nil, nil, err
	}
	plan := generator.Prepare(source, opt)
	if plan.Portal == nil {
		diag.Print(os.Stderr, plan.Faults(), colour(os.Stderr))
		return nil, nil, codedError{nil, exitUse}
	}
	return plan, source, nil
}

// documentLanguage is the language of a new document, and whether its file's
// name must carry it.
func documentLanguage(c *portal.Config, wanted string) (lang string, named bool, err error) {
	if wanted == "" {
		return c.First(), false, nil
	}
	i := slices.IndexFunc(c.Languages, func(l string) bool { return strings.EqualFold(l, wanted) })
	if i < 0 {
		return "", false, misuse("--lang %q is no language of this portal; it has %s", wanted, strings.Join(c.Languages, ", "))
	}
	return c.Languages[i], i > 0, nil
}

// firstOf names an existing id of a type, or "".
func firstOf(p *portal.Portal) func(typ string) string {
	return func(typ string) string {
		if typ == "office" {
			if _, ok := p.Lookup("office", "town-hall"); ok {
				return "town-hall"
			}
		}
		if all := p.Of(typ); len(all) > 0 {
			return all[0].ID
		}
		return ""
	}
}

// place chooses the file of a new document, and refuses one that is taken.
func place(p *portal.Portal, source *tree.Tree, d *editors.Draft, in string, named bool, me string) (string, error) {
	in = strings.Trim(filepath.ToSlash(in), "/")
	if in != "" && !filepath.IsLocal(in) {
		return "", misuse("--in %q leads out of the folder %s", in, d.Type.Folder)
	}
	if d.Type.Name == "entry" && in == "" {
		var known []string
		for _, e := range p.Of("directory") {
			known = append(known, e.ID)
		}
		switch len(known) {
		case 0:
			return "", misuse("%s", say(me, "new.no_directory", "name", say(me, "new.directory_name")))
		case 1:
			in = known[0]
		default:
			return "", misuse("in which directory? Write --in and one of %s", strings.Join(known, ", "))
		}
	}
	id := path.Join(in, locale.Slug(d.Title, d.Lang))
	stem := path.Join(d.Type.Folder, id)
	if d.Type.Name == "directory" {
		stem += "/index"
	}
	if e, ok := p.Lookup(d.Type.Name, id); ok && e.ID == id {
		if named && e.Texts[d.Lang] == nil {
			return "", misuse("%s is there already; make its translation: belfry new translation %s %s", e.Source.File, e.Source.File, d.Lang)
		}
		return "", misuse("%s is there already and was left as it is; give the new one another title", e.Source.File)
	}
	file := stem + ".md"
	if named {
		file = stem + "." + d.Lang + ".md"
	}
	for _, other := range []string{stem + ".md", stem + ".markdown", file} { // also one that cannot be read
		if _, ok := source.Get(other); ok {
			return "", misuse("%s is there already and was left as it is; give the new one another title", other)
		}
	}
	return file, nil
}

// writeNew writes a file that must not be there.
func writeNew(to string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return machine(err)
	}
	f, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return misuse("%s is there already and was left as it is", to)
	}
	if err != nil {
		return machine(err)
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return machine(err)
	}
	return nil
}
