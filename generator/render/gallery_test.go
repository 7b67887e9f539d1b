package render_test

// The gallery executes every layout of the theme with a sample view and looks
// at the page as a browser would. It is how the theme is kept true to the
// views: a field that a template names and a view has not fails here. With
// BELFRY_GALLERY=DIR the pages are written there, to be looked at.

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"belfry/generator/locale"
	"belfry/generator/render"
	"belfry/generator/theme"
)

// shown is one page of the gallery.
type shown struct {
	file string
	view *render.View
}

func TestEveryLayoutShowsItsView(t *testing.T) {
	th, faults := theme.Load(nil)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	palette, err := theme.Brand("#0b5d4b")
	if err != nil {
		t.Fatal(err)
	}
	look := th.Dress(palette, "", []string{"bg", "ar", "ka"})
	templates := th.Compile(galleryTexts(t, th))
	dir := os.Getenv("BELFRY_GALLERY")
	if dir != "" {
		for _, f := range append(look.Files(), theme.File{Path: "assets/arms.svg", Data: []byte(galleryArms)}) {
			write(t, filepath.Join(dir, f.Path), f.Data)
		}
	}
	left := th.Layouts()
	for _, page := range append(gallery(), formPages(t)...) {
		v := page.view
		if i := slices.Index(left, v.Layout); i >= 0 {
			left = slices.Delete(left, i, i+1)
		}
		css, policies, script := look.Style(v.Layout, v.Head.FormAction)
		v.Frame.Style = render.Style{CSS: template.CSS(css), Policies: policies}
		if script != "" {
			v.Frame.Style.Script = template.URL(strings.Repeat("../", strings.Count(page.file, "/")) + script)
		}
		var out bytes.Buffer
		if err := templates.Execute(&out, v.Layout, v.Lang, v); err != nil {
			t.Errorf("%s: %v", page.file, err)
			continue
		}
		inspect(t, page.file, out.Bytes())
		if dir != "" {
			write(t, filepath.Join(dir, page.file), out.Bytes())
		}
	}
	if len(left) > 0 {
		t.Errorf("no sample view for the layouts %v", left)
	}
}

func write(t *testing.T, name string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		t.Fatal(err)
	}
}

// galleryTexts are the messages of the gallery's languages: English is whole,
// the others hold what the sample pages show.
func galleryTexts(t *testing.T, th *theme.Theme) map[string]theme.Texts {
	t.Helper()
	english, faults := locale.ParseMessages("en.yaml", th.Messages()["en"], "en")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	texts := map[string]theme.Texts{"en": english}
	for lang, raw := range map[string]string{"bg": galleryBulgarian, "ar": galleryArabic} {
		own, faults := locale.ParseMessages(lang+".yaml", []byte(raw), lang)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		texts[lang] = own.Over(english)
	}
	return texts
}

// inspect holds a page to what every page promises.
func inspect(t *testing.T, name string, page []byte) {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	fail := func(format string, args ...any) { t.Helper(); t.Errorf("%s: %s", name, fmt.Sprintf(format, args...)) }
	ids := map[string]bool{}
	var targets []string
	level, h1, mains := 0, 0, 0
	redirect := bytes.Contains(page, []byte(`http-equiv="refresh"`))
	each(doc, func(n *html.Node) {
		if within(n, "template") {
			return // it is filled before it is shown
		}
		for _, a := range n.Attr {
			switch a.Key {
			case "style":
				fail("a style attribute on <%s>", n.Data)
			case "id":
				if ids[a.Val] {
					fail("id %q stands twice", a.Val)
				}
				ids[a.Val] = true
			case "href", "src", "action":
				switch {
				case a.Val == "" || strings.Contains(a.Val, "ZgotmplZ"):
					fail("<%s %s=%q>", n.Data, a.Key, a.Val)
				case n.Data == "form" && slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "data-form" }):
				case strings.HasPrefix(a.Val, "/"), n.Data != "a" && n.Data != "link" && strings.Contains(a.Val, "://"):
					fail("<%s> asks for %s", n.Data, a.Val)
				case len(a.Val) > 1 && a.Val[0] == '#':
					targets = append(targets, a.Val[1:])
				}
			case "lang":
				if a.Val == "" {
					fail("an empty lang on <%s>", n.Data)
				}
			}
			if strings.HasPrefix(a.Key, "on") {
				fail("a handler %s on <%s>", a.Key, n.Data)
			}
		}
		switch n.Data {
		case "script":
			if attr(n, "src") == "" && attr(n, "type") != "application/ld+json" && attr(n, "type") != "application/json" {
				fail("a script in the page")
			}
		case "main":
			mains++
		case "img":
			if !slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "alt" }) {
				fail("an image without alt")
			}
		case "nav":
			if attr(n, "aria-label") == "" {
				fail("a navigation without a name")
			}
		case "h1", "h2", "h3", "h4", "h5", "h6":
			l := int(n.Data[1] - '0')
			if l == 1 {
				h1++
			}
			if l > level+1 {
				fail("<%s> %q follows a heading of level %d", n.Data, text(n), level)
			}
			if text(n) == "" {
				fail("an empty <%s>", n.Data)
			}
			level = l
		case "a":
			if text(n) == "" {
				fail("a link without words to %s", attr(n, "href"))
			}
		case "ul", "ol", "dl", "tbody":
			if n.FirstChild == nil && !hidden(n) {
				fail("an empty <%s>", n.Data)
			}
		}
	})
	if h1 != 1 {
		fail("%d first headings", h1)
	}
	if mains != 1 {
		fail("%d main landmarks", mains)
	}
	for _, id := range targets {
		if !ids[id] {
			fail("nothing is at #%s", id)
		}
	}
	if bytes.Contains(page, []byte("<no value>")) || bytes.Contains(page, []byte(">[")) {
		fail("a value or a text is missing")
	}
	if !redirect && !bytes.HasPrefix(page, []byte(`<!doctype html><html lang="`)) {
		fail("begins %.60q", page)
	}
}

func each(n *html.Node, f func(*html.Node)) {
	if n.Type == html.ElementNode {
		f(n)
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		each(c, f)
	}
}

// within tells whether an element lies inside one of a kind.
func within(n *html.Node, tag string) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.Data == tag {
			return true
		}
	}
	return false
}

// hidden tells whether an element is shown by a script only.
func hidden(n *html.Node) bool {
	for p := n; p != nil; p = p.Parent {
		if slices.ContainsFunc(p.Attr, func(a html.Attribute) bool { return a.Key == "hidden" }) {
			return true
		}
	}
	return false
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func text(n *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	walk(n)
	return strings.TrimSpace(b.String())
}
