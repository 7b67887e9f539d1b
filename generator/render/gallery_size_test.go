package render_test

import (
	"bytes"
	"html/template"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/tdewolff/minify/v2"
	"github.com/tdewolff/minify/v2/css"
	"github.com/tdewolff/minify/v2/html"

	"belfry/generator/render"
	"belfry/generator/theme"
)

// compressed is the size of a text as a host with brotli at level 7 sends it.
func compressed(text []byte) int {
	var b bytes.Buffer
	w := brotli.NewWriterLevel(&b, 7)
	w.Write(text)
	w.Close()
	return b.Len()
}

// TestPagesAreSmall holds every page to the budgets of DESIGN.md, section 8,
// and to the promise that templates, squeezed once, need no minifier: one that
// keeps tags and quotes would save less than three in a hundred.
func TestPagesAreSmall(t *testing.T) {
	th, _ := theme.Load(nil)
	palette, _ := theme.Brand(theme.DefaultColour)
	look := th.Dress(palette, "", []string{"bg", "ar", "ka"})
	templates := th.Compile(galleryTexts(t, th))
	m := minify.New()
	m.AddFunc("text/css", css.Minify)
	m.Add("text/html", &html.Minifier{KeepDocumentTags: true, KeepEndTags: true, KeepDefaultAttrVals: true, KeepQuotes: true})
	for _, page := range gallery() {
		v := page.view
		sheet, policies, _ := look.Style(v.Layout, "")
		if n := compressed([]byte(sheet)); n > 3993 {
			t.Errorf("%s: the style has %d bytes, allowed are 3.9 KB", page.file, n)
		}
		v.Frame.Style = render.Style{CSS: template.CSS(sheet), Policies: policies}
		var out bytes.Buffer
		if err := templates.Execute(&out, v.Layout, v.Lang, v); err != nil {
			t.Fatal(err)
		}
		small, err := m.Bytes("text/html", out.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if have, could := compressed(out.Bytes()), compressed(small); have > could*103/100 {
			t.Errorf("%s: %d bytes, minified %d", page.file, have, could)
		} else if have > 8500 {
			t.Errorf("%s: %d bytes", page.file, have)
		}
	}
}

// BenchmarkService is one page of a service, its Markdown already rendered.
func BenchmarkService(b *testing.B) {
	th, _ := theme.Load(nil)
	palette, _ := theme.Brand(theme.DefaultColour)
	look := th.Dress(palette, "", []string{"bg", "ar", "ka"})
	templates := th.Compile(map[string]theme.Texts{"bg": words{}})
	v := gallery()[1].view
	sheet, policies, _ := look.Style(v.Layout, "")
	v.Frame.Style = render.Style{CSS: template.CSS(sheet), Policies: policies}
	for b.Loop() {
		if err := templates.Execute(new(bytes.Buffer), v.Layout, v.Lang, v); err != nil {
			b.Fatal(err)
		}
	}
}

// words shows every text as its key.
type words struct{}

func (words) Text(key string, _ ...string) string         { return key }
func (words) Count(key string, _ int, _ ...string) string { return key }
