package audit

// title: every page has one, which is the first thing a screen reader says of
// it and what search engines show (WCAG 2.2, 2.4.2).
func title(p *page) {
	named := false
	p.each("title", func(i int, _ *element) { named = named || !p.inside(i, "svg") && p.words(i) != "" })
	if !named {
		p.tell(nil, nil)
	}
}
