package audit

// oneH1: one heading of the first level says what the page is about; none or
// two leave those who jump from heading to heading without a start.
func oneH1(p *page) {
	n := 0
	p.each("h1", func(i int, e *element) {
		if p.hidden(i) {
			return
		}
		if n++; n == 2 {
			p.tell(e, headingNeedles(p.words(i), 1), "text", p.words(i))
		}
	})
	if n == 0 && !p.redirects() {
		p.tell(nil, nil, "text", "")
	}
}

// headingNeedles are the ways a heading is written in Markdown.
func headingNeedles(words string, level int) []string {
	return []string{"#######"[:level] + " " + words, "# " + words, ">" + words, words}
}
