package audit

import "strings"

// description: the sentence that search engines show under the title. Pages
// that keep out of them, and mere redirects, need none.
func description(p *page) {
	if p.noIndex() || p.redirects() {
		return
	}
	found := false
	p.each("meta", func(_ int, e *element) {
		found = found || strings.EqualFold(e.attrOf("name"), "description") && strings.TrimSpace(e.attrOf("content")) != ""
	})
	if !found {
		p.tell(nil, nil)
	}
}

// noIndex reports whether the page asks search engines to leave it out.
func (p *page) noIndex() bool {
	found := false
	p.each("meta", func(_ int, e *element) {
		found = found || strings.EqualFold(e.attrOf("name"), "robots") && strings.Contains(strings.ToLower(e.attrOf("content")), "noindex")
	})
	return found
}

// redirects reports whether the page only leads on to another.
func (p *page) redirects() bool {
	found := false
	p.each("meta", func(_ int, e *element) { found = found || strings.EqualFold(e.attrOf("http-equiv"), "refresh") })
	return found
}
