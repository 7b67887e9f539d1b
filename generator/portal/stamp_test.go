package portal_test

import (
	"strings"
	"testing"

	"belfry/generator/parse"
)

// TestStamp changes a document in ways that a translator would not see, and in
// ways that one would.
func TestStamp(t *testing.T) {
	stamp := func(text string) string {
		d, faults := parse.File("services/x.md", []byte(text), parse.Options{Languages: []string{"bg"}})
		if d.Unreadable {
			t.Fatal(faults)
		}
		return d.Stamp()
	}
	const text = "---\ntitle: Кучета\ndescription: Едно изречение.\ncost: 5 EUR\nsteps:\n  - Едно.\n  - Две.\nevidence:\n  - {name: карта, note: Носите я., copies: 1}\n---\nПърви ред.\nВтори ред.\n\n- точка\n- точка\n"
	same := stamp(text)
	if len(same) != 16 {
		t.Errorf("the stamp is %q", same)
	}
	for name, other := range map[string]string{
		"order of fields": "---\nsteps:\n  - Едно.\n  - Две.\nevidence: {note: Носите я., name: карта}\ndescription: Едно изречение.\ntitle: Кучета\n---\nПърви ред.\nВтори ред.\n\n- точка\n- точка\n",
		"facts":           "---\ntitle: Кучета\ndescription: Едно изречение.\ncost: 6 EUR\nreviewed: 2026-01-01\nkeywords: [пес]\nsteps: [Едно., Две.]\nevidence:\n  - {id: c, name: карта, note: Носите я., copies: 9}\n---\nПърви ред.\nВтори ред.\n\n- точка\n- точка\n",
		"white space":     "---\ntitle:   Кучета\ndescription: >\n  Едно\n  изречение.\nsteps:\n- \"Едно. \"\n- Две.\nevidence:\n  - {name: карта, note: Носите  я.}\n---\n\n\nПърви ред. Втори\n  ред.\n \t\n- точка\n- точка",
		"line ends":       "---\r\ntitle: Кучета\r\ndescription: Едно изречение.\r\nsteps:\r\n  - Едно.\r\n  - Две.\r\nevidence:\r\n  - {name: карта, note: Носите я.}\r\n---\r\nПърви ред.\r\nВтори ред.\r\n\r\n- точка\r\n- точка\r\n",
		"title above":     "---\ndescription: Едно изречение.\nsteps: [Едно., Две.]\nevidence: {name: карта, note: Носите я.}\n---\n# Кучета\n\nПърви ред.\nВтори ред.\n\n- точка\n- точка\n",
	} {
		if stamp(other) != same {
			t.Errorf("%s: the stamp is another", name)
		}
	}
	for name, pair := range map[string][2]string{
		"list marker":     {"- a\n- b\n  c\n", "\n*   a\n*   b\n    c\n"},
		"numbers":         {"1. a\n2. b\n", "1) a\n1) b\n"},
		"loose list":      {"- a\n- b\n", "- a\n\n- b\n"},
		"heading style":   {"## a\n\nb\n", "a\n--\nb\n"},
		"closing hashes":  {"## a\n", "##   a ##\n"},
		"heading id":      {"## a\n", "## a {#fact}\n"},
		"table layout":    {"| a | b |\n|---|---|\n| c | d |\n", "a   | b\n:---- | --:\nc | d\n"},
		"lazy quotation":  {"> a b\n", "> a\nb\n"},
		"emphasis":        {"an *x* and **y**\n", "an _x_ and __y__\n"},
		"Unicode form":    {"caf\u00e9\n", "cafe\u0301\n"},
		"no-break spaces": {"5 EUR\n", "5\u00a0\u200bEUR\n"},
		"curly quotes":    {"\"a\" -- it's ...\n", "„a“ – it’s …\n"},
		"a comment":       {"a\n", "<!-- to do -->\n\na\n"},
		"fence style":     {"```\na\n b\n```\n", "~~~~\na\n b\n~~~~\n"},
		"line break":      {"a\\\nb\n", "a   \nb\n"},
	} {
		if stamp("---\ntitle: x\n---\n"+pair[0]) != stamp("---\ntitle: x\n---\n"+pair[1]) {
			t.Errorf("%s: the stamp is another", name)
		}
	}
	for name, pair := range map[string][2]string{
		"lines of code":  {"```\na\nb\n```\n", "```\na b\n```\n"},
		"kind of list":   {"- a\n", "1. a\n"},
		"heading level":  {"## a\n", "### a\n"},
		"list or text":   {"- a\n", "a\n"},
		"case":           {"a\n", "A\n"},
		"snake case":     {"a_b\n", "a*b\n"},
		"link target":    {"[a](x.md)\n", "[a](y.md)\n"},
		"definition":     {"[a]\n\n[a]: https://a.example\n", "[a]\n\n[a]: https://b.example\n"},
		"dash or hyphen": {"a-b\n", "a–b\n"},
		"cells":          {"| a | b |\n|---|---|\n", "| a b | |\n|---|---|\n"},
		"a hidden text":  {"<b>a</b>\n", "<b>b</b>\n"},
	} {
		if stamp("---\ntitle: x\n---\n"+pair[0]) == stamp("---\ntitle: x\n---\n"+pair[1]) {
			t.Errorf("%s: the stamp is the same", name)
		}
	}
	for name, other := range map[string]string{
		"a title":    "---\ntitle: Куче\n---\n",
		"a step":     "---\ntitle: Кучета\nsteps: [Едно., Три.]\n---\n",
		"a sentence": "---\ntitle: Кучета\n---\nДруго.\n",
		"a name":     "---\ntitle: Кучета\nevidence: паспорт\n---\n",
		"a division": "---\ntitle: Кучета\n---\nПърви ред.\n\nВтори ред.\n",
		"an order":   "---\ntitle: Кучета\nsteps: [Две., Едно.]\n---\n",
		"nothing":    "---\ntitle: Кучета\n---\n",
		"joined":     "---\ntitle: Кучета\n---\nПърви ред. Втори ред.\n",
	} {
		got := stamp(other)
		if got == same {
			t.Errorf("%s: the stamp is the same", name)
		}
		for n, o := range map[string]string{"nothing": "---\ntitle: Кучета\n---\n", "joined": "---\ntitle: Кучета\n---\nПърви ред. Втори ред.\n"} {
			if n != name && got == stamp(o) {
				t.Errorf("%s has the stamp of %s", name, n)
			}
		}
	}
}

// TestStampOfForm changes facts and texts of a form.
func TestStampOfForm(t *testing.T) {
	stamp := func(body string) string {
		d, _ := parse.File("forms/x.md", []byte("---\ntitle: x\nform: x\n---\n"+body), parse.Options{Languages: []string{"bg"}})
		return d.Stamp()
	}
	const body = "Intro.\n\n## About [only if a is b]\n\n- Your full\n  name [name: name, max 80]\n  As in the card.\n  ! Write it.\n- Zone [zone: choose one]\n  - Centre [a, + 2.50]\n"
	for name, other := range map[string]string{
		"facts":  "Intro.\n\n## About\n\n- Your full name [full: text]\n  As in the card.\n  ! Write it.\n- Zone [zone: choose many]\n  - Centre [b]\n",
		"layout": "Intro.\n\n## About [only if a is b]\n\n* Your full name [name]\n\n  As in\n  the card.\n  ! Write it.\n\n* Zone [zone: choose one]\n    * Centre [a, + 2.50]\n",
	} {
		if stamp(other) != stamp(body) {
			t.Errorf("%s: the stamp is another", name)
		}
	}
	for _, word := range []string{"Intro", "About", "full", "card", "Write", "Zone", "Centre"} {
		if stamp(strings.Replace(body, word, "Other", 1)) == stamp(body) {
			t.Errorf("%s: the stamp is the same", word)
		}
	}
}
