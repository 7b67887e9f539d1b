package audit

import "strings"

// formPlain: what people write into a form travels encrypted.
func formPlain(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		for _, name := range []string{"action", "formaction"} {
			if v := e.attrOf(name); strings.HasPrefix(strings.ToLower(v), "http://") {
				p.tell(e, []string{v}, "address", v)
			}
		}
	}
}
