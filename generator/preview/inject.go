package preview

// The one script element that a served page has and a built page has not.

import (
	"bytes"
	"html"
	"slices"
	"strings"

	nethtml "golang.org/x/net/html"
)

// inject adds the preview's script before the end of the body and lets the page's
// content security policy allow what it needs.
func inject(page []byte, name, version string) []byte {
	tag := `<script src="` + own + `preview.js" data-page="` + html.EscapeString(name) + `" data-version="` + version + `"></script>`
	page = loosen(page)
	at := bytes.LastIndex(page, []byte("</body"))
	if at < 0 {
		at = bytes.LastIndex(page, []byte("</BODY"))
	}
	if at < 0 {
		at = len(page)
	}
	out := make([]byte, 0, len(page)+len(tag))
	out = append(append(out, page[:at]...), tag...)
	return append(out, page[at:]...)
}

// loosen rewrites the policies a page's head states, if they forbid the preview.
func loosen(page []byte) []byte {
	t := nethtml.NewTokenizer(bytes.NewReader(page))
	var out []byte
	done, at := 0, 0
	for {
		kind := t.Next()
		start := at
		at += len(t.Raw())
		if kind == nethtml.ErrorToken {
			break
		}
		if kind != nethtml.StartTagToken && kind != nethtml.SelfClosingTagToken {
			continue
		}
		token := t.Token()
		if token.Data == "body" {
			break
		}
		if token.Data != "meta" {
			continue
		}
		var policy string
		states := false
		for _, a := range token.Attr {
			switch a.Key {
			case "http-equiv":
				states = strings.EqualFold(strings.TrimSpace(a.Val), "content-security-policy")
			case "content":
				policy = a.Val
			}
		}
		if wider := allow(policy); states && wider != policy {
			out = append(out, page[done:start]...)
			out = append(out, `<meta http-equiv="Content-Security-Policy" content="`+html.EscapeString(wider)+`">`...)
			done = at
		}
	}
	return append(out, page[done:]...)
}

// needs are what the preview asks of a policy: its script, its style sheet, its
// stream of events. Each list goes from the directive that decides to the one
// that stands in (Content Security Policy Level 3, section 6.8).
var needs = [][]string{
	{"script-src-elem", "script-src", "default-src"},
	{"style-src-elem", "style-src", "default-src"},
	{"connect-src", "default-src"},
}

// allow returns the policy with 'self' where the preview needs it and nowhere
// else; the policy itself when it is wide enough.
func allow(policy string) string {
	var directives [][]string
	for part := range strings.SplitSeq(policy, ";") {
		if words := strings.Fields(part); len(words) > 0 {
			directives = append(directives, words)
		}
	}
	changed := false
	for _, names := range needs {
		for _, name := range names {
			i := slices.IndexFunc(directives, func(d []string) bool { return strings.EqualFold(d[0], name) })
			if i < 0 {
				continue
			}
			if d := directives[i]; !slices.Contains(d, "'self'") && !slices.Contains(d, "*") {
				sources := slices.DeleteFunc(slices.Clone(d[1:]), func(s string) bool { return strings.EqualFold(s, "'none'") })
				if name == "default-src" { // which decides much else
					directives = append(directives, slices.Concat([]string{names[len(names)-2]}, sources, []string{"'self'"}))
				} else {
					directives[i] = slices.Concat(d[:1], sources, []string{"'self'"})
				}
				changed = true
			}
			break
		}
	}
	if !changed {
		return policy
	}
	var parts []string
	for _, d := range directives {
		parts = append(parts, strings.Join(d, " "))
	}
	return strings.Join(parts, "; ")
}
