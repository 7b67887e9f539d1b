package upload

// What a run would do: the difference of two manifests, in the order in which it
// is safe to make it.

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"belfry/generator/publish"
	"belfry/generator/tree"
	"golang.org/x/sync/errgroup"
)

// Plan is what a run would do.
type Plan struct {
	Send   []publish.Entry // in the order in which they are sent
	Remove []string        // afterwards
	Same   int             // files that are there already
	Bytes  int64           // of Send

	local  publish.Manifest
	remote map[string]state // with what was found out about pending files
	block  []string         // of Remove: what stands in the way of a file to send
	turns  map[string]int   // of Send
}

// Compare reads the manifest of a published folder and that of the target, and
// says what is to be done. An error about the folder is a [SourceError].
func Compare(ctx context.Context, dir string, t Target) (*Plan, error) {
	local, err := publish.ReadManifest(dir)
	if err != nil {
		return nil, &SourceError{dir, err}
	}
	p := &Plan{local: local, turns: map[string]int{}}
	known, err := p.readRemote(ctx, t)
	if err != nil {
		return nil, err
	}
	gone := map[string]bool{}
	for name := range p.remote {
		gone[name] = true
	}
	for _, e := range local.Files {
		if unsayable(e.Path) {
			return nil, &SourceError{e.Path, errors.New("its name holds a control character, which hosts do not take")}
		}
		old, had := p.remote[e.Path]
		delete(gone, e.Path)
		if had && !old.pending && old.Hash == e.Hash && old.Size == e.Size {
			p.Same++
			continue
		}
		p.Send = append(p.Send, e)
		p.Bytes += e.Size
	}
	if err := p.find(ctx, t, known); err != nil {
		return nil, err
	}
	for _, e := range p.Send {
		p.turns[e.Path] = turn(e, p.remote[e.Path].there)
	}
	slices.SortStableFunc(p.Send, func(a, b publish.Entry) int {
		return cmp.Or(cmp.Compare(p.turns[a.Path], p.turns[b.Path]), cmp.Compare(a.Path, b.Path))
	})
	for name := range gone {
		p.Remove = append(p.Remove, name)
	}
	slices.SortFunc(p.Remove, func(a, b string) int { // pages before what they ask for
		page := func(name string) bool { return strings.HasSuffix(name, ".html") }
		if page(a) != page(b) {
			if page(a) {
				return -1
			}
			return 1
		}
		return cmp.Or(-cmp.Compare(turn(p.remote[a].Entry, true), turn(p.remote[b].Entry, true)), cmp.Compare(a, b))
	})
	p.blocking()
	return p, nil
}

// readRemote reads the host's manifest and reports whether there was one.
func (p *Plan) readRemote(ctx context.Context, t Target) (known bool, err error) {
	raw, err := t.Get(ctx, publish.ManifestName)
	if errors.Is(err, fs.ErrNotExist) {
		// On a host that cannot rename over a file, a cut may have come between the
		// removal of the old manifest and the naming of the new.
		raw, err = t.Get(ctx, partName(publish.ManifestName))
		if m, bad := publish.ParseManifest(raw); err == nil && bad == nil {
			p.remote, err = fromManifest(m)
			return err == nil, err
		}
		if err == nil || errors.Is(err, fs.ErrNotExist) {
			p.remote = map[string]state{}
			return false, nil
		}
	}
	if err != nil {
		return false, fmt.Errorf("the list of what is there (%s) cannot be read: %w", publish.ManifestName, err)
	}
	m, err := publish.ParseManifest(raw)
	if err == nil {
		p.remote, err = fromManifest(m)
	}
	if err != nil {
		return false, fmt.Errorf("%s on the host is damaged: %w; remove that file there, and everything is sent again", publish.ManifestName, err)
	}
	return true, nil
}

// find asks the host for pages that may be there or not: those that an earlier run
// was sending when it was cut off, or all of them where a portal stands without a
// manifest. A page that is there may be linked to, so it must wait for what is new.
func (p *Plan) find(ctx context.Context, t Target, known bool) error {
	var ask []string
	for _, e := range p.Send {
		if s, had := p.remote[e.Path]; had && s.pending && !s.there || !had && !known {
			ask = append(ask, e.Path)
		}
	}
	if !known {
		// Without an old home page nothing can be reached.
		if _, err := t.Size(ctx, home); errors.Is(err, fs.ErrNotExist) {
			return nil
		} else if err != nil {
			return fmt.Errorf("it cannot be seen whether %s is there: %w", home, err)
		}
	}
	there := make([]bool, len(ask))
	g, inner := errgroup.WithContext(ctx)
	g.SetLimit(max(1, t.Parallel()))
	for i, name := range ask {
		g.Go(func() error {
			_, err := t.Size(inner, name)
			there[i] = err == nil
			if errors.Is(err, fs.ErrNotExist) {
				return nil
			}
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return fmt.Errorf("it cannot be seen what an earlier run has sent: %w", err)
	}
	for i, name := range ask {
		if there[i] {
			p.remote[name] = state{Entry: publish.Entry{Path: name}, pending: true, there: true}
		}
	}
	return nil
}

// blocking finds what has to be removed before something can be sent: a file where
// a folder is to be, or files in a folder where a file is to be.
func (p *Plan) blocking() {
	sent := map[string]bool{}
	folders := map[string]bool{}
	for _, e := range p.Send {
		sent[e.Path] = true
		for up := path.Dir(e.Path); up != "."; up = path.Dir(up) {
			folders[up] = true
		}
	}
	for _, name := range p.Remove {
		stands := folders[name]
		for up := path.Dir(name); up != "." && !stands; up = path.Dir(up) {
			stands = sent[up]
		}
		if stands {
			p.block = append(p.block, name)
		}
	}
}

// twins are the files of the portal whose name a removal may hit as well, on a
// host that takes a and A for one letter.
func (p *Plan) twins() map[string][]publish.Entry {
	if len(p.Remove) == 0 {
		return nil
	}
	by := map[string][]publish.Entry{}
	for _, name := range p.Remove {
		by[tree.Fold(name)] = nil
	}
	for _, e := range p.local.Files {
		if _, hit := by[tree.Fold(e.Path)]; hit {
			by[tree.Fold(e.Path)] = append(by[tree.Fold(e.Path)], e)
		}
	}
	return by
}

// home is the page that everything is reached from.
const home = "index.html"

// rules are read by the host itself: they lead to pages from the moment they come.
var rules = []string{".htaccess", "_redirects", "_headers", "redirects.nginx.conf"}

// The turns of a run; those of one turn may come in any order.
const (
	newFile = iota // assets, feeds, parts of the index: nobody asks for them yet
	newPage
	newHome
	oldAsset   // replaced under its name
	oldPage    // pages in folders: what lists lead to
	oldList    // pages above them
	oldHome    // of each language
	oldFront   // of all
	oldData    // feeds and the sitemap, rules for hosts: they speak of pages
	oldSearch  // what begins a search: its results are pages
	oldWorkers // what keeps pages for later
)

// turn is when a file is sent. What is not there yet comes first.
func turn(e publish.Entry, there bool) int {
	page := strings.HasSuffix(e.Path, ".html")
	base, deep := path.Base(e.Path), strings.Count(e.Path, "/")
	switch {
	case slices.Contains(rules, e.Path):
		return oldData
	case !there && e.Path == home:
		return newHome
	case !there && page:
		return newPage
	case !there:
		return newFile
	case e.Path == home:
		return oldFront
	case page && deep == 1 && base == home:
		return oldHome
	case page && (deep < 2 || base == home):
		return oldList
	case page:
		return oldPage
	case e.Path == "sw.js" || e.Path == "service-worker.js":
		return oldWorkers
	case deep == 1 && strings.HasPrefix(e.Path, "search/") && !e.ContentNamed:
		return oldSearch
	case deep == 0, path.Ext(base) == ".xml", path.Ext(base) == ".atom", path.Ext(base) == ".ics", strings.HasSuffix(base, ".webmanifest"):
		return oldData
	}
	return oldAsset
}

// None reports whether there is nothing to do.
func (p *Plan) None() bool { return len(p.Send) == 0 && len(p.Remove) == 0 }

// MayRemove refuses a plan that removes more than the options let it, with a
// [TooManyError]. Files named by their content do not count: they go every day.
func (p *Plan) MayRemove(opt Options) error {
	of, gone := 0, 0
	for _, s := range p.remote {
		if !s.ContentNamed {
			of++
		}
	}
	for _, name := range p.Remove {
		if !p.remote[name].ContentNamed {
			gone++
		}
	}
	may := opt.MayRemove
	if may == 0 {
		may = max(20, of/4)
	}
	if may >= 0 && gone > may {
		return &TooManyError{gone, of, may}
	}
	return nil
}
