package render_test

// The pages of a form, held to the contract by which the form's script works on
// them.

import (
	"bytes"
	"html/template"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"belfry/generator/form"
	"belfry/generator/render"
	"belfry/generator/theme"
)

// formPages are the pages of the parking form for the gallery.
func formPages(t *testing.T) []shown {
	parking, other, sent := render.FormPages(t)
	parking.Convert()
	other.Convert()
	return []shown{{"en/forms/parking-permit.html", parking}, {"en/forms/other.html", other}, {"en/forms/parking-permit-sent.html", sent}}
}

// TestFormMessages holds the theme's messages for the script to the masters of the
// package that owns them.
func TestFormMessages(t *testing.T) {
	th, _ := theme.Load(nil)
	en := galleryTexts(t, th)["en"]
	for prefix, list := range map[string][][2]string{"form.problem.": form.Problems(), "form.script.": form.Interface()} {
		for _, m := range list {
			if got := en.Text(prefix + m[0]); got != m[1] {
				t.Errorf("%s%s: %q, want %q", prefix, m[0], got, m[1])
			}
		}
	}
}

// TestFormContract looks for every element of the example in form/README.md in
// the pages of two forms: the same tag with the same attributes, inside of
// the same others.
func TestFormContract(t *testing.T) {
	raw, err := os.ReadFile("../form/README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(raw), "```html\n")
	example, _, ok2 := strings.Cut(rest, "```")
	if !ok || !ok2 {
		t.Fatal("form/README.md has no example")
	}
	th, _ := theme.Load(nil)
	parking, other, _ := render.FormPages(t)
	templates := th.Compile(galleryTexts(t, th))
	var pages []*html.Node
	for _, v := range []*render.View{parking, other} {
		v.Convert()
		v.Frame.Style = render.Style{CSS: template.CSS("p{}")}
		var out bytes.Buffer
		if err := templates.Execute(&out, "form", "en", v); err != nil {
			t.Fatal(err)
		}
		page, err := html.Parse(&out)
		if err != nil {
			t.Fatal(err)
		}
		pages = append(pages, page)
	}
	wanted, err := html.Parse(strings.NewReader(example))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	each(wanted, func(n *html.Node) {
		if !marked(n) {
			return
		}
		has := false
		for _, page := range pages {
			each(page, func(m *html.Node) { has = has || matches(m, n) })
		}
		if !has {
			t.Errorf("no page has %s", describe(n))
		}
		found++
	})
	if found < 40 {
		t.Errorf("only %d elements are held to the contract", found)
	}
}

// marked tells whether the contract speaks of an element.
func marked(n *html.Node) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool {
		return strings.HasPrefix(a.Key, "data-") || a.Key == "name" || a.Key == "for"
	})
}

// matches tells whether an element of the page is what the example shows: its
// attributes and, one inside the other, the marked elements around it.
func matches(got, want *html.Node) bool {
	if got.Data != want.Data {
		return false
	}
	for _, a := range want.Attr {
		i := slices.IndexFunc(got.Attr, func(b html.Attribute) bool { return b.Key == a.Key })
		switch {
		case a.Key == "class":
		case i < 0:
			return false
		case strings.ContainsAny(a.Val, "…{"), a.Key == "data-min":
		case got.Attr[i].Val != a.Val:
			return false
		}
	}
	up := want.Parent
	for up != nil && !(up.Type == html.ElementNode && marked(up)) {
		up = up.Parent
	}
	if up == nil {
		return true
	}
	for p := got.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && matches(p, up) {
			return true
		}
	}
	return false
}

func describe(n *html.Node) string {
	var b strings.Builder
	b.WriteString("<" + n.Data)
	for _, a := range n.Attr {
		b.WriteString(" " + a.Key + "=" + a.Val)
	}
	b.WriteString(">")
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Type == html.ElementNode && marked(p) {
			return b.String() + " in " + describe(p)
		}
	}
	return b.String()
}
