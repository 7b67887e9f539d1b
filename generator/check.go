package generator

// This file is `belfry check`: one audit over what a town wrote and over the
// pages that come of it. The portal is built into an auditor that keeps a few
// numbers of each page and no page, so that it works on large portals too.

import (
	"context"
	"path"
	"slices"
	"strings"

	"belfry/generator/audit"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/review"
	"belfry/generator/tree"
	"belfry/search"
)

// CheckOptions say what is checked.
type CheckOptions struct {
	Profile  string                 // basic, sdg or italy; "" for that of portal.yaml
	Only     []string               // rules or areas (review, audit); nil for all
	External *audit.ExternalOptions // how other sites are asked; nil for not at all
}

// CheckReport is what a check found.
type CheckReport struct {
	Name     string // of the portal, in its first language
	Pages    int
	Rules    []string // that were applied, those of the build not among them
	Findings diag.List
	Excepted []diag.Excepted
	Owners   map[string]string // id of the office that answers for a file
	Offices  map[string]string // its title by id, in the portal's first language

	unusable bool
}

// Unusable reports that there is no portal to be checked at all.
func (r *CheckReport) Unusable() bool { return r.unusable }

// Rules are the codes of all rules of check, sorted by area.
func Rules() []string {
	var out []string
	for _, r := range review.Rules() {
		out = append(out, r.Code)
	}
	return append(out, audit.Codes()...)
}

// Check judges the portal of a tree. The error is the machine's.
func Check(ctx context.Context, source *tree.Tree, opt Options, check CheckOptions) (*CheckReport, error) {
	opt.SkipBroken, opt.Strict = true, false // a broken document does not hide what is wrong with the others
	plan := Prepare(source, opt)
	if plan.Portal == nil {
		return &CheckReport{Findings: plan.finish(nil).Diagnostics, unusable: true}, nil
	}
	c := &checking{plan: plan, check: check, wanted: wanted(check.Only)}
	c.words, c.found = readWords(source, plan.Portal.Config)
	c.auditor = audit.New(audit.Options{Base: plan.Portal.Config.BaseURL, Only: c.applied, Known: c.known, List: c.lists})
	hits := c.searchWords()
	faults, err := plan.renderAll(ctx, c)
	if err != nil {
		return nil, err
	}
	if err := plan.writeFiles(c); err != nil {
		return nil, err
	}
	c.found = append(c.found, plan.finish(faults).Diagnostics...)
	pages := c.auditor.Finish()
	if check.External != nil && c.applied("audit/external-link") {
		pages = append(pages, c.auditor.External(ctx, *check.External)...)
	}
	c.found = append(c.found, c.inSource(pages)...)
	c.review(hits)
	return c.report(), ctx.Err()
}

// checking is one run of check.
type checking struct {
	plan    *Plan
	check   CheckOptions
	wanted  func(code string) bool
	auditor *audit.Auditor
	words   []review.Word
	found   diag.List
	told    []diag.Excepted
}

// applied reports whether a rule of check is to run.
func (c *checking) applied(code string) bool {
	return c.wanted(code) && (code != "audit/external-link" || c.check.External != nil)
}

// wanted answers for --only: a code, its area, or its last part.
func wanted(only []string) func(string) bool {
	return func(code string) bool {
		area, name, _ := strings.Cut(code, "/")
		return len(only) == 0 || slices.Contains(only, code) || slices.Contains(only, area) || slices.Contains(only, name)
	}
}

// Write and Copy make the auditor the sink of a build.
func (c *checking) Write(name string, data []byte) error { return c.auditor.Write(name, data) }

// Copy takes note of an asset; only what is read as text is read.
func (c *checking) Copy(f *tree.File) error {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".css", ".svg":
		raw, err := f.Bytes()
		if err != nil {
			return err
		}
		return c.auditor.Write(f.Path, raw)
	}
	c.auditor.Has(f.Path, f.Size)
	return nil
}

// known reports whether the build makes a page.
func (c *checking) known(name string) bool {
	_, ok := c.plan.page(name)
	return ok
}

// lists reports whether a page's links do not count as leading anywhere: the
// map of everything, and what stands at old addresses.
func (c *checking) lists(name string) bool {
	page, ok := c.plan.page(name)
	return !ok && name != "index.html" || page.Layout == "site-map"
}

func (p *Plan) page(name string) (Page, bool) {
	at, found := slices.BinarySearchFunc(p.Pages, name, func(page Page, n string) int { return strings.Compare(page.Path, n) })
	if !found {
		return Page{}, false
	}
	return p.Pages[at], true
}

// searchWords asks each index, as it is made, for the words of its language;
// the index is let go. The answers are by language and word.
func (c *checking) searchWords() map[string]int {
	hits := map[string]int{}
	if len(c.words) == 0 || !c.applied("review/search-word") {
		return hits
	}
	c.plan.indexed = func(lang string, index *search.Index) {
		for _, w := range c.words {
			if w.Lang == lang {
				hits[lang+"\x00"+w.Text] = index.Search(search.Query{Text: w.Text, Limit: 1}).Total
			}
		}
	}
	return hits
}

// review applies the rules over content.
func (c *checking) review(hits map[string]int) {
	config := c.plan.Portal.Config
	profile := config.Profile
	if c.check.Profile != "" {
		profile = c.check.Profile
	}
	in := review.Input{Portal: c.plan.Portal, At: c.plan.opt.At, Profile: profile, Words: c.words, Source: c.plan.bytes}
	in.Finds = func(lang, query string) int { return hits[lang+"\x00"+query] }
	list := review.Run(in, c.applied)
	if c.applied("review/" + profile) {
		// The build names missing fields too; the rule says more of them.
		c.found = slices.DeleteFunc(c.found, func(d diag.Diagnostic) bool {
			return d.Code == "service/incomplete" || d.Code == "service/incomplete-sdg"
		})
	}
	c.found = append(c.found, list...)
}

// bytes is a source file as it was written; nil where it cannot be read.
func (p *Plan) bytes(file string) []byte {
	f, ok := p.source.Get(file)
	if !ok || f.Size > tree.TextLimit {
		return nil
	}
	raw, err := f.Bytes()
	if err != nil {
		return nil
	}
	return raw
}

// report applies what portal.yaml says of rules and sorts the findings.
func (c *checking) report() *CheckReport {
	p := c.plan.Portal
	r := &CheckReport{Name: p.Config.In(p.Config.Fields.Get("name"), p.Config.First()), Pages: c.auditor.Pages(), Owners: map[string]string{}, Offices: map[string]string{}}
	for _, code := range Rules() {
		if c.applied(code) {
			r.Rules = append(r.Rules, code)
		}
	}
	c.found = slices.DeleteFunc(c.found, func(d diag.Diagnostic) bool { return !c.wanted(d.Code) })
	c.relevel()
	c.except()
	for i := range c.told {
		c.told[i].Diagnostic = excerpts(c.plan.source, diag.List{c.told[i].Diagnostic})[0]
	}
	r.Excepted = c.told
	r.Findings = capped(excerpts(c.plan.source, c.found.Sorted()))
	if r.Findings == nil {
		r.Findings = diag.List{}
	}
	for _, e := range p.Entities {
		owner := ""
		for _, v := range []portal.Value{e.Fact("owner"), e.Fact("authority"), p.Config.Fields.Get("owner"), p.Config.Fields.Get("authority")} {
			if office, ok := p.Lookup("office", v.Text); ok && owner == "" {
				owner = office.ID
				r.Offices[owner] = office.Source.Title
			}
		}
		for _, d := range e.Texts {
			r.Owners[d.File] = owner
		}
	}
	return r
}
