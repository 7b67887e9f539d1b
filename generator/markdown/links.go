package markdown

import (
	"net/url"
	"path"
	"strconv"
	"strings"
)

// spot is where something stands in the body, for a diagnostic.
type spot struct{ at, length int }

// resolve finds where a destination leads. When it leads nowhere or must not
// be followed it reports that and returns false.
func (r *renderer) resolve(dest string, s spot) (Target, bool) {
	if r.quiet {
		return Target{Href: "#", Kind: Fragment}, true
	}
	if dest == "" {
		r.report("link/empty", s.at, s.length)
		return Target{}, false
	}
	if strings.Contains(dest, "{{") || strings.Contains(dest, "{%") {
		r.report("link/template", s.at, s.length, "target", shorten(dest, 60))
		return Target{}, false
	}
	if sch := scheme(dest); dangerous[sch] {
		r.report("link/script", s.at, s.length, "scheme", sch)
		return Target{}, false
	}
	if r.asked != nil {
		r.asked(dest)
	}
	t, found := r.opt.Targets[dest]
	if !found {
		if sch := scheme(dest); !allowed(sch) {
			r.report("link/scheme", s.at, s.length, "scheme", sch)
			return Target{}, false
		}
		t = unaided(dest)
	}
	if t.Kind == Dead {
		code := t.Code
		if code == "" {
			code = "link/dead"
		}
		r.report(code, s.at, s.length, "target", shorten(dest, 100), "guess", t.Guess)
		return Target{}, false
	}
	if sch := scheme(t.Href); !allowed(sch) {
		r.report("link/scheme", s.at, s.length, "scheme", sch)
		return Target{}, false
	}
	t.Href = escapeURL(t.Href)
	if t.Kind == External {
		if u, err := url.Parse(t.Href); err != nil || u.Host == "" {
			r.report("link/malformed", s.at, s.length, "target", shorten(dest, 100))
			return Target{}, false
		}
	}
	return t, true
}

// unaided is what can be said of a destination the caller knows nothing of.
func unaided(dest string) Target {
	switch sch := scheme(dest); {
	case strings.HasPrefix(dest, "#"):
		return Target{Href: dest, Kind: Fragment}
	case strings.HasPrefix(dest, "//"):
		return Target{Href: "https:" + dest, Kind: External}
	case sch == "http" || sch == "https" || sch == "ftp":
		return Target{Href: dest, Kind: External}
	case sch == "tel" || sch == "sms":
		return Target{Href: strings.Map(dialled, dest), Kind: Mail}
	case sch != "" && allowed(sch):
		return Target{Href: dest, Kind: Mail}
	}
	return Target{Kind: Dead}
}

// dialled leaves out the spaces and brackets people write into phone numbers
// (RFC 3966 allows only the visual separators - and .).
func dialled(c rune) rune {
	switch c {
	case ' ', '\t', '\u00A0', '\u202F', '(', ')', '/':
		return -1
	}
	return c
}

// allowed reports whether a link may use a scheme; "" is a relative address.
// It is an allow-list: javascript: and whatever comes after it need no naming.
func allowed(scheme string) bool {
	switch scheme {
	case "", "http", "https", "ftp", "mailto", "tel", "sms", "geo", "xmpp", "webcal":
		return true
	}
	return false
}

// dangerous schemes are told apart from unknown ones only in the message.
var dangerous = map[string]bool{
	"javascript": true, "vbscript": true, "livescript": true, "data": true, "file": true, "blob": true,
	"about": true, "filesystem": true, "jar": true, "view-source": true,
}

// scheme returns the scheme of an address in lower case, or "". Like browsers
// it looks through spaces and control characters (URL Standard 4.4).
func scheme(dest string) string {
	dest = strings.TrimLeftFunc(dest, func(c rune) bool { return c <= ' ' })
	var b []byte
	for i := range len(dest) {
		switch c := dest[i]; {
		case c == '\t' || c == '\n' || c == '\r':
		case letter(c) || len(b) > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'):
			b = append(b, c)
		case c == ':':
			return strings.ToLower(string(b))
		default:
			return ""
		}
	}
	return ""
}

// escapeURL writes an address so that it is valid (URL Standard, URL code
// points): what may not stand in it is percent-encoded, letters of any script
// stay readable.
func escapeURL(s string) string {
	const hexDigits = "0123456789ABCDEF"
	host := -1
	if i := strings.Index(s, "://"); i >= 0 {
		if host = strings.IndexAny(s[i+3:], "/?#"); host >= 0 {
			host += i + 3
		} else {
			host = len(s)
		}
	}
	var b []byte
	fragment := false
	for i := range len(s) {
		c := s[i]
		bad := c <= ' ' || c == 0x7F || strings.IndexByte("\"<>\\^`{|}", c) >= 0 ||
			(c == '[' || c == ']') && i > host ||
			c == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2])) ||
			c == '#' && fragment
		if c == '#' {
			fragment = true
		}
		if bad && b == nil {
			b = append(make([]byte, 0, len(s)+8), s[:i]...)
		}
		if bad {
			b = append(b, '%', hexDigits[c>>4], hexDigits[c&15])
		} else if b != nil {
			b = append(b, c)
		}
	}
	if b == nil {
		return s
	}
	return string(b)
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

// startLink returns the start tag of a link and notes where it leads.
func (r *renderer) startLink(t Target, title string, s spot) string {
	r.scratch = append(r.scratch[:0], `<a href="`...)
	r.scratch = appendEscaped(r.scratch, []byte(t.Href))
	r.scratch = append(r.scratch, '"')
	if t.Lang != "" && language.MatchString(t.Lang) {
		r.scratch = append(r.scratch, ` hreflang="`+t.Lang+`"`...)
	}
	if t.Kind == External {
		r.scratch = append(r.scratch, ` rel="external"`...)
	}
	if title != "" {
		r.scratch = append(r.scratch, ` title="`...)
		r.scratch = append(appendEscaped(r.scratch, []byte(title)), '"')
	}
	if !r.quiet {
		pos, line := r.place.at(s.at, s.length)
		r.links = append(r.links, Link{Href: t.Href, At: pos, Excerpt: line})
	}
	return string(append(r.scratch, '>'))
}

// afterLink adds, inside a link, what a reader should know before following it:
// hidden words for another site, kind and size of a file.
func (r *renderer) afterLink(t Target) {
	switch {
	case t.Kind == External && r.opt.ExternalText != "":
		r.raw(`<span class="vh"> `)
		r.out = appendEscaped(r.out, []byte(strings.TrimSpace(r.opt.ExternalText)))
		r.raw(`</span>`)
	case t.Kind == Asset && t.Size > 0:
		r.raw(`<span class="fs"> (`)
		if ext := strings.TrimPrefix(path.Ext(t.Href), "."); ext != "" && len(ext) <= 5 {
			r.out = appendEscaped(r.out, []byte(strings.ToUpper(ext)+", "))
		}
		r.out = appendEscaped(r.out, []byte(r.size(t.Size)))
		r.raw(`)</span>`)
	}
}

// size writes a file size in kB, or with one decimal in MB (powers of ten).
func (r *renderer) size(n int64) string {
	if n < 1_000_000 {
		return strconv.FormatInt(max(1, (n+500)/1000), 10) + "\u00A0" + r.labels.KB
	}
	tenths := (n + 50_000) / 100_000
	text := strconv.FormatInt(tenths/10, 10)
	if tenths%10 != 0 {
		text += r.labels.Decimal + strconv.FormatInt(tenths%10, 10)
	}
	return text + "\u00A0" + r.labels.MB
}
