package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"
)

// openHeading is a heading whose end has not come yet.
type openHeading struct {
	level    int    // in the page
	explicit string // id its author wrote
	words    int    // where its words begin in the plain text
	at       spot
	levels   []int // as they were before it
}

// beginHeading finds the level a heading gets: the first below the page's own,
// deeper ones one step each, whatever the author skipped (WCAG 1.3.1, 2.4.6).
func (r *renderer) beginHeading(source int, explicit string, at spot) *openHeading {
	before := slices.Clone(r.levels)
	for len(r.levels) > 0 && r.levels[len(r.levels)-1] >= source {
		r.levels = r.levels[:len(r.levels)-1]
	}
	r.levels = append(r.levels, source)
	return &openHeading{
		level: min(6, r.opt.TopLevel+len(r.levels)-1), explicit: explicit, words: len(r.text), at: at, levels: before,
	}
}

// endHeading gives the heading its id. from and inside are where its start tag
// and its content begin in the output. An empty heading is taken back.
func (r *renderer) endHeading(h *openHeading, from, inside int) {
	words := strings.Join(strings.Fields(string(r.text[min(h.words, len(r.text)):])), " ")
	if words == "" {
		if !bytes.Contains(r.out[inside:], []byte("<img ")) {
			r.out = r.out[:from]
		}
		r.levels = h.levels
		r.report("markdown/empty-heading", h.at.at, h.at.length)
		return
	}
	id := h.explicit
	if id != "" {
		id = r.anchor(id, h.at.at, h.at.length)
	} else {
		id = r.ids.auto(words, r.opt.Lang)
		r.anchors = append(r.anchors, id)
	}
	attr := appendEscaped([]byte(` id="`), []byte(id))
	r.out = slices.Insert(r.out, from+len("<h2"), append(attr, '"')...)
	r.headings = append(r.headings, Heading{Level: h.level, ID: id, Text: words, Line: r.place.fileLine(h.at.at)})
}

// heading writes a heading of Markdown.
func (r *renderer) heading(n *ast.Heading) {
	at := spot{max(n.Pos(), 0), n.Level}
	h := r.beginHeading(n.Level, explicitID(n), at)
	tag := "h" + strconv.Itoa(h.level)
	depth := r.push("<"+tag+">", elements[tag])
	from, inside := r.open[depth].from, len(r.out)
	r.inlines(n)
	r.settle(depth)
	r.endHeading(h, from, inside)
	if len(r.out) == from { // taken back
		r.open = r.open[:depth]
	}
	r.pop(depth)
	r.endBlock()
}

// explicitID returns the id of a heading's {#id}. Its other attributes, such
// as style, have no effect.
func explicitID(n *ast.Heading) string {
	v, ok := n.AttributeString("id")
	if !ok {
		return ""
	}
	id, _ := v.([]byte)
	if bytes.ContainsAny(id, " \t\n\f\r") {
		return ""
	}
	return string(id)
}

// htmlHeading opens a heading an author wrote in HTML. Where headings are not
// allowed it becomes a plain division.
func (r *renderer) htmlHeading(h *rawHTML, t token, level int) {
	off := h.offset(t.start)
	var rest []attribute
	explicit := ""
	for _, a := range t.attrs {
		if a.name == "id" && !strings.ContainsAny(a.value, " \t\n\f\r") {
			explicit = a.value
		} else {
			rest = append(rest, a)
		}
	}
	t.attrs = rest
	for _, e := range r.open {
		if e.el.name == "th" || e.el.name == "dt" || e.el.name == "address" || e.el.name == "caption" {
			if !r.openTag(elements["div"], t.name, r.attributes(h, t, elements["div"])) {
				r.dropped("html-dropped", t.name, off, 3)
			}
			return
		}
	}
	attrs := r.attributes(h, t, elements["h2"])
	if len(r.open) >= maxDepth || !r.fitFlow() {
		r.dropped("html-dropped", t.name, off, 3)
		return
	}
	r.endBlock()
	o := r.beginHeading(level, explicit, spot{off, 3})
	if r.openTag(elements["h"+strconv.Itoa(o.level)], t.name, attrs) {
		r.open[len(r.open)-1].heading = o
	}
}

// closed is told of every element of an author that closes.
func (r *renderer) closed(e *entry) {
	if e.heading != nil {
		r.endHeading(e.heading, e.from, e.inside)
		r.plain("\n")
	} else if e.el.fits != anywhere {
		r.plain("\n")
	}
}

// ids keeps the ids of one page apart.
type ids struct {
	used     map[string]bool
	next     map[string]int  // by id: the number to try first
	wanted   map[string]bool // ids that authors wrote, which generated ones avoid
	reserved []string
}

func (s *ids) take(id string) {
	if s.used == nil {
		s.used = map[string]bool{}
	}
	s.used[id] = true
}

// clear moves an id out of the prefixes that are reserved for the page.
func (s *ids) clear(id string) string {
	if strings.HasPrefix(id, "fn-") || strings.HasPrefix(id, "fnref-") {
		return "h-" + id
	}
	for _, r := range s.reserved {
		if strings.HasSuffix(r, "-") && strings.HasPrefix(id, r) {
			return "h-" + id
		}
	}
	return id
}

// has reports whether an id is taken, on this page or by it.
func (s *ids) has(id string) bool { return s.used[id] || slices.Contains(s.reserved, id) }

// auto makes the id of a heading from its words: lower-case letters, marks and
// digits of any script, joined by "-", in NFC.
func (s *ids) auto(words, lang string) string {
	base := s.clear(Slug(words, lang))
	return s.number(base, func(id string) bool { return s.has(id) || s.wanted[id] })
}

// number takes an id, with the first free number behind it when it is taken.
func (s *ids) number(base string, taken func(string) bool) string {
	id := base
	for n := max(2, s.next[base]); taken(id); n++ {
		id = base + "-" + strconv.Itoa(n)
		if s.next == nil {
			s.next = map[string]int{}
		}
		s.next[base] = n + 1
	}
	s.take(id)
	return id
}

// anchor takes an id an author wrote. When it is taken the author is told.
func (r *renderer) anchor(want string, off, n int) string {
	id := r.ids.number(r.ids.clear(norm.NFC.String(want)), r.ids.has)
	if id != norm.NFC.String(want) {
		r.report("markdown/id-taken", off, n, "id", shorten(want, 60), "new", shorten(id, 60))
	}
	r.anchors = append(r.anchors, id)
	return id
}

// Slug returns the words of a heading as an id: lower-case letters, marks and
// digits of any script, joined by "-", in NFC; "section" when there are none.
// Apostrophes and invisible characters vanish, so that "what’s" stays a word.
func Slug(words, lang string) string {
	if !composed(words) {
		words = norm.NFC.String(words)
	}
	turkic := lang == "tr" || lang == "az" || strings.HasPrefix(lang, "tr-") || strings.HasPrefix(lang, "az-")
	var b strings.Builder
	b.Grow(min(len(words), 128))
	gap := false
	for _, c := range words {
		switch {
		case 'a' <= c && c <= 'z' && !gap:
			b.WriteByte(byte(c))
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) && b.Len() > 0:
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			if turkic {
				c = unicode.TurkishCase.ToLower(c)
			} else {
				c = unicode.ToLower(c)
			}
			b.WriteRune(c)
		case c == '\'' || c == '’' || c == 'ʼ' || unicode.Is(unicode.Cf, c):
		default:
			gap = true
		}
		if b.Len() > 120 {
			break
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	if composed(b.String()) {
		return b.String()
	}
	return norm.NFC.String(b.String())
}

// composed tells quickly of most texts that they are in NFC: those without
// marks, of the Latin and Cyrillic scripts.
func composed(text string) bool {
	for _, c := range text {
		if c >= 0x300 && (c < 0x400 || c > 0x482) {
			return false
		}
	}
	return true
}

// mayHoldIDs reports whether the text can contain an id its author wrote.
func (r *renderer) mayHoldIDs() bool {
	return bytes.Contains(r.src, []byte("{#")) || bytes.Contains(r.src, []byte("id="))
}

// reserveExplicit notes the ids authors wrote, so that no generated id takes
// one that stands further down.
func (r *renderer) reserveExplicit(doc ast.Node) {
	r.ids.wanted = map[string]bool{}
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if h, ok := n.(*ast.Heading); ok && entering {
			if id := explicitID(h); id != "" {
				r.ids.wanted[r.ids.clear(norm.NFC.String(id))] = true
			}
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	for rest := r.src; ; {
		i := bytes.Index(rest, []byte("id="))
		if i < 0 {
			return
		}
		rest = rest[i+3:]
		value := bytes.TrimLeft(rest, `"'`)
		if end := bytes.IndexAny(value, "\"' >\t\n"); end > 0 {
			r.ids.wanted[r.ids.clear(norm.NFC.String(string(value[:end])))] = true
		}
	}
}
