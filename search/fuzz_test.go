package search

import (
	"errors"
	"path"
	"slices"
	"testing"
	"unicode/utf8"

	"belfry/search/words"
)

// FuzzTokens: any text is cut into words that are valid, short, numbered in
// order, and whose form does not change when it is folded again as a token.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{"", "don't e-mail", "м'ята", "İSTANBUL'DA", "\xff\xfe", "a\u0301\u0301", "-'’ʼ-", "ΔΗΜΟΣ ξ", "𝐀😀"} {
		f.Add(s)
	}
	var langs []*words.Language
	for _, tag := range []string{"en", "bg", "uk", "tr", "ar", "el"} {
		langs = append(langs, words.For(tag))
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, l := range langs {
			next := 0
			l.Tokens(s, true, func(tok []byte, pos int) {
				if len(tok) == 0 || pos < next-1 || pos > next || !utf8.Valid(tok) && utf8.ValidString(s) {
					t.Fatalf("%s %q: token %q at %d, expected about %d", l.Code, s, tok, pos, next)
				}
				next = max(next, pos+1)
				l.Word(tok)
				l.Readings(string(tok))
			})
		}
	})
}

// FuzzQuery: any query is answered, by the index and by its files alike.
func FuzzQuery(f *testing.F) {
	res, err := Build("bg", sampleDocs("bg", 40, 3), Options{SingleFile: -1, ShardBytes: 800, CardsPerFile: 5})
	if err != nil {
		f.Fatal(err)
	}
	for _, s := range []string{`"удостоверение за" раждане`, `"""`, "„a“ b", "udost", "\x00\xff", "6tyrkel 4"} {
		f.Add(s)
	}
	r := filesReader(f, "bg", res.Files)
	f.Fuzz(func(t *testing.T, s string) {
		want := res.Index.Search(Query{Text: s, Explain: true})
		got, err := r.Search(Query{Text: s, Explain: true})
		if err != nil || got.Total != want.Total || !slices.Equal(idsOf(got), idsOf(want)) {
			t.Fatalf("%q: %v, sharded %d %v, whole %d %v", s, err, got.Total, idsOf(got), want.Total, idsOf(want))
		}
	})
}

// FuzzDecode: damaged files give an error or an answer, never a panic, a hang
// or more memory than they have bytes for.
func FuzzDecode(f *testing.F) {
	res, err := Build("bg", sampleDocs("bg", 30, 3), Options{SingleFile: -1, ShardBytes: 800, CardsPerFile: 5})
	if err != nil {
		f.Fatal(err)
	}
	ix := res.Index
	f.Add(byte(0), ix.encodeTerms()[0])
	f.Add(byte(1), ix.encodePositions()[0])
	spell, _ := encodeSpellings(ix.spells, 500)
	f.Add(byte(2), spell[0])
	f.Add(byte(3), ix.encodeCards(5)[0])
	f.Add(byte(4), ix.encodeFacets())
	for _, file := range res.Files {
		if file.Stable {
			f.Add(byte(5), file.Data)
		}
	}
	groups := ix.shardOf(0)
	f.Fuzz(func(t *testing.T, kind byte, b []byte) {
		switch kind % 6 {
		case 0:
			if s, err := decodeTerms(b); err == nil {
				for i := range s.groups {
					if n := len(s.groups[i].codes); n != 0 && n != len(s.groups[i].post) {
						t.Fatal("codes and postings differ in number")
					}
				}
			}
		case 1:
			decodePositions(b, 0, groups)
		case 2:
			decodeSpellings(b)
		case 3:
			decodeCards(b)
		case 4:
			decodeFacets(b, 30)
		case 5:
			r, err := NewReader("bg", func(name string) ([]byte, error) {
				if name == "bg.js" {
					return b, nil
				}
				for _, f := range res.Files {
					if path.Base(f.Name) == name {
						return f.Data, nil
					}
				}
				return nil, errors.New("no such file")
			})
			if err == nil {
				r.Search(Query{Text: "удостоверение за ражане"})
			}
		}
	})
}
