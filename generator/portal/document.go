// Package portal is the domain: what a town writes, linked into one whole.
//
// Documents are the source files, parsed one by one. Link joins a document with
// its translations into an Entity, checks every reference, and gives a Portal,
// which has no language. Portal.In(locale) is the portal as one reader sees it:
// an Edition, with addresses settled and texts chosen. Other rooms are referred
// to by id, never by pointer back up.
package portal

import (
	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// Document is one source file, parsed. It holds no facts from other files.
type Document struct {
	File       string // slash-separated path below the portal's folder
	Type       string // name of its type
	ID         string
	Lang       string // language of its texts: from the file's name, else the portal's first
	Named      bool   // the file's name carries the language
	Fields     Value  // a record, checked against the fields of its type
	Title      string // from the field, the first heading or the file's name
	TitleAt    diag.Pos
	Body       markdown.Source // without the heading that became the title
	Whole      markdown.Source // with it
	From       string          // file of a catalogue that the document follows; else ""
	Derived    bool            // made by rule from another script (Serbian), not written
	Unreadable bool            // could not be parsed, placed or read as a form: it is listed, not published
}

// At returns the place to point to when the whole document is meant.
func (d *Document) At() diag.Pos { return diag.Pos{File: d.File, Line: 1} }

// Place returns where the named field stands, else the document's first line.
func (d *Document) Place(field string) diag.Pos {
	if v := d.Fields.Get(field); v.Set() {
		return v.At
	}
	return d.At()
}

// Entity is one thing in all its languages: a source document with its facts,
// and the texts of its translations.
type Entity struct {
	Type   string
	ID     string
	Source *Document
	Texts  map[string]*Document // by language, the source's own included
	Form   *Asking              // of type form: what it asks; nil where that is wrong
}

// Key identifies an entity in its portal.
func (e *Entity) Key() Key { return Key{e.Type, e.ID} }

// Key is a type's name and an id.
type Key struct{ Type, ID string }

// Fact returns the named value of the source document: facts are written once.
func (e *Entity) Fact(name string) Value { return e.Source.Fields.Get(name) }
