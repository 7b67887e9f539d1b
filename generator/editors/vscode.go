package editors

// This file makes Visual Studio Code help: it merges what belfry needs into a
// settings file and leaves all else as it stands, and writes the fields of
// front matter as snippets. The extension YAML of Red Hat checks portal.yaml by
// its schema, but does not look into the front matter of Markdown (its issue
// 207); snippets do, without any extension, and a task shows belfry's own
// findings in the list of problems.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"belfry/generator/portal"
)

// Settings merges into a .vscode/settings.json, which may be empty, the schema
// of portal.yaml at a path as seen from the portal's folder. What is there
// stays, in its order. A file with comments or another fault is an error.
func Settings(old []byte, schema string) ([]byte, error) {
	root, err := readObject(old)
	if err != nil {
		return nil, err
	}
	schemas, err := root.child("yaml.schemas")
	if err != nil {
		return nil, err
	}
	schemas.remove(func(name string, value any) bool {
		return value == portal.File && strings.HasSuffix(name, SchemaName("portal", false))
	})
	schemas.set(schema, portal.File)
	root.put("yaml.schemas", schemas)
	markdown, err := root.child("[markdown]")
	if err != nil {
		return nil, err
	}
	if !markdown.has("editor.quickSuggestions") { // in Markdown they are off otherwise
		markdown.set("editor.quickSuggestions", object{{"other", "on"}, {"comments", "off"}, {"strings", "on"}})
	}
	root.put("[markdown]", markdown)
	return indented(root, old), nil
}

// Tasks merges a task into a .vscode/tasks.json that builds the portal and
// lists what is wrong, each fault at its line.
func Tasks(old []byte) ([]byte, error) {
	root, err := readObject(old)
	if err != nil {
		return nil, err
	}
	if !root.has("version") {
		root.set("version", "2.0.0")
	}
	task := object{{"label", "belfry"}, {"type", "process"}, {"command", "belfry"}, {"args", []string{"build", "${workspaceFolder}"}},
		{"presentation", object{{"reveal", "silent"}, {"clear", true}}},
		{"problemMatcher", object{{"owner", "belfry"}, {"fileLocation", []string{"relative", "${workspaceFolder}"}}, {"severity", "info"},
			{"pattern", object{{"regexp", `^(\S.*?):(\d+):(?:(\d+):)? (error|warning|note): (.*)$`}, {"file", 1}, {"line", 2}, {"column", 3}, {"severity", 4}, {"message", 5}}}}}}
	list := []any{}
	if raw, ok := root.get("tasks").(json.RawMessage); ok {
		var tasks []json.RawMessage
		if err := json.Unmarshal(raw, &tasks); err != nil {
			return nil, fmt.Errorf("tasks: %w", err)
		}
		for _, one := range tasks {
			if o, err := readObject(one); err != nil || o.text("label") != "belfry" {
				list = append(list, one)
			}
		}
	}
	root.put("tasks", append(list, task))
	return indented(root, old), nil
}

// Snippets offers each field of front matter where its name is typed.
func Snippets(opt SchemaOptions) []byte {
	t, root := In(opt.Lang), object{}
	for i := range portal.Types {
		ty := &portal.Types[i]
		for j := range ty.Fields {
			f := &ty.Fields[j]
			if f.Kind == portal.Hash || root.has(f.Name) {
				continue // what several types have is offered once
			}
			s := snippet{t: t, typ: ty.Name, opt: opt}
			root.set(f.Name, object{{"scope", "markdown,yaml"}, {"prefix", f.Name}, {"description", t.Label(ty.Name, f.Name) + ": " + t.Doc(ty.Name, f.Name)},
				{"body", s.lines(f)}})
		}
	}
	return indented(root, nil)
}

// snippet writes one field in VS Code's syntax: ${1:proposal}, ${2|a,b|}.
type snippet struct {
	t    *Texts
	typ  string
	opt  SchemaOptions
	stop int
}

func (s *snippet) lines(f *portal.Field) []string {
	switch {
	case f.Kind == portal.Record:
		out, lead := []string{f.Name + ":"}, "  "
		if f.Many {
			lead = "  - "
		}
		for i := range f.Of {
			of := &f.Of[i]
			if of.Name == "id" {
				continue
			}
			out = append(out, lead+of.Name+": "+s.value(f.Name+"."+of.Name, of))
			lead = strings.Repeat(" ", len(lead))
		}
		return append(out, "$0")
	case f.Many && f.Kind == portal.Markdown:
		return []string{f.Name + ":", "  - \"" + s.place("…") + "\"", "  - \"" + s.place("…") + "\"", "$0"}
	case f.Many:
		return []string{f.Name + ": [" + s.value(f.Name, f) + "]", "$0"}
	}
	return []string{f.Name + ": " + s.value(f.Name, f), "$0"}
}

func (s *snippet) place(text string) string {
	s.stop++
	return fmt.Sprintf("${%d:%s}", s.stop, strings.NewReplacer(`\`, `\\`, "$", `\$`, "}", `\}`).Replace(text))
}

func (s *snippet) choice(list []string) string {
	s.stop++
	return fmt.Sprintf("${%d|%s|}", s.stop, strings.Join(list, ","))
}

func (s *snippet) value(path string, f *portal.Field) string {
	switch f.Kind {
	case portal.Enum:
		return s.choice(f.Enum)
	case portal.Bool:
		return s.choice([]string{"true", "false"})
	case portal.Ref:
		if s.opt.Known != nil {
			if ids := s.opt.Known(f.Ref); len(ids) > 0 && len(ids) <= 100 {
				return s.choice(ids)
			}
		}
	case portal.Money:
		return s.place("12.50 EUR")
	case portal.Period:
		return s.place("3 working days")
	case portal.Day:
		return s.place("2026-11-30")
	case portal.Moment:
		return s.place("2026-11-30 18:00")
	case portal.Hours:
		return s.place("Mo-Fr 08:30-12:00, 13:00-17:00")
	case portal.Text, portal.Markdown:
		return `"` + s.place(s.t.Label(s.typ, path)) + `"`
	}
	return s.place("…")
}

// readObject reads a JSON object with its members in order, values as they are.
func readObject(raw []byte) (object, error) {
	if len(bytes.TrimSpace(raw)) == 0 {
		return object{}, nil
	}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\xEF\xBB\xBF"))))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, errors.New("no JSON object")
	}
	out := object{}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return nil, err
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		out.set(name.(string), value)
	}
	if _, err := d.Token(); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, errors.New("something follows the JSON object")
	}
	return out, nil
}

func (o object) get(name string) any {
	for _, m := range o {
		if m.name == name {
			return m.value
		}
	}
	return nil
}

func (o object) has(name string) bool { return o.get(name) != nil }

func (o object) text(name string) string {
	raw, _ := o.get(name).(json.RawMessage)
	var s string
	if json.Unmarshal(raw, &s) != nil {
		return ""
	}
	return s
}

// child reads the object of a name; a missing one is empty.
func (o object) child(name string) (object, error) {
	raw, ok := o.get(name).(json.RawMessage)
	if !ok {
		return object{}, nil
	}
	out, err := readObject(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	for i, m := range out {
		var s string
		if raw, ok := m.value.(json.RawMessage); ok && json.Unmarshal(raw, &s) == nil {
			out[i].value = s
		}
	}
	return out, nil
}

// put sets a member in its place, or at the end.
func (o *object) put(name string, value any) {
	for i := range *o {
		if (*o)[i].name == name {
			(*o)[i].value = value
			return
		}
	}
	o.set(name, value)
}

func (o *object) remove(which func(name string, value any) bool) {
	kept := object{}
	for _, m := range *o {
		if !which(m.name, m.value) {
			kept = append(kept, m)
		}
	}
	*o = kept
}

// indented writes JSON as the old file is indented.
func indented(o object, old []byte) []byte {
	raw, err := json.Marshal(o)
	if err != nil {
		panic("editors: JSON cannot be encoded: " + err.Error())
	}
	step := "  "
	for line := range bytes.Lines(old) {
		if rest := bytes.TrimLeft(line, " \t"); len(rest) < len(line) && len(bytes.TrimSpace(rest)) > 0 {
			step = string(line[:len(line)-len(rest)])
			break
		}
	}
	var b bytes.Buffer
	if err := json.Indent(&b, raw, "", step); err != nil {
		panic("editors: JSON cannot be indented: " + err.Error())
	}
	return unescapeHTML(append(b.Bytes(), '\n'))
}

// unescapeHTML takes back what json.Marshal does to &, < and >.
func unescapeHTML(raw []byte) []byte {
	return []byte(strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&").Replace(string(raw)))
}
