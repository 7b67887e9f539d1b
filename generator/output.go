package generator

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/portal"
	"belfry/generator/render"
	"belfry/generator/theme"
	"belfry/generator/tree"
)

// renderAll makes every page and hands it to the sink, one language after the
// other; while the next is rendered, the index of the one before is made of the
// texts that rendering found. So the texts of two languages are held at most.
func (p *Plan) renderAll(ctx context.Context, sink Sink) (diag.List, error) {
	var faults, found diag.List
	var indexing errgroup.Group
	check := newFragments(p.Portal)
	for _, site := range p.Sites {
		more, err := p.renderSite(ctx, sink, site, check)
		if failed := indexing.Wait(); err != nil || failed != nil || ctx.Err() != nil {
			return nil, cmp.Or(err, failed, ctx.Err())
		}
		faults = append(faults, more...)
		indexing.Go(func() error {
			more, err := p.writeSearch(site, sink)
			found = append(found, more...)
			return err
		})
	}
	if err := indexing.Wait(); err != nil {
		return nil, err
	}
	return slices.Concat(faults, found, check.faults()), ctx.Err()
}

// spoil notes a fault of the theme that only showed when a page was made, once: the
// page is missing, so that nothing can be published.
func (p *Plan) spoil(f *theme.Fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	d := f.Diagnostic()
	same := func(o diag.Diagnostic) bool { return o.At == d.At && slices.Equal(o.Args, d.Args) }
	if !slices.ContainsFunc(p.spoilt, same) {
		p.spoilt = append(p.spoilt, d)
	}
}

// renderSite makes the pages of one language, in parallel. What is kept of a
// page is small: its anchors, the fragments it links to, and its text until it
// is indexed.
func (p *Plan) renderSite(ctx context.Context, sink Sink, site *render.Site, check *fragments) (diag.List, error) {
	g, running := errgroup.WithContext(ctx)
	g.SetLimit(p.opt.jobs())
	var faults diag.List
	var pages []Page
	for _, page := range p.Pages {
		if page.Site == site {
			pages = append(pages, page)
		}
	}
	for chunk := range slices.Chunk(pages, 16) {
		if running.Err() != nil {
			break
		}
		g.Go(func() error {
			var found diag.List
			var size int64
			room := rooms.Get().(*bytes.Buffer)
			defer rooms.Put(room)
			for _, page := range chunk {
				out, more, err := p.render(page, room)
				var fault *theme.Fault
				if errors.As(err, &fault) {
					p.spoil(fault)
					continue
				}
				if err != nil {
					return err
				}
				found = append(found, more...)
				if err := sink.Write(page.Path, out.HTML); err != nil {
					return err
				}
				check.add(page.Path, out)
				p.keep(page, out)
				size += int64(len(out.HTML))
			}
			p.mu.Lock()
			defer p.mu.Unlock()
			faults = append(faults, found...)
			p.Report.Pages += len(chunk)
			p.Report.Bytes += size
			if p.opt.Progress != nil {
				p.opt.Progress("pages", p.Report.Pages, len(p.Pages))
			}
			return nil
		})
	}
	return faults, g.Wait()
}

// rooms are buffers that have grown to the size of a page.
var rooms = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render makes one page: the same bytes whether it is built or served.
func (p *Plan) Render(page Page) (render.Result, diag.List, error) {
	return p.render(page, new(bytes.Buffer))
}

// render is Render into a buffer: the result lasts until that is used again.
func (p *Plan) render(page Page, into *bytes.Buffer) (render.Result, diag.List, error) {
	view, faults := page.Site.View(page.Page)
	var key string
	if p.opt.Cache != nil {
		key = p.cacheKey(page, view)
		if !p.opt.Cache.Verify {
			if out, ok := p.opt.Cache.get(key); ok {
				return out, append(faults, out.Faults...), nil
			}
		}
	}
	out, err := view.Page(p.Theme, into)
	if err != nil {
		return out, nil, fmt.Errorf("%s: %w", page.Path, err)
	}
	if len(out.Text) > longText && page.Item != nil {
		out.Faults = append(out.Faults, p.weigh(page, out.HTML)...)
	}
	if p.opt.Cache != nil {
		if p.opt.Cache.Verify && p.opt.Cache.differs(key, out) {
			faults.Add("cache/differs", diag.Pos{File: portal.File}, "page", page.Path)
		}
		p.opt.Cache.put(key, out)
	}
	return out, append(faults, out.Faults...), nil
}

// file is one file of the output that is no page of an edition. It is made
// when it is asked for.
type file struct {
	path string
	page bool // counted as a page
	make func() ([]byte, error)
}

// others lists the files of the output that are no page of an edition: the
// front door, redirects, feeds, the sitemap and what the theme made.
func (p *Plan) others() []file {
	var out []file
	page := func(name string, view func() *render.View) {
		out = append(out, file{name, true, func() ([]byte, error) {
			r, err := view().Page(p.Theme, new(bytes.Buffer))
			if err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
			return r.HTML, nil
		}})
	}
	data := func(name string, bytes func() []byte) {
		out = append(out, file{name, false, func() ([]byte, error) { return bytes(), nil }})
	}
	page("404.html", func() *render.View { return render.NotFound(p.Sites) })
	page("index.html", func() *render.View {
		if len(p.Sites) == 1 {
			return p.Sites[0].RootHome()
		}
		return render.Front(p.Sites)
	})
	for _, r := range p.redirects() {
		page(r.from, func() *render.View { return render.Redirect(r.site, r.from, r.to) })
	}
	for _, f := range p.hostRules() {
		data(f.name, func() []byte { return f.text })
	}
	for _, s := range p.Sites {
		for _, f := range s.Feeds() {
			data(f.Path, f.Make)
		}
	}
	if base := p.Portal.Config.BaseURL; base != "" {
		data("sitemap.xml", func() []byte { return render.Sitemap(p.Sites) })
	}
	data("robots.txt", func() []byte { return render.Robots(p.Portal.Config.BaseURL) })
	for _, f := range p.Theme.Files() {
		data(f.Path, f.Make)
	}
	if forms := p.formFiles(); forms != nil {
		out = append(out, forms...)
		data(p.Theme.forms.Path, p.Theme.forms.Make)
	}
	return out
}

// writeFiles hands the other files and the assets to the sink.
func (p *Plan) writeFiles(sink Sink) error {
	for _, f := range p.others() {
		raw, err := f.make()
		var fault *theme.Fault
		if errors.As(err, &fault) {
			p.spoil(fault)
			continue
		}
		if err != nil {
			return err
		}
		if f.page {
			p.Report.Pages++
		}
		p.Report.Bytes += int64(len(raw))
		if err := sink.Write(f.path, raw); err != nil {
			return err
		}
	}
	return p.copyAssets(sink)
}

// File makes the one file of the output at a path, for serve; ok is false where
// the portal has none. The faults are those that only rendering finds.
func (p *Plan) File(name string) (raw []byte, faults diag.List, ok bool, err error) {
	at, found := slices.BinarySearchFunc(p.Pages, name, func(page Page, n string) int { return strings.Compare(page.Path, n) })
	if found {
		out, faults, err := p.Render(p.Pages[at])
		return out.HTML, excerpts(p.source, faults.Sorted()), true, err
	}
	if strings.HasPrefix(name, searchDir+"/") {
		raw, ok, err := p.searchFile(name)
		return raw, nil, ok, err
	}
	p.listed.Do(func() { // listing them makes the styles of forms
		p.byName = map[string]file{}
		for _, f := range p.others() {
			if _, twice := p.byName[f.path]; !twice {
				p.byName[f.path] = f
			}
		}
	})
	if f, ok := p.byName[name]; ok {
		raw, err := f.make()
		return raw, nil, true, err
	}
	if a, isAsset := p.source.Get(name); isAsset && strings.HasPrefix(name, "assets/") && refused(a) == "" {
		raw, err := a.Bytes()
		return raw, nil, true, err
	}
	return nil, nil, false, nil
}

// Source is the file that the page at a path shows the text of, or "".
func (p *Plan) Source(name string) string {
	at, found := slices.BinarySearchFunc(p.Pages, name, func(page Page, n string) int { return strings.Compare(page.Path, n) })
	if !found || p.Pages[at].Item == nil {
		return ""
	}
	return p.Pages[at].Item.Text.File
}

// copyAssets hands the files of assets/ to the sink. A file whose kind could
// run in the portal's name was refused before.
func (p *Plan) copyAssets(sink Sink) error {
	for _, f := range p.source.Under("assets") {
		if refused(f) != "" {
			continue
		}
		p.Report.Bytes += f.Size
		if copier, ok := sink.(interface{ Copy(*tree.File) error }); ok {
			if err := copier.Copy(f); err != nil {
				return err
			}
			continue
		}
		raw, err := f.Bytes()
		if err != nil {
			return err
		}
		if err := sink.Write(f.Path, raw); err != nil {
			return err
		}
	}
	return nil
}

// refusals reports the assets that are not published.
func (p *Plan) refusals() diag.List {
	var faults diag.List
	for _, f := range p.source.Under("assets") {
		if code := refused(f); code != "" {
			faults.Add(code, diag.Pos{File: f.Path})
		}
		if reason := tree.BadName(path.Base(f.Path)); reason != "" {
			faults.Add("file/bad-name", diag.Pos{File: f.Path}, "name", path.Base(f.Path), "reason", reason)
		}
	}
	return faults
}

// refused says why an asset is not published, as the code of a diagnostic: HTML
// and script could act in the portal's name, and so could a drawing that holds
// script. It is "" for all others.
func refused(f *tree.File) string {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".html", ".htm", ".xhtml", ".js", ".mjs", ".php", ".asp", ".aspx", ".jsp", ".cgi", ".wasm", ".htaccess", ".swf", ".xht", ".shtml":
		return "asset/refused"
	case ".svg", ".svgz", ".xml":
		if raw, err := f.Bytes(); err == nil && active(raw) {
			return "asset/script"
		}
	}
	return ""
}

// active reports whether a drawing holds anything that runs.
func active(svg []byte) bool {
	low := bytes.ToLower(svg)
	for _, mark := range []string{"<script", "javascript:", "<foreignobject", "<iframe", "<!entity", "<embed", "<object", "<handler", ":script"} {
		if bytes.Contains(low, []byte(mark)) {
			return true
		}
	}
	return handler.Match(low)
}

// fragments collects what pages offer and what they ask for.
type fragments struct {
	none    bool // no text of a document has a link to a place on a page: nothing is collected
	mu      sync.Mutex
	anchors map[string][]string // by page
	asked   []asked
}

type asked struct {
	page string
	link markdown.Link
}

func newFragments(p *portal.Portal) *fragments {
	f := &fragments{anchors: map[string][]string{}}
	f.none = !slices.ContainsFunc(p.Entities, func(e *portal.Entity) bool {
		for _, d := range e.Texts {
			if pointing(d.Body.Text) || pointingIn(d.Fields) {
				return true
			}
		}
		return false
	})
	return f
}

// pointing tells quickly of most texts that they have no link with a fragment:
// every "#" is that of a heading.
func pointing(text []byte) bool {
	for {
		i := bytes.IndexByte(text, '#')
		if i < 0 || i+1 == len(text) {
			return false
		}
		if text = text[i+1:]; text[0] != '#' && text[0] > ' ' {
			return true
		}
	}
}

func pointingIn(v portal.Value) bool {
	return strings.Contains(v.Text, "#") && pointing([]byte(v.Text)) || slices.ContainsFunc(v.List, pointingIn) ||
		slices.ContainsFunc(v.Map, func(m portal.Member) bool { return pointingIn(m.Value) })
}

func (f *fragments) add(page string, out render.Result) {
	if f.none {
		return
	}
	ids := out.Anchors()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.anchors[page] = ids
	for _, l := range out.Links {
		f.asked = append(f.asked, asked{page, l})
	}
}

// faults are the links to a place that its page does not have.
func (f *fragments) faults() diag.List {
	var list diag.List
	for _, a := range f.asked {
		to, fragment, _ := strings.Cut(a.link.Href, "#")
		if strings.Contains(to, ":") || fragment == "" || fragment == "top" {
			continue
		}
		page := a.page
		if to != "" {
			page = path.Join(path.Dir(a.page), to)
		}
		ids, known := f.anchors[page]
		if !known || slices.Contains(ids, unescape(fragment)) {
			continue
		}
		list.Add("link/fragment", a.link.At, "fragment", unescape(fragment), "guess", diag.Guess(unescape(fragment), ids))
	}
	return list
}

// excerpts adds the source line to each diagnostic that points at one. The list
// is sorted, so that a file is read once, and no further than its last fault.
func excerpts(source *tree.Tree, list diag.List) diag.List {
	var file string
	var rest []byte // of the file, from the line on
	line := 0
	for i := range list {
		d := &list[i]
		if d.At.Line == 0 || d.Excerpt != "" {
			continue
		}
		if d.At.File != file || d.At.Line < line {
			file, rest, line = d.At.File, nil, 1
			if f, ok := source.Get(file); ok && f.Size < tree.TextLimit {
				rest, _ = f.Bytes()
			}
		}
		for ; line < d.At.Line && len(rest) > 0; line++ {
			if end := bytes.IndexByte(rest, '\n'); end >= 0 {
				rest = rest[end+1:]
			} else {
				rest = nil
			}
		}
		if line == d.At.Line {
			text, _, _ := bytes.Cut(rest, []byte("\n"))
			d.Excerpt = string(bytes.TrimSuffix(text, []byte("\r")))
		}
	}
	return list
}
