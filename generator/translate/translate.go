// Package translate knows how far the translations of a portal are: what is
// missing, what has changed since, and how texts travel to translators and back.
//
// A translation is compared with its source block by block ([portal.Block]).
// The source blocks it was made from are kept in translations/<lang>.jsonl
// ([Records]), so that what changed can be shown. A document for a translator
// ([Document]) pairs each block of the source with the translation's; it leaves
// as XLIFF 2.0 or CSV and comes back as an [Exchange], which [Import] lays over
// the files. A file is never written anew: an [editor] replaces the bytes of the
// texts that changed and no others.
//
// Nothing here touches the disk: files come from a tree and go out as bytes.
package translate

import (
	"path"
	"slices"
	"strings"

	"belfry/generator/portal"
	"belfry/generator/tree"
)

// State says how far one translation is.
type State string

// The states. Unknown is a translation without a stamp: nobody said which source
// it was made from.
const (
	Missing   State = "missing"
	Draft     State = "draft" // prepared, not published yet
	OutOfDate State = "out-of-date"
	Unknown   State = "unknown"
	Current   State = "current"
	Broken    State = "unreadable" // there is a file, but it cannot be read
)

// States lists the states in the order in which they are worked off.
func States() []State { return []State{Missing, Draft, OutOfDate, Broken, Unknown, Current} }

// Item is one document in one language that is not its source's.
type Item struct {
	Entity  *portal.Entity
	Lang    string
	File    string           // of the translation, whether it is there or not
	Text    *portal.Document // nil where there is none
	State   State
	Changes []Change // of an out-of-date item whose old source is on record
	Known   bool     // the old source is on record
}

// Survey tells the state of every translation of a portal into some languages,
// by language in the order given, then by source file. Texts derived from another script
// are no translations; entries of directories need none.
func Survey(p *portal.Portal, files *tree.Tree, records map[string]Records, languages []string) []Item {
	var out []Item
	entities := slices.Clone(p.Entities)
	slices.SortFunc(entities, func(a, b *portal.Entity) int { return strings.Compare(a.Source.File, b.Source.File) })
	for _, lang := range languages {
		for _, e := range entities {
			if it, ok := survey(p, e, lang, files, records[lang]); ok {
				out = append(out, it)
			}
		}
	}
	return out
}

func survey(p *portal.Portal, e *portal.Entity, lang string, files *tree.Tree, records Records) (Item, bool) {
	it := Item{Entity: e, Lang: lang, Text: e.Texts[lang], File: FileOf(p.Config, e, lang)}
	if lang == e.Source.Lang || it.Text != nil && it.Text.Derived {
		return it, false
	}
	if it.Text == nil {
		it.State = Missing
		if _, there := files.Get(it.File); there {
			it.State = Broken
		}
		return it, it.State == Broken || e.Type != "entry"
	}
	it.File = it.Text.File
	stamp := it.Text.Fields.String("translated_from")
	switch {
	case it.Text.Fields.String("draft") == "true" && e.Fact("draft").Text != "true":
		it.State = Draft
	case stamp == "":
		it.State = Unknown
	case stamp == e.Source.Stamp():
		it.State = Current
	default:
		it.State = OutOfDate
		if r, ok := records.At(e, stamp); ok {
			it.Known = true
			it.Changes = Compare(r.Blocks, e.Source.Blocks())
		}
	}
	return it, true
}

// FileOf is the file that holds, or would hold, the text of an entity in a
// language: the source's with the language before its ending.
func FileOf(c *portal.Config, e *portal.Entity, lang string) string {
	if d := e.Texts[lang]; d != nil && !d.Derived {
		return d.File
	}
	ext := path.Ext(e.Source.File)
	stem := strings.TrimSuffix(e.Source.File, ext)
	if e.Source.Named {
		stem = strings.TrimSuffix(stem, path.Ext(stem))
	}
	return stem + "." + lang + ext
}
