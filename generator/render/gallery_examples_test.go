package render_test

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
	"golang.org/x/net/html"

	"belfry/generator/render"
	"belfry/generator/theme"
)

// takes says what each component is given: the part of a view that its
// examples.yaml writes out.
var takes = map[string]any{
	"action": render.Link{}, "agenda": []render.Row{}, "alerts": render.Alerts{}, "answers": []render.AnswerGroup{},
	"channels": []render.Channel{}, "contact": render.Contact{}, "contents": []render.Link{}, "dashes": []render.Link{},
	"doors": render.Home{}, "emergency": []render.Alert{}, "facets": []render.Link{}, "facts": []render.Fact{},
	"figure": render.Image{}, "group": render.Group{}, "hours": render.Office{}, "items": []render.Item{},
	"ledger": []render.Row{}, "letters": []render.Link{}, "link": render.Link{}, "month": render.Calendar{},
	"notice": render.Status{}, "occasions": []render.Link{}, "pager": render.Pager{}, "parts": []render.Link{},
	"path": []render.Link{}, "prices": []render.Cost{}, "prose": render.Prose{}, "question": render.FormQuestion{}, "sections": []render.Section{},
	"steps": []render.Step{}, "tabs": []render.Link{}, "turn": render.Guide{}, "whom": render.Contact{},
}

// TestEveryExampleShows executes each component with each of its examples,
// read into the very types of the view, and looks at what comes out.
func TestEveryExampleShows(t *testing.T) {
	plain, _ := theme.Load(nil)
	examples := plain.Examples()
	for name := range takes {
		if examples[name] == nil {
			t.Errorf("the component %s has no examples.yaml", name)
		}
	}
	for name, raw := range examples {
		given := takes[name]
		if given == nil {
			t.Errorf("what does %s take?", name)
			continue
		}
		cases := reflect.New(reflect.MapOf(reflect.TypeFor[string](), reflect.TypeOf(given)))
		dec, err := yaml.NewLoader(bytes.NewReader(raw), yaml.WithKnownFields())
		if err == nil {
			err = dec.Load(cases.Interface())
		}
		if err != nil {
			t.Errorf("%s/examples.yaml: %v", name, err)
			continue
		}
		// A layout of its own shows one component alone.
		th, faults := theme.Load(map[string][]byte{"layouts/page.html": []byte(`{{template "` + name + `" .Content}}`)})
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		templates := th.Compile(galleryTexts(t, th))
		for _, key := range cases.Elem().MapKeys() {
			content := reflect.New(reflect.TypeOf(given))
			content.Elem().Set(cases.Elem().MapIndex(key))
			var data any = content.Interface()
			if content.Elem().Kind() == reflect.Slice {
				data = content.Elem().Interface()
			}
			var out bytes.Buffer
			if err := templates.Execute(&out, "page", "en", &render.View{Layout: "page", Lang: "en", Content: data}); err != nil {
				t.Errorf("%s, example %s: %v", name, key, err)
				continue
			}
			checkFragment(t, name+", example "+key.String(), out.String())
		}
	}
}

// checkFragment holds a piece of a page to what can be asked of a piece.
func checkFragment(t *testing.T, name, page string) {
	t.Helper()
	if strings.TrimSpace(page) == "" {
		t.Errorf("%s: nothing is shown", name)
	}
	doc, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatal(err)
	}
	each(doc, func(n *html.Node) {
		for _, a := range n.Attr {
			if a.Key == "style" || strings.HasPrefix(a.Key, "on") || strings.Contains(a.Val, "ZgotmplZ") || a.Key == "lang" && a.Val == "" {
				t.Errorf("%s: <%s %s=%q>", name, n.Data, a.Key, a.Val)
			}
		}
		if slices.Contains([]string{"a", "button", "h2", "h3", "th", "dt"}, n.Data) && text(n) == "" && attr(n, "aria-label") == "" {
			t.Errorf("%s: an empty <%s>", name, n.Data)
		}
	})
	if strings.Contains(page, "<no value>") {
		t.Errorf("%s: a value is missing", name)
	}
}
