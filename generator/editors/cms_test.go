package editors

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

// config reads a generated config.yml.
func config(t *testing.T, opt CMSOptions) map[string]any {
	t.Helper()
	var out map[string]any
	if err := yaml.Unmarshal(CMS(opt), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

var cmsOptions = CMSOptions{For: "sveltia", Lang: "bg", Languages: []string{"bg", "ro"}, Base: "site", Backend: "github", Repo: "a/b", Branch: "main",
	Folders: []string{"services", "services/registry", "forms", "offices", "topics", "news", "events", "directories", "directories/shops"}}

// TestCMS: collections per folder, widgets per kind, and the rules that both
// systems have for names and references (checked against their own schemas when
// this was written: Decap CMS 3.19 and Sveltia CMS 0.221).
func TestCMS(t *testing.T) {
	keys := map[string]map[string]bool{ // what both systems know, by widget
		"": set("name label widget required hint i18n"), "string": set("pattern"), "markdown": set(""), "number": set("value_type"), "boolean": set(""), "hidden": set(""), "image": set(""),
		"datetime": set("format date_format time_format default"), "select": set("options multiple"), "relation": set("collection value_field display_fields search_fields multiple"),
		"list": set("field fields collapsed summary"), "object": set("fields collapsed"),
	}
	for _, system := range CMSNames() {
		opt := cmsOptions
		opt.For = system
		c := config(t, opt)
		names := map[string]bool{}
		for _, raw := range c["collections"].([]any) {
			names[raw.(map[string]any)["name"].(string)] = true
		}
		if want := set("services services-registry offices topics news events directories-shops"); !reflect.DeepEqual(names, want) {
			t.Errorf("%s: collections %v", system, names)
		}
		var walk func(where string, f map[string]any)
		walk = func(where string, f map[string]any) {
			widget, _ := f["widget"].(string)
			for key := range f {
				if keys[widget] == nil || !keys[widget][key] && !keys[""][key] {
					t.Errorf("%s: %s: a %q has no %s", system, where, widget, key)
				}
			}
			if strings.ContainsAny(f["name"].(string), ". ") || f["label"] == "" {
				t.Errorf("%s: %s: name %q, label %q", system, where, f["name"], f["label"])
			}
			if widget == "relation" && !names[f["collection"].(string)] {
				t.Errorf("%s: %s leads to no collection", system, where)
			}
			seen := map[string]bool{}
			for _, sub := range list(f["fields"]) {
				if n := sub["name"].(string); seen[n] {
					t.Errorf("%s: %s: %s stands twice", system, where, n)
				} else {
					seen[n] = true
				}
				walk(where+"."+sub["name"].(string), sub)
			}
			if one, ok := f["field"].(map[string]any); ok {
				walk(where+".[]", one)
			}
		}
		for _, raw := range c["collections"].([]any) {
			collection := raw.(map[string]any)
			if !strings.HasPrefix(collection["folder"].(string), "site/") {
				t.Errorf("%s: folder %v", system, collection["folder"])
			}
			for _, f := range list(collection["fields"]) {
				walk(collection["name"].(string)+"."+f["name"].(string), f)
			}
		}
		i18n := c["i18n"].(map[string]any)
		if i18n["structure"] != "multiple_files" || i18n["default_locale"] != "bg" || (i18n["omit_default_locale_from_file_path"] == true) != (system == "sveltia") {
			t.Errorf("%s: i18n %v", system, i18n)
		}
	}
	fields := map[string]map[string]any{}
	for _, raw := range config(t, cmsOptions)["collections"].([]any) {
		if c := raw.(map[string]any); c["name"] == "services" {
			for _, f := range list(c["fields"]) {
				fields[f["name"].(string)] = f
			}
		}
	}
	for name, want := range map[string][2]any{"title": {"string", true}, "cost": {"list", true}, "authority": {"relation", false}, "audience": {"select", false}, "redress": {"markdown", true},
		"reviewed": {"datetime", false}, "processing_time": {"string", false}, "related": {"list", false}, "body": {"markdown", true}, "translated_from": {"hidden", true}, "id": {"string", "duplicate"}} {
		if f := fields[name]; f["widget"] != want[0] || f["i18n"] != want[1] {
			t.Errorf("%s is a %v, i18n %v; want %v", name, f["widget"], f["i18n"], want)
		}
	}
	single := cmsOptions
	single.Languages = []string{"es"}
	if raw := string(CMS(single)); strings.Contains(raw, "i18n") || strings.Contains(raw, "translated_from") || !strings.Contains(raw, "encoding: ascii") {
		t.Error("a portal of one language speaks of translations, or keeps no ASCII names")
	}
}

func list(v any) []map[string]any {
	var out []map[string]any
	if items, ok := v.([]any); ok {
		for _, i := range items {
			out = append(out, i.(map[string]any))
		}
	}
	return out
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

func TestLongForms(t *testing.T) {
	service := portal.TypeByName("service")
	in := "---\ntitle: A # x\ncost: 12,50 EUR   # now\ncontact: town-hall\naudience: citizen\nevidence:\n  - identity card\n  - {name: b}\n  - \"c: d\"\nrequires: [a]\nsteps: |\n  one\n  two\nredress: text\noutput: {name: x}\nphone: 5\n---\n\ncost: free\n"
	want := "---\ntitle: A # x\ncost: [{amount: \"12,50 EUR\"}]   # now\ncontact: {office: town-hall}\naudience: [citizen]\nevidence:\n  - {name: identity card}\n  - {name: b}\n  - {name: \"c: d\"}\nrequires: [a]\nsteps: |\n  one\n  two\nredress: text\noutput: {name: x}\nphone: 5\n---\n\ncost: free\n"
	out, changed, left := LongForms([]byte(in), service.Fields)
	if string(out) != want || strings.Join(changed, " ") != "cost contact audience evidence" || strings.Join(left, " ") != "steps output" {
		t.Errorf("changed %v, left %v\n%s", changed, left, out)
	}
	again, changed, _ := LongForms(out, service.Fields)
	if string(again) != want || len(changed) > 0 {
		t.Errorf("a second time changes %v", changed)
	}
	for _, odd := range []string{"", "no front matter\n", "---\n---\n", "---\na: [\n---\n", "+++\ncost = 1\n+++\n"} {
		if out, changed, _ := LongForms([]byte(odd), service.Fields); string(out) != odd || changed != nil {
			t.Errorf("%q became %q", odd, out)
		}
	}
}

// TestVSCode: what somebody has set stays, in its order.
func TestVSCode(t *testing.T) {
	old := "{\n    \"b\": 1,\n    \"[markdown]\": {\"editor.quickSuggestions\": false},\n    \"a\": \"<x> & y\",\n    \"yaml.schemas\": {\"./old/portal.schema.json\": \"portal.yaml\", \"./mine.json\": \"portal.yaml\"}\n}\n"
	got, err := Settings([]byte(old), "./.belfry/schemas/portal.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	want := "{\n    \"b\": 1,\n    \"[markdown]\": {\n        \"editor.quickSuggestions\": false\n    },\n    \"a\": \"<x> & y\",\n    \"yaml.schemas\": {\n        \"./mine.json\": \"portal.yaml\",\n        \"./.belfry/schemas/portal.schema.json\": \"portal.yaml\"\n    }\n}\n"
	if string(got) != want {
		t.Errorf("got\n%s", got)
	}
	if twice, err := Settings(got, "./.belfry/schemas/portal.schema.json"); err != nil || string(twice) != want {
		t.Errorf("a second time: %v\n%s", err, twice)
	}
	for _, bad := range []string{"// mine\n{}", "[]", "{\"yaml.schemas\": 1}", "{} {}", "{\"a\": }"} {
		if _, err := Settings([]byte(bad), "x"); err == nil {
			t.Errorf("%q was merged", bad)
		}
	}
	tasks, err := Tasks([]byte(`{"version": "2.0.0", "tasks": [{"label": "mine"}, {"label": "belfry", "command": "old"}]}`))
	if err != nil || strings.Count(string(tasks), `"label"`) != 2 || strings.Contains(string(tasks), `"old"`) || !strings.Contains(string(tasks), `"mine"`) {
		t.Errorf("%v\n%s", err, tasks)
	}
	var snippets map[string]struct {
		Scope, Prefix, Description string
		Body                       []string
	}
	if err := json.Unmarshal(Snippets(SchemaOptions{Lang: "bg", Known: func(string) []string { return []string{"a", "b"} }}), &snippets); err != nil {
		t.Fatal(err)
	}
	if s := snippets["authority"]; s.Body[0] != "authority: ${1|a,b|}" || !strings.HasPrefix(s.Description, "Предоставя се от") {
		t.Errorf("%+v", s)
	}
}
