package locale

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"belfry/generator/diag"
)

func messages(t *testing.T, tag, text string) *Messages {
	t.Helper()
	m, list := ParseMessages("messages/"+tag+".yaml", []byte(text), tag)
	if len(list) > 0 {
		t.Fatalf("%s: %s", list[0].At, list[0].Message())
	}
	return m
}

const master = `search.button: Search
found: {one: "{n} page for “{words}”", other: "{n} pages for “{words}”"}
checked: Checked on {date}
`

func TestMessages(t *testing.T) {
	en := messages(t, "en", master)
	bg := messages(t, "bg", "search.button: Търсене\nfound:\n  one: \"{n} страница за „{words}“\"\n  other: \"{n} страници за „{words}“\"\n")
	sr := messages(t, "sr-Latn", "found: {one: \"{n} stranica (1)\", few: \"{n} stranice\", other: \"{n} stranica\"}")
	town := messages(t, "bg", "search.button: Намери\nown: Наше\nempty: \"\"\n")
	layered := town.Over(bg).Over(en)

	for _, c := range []struct{ got, want string }{
		{en.Text("search.button"), "Search"},
		{en.Text("checked", "date", "5 May"), "Checked on 5 May"},
		{en.Text("checked"), "Checked on {date}"},
		{en.Text("checked", "date", "{date}{n}"), "Checked on {date}{n}"},
		{en.Text("found", "n", "3", "words", "a"), "3 pages for “a”"},
		{en.Count("found", 1, "words", "a"), "1 page for “a”"},
		{en.Count("found", 1234, "words", "a"), "1,234 pages for “a”"},
		{en.Count("search.button", 2), "Search"},
		{bg.Count("found", 1234567, "words", "a"), "1\u00a0234\u00a0567 страници за „a“"},
		{sr.Count("found", 21), "21 stranica (1)"}, {sr.Count("found", 22), "22 stranice"}, {sr.Count("found", 25), "25 stranica"},
		{bg.Text("nothing"), "[nothing]"}, {bg.Count("nothing", 2), "[nothing]"},
		{layered.Text("search.button"), "Намери"}, {layered.Text("own"), "Наше"}, {layered.Text("empty"), ""},
		{layered.Count("found", 1, "words", "a"), "1 страница за „a“"}, {layered.Text("checked", "date", "x"), "Checked on x"},
		// The rules of the layer that has the text.
		{sr.Over(en).Count("found", 3), "3 stranice"},
		{town.Over(sr).Count("found", 21), "21 stranica (1)"},
		{strings.Join(layered.Missing(en), " "), "checked"},
		{strings.Join(sr.Over(en).Missing(en), " "), "search.button checked"},
		{strings.Join(bg.Missing(en), " "), "checked"},
		{strings.Join(layered.Keys(), " "), "search.button own empty found checked"},
		{fmt.Sprint(layered.Has("checked"), layered.Has("nothing"), town.Has("found")), "true false false"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	if town.Has("checked") {
		t.Error("Over changed its receiver")
	}
}

func TestMessageFaults(t *testing.T) {
	for _, c := range []struct{ tag, text, want string }{
		{"en", "a: x\nb: y: z\n", "messages/colon 2:5"},
		{"en", "a: \"x\nb: y\n", "messages/syntax 1:4"},
		{"en", "- a\n", "messages/shape 1:1"},
		{"en", "a: x\nb: y\na: z\n", "messages/twice 3:1"},
		{"en", "a:\n", "messages/not-text 1:3"},
		{"en", "a: [x]\n", "messages/not-text 1:4"},
		{"en", "a: {one: x, othr: y}\n", "messages/unknown-category 1:13 other; messages/no-other 1:1"},
		{"en", "ключ: {few: x, one: y, other: z}\n", "messages/unused-category 1:8"},
		{"en", "a: {one: x}\n", "messages/no-other 1:1"},
		{"en", "a: {other: x}\n", "messages/missing-form 1:1"},
		{"en", "a: {one: [x], other: x}\n", "messages/not-text 1:10; messages/missing-form 1:1"},
		{"uk", "a: {one: x, few: y, other: z}\n", "messages/missing-form 1:1"},
		{"fr", "a: {one: x, other: z}\n", ""}, // "many" is for millions
		{"en", "a: \"x { name }\"\n", "messages/brace 1:4"},
		{"en", "a: x {name\n", "messages/brace 1:4"},
		{"en", "\uFEFFa: x\r\nb: {other: y}\r\n", "messages/missing-form 2:1"},
		{"en", "a: x\u2028y\nb:\n", "messages/not-text 2:3"},
		{"en", "? [a]\n: x\n", "messages/shape 1:3"},
		{"en", "", ""}, {"en", "# only a remark\n", ""}, {"en", "a: 12\nb: no\nc: 2026-01-01\n", ""},
	} {
		m, list := ParseMessages("m.yaml", []byte(c.text), c.tag)
		if m == nil {
			t.Fatal("nil")
		}
		if got := faults(list); got != c.want {
			t.Errorf("%q: %s, want %s", c.text, got, c.want)
		}
		for _, d := range list {
			if strings.ContainsAny(d.Message()+d.Hint(), "{}") && !strings.Contains(d.Code, "not-text") && !strings.Contains(d.Code, "brace") {
				t.Errorf("%s: %s / %s", d.Code, d.Message(), d.Hint())
			}
		}
	}
	m, _ := ParseMessages("m.yaml", []byte("a: 12\nb: no\nbad: [x]\nc: 2026-01-01"), "en")
	if got := m.Text("a") + m.Text("b") + m.Text("c"); got != "12no2026-01-01" {
		t.Errorf("%q", got)
	}
}

func faults(list diag.List) string {
	var out []string
	for _, d := range list {
		s := fmt.Sprintf("%s %d:%d", d.Code, d.At.Line, d.At.Col)
		if g := d.Arg("guess"); g != "" {
			s += " " + g
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}

func TestCheckAgainstMaster(t *testing.T) {
	en := messages(t, "en", master)
	for text, want := range map[string]string{
		"serch.button: x\n":                               "messages/unknown-key 1:1 search.button",
		"checked: \"Проверено {дата}\"\n":                 "messages/lost-placeholder 1:1",
		"checked: Проверено на {dat}\n":                   "messages/unknown-placeholder 1:23 {date}; messages/lost-placeholder 1:1",
		"checked: Проверено на {date}\n":                  "",
		"search.button: {one: a, other: b}":               "messages/not-counted 1:1",
		"found: {one: една, other: \"{n} за {words}\"}\n": "",
		"found: \"{n} за {words}\"\n":                     "",
	} {
		m, _ := ParseMessages("messages/bg.yaml", []byte(text), "bg")
		if got := faults(m.Check(en)); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	m, _ := ParseMessages("m.yaml", []byte("checked: Проверено на {dat}\n"), "bg")
	if d := m.Check(en)[0]; d.At.Len != 5 || d.Excerpt != "checked: Проверено на {dat}" || d.At.File != "m.yaml" {
		t.Errorf("%+v", d)
	}
}

func FuzzParseMessages(f *testing.F) {
	for _, s := range []string{master, "a: b: c", "a: {one: [", "a: &x [*x]", "? a\n: b", "a: |\n  x\n b", "\xff", "a: \"\\u0000\"", ": {\r”0,”0}\n "} {
		f.Add([]byte(s))
	}
	en, _ := ParseMessages("en.yaml", []byte(master), "en")
	f.Fuzz(func(t *testing.T, raw []byte) {
		m, list := ParseMessages("m.yaml", raw, "sr-Latn")
		lines := strings.Split(lineEnds.Replace(string(raw)), "\n")
		for _, d := range append(list, m.Check(en)...) {
			if d.At.Line < 0 || d.At.Line > len(lines)+1 || d.At.Col < 0 {
				t.Fatalf("%s at %s of %d lines", d.Code, d.At, len(lines))
			}
			if d.Excerpt != "" && d.At.Col > utf8.RuneCountInString(d.Excerpt)+1 {
				t.Errorf("%s at column %d of %q", d.Code, d.At.Col, d.Excerpt)
			}
		}
		for _, k := range m.Keys() {
			m.Count(k, 3)
		}
		m.Over(en).Missing(en)
	})
}
