package main

// belfry import: documents from the rows of a spreadsheet. All rows are checked
// with the whole portal before the first file is written.

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
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

type importing struct {
	dir, typeName, lang, encoding, in, at string
	by                                    []string
	dry, update                           bool

	csv  string // the file
	me   string // language of the webmaster
	docs []imported
}

// imported is one row on its way to a file.
type imported struct {
	file string
	text string
	from []editors.Cell // by line of text
	row  editors.Row
	old  bool // the file is there
}

func importTableCommand() *cobra.Command {
	var i importing
	c := &cobra.Command{
		Use:   "import FILE.csv",
		Short: "Make services, or other documents, of a spreadsheet",
		Long: "Make a document of each row of a spreadsheet saved as CSV. The first row names\nthe columns, in your language or by the names of fields. Separator and encoding\nare found out. All rows are checked first; with a fault nothing is written.\n" +
			"A document that is there already is left as it is, or with --update keeps its\ntext and its other fields.",
		Example: "  belfry import services.csv --dry-run\n  belfry import services.csv --map \"Fee (EUR)=cost\" --map \"Remarks=-\"",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			i.csv = args[0]
			return i.run(c)
		},
	}
	f := c.Flags()
	f.StringVar(&i.dir, "dir", ".", "the portal's `DIR`")
	f.StringVar(&i.typeName, "type", "service", "`TYPE` of the documents")
	f.StringVar(&i.lang, "lang", "", "language of the texts (BCP 47); the default is the portal's first")
	f.StringVar(&i.in, "in", "", "`FOLDER` below that of the type; for entries, the directory")
	f.StringVar(&i.encoding, "encoding", "", "encoding of the file, such as utf-8 or windows-1251")
	f.StringArrayVar(&i.by, "map", nil, "meaning of a column: \"`COLUMN=FIELD`\"; \"COLUMN=-\" leaves it out")
	f.StringVar(&i.at, "at", "", "check as of this `TIME` (RFC 3339); the default is now")
	f.BoolVar(&i.dry, "dry-run", false, "check and say what would be written, but write nothing")
	f.BoolVar(&i.update, "update", false, "bring documents that are there up to date")
	return c
}

func (i *importing) run(c *cobra.Command) error {
	if !slices.Contains(contentTypes(), i.typeName) || i.typeName == "form" || i.typeName == "directory" {
		return misuse("--type %q is no type that can be imported%s", i.typeName, orGuess(i.typeName, contentTypes()))
	}
	now := time.Now()
	if i.at != "" {
		var err error
		if now, err = time.Parse(time.RFC3339, i.at); err != nil {
			return misuse("--at %q is no time; write RFC 3339, such as 2026-11-20T09:00:00+02:00", i.at)
		}
	}
	plan, source, err := openPortal(i.dir, now)
	if err != nil {
		return err
	}
	p := plan.Portal
	i.me = speech(c, p.Config.Languages)
	lang, named, err := documentLanguage(p.Config, i.lang)
	if err != nil {
		return err
	}
	if i.in = strings.Trim(filepath.ToSlash(i.in), "/"); i.in != "" && !filepath.IsLocal(i.in) {
		return misuse("--in %q leads out of the portal", i.in)
	}
	if i.typeName == "entry" && i.in == "" {
		return misuse("which directory are the entries of? Write --in NAME")
	}
	sheet, err := i.sheet(p, lang)
	if err != nil {
		return err
	}
	faults := i.documents(p, source, sheet, lang, named)
	faults = append(faults, i.check(source, now, sheet.Table)...)
	i.tell(faults.Sorted())
	if faults.Count(diag.Error) > 0 {
		fmt.Fprintln(os.Stderr, say(i.me, "import.faults"))
		return codedError{nil, exitContent}
	}
	return i.write(source)
}

// sheet reads the table and says how its columns are understood.
func (i *importing) sheet(p *portal.Portal, lang string) (*editors.Sheet, error) {
	raw, err := os.ReadFile(i.csv)
	if err != nil {
		return nil, misuse("%s cannot be read: %v", i.csv, errors.Unwrap(err))
	}
	table, err := editors.ReadTable(raw, i.encoding, lang)
	var bad *editors.TableError
	if errors.As(err, &bad) {
		diag.Print(os.Stdout, diag.List{diag.New("import/broken", diag.Pos{File: i.csv, Line: bad.Line, Col: bad.Col}, "reason", bad.Reason)}, colour(os.Stdout))
		return nil, codedError{nil, exitContent}
	}
	if err != nil {
		return nil, misuse("--encoding: %v", err)
	}
	by := map[string]string{}
	for _, m := range i.by {
		cut := strings.LastIndex(m, "=")
		if cut < 0 {
			return nil, misuse("--map %q is no pair; write --map \"COLUMN=FIELD\"", m)
		}
		by[m[:cut]] = m[cut+1:]
	}
	t := portal.TypeByName(i.typeName)
	columns, err := editors.Columns(t, table.Head, i.me, by)
	if err != nil {
		return nil, misuse("--map: %v", err)
	}
	separators := map[rune]string{',': "comma", ';': "semicolon", '\t': "tab"}
	sep := string(table.Comma)
	if key, ok := separators[table.Comma]; ok {
		sep = say(i.me, "import."+key)
	}
	fmt.Fprintln(os.Stderr, say(i.me, "import.read", "file", i.csv, "rows", strconv.Itoa(len(table.Rows)), "encoding", table.Encoding, "separator", sep))
	unused := false
	for _, col := range columns {
		key := "import.column"
		switch {
		case col.Left || col.Head.Text == "":
			continue
		case col.Field != "":
		case col.Guess != "":
			key = "import.guess"
		default:
			key = "import.unused"
		}
		unused = unused || col.Field == ""
		fmt.Fprintln(os.Stderr, say(i.me, key, "column", diag.Plain(col.Head.Text), "field", col.Field+col.Guess))
	}
	if unused {
		var names []string
		for _, f := range t.Fields {
			if f.Kind != portal.Hash {
				names = append(names, f.Name)
			}
		}
		fmt.Fprintln(os.Stderr, say(i.me, "import.how_to_use", "fields", strings.Join(append(names, editors.Body), ", ")))
	}
	if !slices.ContainsFunc(columns, func(c editors.Column) bool { return c.Field == "title" }) {
		diag.Print(os.Stdout, diag.List{diag.New("import/no-title-column", diag.Pos{File: i.csv, Line: table.Head[0].Line})}, colour(os.Stdout))
		return nil, codedError{nil, exitContent}
	}
	return &editors.Sheet{Table: table, Columns: columns, Type: t, Lang: lang, Resolve: titles(p)}, nil
}

// fileID makes a file's name of an id. Addresses are cut at 80 characters, so
// what distinguishes two long ids is kept as a hash.
func fileID(id, lang string) string {
	slug := locale.Slug(id, lang)
	if len([]rune(id)) <= 80 {
		return slug
	}
	sum := sha256.Sum256([]byte(id))
	return strings.TrimRight(slug[:min(len(slug), 72)], "-") + "-" + hex.EncodeToString(sum[:3])
}

// titles finds ids by title, in any language, or by id.
func titles(p *portal.Portal) func(typ, text string) string {
	known := map[portal.Key]string{}
	for _, e := range p.Entities {
		for _, d := range e.Texts {
			if key := (portal.Key{Type: e.Type, ID: strings.ToLower(d.Title)}); known[key] == "" {
				known[key] = e.ID
			}
		}
	}
	return func(typ, text string) string {
		if e, ok := p.Lookup(typ, text); ok {
			return e.ID
		}
		return known[portal.Key{Type: typ, ID: strings.ToLower(text)}]
	}
}

// documents places every row.
func (i *importing) documents(p *portal.Portal, source *tree.Tree, sheet *editors.Sheet, lang string, named bool) diag.List {
	var faults diag.List
	lines := map[string]int{}
	rows := sheet.Rows()
	sheet.Texts = named
	texts := rows
	if named { // of a translation only the texts are written
		texts = sheet.Rows()
	}
	for n, row := range rows {
		at := diag.Pos{File: i.csv, Line: row.Title.Line, Col: row.Title.Col}
		if row.Title.Text == "" {
			faults.Add("import/no-title", at)
			continue
		}
		id := locale.Slug(row.Title.Text, lang)
		if row.ID.Text != "" {
			id = fileID(row.ID.Text, lang)
		}
		id = path.Join(i.in, id)
		file := path.Join(sheet.Type.Folder, id) + ".md"
		var source1 *portal.Document
		if e, ok := p.Lookup(i.typeName, id); ok && e.ID == id {
			if source1 = e.Source; !named || e.Source.Lang == lang {
				file = e.Source.File
			} else if d := e.Texts[lang]; d != nil {
				file = d.File
			}
		}
		if named && (source1 == nil || source1.Lang != lang) && !strings.HasSuffix(file, "."+lang+".md") {
			file = strings.TrimSuffix(file, ".md") + "." + lang + ".md"
			if source1 != nil {
				row = texts[n]
			}
		}
		if other := lines[file]; other > 0 {
			faults.Add("import/same-id", at, "file", file, "line", strconv.Itoa(other))
			continue
		}
		lines[file] = row.Title.Line
		d := imported{file: file, row: row}
		if f, ok := source.Get(file); ok {
			d.old = true
			if i.update {
				raw, err := f.Bytes()
				text, from, ok := "", []editors.Cell(nil), false
				if err == nil {
					text, from, ok = row.Update(raw, sheet.Type)
				}
				if !ok {
					faults.Add("import/not-updated", at, "file", file)
					continue
				}
				d.text, d.from = text, from
			}
		} else {
			d.text, d.from = row.Document()
		}
		i.docs = append(i.docs, d)
	}
	return faults
}

// check plans the portal as it would be, and returns what is wrong with the
// rows, at their cells.
func (i *importing) check(source *tree.Tree, now time.Time, table *editors.Table) diag.List {
	var files []*tree.File
	byFile := map[string]*imported{}
	for n := range i.docs {
		if d := &i.docs[n]; d.text != "" {
			files = append(files, tree.NewFile(d.file, []byte(d.text)))
			byFile[d.file] = d
		}
	}
	var out diag.List
	for _, f := range generator.Prepare(source.With(files...), generator.Options{At: now, Drafts: true}).Faults() {
		d := byFile[f.At.File]
		if d == nil || f.Severity == diag.Note {
			continue
		}
		cell := d.row.Title
		if n := f.At.Line - 1; n >= 0 && n < len(d.from) {
			cell = d.from[n]
		}
		f.At = diag.Pos{File: i.csv, Line: cell.Line, Col: cell.Col}
		if cell.Line > 0 && cell.Line <= len(table.Lines) {
			f.Excerpt = table.Lines[cell.Line-1]
		}
		out = append(out, f)
	}
	return out
}

// tell prints the errors whole and counts the warnings: a table of services has
// the same ones in every row.
func (i *importing) tell(faults diag.List) {
	var errors, warnings diag.List
	counts := map[string]int{}
	for _, f := range faults {
		if f.Severity == diag.Error {
			errors = append(errors, f)
			continue
		}
		if counts[f.Code]++; counts[f.Code] == 1 {
			warnings = append(warnings, f)
		}
	}
	diag.Print(os.Stdout, errors, colour(os.Stdout))
	for _, w := range warnings {
		fmt.Fprintln(os.Stderr, say(i.me, "import.warnings", "n", strconv.Itoa(counts[w.Code]), "message", diag.Plain(w.Message())))
	}
}

// write puts the new and changed files in their place. What fails on the way is
// taken back.
func (i *importing) write(source *tree.Tree) error {
	var added, changed, same, kept int
	var todo []imported
	for _, d := range i.docs {
		switch f, _ := source.Get(d.file); {
		case !d.old:
			added++
		case d.text == "":
			kept++
			continue
		default:
			if raw, err := f.Bytes(); err == nil && string(raw) == d.text {
				same++
				continue
			}
			changed++
		}
		todo = append(todo, d)
	}
	folder := path.Join(portal.TypeByName(i.typeName).Folder, i.in)
	key := "import.written"
	if i.dry {
		key = "import.would"
		for _, d := range todo {
			fmt.Println(d.file)
		}
	} else if err := i.commit(source, todo); err != nil {
		return err
	}
	fmt.Fprintln(os.Stderr, say(i.me, key, "folder", folder, "new", strconv.Itoa(added), "changed", strconv.Itoa(changed), "same", strconv.Itoa(same+kept)))
	if kept > 0 {
		fmt.Fprintln(os.Stderr, say(i.me, "import.kept", "n", strconv.Itoa(kept)))
	}
	if !i.dry && len(todo) > 0 {
		fmt.Fprintln(os.Stderr, say(i.me, "import.next", "dir", i.dir))
	}
	return nil
}

func (i *importing) commit(source *tree.Tree, todo []imported) error {
	for n, d := range todo {
		to := filepath.Join(i.dir, filepath.FromSlash(d.file))
		var err error
		if d.old {
			err = writeFile(to, []byte(d.text))
		} else {
			err = writeNew(to, []byte(d.text))
		}
		if err == nil {
			continue
		}
		for _, done := range todo[:n] {
			back := filepath.Join(i.dir, filepath.FromSlash(done.file))
			if !done.old {
				err = errors.Join(err, os.Remove(back))
			} else if f, ok := source.Get(done.file); ok {
				if raw, e := f.Bytes(); e == nil {
					err = errors.Join(err, os.WriteFile(back, raw, 0o644))
				}
			}
		}
		return machine(err)
	}
	return nil
}
