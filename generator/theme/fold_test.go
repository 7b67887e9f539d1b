package theme

import (
	"bytes"
	"html/template"
	"testing"
)

// TestFoldedTemplatesGiveTheSamePage compares what the rewriting leaves with
// what html/template itself gives, for addresses of every sort.
func TestFoldedTemplatesGiveTheSamePage(t *testing.T) {
	const page = `<a href="{{.A}}"{{lang .Lang .Dir}} title="{{t "nav.menu"}}">{{t "nav.menu"}}{{icon "clock"}}</a><title>{{t "nav.menu"}}</title>{{uses "table"}}<i style="color:{{.C}}">`
	th, faults := Load(map[string][]byte{"layouts/page.html": []byte(page)})
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	plain, err := th.layouts["page"].build(funcs(hostile{}, th.icons))
	if err != nil {
		t.Fatal(err)
	}
	folded := th.Compile(map[string]Texts{"en": hostile{}})
	for _, address := range []any{
		"a.html", "../a b.html", "a.html?x=1&y=2#z", "javascript:alert(1)", "JavaScript:alert(1)", "tel:123", template.URL("tel:+123"),
		template.URL("javascript:alert(1)"), "https://x.example/", "mailto:a@b.example", `"><script>`, "удостоверение.html", "%d0%B4", "%zz", "a'b(c)", "", 7, nil,
	} {
		view := map[string]any{"A": address, "Lang": "bg", "Dir": "ltr", "C": "red"}
		var a, b bytes.Buffer
		if err := plain.Execute(&a, view); err != nil {
			t.Fatal(err)
		}
		if err := folded.Execute(&b, "page", "en", view); err != nil {
			t.Fatal(err)
		}
		// html/template writes + as &#43;, which is the same character.
		if want := bytes.ReplaceAll(a.Bytes(), []byte("&#43;"), []byte("+")); !bytes.Equal(want, b.Bytes()) {
			t.Errorf("%v\n got %s\nwant %s", address, b.Bytes(), want)
		}
	}
}

// hostile is a file of messages that nobody has looked at.
type hostile struct{}

func (hostile) Text(key string, _ ...string) string         { return key + ` <b>"'&` + "\u00a0" }
func (hostile) Count(key string, _ int, _ ...string) string { return key }

func TestLangAttributes(t *testing.T) {
	for _, c := range []struct{ tag, dir, want string }{
		{"bg", "ltr", ` lang="bg" dir="ltr"`}, {"ar", "", ` lang="ar"`}, {"", "rtl", ""}, {`x" onclick="y`, "ltr", ` dir="ltr"`}, {"bg", `ltr" x`, ` lang="bg"`},
	} {
		if got := string(langAttributes(c.tag, c.dir)); got != c.want {
			t.Errorf("%q %q: %q", c.tag, c.dir, got)
		}
	}
}
