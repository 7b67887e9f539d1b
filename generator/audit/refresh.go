package audit

import (
	"strconv"
	"strings"
)

// refresh: a page that leaves by itself after a while takes the text from slow
// readers (WCAG 2.2, 2.2.1). A redirect at once is fine.
func refresh(p *page) {
	p.each("meta", func(_ int, e *element) {
		if !strings.EqualFold(e.attrOf("http-equiv"), "refresh") {
			return
		}
		delay, _, _ := strings.Cut(strings.ReplaceAll(e.attrOf("content"), ",", ";"), ";")
		delay = strings.TrimSpace(delay)
		if n, err := strconv.ParseFloat(delay, 64); err == nil && n > 0 {
			p.tell(e, []string{`http-equiv="refresh"`}, "seconds", delay)
		}
	})
}
