package audit

// landmarks: one main part, so that a screen reader can jump to it, past
// letterhead and menu (WCAG 2.2, 2.4.1).
func landmarks(p *page) {
	n := 0
	for i := range p.elements {
		e := &p.elements[i]
		if e.tag != "main" && e.attrOf("role") != "main" || p.hidden(i) {
			continue
		}
		if n++; n == 2 {
			p.tell(e, nil, "count", "2")
		}
	}
	if n == 0 && !p.redirects() {
		p.tell(nil, nil, "count", "0")
	}
}
