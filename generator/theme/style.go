package theme

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/js"

	"belfry/generator/diag"
)

// This file makes the style and script of each layout: those of the components
// it can reach and of no other.

// Look is a theme in the colours of one brand. It is safe for concurrent use.
type Look struct {
	Palette Palette
	theme   *Theme
	styles  map[string]func() style
	common  string // script of every page, minified
	print   File   // style for paper
	hash    string
	spare   func(sheet string) string
}

// reached are the components that some layout reaches: the others have files of
// their own, see [Look.Sheet].
func (t *Theme) reached() []string {
	found := map[string]bool{}
	for _, l := range t.layouts {
		for _, c := range l.components {
			found[c] = true
		}
	}
	return sortedKeys(found)
}

type style struct {
	css      string
	source   string   // of the policy: 'sha256-...'
	policies []string // of a page whose forms send nowhere else
	script   string   // path
}

// File is a file that the theme adds to the output.
type File struct {
	Path string // below the portal's root
	Data []byte
}

// Dress gives the theme the colours of a brand, for a portal in some languages.
// The common script stands before that of every layout; it may be "".
func (t *Theme) Dress(p Palette, common string, languages []string) *Look {
	spare := t.newSparer(languages).spare
	l := &Look{
		Palette: p, theme: t, styles: map[string]func() style{}, spare: spare,
		common: minified("text/javascript", common),
	}
	paper := spare(t.sheet(t.reached(), true)())
	l.print = File{"assets/print-" + fingerprint(paper) + ".css", []byte(paper)}
	l.hash = hashOf(fmt.Appendf(nil, "%s %v %s %q", t.hash, p, l.common, languages))
	for name, layout := range t.layouts {
		l.styles[name] = sync.OnceValue(func() style {
			sheet := layout.css()
			sheet = spare(p.css(sheet) + sheet)
			sum := sha256.Sum256([]byte(sheet))
			s := style{css: sheet, source: "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'", script: scriptPath(l.script(name))}
			s.policies = policiesFor(s.source, "")
			return s
		})
	}
	return l
}

// Style returns what a page of a layout carries in its head: the text of its
// style element, its content security policies, and the path of its script below
// the portal's root, "" where it has none. Origin is where a form of the page
// sends to, usually "".
//
// Everything comes from the portal itself, no script stands in the page, this
// one style is allowed by its hash. Browsers enforce every policy of a page, so
// the two together mean what one would; they are two because the W3C checker,
// which reads only the last, cannot resolve a relative address and would call
// each picture a violation.
func (l *Look) Style(layout, origin string) (css string, policies []string, script string) {
	build := l.styles[layout]
	if build == nil {
		return "", nil, ""
	}
	s := build()
	if origin == "" {
		return s.css, s.policies, s.script
	}
	return s.css, policiesFor(s.source, origin), s.script
}

func policiesFor(source, origin string) []string {
	fetch, rest := "default-src 'self'; style-src 'self' "+source, "object-src 'none'; base-uri 'none'; form-action 'self'"
	if origin != "" {
		fetch += "; connect-src 'self' " + origin
		rest += " " + origin
	}
	return []string{fetch, rest}
}

// Print is the path of the style for paper, which all pages share.
func (l *Look) Print() string { return l.print.Path }

// script is the whole script of a layout.
func (l *Look) script(layout string) string {
	if layout == "redirect" || layout == "404" || layout == "languages" {
		return l.theme.layouts[layout].script() // they have no search box
	}
	own := l.theme.layouts[layout].script()
	if l.common == "" || own == "" {
		return l.common + own
	}
	return l.common + ";" + own
}

// Sheet is the style of one component alone, minified: for what a script adds
// to a page.
func (l *Look) Sheet(component string) []byte {
	list := []string{component}
	sheet := l.theme.sheet(list, false)()
	if paper := l.theme.sheet(list, true)(); paper != "" {
		sheet += "@media print{" + paper + "}"
	}
	return []byte(l.spare(sheet))
}

// Hashes returns the source expressions of every style, sorted: what a host
// that sends a policy of its own must allow (csp.txt).
func (l *Look) Hashes() []string {
	var out []string
	for _, build := range l.styles {
		out = append(out, build().source)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Files returns the scripts of all layouts and the style for paper, sorted by
// path.
func (l *Look) Files() []File {
	all := map[string]string{}
	for name := range l.theme.layouts {
		if code := l.script(name); code != "" {
			all[scriptPath(code)] = code
		}
	}
	out := []File{l.print}
	for _, p := range sortedKeys(all) {
		out = append(out, File{p, []byte(all[p])})
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return out
}

// Hash identifies everything that determines the look: theme, colours, languages.
func (l *Look) Hash() string { return l.hash }

// scriptPath names a script by its content. Layouts with the same script share it.
func scriptPath(code string) string {
	if code == "" {
		return ""
	}
	return "assets/page-" + fingerprint(code) + ".js"
}

// fingerprint names a file by its content.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:5])
}

// printQuery is the one medium whose rules stand in a file of their own: it is
// fetched without haste and spares every page's first response 0.3 KB.
const printQuery = "print"

// sheet joins the styles of components, rules inside @media behind all others.
// With print it holds only what is for paper, without it all else.
func (t *Theme) sheet(components []string, print bool) func() string {
	return sync.OnceValue(func() string {
		var plain strings.Builder
		media := map[string]*strings.Builder{}
		var order []string
		for _, c := range components {
			for _, part := range statements(string(t.files["components/"+c+"/"+c+".css"].data)) {
				query, body, ok := mediaRule(part)
				if !ok {
					query, body = "", part
				}
				if print != (query == printQuery) {
					continue
				}
				if !ok || print {
					plain.WriteString(body)
					continue
				}
				if media[query] == nil {
					media[query] = &strings.Builder{}
					order = append(order, query)
				}
				media[query].WriteString(body)
			}
		}
		for _, q := range order {
			plain.WriteString("@media " + q + "{" + media[q].String() + "}")
		}
		return minified("text/css", plain.String())
	})
}

// code joins the scripts of components.
func (t *Theme) code(components []string) func() string {
	return sync.OnceValue(func() string {
		var all strings.Builder
		for _, c := range components {
			all.Write(t.files["components/"+c+"/"+c+".js"].data)
		}
		return minified("text/javascript", all.String())
	})
}

// minified returns the text without what only its author needs; a text that the
// minifier does not understand stays as it is, as browsers are lenient too.
func minified(mediaType, text string) string {
	if strings.TrimSpace(text) == "" {
		return ""
	}
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.AddFunc("text/javascript", js.Minify)
	out, err := m.String(mediaType, text)
	if err != nil {
		out = text
	}
	return out
}

// statements cuts a style sheet into its top-level rules, without comments.
func statements(sheet string) []string {
	var out []string
	var cur strings.Builder
	depth := 0
	for i := 0; i < len(sheet); i++ {
		c := sheet[i]
		switch {
		case c == '/' && strings.HasPrefix(sheet[i:], "/*"):
			end := strings.Index(sheet[i+2:], "*/")
			if end < 0 {
				return append(out, cur.String())
			}
			i += 2 + end + 1
			continue
		case c == '"' || c == '\'':
			end := i + 1
			for end < len(sheet) && sheet[end] != c {
				if sheet[end] == '\\' {
					end++
				}
				end++
			}
			cur.WriteString(sheet[i:min(end+1, len(sheet))])
			i = end
			continue
		case c == '{':
			depth++
		case c == '}':
			depth--
		}
		cur.WriteByte(c)
		if depth == 0 && (c == '}' || c == ';') {
			out = append(out, strings.TrimSpace(cur.String()))
			cur.Reset()
		}
	}
	if rest := strings.TrimSpace(cur.String()); rest != "" {
		out = append(out, rest)
	}
	return out
}

// mediaRule takes the query and the rules out of an @media rule.
func mediaRule(rule string) (query, body string, ok bool) {
	rest, ok := strings.CutPrefix(rule, "@media")
	if !ok {
		return "", "", false
	}
	query, body, ok = strings.Cut(rest, "{")
	return strings.TrimSpace(query), strings.TrimSuffix(body, "}"), ok
}

// checkStyles reports a portal's style sheets that cannot be used and takes the
// built-in ones in their place.
func (t *Theme) checkStyles(faults *diag.List) {
	for _, name := range sortedKeys(t.files) {
		if c, part := component(name); c == "" || part != "css" || !t.files[name].own {
			continue
		}
		if problem := styleFault(string(t.files[name].data)); problem != "" {
			faults.Add("theme/bad-style", at(name, 0), "problem", problem)
			t.files[name] = builtIn()[name]
		}
	}
}

// styleFault says why a style sheet may not be used, or "". What it loads from
// elsewhere the policy of every page forbids; what would end the style element
// is refused here.
func styleFault(sheet string) string {
	low := strings.ToLower(sheet)
	switch {
	case strings.Contains(low, "</"):
		return "a style may not contain “</”"
	case strings.Contains(low, "@import"):
		return "@import is not allowed: a page carries its style itself"
	}
	if depth := strings.Count(sheet, "{") - strings.Count(sheet, "}"); depth != 0 {
		return fmt.Sprintf("%+d more “{” than “}”", depth)
	}
	return ""
}
