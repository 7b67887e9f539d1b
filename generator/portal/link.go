package portal

import (
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
)

// Portal is everything a town wrote, linked. It has no language and no URLs.
type Portal struct {
	Config   *Config
	Entities []*Entity // sorted by type, then id
	Drafts   bool      // show documents marked as drafts too
	Files    Files     // the other files of the portal, by path

	byKey  map[Key]*Entity
	byLast map[Key][]*Entity // by the last part of the id
	byFile map[string]*Entity

	joined diag.List             // faults of joining, of the configuration, of rings
	found  map[*Entity]diag.List // faults of single entities
}

// Files answers for assets: whether a path exists, and which there are, sorted.
type Files interface {
	Has(path string) bool
	Names() []string
}

// Link joins documents into entities and checks what no single file can know:
// ids used twice, translations of nothing, references to what is not there.
// Faults are collected; the portal is usable for all that is sound.
func Link(config *Config, docs []*Document, files Files) (*Portal, diag.List) {
	p := &Portal{Config: config, Files: files, byKey: map[Key]*Entity{}, byLast: map[Key][]*Entity{}, byFile: map[string]*Entity{}}
	p.joined, p.found = p.join(docs), map[*Entity]diag.List{}
	p.Entities = slices.SortedFunc(maps.Values(p.byKey), func(a, b *Entity) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.ID, b.ID))
	})
	for _, e := range p.Entities {
		p.byLast[lastKey(e)] = append(p.byLast[lastKey(e)], e)
		for _, d := range e.Texts {
			p.byFile[Logical(d.File)] = e
		}
	}
	for _, e := range p.Entities { // a catalogue links to its own files, whatever the portal calls them
		if from := Logical(e.Source.From); from != "" && p.byFile[from] == nil {
			p.byFile[from] = e
		}
	}
	for _, e := range p.Entities {
		p.check(e)
	}
	p.checkConfig(&p.joined)
	p.checkCycles(&p.joined)
	return p, p.faults()
}

// lastKey is what an entity is found by when its id is written short.
func lastKey(e *Entity) Key { return Key{e.Type, path.Base(e.ID)} }

// check collects the faults of one entity.
func (p *Portal) check(e *Entity) {
	var faults diag.List
	p.checkReferences(e, &faults)
	checkTranslations(e, &faults)
	checkComplete(p.Config, e, &faults)
	if faults != nil {
		p.found[e] = faults
	}
}

// faults are all that linking found.
func (p *Portal) faults() diag.List {
	out := slices.Clone(p.joined)
	for _, e := range p.Entities {
		out = append(out, p.found[e]...)
	}
	return out
}

func (p *Portal) join(docs []*Document) diag.List {
	var faults diag.List
	docs = slices.Clone(docs)
	slices.SortFunc(docs, func(a, b *Document) int { return cmp.Compare(a.File, b.File) })
	ids := p.givenIDs(docs)
	for _, d := range docs {
		if d.Unreadable {
			continue
		}
		if id, ok := ids[p.stem(d)]; ok {
			d.ID = id
		}
		key := Key{d.Type, d.ID}
		e := p.byKey[key]
		if e == nil {
			e = &Entity{Type: d.Type, ID: d.ID, Texts: map[string]*Document{}}
			p.byKey[key] = e
		}
		if other := e.Texts[d.Lang]; other != nil {
			f := diag.New("link/same-id", d.At(), "type", d.Type, "id", d.ID, "lang", d.Lang)
			f.Related = []diag.Related{{At: other.At(), Code: "link/other-place"}}
			faults = append(faults, f)
			d.Unreadable = true
			continue
		}
		e.Texts[d.Lang] = d
	}
	for _, e := range p.byKey {
		e.Source = e.source(p.Config)
	}
	return faults
}

// givenIDs returns, by stem, the ids that front matter gives: what the source
// calls itself holds for its translations too.
func (p *Portal) givenIDs(docs []*Document) map[string]string {
	ids := map[string]string{}
	for _, d := range docs {
		if d.Unreadable || !d.Fields.Get("id").Set() {
			continue
		}
		if _, ok := ids[p.stem(d)]; !ok || !d.Named {
			ids[p.stem(d)] = d.ID
		}
	}
	return ids
}

// stem is the file of a document without language and ending.
func (p *Portal) stem(d *Document) string {
	stem := strings.TrimSuffix(d.File, path.Ext(d.File))
	tag := path.Ext(stem)
	if slices.ContainsFunc(p.Config.Languages, func(l string) bool { return strings.EqualFold("."+l, tag) }) {
		return strings.TrimSuffix(stem, tag)
	}
	return stem
}

// source is the document whose name carries no language; where there is none,
// the first of the portal's languages that has a text of its own, which one that
// carries a stamp is not.
func (e *Entity) source(c *Config) *Document {
	for _, d := range e.Texts {
		if !d.Named {
			return d
		}
	}
	var stamped *Document
	for _, l := range c.Languages {
		d := e.Texts[l]
		switch {
		case d == nil || d.Derived: // a derived text has no facts
		case !d.Fields.Get("translated_from").Set():
			return d
		case stamped == nil:
			stamped = d
		}
	}
	return stamped
}

// Lookup finds an entity by type and id, or by the last part of its id where
// that is unique in its type.
func (p *Portal) Lookup(typ, id string) (*Entity, bool) {
	id = strings.Trim(id, "/")
	if e := p.byKey[Key{typ, id}]; e != nil {
		return e, true
	}
	if found := p.byLast[Key{typ, id}]; len(found) == 1 {
		return found[0], true
	}
	return nil, false
}

// ByFile finds the entity a source file belongs to.
func (p *Portal) ByFile(file string) (*Entity, bool) {
	e, ok := p.byFile[file]
	return e, ok
}

// Of returns the entities of a type, sorted by id.
func (p *Portal) Of(typ string) []*Entity {
	from, _ := slices.BinarySearchFunc(p.Entities, typ, func(e *Entity, t string) int { return cmp.Compare(e.Type, t) })
	to := from
	for to < len(p.Entities) && p.Entities[to].Type == typ {
		to++
	}
	return p.Entities[from:to]
}

// Guess returns the id of the type nearest to what was written, or "".
func (p *Portal) Guess(typ, id string) string {
	var ids []string
	for _, e := range p.Of(typ) {
		ids = append(ids, e.ID)
	}
	return diag.Guess(id, ids)
}
