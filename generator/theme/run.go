package theme

import (
	"bytes"
	"html/template"
	"reflect"
	"strconv"
	"sync"
	"sync/atomic"
)

// This file runs the steps of steps.go.

// run is the making of one page.
type run struct {
	out    *bytes.Buffer
	most   int      // how long it may grow
	work   int      // calls and entries so far
	scopes []*scope // by depth; each is used again
	depth  int
}

// scope is what one call of a template sees.
type scope struct {
	dot  reflect.Value
	vars []reflect.Value
}

var runs = sync.Pool{New: func() any { return new(run) }}

// done gives the room of a run to the next one, unless a theme made it vast.
func (r *run) done() {
	vars := 0
	for _, s := range r.scopes {
		vars += cap(s.vars)
	}
	if vars < 10000 {
		runs.Put(r)
	}
}

// maxDepth is how deep steps call each other.
const maxDepth = 200

// left is panicked by a step that leaves the page to text/template, tired by one
// that has worked too long: text/template would never end.
type (
	left  struct{}
	tired struct{}
)

func (r *run) leave() { panic(left{}) }

// maxWork is how many templates a page may call and entries of lists it may go
// over: the largest list of 10,000 entries takes a hundredth of it.
const maxWork = 10e6

// count counts work, and holds a page to its size.
func (r *run) count() {
	if r.work++; r.work > maxWork {
		panic(tired{})
	}
	if r.out.Len() > r.most {
		r.leave()
	}
}

// page runs the steps of a layout over a view. It reports whether all went well,
// otherwise what was written is worth nothing; and whether trying again is no use.
func (r *run) page(out *bytes.Buffer, layout *routine, view any) (ok, hopeless bool) {
	r.out, r.most, r.depth, r.work = out, out.Len()+maxPage, 0, 0
	defer func() {
		r.out = nil
		for _, s := range r.scopes { // the view must not live as long as the pool
			clear(s.vars[:cap(s.vars)])
			s.dot = reflect.Value{}
		}
		// Whatever a step trips over, text/template tells of it as a fault of the
		// theme: no theme of one town may end the build of all.
		_, hopeless = recover().(tired)
	}()
	r.call(layout, reflect.ValueOf(view))
	return out.Len() <= r.most, false
}

func (r *run) call(to *routine, dot reflect.Value) {
	r.count()
	if r.depth == maxDepth {
		r.leave()
	}
	if r.depth == len(r.scopes) {
		r.scopes = append(r.scopes, &scope{})
	}
	s := r.scopes[r.depth]
	r.depth++
	if cap(s.vars) < to.vars {
		s.vars = make([]reflect.Value, to.vars)
	}
	s.dot, s.vars = dot, s.vars[:to.vars]
	s.vars[0] = dot
	to.body(r, s)
	r.depth--
}

// open takes a value out of its interface.
func open(v reflect.Value) reflect.Value {
	if v.Kind() == reflect.Interface {
		return v.Elem()
	}
	return v
}

// place is where a type has a field.
type place struct {
	typ   reflect.Type
	index int
}

// fields follows the names of a chain such as .Frame.Contact.
func fields(from value, names []string) value {
	for _, name := range names {
		from = field(from, name)
	}
	return from
}

// field takes a field of a struct, or of one that is pointed to. It remembers
// where the type it saw last has it.
func field(of value, name string) value {
	var seen atomic.Pointer[place]
	return func(r *run, s *scope) reflect.Value {
		v := of(r, s)
		for k := v.Kind(); k == reflect.Pointer || k == reflect.Interface; k = v.Kind() {
			v = v.Elem()
		}
		if v.Kind() != reflect.Struct {
			r.leave() // a map, or nothing
		}
		at := seen.Load()
		if at == nil || at.typ != v.Type() {
			at = r.find(v.Type(), name)
			seen.Store(at)
		}
		return v.Field(at.index)
	}
}

func (r *run) find(typ reflect.Type, name string) *place {
	f, ok := typ.FieldByName(name)
	_, method := reflect.PointerTo(typ).MethodByName(name) // goes first in text/template
	if !ok || method || !f.IsExported() || len(f.Index) != 1 {
		r.leave()
	}
	return &place{typ, f.Index[0]}
}

// truth is what text/template takes for true.
func truth(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Bool:
		return v.Bool()
	case reflect.String, reflect.Slice, reflect.Array, reflect.Map:
		return v.Len() > 0
	case reflect.Pointer, reflect.Interface, reflect.Func:
		return !v.IsNil()
	case reflect.Struct:
		return true
	}
	return v.IsValid() && !v.IsZero()
}

var (
	typeString = reflect.TypeFor[string]()
	typeHTML   = reflect.TypeFor[template.HTML]()
	typeAttr   = reflect.TypeFor[template.HTMLAttr]()
	typeCSS    = reflect.TypeFor[template.CSS]()
	typeJS     = reflect.TypeFor[template.JS]()
	typeURL    = reflect.TypeFor[template.URL]()
)

// writers do what the escapers of html/template do with the types that views have.
var writers = map[string]func(*run, reflect.Value){
	"_html_template_htmlescaper":    func(r *run, v reflect.Value) { r.text(v, typeHTML) },
	"_html_template_attrescaper":    func(r *run, v reflect.Value) { r.text(v, nil) },
	"_html_template_rcdataescaper":  func(r *run, v reflect.Value) { r.text(v, nil) },
	"_html_template_htmlnamefilter": func(r *run, v reflect.Value) { r.trusted(v, typeAttr) },
	"_html_template_cssvaluefilter": func(r *run, v reflect.Value) { r.trusted(v, typeCSS) },
	"_html_template_jsvalescaper":   func(r *run, v reflect.Value) { r.trusted(v, typeJS) },
	hrefName:                        (*run).address,
}

// trusted writes a text of one type as it is.
func (r *run) trusted(v reflect.Value, typ reflect.Type) {
	if !v.IsValid() || v.Type() != typ {
		r.leave()
	}
	r.out.WriteString(v.String())
}

// text writes a text or a number escaped; as it is, where it has the type that needs
// no escaping here.
func (r *run) text(v reflect.Value, as reflect.Type) {
	switch v.Kind() {
	case reflect.String:
		switch typ := v.Type(); {
		case typ == typeString, typ == typeURL:
		case typ == as:
			r.out.WriteString(v.String())
			return
		default:
			r.leave()
		}
		r.escape(v.String())
	case reflect.Int:
		if v.NumMethod() > 0 {
			r.leave()
		}
		r.out.Write(strconv.AppendInt(r.out.AvailableBuffer(), v.Int(), 10))
	default:
		r.leave()
	}
}

func (r *run) address(v reflect.Value) {
	switch {
	case !v.IsValid():
		r.leave()
	case v.Type() == typeURL:
		r.out.WriteString(hrefOf(v.String(), true))
	case v.Type() == typeString:
		r.out.WriteString(hrefOf(v.String(), false))
	default:
		r.leave()
	}
}

// replacements are those of html/template, in text and in quoted attributes.
var replacements = [256]string{0: "\uFFFD", '"': "&#34;", '&': "&amp;", '\'': "&#39;", '+': "&#43;", '<': "&lt;", '>': "&gt;"}

func (r *run) escape(s string) {
	from := 0
	for i := 0; i < len(s); i++ {
		if to := replacements[s[i]]; to != "" {
			r.out.WriteString(s[from:i])
			r.out.WriteString(to)
			from = i + 1
		}
	}
	r.out.WriteString(s[from:])
}
