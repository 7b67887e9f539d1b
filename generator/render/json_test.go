package render

import (
	"encoding/json"
	"testing"
)

// FuzzJSON holds that linked data are written as encoding/json writes them.
func FuzzJSON(f *testing.F) {
	for _, s := range []string{"", "a", `"\<>&`, "Бели бряг – ул. „Дунав“", "\u2028\u2029\x7f\x00\n", "\xff\xe2\x80", "🐕"} {
		f.Add(s, "name")
	}
	f.Fuzz(func(t *testing.T, text, name string) {
		for _, v := range []any{
			text,
			object{},
			object{name: text, "@type": name, "z": nil, "n": 7, "f": 2.5, "yes": true},
			object{"list": []object{{name: text}, {}}, "none": []object(nil), "texts": []string{text, name}, "nothing": []string(nil), "in": object{name: object{text: name}}},
			breadcrumbs{Items: []crumb{{Name: text}}},
		} {
			want, err := json.Marshal(v)
			if err != nil {
				t.Fatal(err)
			}
			if got := appendJSON(nil, v); string(got) != string(want) {
				t.Errorf("got %s\nwant %s", got, want)
			}
		}
	})
}
