package audit

import "strconv"

// tabIndex: a positive tabindex takes a field out of the order of the page,
// and whoever uses the keyboard is thrown about (WCAG 2.2, 2.4.3).
func tabIndex(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		v := e.attrOf("tabindex")
		if n, err := strconv.Atoi(v); err == nil && n > 0 {
			p.tell(e, []string{`tabindex="` + v, "tabindex=" + v}, "value", v)
		}
	}
}
