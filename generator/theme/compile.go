package theme

import (
	"bytes"
	"errors"
	"fmt"
	"html/template"
	"io"
	"strings"
	"sync"
	"text/template/parse"

	"belfry/generator/diag"
)

// This file turns a layout into a template of one language and executes it.

// Templates are a theme's layouts in every language of a portal. They are safe
// for concurrent use.
type Templates struct {
	built map[string]map[string]func() (compiled, error) // by language and layout
}

// compiled is a layout in one language: a template and, where it has nothing out of
// the common, the steps that give the same page at less cost.
type compiled struct {
	*template.Template
	steps *routine
}

// Compile returns the theme's layouts with the texts of each language, by its
// tag. A layout is built when it is first asked for.
func (t *Theme) Compile(texts map[string]Texts) *Templates {
	c := &Templates{built: map[string]map[string]func() (compiled, error){}}
	for lang, words := range texts {
		c.built[lang] = map[string]func() (compiled, error){}
		for name, l := range t.layouts {
			c.built[lang][name] = sync.OnceValues(func() (compiled, error) {
				tmpl, err := l.build(funcs(words, t.icons))
				if err != nil {
					return compiled{}, err
				}
				known := folder{words, t.icons}
				known.fold(tmpl)
				return compiled{tmpl, translate(l.root, known, func(name string) *parse.Tree {
					if t := tmpl.Lookup(name); t != nil {
						return t.Tree
					}
					return nil // made by html/template for a place inside a tag
				})}, nil
			})
		}
	}
	return c
}

// Execute writes a view as a page through a layout in one language. An error is a
// [*Fault] of the template.
func (c *Templates) Execute(out *bytes.Buffer, layout, lang string, view any) error {
	build := c.built[lang][layout]
	if build == nil {
		return &Fault{File: "layouts/" + layout + ".html", Problem: "there is no such layout in " + lang}
	}
	tmpl, err := build()
	if err != nil {
		return newFault(layout, err)
	}
	start := out.Len()
	if tmpl.steps != nil {
		r := runs.Get().(*run)
		defer r.done()
		switch ok, hopeless := r.page(out, tmpl.steps, view); {
		case ok:
			return nil
		case hopeless:
			return &Fault{File: "layouts/" + layout + ".html", Problem: "the page takes too much work: its templates call each other, or go over lists in lists, more than 10 million times"}
		}
		out.Truncate(start)
	}
	if err := tmpl.Template.Execute(limited{out, start + maxPage}, view); err != nil {
		return newFault(layout, err)
	}
	return nil
}

// maxPage is the most that one page may weigh. The largest text of 5,987 real
// government pages was 114 KB; what is a hundred times that is a fault of the
// theme, such as a template that calls itself.
const maxPage = 12 << 20

// limited is a buffer that holds so many bytes and no more.
type limited struct {
	*bytes.Buffer
	most int
}

func (l limited) Write(p []byte) (int, error) {
	if l.Len()+len(p) > l.most {
		return 0, errors.New("the page grows beyond 12 MB")
	}
	return l.Buffer.Write(p)
}

// Fault is a mistake of a template that only showed when it was executed.
type Fault struct {
	File    string // path inside the theme
	Line    int
	Problem string
}

func (f *Fault) Error() string { return fmt.Sprintf("theme/%s:%d: %s", f.File, f.Line, f.Problem) }

// Diagnostic tells a webmaster of the fault.
func (f *Fault) Diagnostic() diag.Diagnostic {
	return diag.New("theme/template", at(f.File, f.Line), "problem", f.Problem)
}

func newFault(layout string, err error) *Fault {
	f := &Fault{File: "layouts/" + layout + ".html"}
	if m := position.FindStringSubmatch(err.Error()); m != nil {
		f.File = m[1]
	}
	f.Line, f.Problem = whereOf(err)
	if _, rest, ok := strings.Cut(f.Problem, ": "); ok && strings.HasPrefix(f.Problem, "executing ") {
		f.Problem = rest
	}
	return f
}

// build makes the escaped template of a layout.
func (l *layout) build(f template.FuncMap) (*template.Template, error) {
	root := template.New(l.root).Funcs(f).Option("missingkey=error")
	for _, name := range sortedKeys(l.trees) {
		tree := l.trees[name].Copy()
		tree.Name = name
		tree.Root.Nodes = append([]parse.Node{guardIn(tree.ParseName)}, tree.Root.Nodes...)
		if _, err := root.AddParseTree(name, tree); err != nil {
			return nil, err
		}
	}
	// Executing escapes first, all that is called from there. The field that no
	// view has stops the execution before it reaches the theme's own text.
	first, err := root.New("escape").Parse(`{{.stop}}{{template "` + l.root + `" .}}`)
	if err != nil {
		return nil, err
	}
	var refused *template.Error
	if err := first.Execute(io.Discard, nil); errors.As(err, &refused) {
		return nil, err
	}
	return root.Lookup(l.root), nil
}
