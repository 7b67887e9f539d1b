package theme

import (
	"bytes"
	"html/template"
	"testing"
)

// stepView has what views have: texts of every type, lists, pointers, a part of any type.
type stepView struct {
	Text  string
	HTML  template.HTML
	URL   template.URL
	Attr  template.HTMLAttr
	CSS   template.CSS
	JS    []template.JS
	N     int
	Yes   bool
	Size  [2]int
	Next  *stepView
	List  []stepView
	Words []string
	Any   any
	Map   map[string]string
}

func (stepView) Method() string { return "a method" }

// stepTemplates are pages of a theme; those that end in a plus are not for steps, or
// leave the page to text/template.
var stepTemplates = []string{
	`{{.Text}}{{.HTML}}{{.URL}}{{.N}}<a title="{{.Text}}" data-n="{{.N}}" data-url="{{.URL}}" href="{{.URL}}">{{.Text}}</a><a href="{{.Text}}"></a>`,
	`<title>{{.Text}}</title><style>{{.CSS}}</style>{{range .JS}}<script type="application/ld+json">{{.}}</script>{{end}}`,
	`{{if .Yes}}a{{else if .N}}b{{else}}c{{end}}{{if .Next}}d{{end}}{{if .List}}e{{end}}{{if .Any}}f{{end}}{{if .Map}}g{{end}}{{if .Size}}h{{end}}`,
	`{{with .Next}}{{.Text}}{{$.Text}}{{with .Next}}{{.Text}}{{end}}{{else}}none{{end}}{{with .Text}}{{.}}{{end}}`,
	`{{range .List}}{{.Text}},{{else}}none{{end}}{{range $i, $v := .List}}{{if $i}} · {{end}}{{$v.Text}}{{$.N}}{{.Text}}{{end}}{{range $v := .Words}}{{$v}}{{end}}`,
	`{{$x := .Text}}{{range .Words}}{{$x}}{{$x = .}}{{end}}{{$x}}{{if $y := .N}}{{$y}}{{$x := "in"}}{{$x}}{{end}}{{$x}}`,
	`{{if and .Yes .Text}}1{{end}}{{if or .Next .Yes}}2{{end}}{{if not .Yes}}3{{end}}{{if eq .Text "a"}}4{{end}}{{if ne .Text "a"}}5{{end}}{{if gt (len .List) 1}}6{{end}}{{if lt (len .Words) 2}}7{{end}}{{if eq .N 7}}8{{end}}`,
	`{{or .Text "nothing"}}{{and .Text .URL}}{{index .Size 1}}{{with index .Size 0}} {{.}}{{end}}{{len .Words}}`,
	`<i{{lang .Text "rtl"}}>{{t "nav.menu" "portal" .Text}}{{icon .Text}}{{icon "clock"}}</i>{{t "nav.menu"}}{{uses "table"}}`,
	`{{template "row" .}}{{range .List}}{{template "row" .}}{{end}}{{template "end"}}{{define "row"}}<b>{{.Text}}</b>{{with .Next}}{{template "cell" .}}{{$.Text}}{{end}}{{end}}{{define "cell"}}{{.Text}}{{end}}{{define "end"}}!{{end}}`,
	`{{$v := .Text}}{{range $v := .Next}}{{end}}+`,
	`{{$v := .Text}}{{range $v := .Words}}{{else}}{{if $v}}A{{else}}B{{end}}{{end}}{{$v}}`,
	`{{$v := .Text}}{{range $i, $v := .List}}{{else}}{{if $v}}A{{else}}B{{end}}{{end}}`,
	`{{$x := "out"}}{{range .Words}}{{if .}}{{$x := .}}{{else}}{{$x}}{{end}}{{end}}`,
	`{{if .Yes}}{{$x := .Text}}{{$x}}{{else}}{{$x := "b"}}{{$x}}{{end}}{{with .Text}}{{$x := .}}{{$x}}{{else}}none{{end}}`,
	`{{1e6}}{{0x1F}}{{12}}{{-3}}{{'a'}}{{if eq .N 12.0}}same{{end}}+`,
	`{{if eq .N 7}}7{{end}}{{if gt .N -1}}more{{end}}{{12}}{{-3}}`,
	`{{t "nav.menu" "portal"}}+`,
	`{{with .Any}}{{.Text}}{{end}}{{.Any.Text}}{{range .Any.Words}}{{.}}{{end}}+`,
	`{{.Next.Text}}+`,
	`{{.Nothing}}+`,
	`{{.Method}}+`,
	`{{.Map.a}}+`,
	`{{printf "%s %d" .Text .N}}{{print .N}}+`,
	`{{range .Map}}{{.}}{{end}}+`,
	`{{len .Text}}{{slice .Text 0}}+`,
	`<a title="{{.HTML}}" {{.Text}}="x" style="color:{{.Text}}" onclick="f({{.Text}})">{{.Yes}}{{.Words}}</a>+`,
	`<textarea>{{.HTML}}</textarea>{{.Attr}}{{.CSS}}{{.Any}}+`,
	`{{index .Size .N}}+`,
}

// checkSteps writes a page by its steps and by text/template, and compares. A step may
// give up where there is a reason.
func checkSteps(t *testing.T, page string, c compiled, view any, mayLeave bool) {
	t.Helper()
	mayLeave = mayLeave || page[len(page)-1] == '+'
	if c.steps == nil {
		if !mayLeave {
			t.Errorf("%s: has no steps", page)
		}
		return
	}
	var want bytes.Buffer
	failed := c.Template.Execute(&want, view)
	var out bytes.Buffer
	switch done, _ := new(run).page(&out, c.steps, view); {
	case !done && !mayLeave:
		t.Errorf("%s: a step gave up", page)
	case done && failed != nil:
		t.Errorf("%s: %q, text/template says %v", page, out.String(), failed)
	case done && out.String() != want.String():
		t.Errorf("%s\n got %s\nwant %s", page, out.String(), want.String())
	}
}

func stepViews(text string, n int) []any {
	deep := &stepView{Text: text + "3"}
	full := stepView{
		Text: text, HTML: "<b>&amp;</b>", URL: template.URL("x y/" + text), Attr: ` a="b"`, CSS: "a>b{c:d}", JS: []template.JS{`{"a":"<\/b>"}`}, N: n, Yes: n%2 == 1,
		Size: [2]int{n, 9}, Next: &stepView{Text: text + "2", Next: deep, N: 7}, List: []stepView{{Text: "a"}, {Text: text, Next: deep}}, Words: []string{text, "", "b"},
		Any: deep, Map: map[string]string{"a": text},
	}
	return []any{full, &full, stepView{Text: text}, &stepView{Any: full, N: n}}
}

// FuzzSteps compares what steps write with what text/template writes.
func FuzzSteps(f *testing.F) {
	for _, text := range []string{"a", "", `<b>"'&+` + "\x00", "javascript:alert(1)", "https://x.example/?a=b&c", "clock", "bg", "Ъгъл\xff", "%zz %d0"} {
		f.Add(text, 7)
		f.Add(text, 0)
	}
	var pages []compiled
	for _, page := range stepTemplates {
		th, _ := Load(map[string][]byte{"layouts/page.html": []byte(page)})
		c, err := th.Compile(map[string]Texts{"en": hostile{}}).built["en"]["page"]()
		if err != nil {
			f.Fatal(page, err)
		}
		pages = append(pages, c)
	}
	f.Fuzz(func(t *testing.T, text string, n int) {
		for i, page := range stepTemplates {
			for _, view := range stepViews(text, n) {
				checkSteps(t, page, pages[i], view, false)
			}
			checkSteps(t, page, pages[i], nil, true)
			checkSteps(t, page, pages[i], text, true)
		}
	})
}

// TestBaseThemeHasSteps: a construct that steps do not know would make every page of a
// layout slow, and nobody would notice.
func TestBaseThemeHasSteps(t *testing.T) {
	th, _ := Load(nil)
	c := th.Compile(map[string]Texts{"en": silent{}})
	for _, name := range th.Layouts() {
		built, err := c.built["en"][name]()
		if err != nil {
			t.Fatal(err)
		}
		// html/template makes a copy of "attributes" for its place inside a tag, and keeps it to itself.
		if has := built.steps != nil; has != (name != "form") {
			t.Errorf("%s: steps %v", name, has)
		}
	}
}
