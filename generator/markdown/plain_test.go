package markdown

import (
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"reflect"
	"strings"
	"testing"
)

// asked converts with goldmark, however plain the text.
func asked(src Source, opt Options) Result {
	r := newRenderer(src, opt)
	r.parsedBody(mayHoldAddress(r.src))
	return r.result()
}

func samePlain(t *testing.T, src Source) {
	t.Helper()
	opt := Options{Lang: "en", Quotes: [4]string{"“", "”", "‘", "’"}}
	if got, want := Convert(src, opt), asked(src, opt); !reflect.DeepEqual(got, want) {
		t.Errorf("%q:\n%q\n%q, goldmark gives\n%q\n%q", src.Text, got.HTML, got.Text, want.HTML, want.Text)
	}
}

// plainPieces are what bodies close to plain ones are put together from.
var plainPieces = []string{"\n", "\n\n", "- ", "1. ", "2. ", "10. ", "1) ", "word", "слово", " ", "  ", ".", "-", ",", ":", "=", "+", "a", "7", "\t", "#", "*", "(", "\u00a0", "é", "import ", "\n- one\n- two\n", "\n\nWords\n\n", "1. one\n2. two\n", "\n    ", "\n  ", "http", "|", "\\"}

// FuzzPlain: a body of plain words becomes what goldmark makes of it.
func FuzzPlain(f *testing.F) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for range 10_000 {
		order := make([]byte, 1+rnd.IntN(12))
		for i := range order {
			order[i] = byte(rnd.IntN(len(plainPieces)))
		}
		f.Add(order)
	}
	f.Fuzz(func(t *testing.T, order []byte) {
		var text []byte
		for _, i := range order {
			text = append(text, plainPieces[int(i)%len(plainPieces)]...)
		}
		samePlain(t, Source{File: "a.md", Line: 1, Text: text})
	})
}

func TestPlain(t *testing.T) {
	for _, text := range []string{
		"", "\n\n", "One line", "Two\nlines\n\nand more.\n", "- one\n- two\n", "1. one\n2. two\n10. ten", "Words\n\n- one\n\n1. two\n\nWords",
		"- one\n\n- two", "- one\n\n\nWords\n\n- two", "1. one\n\n2. two", "- one\nlazy", "Words\n- one", "2. two", "01. one", "1) one", "2019. It was", "2019 was",
		"100. one\n", "words \n", "a--b", "wait...", "a - b", "x. y.", "- - a", "- 1. a", "1. - a", "-", "- ", "1.", "1. ", "a\n-", "a\n=", "(a)", "import a from x", "exports grew",
		"Бели бряг – ул. Дунав № 5, ет. 2", "ა\n\nბ", "مرحبا\n- واحد", "a:b\n: c", "\u00a0a", "a\u00a0", "a\x00b", "a\tb", "a\r\nb", "www.a.b", "\xff", "a? b; c/d 5%", "A=1\nB=2",
	} {
		samePlain(t, Source{File: "a.md", Line: 1, Text: []byte(text)})
	}
}

// TestPlainExample: every section of the example is the same either way, and many are plain.
func TestPlainExample(t *testing.T) {
	plain := 0
	town := os.DirFS("../../content-example/beli-breg")
	err := fs.WalkDir(town, ".", func(name string, _ fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".md" {
			return err
		}
		raw, err := fs.ReadFile(town, name)
		if err != nil {
			return err
		}
		body := string(raw)
		if parts := strings.SplitN(body, "---\n", 3); len(parts) == 3 && parts[0] == "" {
			body = parts[2]
		}
		lead, sections := Sections(Source{File: name, Line: 1, Text: []byte(body)})
		for _, src := range append([]Source{lead}, bodies(sections)...) {
			if len(src.Text) > 0 && !mayHoldAddress(src.Text) && isPlain(src.Text) {
				plain++
			}
			samePlain(t, src)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if plain < 150 {
		t.Errorf("only %d sections are plain", plain)
	}
}

func bodies(sections []Section) (out []Source) {
	for _, s := range sections {
		out = append(out, s.Body)
	}
	return out
}
