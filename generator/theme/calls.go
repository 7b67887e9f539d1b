package theme

import (
	"html/template"
	"reflect"
)

// This file holds the functions that steps can call: those of funcs.go, and of
// text/template the few that themes use.

// function returns the call of a function; nil where it is left to text/template.
func (t *translator) function(name string, args []value) value {
	switch {
	case name == "not" && len(args) == 1:
		return func(r *run, s *scope) reflect.Value { return reflect.ValueOf(!truth(open(args[0](r, s)))) }
	case name == "and":
		return firstThat(false, args)
	case name == "or":
		return firstThat(true, args)
	case (name == "eq" || name == "ne") && len(args) == 2:
		want := name == "eq"
		return func(r *run, s *scope) reflect.Value {
			return reflect.ValueOf(r.equal(args[0](r, s), args[1](r, s)) == want)
		}
	case (name == "gt" || name == "lt") && len(args) == 2:
		a, b := args[0], args[1]
		if name == "lt" {
			a, b = b, a
		}
		return func(r *run, s *scope) reflect.Value { return reflect.ValueOf(r.number(a(r, s)) > r.number(b(r, s))) }
	case name == "len" && len(args) == 1:
		return func(r *run, s *scope) reflect.Value { return reflect.ValueOf(r.countable(args[0](r, s)).Len()) }
	case name == "index" && len(args) == 2:
		return func(r *run, s *scope) reflect.Value {
			list, i := r.countable(args[0](r, s)), r.number(args[1](r, s))
			if i < 0 || i >= int64(list.Len()) {
				r.leave()
			}
			return list.Index(int(i))
		}
	case name == "t" && len(args)%2 == 1:
		texts := t.known.texts
		return func(r *run, s *scope) reflect.Value {
			words := make([]string, len(args))
			for i, a := range args {
				words[i] = r.string(a(r, s))
			}
			text := texts.Text(words[0], words[1:]...)
			if len(text) > maxText {
				r.leave()
			}
			return reflect.ValueOf(text)
		}
	case name == "icon" && len(args) == 1:
		icons := t.known.icons
		return func(r *run, s *scope) reflect.Value {
			return reflect.ValueOf(template.HTML(icons[r.string(args[0](r, s))]))
		}
	case name == "lang" && len(args) == 2:
		return func(r *run, s *scope) reflect.Value {
			return reflect.ValueOf(langAttributes(r.string(args[0](r, s)), r.string(args[1](r, s))))
		}
	}
	return nil
}

// firstThat is or, with true, and and, with false: the first argument that is so, or
// the last.
func firstThat(is bool, args []value) value {
	return func(r *run, s *scope) (v reflect.Value) {
		for _, a := range args {
			if v = open(a(r, s)); truth(v) == is {
				break
			}
		}
		return v
	}
}

// equal compares two strings or two integers.
func (r *run) equal(a, b reflect.Value) bool {
	a, b = open(a), open(b)
	if a.Kind() == reflect.String && b.Kind() == reflect.String {
		return a.String() == b.String()
	}
	return r.number(a) == r.number(b)
}

func (r *run) number(v reflect.Value) int64 {
	if v = open(v); v.Kind() != reflect.Int {
		r.leave()
	}
	return v.Int()
}

func (r *run) string(v reflect.Value) string {
	if v = open(v); !v.IsValid() || v.Type() != typeString {
		r.leave()
	}
	return v.String()
}

// countable is a list: len and index of all else are left to text/template.
func (r *run) countable(v reflect.Value) reflect.Value {
	if v = open(v); v.Kind() != reflect.Slice && v.Kind() != reflect.Array {
		r.leave()
	}
	return v
}
