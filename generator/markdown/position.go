package markdown

import (
	"bytes"
	"sort"
	"unicode/utf8"

	"belfry/generator/diag"
)

// places turns byte offsets of a body into lines and columns of its file.
type places struct {
	file   string
	pieces []Piece
	text   []byte // the body, or the longer text it is part of
	line   int    // file line of text's first line
	base   int    // where the body begins in text
	lines  []int  // offsets at which the lines of text begin; made when first asked
}

// index returns the number of the line, from 0, that holds an offset of text.
func (p *places) index(off int) int {
	if p.lines == nil {
		p.lines = make([]int, 1, 1+bytes.Count(p.text, []byte("\n")))
		for i := 0; ; {
			j := bytes.IndexByte(p.text[i:], '\n')
			if j < 0 {
				break
			}
			i += j + 1
			p.lines = append(p.lines, i)
		}
	}
	return sort.SearchInts(p.lines, off+1) - 1
}

// fileLine returns the line of the file that holds an offset of the body.
func (p *places) fileLine(off int) int {
	return p.line + p.index(p.base+max(off, 0))
}

// at returns the place of n bytes from an offset of the body, and its line.
func (p *places) at(off, n int) (diag.Pos, string) {
	off = min(p.base+max(off, 0), len(p.text))
	i := p.index(off)
	line := p.text[p.lines[i]:]
	if j := bytes.IndexByte(line, '\n'); j >= 0 {
		line = line[:j]
	}
	col := min(off-p.lines[i], len(line))
	n = min(n, len(line)-col)
	file, fileLine := standing(p.pieces, p.file, p.line+i)
	return diag.Pos{
		File: file,
		Line: fileLine,
		Col:  1 + utf8.RuneCount(line[:col]),
		Len:  utf8.RuneCount(line[col : col+n]),
	}, string(line)
}

// offset returns where a slice that the parser cut from the text begins, as an
// offset of the body: goldmark hands out destinations without their position,
// but as slices of the source.
func (p *places) offset(part []byte) (int, bool) {
	off, ok := within(p.text, part)
	return off - p.base, ok
}

// within returns the index at which part begins when it is a slice of whole:
// both then end at the same capacity.
func within(whole, part []byte) (int, bool) {
	off := cap(whole) - cap(part)
	if len(part) == 0 || off < 0 || off+len(part) > len(whole) || &whole[off] != &part[0] {
		return 0, false
	}
	return off, true
}

// report adds a diagnostic about n bytes from an offset of the body.
func (r *renderer) report(code string, off, n int, args ...string) {
	if r.quiet {
		return
	}
	pos, line := r.place.at(off, n)
	d := diag.New(code, pos, args...)
	d.Excerpt = line
	r.diags = append(r.diags, d)
}
