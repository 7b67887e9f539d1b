package audit

import "regexp"

var languageTag = regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`)

// lang: the page says which language it is in (WCAG 2.2, 3.1.1), and every
// part that names a language names one (3.1.2).
func lang(p *page) {
	seen := false
	p.each("html", func(_ int, e *element) {
		seen = true
		if e.attrOf("lang") == "" {
			p.tell(e, nil, "lang", "")
		}
	})
	if !seen {
		p.tell(nil, nil, "lang", "")
	}
	for i := range p.elements {
		if l, ok := p.elements[i].get("lang"); ok && l != "" && !languageTag.MatchString(l) {
			p.tell(&p.elements[i], []string{`lang="` + l, l}, "lang", l)
		}
	}
}
