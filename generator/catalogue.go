package generator

// This file reads shared catalogues, once for all portals, and lays them under the
// documents of one.

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"slices"
	"strings"
	"sync"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/theme"
	"belfry/generator/tree"
	"go.yaml.in/yaml/v4"
)

// CatalogueFile is the name of a catalogue's configuration.
const CatalogueFile = "catalogue.yaml"

// Catalogues are shared catalogues, read once and used by many portals at a
// time. A version is parsed when a portal first takes something from it.
type Catalogues struct {
	list    []*portal.Catalogue
	homes   map[string]*shelved // by home
	section func(lang, heading string) string
}

// shelved is a version with its files and what parsing it found.
type shelved struct {
	files  *tree.Tree
	shelf  func() (*portal.Shelf, diag.List)
	folder string // where it lies, slash-separated, as people should see it
}

// NewCatalogues returns no catalogues; Add them before a portal is built.
func NewCatalogues() *Catalogues {
	base, _ := theme.Load(nil)
	built := base.Messages()
	names := sync.OnceValue(func() map[string]*locale.Messages {
		out := map[string]*locale.Messages{}
		for lang := range built {
			out[lang], _ = locale.ParseMessages("theme/messages/"+lang+".yaml", builtTexts(lang, built), lang)
		}
		return out
	})
	c := &Catalogues{homes: map[string]*shelved{}}
	var mu sync.Mutex
	sections := map[string]func(lang, heading string) string{}
	c.section = func(lang, heading string) string {
		mu.Lock()
		defer mu.Unlock()
		if sections[lang] == nil {
			messages := map[string]*locale.Messages{"en": names()["en"], lang: cmp.Or(names()[lang], names()["en"])}
			if raw := builtTexts(lang, built); names()[lang] == nil && raw != nil {
				messages[lang], _ = locale.ParseMessages(lang, raw, lang)
			}
			sections[lang] = sectionNames(&portal.Config{Languages: []string{lang}}, messages)
		}
		return sections[lang](lang, heading)
	}
	return c
}

// Add takes in the catalogue of a folder: catalogue.yaml and one folder per
// version. Folder is where the tree was read, for diagnostics: they name its
// files below it.
func (c *Catalogues) Add(folder string, files *tree.Tree) diag.List {
	file, ok := files.Get(CatalogueFile)
	at := diag.Pos{File: folder + "/" + CatalogueFile}
	if !ok {
		return diag.List{diag.New("catalogue/no-file", at)}
	}
	raw, err := file.Bytes()
	if err != nil {
		return diag.List{diag.New("file/unreadable", at, "reason", err.Error())}
	}
	var head struct {
		ID        string   `yaml:"id"`
		Languages []string `yaml:"languages"`
		Currency  string   `yaml:"currency"`
	}
	d := yaml.NewDecoder(bytes.NewReader(raw))
	at.Line = 1
	if err := d.Decode(&head); err != nil {
		return diag.List{diag.New("front-matter/syntax", at, "what", err.Error())}
	}
	if ref, ok := portal.ParseReference(head.ID + "/x"); !ok || ref.Catalogue != head.ID {
		return diag.List{diag.New("catalogue/id", at, "id", head.ID)}
	}
	var faults diag.List
	for i, l := range head.Languages {
		canonical, err := locale.Canonical(l)
		if err != nil {
			faults.Add("value/language", at, "field", "languages", "value", l)
			continue
		}
		head.Languages[i] = canonical
	}
	if len(head.Languages) == 0 || len(faults) > 0 {
		faults.Add("catalogue/no-languages", at)
		return faults
	}
	if (&portal.Library{Catalogues: c.list}).Catalogue(head.ID) != nil {
		return diag.List{diag.New("catalogue/twice", at, "id", head.ID)}
	}
	cat := &portal.Catalogue{ID: head.ID}
	for _, f := range files.Files() {
		version, _, nested := strings.Cut(f.Path, "/")
		if nested && !slices.Contains(cat.Versions, version) && strings.Trim(version[:1], "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
			cat.Versions = append(cat.Versions, version)
		}
	}
	slices.SortFunc(cat.Versions, portal.CompareVersions)
	byVersion := map[string]*shelved{}
	for _, v := range cat.Versions {
		s := &shelved{files: files.Sub(v), folder: folder + "/" + v}
		home := head.ID + "@" + v + "/"
		s.shelf = sync.OnceValues(func() (*portal.Shelf, diag.List) {
			return c.parse(s.files, home, head.Languages, cmp.Or(head.Currency, "EUR"))
		})
		byVersion[v], c.homes[home] = s, s
	}
	cat.Shelf = func(version string) *portal.Shelf { shelf, _ := byVersion[version].shelf(); return shelf }
	c.list = append(c.list, cat)
	return nil
}

func (c *Catalogues) parse(files *tree.Tree, home string, languages []string, currency string) (*portal.Shelf, diag.List) {
	var docs []*portal.Document
	var faults diag.List
	opt := parse.Options{Languages: languages, Currency: currency, Home: home, Section: c.section}
	for _, f := range files.Files() {
		if !parse.IsDocument(f.Path) {
			continue
		}
		raw, err := f.Bytes()
		if err != nil {
			faults.Add("file/unreadable", diag.Pos{File: home + f.Path}, "reason", err.Error())
			continue
		}
		doc, found := parse.File(f.Path, raw, opt)
		docs, faults = append(docs, doc), append(faults, found...)
	}
	shelf := portal.NewShelf(home, languages, docs)
	return shelf, slices.DeleteFunc(faults, func(d diag.Diagnostic) bool {
		return d.Code == "title/from-file" && shelf.Follows(d.At.File)
	})
}

// Library is the catalogues for a portal with the given pins.
func (c *Catalogues) Library(pins map[string]string) *portal.Library {
	if c == nil {
		return nil
	}
	return &portal.Library{Catalogues: c.list, Pins: pins}
}

// Faults are those of every document of every version.
func (c *Catalogues) Faults() diag.List {
	var out diag.List
	for _, cat := range c.list {
		for _, v := range cat.Versions {
			_, faults := c.homes[cat.ID+"@"+v+"/"].shelf()
			out = append(out, faults...)
		}
	}
	return out.Sorted()
}

// Hash identifies the content of a version; it is "" for one that is not there.
func (c *Catalogues) Hash(catalogue, version string) string {
	s := c.homes[catalogue+"@"+version+"/"]
	if s == nil {
		return ""
	}
	sum := s.files.Hash()
	return hex.EncodeToString(sum[:16])
}

// Locate turns the file of a diagnostic, such as region@2026.1/services/x.md, into
// where it lies; other files are returned as they are.
func (c *Catalogues) Locate(file string) string {
	if c == nil {
		return file
	}
	home, rest, nested := strings.Cut(file, "/")
	if s := c.homes[home+"/"]; nested && s != nil {
		return s.folder + "/" + rest
	}
	return file
}

// resolve lays the catalogues under the portal's documents and makes their
// assets the portal's where it has none of that name.
func (p *Plan) resolve(config *portal.Config, docs []*portal.Document, parsed *diag.List) ([]*portal.Document, diag.List) {
	out, faults := portal.Resolve(config, docs, p.opt.Catalogues.Library(p.opt.Pins))
	p.Report.Follows = out.Follows
	// A translation may leave its title to the catalogue; no single file can know.
	*parsed = slices.DeleteFunc(*parsed, func(d diag.Diagnostic) bool {
		return d.Code == "title/from-file" && out.Layered[d.At.File]
	})
	under := p.shared("assets")
	for _, shelf := range out.Shelves {
		p.Report.Homes = append(p.Report.Homes, strings.TrimSuffix(shelf.Home, "/"))
		s := p.opt.Catalogues.homes[shelf.Home]
		_, found := s.shelf()
		taken := map[string]bool{}
		for _, follow := range out.Follows {
			if follow.Catalogue+"@"+follow.Version+"/" == shelf.Home {
				for _, file := range shelf.Files(follow.Source) {
					taken[file] = true
				}
			}
		}
		for _, d := range found {
			if taken[d.At.File] {
				faults = append(faults, d)
			}
		}
		under = append(under, s.files.Under("assets")...)
		for _, f := range s.files.Files() {
			if parse.IsDocument(f.Path) {
				under = append(under, f.At(shelf.Home+f.Path))
			}
		}
	}
	if under != nil {
		base := (&tree.Tree{}).With(under...)
		p.source = base.With(p.source.Files()...)
	}
	return append(out.Docs, scripts(out.Docs, config.Languages)...), faults
}

// shared are the files at or below a path that many portals share.
func (p *Plan) shared(name string) []*tree.File {
	if p.opt.Shared == nil {
		return nil
	}
	if f, ok := p.opt.Shared.Get(name); ok {
		return []*tree.File{f}
	}
	return slices.Clone(p.opt.Shared.Under(name))
}

// Follows lists what a portal takes from catalogues, without building it.
func Follows(source *tree.Tree, opt Options) []portal.Follow {
	p := &Plan{source: source, opt: opt}
	p.setup = p.setUp(nil)
	if p.themed == nil {
		return nil
	}
	docs, _ := p.parse(nil)
	out, _ := portal.Resolve(p.config, docs, opt.Catalogues.Library(opt.Pins))
	return out.Follows
}
