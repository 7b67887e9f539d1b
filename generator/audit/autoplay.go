package audit

// autoplay: sound that starts by itself drowns a screen reader, movement draws
// the eye from the text (WCAG 2.2, 1.4.2 and 2.2.2).
func autoplay(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		_, plays := e.get("autoplay")
		if e.tag == "marquee" || e.tag == "blink" || plays && (e.tag == "video" || e.tag == "audio") {
			p.tell(e, []string{"<" + e.tag}, "tag", e.tag)
		}
	}
}
