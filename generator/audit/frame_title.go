package audit

import "strings"

// frameTitle: a frame says what is in it, else it is announced as “frame” and
// no more (WCAG 2.2, 4.1.2).
func frameTitle(p *page) {
	p.each("iframe frame", func(i int, e *element) {
		if !p.hidden(i) && strings.TrimSpace(e.attrOf("title")) == "" && strings.TrimSpace(e.attrOf("aria-label")) == "" {
			p.tell(e, append([]string{e.attrOf("src")}, "<iframe"), "src", e.attrOf("src"))
		}
	})
}
