package render

import (
	"fmt"
	"html/template"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/theme"
)

// The tests of this package build small portals from their files, with the real
// messages and no theme: they look at views, not at HTML.

const config = "name: {bg: Бели бряг, ro: Malu Alb, en: Beli Breg}\nkind: Municipality\ncountry: BG\nlanguages: [bg, ro, en]\ntime_zone: Europe/Sofia\nbase_url: https://town.example/e/\n"

// noStyle is a theme without styles or scripts.
type noStyle struct{}

func (noStyle) Style(_, _ string) (css string, policies []string, script string) {
	return "", nil, ""
}

func (noStyle) Engine(_ string) string { return "" }
func (noStyle) Print() string          { return "" }
func (noStyle) Form() string           { return "assets/form.js" }
func (noStyle) Running() string        { return "p{}" }

// someFiles are the assets of every test portal.
type someFiles struct{}

var assets = []string{"assets/a b#1.pdf", "assets/arms.svg", "assets/draft.pdf", "assets/quay.jpg", "assets/waste.csv"}

func (someFiles) Has(p string) bool              { return slices.Contains(assets, p) }
func (someFiles) Names() []string                { return assets }
func (someFiles) Read(string) ([]byte, bool)     { return nil, false }
func (someFiles) Rows(string) ([][]string, bool) { return [][]string{{"a"}, {"1"}}, true }
func (someFiles) Size(string) int64              { return 1_234_567 }
func (someFiles) Pixels(string) (int, int)       { return 640, 480 }

// messages are those of the built-in theme in the languages the tests use.
var messages = sync.OnceValue(func() map[string]*locale.Messages {
	look, _ := theme.Load(nil)
	english, _ := locale.ParseMessages("en.yaml", look.Messages()["en"], "en")
	out := map[string]*locale.Messages{"en": english}
	for _, lang := range []string{"ar", "bg", "ro"} {
		own, _ := locale.ParseMessages(lang+".yaml", look.Messages()[lang], lang)
		out[lang] = own.Over(english)
	}
	return out
})

// built is a portal planned at a moment.
type built struct {
	t      *testing.T
	sites  []*Site
	faults diag.List
}

// build plans the portal of some files; without portal.yaml it has config.
func build(t *testing.T, at string, files map[string]string) *built {
	t.Helper()
	yaml := files[portal.File]
	if yaml == "" {
		yaml = config
	}
	fields, faults := parse.Config([]byte(yaml))
	c, more := portal.NewConfig(fields)
	faults = append(faults, more...)
	var docs []*portal.Document
	for file, text := range files {
		if parse.IsDocument(file) {
			d, more := parse.File(file, []byte(text), parse.Options{Languages: c.Languages, Currency: c.Currency})
			docs, faults = append(docs, d), append(faults, more...)
		}
	}
	p, more := portal.Link(c, docs, someFiles{})
	faults = append(faults, more...)
	words := messages()
	taken := portal.NewAddresses()
	b := &built{t: t}
	for _, lang := range c.Languages {
		s := NewSite(p.In(lang, p.Moment(at)), words[lang], noStyle{}, someFiles{}, false)
		_, more := s.Plan(taken)
		faults = append(faults, more...)
		b.sites = append(b.sites, s)
	}
	Join(b.sites)
	b.faults = faults.Sorted()
	return b
}

// site is the edition of a language.
func (b *built) site(lang string) *Site {
	b.t.Helper()
	for _, s := range b.sites {
		if s.Lang == lang {
			return s
		}
	}
	b.t.Fatalf("no edition in %s", lang)
	return nil
}

// view is that of the page at a path.
func (b *built) view(p string) *View {
	b.t.Helper()
	lang, _, _ := strings.Cut(p, "/")
	page, ok := b.site(lang).pages[p]
	if !ok {
		b.t.Fatalf("there is no page %s; there are\n%s", p, strings.Join(b.paths(), "\n"))
	}
	v, faults := b.site(lang).View(page)
	for _, f := range faults {
		b.t.Errorf("%s: %s: %s", p, f.At, f.Message())
	}
	return v
}

// paths are the pages of all editions, sorted.
func (b *built) paths() []string {
	var out []string
	for _, s := range b.sites {
		for p := range s.pages {
			out = append(out, p)
		}
	}
	slices.Sort(out)
	return out
}

// codes lists the errors as "file:line code".
func (b *built) codes() string {
	var out []string
	for _, d := range b.faults {
		if d.Severity == diag.Error {
			out = append(out, fmt.Sprintf("%s:%d %s", d.At.File, d.At.Line, d.Code))
		}
	}
	return strings.Join(out, "; ")
}

// hrefs visits every address a view holds.
func hrefs(v reflect.Value, visit func(where, href string), where string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			hrefs(v.Elem(), visit, where)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[*Prose]() {
				hrefs(v.Field(i), visit, where+"."+f.Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			hrefs(v.Index(i), visit, fmt.Sprintf("%s[%d]", where, i))
		}
	case reflect.String:
		if v.Type() == reflect.TypeFor[template.URL]() {
			visit(where, v.String())
		}
	}
}

// check holds every page of the portal to what all pages promise: each address
// in its view and its prose leads to something, and each text is there.
func (b *built) check() {
	b.t.Helper()
	known := map[string]bool{"": true, "index.html": true, "search": true, FormIndex: true}
	for _, s := range b.sites {
		for _, f := range s.Feeds() {
			known[f.Path] = true
		}
		for _, it := range s.byType["form"] {
			known[SchemaPath(it.Form.Base)] = true
		}
	}
	for _, s := range b.sites {
		for p, page := range s.pages {
			v, _ := s.View(page)
			visit := func(where, href string) {
				bare, _, _ := strings.Cut(href, "#")
				switch {
				case strings.Contains(href, ":"), bare == "": // another host, this page, or nothing
				case strings.HasPrefix(path.Join(path.Dir(p), bare), "assets/"):
				default:
					target := path.Join(path.Dir(p), bare)
					lang, _, _ := strings.Cut(target, "/")
					for _, o := range b.sites {
						if o.Lang == lang && o.has(target) {
							return
						}
					}
					if !known[target] && target != "." {
						b.t.Errorf("%s: %s leads to %s, which is no page", p, where, target)
					}
				}
			}
			hrefs(reflect.ValueOf(v), visit, "View")
			texts(reflect.ValueOf(v), func(where, text string) {
				if strings.HasPrefix(text, "[") && strings.Contains(text, ".") && !strings.HasSuffix(where, ".Pattern") {
					b.t.Errorf("%s: %s is the key of a missing message: %s", p, where, text)
				}
			}, "View")
			if v.Title == "" || v.HeadTitle == "" || v.Description == "" || v.Frame == nil || v.Content == nil {
				b.t.Errorf("%s: a part is missing: %q %q %q", p, v.Title, v.HeadTitle, v.Description)
			}
			for _, l := range v.Convert().Links {
				visit("prose", l.Href)
			}
		}
	}
}

func texts(v reflect.Value, visit func(where, text string), where string) {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if !v.IsNil() {
			texts(v.Elem(), visit, where)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() && f.Type != reflect.TypeFor[*Prose]() {
				texts(v.Field(i), visit, where+"."+f.Name)
			}
		}
	case reflect.Slice:
		for i := range v.Len() {
			texts(v.Index(i), visit, fmt.Sprintf("%s[%d]", where, i))
		}
	case reflect.String:
		visit(where, v.String())
	}
}
