package generator

import (
	"bytes"
	"encoding/csv"
	"encoding/xml"
	"image"
	_ "image/gif" // the formats whose size in pixels is known
	_ "image/jpeg"
	_ "image/png"
	"io"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/render"
	"belfry/generator/tree"
	_ "golang.org/x/image/webp" // likewise
	"golang.org/x/sync/errgroup"
)

// jobs is how many goroutines a parallel stage may use.
func (o Options) jobs() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// parse reads every document of the tree, in parallel.
func (p *Plan) parse(before *Plan) ([]*portal.Document, diag.List) {
	var files []*tree.File
	var faults diag.List
	strange := map[string]bool{}
	for _, f := range p.source.Files() {
		if parse.IsDocument(f.Path) {
			files = append(files, f)
			continue
		}
		faults = append(faults, p.misplaced(f.Path, strange)...)
	}
	p.parsing = parse.Options{Languages: p.config.Languages, Currency: p.config.Currency, Section: sectionNames(p.config, p.words)}
	if before != nil && !before.parsesAlike(p) {
		before = nil
	}
	all := make([]parsed, len(files))
	var g errgroup.Group
	g.SetLimit(p.opt.jobs())
	for chunk := range slices.Chunk(numbers(len(files)), 64) {
		g.Go(func() error {
			for _, i := range chunk {
				all[i] = p.parseFile(files[i], before)
			}
			return nil
		})
	}
	_ = g.Wait() // no stage of it fails
	docs := make([]*portal.Document, len(files))
	for i, one := range all {
		docs[i] = one.doc
		faults = append(faults, one.faults...)
	}
	if p.opt.Serve { // linking writes to documents: those that are kept stay as parsed
		p.parsed = make(map[string]parsed, len(files))
		linked := make([]portal.Document, len(files))
		for i, one := range all {
			p.parsed[files[i].Path] = one
			linked[i] = *one.doc
			docs[i] = &linked[i]
		}
	}
	return docs, faults
}

func numbers(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// misplaced reports what stands in the portal and will not be published.
func (p *Plan) misplaced(file string, told map[string]bool) diag.List {
	folder, _, nested := strings.Cut(file, "/")
	if !nested {
		return nil
	}
	switch folder {
	case "assets", "theme", "messages", "translations":
		return nil
	}
	if portal.TypeByFolder(folder) != nil {
		return diag.List{diag.New("file/not-a-document", diag.Pos{File: file}, "name", path.Base(file))}
	}
	if told[folder] {
		return nil
	}
	told[folder] = true
	return diag.List{diag.New("file/unknown-folder", diag.Pos{File: file}, "name", folder, "guess", diag.Guess(folder, append(portal.Folders(), "assets", "theme", "messages")))}
}

// scripts derives the documents of the other Serbian script where the portal
// lists both; a text written by hand wins.
func scripts(docs []*portal.Document, languages []string) []*portal.Document {
	var out []*portal.Document
	for _, pair := range [][2]string{{"sr-Cyrl", "sr-Latn"}, {"sr-Latn", "sr-Cyrl"}} {
		if !slices.Contains(languages, pair[0]) || !slices.Contains(languages, pair[1]) {
			continue
		}
		have := map[portal.Key]bool{}
		for _, d := range docs {
			if d.Lang == pair[1] {
				have[portal.Key{Type: d.Type, ID: d.ID}] = true
			}
		}
		for _, d := range docs {
			if d.Lang == pair[0] && !d.Unreadable && !have[portal.Key{Type: d.Type, ID: d.ID}] {
				out = append(out, parse.Derive(d, pair[1]))
			}
		}
	}
	return out
}

// sectionNames says which field a heading of a service stands for: the section
// titles of its language, and the English ones.
func sectionNames(config *portal.Config, messages map[string]*locale.Messages) func(lang, heading string) string {
	fold := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	names := map[string]map[string]string{}
	for _, lang := range config.Languages {
		names[lang] = map[string]string{}
		for _, field := range []string{"eligibility", "steps", "redress", "no_response"} {
			names[lang][fold(messages[lang].Text("service."+field))] = field
			names[lang][fold(messages["en"].Text("service."+field))] = field
		}
	}
	return func(lang, heading string) string { return names[lang][fold(heading)] }
}

// count tells which documents are shown and lists, with the reason, those that
// are not; it also reports translations that are missing or out of date.
func (p *Plan) count(docs []*portal.Document) (hidden, translations diag.List) {
	n := &p.Report.Documents
	for _, d := range docs {
		if d.Derived {
			continue
		}
		n.Read++
		at, why := diag.Pos{}, ""
		if !d.Unreadable {
			e, ok := p.Portal.Lookup(d.Type, d.ID)
			if at, why = p.Portal.Hidden(d, p.opt.At); why == "" && ok && e.Source != d {
				if _, hidden := p.Portal.Hidden(e.Source, p.opt.At); hidden != "" {
					at, why = d.At(), "document/invisible-translation"
				}
			}
		}
		switch {
		case d.Unreadable, p.homeless(d):
			n.LeftOut++
		case why != "":
			n.LeftOut++
			hidden.Add(why, at, "file", d.File)
		default:
			n.Published++
		}
	}
	for _, e := range p.Portal.Entities {
		if p.Portal.Visible(e.Source, p.opt.At) {
			translations = append(translations, p.translations(e)...)
		}
	}
	return hidden, translations
}

// homeless reports whether a document has no page because another took its
// address; that fault is told where it was found.
func (p *Plan) homeless(d *portal.Document) bool {
	e, ok := p.Portal.Lookup(d.Type, d.ID)
	return ok && slices.ContainsFunc(p.Sites, func(s *render.Site) bool { return s.Homeless[e] })
}

func (p *Plan) translations(e *portal.Entity) diag.List {
	var faults diag.List
	var missing []string
	stampNow := sync.OnceValue(e.Source.Stamp)
	for _, lang := range p.Portal.Config.Languages {
		d := e.Texts[lang]
		switch {
		case d == nil:
			missing = append(missing, lang)
		case d != e.Source && !d.Derived:
			if stamp := d.Fields.Get("translated_from"); stamp.Set() && stamp.Text != stampNow() {
				faults.Add("translation/out-of-date", stamp.At, "file", e.Source.File, "self", d.File)
			}
		}
	}
	if len(missing) > 0 && e.Type != "entry" {
		file := e.Source.File
		ext := path.Ext(file)
		example := strings.TrimSuffix(file, ext) + "." + missing[0] + ext
		if e.Source.Named {
			example = strings.TrimSuffix(strings.TrimSuffix(file, ext), "."+e.Source.Lang) + "." + missing[0] + ext
		}
		faults.Add("translation/missing", e.Source.At(), "langs", strings.Join(missing, ", "), "source", e.Source.Lang, "example", example)
	}
	return faults
}

// files answers for the assets of a tree.
type files struct{ names []string }

func assets(source *tree.Tree) files {
	var f files
	for _, a := range source.Under("assets") {
		f.names = append(f.names, a.Path)
	}
	return f
}

// Has reports whether an asset exists.
func (f files) Has(p string) bool {
	_, found := slices.BinarySearch(f.names, p)
	return found
}

// Names returns the paths of all assets, sorted.
func (f files) Names() []string { return f.names }

// tables answers for the content of assets.
type tables struct{ source *tree.Tree }

// Rows reads a CSV file, separated by commas, semicolons or tabs.
func (t tables) Rows(p string) ([][]string, bool) {
	f, ok := t.source.Get(p)
	if !ok {
		return nil, false
	}
	raw, err := f.Bytes()
	if err != nil {
		return nil, false
	}
	raw = bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))
	r := csv.NewReader(bytes.NewReader(raw))
	r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = -1, true, true
	head, _, _ := bytes.Cut(raw, []byte("\n"))
	for _, sep := range ";\t" {
		if bytes.Count(head, []byte(string(sep))) > bytes.Count(head, []byte(string(r.Comma))) {
			r.Comma = sep
		}
	}
	rows, err := r.ReadAll()
	return rows, err == nil && len(rows) > 0
}

// Size is the size of a file in bytes, 0 where there is none.
func (t tables) Size(p string) int64 {
	if f, ok := t.source.Get(p); ok {
		return f.Size
	}
	return 0
}

// Pixels reads the size of an image from its first bytes; 0 where unknown.
func (t tables) Pixels(p string) (width, height int) {
	f, ok := t.source.Get(p)
	if !ok {
		return 0, 0
	}
	r, err := f.Open()
	if err != nil {
		return 0, 0
	}
	defer r.Close()
	if strings.EqualFold(path.Ext(p), ".svg") {
		return svgSize(r)
	}
	c, _, err := image.DecodeConfig(r)
	if err != nil {
		return 0, 0
	}
	return c.Width, c.Height
}

// svgSize reads width and height, or the view box, of the root element.
func svgSize(r io.Reader) (width, height int) {
	d := xml.NewDecoder(io.LimitReader(r, 1<<16))
	for {
		token, err := d.Token()
		if err != nil {
			return 0, 0
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		var box []string
		for _, a := range root.Attr {
			n, _ := strconv.ParseFloat(strings.TrimSuffix(a.Value, "px"), 64)
			switch a.Name.Local {
			case "width":
				width = int(n + .5)
			case "height":
				height = int(n + .5)
			case "viewBox":
				box = strings.FieldsFunc(a.Value, func(r rune) bool { return r == ' ' || r == ',' })
			}
		}
		if (width == 0 || height == 0) && len(box) == 4 {
			w, _ := strconv.ParseFloat(box[2], 64)
			h, _ := strconv.ParseFloat(box[3], 64)
			width, height = int(w+.5), int(h+.5)
		}
		return width, height
	}
}
