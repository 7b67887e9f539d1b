package render

import (
	"bytes"
	"html"
	"html/template"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/markdown"
)

// Theme writes a view through one of its layouts.
type Theme interface {
	Execute(out *bytes.Buffer, layout, lang string, view any) error
}

// Result is one rendered page and what later stages need of it.
type Result struct {
	HTML    []byte
	Text    string          // plain text of the prose, for the search
	Links   []markdown.Link // links of the prose with a fragment, resolved by the caller
	Faults  diag.List
	Heading []markdown.Heading
}

// Page renders a view: first its Markdown, then the layout. The view must not
// be used again. The page is written into a buffer, which is emptied first, and
// Result.HTML lasts until the buffer is used again. An error is a fault of a template.
func (v *View) Page(theme Theme, into *bytes.Buffer) (Result, error) {
	out := v.Convert()
	into.Reset()
	err := theme.Execute(into, v.Layout, v.Lang, v)
	out.HTML = into.Bytes()
	return out, err
}

// Convert renders the Markdown of a view and nothing else; Result.HTML is empty.
func (v *View) Convert() Result {
	out := Result{Heading: v.heads}
	var texts []string
	tables := 0
	taken := append(reserved[:len(reserved):len(reserved)], v.ids...)
	for n, p := range v.prose {
		p.Options.FirstTable, p.Options.Reserved = tables, taken
		if n > 0 {
			p.Options.Scope = string(rune('a'+n%26)) + strings.Repeat("a", n/26)
		}
		r := markdown.Convert(p.Source, p.Options)
		tables += r.Tables
		if len(r.Anchors) > 0 {
			taken = append(taken[:len(taken):len(taken)], r.Anchors...)
		}
		p.HTML, p.Headings = template.HTML(r.HTML), r.Headings
		out.Heading = append(out.Heading, r.Headings...)
		out.Faults = append(out.Faults, r.Diagnostics...)
		for _, l := range r.Links {
			if strings.Contains(l.Href, "#") {
				out.Links = append(out.Links, l)
			}
		}
		if r.Text != "" {
			texts = append(texts, r.Text, "\n")
		}
	}
	out.Text = strings.Join(texts, "")
	return out
}

// proseLabels are the words that rendering adds to a text, in the reader's language.
func (s *Site) proseLabels() *markdown.Labels {
	labels := markdown.Labels{
		Note: s.t("prose.note"), Tip: s.t("prose.tip"), Important: s.t("prose.important"), Warning: s.t("prose.warning"), Caution: s.t("prose.caution"),
		Footnotes: s.t("prose.footnotes"), Footnote: s.t("prose.footnote"), Back: s.t("prose.back"), Table: s.t("prose.table"),
		MissingImage: s.t("prose.missing_image"), Done: s.t("prose.done"), Undone: s.t("prose.undone"), Details: s.t("prose.details"),
		Decimal: strings.Trim(s.Locale.Number("1.5"), "15١٥"), KB: s.t("size.kb_unit"), MB: s.t("size.mb_unit"),
	}
	return labels.Filled()
}

// Anchors are the ids of the page: what a link may point to.
func (r Result) Anchors() []string {
	var out []string
	rest := r.HTML
	if i := bytes.Index(rest, []byte("<body")); i > 0 {
		rest = rest[i:] // most of a page is the style in its head
	}
	for {
		i := bytes.Index(rest, []byte(` id="`))
		if i < 0 {
			return out
		}
		rest = rest[i+len(` id="`):]
		if end := bytes.IndexByte(rest, '"'); end >= 0 {
			out = append(out, html.UnescapeString(string(rest[:end])))
		}
	}
}
