package search

import (
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"belfry/e2e"
	"belfry/search/words"
)

var update = flag.Bool("update", false, "rewrite testdata/vectors from what Go answers; read the difference")

// vector is a text with the words both sides must cut it into: each with its
// position and its readings, the plain one first.
type vector struct {
	Lang  string       `json:"lang"`
	Text  string       `json:"text"`
	Words []vectorWord `json:"words"`
}

type vectorWord struct {
	Token    string   `json:"token"`
	Pos      int      `json:"pos"`
	Readings []string `json:"readings"`
}

const vectorFile = "testdata/vectors/words.json"

func wordsOf(l *words.Language, text string) (out []vectorWord) {
	l.Tokens(text, false, func(tok []byte, pos int) {
		out = append(out, vectorWord{string(tok), pos, l.Readings(string(tok))})
	})
	return out
}

func readVectors(t *testing.T) []vector {
	b, err := os.ReadFile(vectorFile)
	if err != nil {
		t.Fatal(err)
	}
	var vs []vector
	if err := json.Unmarshal(b, &vs); err != nil {
		t.Fatal(err)
	}
	return vs
}

func TestVectors(t *testing.T) {
	vs := readVectors(t)
	for i, v := range vs {
		got := wordsOf(words.For(v.Lang), v.Text)
		if *update {
			vs[i].Words = got
		} else if !reflect.DeepEqual(got, v.Words) {
			t.Errorf("%s %q:\ngot  %v\nwant %v", v.Lang, v.Text, got, v.Words)
		}
	}
	if *update {
		var b strings.Builder
		b.WriteString("[\n")
		for i, v := range vs {
			line, sep := plainJSON(v), ",\n"
			if i == len(vs)-1 {
				sep = "\n"
			}
			b.WriteString("  " + string(line) + sep)
		}
		b.WriteString("]\n")
		if err := os.WriteFile(vectorFile, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// TestVectorsInClient asks the script the same vectors, then every character
// of the blocks our languages are written in (blocks that grow with each
// Unicode version would test the versions of Go and node instead), then the endings learned from the samples.
func TestVectorsInClient(t *testing.T) {
	e2e.Node(t)
	byLang := map[string][]string{}
	for _, v := range readVectors(t) {
		byLang[v.Lang] = append(byLang[v.Lang], v.Text)
	}
	var every []string
	for _, block := range []rune{0, 0x100, 0x200, 0x300, 0x400, 0x500, 0x600, 0x1000, 0x1e00, 0x1f00, 0x2000, 0x2100, 0x2d00, 0x3000, 0x4e00, 0xfb00, 0xfe00, 0xff00} {
		var b strings.Builder
		for r := block; r < block+0x100; r++ {
			b.WriteString("a" + string(r) + "b ")
		}
		every = append(every, b.String())
	}
	byLang["tr"] = append(byLang["tr"], every...)
	byLang["bg"] = append(byLang["bg"], every...)
	for lang, texts := range byLang {
		if _, ok := sampleWords[lang]; ok {
			for d := range sampleDocs(lang, 30, 11) {
				texts = append(texts, d.Body)
			}
		}
		docs := slices.Collect(sampleDocs("en", 3, 1))
		if _, ok := sampleWords[lang]; ok {
			docs = slices.Collect(sampleDocs(lang, 120, 7))
		}
		res, err := Build(lang, slices.Values(docs), Options{})
		if err != nil {
			t.Fatal(err)
		}
		a := askNode(t, nodeJob{Dir: writeFiles(t, res.Files), Lang: lang, Tokens: texts})
		l := words.For(lang)
		bad := 0
		for i, text := range texts {
			want := wordsOf(l, text)
			if len(want) != len(a.Words[i]) {
				t.Errorf("%s %q: the client has %d words, Go %d", lang, text, len(a.Words[i]), len(want))
				continue
			}
			for k, w := range a.Words[i] {
				key := res.Index.endings.Key(l, want[k].Token, want[k].Readings[0])
				if w.T != want[k].Token || w.Pos != want[k].Pos || !slices.Equal(w.R, want[k].Readings) || w.K != key {
					if bad++; bad < 10 {
						t.Errorf("%s: client %+v, Go %+v key %q", lang, w, want[k], key)
					}
				}
			}
		}
	}
}
