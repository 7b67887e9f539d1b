package audit

import "strings"

// label: whoever cannot see the page learns from its label what a field is for
// (WCAG 2.2, 1.3.1, 3.3.2 and 4.1.2). A placeholder is no label: it is gone
// with the first letter.
func label(p *page) {
	labelled := map[string]bool{}
	p.each("label", func(i int, e *element) {
		if id := e.attrOf("for"); id != "" && p.words(i) != "" {
			labelled[id] = true
		}
	})
	p.each("input select textarea", func(i int, e *element) {
		switch e.attrOf("type") {
		case "hidden", "submit", "reset", "button", "image":
			return
		}
		if p.hidden(i) || labelled[e.attrOf("id")] || strings.TrimSpace(e.attrOf("aria-label")) != "" || strings.TrimSpace(e.attrOf("title")) != "" {
			return
		}
		for _, id := range strings.Fields(e.attrOf("aria-labelledby")) {
			if at := p.byID(id); at >= 0 && p.words(at) != "" {
				return
			}
		}
		for at := e.parent; at >= 0; at = p.elements[at].parent {
			if p.elements[at].tag == "label" && p.words(at) != "" {
				return
			}
		}
		name := e.attrOf("name")
		if name == "" {
			name = e.attrOf("id")
		}
		p.tell(e, []string{"{#" + name, name}, "name", name, "tag", e.tag)
	})
}
