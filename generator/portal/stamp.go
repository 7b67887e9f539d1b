package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"belfry/generator/diag"
	forms "belfry/generator/form"
	"belfry/generator/markdown"
)

// Block is one text of a document that a translator translates as one: a field,
// or a block of its Markdown.
type Block struct {
	Key      string // "title", "evidence.2.note", "steps.1.1", "body.4": the same in every language
	Mark     string // what the block is in its Markdown, such as "## " or "- "
	Text     string // as written, without the mark; lines that flow are joined
	Kind     markdown.TextKind
	Markdown bool            // Text is Markdown; else plain
	At       diag.Pos        // of the value, or of the body
	Lines    []markdown.Span // of a Markdown text: where its lines stand in the value or the body
	Top      int             // of a Markdown text: number of the outermost block that holds it
}

// Canonical is the block in the one spelling that stamps and comparisons use.
// Two blocks that differ only in white space, in the marks of emphasis, in
// quotation marks or in Unicode form have the same. Code keeps its lines.
func (b Block) Canonical() string {
	switch {
	case b.Kind == markdown.Code:
		return b.Mark + norm.NFC.String(b.Text)
	case b.Markdown:
		return b.Mark + Even(emphasis(b.Text))
	}
	return b.Mark + Even(b.Text)
}

// Stamp identifies the texts a translation is made from. Facts, keywords and
// layout do not count, so only a changed sentence changes it.
func (d *Document) Stamp() string { return StampOf(d.Blocks()) }

// StampOf is the stamp of a list of blocks.
func StampOf(blocks []Block) string {
	h := sha256.New()
	for _, b := range blocks {
		h.Write([]byte(strings.TrimRight(strings.Map(noDigit, b.Key), ".")))
		h.Write([]byte{0})
		h.Write([]byte(b.Canonical()))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// noDigit leaves the numbers out of a key: the order of the blocks says it.
func noDigit(r rune) rune {
	if r >= '0' && r <= '9' {
		return -1
	}
	return r
}

// Blocks returns the texts of a document that a translator would see: its text
// fields in the order of the content model, then its body.
func (d *Document) Blocks() []Block { return d.BlocksAs(d) }

// BlocksAs returns the blocks of a translation under the keys that they have in
// its source: an item of a list with an id stands where the source has that id.
func (d *Document) BlocksAs(source *Document) []Block {
	out := []Block{{Key: "title", Text: d.Title, At: d.TitleAt}}
	for _, b := range fieldBlocks("", d.Fields, source.Fields, TypeByName(d.Type).Fields) {
		if strings.HasPrefix(b.Key, "requirements.") && strings.HasSuffix(b.Key, ".evidence") && at(source.Fields.Get("evidence").List, b.Text) >= 0 {
			continue // the id of what proves it, which is a fact
		}
		out = append(out, b)
	}
	body := diag.Pos{File: d.File, Line: d.Body.Line}
	return append(out, markdownBlocks("body", string(d.Body.Text), body, d.Type == "form")...)
}

func fieldBlocks(path string, v, source Value, fields []Field) []Block {
	var out []Block
	for _, f := range fields {
		m := v.Get(f.Name)
		if f.Name == "keywords" || path == "" && f.Name == "title" || f.Kind == Hash || !m.Set() || !f.Text && f.Kind != Record {
			continue
		}
		key := path + strings.ReplaceAll(f.Name, " ", "_")
		if !f.Many {
			out = append(out, valueBlocks(key, m, source.Get(f.Name), &f)...)
			continue
		}
		like := source.Get(f.Name).List
		for i, item := range m.List {
			if id := item.String("id"); id != "" {
				if n := at(like, id); n >= 0 {
					i = n
				}
			}
			var s Value
			if i < len(like) {
				s = like[i]
			}
			out = append(out, valueBlocks(key+"."+strconv.Itoa(i+1), item, s, &f)...)
		}
	}
	return out
}

func valueBlocks(key string, v, source Value, f *Field) []Block {
	switch {
	case f.Kind == Record:
		return fieldBlocks(key+".", v, source, f.Of)
	case f.Kind == Markdown:
		return markdownBlocks(key, v.Text, v.At, false)
	case v.Text == "":
		return nil
	}
	return []Block{{Key: key, Text: v.Text, At: v.At}}
}

func markdownBlocks(key, text string, at diag.Pos, isForm bool) []Block {
	var out []Block
	texts, _ := markdown.Texts([]byte(text))
	for _, t := range texts {
		pieces := []markdown.Text{t}
		if isForm && t.Kind == markdown.Words {
			pieces = formPieces(text, t)
		}
		for _, p := range pieces {
			out = append(out, Block{Key: key + "." + strconv.Itoa(len(out)+1), Mark: p.Mark, Text: p.Words, Kind: p.Kind,
				Markdown: true, At: at, Lines: p.Lines, Top: p.Top})
		}
	}
	return out
}

// formPieces cuts a block of a form into its label, its hint and what is said
// when the answer is wrong. The bracket is a fact and belongs to none.
func formPieces(body string, t markdown.Text) []markdown.Text {
	var out []markdown.Text
	begin := func(mark string) { out = append(out, markdown.Text{Mark: mark, Top: t.Top}) }
	begin(t.Mark)
	rest := strings.Map(func(r rune) rune {
		if strings.ContainsRune("-1.", r) {
			return ' '
		}
		return r
	}, t.Mark)
	for _, l := range t.Lines {
		line := body[l.From:l.To]
		switch words, _, ok := forms.Bracket(line); {
		case ok:
			l.To = l.From + words
			addLine(&out[len(out)-1], body, l)
			begin(rest)
			continue
		case strings.HasPrefix(line, "! "):
			begin(rest + "! ")
			l.From += 2
		}
		addLine(&out[len(out)-1], body, l)
	}
	var kept []markdown.Text
	for _, p := range out {
		if p.Words != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

func addLine(t *markdown.Text, body string, l markdown.Span) {
	if l.From < l.To {
		t.Lines = append(t.Lines, l)
		t.Words = strings.TrimSpace(t.Words + " " + strings.Join(strings.Fields(body[l.From:l.To]), " "))
	}
}

// Even brings a text into the one spelling in which it is compared: Unicode form
// NFC, one plain space between words, no characters nobody sees, and one kind
// of each quotation mark and dash, as the page replaces them anyway.
func Even(s string) string {
	s = strings.Join(strings.Fields(strings.Map(seen, norm.NFC.String(s))), " ")
	return typed.Replace(s)
}

// typed are the ways in which one mark is typed. Guillemets are a choice of
// their own and stay.
var typed = strings.NewReplacer("---", "—", "--", "–", "...", "…", "“", `"`, "”", `"`, "„", `"`, "‟", `"`,
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "\u2011", "-")

// seen drops characters that come along from word processors: zero-width
// spaces, soft hyphens, marks of direction. The joiners of scripts stay.
func seen(r rune) rune {
	if r == '\u00ad' || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d' {
		return -1
	}
	return r
}

// emphasis writes _this_ as *this*. An underscore inside a word is its letter,
// and code stays as it is.
func emphasis(s string) string {
	if !strings.Contains(s, "_") {
		return s
	}
	r := []rune(s)
	code := false
	for i, c := range r {
		switch {
		case c == '`':
			code = !code
		case c == '_' && !code && !(i > 0 && i+1 < len(r) && word(r[i-1]) && word(r[i+1])):
			r[i] = '*'
		}
	}
	return string(r)
}

func word(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
