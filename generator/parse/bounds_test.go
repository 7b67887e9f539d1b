package parse_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"golang.org/x/tools/txtar"
)

// TestBomb reads aliases that would unfold to a billion values.
func TestBomb(t *testing.T) {
	var b strings.Builder
	b.WriteString("---\ntitle: x\nl0: &l0 [a, a, a, a, a, a, a, a, a, a]\n")
	for n := 1; n <= 9; n++ {
		l := fmt.Sprintf("*l%d", n-1)
		fmt.Fprintf(&b, "l%d: &l%d [%s]\n", n, n, strings.TrimSuffix(strings.Repeat(l+", ", 10), ", "))
	}
	b.WriteString("topics: *l9\n---\n")
	doc, faults := parse.File("pages/x.md", []byte(b.String()), options)
	if doc.Title != "x" || faults.Count(diag.Error) == 0 {
		t.Errorf("title %q, faults %v", doc.Title, faults)
	}

	// Records whose members are aliases of long lists unfold too.
	b.Reset()
	b.WriteString("---\ntitle: x\nkeywords: &k [" + strings.TrimSuffix(strings.Repeat("a, ", 500), ", ") + "]\nsteps:\n")
	for range 100 {
		b.WriteString("  - {name: s, services: *k}\n")
	}
	b.WriteString("---\n")
	_, faults = parse.File("step-by-step/x.md", []byte(b.String()), options)
	told := 0
	for _, d := range faults {
		if d.Code == "front-matter/too-many" {
			told++
		}
	}
	if told != 1 {
		t.Errorf("the limit is told %d times", told)
	}
}

func TestIsDocument(t *testing.T) {
	for file, want := range map[string]bool{
		"services/x.md": true, "services/a/b.MARKDOWN": true, "directories/x/y.md": true, "faq/x.md": true,
		"x.md": false, "services/x.txt": false, "assets/x.md": false, "Services/x.md": false, "listing/x.md": false, "services": false, "": false,
	} {
		if parse.IsDocument(file) != want {
			t.Errorf("%q: %v", file, !want)
		}
	}
}

// TestDerive makes the Latin text of a Serbian document and leaves its facts.
func TestDerive(t *testing.T) {
	opt := parse.Options{Languages: []string{"sr-Cyrl", "sr-Latn"}, Currency: "RSD"}
	doc, faults := parse.File("services/x.md", []byte("---\ntitle: Личне карте\ncost: 500 RSD\ndraft: true\ntranslated_from: 00aa\nevidence:\n  - {id: slika, name: Фотографија, copies: 2}\nsteps: [Дођите **сами**]\n---\nПишите на [адресу](../offices/општина.md).\n"), opt)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	d := parse.Derive(doc, "sr-Latn")
	var w strings.Builder
	writeDocument(&w, d)
	want := "service x sr-Latn (named)\ntitle \"Lične karte\" at 2:8\ntitle = \"Lične karte\" at 2:8\ndraft = \"true\" at 4:8\nevidence[0].name = \"Fotografija\" at 7:23\nevidence[0].id = \"slika\" at 7:10\n" +
		"steps[0] = \"Dođite **sami**\" at 8:9\ncost[0] = \"\" at 3:7\n10| Pišite na [adresu](../offices/општина.md).\n"
	if w.String() != want {
		t.Errorf("got\n%swant\n%s", w.String(), want)
	}
	if !d.Derived || doc.Derived || doc.Title != "Личне карте" {
		t.Error("the original is changed, or the copy is not marked")
	}
}

// FuzzFile holds File and Config to their promises whatever a file holds: they
// return, and every place they name lies inside the file.
func FuzzFile(f *testing.F) {
	cases, _ := filepath.Glob("testdata/*.txtar")
	for _, name := range cases {
		raw, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		for _, c := range txtar.Parse(raw).Files {
			source, _, _ := strings.Cut(string(c.Data), "====\n")
			f.Add(unhide(source))
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		for _, file := range []string{"services/x.md", "offices/x.ro.md"} {
			doc, faults := parse.File(file, raw, options)
			if doc == nil || doc.Title == "" && !doc.Unreadable {
				t.Fatal("no document, or no title")
			}
			inside(t, file, raw, doc.TitleAt)
			for _, d := range faults {
				inside(t, file, raw, d.At)
			}
			places(t, file, raw, doc.Fields)
			if !doc.Unreadable {
				doc.Stamp()
				parse.Derive(doc, "sr-Latn")
			}
			if doc.Unreadable != (faults.Count(diag.Error) > 0) && doc.Unreadable {
				t.Error("it is not said why the document cannot be read")
			}
		}
		v, faults := parse.Config(raw)
		for _, d := range faults {
			inside(t, portal.File, raw, d.At)
		}
		places(t, portal.File, raw, v)
	})
}

func places(t *testing.T, file string, raw []byte, v portal.Value) {
	if v.Set() {
		inside(t, file, raw, v.At)
	}
	for _, item := range v.List {
		places(t, file, raw, item)
	}
	for _, m := range v.Map {
		places(t, file, raw, m.Value)
	}
}

func inside(t *testing.T, file string, raw []byte, at diag.Pos) {
	t.Helper()
	if at == (diag.Pos{}) {
		return
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(strings.TrimPrefix(string(raw), "\uFEFF"))
	lines := strings.Split(text, "\n")
	switch {
	case at.File != file:
		t.Fatalf("another file: %v", at)
	case at.Line < 0 || at.Line > len(lines):
		t.Fatalf("line %d of %d", at.Line, len(lines))
	case at.Col < 0 || at.Len < 0 || at.Line == 0 && at.Col > 0:
		t.Fatalf("no place: %+v", at)
	case at.Line > 0 && utf8.ValidString(text):
		if n := utf8.RuneCountInString(lines[at.Line-1]); at.Col > n+1 || at.Col > 0 && at.Col+at.Len > n+1 {
			t.Fatalf("column %d+%d of %d in line %d: %q", at.Col, at.Len, n, at.Line, lines[at.Line-1])
		}
	}
}
