package portal

// This file puts a body together from the sections of two layers.

import (
	"bytes"

	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// mergeBodies lays a body over the one below. A section headed with an id of
// the text below replaces that section, what stands before the first heading
// replaces the introduction, sections without an id are added at the end. A body
// in which no heading has an id replaces the whole.
func mergeBodies(below, top markdown.Source, doc *Document, faults *diag.List) markdown.Source {
	if blank(top) {
		return below
	}
	lead, own := markdown.Sections(top)
	marked := false
	for _, s := range own {
		marked = marked || s.Own
	}
	if !marked || doc.Type == "form" {
		return top
	}
	_, sections := markdown.Sections(below)
	var ids []string
	for _, s := range sections {
		ids = append(ids, s.ID)
	}
	replaced := map[string]int{}
	var added []int
	for i, s := range own {
		switch {
		case !s.Own:
			added = append(added, i)
		case indexOf(ids, s.ID) < 0:
			missing("catalogue/gone-section", diag.Pos{File: doc.File, Line: s.Line, Col: 1}, diag.Pos{File: below.File, Line: max(below.Line, 1)}, faults,
				"id", s.ID, "file", below.File, "guess", diag.Guess(s.ID, ids))
		default:
			replaced[s.ID] = i
		}
	}
	var j joined
	if blank(lead) {
		j.add(below, below.Line, before(sections, 0, below))
	} else {
		j.add(top, top.Line, before(own, 0, top))
	}
	for i, s := range sections {
		if n, ok := replaced[s.ID]; ok {
			j.add(top, own[n].Line, before(own, n+1, top))
		} else {
			j.add(below, s.Line, before(sections, i+1, below))
		}
	}
	for _, n := range added {
		j.add(top, own[n].Line, before(own, n+1, top))
	}
	return j.source()
}

func indexOf(list []string, s string) int {
	for i, l := range list {
		if l == s {
			return i
		}
	}
	return -1
}

// before is the line on which the i-th section begins, or the one after the
// last of the body.
func before(sections []markdown.Section, i int, body markdown.Source) int {
	if i < len(sections) {
		return sections[i].Line
	}
	return body.Line + bytes.Count(body.Text, []byte("\n")) + 1
}

// joined collects lines that remember where they stand.
type joined struct {
	text   []byte
	lines  int
	pieces []markdown.Piece
}

// add takes the lines from one number up to another of a source.
func (j *joined) add(src markdown.Source, from, to int) {
	lines := bytes.SplitAfter(src.Text, []byte("\n"))
	for n := from; n < to; n++ {
		i := n - src.Line
		if i < 0 || i >= len(lines) || len(lines[i]) == 0 {
			continue
		}
		file, line := src.Place(n)
		j.lines++
		if last := len(j.pieces) - 1; last < 0 || j.pieces[last].File != file || j.pieces[last].Line+j.lines-j.pieces[last].From != line {
			j.pieces = append(j.pieces, markdown.Piece{From: j.lines, File: file, Line: line})
		}
		j.text = append(j.text, lines[i]...)
	}
	if n := len(j.text); n > 0 && j.text[n-1] != '\n' {
		j.text = append(j.text, '\n')
	}
	if n := len(j.text); n > 1 && j.text[n-2] != '\n' { // a heading must not run on from a text
		j.text = append(j.text, '\n')
		j.lines++
	}
}

func (j *joined) source() markdown.Source {
	if len(j.pieces) == 0 {
		return markdown.Source{Line: 1}
	}
	return markdown.Source{File: j.pieces[0].File, Line: 1, Text: j.text, Pieces: j.pieces}
}
