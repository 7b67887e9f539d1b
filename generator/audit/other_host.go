package audit

import (
	"net/url"
	"regexp"
	"strings"
)

// otherHost: opening a page tells nobody else that it was opened. Whatever the
// browser fetches by itself comes from the site; links and the addresses that
// forms are sent to are the reader's own doing.
func otherHost(p *page) {
	for i := range p.elements {
		e := &p.elements[i]
		for _, u := range fetched(e) {
			p.foreign(e, u)
		}
		if style := e.attrOf("style"); style != "" {
			for _, u := range inStyle(style) {
				p.foreign(e, u)
			}
		}
	}
	for _, t := range p.texts {
		if t.owner >= 0 && p.elements[t.owner].tag == "style" {
			for _, u := range inStyle(t.s) {
				p.foreign(&p.elements[t.owner], u)
			}
		}
	}
}

func (p *page) foreign(e *element, address string) {
	if host := foreignHost(address); host != "" && !(p.base != "" && strings.HasPrefix(address, p.base)) {
		p.tell(e, []string{address, host}, "host", host, "tag", e.tag)
	}
}

// foreignHost is the host an address names, "" where it names none.
func foreignHost(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil || u.Host == "" || u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "ws" && u.Scheme != "wss" {
		return ""
	}
	return u.Host
}

// fetched are the addresses that a browser fetches for an element by itself.
func fetched(e *element) []string {
	var out []string
	add := func(names ...string) {
		for _, n := range names {
			if v, ok := e.get(n); ok {
				out = append(out, v)
			}
		}
	}
	switch e.tag {
	case "script", "iframe", "frame", "embed", "audio", "track", "source":
		add("src")
	case "img", "input":
		add("src")
	case "video":
		add("src", "poster")
	case "object":
		add("data")
	case "image", "use", "feimage":
		add("href", "xlink:href")
	case "body", "table", "td":
		add("background")
	case "link":
		for _, rel := range strings.Fields(strings.ToLower(e.attrOf("rel"))) {
			switch rel {
			case "stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "prerender", "mask-icon":
				add("href")
			}
		}
	}
	for part := range strings.SplitSeq(e.attrOf("srcset"), ",") {
		if f := strings.Fields(part); len(f) > 0 {
			out = append(out, f[0])
		}
	}
	return out
}

var styleURL = regexp.MustCompile(`(?i)(?:url\(\s*|@import\s+)["']?([^"')\s;]+)`)

func inStyle(css string) []string {
	if !strings.Contains(css, "//") {
		return nil
	}
	var out []string
	for _, m := range styleURL.FindAllStringSubmatch(css, -1) {
		out = append(out, m[1])
	}
	return out
}

// judgeStyleFile looks for other hosts in a file of styles.
func (a *Auditor) judgeStyleFile(name string, data []byte) {
	if !a.opt.Only("audit/other-host") {
		return
	}
	p := &page{name: name, data: data, code: "audit/other-host", times: map[string]int{}, base: a.opt.Base}
	for _, u := range inStyle(string(data)) {
		p.foreign(&element{tag: "style", at: max(0, strings.Index(string(data), u))}, u)
	}
	a.mu.Lock()
	a.found = append(a.found, p.found...)
	a.mu.Unlock()
}
