package audit

// emptyLink: a link without words is read out as its address, or not at all
// (WCAG 2.2, 2.4.4).
func emptyLink(p *page) {
	p.each("a", func(i int, e *element) {
		href, ok := e.get("href")
		if ok && !p.hidden(i) && p.named(i) == "" {
			p.tell(e, hrefNeedles(href, ""), "href", href)
		}
	})
}
