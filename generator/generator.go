// Package generator turns a tree of source files into a portal. Build reads as
// the plan of the house, top to bottom: parse, link, localise, plan, render,
// publish. Every stage returns its result and a list of diagnostics; nothing
// is published while one of them is an error.
package generator

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/render"
	"belfry/generator/tree"
	"belfry/search"
	"golang.org/x/sync/errgroup"
)

// Options is what a build depends on beside its source.
type Options struct {
	At         time.Time         // the moment the portal is built for
	SkipBroken bool              // drop and report what is faulty, publish the rest
	Strict     bool              // warnings are errors
	Drafts     bool              // show drafts too (serve --drafts)
	Serve      bool              // keep what [Plan.Next] needs to plan again at little cost
	Snapshot   *Snapshot         // what is known of the source already; nil for nothing
	LastGood   bool              // with Serve: a file that is broken now is shown as it was last
	Jobs       int               // pages rendered at once; 0 for one per processor
	Cache      *Cache            // nil for none
	Wardrobe   *Wardrobe         // themes that portals have in common; nil for none
	Shared     *tree.Tree        // theme, messages and assets that many portals share, below their own; nil for none
	Catalogues *Catalogues       // shared catalogues; nil for none
	Pins       map[string]string // version by catalogue, for references that name none
	Progress   func(stage string, done, total int)
}

// Sink takes finished files. It must be safe for concurrent use, and must not keep
// the data: the next page is written over them.
type Sink interface {
	Write(path string, data []byte) error
}

// Report is what a build did.
type Report struct {
	Documents   Documents `json:"documents"`
	Pages       int       `json:"pages"`
	Bytes       int64     `json:"bytes"`
	NextChange  string    `json:"next_change"` // RFC 3339, or empty
	Diagnostics diag.List `json:"diagnostics"`

	Follows []portal.Follow `json:"-"` // what the portal takes from catalogues
	Homes   []string        `json:"-"` // the versions it takes from, as catalogue@version, sorted

	unusable bool // there is no portal at all
	skipped  bool // faults were dropped from the output
}

// Documents counts source files: Read = Published + LeftOut.
type Documents struct {
	Read      int `json:"read"`
	Published int `json:"published"`
	LeftOut   int `json:"left_out"`
}

// Failed reports whether the build found faults that forbid publishing. What a
// build with SkipBroken has dropped is reported, but forbids nothing.
func (r *Report) Failed() bool {
	return r.unusable || !r.skipped && r.Diagnostics.Count(diag.Error) > 0
}

// Plan is a portal ready to be rendered: every page is known, none is made.
type Plan struct {
	Portal  *portal.Portal
	Theme   *Dressed
	Sites   []*render.Site
	Pages   []Page          // sorted by path
	Follows []portal.Follow // what the portal takes from catalogues
	Report  Report
	source  *tree.Tree // with what lies under it: shared assets, the catalogues' files
	given   *tree.Tree // without
	opt     Options
	told    told

	*setup
	parsing parse.Options
	reads   string                                 // what parsing depends on, as text
	parsed  map[string]parsed                      // by path; kept to plan again
	indexed func(lang string, index *search.Index) // told of each index that is made; nil for nobody

	listed sync.Once
	byName map[string]file // the files that are no pages, for serve

	mu      sync.Mutex
	spoilt  diag.List                                // faults of the theme for which a page could not be made
	indexes map[string]func() ([]search.File, error) // by language, for serve
	texts   map[*portal.Item]map[int]pageText        // of rendered pages by their number, until they are indexed
}

// Page is a planned page and the edition it belongs to.
type Page struct {
	render.Page
	Site *render.Site
}

// Build makes the portal of a tree and hands its files to the sink. The error
// is the machine's: a full disk, a lost permission. Faults of the content are
// in the report; when it has Failed, the sink's content is not to be published.
func Build(ctx context.Context, source *tree.Tree, opt Options, sink Sink) (*Report, error) {
	return Prepare(source, opt).Build(ctx, sink)
}

// Build makes the files of a plan, as the function does. It is called once.
func (plan *Plan) Build(ctx context.Context, sink Sink) (*Report, error) {
	if plan.Portal == nil {
		return plan.finish(nil), nil
	}
	faults, err := plan.renderAll(ctx, sink)
	if err != nil {
		return nil, err
	}
	if err := plan.writeFiles(sink); err != nil {
		return nil, err
	}
	return plan.finish(faults), nil
}

// Prepare runs the stages up to plan. A portal whose configuration cannot be
// used has no Portal and no pages.
func Prepare(source *tree.Tree, opt Options) *Plan { return prepare(source, opt, nil) }

// prepare plans a source; what a plan before has found of what did not change
// is taken over, to the same result.
func prepare(source *tree.Tree, opt Options, before *Plan) *Plan {
	p := &Plan{source: source, given: source, opt: opt, texts: map[*portal.Item]map[int]pageText{}}
	p.setup = p.setUp(before)
	if p.themed == nil {
		p.Report.Diagnostics = p.setup.faults
		return p
	}
	docs, parseFaults := p.parse(before)
	docs, rest := p.resolve(p.config, docs, &parseFaults)
	rest = slices.Concat(p.setup.faults, rest)
	linked, linkFaults := portal.Link(p.config, docs, assets(p.source))
	linked.Drafts = opt.Drafts
	p.Portal, p.Theme = linked, p.themed
	rest = append(rest, p.plan(p.words, before)...)
	hidden, translations := p.count(docs)
	rest = slices.Concat(rest, hidden, p.refusals(), p.aliasFaults(), p.schemaFaults())
	if p.config.BaseURL == "" {
		rest.Add("config/no-base-url", diag.Pos{File: portal.File, Line: 1})
	}
	p.opt.Snapshot = nil // what it knew has been taken over
	p.tell(told{rest: rest, parse: parseFaults, link: linkFaults, translations: translations})
	if next, ok := linked.NextChange(opt.At); ok {
		p.Report.NextChange = next.Format(time.RFC3339)
	}
	return p
}

// configure reads portal.yaml.
func (p *Plan) configure() (*portal.Config, diag.List) {
	file, ok := p.source.Get(portal.File)
	if !ok {
		return nil, diag.List{diag.New("config/missing", diag.Pos{File: portal.File}, "dir", ".")}
	}
	raw, err := file.Bytes()
	if err != nil {
		return nil, diag.List{diag.New("file/unreadable", diag.Pos{File: portal.File}, "reason", err.Error())}
	}
	fields, faults := parse.Config(raw)
	if faults.Count(diag.Error) > 0 && (!fields.Get("name").Set() || !fields.Get("languages").Set()) {
		return nil, faults
	}
	config, more := portal.NewConfig(fields)
	return config, append(faults, more...)
}

// plan makes the editions and lists their pages.
func (p *Plan) plan(messages map[string]*locale.Messages, before *Plan) diag.List {
	languages := p.Portal.Config.Languages
	p.Sites = make([]*render.Site, len(languages))
	pages, found := make([][]render.Page, len(languages)), make([]diag.List, len(languages))
	var g errgroup.Group
	g.SetLimit(p.opt.jobs())
	for i, lang := range languages { // each in a folder of its own, so that no two can want one address
		g.Go(func() error {
			p.Sites[i] = render.NewSiteAfter(before.site(lang), p.Portal.In(lang, p.opt.At), messages[lang], p.Theme, tables{p.source}, p.opt.SkipBroken)
			pages[i], found[i] = p.Sites[i].Plan(portal.NewAddresses())
			return nil
		})
	}
	_ = g.Wait() // no stage of it fails
	for i, site := range p.Sites {
		for _, page := range pages[i] {
			p.Pages = append(p.Pages, Page{page, site})
		}
	}
	render.Join(p.Sites)
	slices.SortFunc(p.Pages, func(a, b Page) int { return cmp.Compare(a.Path, b.Path) })
	return slices.Concat(found...)
}

// finish completes the report: all diagnostics, sorted, with their source lines.
func (p *Plan) finish(more diag.List) *Report {
	r := p.Report
	r.unusable, r.skipped = p.Portal == nil || p.spoilt != nil, p.opt.SkipBroken
	r.Diagnostics = slices.Concat(r.Diagnostics, more, p.spoilt)
	if p.opt.Strict {
		r.Diagnostics = r.Diagnostics.Escalate()
	}
	r.Diagnostics = capped(excerpts(p.source, r.Diagnostics.Sorted()))
	if r.Diagnostics == nil {
		r.Diagnostics = diag.List{}
	}
	return &r
}

// perFile is how many diagnostics of one file are shown; a file full of faults
// must not hide those of the others.
const perFile = 100

func capped(list diag.List) diag.List {
	var out diag.List
	count := map[string]int{}
	for _, d := range list {
		count[d.At.File]++
		if count[d.At.File] <= perFile || d.Severity == diag.Error {
			out = append(out, d)
		}
	}
	for _, d := range list {
		if n := count[d.At.File] - perFile; n > 0 {
			out = append(out, diag.New("file/more-faults", diag.Pos{File: d.At.File}, "count", strconv.Itoa(n)))
			count[d.At.File] = 0
		}
	}
	return out
}

// Faults are those found up to planning, sorted, with their source lines.
func (p *Plan) Faults() diag.List { return p.finish(nil).Diagnostics }
