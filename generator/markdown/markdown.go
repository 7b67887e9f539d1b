// Package markdown turns one Markdown body into safe HTML and the facts a
// portal needs about it: headings, plain text for the search, anchors, links,
// and every fault at its line and column.
//
// The text is parsed by goldmark; the HTML is written by this package alone, so
// that nothing an author writes reaches the page unescaped or out of balance.
// Raw HTML passes an allow-list and is rebuilt tag by tag (see builder.go): no
// script, no style attribute and no unclosed tag can leave a body.
//
// Conversion is pure. Where links lead is looked up in Options.Targets, which
// the caller fills for the destinations that [Destinations] names.
package markdown

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"belfry/generator/diag"
)

// Source is one body of Markdown and its place in a file.
type Source struct {
	File string // slash-separated path, as diagnostics name it
	Line int    // line of the file on which Text begins, from 1
	Text []byte // never changed

	// Pieces say where lines really stand when the text was put together from
	// several files, in order; nil where all of it is File's.
	Pieces []Piece

	origin     []byte             // the text this was cut from by Sections
	originLine int                // file line of origin's first line
	lines      []int              // where the lines of origin begin
	refs       []parser.Reference // link definitions of the whole body
}

// Piece is where a run of lines of a [Source] comes from: the line numbered From,
// counted as Source.Line does, stands in File on Line, and so on to the next piece.
type Piece struct {
	From int
	File string
	Line int
}

// Place returns the file and line on which a line of the source really stands.
func (s Source) Place(line int) (string, int) { return standing(s.Pieces, s.File, line) }

func standing(pieces []Piece, file string, line int) (string, int) {
	for _, p := range slices.Backward(pieces) {
		if line >= p.From {
			return p.File, p.Line + line - p.From
		}
	}
	return file, line
}

// Cut reports whether the source is a part that [Sections] cut from a body.
func (s Source) Cut() bool { return s.origin != nil || s.refs != nil }

// Kind says what a destination turned out to be.
type Kind uint8

// The kinds of destination. The zero value is Document.
const (
	Document Kind = iota // a page of the portal
	Asset                // a file published beside the pages
	External             // another site
	Fragment             // a place on the same page
	Mail                 // mailto:, tel: and the like
	Dead                 // nothing is there
)

// Target is what the caller found at a destination.
type Target struct {
	Href          string     // as it is to stand in the page
	Kind          Kind       //
	Lang          string     // BCP 47 language of the target where it differs; becomes hreflang
	Title         string     // of a document: the text of a link that has none
	Size          int64      // bytes of an asset, shown beside its link; 0 shows nothing
	Width, Height int        // pixels of an image, 0 when unknown
	Table         [][]string // rows of a CSV file, the first being its header
	Code          string     // of Dead: code of the diagnostic, default link/dead; it gets the arguments target and guess
	Guess         string     // of Dead: what may have been meant
}

// Options say how a body is to be rendered.
type Options struct {
	Lang     string            // BCP 47; decides lower case in heading ids
	Dir      string            // ltr or rtl: the direction of the text
	Targets  map[string]Target // by destination, as Destinations spells it
	Quotes   [4]string         // double open, double close, single open, single close; empty keeps what was typed
	Labels   *Labels           // texts in the reader's language, as [Labels.Filled] gives them; nil for English
	TopLevel int               // level which the highest heading becomes; 0 means 2

	SkipBroken   bool     // a missing image leaves its description only, not a mark of the gap
	ExternalText string   // hidden words after a link to another site, such as "(another site)"
	Reserved     []string // ids the page uses itself; one that ends in "-" reserves all that begin with it
	Scope        string   // tells the footnotes of several bodies on one page apart: part of their ids
	FirstTable   int      // tables already on the page, so that their names differ
}

// Heading is one heading of the body, in order.
type Heading struct {
	Level    int    // as rendered
	ID, Text string // anchor; text without markup
	Line     int    // of the file
}

// Link is one link as it stands in the HTML.
type Link struct {
	Href    string
	At      diag.Pos // of the destination in the file
	Excerpt string   // the source line
}

// Result is what a body became.
type Result struct {
	HTML        string
	Headings    []Heading
	Text        string   // plain text for the search, blocks on lines of their own
	Anchors     []string // every id of the HTML, in order
	Links       []Link   // every a[href] of the HTML, in order, for the check of fragments
	Tables      int      // tables in the HTML; add it to FirstTable of the next body
	Diagnostics diag.List
}

// Convert renders a body. It is safe for concurrent use. Faults in the text are
// diagnostics, never errors: whatever the text, the HTML is complete, balanced
// and free of script.
func Convert(src Source, opt Options) Result {
	r := newRenderer(src, opt)
	r.body()
	return r.result()
}

// body writes the whole of r.src.
func (r *renderer) body() {
	addresses := mayHoldAddress(r.src)
	if !addresses && isPlain(r.src) {
		r.plainBody()
	} else {
		r.parsedBody(addresses)
	}
}

// parsedBody writes what goldmark makes of r.src.
func (r *renderer) parsedBody(addresses bool) {
	p := plainParser
	if addresses {
		p = bodyParser
	}
	doc := r.parse(p())
	if r.mayHoldIDs() {
		r.reserveExplicit(doc)
	}
	r.blocks(doc)
}

// Inline renders a one-line field: emphasis, code, links and images, but no
// blocks. Line ends inside it become spaces.
func Inline(src Source, opt Options) (html, plain string, diags diag.List) {
	r := newRenderer(src, opt)
	doc := r.parse(lineParser())
	depth := r.push("", elements["p"])
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n != doc.FirstChild() {
			r.raw("<br>")
			r.plain(" ")
		}
		r.inlines(n)
	}
	r.pop(depth)
	res := r.result()
	return strings.TrimSpace(res.HTML), strings.TrimSpace(res.Text), res.Diagnostics
}

// PlainText returns the words of a Markdown text without its markup.
func PlainText(md string) string {
	r := newRenderer(Source{Text: []byte(md), Line: 1}, Options{})
	r.quiet = true
	r.body()
	return r.result().Text
}

// renderer is the state of one conversion.
type renderer struct {
	builder
	opt    Options
	labels *Labels
	src    []byte
	place  places
	refs   []parser.Reference
	quiet  bool              // nothing is looked up or reported
	asked  func(dest string) // told of every destination that is looked up; of tests

	ids      ids
	levels   []int // source levels of the open headings, outermost first
	headings []Heading
	anchors  []string
	links    []Link
	tables   int
	diags    diag.List
	drops    drops
	skip     skipping
	unclosed map[string]bool // refused elements of which no end tag follows
	tags     templateTags
	scratch  []byte
}

func newRenderer(src Source, opt Options) *renderer {
	body := src.Text
	if !src.Cut() { // what Sections cuts is clean
		body = clean(body)
	}
	r := renderers.Get().(*renderer)
	*r = renderer{
		builder: builder{out: r.out[:0], text: r.text[:0], open: r.open[:0]},
		opt:     opt, labels: opt.Labels, src: body, refs: src.refs,
	}
	if r.labels == nil {
		r.labels = english
	}
	if r.opt.TopLevel == 0 {
		r.opt.TopLevel = 2
	}
	r.place = places{file: src.File, pieces: src.Pieces, text: body, line: max(src.Line, 1)}
	if src.origin != nil {
		if off, ok := within(src.origin, body); ok {
			r.place = places{file: src.File, pieces: src.Pieces, text: src.origin, line: src.originLine, base: off, lines: src.lines}
		}
	}
	r.ids.reserved = opt.Reserved
	r.tables = opt.FirstTable
	r.summary = r.labels.Details
	r.closing = r.closed
	return r
}

// renderers lend the next one what they write to.
var renderers = sync.Pool{New: func() any { return new(renderer) }}

func (r *renderer) parse(p parser.Parser) ast.Node {
	pc := parser.NewContext()
	for _, ref := range r.refs {
		pc.AddReference(ref)
	}
	return p.Parse(text.NewReader(r.src), parser.WithContext(pc))
}

// result ends the conversion; r must not be used again.
func (r *renderer) result() Result {
	r.endSkip()
	r.closeTo(0)
	r.reportDrops()
	r.reportTemplateTags()
	res := Result{
		HTML:     string(r.out),
		Headings: r.headings,
		Text:     tidy(r.text),
		Anchors:  r.anchors,
		Links:    r.links,
		Tables:   r.tables - r.opt.FirstTable,
	}
	if !r.quiet {
		res.Diagnostics = r.diags.Sorted()
	}
	*r = renderer{builder: builder{out: r.out, text: r.text, open: r.open}} // nothing of the result lies in them
	renderers.Put(r)
	return res
}

// clean makes line ends plain and replaces what is no UTF-8, so that offsets
// need no further thought. Lines stay lines; most texts come back unchanged.
func clean(b []byte) []byte {
	if bytes.IndexByte(b, '\r') >= 0 {
		b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
		b = bytes.ReplaceAll(b, []byte("\r"), []byte(" "))
	}
	if bytes.IndexByte(b, 0) >= 0 {
		b = bytes.ReplaceAll(b, []byte{0}, []byte("\uFFFD"))
	}
	if !utf8.Valid(b) {
		b = bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return b
}

// tidy joins the spaces and line ends that blocks leave between them, in place.
func tidy(words []byte) string {
	words = bytes.TrimSpace(words)
	if untidy := func(pair string) bool { return bytes.Contains(words, []byte(pair)) }; !untidy("  ") && !untidy("\n\n") && !untidy(" \n") && !untidy("\n ") {
		return string(words)
	}
	out := words[:0]
	for i, c := range words {
		if c == ' ' && (words[i+1] == ' ' || words[i+1] == '\n') ||
			(c == '\n' || c == ' ') && i > 0 && len(out) > 0 && out[len(out)-1] == '\n' {
			continue
		}
		out = append(out, c)
	}
	return string(out)
}
