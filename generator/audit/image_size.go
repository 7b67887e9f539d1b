package audit

import "strings"

// imageSize: width and height keep the place of an image that is still on its
// way, so that the text does not jump under the reader's finger.
func imageSize(p *page) {
	p.each("img", func(i int, e *element) {
		src := e.attrOf("src")
		if e.attrOf("width") != "" && e.attrOf("height") != "" || p.hidden(i) && p.inside(i, "noscript template") || strings.HasPrefix(src, "data:") || src == "" {
			return
		}
		p.tell(e, sourceNeedles(src), "src", src)
	})
}
