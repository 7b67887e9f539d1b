package generator

// Old addresses as rules for hosts, from the same list as the pages. A rule answers
// with 301 at once, where a page has to be fetched first; a host that knows no rules
// shows the page.

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// hostRule is a file that a host reads.
type hostRule struct {
	name string
	text []byte
}

// moved is an old address and the new one: paths on the host, not escaped.
type moved struct{ from, to string }

// hostRules are the files of portal.yaml's redirects. There is none without an old
// address: a host must not be asked to read what says nothing.
func (p *Plan) hostRules() []hostRule {
	kinds := p.Portal.Config.Fields.Texts("redirects")
	list := p.moved()
	if len(kinds) == 0 || len(list) == 0 {
		return nil
	}
	var out []hostRule
	if slices.Contains(kinds, "apache") {
		out = append(out, hostRule{".htaccess", apacheRules(list)})
	}
	if slices.Contains(kinds, "cloudflare") {
		out = append(out, hostRule{"_redirects", netlifyRules(list, "301")})
	} else if slices.Contains(kinds, "netlify") {
		// Netlify asks for "!", else the page at the old address wins; Cloudflare, which
		// reads the same file, takes no such line and needs none.
		out = append(out, hostRule{"_redirects", netlifyRules(list, "301!")})
	}
	if slices.Contains(kinds, "nginx") {
		out = append(out, hostRule{"redirects.nginx.conf", nginxRules(list)})
	}
	return out
}

// moved lists every spelling of every old address: /a/index.html is /a/ and /a too.
func (p *Plan) moved() []moved {
	base := "/"
	if u, err := url.Parse(p.Portal.Config.BaseURL); err == nil && u.Path != "" {
		base = u.Path
	}
	var out []moved
	for _, r := range p.redirects() {
		to := base + r.to.Path
		out = append(out, moved{base + r.from, to})
		if folder, is := strings.CutSuffix(r.from, "index.html"); is {
			out = append(out, moved{base + folder, to}, moved{base + strings.TrimSuffix(folder, "/"), to})
		}
	}
	return out
}

// apacheRules are rules of mod_alias. The old address is compared with what the
// browser meant, unescaped; the new one is escaped by Apache, so that a dollar or a
// backslash, which would stand for a part of the old, is all that needs care.
func apacheRules(list []moved) []byte {
	var b bytes.Buffer
	b.WriteString("# Old addresses of this portal, for Apache. Written by belfry from the aliases of its pages.\n<IfModule mod_alias.c>\n")
	target := strings.NewReplacer(`\`, `\\`, `$`, `\$`, `&`, `\&`)
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for _, m := range list {
		fmt.Fprintf(&b, "RedirectMatch 301 \"%s\" \"%s\"\n", quote.Replace("^"+regexp.QuoteMeta(m.from)+"$"), quote.Replace(target.Replace(m.to)))
	}
	b.WriteString("</IfModule>\n")
	return b.Bytes()
}

// nginxRules are locations for the portal's server block. A location is compared
// with the unescaped address; in the answer a dollar would begin a variable, which
// escaping keeps from happening.
func nginxRules(list []moved) []byte {
	var b bytes.Buffer
	b.WriteString("# Old addresses of this portal, for nginx: include this file in its server block. Written by belfry.\n")
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`)
	for _, m := range list {
		fmt.Fprintf(&b, "location = \"%s\" { return 301 \"%s\"; }\n", quote.Replace(m.from), escaped(m.to))
	}
	return b.Bytes()
}

// netlifyRules are lines of _redirects, which Netlify and Cloudflare Pages read.
func netlifyRules(list []moved, code string) []byte {
	var b bytes.Buffer
	for _, m := range list {
		fmt.Fprintf(&b, "%s %s %s\n", escaped(m.from), escaped(m.to), code)
	}
	return b.Bytes()
}

// escaped writes a path as a browser sends it, with nothing left that means
// something in a list of rules.
func escaped(path string) string {
	return strings.NewReplacer("*", "%2A", ":", "%3A", "$", "%24", "'", "%27", "(", "%28", ")", "%29", ";", "%3B", "!", "%21", ",", "%2C").Replace((&url.URL{Path: path}).EscapedPath())
}
