package audit

import (
	"slices"
	"strings"
)

// ariaReference: labels and descriptions that are named by id exist; else the
// field is announced without them.
func ariaReference(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		for _, name := range []string{"for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "aria-details"} {
			v, ok := e.get(name)
			if !ok || name == "for" && e.tag != "label" && e.tag != "output" {
				continue
			}
			for _, id := range strings.Fields(v) {
				if !slices.Contains(p.ids, id) {
					p.tell(e, []string{name + `="` + id, id}, "attribute", name, "id", id)
				}
			}
		}
	}
}
