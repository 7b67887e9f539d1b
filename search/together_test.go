package search

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"testing"
)

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
