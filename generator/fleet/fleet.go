// Package fleet builds many portals that share catalogues, theme, messages and
// assets, as fleet.yaml lists them: each on its own, so that a broken town never
// stops another, with the work that is common done once.
package fleet

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/tree"
)

// File is the name of a fleet's configuration.
const File = "fleet.yaml"

// Fields are the fields of fleet.yaml.
var Fields = []portal.Field{
	{Name: "portals", Kind: portal.Record, Many: true, Lead: "path", Need: portal.Required, Doc: "folders of portals, or patterns such as towns/*", Of: []portal.Field{
		{Name: "path", Kind: portal.Text, Need: portal.Required, Doc: "folder of the portal, from the folder of fleet.yaml"},
		{Name: "id", Kind: portal.Text, Doc: "name of its output folder; the default is the folder's name"},
		{Name: "stage", Kind: portal.Text, Doc: "pilot or live, or another word; the default is live"},
		{Name: "pins", Kind: portal.Named, Doc: "version of each catalogue, for what names none"}}},
	{Name: "catalogues", Kind: portal.Named, Doc: "folder of each shared catalogue, by its id"},
	{Name: "pins", Kind: portal.Named, Doc: "version of each catalogue for all portals that pin none"},
	{Name: "theme", Kind: portal.Text, Doc: "folder of theme files that all portals share"},
	{Name: "messages", Kind: portal.Text, Doc: "folder of interface texts that all portals share"},
	{Name: "assets", Kind: portal.Text, Doc: "folder of pictures and files that all portals share"},
	{Name: "quotas", Kind: portal.Record, Lead: "files", Doc: "what one portal may take", Of: []portal.Field{
		{Name: "files", Kind: portal.Number, Doc: "source files"},
		{Name: "bytes", Kind: portal.Text, Doc: "size of all source files, such as 500 MB"},
		{Name: "file_bytes", Kind: portal.Text, Doc: "size of one source file, such as 50 MB"},
		{Name: "page_weight", Kind: portal.Text, Doc: "size of one finished page, such as 200 KB"},
		{Name: "build_time", Kind: portal.Text, Doc: "time of one build, such as 60 s"}}},
}

// Fleet is fleet.yaml, read and checked, with what all portals share.
type Fleet struct {
	Dir     string // folder of fleet.yaml
	Portals []Member
	Quotas  Quotas

	Catalogues *generator.Catalogues
	Shared     *tree.Tree // theme, messages and assets; nil for none
	folders    map[string]string
	missing    map[string]diag.Diagnostic // listed folders that are not there: the fault of one portal
	wardrobe   generator.Wardrobe
}

// Member is one portal of the fleet.
type Member struct {
	ID    string
	Path  string // slash path from the fleet's folder
	Stage string
	Pins  map[string]string
}

// Quotas bound what one portal may take; 0 means no bound.
type Quotas struct {
	tree.Limits
	PageBytes int64         // of one finished page
	Time      time.Duration // of one build
}

// Read reads the fleet of a folder, or of a fleet.yaml. The error is for a fleet
// that is not there or cannot be read; a fleet with errors in the list must not
// be built.
func Read(name string) (*Fleet, diag.List, error) {
	dir, file := name, filepath.Join(name, File)
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		dir, file = filepath.Dir(name), name
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	v, faults := parse.Settings(filepath.Base(file), raw, Fields)
	f := &Fleet{Dir: dir, Catalogues: generator.NewCatalogues(), folders: map[string]string{}, missing: map[string]diag.Diagnostic{}}
	f.quotas(v.Get("quotas"), &faults)
	f.members(v, &faults)
	if err := errors.Join(f.catalogues(v.Get("catalogues"), &faults), f.shared(v, &faults)); err != nil {
		return nil, nil, err
	}
	f.checkPins(v, &faults)
	return f, faults.Sorted(), nil
}

// Find returns the fleet above a portal's folder that lists it, and the member;
// nil where there is none.
func Find(dir string) (*Fleet, *Member, diag.List, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, nil, nil, err
	}
	for above := filepath.Dir(abs); ; above = filepath.Dir(above) {
		if _, err := os.Stat(filepath.Join(above, File)); err == nil {
			f, faults, err := Read(above)
			if err != nil {
				return nil, nil, nil, err
			}
			for i, m := range f.Portals {
				if filepath.Join(above, filepath.FromSlash(m.Path)) == abs {
					return f, &f.Portals[i], faults, nil
				}
			}
		}
		if above == filepath.Dir(above) {
			return nil, nil, nil, nil
		}
	}
}

// Folder is the folder of a portal on the disk.
func (f *Fleet) Folder(m Member) string { return filepath.Join(f.Dir, filepath.FromSlash(m.Path)) }

// Options are what a build of a member takes from the fleet.
func (f *Fleet) Options(m Member, opt generator.Options) generator.Options {
	opt.Shared, opt.Catalogues, opt.Pins, opt.Wardrobe = f.Shared, f.Catalogues, m.Pins, &f.wardrobe
	return opt
}

func (f *Fleet) members(v portal.Value, faults *diag.List) {
	list := v.Get("portals")
	if len(list.List) == 0 && !list.Bad {
		faults.Add("fleet/no-portals", diag.Pos{File: File, Line: 1})
	}
	common := names(v.Get("pins"))
	taken := map[string]Member{}
	listed := map[string]bool{}
	for _, entry := range list.List {
		pattern := entry.Get("path")
		if pattern.Text == "" {
			continue
		}
		paths, named := f.expand(pattern, faults)
		for _, p := range paths {
			if listed[p] && !named {
				continue // an entry of its own goes before a pattern
			}
			m := Member{ID: path.Base(p), Path: p, Stage: cmp.Or(entry.String("stage"), "live"), Pins: map[string]string{}}
			if id := entry.Get("id"); id.Set() {
				m.ID = id.Text
			}
			for _, pins := range []map[string]string{common, names(entry.Get("pins"))} {
				for c, version := range pins {
					m.Pins[c] = version
				}
			}
			at := entry.Get("path").At
			if why := badID(m.ID); why != "" {
				faults.Add("fleet/bad-id", at, "id", m.ID, "reason", why)
				continue
			}
			if other, ok := taken[tree.Fold(m.ID)]; ok && other.Path != p {
				faults.Add("fleet/same-id", at, "id", m.ID, "first", other.Path, "second", p)
				continue
			}
			if listed[p] { // this entry says more than the pattern before it
				f.Portals = slices.DeleteFunc(f.Portals, func(o Member) bool { return o.Path == p })
			}
			taken[tree.Fold(m.ID)], listed[p] = m, true
			f.Portals = append(f.Portals, m)
		}
	}
	slices.SortFunc(f.Portals, func(a, b Member) int { return cmp.Compare(a.ID, b.ID) })
}

// badID says why an id cannot be the name of an output folder.
func badID(id string) string {
	switch {
	case strings.ContainsAny(id, `/\`) || id == "" || strings.HasPrefix(id, "."):
		return "it must be the name of one folder that does not begin with a dot"
	default:
		return tree.BadName(id)
	}
}

// expand turns a path or pattern into folders of portals, sorted. named tells
// that it is no pattern.
func (f *Fleet) expand(pattern portal.Value, faults *diag.List) (paths []string, named bool) {
	clean := path.Clean(filepath.ToSlash(pattern.Text))
	if !strings.ContainsAny(clean, "*?[") {
		if info, err := os.Stat(filepath.Join(f.Dir, filepath.FromSlash(clean))); err != nil || !info.IsDir() {
			f.missing[clean] = diag.New("fleet/no-folder", pattern.At, "path", clean, "guess", diag.Guess(clean, f.siblings(clean)))
		}
		return []string{clean}, true
	}
	parts := strings.Split(clean, "/")
	fixed := slices.IndexFunc(parts, func(p string) bool { return strings.ContainsAny(p, "*?[") })
	base := path.Join(parts[:fixed]...)
	found, err := fs.Glob(os.DirFS(filepath.Join(f.Dir, filepath.FromSlash(base))), path.Join(parts[fixed:]...))
	if err != nil {
		faults.Add("fleet/pattern", pattern.At, "path", clean)
		return nil, false
	}
	for _, name := range found {
		rel := path.Join(base, name)
		dir := filepath.Join(f.Dir, filepath.FromSlash(rel))
		info, err := os.Lstat(dir) // a link could lead anywhere
		if err != nil || !info.IsDir() {
			continue
		}
		if _, err := os.Stat(filepath.Join(dir, portal.File)); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		paths = append(paths, rel)
	}
	if len(paths) == 0 {
		faults.Add("fleet/nothing-matches", pattern.At, "path", clean)
	}
	return paths, false
}

func (f *Fleet) siblings(p string) []string {
	var out []string
	entries, _ := os.ReadDir(filepath.Join(f.Dir, filepath.FromSlash(path.Dir(p))))
	for _, e := range entries {
		if e.IsDir() {
			out = append(out, path.Join(path.Dir(p), e.Name()))
		}
	}
	return out
}

func names(v portal.Value) map[string]string {
	out := map[string]string{}
	for _, m := range v.Map {
		out[m.Name] = m.Value.Text
	}
	return out
}

func (f *Fleet) catalogues(v portal.Value, faults *diag.List) error {
	for _, m := range v.Map {
		dir := filepath.Join(f.Dir, filepath.FromSlash(m.Value.Text))
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			faults.Add("fleet/no-folder", m.Value.At, "path", m.Value.Text, "guess", diag.Guess(m.Value.Text, f.siblings(m.Value.Text)))
			continue
		}
		files, found, err := tree.Read(dir, tree.Options{})
		if err != nil {
			return err
		}
		folder := path.Clean(filepath.ToSlash(m.Value.Text))
		*faults = append(*faults, below(folder, found)...)
		*faults = append(*faults, f.Catalogues.Add(folder, files)...)
		if f.Catalogues.Library(nil).Catalogue(m.Name) == nil {
			faults.Add("fleet/catalogue-id", m.Value.At, "name", m.Name, "path", m.Value.Text)
		}
		f.folders[m.Name] = folder
	}
	return nil
}

// below puts a folder before the files of diagnostics.
func below(folder string, list diag.List) diag.List {
	out := slices.Clone(list)
	for i := range out {
		out[i].At.File = path.Join(folder, out[i].At.File)
	}
	return out
}

// shared reads what lies under the files of every portal.
func (f *Fleet) shared(v portal.Value, faults *diag.List) error {
	var files []*tree.File
	for _, name := range []string{"theme", "messages", "assets"} {
		folder := v.Get(name)
		if !folder.Set() {
			continue
		}
		dir := filepath.Join(f.Dir, filepath.FromSlash(folder.Text))
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			faults.Add("fleet/no-folder", folder.At, "path", folder.Text, "guess", diag.Guess(folder.Text, f.siblings(folder.Text)))
			continue
		}
		t, found, err := tree.Read(dir, tree.Options{})
		if err != nil {
			return err
		}
		*faults = append(*faults, below(filepath.ToSlash(folder.Text), found)...)
		for _, file := range t.Files() {
			files = append(files, file.At(name+"/"+file.Path))
		}
	}
	if files != nil {
		f.Shared = (&tree.Tree{}).With(files...)
	}
	return nil
}

// checkPins reports pins of catalogues and versions that are not there.
func (f *Fleet) checkPins(v portal.Value, faults *diag.List) {
	lib := f.Catalogues.Library(nil)
	var known []string
	for _, c := range lib.Catalogues {
		known = append(known, c.ID)
	}
	check := func(pins portal.Value) {
		for _, m := range pins.Map {
			c := lib.Catalogue(m.Name)
			if c == nil {
				faults.Add("catalogue/unknown", m.Value.At, "id", m.Name, "known", strings.Join(known, ", "), "guess", diag.Guess(m.Name, known))
			} else if !slices.Contains(c.Versions, m.Value.Text) {
				faults.Add("catalogue/version", m.Value.At, "version", m.Value.Text, "catalogue", c.ID, "known", strings.Join(c.Versions, ", "), "guess", diag.Guess(m.Value.Text, c.Versions))
			}
		}
	}
	check(v.Get("pins"))
	for _, entry := range v.Get("portals").List {
		check(entry.Get("pins"))
	}
}

func (f *Fleet) quotas(v portal.Value, faults *diag.List) {
	size := func(name string) int64 {
		q := v.Get(name)
		n, ok := ParseSize(q.Text)
		if q.Set() && !ok {
			faults.Add("fleet/size", q.At, "field", name, "value", q.Text)
		}
		return n
	}
	f.Quotas.Files, _ = strconv.Atoi(v.String("files"))
	f.Quotas.Bytes, f.Quotas.FileBytes, f.Quotas.PageBytes = size("bytes"), size("file_bytes"), size("page_weight")
	if q := v.Get("build_time"); q.Set() {
		d, err := time.ParseDuration(strings.NewReplacer(" ", "", "minutes", "m", "minute", "m", "min", "m", "seconds", "s", "second", "s").Replace(q.Text))
		if err != nil || d <= 0 {
			faults.Add("fleet/time", q.At, "value", q.Text)
		}
		f.Quotas.Time = max(d, 0)
	}
}

// ParseSize reads a size such as 500 MB, in bytes; a bare number is bytes.
func ParseSize(text string) (int64, bool) {
	text = strings.ToUpper(strings.ReplaceAll(text, " ", ""))
	unit := int64(1)
	for suffix, n := range map[string]int64{"KB": 1e3, "MB": 1e6, "GB": 1e9} {
		if rest, ok := strings.CutSuffix(text, suffix); ok {
			text, unit = rest, n
		}
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n <= 0 || n*float64(unit) > 1e15 {
		return 0, false
	}
	return int64(n * float64(unit)), true
}
