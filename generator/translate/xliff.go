package translate

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"belfry/generator/locale"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// The names of XLIFF 2.0 (OASIS Standard, 5 August 2014), and of what belfry
// adds to its elements.
const (
	xliffSpace  = "urn:oasis:names:tc:xliff:document:2.0"
	belfrySpace = "urn:belfry:translations:1"
)

// XLIFF writes documents as XLIFF 2.0: a file for each document, a unit for each
// text, with one segment. Links, code, HTML and emphasis are codes of their own,
// so that a translator's tool guards them; their Markdown stands in originalData.
func XLIFF(w io.Writer, source, lang string, docs []Document) error {
	x := &xliffWriter{w: w}
	x.f("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff xmlns=\"%s\" xmlns:belfry=\"%s\" version=\"2.0\" srcLang=\"%s\" trgLang=\"%s\">\n",
		xliffSpace, belfrySpace, attr(source), attr(lang))
	for i := range docs {
		x.file(i+1, &docs[i])
	}
	x.f("</xliff>\n")
	return x.err
}

type xliffWriter struct {
	w   io.Writer
	err error
}

func (x *xliffWriter) f(format string, args ...any) {
	if x.err == nil {
		_, x.err = fmt.Fprintf(x.w, format, args...)
	}
}

func (x *xliffWriter) file(n int, d *Document) {
	dir := ""
	if locale.For(d.Entity.Source.Lang).Dir == "rtl" {
		dir += ` srcDir="rtl"`
	}
	if locale.For(d.Lang).Dir == "rtl" {
		dir += ` trgDir="rtl"`
	}
	x.f("  <file id=\"f%d\" original=\"%s\" canResegment=\"no\"%s belfry:stamp=\"%s\">\n    <notes>\n", n, attr(d.Entity.Source.File), dir, attr(d.Stamp))
	x.f("      <note category=\"file\">%s</note>\n      <note category=\"state\">%s</note>\n    </notes>\n", attr(d.File), d.State)
	for i := range d.Units {
		x.unit(&d.Units[i])
	}
	x.f("  </file>\n")
}

func (x *xliffWriter) unit(u *Unit) {
	space := ""
	if u.Source.Kind != markdown.Words {
		space = ` xml:space="preserve"`
	}
	x.f("    <unit id=\"%s\" canResegment=\"no\"%s belfry:check=\"%s\">\n      <notes>\n        <note category=\"field\">%s</note>\n",
		attr(u.Key), space, check(u.Source.Text, u.Text()), attr(u.Note))
	if u.Was != "" {
		x.f("        <note category=\"source-before\">%s</note>\n", attr(u.Was))
	}
	x.f("      </notes>\n")
	c := &codes{ids: map[string]int{}}
	source := c.write(cutText(&u.Source), nil)
	target := ""
	if u.Target != nil {
		target = c.write(cutText(u.Target), c.source)
	}
	if len(c.data) > 0 {
		x.f("      <originalData>\n")
		for i, d := range c.data {
			x.f("        <data id=\"d%d\">%s</data>\n", i+1, chars(d))
		}
		x.f("      </originalData>\n")
	}
	state := "initial"
	if !u.Todo {
		state = "translated"
	}
	x.f("      <segment state=\"%s\">\n        <source>%s</source>\n", state, source)
	if target != "" {
		x.f("        <target>%s</target>\n", target)
	}
	x.f("      </segment>\n    </unit>\n")
}

// cutText cuts a block into pieces; plain text and code have no marks.
func cutText(b *portal.Block) []piece {
	if !b.Markdown || b.Kind == markdown.Code {
		return []piece{{text: b.Text}}
	}
	return pieces(b.Text)
}

// codes are the inline codes of one unit.
type codes struct {
	data   []string
	ids    map[string]int // number of a datum
	source []code         // of the source, in order
	extra  int
}

// code is one inline code and whether a target has one for it already.
type code struct {
	id    string
	piece piece
	used  bool
}

func (c *codes) datum(s string) string {
	if c.ids[s] == 0 {
		c.data = append(c.data, s)
		c.ids[s] = len(c.data)
	}
	return "d" + strconv.Itoa(c.ids[s])
}

// write writes pieces as content of <source>, or of <target> where it is given
// the codes of the source: what corresponds has the same id.
func (c *codes) write(list []piece, source []code) string {
	isTarget := c.source != nil
	ids := map[int]string{}
	if isTarget {
		all := marks(list)
		for pass := range 2 { // first those that are the same, then those of one kind
			for i, m := range all {
				for j := range source {
					s := &source[j]
					if ids[i] == "" && !s.used && s.piece.kind == m.kind && (pass == 1 || s.piece.open == m.open && s.piece.close == m.close) {
						ids[i], s.used = s.id, true
					}
				}
			}
		}
	} else {
		c.source = []code{}
	}
	n := 0
	return c.inner(list, isTarget, ids, &n)
}

func (c *codes) inner(list []piece, isTarget bool, ids map[int]string, n *int) string {
	var b strings.Builder
	for _, p := range list {
		if p.kind == "" {
			b.WriteString(chars(p.text))
			continue
		}
		id := ids[*n]
		*n++
		switch {
		case !isTarget:
			id = strconv.Itoa(len(c.source) + 1)
			c.source = append(c.source, code{id: id, piece: p})
		case id == "":
			c.extra++
			id = "t" + strconv.Itoa(c.extra)
		}
		more := ` type="` + xliffType(p.kind) + `"`
		if p.needed() {
			more += ` canDelete="no"`
		}
		if p.close == "" {
			fmt.Fprintf(&b, `<ph id="%s" dataRef="%s"%s disp="%s"/>`, id, c.datum(p.open), more, attr(p.open))
			continue
		}
		first, second := c.datum(p.open), c.datum(p.close)
		fmt.Fprintf(&b, `<pc id="%s" dataRefStart="%s" dataRefEnd="%s"%s>%s</pc>`, id, first, second, more, c.inner(p.inner, isTarget, ids, n))
	}
	return b.String()
}

func xliffType(kind string) string {
	switch kind {
	case "link", "image", "fmt":
		return kind
	case "break":
		return "fmt"
	}
	return "other"
}

// chars writes a text as XML content. What XML cannot hold travels as <cp>.
func chars(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '\r':
			b.WriteString("&#13;")
		case !xmlChar(r):
			fmt.Fprintf(&b, `<cp hex="%04X"/>`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// attr writes a text as the value of an attribute.
func attr(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString("↵")
		case !xmlChar(r):
			b.WriteRune('\uFFFD')
		default:
			b.WriteString(strings.ReplaceAll(chars(string(r)), `"`, "&quot;"))
		}
	}
	return b.String()
}

// xmlChar reports what XML 1.0 allows (production 2).
func xmlChar(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= 0x20 && r <= 0xD7FF || r >= 0xE000 && r <= 0xFFFD || r >= 0x10000
}
