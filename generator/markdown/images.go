package markdown

import (
	"path"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// picture is an image as its author wrote it, in Markdown or in HTML.
type picture struct {
	dest, alt, title string
	described        bool // alt was written, or left empty on purpose
	width, height    int  // as the author asks, 0 when not
	attrs            string
	at               spot // of the destination
	whole            spot // of the image
}

// shown are the endings of files that an <img> may show.
var shown = map[string]bool{
	".png": true, ".jpg": true, ".jpeg": true, ".gif": true, ".webp": true, ".avif": true, ".svg": true,
	".bmp": true, ".ico": true, ".apng": true, ".jfif": true,
}

// image writes an image, or what stands in for it. The target has been
// resolved, or ok is false.
func (r *renderer) image(p picture, t Target, ok bool) {
	if !ok {
		r.noImage(p)
		return
	}
	ext := strings.ToLower(path.Ext(strings.SplitN(t.Href, "?", 2)[0]))
	switch {
	case t.Kind == External:
		// A page asks nothing of other hosts, so a picture there becomes a link.
		r.report("markdown/external-image", p.at.at, p.at.length, "target", shorten(p.dest, 100))
		r.imageLink(p, t)
		return
	case t.Kind != Asset || ext != "" && !shown[ext]:
		r.imageLink(p, t)
		return
	}
	if p.alt == "" && !p.described {
		r.report("markdown/no-alt", p.whole.at, p.whole.length, "target", shorten(p.dest, 60))
	}
	if r.authors > 0 {
		r.fitPhrasing()
	}
	r.raw(`<img src="`)
	r.out = appendEscaped(r.out, []byte(t.Href))
	r.raw(`" alt="`)
	r.out = appendEscaped(r.out, []byte(p.alt))
	r.raw(`"`)
	if w, h := p.size(t); w > 0 && h > 0 {
		r.raw(` width="` + strconv.Itoa(w) + `" height="` + strconv.Itoa(h) + `"`)
	}
	if p.title != "" {
		r.raw(` title="`)
		r.out = appendEscaped(r.out, []byte(p.title))
		r.raw(`"`)
	}
	r.raw(p.attrs)
	r.raw(` loading="lazy" decoding="async">`)
	r.plain(p.alt)
}

// size returns the size at which to show an image: the file's, or the author's
// with the file's proportions.
func (p picture) size(t Target) (w, h int) {
	w, h = p.width, p.height
	switch {
	case w == 0 && h == 0 || t.Width > 0 && w > 0 && h > 0 && w > 4*t.Width:
		return t.Width, t.Height
	case w > 0 && h == 0 && t.Width > 0:
		h = max(1, w*t.Height/t.Width)
	case h > 0 && w == 0 && t.Height > 0:
		w = max(1, h*t.Width/t.Height)
	}
	return w, h
}

// noImage leaves the description where an image is not to be had; while its
// author can still see the page, with a mark.
func (r *renderer) noImage(p picture) {
	if r.opt.SkipBroken || r.quiet {
		r.words([]byte(p.alt))
		return
	}
	if r.authors > 0 {
		r.fitPhrasing()
	}
	r.raw(`<span class="mi">[`)
	r.out = appendEscaped(r.out, []byte(r.labels.MissingImage))
	if p.alt != "" {
		r.raw(": ")
		r.words([]byte(p.alt))
	}
	r.raw(`]</span>`)
}

// imageLink links what an image names but a page cannot show.
func (r *renderer) imageLink(p picture, t Target) {
	words := p.alt
	if words == "" {
		words = path.Base(p.dest)
	}
	if r.inLinks > 0 {
		r.words([]byte(words))
		return
	}
	depth := r.push(r.startLink(t, p.title, p.at), elements["a"])
	r.words([]byte(words))
	r.afterLink(t)
	r.pop(depth)
}

// markdownPicture reads an image of Markdown.
func (r *renderer) markdownPicture(n *ast.Image) picture {
	s := r.spotOf(n, n.Destination)
	p := picture{
		dest:  markdownDestination(n.Destination),
		alt:   r.altText(n),
		title: strings.TrimSpace(string(decode(nil, n.Title))),
		at:    s,
		whole: s,
	}
	if pos := n.Pos(); pos >= 0 {
		p.whole = spot{pos, max(1, s.at+s.length+1-pos)}
		if s.at < pos {
			p.whole.length = 2
		}
	}
	return p
}

// altText returns the plain words of an image's description.
func (r *renderer) altText(n ast.Node) string {
	var b []byte
	_ = ast.Walk(n, func(c ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering || c == n {
			return ast.WalkContinue, nil
		}
		switch c := c.(type) {
		case *ast.Text:
			if c.IsRaw() || c.Parent().Kind() == ast.KindCodeSpan {
				b = append(b, c.Segment.Value(r.src)...)
			} else {
				b = decode(b, c.Segment.Value(r.src))
			}
			if c.SoftLineBreak() || c.HardLineBreak() {
				b = append(b, ' ')
			}
		case *templateNode:
			b = append(b, c.value...)
		case *ast.String:
			b = append(b, r.stringValue(c)...)
		case *ast.AutoLink:
			b = append(b, c.Label(r.src)...)
		}
		return ast.WalkContinue, nil
	})
	return strings.TrimSpace(string(b))
}

// onlyImage returns the image which is all of a paragraph, or nil.
func onlyImage(n ast.Node) *ast.Image {
	if n.ChildCount() != 1 {
		return nil
	}
	img, _ := n.FirstChild().(*ast.Image)
	return img
}

// imageParagraph writes a paragraph that is one image where it becomes more
// than that: a CSV file becomes a table, an image with a title a figure. It
// reports whether it did.
func (r *renderer) imageParagraph(n *ast.Image) bool {
	if r.quiet {
		return false
	}
	p := r.markdownPicture(n)
	csv := isCSV(p.dest)
	if !csv && p.title == "" {
		return false
	}
	t, ok := r.resolve(p.dest, p.at)
	switch {
	case csv && ok && t.Kind == Asset && len(t.Table) > 0:
		r.csvTable(p, t)
	case csv && ok && t.Kind == Asset && t.Table != nil:
		r.report("markdown/csv-empty", p.at.at, p.at.length, "target", shorten(p.dest, 60))
	case ok && p.title != "" && t.Kind == Asset && !csv:
		depth := r.push("<figure>", elements["figure"])
		title := p.title
		p.title = ""
		r.image(p, t, ok)
		r.raw("<figcaption>")
		r.plain("\n")
		r.words([]byte(title))
		r.raw("</figcaption>")
		r.pop(depth)
	default:
		depth := r.push("<p>", elements["p"])
		r.image(p, t, ok)
		r.pop(depth)
	}
	r.endBlock()
	return true
}

func isCSV(dest string) bool {
	dest, _, _ = strings.Cut(dest, "?")
	return strings.EqualFold(path.Ext(dest), ".csv")
}

// htmlImage writes an <img> of an author.
func (r *renderer) htmlImage(h *rawHTML, t token) {
	start := h.offset(t.start)
	p := picture{attrs: r.attributes(h, t, elements["img"]), at: spot{start, 4}, whole: spot{start, t.end - t.start}}
	for _, a := range t.attrs {
		switch a.name {
		case "src":
			p.dest, p.at = htmlDestination([]byte(string(h.text[a.at:a.at+a.length]))), spot{h.offset(a.at), a.length}
		case "alt":
			p.alt, p.described = strings.TrimSpace(a.value), true
		case "width", "height":
			n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(a.value), "px"))
			switch {
			case err != nil || n < 1 || n > 10000:
				r.dropped("attribute-dropped", a.name, h.offset(a.nameAt), len(a.name))
			case a.name == "width":
				p.width = n
			default:
				p.height = n
			}
		}
	}
	target, ok := r.resolve(p.dest, p.at)
	r.image(p, target, ok)
}

// htmlLink opens an <a> of an author. One that leads nowhere keeps its words.
func (r *renderer) htmlLink(h *rawHTML, t token) {
	attrs := r.attributes(h, t, elements["a"])
	start := ""
	for _, a := range t.attrs {
		switch a.name {
		case "name":
			if a.value != "" && !strings.ContainsAny(a.value, " \t\n\f\r") && !t.has("id", func(string) bool { return true }) {
				attrs += ` id="` + string(appendEscaped(nil, []byte(r.anchor(a.value, h.offset(a.at), a.length)))) + `"`
			}
		case "href":
			s := spot{h.offset(a.at), a.length}
			if start != "" {
				continue
			}
			if target, ok := r.resolve(htmlDestination(h.text[a.at:a.at+a.length]), s); ok && r.inLinks == 0 {
				start = strings.TrimSuffix(strings.TrimPrefix(r.startLink(target, "", s), "<a"), ">")
			}
		}
	}
	el := elements["a"]
	if start == "" && attrs == "" {
		el = elements["span"]
	}
	if !r.openTag(el, t.name, start+attrs) {
		r.dropped("html-dropped", t.name, h.offset(t.start), 2)
	}
}
