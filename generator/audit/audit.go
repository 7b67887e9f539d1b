// Package audit judges finished files: links between them, what a machine can
// say of their accessibility without a browser, weight, privacy and images. It
// knows nothing of portals, so it can judge any site.
//
// An Auditor takes each file as it passes and keeps a few numbers of it: rules
// over a page run at once (pageRules), rules over the whole tree at the end
// (siteRules). A finding points into the finished file; its needles are texts
// by which the caller finds the place in the source that it was made from.
package audit

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"

	"belfry/generator/diag"
)

// Finding is a diagnostic whose place is in a finished file.
type Finding struct {
	diag.Diagnostic
	Needles []string // texts to look for in the source, the surest first
	Times   int      // how often such a needle was met in the page before
}

// Options say what is judged.
type Options struct {
	Base string                 // address of the site, with a slash at its end; links that begin with it are the site's own
	Only func(code string) bool // rules to apply; nil for all
	List func(page string) bool // pages that list everything: a link from there does not lead to a page; nil for none
	// Known says what is in the tree beside the files that are handed over; nil
	// for nothing. Links to it need not be remembered.
	Known func(file string) bool
}

// pageRule judges one page by itself.
type pageRule struct {
	code  string
	judge func(p *page)
}

// pageRules are the rules over a page, a file each.
var pageRules = []pageRule{
	{"audit/lang", lang},
	{"audit/title", title},
	{"audit/description", description},
	{"audit/one-h1", oneH1},
	{"audit/heading-order", headingOrder},
	{"audit/landmarks", landmarks},
	{"audit/image-alt", imageAlt},
	{"audit/label", label},
	{"audit/duplicate-id", duplicateID},
	{"audit/aria-reference", ariaReference},
	{"audit/empty-link", emptyLink},
	{"audit/empty-button", emptyButton},
	{"audit/link-text", linkText},
	{"audit/table-headers", tableHeaders},
	{"audit/tabindex", tabIndex},
	{"audit/autoplay", autoplay},
	{"audit/frame-title", frameTitle},
	{"audit/zoom", zoom},
	{"audit/refresh", refresh},
	{"audit/other-host", otherHost},
	{"audit/form-plain", formPlain},
	{"audit/image-size", imageSize},
	{"audit/first-response", firstResponse},
}

// siteRule judges what is kept of all pages.
type siteRule struct {
	code  string
	judge func(a *Auditor, tell func(Finding))
}

var siteRules = []siteRule{
	{"audit/dead-link", deadLinks},
	{"audit/link-case", linkCase},
	{"audit/fragment", fragments},
	{"audit/orphan-page", orphanPages},
	{"audit/hreflang", hreflang},
	{"audit/image-heavy", imageHeavy},
	{"audit/page-weight", pageWeight},
}

// Codes are the codes of all rules, in the order they are applied; that of
// external links, which are only asked for on request, is the last.
func Codes() []string {
	var out []string
	for _, r := range pageRules {
		out = append(out, r.code)
	}
	for _, r := range siteRules {
		out = append(out, r.code)
	}
	return append(out, externalCode)
}

// Auditor collects what is found. It is safe for concurrent use until Finish.
type Auditor struct {
	opt    Options
	packer packer

	mu       sync.Mutex
	found    []Finding
	pages    map[string]*facts
	files    map[string]int64   // bytes of every file that is no page
	packed   map[string]int     // compressed bytes of files that travel compressed
	targets  map[string]*target // what pages link to or load, by path and fragment
	led      map[string]bool    // files that a page leads to
	external map[string][]Place // addresses on other sites
}

// facts is what is kept of a page.
type facts struct {
	ids        []uint32 // hashes, sorted
	first      int      // compressed bytes of the page itself
	loads      []string // files a browser fetches with it
	alternates []alternate
	redirect   bool // it only leads on to another page
	hidden     bool // it keeps out of search engines
}

type alternate struct{ lang, path string }

// Place is a link as it stands in a finished page.
type Place struct {
	At      diag.Pos
	Needles []string
}

// target is one thing that is linked to or loaded. Of the places that name it
// only the first few are kept: what is wrong in a frame is wrong on all pages.
type target struct {
	path, fragment string
	loaded         bool // by the page, not by the reader
	places         []linkPlace
}

type linkPlace struct {
	at          diag.Pos
	href, words string
}

// kept is how many places of one broken target are told.
const kept = 40

// New returns an auditor of one site.
func New(opt Options) *Auditor {
	if opt.Only == nil {
		opt.Only = func(string) bool { return true }
	}
	if opt.List == nil {
		opt.List = func(string) bool { return false }
	}
	if opt.Known == nil {
		opt.Known = func(string) bool { return false }
	}
	return &Auditor{opt: opt, led: map[string]bool{}, pages: map[string]*facts{}, files: map[string]int64{}, packed: map[string]int{}, targets: map[string]*target{}, external: map[string][]Place{}}
}

// Write takes a finished file; it never fails. The data are not kept.
func (a *Auditor) Write(name string, data []byte) error {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		a.page(name, data)
		return nil
	case ".css":
		a.judgeStyleFile(name, data)
		fallthrough
	case ".js", ".svg", ".json", ".xml", ".txt", ".webmanifest":
		n := a.packer.size(data)
		a.mu.Lock()
		a.packed[name] = n
		a.mu.Unlock()
	}
	a.Has(name, int64(len(data)))
	return nil
}

// Has takes note of a file that need not be read.
func (a *Auditor) Has(name string, size int64) {
	a.mu.Lock()
	a.files[name] = size
	a.mu.Unlock()
}

// page judges one page and keeps what the rules over the tree need.
func (a *Auditor) page(name string, data []byte) {
	p := parse(name, data)
	p.base, p.packer = a.opt.Base, &a.packer
	for _, r := range pageRules {
		if a.opt.Only(r.code) {
			p.code = r.code
			r.judge(p)
		}
	}
	f := &facts{ids: p.hashes(), redirect: p.redirects(), hidden: p.noIndex(), alternates: p.alternates(), loads: p.loads(), first: p.weight()}
	links := p.links()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.found = append(a.found, p.found...)
	a.pages[name] = f
	for _, l := range links {
		a.keep(p, f, l)
	}
}

// Finish judges what only the whole tree shows and returns all findings,
// sorted by place.
func (a *Auditor) Finish() []Finding {
	for _, r := range siteRules {
		if a.opt.Only(r.code) {
			r.judge(a, func(f Finding) { a.found = append(a.found, f) })
		}
	}
	slices.SortStableFunc(a.found, func(x, y Finding) int {
		return cmp.Or(cmp.Compare(x.At.File, y.At.File), cmp.Compare(x.At.Line, y.At.Line), cmp.Compare(x.At.Col, y.At.Col), cmp.Compare(x.Code, y.Code), slices.Compare(x.Args, y.Args))
	})
	return a.found
}

// Pages is how many pages were judged.
func (a *Auditor) Pages() int { return len(a.pages) }
