package audit

import "strconv"

// headingOrder: levels are not skipped on the way down, and no heading is
// empty (WCAG 2.2, 1.3.1 and 2.4.6).
func headingOrder(p *page) {
	last := 0
	p.each("h1 h2 h3 h4 h5 h6", func(i int, e *element) {
		level := int(e.tag[1] - '0')
		if p.hidden(i) {
			return
		}
		if last > 0 && level > last+1 {
			p.tell(e, headingNeedles(p.words(i), level), "text", p.words(i), "level", strconv.Itoa(level), "before", strconv.Itoa(last))
		}
		last = level
	})
}
