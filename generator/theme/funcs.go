package theme

import (
	"errors"
	"fmt"
	"html/template"
	"runtime"
	"strings"
	"text/template/parse"
)

// This file lists all that a template may call. Nothing here reads a file, the
// clock or the environment.

// Texts are the interface texts of one language. Args are pairs of name and
// value for the {name} in a text. An unknown key gives the key in brackets.
type Texts interface {
	Text(key string, args ...string) string
	Count(key string, n int, args ...string) string
}

// known names the functions for the parser, which refuses all others with
// their line. Beside ours these are the harmless ones of text/template.
var known = map[string]any{
	"and": 0, "or": 0, "not": 0, "len": 0, "index": 0, "slice": 0, "print": 0, "printf": 0, "println": 0,
	"eq": 0, "ne": 0, "lt": 0, "le": 0, "gt": 0, "ge": 0,
	"t": 0, "tn": 0, "icon": 0, "lang": 0, "uses": 0,
}

// funcs are the functions of a language:
//
//	t KEY [NAME VALUE]...     an interface text
//	tn KEY N [NAME VALUE]...  one that depends on a number
//	icon NAME                 a drawing of assets/icons, hidden from screen readers
//	lang TAG DIR              the attributes of a part in another language; nothing where the tag is empty
//	uses COMPONENT            takes the style of a component without its markup
func funcs(texts Texts, icons map[string]string) template.FuncMap {
	return template.FuncMap{
		guardName: guard,
		"t":       func(key string, args ...string) (string, error) { return bounded(texts.Text(key, args...)) },
		"tn":      func(key string, n int, args ...string) (string, error) { return bounded(texts.Count(key, n, args...)) },
		"print":   func(args ...any) (string, error) { return bounded(fmt.Sprint(args...)) },
		"println": func(args ...any) (string, error) { return bounded(fmt.Sprintln(args...)) },
		"printf":  func(format string, args ...any) (string, error) { return bounded(fmt.Sprintf(format, args...)) },
		"icon":    func(name string) template.HTML { return template.HTML(icons[name]) }, // checked in icons.go
		"lang":    langAttributes,
		"uses":    func(string) string { return "" },
	}
}

// guardName is called at the start of every template, in a way that html/template
// sees no output in. Templates that call themselves without end would fill the stack
// of text/template, which ends the whole process and with it the portals of others.
const guardName = "_belfry_guard"

// guardIn is the call for a template of a file, which a fault then names.
func guardIn(file string) parse.Node {
	trees, err := parse.Parse(file, "{{$belfry := "+guardName+"}}", "", "", map[string]any{guardName: 0})
	if err != nil {
		panic("theme: " + err.Error())
	}
	return trees[file].Root.Nodes[0]
}

// maxFrames is how many functions may be at work at once: the deepest page of the base
// theme has 110, a stack holds a hundred thousand.
const maxFrames = 5000

func guard() (string, error) {
	var one [1]uintptr
	if runtime.Callers(maxFrames, one[:]) > 0 {
		return "", errors.New("templates call each other without end")
	}
	return "", nil
}

// maxText is how long a text may be that a function makes: one that doubles itself
// has no end.
const maxText = 1 << 20

func bounded(text string) (string, error) {
	if len(text) > maxText {
		return "", errors.New("the text grows beyond 1 MB")
	}
	return text, nil
}

// langAttributes writes ` lang="bg" dir="ltr"`. What is no tag or direction is
// left out, for the result is not escaped again.
func langAttributes(tag, dir string) template.HTMLAttr {
	var b strings.Builder
	if tag == "" {
		return ""
	}
	if strings.Trim(tag, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == "" {
		b.WriteString(` lang="` + tag + `"`)
	}
	if dir == "ltr" || dir == "rtl" {
		b.WriteString(` dir="` + dir + `"`)
	}
	return template.HTMLAttr(b.String())
}

// silent stands in for texts while a template is only tried.
type silent struct{}

func (silent) Text(string, ...string) string       { return "" }
func (silent) Count(string, int, ...string) string { return "" }

// probe escapes a layout that the portal has changed, to find what
// html/template refuses. The built-in ones are tested.
func (l *layout) probe(t *Theme, s *set) error {
	changed := t.files[l.root].own
	for _, c := range l.components {
		changed = changed || s.own[c]
	}
	if !changed {
		return nil
	}
	_, err := l.build(funcs(silent{}, t.icons))
	return err
}
