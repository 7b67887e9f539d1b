package render

import (
	"encoding/json"
	"maps"
	"testing"
)

// FuzzJSON holds that linked data are written as encoding/json writes them.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{"", "a", `"\<>&`, "Бели бряг – ул. „Дунав“", "\u2028\u2029\x7f\x00\n", "\xff\xe2\x80", "🐕"} {
		f.Add(s, "name")
	}
	f.Fuzz(func(t *testing.T, value, name string) {
		type plain = map[string]any
		for _, c := range []struct{ v, like any }{
			{value, value},
			{object{}, plain{}},
			{typed(name, text("z", value), other("a", 7), text("n", "")), plain{"@type": name, "z": value, "a": 7}},
			{typed("t", other("list", []object{{text("a", value)}, {}}), other("none", []object(nil)), other("texts", []string{value, name}), other("in", object{text("b", name)})),
				plain{"@type": "t", "list": []plain{{"a": value}, {}}, "texts": []string{value, name}, "in": plain{"b": name}}},
		} {
			if m, ok := c.like.(plain); ok {
				maps.DeleteFunc(m, func(name string, v any) bool { return v == "" && name != "@type" })
			}
			want, err := json.Marshal(c.like)
			if err != nil {
				t.Fatal(err)
			}
			if got := appendJSON(nil, c.v); string(got) != string(want) {
				t.Errorf("got %s\nwant %s", got, want)
			}
		}
	})
}
