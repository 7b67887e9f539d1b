package markdown

import (
	"os"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"belfry/generator/diag"
)

// sample is a body as a service has it, of about 4 KB.
func sample(t testing.TB) []byte {
	t.Helper()
	raw, err := os.ReadFile("testdata/sample.md")
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

var sampleOptions = Options{
	Lang: "bg", Quotes: [4]string{"„", "“", "‚", "‘"}, ExternalText: "(друг сайт)",
	Targets: map[string]Target{
		"../offices/town-hall.md": {Href: "../offices/town-hall.html"},
		"assets/form.pdf":         {Href: "../../assets/form.pdf", Kind: Asset, Size: 120_000},
		"assets/hall.jpg":         {Href: "../../assets/hall.jpg", Kind: Asset, Width: 800, Height: 600},
	},
}

func TestConvertFacts(t *testing.T) {
	src := Source{File: "s.md", Line: 20, Text: []byte("## A {#a}\n\n[b](#c) <https://d.example> <i id=e>\n\n### F[^1]\n\n[^1]: g\n\n| h |\n|---|\n")}
	got := Convert(src, Options{FirstTable: 3, Scope: "fees"})
	if d := cmp.Diff([]Heading{{2, "a", "A", 20}, {3, "f", "F", 24}}, got.Headings); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]string{"a", "e", "fnref-fees-1", "f", "fn-fees-1"}, got.Anchors); d != "" {
		t.Error(d)
	}
	want := []Link{
		{Href: "#c", At: diag.Pos{File: "s.md", Line: 22, Col: 5, Len: 2}, Excerpt: "[b](#c) <https://d.example> <i id=e>"},
		{Href: "https://d.example", At: diag.Pos{File: "s.md", Line: 22, Col: 10, Len: 17}, Excerpt: "[b](#c) <https://d.example> <i id=e>"},
	}
	if d := cmp.Diff(want, got.Links); d != "" {
		t.Error(d)
	}
	if got.Tables != 1 || !strings.Contains(got.HTML, `aria-label="Table 4: F"`) {
		t.Errorf("%d tables in\n%s", got.Tables, got.HTML)
	}
}

// TestNeverChanges holds that a text is not written to, that its conversion is
// the same every time and at the same time, and in parts of larger texts.
func TestNeverChanges(t *testing.T) {
	text := sample(t)
	before := string(text)
	want := Convert(Source{File: "s.md", Line: 1, Text: text}, sampleOptions)
	if want.Diagnostics != nil {
		t.Error(want.Diagnostics)
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			if got := Convert(Source{File: "s.md", Line: 1, Text: text}, sampleOptions); !reflect.DeepEqual(got, want) {
				t.Error("a second conversion differs")
			}
		})
	}
	wait.Wait()
	if string(text) != before {
		t.Error("the text was written to")
	}
}

func TestLineEndsAndBytes(t *testing.T) {
	unix := Convert(Source{Line: 1, Text: []byte("a\n\n[b](c.md)\n\n```\nd\n```\n")}, Options{})
	windows := Convert(Source{Line: 1, Text: []byte("a\r\n\r\n[b](c.md)\r\n\r\n```\r\nd\r\n```\r\n")}, Options{})
	if d := cmp.Diff(unix, windows); d != "" {
		t.Error(d)
	}
	if got := Convert(Source{Line: 1, Text: []byte("a\x00b\xFFc")}, Options{}).HTML; got != "<p>a\uFFFDb\uFFFDc</p>\n" {
		t.Errorf("%q", got)
	}
}

// TestDepthAndSize holds that no nesting and no unfinished markup makes a text
// expensive.
func TestDepthAndSize(t *testing.T) {
	for name, text := range map[string]string{
		"quotations": strings.Repeat(">", 2000) + "x",
		"emphasis":   strings.Repeat("*a **b ", 2000),
		"divisions":  strings.Repeat("<div>", 20000),
		"unfinished": "<div>\n" + strings.Repeat("<a b=\"<!--", 10000),
		"scripts":    strings.Repeat("<svg>\n\nx\n\n", 5000),
		"names":      "<div>" + strings.Repeat("<x-a><x-b c d>", 5000),
		"brackets":   strings.Repeat("[", 20000),
		"headings":   strings.Repeat("# a\n", 5000),
	} {
		begin := time.Now()
		res := Convert(Source{Line: 1, Text: []byte(text)}, Options{})
		if f := faultsOf(res.HTML); f != nil {
			t.Errorf("%s: %.300s", name, f)
		}
		if d := time.Since(begin); d > 5*time.Second {
			t.Errorf("%s took %v", name, d)
		} else {
			t.Logf("%s took %v", name, d)
		}
	}
}

func BenchmarkConvert(b *testing.B) {
	text := sample(b)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		Convert(Source{File: "s.md", Line: 1, Text: text}, sampleOptions)
	}
}

func BenchmarkDestinations(b *testing.B) {
	text := sample(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Destinations(text)
	}
}

func BenchmarkSections(b *testing.B) {
	text := sample(b)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Sections(Source{File: "s.md", Line: 1, Text: text})
	}
}
