package audit

import "path"

// imageAlt: every image says what it shows, or says by an empty alt that it is
// decoration (WCAG 2.2, 1.1.1). A file name is no description.
func imageAlt(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		switch {
		case e.tag == "img", e.tag == "area", e.tag == "input" && e.attrOf("type") == "image":
		case e.tag == "svg" && e.attrOf("role") == "img":
			if p.named(i) == "" && !p.hidden(i) {
				p.tell(e, nil, "src", "svg")
			}
			continue
		default:
			continue
		}
		alt, has := e.get("alt")
		src := e.attrOf("src")
		if e.tag == "area" {
			src = e.attrOf("href")
		}
		if role := e.attrOf("role"); p.hidden(i) || role == "presentation" || role == "none" || has && alt == "" && e.tag == "img" || e.attrOf("aria-label") != "" || e.attrOf("aria-labelledby") != "" {
			continue
		}
		if !has || alt == "" || alt == path.Base(src) {
			p.tell(e, sourceNeedles(src), "src", src)
		}
	}
}

// sourceNeedles are the ways the address of a file may stand in a source.
func sourceNeedles(src string) []string {
	return []string{src, path.Base(src)}
}
