package editors_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"belfry/generator/editors"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

var schemaOptions = editors.SchemaOptions{Lang: "bg", Languages: []string{"bg", "ro", "en"}}

// schemas compiles the schema of every type, of its translations and of
// portal.yaml; the compiler holds them against the meta-schema.
func schemas(t *testing.T) map[string]*jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	out := map[string]*jsonschema.Schema{}
	add := func(name string, raw []byte) {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if err := c.AddResource(name, doc); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if out[name], err = c.Compile(name); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	add(editors.SchemaName("portal", false), editors.PortalSchema(schemaOptions))
	for i := range portal.Types {
		for _, translation := range []bool{false, true} {
			add(editors.SchemaName(portal.Types[i].Name, translation), editors.Schema(&portal.Types[i], translation, schemaOptions))
		}
	}
	return out
}

// front reads the front matter of a document as an editor does: by the core
// schema of YAML 1.2, in which a date is a text.
func front(t *testing.T, text string) any {
	t.Helper()
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		text, _, _ = strings.Cut(rest, "\n---\n")
	}
	var n yaml.Node
	if err := yaml.Unmarshal([]byte(text), &n); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	if len(n.Content) == 0 {
		return map[string]any{}
	}
	return plainValue(n.Content[0])
}

func plainValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainValue(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, c := range n.Content {
			list = append(list, plainValue(c))
		}
		return list
	}
	switch n.Tag {
	case "!!int", "!!float":
		if _, err := strconv.ParseFloat(n.Value, 64); err == nil {
			return json.Number(n.Value)
		}
	case "!!bool":
		return strings.EqualFold(n.Value, "true")
	case "!!null":
		return nil
	}
	return n.Value
}

// TestExampleIsValid validates portal.yaml and every document of the example.
func TestExampleIsValid(t *testing.T) {
	all, root, count := schemas(t), "../../content-example/beli-breg", 0
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(root, name)
		rel = filepath.ToSlash(rel)
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		schema := editors.SchemaName("portal", false)
		if rel != portal.File {
			if !parse.IsDocument(rel) {
				return nil
			}
			doc, _ := parse.File(rel, raw, parse.Options{Languages: []string{"bg", "ro", "en"}})
			schema = editors.SchemaName(doc.Type, doc.Named)
		}
		count++
		if err := all[schema].Validate(front(t, string(raw))); err != nil {
			t.Errorf("%s against %s: %v", rel, schema, err)
		}
		return nil
	})
	if err != nil || count < 200 {
		t.Fatalf("%d documents: %v", count, err)
	}
}

// TestSchemaSpelling: what belfry reads is valid, and what it refuses is not.
func TestSchemaSpelling(t *testing.T) {
	all := schemas(t)
	service := all["service.schema.json"]
	for _, c := range []struct {
		line string
		ok   bool
	}{
		{"cost: free", true}, {"cost: 12.50 EUR", true}, {"cost: 12,50 лв.", true}, {"cost: € 5", true}, {"cost: 5", true}, {"cost: 1 234,50 lei", true}, {"cost: cheap", false},
		{"cost: [{amount: 5 EUR, channel: online}, free]", true}, {"cost: {amount: 5 EUR, chanel: online}", false}, {"cost: {channel: boat}", false},
		{"processing_time: at once", true}, {"processing_time: 3 working days", true}, {"processing_time: P3D", true}, {"processing_time: PT30M", true}, {"processing_time: 2 weeks", true}, {"processing_time: 1 Day", true},
		{"processing_time: soon", false}, {"processing_time: 3", false}, {"processing_time: 3 working weeks", false}, {"processing_time: three days", false},
		{"reviewed: 2026-11-30", true}, {"reviewed: 2026-13-01", false}, {"reviewed: 30.11.2026", false}, {"publish: 2026-11-30 18:00", true}, {"publish: 2026-11-30T18:00", true}, {"publish: 2026-11-30T18:00:00+02:00", true}, {"publish: tomorrow", false},
		{"audience: citizen", true}, {"audience: [citizen, business]", true}, {"audience: people", false}, {"status: closed", true}, {"status: shut", false},
		{"languages: [bg, sr-Latn]", true}, {"languages: български", false},
		{"contact: town-hall", true}, {"contact: {phone: +359 88 000, hours: 'Mo-Fr 08:30-12:00, 13:00-17:00; Sa 9-12'}", true}, {"contact: {hours: Mo-Fri 8 to 5}", false},
		{"contact: {hours: Mo-Su 24/7}", false}, {"contact: {hours: 24/7}", true}, {"contact: {hours: 'Mo off; Tu-We,Fr 8h-12h30'}", true}, {"contact: {email: a@b.example}", true}, {"contact: {email: a at b}", false},
		{"channels: online", true}, {"channels: [{type: online, url: 'javascript:alert(1)'}]", false}, {"channels: [{type: online, url: assets/x.pdf}]", true}, {"channels: [{url: https://a.example/}]", false},
		{"channels: [{type: online, url: 'form:x'}]", true}, {"draft: true", true}, {"draft: maybe", false}, {"title: 2026", true}, {"titel: A", false}, {"title: [a]", false},
		{"slug: {bg: a, ro: b}", true}, {"slug: {Bulgarian: a}", false}, {"steps: [a, b]", true}, {"steps: one", true}, {"steps: [{a: b}]", false},
		{"evidence: identity card", true}, {"evidence: [{name: a, copies: 2, original: yes}]", true}, {"evidence: [{copies: 2}]", false}, {"evidence: [{name: a, copies: two}]", false},
	} {
		text := "description: A\n" + c.line
		if err := service.Validate(front(t, text)); (err == nil) != c.ok {
			t.Errorf("%q: the schema says %v", c.line, err)
		}
		_, faults := parse.File("services/a.md", []byte("---\ntitle: A\n"+strings.Replace(text, "title:", "TITLE2:", 1)+"\n---\n"), parse.Options{Languages: []string{"bg"}, Currency: "EUR"})
		bad := false
		for _, f := range faults {
			bad = bad || !strings.Contains(f.Message(), "TITLE2")
		}
		if missing := strings.HasPrefix(c.line, "channels: [{url") || strings.HasPrefix(c.line, "evidence: [{copies: 2}"); bad == c.ok && !missing && !strings.HasPrefix(c.line, "tit") {
			t.Errorf("%q: the schema says ok=%v, belfry says %v", c.line, c.ok, faults)
		}
	}
	for _, c := range []struct {
		schema, text string
		ok           bool
	}{
		{"service.schema.json", "title: A", false}, // no description
		{"service.translation.schema.json", "title: A", true},
		{"service.translation.schema.json", "title: A\ncost: free", false}, // a fact
		{"service.translation.schema.json", "evidence: [{name: a}, {}, {note: b}]\ntranslated_from: abc", true},
		{"service.translation.schema.json", "evidence: [{name: a, copies: 2}]", false},
		{"event.schema.json", "title: A", false},
		{"event.schema.json", "starts: 2026-11-30 18:00", true},
		{"office.schema.json", "geo: [43.6, 25.1]", true},
		{"office.schema.json", "geo: north", false},
		{"portal.schema.json", "name: A\nlanguages: [bg]", true},
		{"portal.schema.json", "name: {bg: A, ro: B}\nlanguages: bg\nhome: {wanted: [a]}", true},
		{"portal.schema.json", "languages: [bg]", false},
		{"portal.schema.json", "name: A\nlanguages: [bg]\nbrand: {color: red}", false},
		{"portal.schema.json", "name: A\nlanguages: [bg]\nprofile: full", false},
		{"form.schema.json", "privacy: {controller: A, legal basis: B, keep: 1 year}", true},
		{"form.schema.json", "privacy: {keep: forever}", false},
	} {
		if err := all[c.schema].Validate(front(t, c.text)); (err == nil) != c.ok {
			t.Errorf("%s: %q: %v", c.schema, c.text, err)
		}
	}
}

// TestDraftsAreValid: what belfry new writes pleases the editor.
func TestDraftsAreValid(t *testing.T) {
	all := schemas(t)
	for i := range portal.Types {
		ty := &portal.Types[i]
		d := editors.Draft{Type: ty, Title: "A", Lang: "bg", Explain: "en", Currency: "EUR", Languages: []string{"bg", "ro"}, Town: "B", Known: func(string) string { return "" }}
		text := d.Text()
		if err := all[editors.SchemaName(ty.Name, false)].Validate(front(t, text)); err != nil {
			t.Errorf("%s: %v", ty.Name, err)
		}
		if err := all[editors.SchemaName(ty.Name, false)].Validate(front(t, strings.ReplaceAll(text, "\n# ", "\n"))); err != nil {
			t.Errorf("%s with all fields: %v", ty.Name, err)
		}
	}
}

// TestSchemaSpeaks: descriptions and choices stand in the language asked for,
// and ids that exist are offered.
func TestSchemaSpeaks(t *testing.T) {
	opt := schemaOptions
	opt.Known = func(typ string) []string { return []string{"a-" + typ} }
	raw := string(editors.Schema(portal.TypeByName("service"), false, opt))
	for _, want := range []string{`"title": "Цена"`, `"Граждани"`, `"a-office"`, `"https://json-schema.org/draft/2020-12/schema"`, `"a-life-event"`} {
		if !strings.Contains(raw, want) {
			t.Errorf("the schema lacks %s", want)
		}
	}
	if fmt.Sprint(raw) != string(editors.Schema(portal.TypeByName("service"), false, opt)) {
		t.Error("two schemas differ")
	}
}
