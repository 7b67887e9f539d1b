package audit

import "strings"

// emptyButton: a button says what it does (WCAG 2.2, 4.1.2).
func emptyButton(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		button := e.tag == "button" || e.attrOf("role") == "button" || e.tag == "summary"
		value, has := e.get("value")
		given := e.tag == "input" && (e.attrOf("type") == "button" || (e.attrOf("type") == "submit" || e.attrOf("type") == "reset") && has)
		if (button && p.named(i) == "" || given && strings.TrimSpace(value) == "" && p.named(i) == "") && !p.hidden(i) {
			p.tell(e, []string{`id="` + e.attrOf("id")}, "tag", e.tag)
		}
	}
}
