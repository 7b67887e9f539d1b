package generator

// Planning again, for serve: what did not change is taken over from the plan
// before. The result is that of a plan from nothing; a test holds the two to
// each other after hundreds of edits.

import (
	"crypto/sha256"
	"maps"
	"slices"
	"strings"
	"time"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/render"
	"belfry/generator/tree"
)

// setup is what portal.yaml, the theme, the messages and the synonyms give.
type setup struct {
	key      [32]byte // of the files it is made from
	config   *portal.Config
	themed   *Dressed                    // nil where there can be no portal
	words    map[string]*locale.Messages // messages by language
	synonyms map[string][][]string       // by language
	faults   diag.List
}

// parsed is one document as it was read.
type parsed struct {
	file   *tree.File
	doc    *portal.Document // of a file that is broken now: what it was last, in serve
	faults diag.List
}

// told are the faults up to planning, by what they depend on.
type told struct {
	parse, link, translations diag.List
	rest                      diag.List
}

func (p *Plan) tell(t told) {
	p.told = t
	p.Report.Diagnostics = slices.Concat(t.rest, t.parse, t.link, t.translations)
}

// setUp reads what all pages share, or takes it over where its files are the same.
func (p *Plan) setUp(before *Plan) *setup {
	s := &setup{key: p.setupKey()}
	if before != nil && before.setup.key == s.key && before.opt.Shared == p.opt.Shared {
		return before.setup
	}
	s.config, s.faults = p.configure()
	if s.config == nil {
		return s
	}
	themed, messages, faults := p.loadTheme(s.config)
	s.faults = append(s.faults, faults...)
	if themed == nil {
		return s
	}
	s.themed, s.words = themed, messages
	s.synonyms, faults = p.readSynonyms(s.config)
	s.faults = append(s.faults, faults...)
	return s
}

func (p *Plan) setupKey() [32]byte {
	h := sha256.New()
	add := func(f *tree.File) {
		h.Write([]byte(f.Path))
		h.Write([]byte{0})
		h.Write(f.Hash[:])
	}
	for _, name := range []string{portal.File, synonymsFile} {
		if f, ok := p.source.Get(name); ok {
			add(f)
		}
	}
	for _, folder := range []string{"theme", "messages"} {
		for _, f := range p.source.Under(folder) {
			add(f)
		}
	}
	return [32]byte(h.Sum(nil))
}

// parsesAlike reports whether two plans read a document in the same way.
func (p *Plan) parsesAlike(q *Plan) bool {
	return p.themed != nil && p.parsed != nil && slices.Equal(p.config.Languages, q.config.Languages) &&
		p.config.Currency == q.config.Currency && p.themed.texts == q.themed.texts // sections are known by the messages
}

// parseFile reads a document, if it is not known from the plan before.
func (p *Plan) parseFile(f *tree.File, before *Plan) parsed {
	var last parsed
	if before != nil {
		last = before.parsed[f.Path]
		if last.file != nil && last.file.Hash == f.Hash {
			return last
		}
	}
	out := parsed{file: f}
	raw, err := f.Bytes()
	if err != nil {
		out.doc = &portal.Document{File: f.Path, Unreadable: true}
		out.faults = diag.List{diag.New("file/unreadable", diag.Pos{File: f.Path}, "reason", err.Error())}
	} else {
		out.doc, out.faults = parse.File(f.Path, raw, p.parsing)
	}
	if out.doc.Unreadable && p.opt.LastGood && last.doc != nil {
		out.doc = last.doc
	}
	return out
}

// Next plans a source that has changed. It is [Prepare] at less cost: the plan
// it is called on stays as it is, and goes on to serve who still asks it.
func (p *Plan) Next(source *tree.Tree, opt Options) *Plan {
	if next := p.swapped(source, opt); next != nil {
		return next
	}
	return prepare(source, opt, p)
}

// swapped is the short way of Next: documents changed in words alone, so that
// they can take the place of what they were. It is nil where that is not sure.
func (p *Plan) swapped(source *tree.Tree, opt Options) *Plan {
	if p.Portal == nil || p.parsed == nil || p.given != p.source || len(p.Report.Follows) > 0 || !p.holds(opt) {
		return nil
	}
	changes := tree.Compare(p.given, source)
	if len(changes.Added)+len(changes.Removed) > 0 || bothScripts(p.config.Languages) {
		return nil
	}
	next := &Plan{
		Theme: p.Theme, Report: p.Report, source: source, given: source, opt: p.opt, setup: p.setup, parsing: p.parsing,
		texts: map[*portal.Item]map[int]pageText{},
	}
	next.Report.Pages, next.Report.Bytes = 0, 0
	docs := map[*portal.Document]*portal.Document{}
	again := map[string]parsed{}
	told := p.told
	for _, name := range changes.Changed {
		f, _ := source.Get(name)
		if !parse.IsDocument(name) {
			return nil
		}
		last, now := p.parsed[name], next.parseFile(f, p)
		if last.doc == nil || now.doc.Unreadable || p.tangled(name) {
			return nil
		}
		again[name] = now
		told.parse = slices.DeleteFunc(slices.Clone(told.parse), func(d diag.Diagnostic) bool { return d.At.File == name })
		told.parse = append(told.parse, now.faults...)
		if now.doc == last.doc {
			continue // broken: the last one stays
		}
		e, ok := p.Portal.ByFile(name)
		if !ok || p.Sites[0].Item(e) == nil || !always(e) || !portal.SameShape(last.doc, now.doc) {
			return nil
		}
		old := e.Texts[last.doc.Lang]
		if old == nil || old.File != name || now.doc.Fields.Get("extends").Set() {
			return nil
		}
		linked := *now.doc
		linked.ID = old.ID // a translation goes by its source's
		docs[old] = &linked
	}
	next.swap(p, docs, told)
	next.parsed = maps.Clone(p.parsed)
	maps.Copy(next.parsed, again)
	return next
}

// swap puts documents in the place of others, stage by stage.
func (p *Plan) swap(before *Plan, docs map[*portal.Document]*portal.Document, t told) {
	var entities map[*portal.Entity]*portal.Entity
	p.Portal, entities, t.link = before.Portal.Swap(docs)
	files := map[string]bool{}
	for _, e := range entities {
		for _, d := range e.Texts {
			files[d.File] = true
		}
	}
	t.translations = slices.DeleteFunc(slices.Clone(t.translations), func(d diag.Diagnostic) bool { return files[d.At.File] })
	for _, e := range entities {
		t.translations = append(t.translations, p.translations(e)...)
	}
	sites, items := map[*render.Site]*render.Site{}, map[*portal.Item]*portal.Item{}
	for _, site := range before.Sites {
		ed, swapped := site.Edition.Swap(p.Portal, entities)
		sites[site] = site.Swap(ed, swapped, tables{p.source})
		p.Sites = append(p.Sites, sites[site])
		maps.Copy(items, swapped)
	}
	render.Join(p.Sites)
	p.Pages = slices.Clone(before.Pages)
	for i := range p.Pages {
		page := &p.Pages[i]
		page.Site = sites[page.Site]
		if it := items[page.Item]; it != nil {
			page.Item = it
		}
	}
	p.tell(t)
}

// site is the site of a language; nil where there is none, or no plan.
func (p *Plan) site(lang string) *render.Site {
	if p != nil {
		for _, s := range p.Sites {
			if s.Lang == lang {
				return s
			}
		}
	}
	return nil
}

// holds reports whether a plan is still the plan at another moment, under
// options that are otherwise the same.
func (p *Plan) holds(opt Options) bool {
	was := p.opt
	if opt.SkipBroken != was.SkipBroken || opt.Strict != was.Strict || opt.Drafts != was.Drafts || opt.Serve != was.Serve || opt.LastGood != was.LastGood ||
		opt.Cache != was.Cache || opt.Shared != was.Shared || opt.Catalogues != was.Catalogues || opt.At.Before(was.At) {
		return false
	}
	change, err := time.Parse(time.RFC3339, p.Report.NextChange)
	return p.Report.NextChange == "" || err == nil && opt.At.Before(change)
}

// tangled reports whether a file is part of a fault that other files are part
// of too, so that its lines matter elsewhere.
func (p *Plan) tangled(file string) bool {
	return p.Portal.Tangled(file) || slices.ContainsFunc(p.told.rest, func(d diag.Diagnostic) bool {
		return d.At.File == file || slices.ContainsFunc(d.Related, func(r diag.Related) bool { return r.At.File == file })
	})
}

// always reports whether all texts of an entity are shown at any time.
func always(e *portal.Entity) bool {
	for _, d := range e.Texts {
		for _, name := range []string{"draft", "publish", "expires"} {
			if d.Fields.Get(name).Set() {
				return false
			}
		}
	}
	return true
}

// bothScripts reports whether a portal has Serbian in both scripts, of which one
// may be derived.
func bothScripts(languages []string) bool {
	return slices.ContainsFunc(languages, func(l string) bool { return strings.HasPrefix(l, "sr-Cyrl") }) &&
		slices.ContainsFunc(languages, func(l string) bool { return strings.HasPrefix(l, "sr-Latn") })
}
