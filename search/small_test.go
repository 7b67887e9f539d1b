package search

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
)

// made gives made-up words of a language: stems of its syllables with its endings.
func made(lang string, r *rand.Rand, n int) []string {
	syllables, endings := "ba cer di for gra hou li men no par qui re sta tu vo wa", "  s s ed ing er ation ations ly ment al"
	if lang == "bg" {
		syllables, endings = "ба гра ди жо за ка ли ме но об па ре сто ту ща че", "  а и ът ите ата ение ения ски ване на"
	}
	parts, ends := strings.Fields(syllables), strings.Split(endings, " ")
	out := make([]string, n)
	for i := range out {
		for range 2 + r.IntN(3) {
			out[i] += parts[r.IntN(len(parts))]
		}
		out[i] += ends[r.IntN(len(ends))]
	}
	return out
}

// smallPortal makes the pages of a small portal: 60 of some 230 words, a third of
// them words to leave out. Of the different ones one in eight is in no other portal.
func smallPortal(lang string, number uint64) []Document {
	r := rand.New(rand.NewPCG(7, number))
	list := append(made(lang, rand.New(rand.NewPCG(7, 7)), 3500), made(lang, r, 500)...)
	r.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	often := rand.NewZipf(r, 1.1, 20, uint64(len(list)-1))
	small := strings.Fields(map[string]string{"en": "the of and to in a is for on with", "bg": "на и за в от по с се да е"}[lang])
	text := func(n int) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(' ')
			}
			if n > 4 && r.IntN(3) == 0 {
				b.WriteString(small[r.IntN(len(small))])
			} else {
				b.WriteString(list[often.Uint64()])
			}
		}
		return b.String()
	}
	docs := make([]Document, 60)
	for i := range docs {
		id := fmt.Sprintf("services/%d", i)
		docs[i] = Document{ID: id, URL: id + ".html", Title: text(4), Summary: text(14), Keywords: []string{text(1), text(2), text(2)},
			Headings: []string{text(3), text(4)}, Body: text(200), Type: "service", Facets: map[string][]string{"topic": {text(1)}}}
	}
	return docs
}

// BenchmarkSmallPortals builds the indexes of twenty portals, one after another,
// as a build of a fleet does.
func BenchmarkSmallPortals(b *testing.B) {
	langs := []string{"en", "bg"}
	portals := map[string][][]Document{}
	for _, lang := range langs {
		for i := range 20 {
			portals[lang] = append(portals[lang], smallPortal(lang, uint64(i)))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, lang := range langs {
			for _, docs := range portals[lang] {
				if _, err := Build(lang, slices.Values(docs), Options{}); err != nil {
					b.Fatal(err)
				}
			}
		}
	}
}

// TestManyAtOnce: portals built side by side, which share what is kept of their
// languages, have the files of each built alone.
func TestManyAtOnce(t *testing.T) {
	build := func(lang string, number int) []byte {
		res, err := Build(lang, slices.Values(smallPortal(lang, uint64(number))), Options{Synonyms: [][]string{{"grali", "noparing"}, {"обка", "ливо"}}})
		if err != nil {
			t.Error(err)
		}
		var b bytes.Buffer
		for _, f := range res.Files {
			fmt.Fprintf(&b, "%s %d\n", f.Name, len(f.Data))
			b.Write(f.Data)
		}
		return b.Bytes()
	}
	const portals = 4
	// Together first, while nothing is kept yet.
	var wg sync.WaitGroup
	var together [2 * portals * 2][]byte
	lang := func(i int) string { return []string{"bg", "en"}[i%2] }
	for i := range together {
		wg.Go(func() { together[i] = build(lang(i), i/4) })
	}
	wg.Wait()
	for i := range together {
		if alone := build(lang(i), i/4); !bytes.Equal(alone, together[i]) {
			t.Errorf("%s %d: other files when many are built at once", lang(i), i/4)
		}
	}
}
