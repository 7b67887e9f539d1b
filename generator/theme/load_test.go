package theme

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"text/template/parse"

	"belfry/generator/diag"
)

func TestBuiltInThemeLoadsWithoutAFault(t *testing.T) {
	th, faults := Load(nil)
	for _, d := range faults {
		t.Errorf("%s:%d: %s", d.At.File, d.At.Line, d.Message())
	}
	if n := len(th.Layouts()); n < 25 {
		t.Errorf("%d layouts", n)
	}
	if other, _ := Load(nil); other.Hash() != th.Hash() {
		t.Error("two loads have different hashes")
	}
}

// TestOverlay lays one file over the theme and looks at what is said about it.
func TestOverlay(t *testing.T) {
	for _, c := range []struct {
		name, file, text string
		want             []string // code at file:line
	}{
		{"a style", "components/ledger/ledger.css", ".ledger{color:red}", nil},
		{"a layout", "layouts/page.html", `{{template "frame" .}}{{define "main"}}<h1>{{.Title}}</h1>{{end}}`, nil},
		{"a new component without a caller", "components/fact/fact.css", ".x{}", []string{"theme/unused-component theme/components/fact/fact.css:0 (facts)"}},
		{"a file the theme has not", "layouts/servise.html", "x", []string{"theme/unknown-file theme/layouts/servise.html:0 (layouts/service.html)"}},
		{"a file outside", "../portal.yaml", "x", []string{"theme/unknown-file theme/../portal.yaml:0 ()"}},
		{"a syntax fault", "layouts/page.html", "line one\n{{if .Title}}\n", []string{"theme/template theme/layouts/page.html:3 ()"}},
		{"an unknown function", "layouts/page.html", "\n\n{{readFile \"/etc/passwd\"}}", []string{"theme/template theme/layouts/page.html:3 ()"}},
		{"call", "layouts/page.html", "{{call .F}}", []string{"theme/template theme/layouts/page.html:1 ()"}},
		{"an unknown component", "layouts/page.html", "\n{{template \"fram\" .}}", []string{"theme/unknown-component theme/layouts/page.html:2 (frame)"}},
		{"an unknown style", "layouts/page.html", "{{uses \"tabel\"}}", []string{"theme/unknown-component theme/layouts/page.html:1 (table)"}},
		{"an unknown icon", "layouts/page.html", "\n{{icon \"clok\"}}", []string{"theme/unknown-icon theme/layouts/page.html:2 (clock)"}},
		{"an unknown text", "layouts/page.html", "<p>{{t \"nav.meny\"}}</p>", []string{"theme/unknown-message theme/layouts/page.html:1 (nav.menu)"}},
		{"an endless range", "layouts/page.html", "{{range 1000000000}}x{{end}}", []string{"theme/template theme/layouts/page.html:1 ()"}},
		{"a range over a made-up number", "layouts/page.html", "{{$n := 99999}}{{range $n}}{{range (len \"aa\")}}{{end}}{{end}}", []string{"theme/template theme/layouts/page.html:1 ()"}},
		{"a branch that ends otherwise", "layouts/page.html", "<a\n {{if .X}}href=\"{{else}}title={{end}}>", []string{"theme/template theme/layouts/page.html:2 ()"}},
		{"the end of the style", "components/base/base.css", "a{}</style><script>", []string{"theme/bad-style theme/components/base/base.css:0 ()"}},
		{"a style of another host", "components/base/base.css", "@import 'https://x.example/a.css';", []string{"theme/bad-style theme/components/base/base.css:0 ()"}},
		{"an icon with a script", "assets/icons/clock.svg", `<svg viewBox="0 0 24 24"><script>alert(1)</script></svg>`, []string{"theme/bad-icon theme/assets/icons/clock.svg:0 ()"}},
		{"an icon with a handler", "assets/icons/clock.svg", `<svg viewBox="0 0 24 24"><path onload="alert(1)"/></svg>`, []string{"theme/bad-icon theme/assets/icons/clock.svg:0 ()"}},
		{"a copy of an older original", "components/ledger/ledger.css", "/* belfry base 0123456789abcdef */\n.ledger{}", []string{"theme/original-changed theme/components/ledger/ledger.css:1 ()"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			th, faults := Load(map[string][]byte{c.file: []byte(c.text)})
			var got []string
			for _, d := range faults {
				got = append(got, fmt.Sprintf("%s %s:%d (%s)", d.Code, d.At.File, d.At.Line, d.Arg("guess")))
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
			// Whatever was wrong, every layout still stands.
			for _, name := range th.Layouts() {
				if _, err := th.Compile(map[string]Texts{"en": silent{}}).built["en"][name](); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			}
		})
	}
}

func TestOwnFileIsUsed(t *testing.T) {
	plain, _ := Load(nil)
	own, _ := Load(map[string][]byte{"layouts/page.html": []byte("{{.Title}}!"), "components/base/base.css": []byte("body { color : red }")})
	if own.Hash() == plain.Hash() {
		t.Error("the hash does not see the portal's files")
	}
	var out bytes.Buffer
	if err := own.Compile(map[string]Texts{"en": silent{}}).Execute(&out, "page", "en", map[string]string{"Title": "A <b>"}); err != nil || out.String() != "A &lt;b&gt;!" {
		t.Errorf("%q, %v", out.String(), err)
	}
	css, _, _ := own.Dress(Palette{}, "", []string{"bg", "ar", "ka"}).Style("page", "")
	if !strings.HasSuffix(css, "body{color:red}") {
		t.Errorf("style %q", css)
	}
}

func TestFaultNamesTheTemplateLine(t *testing.T) {
	th, _ := Load(map[string][]byte{"components/ledger/ledger.html": []byte("<ul>\n{{range .}}\n{{.Nothing}}{{end}}</ul>{{define \"row-text\"}}{{end}}")})
	view := struct {
		Rows []struct{ Title string }
	}{make([]struct{ Title string }, 1)}
	th2, _ := Load(map[string][]byte{"components/ledger/ledger.html": th.files["components/ledger/ledger.html"].data, "layouts/page.html": []byte(`{{template "ledger" .Rows}}`)})
	err := th2.Compile(map[string]Texts{"en": silent{}}).Execute(&bytes.Buffer{}, "page", "en", view)
	var fault *Fault
	if !errors.As(err, &fault) || fault.File != "components/ledger/ledger.html" || fault.Line != 3 || !strings.Contains(fault.Problem, "Nothing") {
		t.Fatalf("%v", err)
	}
	if d := fault.Diagnostic(); d.At.File != "theme/components/ledger/ledger.html" || d.Severity != diag.Error {
		t.Errorf("%+v", d)
	}
}

func TestPageThatGrowsWithoutEnd(t *testing.T) {
	th, _ := Load(map[string][]byte{"layouts/page.html": []byte(`{{template "again" .}}{{define "again"}}` + strings.Repeat("long ", 4000) + `{{template "again" .}}{{end}}`)})
	err := th.Compile(map[string]Texts{"en": silent{}}).Execute(&bytes.Buffer{}, "page", "en", nil)
	var fault *Fault
	if !errors.As(err, &fault) || !strings.Contains(fault.Problem, "12 MB") {
		t.Fatal(err)
	}
}

func TestCopyRemembersItsOriginal(t *testing.T) {
	for _, name := range []string{"layouts/service.html", "components/facts/facts.css", "components/hours/hours.js", "messages/en.yaml", "assets/icons/clock.svg"} {
		data, err := Copy(name)
		if err != nil {
			t.Fatal(err)
		}
		if th, faults := Load(map[string][]byte{name: data}); len(faults) > 0 || !th.files[name].own {
			t.Errorf("%s: %v", name, faults)
		}
		if stampOf(data) == "" {
			t.Errorf("%s carries no stamp: %.60q", name, data)
		}
	}
	if _, err := Copy("layouts/servise.html"); err == nil || !strings.Contains(err.Error(), "layouts/service.html") {
		t.Errorf("%v", err)
	}
}

// TestSqueeze is the rule for white space in templates, as squeeze.go gives it.
func TestSqueeze(t *testing.T) {
	for in, want := range map[string]string{
		"<ul>\n  <li>a</li>\n</ul>":                 "<ul><li>a</li></ul>",
		"<p>\n  two\n  words\n</p>":                 "<p>two words</p>",
		"<b>a</b> <i>b</i>":                         "<b>a</b> <i>b</i>",
		"<a\n  href=\"x  y\"\n  id=b\n>":            "<a href=\"x  y\" id=b>",
		"<pre>\n a\n</pre>\n<p>":                    "<pre>\n a\n</pre><p>",
		"<p>{{.A}} {{.B}}</p>":                      "<p>{{.A}} {{.B}}</p>",
		"<p>\n  {{.A}}\n  {{.B}}\n</p>":             "<p>{{.A}}{{.B}}</p>",
		"<a{{if .A}}\n  class=\"x\"{{end}}\n>a</a>": "<a{{if .A}} class=\"x\"{{end}}>a</a>",
		"{{/* note */}}\n<p>":                       "<p>",
	} {
		trees, err := parse.Parse("x", in, "", "", known)
		if err != nil {
			t.Fatal(err)
		}
		squeeze(trees["x"])
		if got := trees["x"].Root.String(); got != want {
			t.Errorf("%q\n got %q\nwant %q", in, got, want)
		}
	}
}

// TestScriptsAreShippedOnce looks at what the theme adds to the output.
func TestScriptsAreShippedOnce(t *testing.T) {
	th, _ := Load(nil)
	p, _ := Brand(DefaultColour)
	look := th.Dress(p, "", []string{"bg", "ar", "ka"})
	paths := map[string]bool{}
	for _, f := range look.Files() {
		if paths[f.Path] || len(f.Data) == 0 || len(f.Data) > 2500 {
			t.Errorf("%s, %d bytes", f.Path, len(f.Data))
		}
		paths[f.Path] = true
	}
	for _, name := range th.Layouts() {
		css, policies, script := look.Style(name, "https://forms.example")
		if script != "" && !paths[script] {
			t.Errorf("%s wants %s", name, script)
		}
		if strings.Contains(css, "</") || strings.Contains(css, "url(") {
			t.Errorf("%s: the style loads something", name)
		}
		if len(policies) != 2 || !strings.HasSuffix(policies[0], "; connect-src 'self' https://forms.example") || !strings.HasSuffix(policies[1], "form-action 'self' https://forms.example") {
			t.Errorf("%s: policies %q", name, policies)
		}
	}
	if n := len(look.Hashes()); n < 5 || n > len(th.Layouts()) {
		t.Errorf("%d hashes", n)
	}
}

// TestEveryComponentIsUsed keeps the theme free of leftovers.
func TestEveryComponentIsUsed(t *testing.T) {
	th, _ := Load(nil)
	used := map[string]bool{}
	for _, l := range th.layouts {
		for _, c := range l.components {
			used[c] = true
		}
	}
	for _, c := range th.components() {
		if !used[c] && c != "suggest" && c != "running" { // their styles come with the scripts
			t.Errorf("no layout uses %s", c)
		}
	}
}
