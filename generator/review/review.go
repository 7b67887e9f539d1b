// Package review holds the rules over what a town has written, a file each:
// is a service complete, is the text easy to read, is somebody answering for
// it, has somebody looked at it lately. It judges documents; what only shows in
// a finished page is for package audit, and what keeps a page from being built
// the build has told already.
package review

import (
	"bytes"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// Input is what the rules look at.
type Input struct {
	Portal  *portal.Portal
	At      time.Time
	Profile string                   // basic, sdg or italy
	Source  func(file string) []byte // a source file as it was written; nil where there is none
	Words   []Word                   // what people search for, from a list
	// Finds says how many pages a search finds in a language; nil where no index
	// was made.
	Finds func(lang, query string) int

	links map[portal.Key]bool
}

// Word is a word somebody searched for, and where it is listed.
type Word struct {
	Lang, Text string
	At         diag.Pos
}

// Rule is one rule: the code of its findings and how they are found.
type Rule struct {
	Code  string
	judge func(in *Input, tell func(at diag.Pos, args ...string))
}

// Rules are all rules, in the order they are applied.
func Rules() []Rule {
	return []Rule{
		{"review/basic", basic},
		{"review/sdg", sdg},
		{"review/sdg-advice", sdgAdvice},
		{"review/italy", italy},
		{"review/status-note", statusNote},
		{"review/reading-ease", readingEase},
		{"review/long-sentence", longSentence},
		{"review/placeholder", placeholder},
		{"review/overdue", overdue},
		{"review/never-reviewed", neverReviewed},
		{"review/reviewed-later", reviewedLater},
		{"review/no-owner", noOwner},
		{"review/untranslated", untranslated},
		{"review/same-title", sameTitle},
		{"review/long-past", longPast},
		{"review/search-word", searchWord},
		{"review/orphan", orphan},
	}
}

// Run applies the rules that are wanted; nil wants all. The same text shown in
// several languages is told once, where it stands.
func Run(in Input, only func(code string) bool) diag.List {
	var list diag.List
	for _, r := range Rules() {
		if only != nil && !only(r.Code) {
			continue
		}
		r.judge(&in, func(at diag.Pos, args ...string) { list.Add(r.Code, at, args...) })
	}
	return list
}

// shown are the entities that readers see.
func (in *Input) shown(yield func(e *portal.Entity) bool) {
	for _, e := range in.Portal.Entities {
		if in.Portal.Visible(e.Source, in.At) && !yield(e) {
			return
		}
	}
}

// documents are the documents of an entity that somebody wrote, the source
// first, then by language.
func (in *Input) documents(e *portal.Entity) []*portal.Document {
	out := []*portal.Document{e.Source}
	for _, lang := range in.Portal.Config.Languages {
		if d := e.Texts[lang]; d != nil && d != e.Source && !d.Derived && in.Portal.Visible(d, in.At) {
			out = append(out, d)
		}
	}
	return out
}

// lasting are the types whose texts hold until somebody changes them; what is
// dated grows old by itself.
func lasting(typ string) bool {
	switch typ {
	case "service", "guide", "step-by-step", "life-event", "faq", "page":
		return true
	}
	return false
}

// find returns the place of a text in a document's file, from a line on.
func (in *Input) find(file, text string, from int) (diag.Pos, bool) {
	lines := bytes.Split(in.Source(file), []byte("\n"))
	for n := max(0, from-1); n < len(lines); n++ {
		if at := bytes.Index(lines[n], []byte(text)); at >= 0 {
			return diag.Pos{File: file, Line: n + 1, Col: 1 + utf8.RuneCount(bytes.TrimPrefix(lines[n][:at], []byte("\xEF\xBB\xBF"))), Len: utf8.RuneCountInString(text)}, true
		}
	}
	return diag.Pos{File: file, Line: max(1, from)}, false
}

// linked are the documents that some document or the configuration names.
func (in *Input) linked() map[portal.Key]bool {
	if in.links != nil {
		return in.links
	}
	in.links = map[portal.Key]bool{}
	mark := func(typ, id string) {
		if e, ok := in.Portal.Lookup(typ, id); ok {
			in.links[e.Key()] = true
		}
	}
	for e := range in.shown {
		in.refs(portal.TypeByName(e.Type).Fields, e.Source.Fields, mark)
		for _, d := range in.documents(e) {
			for _, dest := range markdown.Destinations(d.Body.Text) {
				dest, _, _ = strings.Cut(dest, "#")
				if typ, id, ok := strings.Cut(dest, ":"); ok && portal.TypeByName(typ) != nil {
					mark(typ, id)
				} else if to, ok := in.Portal.ByFile(relative(d.File, dest)); ok && to != e {
					in.links[to.Key()] = true
				}
			}
		}
	}
	in.refs(portal.ConfigFields, in.Portal.Config.Fields, mark)
	mark("form", in.Portal.Config.Feedback)
	for _, m := range in.Portal.Config.Menu {
		if k := in.Portal.MenuTarget(m.Text); k.ID != "" {
			in.links[k] = true
		}
	}
	return in.links
}

func (in *Input) refs(fields []portal.Field, record portal.Value, mark func(typ, id string)) {
	for _, m := range record.Map {
		i := slices.IndexFunc(fields, func(f portal.Field) bool { return f.Name == m.Name })
		if i < 0 {
			continue
		}
		f := fields[i]
		values := append([]portal.Value{m.Value}, m.Value.List...)
		for _, v := range values {
			if f.Kind == portal.Ref && v.Text != "" {
				mark(f.Ref, v.Text)
			}
			if f.Kind == portal.Record {
				in.refs(f.Of, v, mark)
			}
		}
	}
}

// relative is the file that a link in a file means.
func relative(from, dest string) string {
	parts := strings.Split(from, "/")
	parts = parts[:len(parts)-1]
	for p := range strings.SplitSeq(dest, "/") {
		switch p {
		case "", ".":
		case "..":
			if len(parts) > 0 {
				parts = parts[:len(parts)-1]
			}
		default:
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, "/")
}
