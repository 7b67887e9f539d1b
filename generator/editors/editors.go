// Package editors makes what helps a person to write: skeletons of new
// documents, JSON Schemas for editors that complete and check, configuration of
// content management systems, and documents from the rows of a spreadsheet.
//
// Everything comes from one table, portal.Types, and from names and
// explanations in messages/<language>.yaml, so a field that is added there
// appears in all four. Nothing here touches the disk.
package editors

import (
	"embed"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"belfry/generator/locale"
	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

//go:embed messages
var messageFiles embed.FS

// Texts are the names and explanations of the content model in one language.
type Texts struct {
	Lang string // BCP 47

	types  map[string]typeText
	fields map[string]fieldText
	values map[string]string
	words  map[string][]string
	says   map[string]string
	form   map[string]string
}

type typeText struct {
	Label, Many, Doc, Body string
	Parts                  []string
}

type fieldText struct {
	Label, Doc, Example string
	Also                []string
}

// tables holds the texts of every language. A fault in them is ours: it panics.
var tables = sync.OnceValue(func() map[string]*Texts {
	files, err := messageFiles.ReadDir("messages")
	if err != nil {
		panic("editors: " + err.Error())
	}
	all := map[string]*Texts{}
	for _, f := range files {
		lang := strings.TrimSuffix(f.Name(), ".yaml")
		t, err := read(lang, func(s string) string { return s })
		if err != nil {
			panic(fmt.Sprintf("editors: %s: %v", f.Name(), err))
		}
		all[lang] = t
	}
	latin, err := read("sr", func(s string) string { return locale.TransliterateText(s, locale.Latin) })
	if err != nil {
		panic("editors: " + err.Error())
	}
	latin.Lang = "sr-Latn"
	all[latin.Lang] = latin
	return all
})

func read(lang string, convert func(string) string) (*Texts, error) {
	raw, err := messageFiles.ReadFile("messages/" + lang + ".yaml")
	if err != nil {
		return nil, err
	}
	var file struct {
		Language string
		Types    map[string]typeText
		Fields   map[string]fieldText
		Values   map[string]string
		Words    map[string][]string
		Says     map[string]string
		Form     map[string]string
	}
	var tree yaml.Node
	if err := yaml.Unmarshal(raw, &tree); err != nil {
		return nil, err
	}
	each(&tree, convert)
	if err := tree.Decode(&file); err != nil {
		return nil, err
	}
	return &Texts{Lang: lang, types: file.Types, fields: file.Fields, values: file.Values, words: file.Words, says: file.Says, form: file.Form}, nil
}

// each changes every scalar of a tree.
func each(n *yaml.Node, convert func(string) string) {
	if n.Kind == yaml.ScalarNode {
		n.Value = convert(n.Value)
	}
	for _, c := range n.Content {
		each(c, convert)
	}
}

// Languages returns the languages that have texts, sorted.
func Languages() []string { return slices.Sorted(maps.Keys(tables())) }

// Knows reports whether In has texts of the language itself.
func Knows(lang string) bool { return tables()[nearest(lang)] != nil }

// In returns the texts of a language (BCP 47), or those of English where there
// are none. Serbian comes in the script that the tag names, Cyrillic if none.
func In(lang string) *Texts {
	if t := tables()[nearest(lang)]; t != nil {
		return t
	}
	return tables()["en"]
}

func nearest(lang string) string {
	lang = strings.ReplaceAll(lang, "_", "-")
	low := strings.ToLower(lang)
	if base, _, _ := strings.Cut(low, "-"); base != "sr" && base != "sh" {
		return base
	} else if base == "sh" || strings.Contains(low, "latn") {
		return "sr-Latn"
	}
	return "sr"
}

// field looks a field up as type.path, then by the parts of its path.
func (t *Texts) field(typ, path string) fieldText {
	if f, ok := t.fields[typ+"."+path]; ok {
		return f
	}
	if f, ok := t.fields[path]; ok {
		return f
	}
	_, last, member := cutLast(path)
	if member && last == "id" {
		return t.fields["item.id"]
	}
	return t.fields[last]
}

func cutLast(path string) (before, last string, found bool) {
	i := strings.LastIndexByte(path, '.')
	if i < 0 {
		return "", path, false
	}
	return path[:i], path[i+1:], true
}

// Label is the name of a field for people; path is "cost" or "cost.amount".
func (t *Texts) Label(typ, path string) string { return t.field(typ, path).Label }

// Doc says in a sentence what a field is for.
func (t *Texts) Doc(typ, path string) string { return t.field(typ, path).Doc }

// Example is a text that shows what is meant.
func (t *Texts) Example(typ, path string) string {
	if e := t.field(typ, path).Example; e != "" {
		return e
	}
	return "…"
}

// Value is the name of a choice; path is that of its field.
func (t *Texts) Value(typ, path, choice string) string {
	_, last, _ := cutLast(path)
	for _, key := range []string{typ + "." + path, path, last} {
		if v := t.values[key+"."+choice]; v != "" {
			return v
		}
	}
	if strings.HasSuffix(path, "channel") || path == "channels.type" {
		return t.values["channel."+choice]
	}
	return ""
}

// Type returns the names of one document of a type and of several.
func (t *Texts) Type(name string) (one, many string) {
	return t.types[name].Label, t.types[name].Many
}

// TypeNamed returns the type that a word means in any language: "service",
// "услуга", "Noticias"; "" for none.
func TypeNamed(word string) string {
	for i := range portal.Types {
		name := portal.Types[i].Name
		if strings.EqualFold(name, word) {
			return name
		}
	}
	for _, lang := range Languages() {
		for i := range portal.Types {
			name := portal.Types[i].Name
			if one, many := In(lang).Type(name); fold(one) == fold(word) || fold(many) == fold(word) {
				return name
			}
		}
	}
	return ""
}

// TypeDoc says what a type is for.
func (t *Texts) TypeDoc(name string) string { return t.types[name].Doc }

// say returns a sentence with {names} filled in, given as pairs.
func (t *Texts) say(key string, pairs ...string) string {
	text := t.says[key]
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}
