package audit

// tableHeaders: a table of data says what its columns or rows are (WCAG 2.2,
// 1.3.1); with a screen reader a cell is heard alone, with its header.
func tableHeaders(p *page) {
	p.each("table", func(i int, e *element) {
		if role := e.attrOf("role"); role == "presentation" || role == "none" || p.hidden(i) {
			return
		}
		headers, cells := 0, 0
		first := ""
		for at := i + 1; at < e.end; at++ {
			switch p.elements[at].tag {
			case "th":
				headers++
			case "td":
				if cells++; first == "" {
					first = p.words(at)
				}
			}
		}
		if headers == 0 && cells > 1 {
			p.tell(e, []string{"<table", "| " + first, first})
		}
	})
}
