package editors

// This file writes the configuration of two content management systems that
// keep their content in git, Decap CMS and Sveltia CMS: a collection for each
// folder of documents, a widget for each kind of value. Both read the format of
// Netlify CMS; where they differ it is said. Forms are left out, as their body
// is a language of its own that an editor of rich text would damage.

import (
	"slices"
	"strconv"
	"strings"

	"belfry/generator/portal"
)

// CMSOptions say what a configuration is made from.
type CMSOptions struct {
	For       string // "decap" or "sveltia"
	Lang      string // of labels and hints
	Languages []string
	Folders   []string // that hold documents, below the portal: services, services/registry, directories/shops
	Base      string   // path of the portal in its repository, "" for the top
	Backend   string   // github, gitlab, gitea
	Repo      string   // owner/name
	Branch    string
}

// CMSNames are the systems CMS knows.
func CMSNames() []string { return []string{"decap", "sveltia"} }

// CMS returns a config.yml.
func CMS(opt CMSOptions) []byte {
	c := &cms{CMSOptions: opt, t: In(opt.Lang), many: len(opt.Languages) > 1}
	root := object{{"backend", object{{"name", opt.Backend}, {"repo", opt.Repo}, {"branch", opt.Branch}}}}
	if opt.For == "decap" {
		root.set("local_backend", true) // with decap-server, on the machine itself only
	}
	root.set("media_folder", c.path("assets"))
	root.set("public_folder", "/assets")
	// File names of another script would be empty in ASCII; belfry writes them
	// in Latin letters in addresses.
	encoding := "ascii"
	if nonLatin(opt.Languages[0]) {
		encoding = "unicode"
	}
	root.set("slug", object{{"encoding", encoding}, {"clean_accents", encoding == "ascii"}})
	if c.many {
		i18n := object{{"structure", "multiple_files"}, {"locales", opt.Languages}, {"default_locale", opt.Languages[0]}}
		if opt.For == "sveltia" {
			i18n.set("initial_locales", "default")
			i18n.set("omit_default_locale_from_file_path", true)
		}
		root.set("i18n", i18n)
	}
	if opt.For == "sveltia" {
		root.set("output", object{{"omit_empty_optional_fields", true}})
	}
	root.set("editor", object{{"preview", false}})
	var collections []any
	for _, folder := range opt.Folders {
		if t := typeOf(folder); t != nil {
			collections = append(collections, c.collection(folder, t))
		}
	}
	root.set("collections", collections)
	var b strings.Builder
	writeYAML(&b, root, "")
	return []byte(b.String())
}

// typeOf is the type of the documents in a folder; nil for one with none that a
// CMS can edit.
func typeOf(folder string) *portal.Type {
	top, below, nested := strings.Cut(folder, "/")
	t := portal.TypeByFolder(top)
	if top == "directories" && nested && below != "" {
		return portal.TypeByName("entry")
	}
	if t == nil || t.Name == "form" || top == "directories" {
		return nil
	}
	return t
}

func nonLatin(lang string) bool {
	base, _, _ := strings.Cut(lang, "-")
	return slices.Contains([]string{"bg", "mk", "uk", "ru", "be", "el", "ka", "hy", "ar", "he", "fa", "kk", "mn"}, base) || base == "sr" && !strings.Contains(lang, "Latn")
}

type cms struct {
	CMSOptions
	t    *Texts
	many bool // languages
}

func (c *cms) path(below string) string { return strings.TrimPrefix(c.Base+"/"+below, "/") }

// name is the collection of a folder.
func collectionName(folder string) string { return strings.ReplaceAll(folder, "/", "-") }

func (c *cms) collection(folder string, t *portal.Type) object {
	one, many := c.t.Type(t.Name)
	if _, below, nested := strings.Cut(folder, "/"); nested {
		many += ": " + below
	}
	out := object{{"name", collectionName(folder)}, {"label", many}, {"label_singular", one}, {"description", c.t.TypeDoc(t.Name)},
		{"folder", c.path(folder)}, {"create", true}, {"extension", "md"}, {"format", "yaml-frontmatter"}, {"identifier_field", "title"}}
	if c.For == "sveltia" {
		out.set("slug", object{{"template", "{{title}}"}, {"editable", []string{"create"}}})
	} else {
		out.set("slug", "{{title}}")
	}
	if c.many {
		out.set("i18n", true)
	}
	var fields []any
	for i := range t.Fields {
		f := &t.Fields[i]
		if f.Kind == portal.Hash && !c.many {
			continue
		}
		fields = append(fields, c.field(t.Name, f.Name, f))
	}
	body := object{{"name", "body"}, {"label", c.t.say("body")}, {"widget", "markdown"}, {"required", false}}
	if c.many {
		body.set("i18n", true)
	}
	out.set("fields", append(fields, body))
	return out
}

// field is one field of a collection. A CMS cannot hold one value where it
// expects a list, as belfry can.
func (c *cms) field(typ, path string, f *portal.Field) object {
	out := object{{"name", f.Name}, {"label", c.t.Label(typ, path)}}
	if f.Kind == portal.Hash {
		return object{{"name", f.Name}, {"label", c.t.Label(typ, path)}, {"widget", "hidden"}, {"i18n", true}}
	}
	required := f.Need == portal.Required || path == "title" || typ == "service" && path == "description"
	rest := object{{"required", required}, {"hint", c.t.Doc(typ, path)}}
	if i18n := c.i18n(f); c.many {
		rest.set("i18n", i18n)
	}
	multiple := f.Kind == portal.Enum || f.Kind == portal.Ref && c.collectionOf(f.Ref) != ""
	switch {
	case f.Many && f.Kind == portal.Record:
		out.set("widget", "list")
		out.set("collapsed", true)
		out.set("summary", "{{fields."+f.Lead+"}}")
		out.set("fields", c.members(typ, path, f))
	case f.Kind == portal.Record:
		out.set("widget", "object")
		out.set("collapsed", true)
		out.set("fields", c.members(typ, path, f))
	case f.Many && !multiple:
		one := append(object{{"name", f.Name}, {"label", c.t.Label(typ, path)}}, c.widget(typ, path, f)...)
		if c.many {
			one.set("i18n", c.i18n(f))
		}
		out.set("widget", "list")
		out.set("field", one)
	default:
		out = append(out, c.widget(typ, path, f)...)
		if f.Many {
			out.set("multiple", true)
		}
	}
	return append(out, rest...)
}

// i18n says what a translation does with a field: it holds texts, repeats the
// ids of items, and leaves facts to the source.
func (c *cms) i18n(f *portal.Field) any {
	switch {
	case f.Text:
		return true
	case f.Kind == portal.Record && slices.ContainsFunc(f.Of, func(of portal.Field) bool { return of.Text }):
		return true
	case f.Name == "id":
		return "duplicate"
	}
	return false
}

func (c *cms) members(typ, path string, f *portal.Field) []any {
	var out []any
	for i := range f.Of {
		if of := &f.Of[i]; of.Name != "id" || c.many || f.Name == "equivalent" {
			out = append(out, c.field(typ, path+"."+of.Name, of))
		}
	}
	return out
}

// collectionOf names the collection of a type, "" where there is none or more
// than one: a relation leads to one collection.
func (c *cms) collectionOf(typ string) string {
	found := ""
	for _, folder := range c.Folders {
		if t := typeOf(folder); t != nil && t.Name == typ {
			if found != "" {
				return ""
			}
			found = collectionName(folder)
		}
	}
	return found
}

// widget is how one value is edited.
func (c *cms) widget(typ, path string, f *portal.Field) object {
	pattern := func(p string) object {
		return object{{"widget", "string"}, {"pattern", []string{p, c.t.Doc(typ, path)}}}
	}
	switch f.Kind {
	case portal.Markdown:
		return object{{"widget", "markdown"}}
	case portal.Number:
		kind := "int"
		if f.Name == "geo" {
			kind = "float"
		}
		return object{{"widget", "number"}, {"value_type", kind}}
	case portal.Bool:
		return object{{"widget", "boolean"}}
	case portal.Day:
		// Without a default Decap writes the present day.
		return object{{"widget", "datetime"}, {"format", "YYYY-MM-DD"}, {"date_format", "YYYY-MM-DD"}, {"time_format", false}, {"default", ""}}
	case portal.Moment:
		return object{{"widget", "datetime"}, {"format", "YYYY-MM-DDTHH:mm"}, {"date_format", "YYYY-MM-DD"}, {"time_format", "HH:mm"}, {"default", ""}}
	case portal.Enum:
		var options []any
		for _, e := range f.Enum {
			options = append(options, object{{"label", c.t.Value(typ, path, e)}, {"value", e}})
		}
		return object{{"widget", "select"}, {"options", options}}
	case portal.Ref:
		if name := c.collectionOf(f.Ref); name != "" {
			return object{{"widget", "relation"}, {"collection", name}, {"value_field", "{{slug}}"}, {"display_fields", []string{"title"}}, {"search_fields", []string{"title"}}}
		}
	case portal.Period:
		return pattern(periodPattern)
	case portal.Money:
		return pattern(moneyPattern)
	case portal.Hours:
		return pattern(hoursPattern())
	case portal.Tag:
		return pattern(tagPattern)
	case portal.URL:
		return pattern(urlPattern())
	case portal.Asset:
		return object{{"widget", "image"}}
	case portal.PerLang:
		if c.many {
			var fields []any
			for _, l := range c.Languages {
				fields = append(fields, object{{"name", l}, {"label", l}, {"widget", "string"}, {"required", false}})
			}
			return object{{"widget", "object"}, {"collapsed", true}, {"fields", fields}}
		}
	}
	return object{{"widget", "string"}}
}

// writeYAML writes objects, lists and scalars in block style.
func writeYAML(b *strings.Builder, v any, indent string) {
	switch v := v.(type) {
	case object:
		for i, m := range v {
			if i > 0 || indent == "" {
				b.WriteString(indent)
			}
			b.WriteString(scalar(m.name) + ":")
			value(b, m.value, indent+"  ")
		}
	case []any:
		for _, item := range v {
			b.WriteString(indent + "- ")
			writeYAML(b, item, indent+"  ")
		}
	default:
		panic("editors: no YAML for this value")
	}
}

// value writes what follows a colon.
func value(b *strings.Builder, v any, indent string) {
	switch v := v.(type) {
	case string:
		b.WriteString(" " + scalar(v) + "\n")
	case bool:
		b.WriteString(" " + strconv.FormatBool(v) + "\n")
	case []string:
		var list []string
		for _, s := range v {
			list = append(list, quoted(s))
		}
		b.WriteString(" [" + strings.Join(list, ", ") + "]\n")
	case object:
		b.WriteString("\n" + indent)
		writeYAML(b, v, indent)
	default:
		b.WriteString("\n")
		writeYAML(b, v, indent)
	}
}

// quoted is scalar inside a flow list.
func quoted(s string) string {
	if q := scalar(s); !strings.ContainsAny(q, ",[]{}") || q != s {
		return q
	}
	return `"` + s + `"`
}
