package portal_test

import (
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
