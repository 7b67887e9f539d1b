package audit

import (
	"strconv"
	"strings"
)

// zoom: nobody is kept from making the text larger (WCAG 2.2, 1.4.4).
func zoom(p *page) {
	p.each("meta", func(_ int, e *element) {
		if !strings.EqualFold(e.attrOf("name"), "viewport") {
			return
		}
		for part := range strings.FieldsFuncSeq(e.attrOf("content"), func(r rune) bool { return r == ',' || r == ';' }) {
			name, value, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(part, " ", "")), "=")
			n, err := strconv.ParseFloat(value, 64)
			if name == "user-scalable" && (value == "no" || value == "0") || name == "maximum-scale" && err == nil && n < 2 {
				p.tell(e, []string{`name="viewport"`, "viewport"}, "part", strings.TrimSpace(part))
			}
		}
	})
}
