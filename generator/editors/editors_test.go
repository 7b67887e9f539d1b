package editors

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode"

	"belfry/generator/portal"
)

// TestComplete holds every language against English and against the content
// model: no text missing, none left over, none in another script.
func TestComplete(t *testing.T) {
	if got := Languages(); !slices.Equal(got, []string{"bg", "en", "es", "ro", "sr", "sr-Latn"}) {
		t.Errorf("languages %v", got)
	}
	master := tables()["en"]
	for lang, texts := range tables() {
		same(t, lang, master.types, texts.types)
		same(t, lang, master.fields, texts.fields)
		same(t, lang, master.values, texts.values)
		same(t, lang, master.words, texts.words)
		same(t, lang, master.says, texts.says)
		same(t, lang, master.form, texts.form)
		for key, f := range texts.fields {
			if f.Label == "" || f.Doc == "" || (f.Example == "") != (master.fields[key].Example == "") {
				t.Errorf("%s: %s has no label, no doc or not the same examples as English", lang, key)
			}
			if strings.Contains(f.Doc, "\n") || !strings.ContainsAny(f.Doc[len(f.Doc)-1:], ".…") && !strings.HasSuffix(f.Doc, "…") {
				t.Errorf("%s: %s: the doc is no sentence: %q", lang, key, f.Doc)
			}
		}
		for _, ty := range portal.Types {
			if texts.types[ty.Name].Label == "" || texts.types[ty.Name].Doc == "" {
				t.Errorf("%s: type %s has no name", lang, ty.Name)
			}
			walk(ty.Name, ty.Fields, func(path string, f *portal.Field) { named(t, texts, ty.Name, path, f) })
		}
		walk("portal", portal.ConfigFields, func(path string, f *portal.Field) { named(t, texts, "portal", path, f) })
		if lang == "sr-Latn" {
			for _, part := range []any{texts.types, texts.fields, texts.values, texts.words, texts.says, texts.form} {
				if all := fmt.Sprint(part); strings.ContainsFunc(all, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) }) {
					t.Errorf("sr-Latn has Cyrillic letters: %.300s", all)
				}
			}
		}
	}
}

func named(t *testing.T, texts *Texts, typ, path string, f *portal.Field) {
	if strings.HasPrefix(path, "check.levels.") {
		return // a member for each code, which is its own name
	}
	if texts.Label(typ, path) == "" || texts.Doc(typ, path) == "" {
		t.Errorf("%s: %s.%s has no label or explanation", texts.Lang, typ, path)
	}
	for _, e := range f.Enum {
		if texts.Value(typ, path, e) == "" {
			t.Errorf("%s: the choice %s of %s.%s has no name", texts.Lang, e, typ, path)
		}
	}
}

// walk walks over fields and their members.
func walk(typ string, fields []portal.Field, do func(path string, f *portal.Field)) {
	for i := range fields {
		f := &fields[i]
		do(f.Name, f)
		walk(typ, f.Of, func(path string, of *portal.Field) { do(f.Name+"."+path, of) })
	}
}

func same[V any](t *testing.T, lang string, want, got map[string]V) {
	t.Helper()
	a, b := slices.Sorted(maps.Keys(want)), slices.Sorted(maps.Keys(got))
	if !reflect.DeepEqual(a, b) {
		t.Errorf("%s: keys %v, want %v", lang, b, a)
	}
}

// TestUsed finds texts that no field of the model has any more.
func TestUsed(t *testing.T) {
	used := map[string]bool{}
	mark := func(typ string, fields []portal.Field) {
		walk(typ, fields, func(path string, f *portal.Field) {
			texts := tables()["en"]
			_, last, member := cutLast(path)
			for _, key := range []string{typ + "." + path, path, last} {
				if member && last == "id" && key == last {
					key = "item.id"
				}
				if _, ok := texts.fields[key]; ok {
					used[key] = true
					return
				}
			}
		})
	}
	for _, ty := range portal.Types {
		mark(ty.Name, ty.Fields)
	}
	mark("portal", portal.ConfigFields)
	for key := range tables()["en"].fields {
		if !used[key] {
			t.Errorf("%s names no field", key)
		}
	}
}

func TestIn(t *testing.T) {
	for tag, want := range map[string]string{
		"bg": "bg", "bg_BG": "bg", "en-GB": "en", "ro-MD": "ro", "es-419": "es", "sr": "sr", "sr-RS": "sr", "sr-Latn-RS": "sr-Latn", "sr_Latn": "sr-Latn", "sh": "sr-Latn", "de": "en", "": "en", "pt-BR": "en",
	} {
		if got := In(tag).Lang; got != want {
			t.Errorf("In(%q) speaks %s, want %s", tag, got, want)
		}
	}
}

func TestTypeNamed(t *testing.T) {
	for word, want := range map[string]string{"service": "service", "Event": "event", "услуга": "service", "Новина": "news", "obrazac": "form", "Noticias": "news", "servise": "", "": ""} {
		if got := TypeNamed(word); got != want {
			t.Errorf("%q is a %q, want %q", word, got, want)
		}
	}
}
