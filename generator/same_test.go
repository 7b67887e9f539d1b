package generator_test

import (
	"bytes"
	"context"
	"maps"
	"math/rand/v2"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/publish"
	"belfry/generator/tree"
	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
)

// town reads the example town as it lies in the repository.
func town(t *testing.T) *tree.Tree {
	t.Helper()
	source, faults, err := tree.Read("../content-example/beli-breg", tree.Options{Skip: []string{"public"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		t.Errorf("%s: %s", f.At, f.Message())
	}
	return source
}

// built is what one build gave.
type built struct {
	report *generator.Report
	out    *publish.Memory
}

func build(t *testing.T, source *tree.Tree, opt generator.Options) built {
	t.Helper()
	opt.At = noon
	b := built{out: &publish.Memory{}}
	var err error
	if b.report, err = generator.Build(context.Background(), source, opt, b.out); err != nil {
		t.Fatal(err)
	}
	return b
}

// equal holds two builds to each other: every byte and every diagnostic.
func (b built) equal(t *testing.T, name string, other built) {
	t.Helper()
	if differ := b.differ(other); len(differ) > 0 {
		t.Errorf("%s: %d files differ: %s", name, len(differ), strings.Join(differ[:min(len(differ), 20)], ", "))
		return
	}
	if d := cmp.Diff(said(b.report), said(other.report)); d != "" {
		t.Errorf("%s: another report:\n%s", name, d)
	}
}

// differ lists the files that only one of two builds has, or has otherwise.
func (b built) differ(other built) []string {
	files := map[string]publish.Entry{}
	for _, e := range b.out.Manifest().Files {
		files[e.Path] = e
	}
	var differ []string
	for _, e := range other.out.Manifest().Files {
		if files[e.Path] != e {
			differ = append(differ, e.Path)
		}
		delete(files, e.Path)
	}
	return append(differ, slices.Sorted(maps.Keys(files))...)
}

// said is a report as values that can be compared.
func said(r *generator.Report) any {
	return []any{r.Documents, r.Pages, r.Bytes, r.NextChange, r.Diagnostics}
}

// TestSame builds the town twice, by one worker and by many, whose files arrive
// in any order: the same input gives the same bytes.
func TestSame(t *testing.T) {
	source := town(t)
	one := build(t, source, generator.Options{Jobs: 1})
	one.equal(t, "once more", build(t, town(t), generator.Options{Jobs: 1}))
	one.equal(t, "eight workers", build(t, source, generator.Options{Jobs: 8}))
}

// TestCached edits the town at random, step by step: with a cache that knows
// the earlier steps each build equals one from nothing.
func TestCached(t *testing.T) {
	cache, err := generator.OpenCache(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	source := town(t)
	clean := build(t, source, generator.Options{})
	clean.equal(t, "the cache is filled", build(t, source, generator.Options{Cache: cache}))
	clean.equal(t, "all from the cache", build(t, source, generator.Options{Cache: cache}))
	dice := rand.New(rand.NewPCG(20, 26))
	for step := range 3 {
		var edited []string
		source, edited = edit(t, source, dice, 5)
		clean := build(t, source, generator.Options{})
		clean.equal(t, strings.Join(edited, ", "), build(t, source, generator.Options{Cache: cache}))
		if t.Failed() {
			t.Fatalf("after step %d", step)
		}
	}
}

// edit changes n files as people do: a word, a title, a field, a whole line.
func edit(t *testing.T, source *tree.Tree, dice *rand.Rand, n int) (*tree.Tree, []string) {
	t.Helper()
	var edited []string
	files := slices.DeleteFunc(slices.Clone(source.Files()), func(f *tree.File) bool { return !slices.Contains([]string{".md", ".csv", ".yaml"}, path.Ext(f.Path)) })
	for range n {
		f := files[dice.IntN(len(files))]
		raw, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(raw), "\n")
		switch dice.IntN(4) {
		case 0: // a sentence more
			lines = append(lines, "", "One more sentence, number "+string(rune('a'+dice.IntN(26)))+".")
		case 1: // another title
			for i, l := range lines {
				if strings.HasPrefix(l, "title:") {
					lines[i] = "title: Another title " + string(rune('a'+dice.IntN(26)))
				}
			}
		case 2: // a field goes, if need be one that others relied on
			at := 1 + dice.IntN(len(lines)-1)
			lines = slices.Delete(lines, at, at+1)
		case 3: // two lines change places
			at := 1 + dice.IntN(len(lines)-2)
			lines[at], lines[at+1] = lines[at+1], lines[at]
		}
		source = source.With(tree.NewFile(f.Path, []byte(strings.Join(lines, "\n"))))
		edited = append(edited, f.Path)
	}
	return source, edited
}

// TestTown holds the example town to what it is to show: no errors, no
// warnings, no notes but those of translations, in every language.
func TestTown(t *testing.T) {
	b := build(t, town(t), generator.Options{})
	for _, d := range b.report.Diagnostics {
		if d.Severity != diag.Note || d.Code != "translation/missing" && d.Code != "translation/out-of-date" {
			t.Errorf("%s: %s: %s", d.At, d.Severity, d.Message())
		}
	}
	if n := b.report.Documents; n.Read == 0 || n.Published != n.Read || n.LeftOut != 0 {
		t.Errorf("documents: %+v", n)
	}
	if len(b.report.Diagnostics) == 0 {
		t.Error("nothing is left untranslated, so no fallback page is shown")
	}
	weigh(t, b.out)
}

// The budget of a page's first response, in bytes: headers and HTML with its
// style, compressed by brotli as a host does.
const (
	headers = 700
	heavy   = 13 * 1024
	median  = 8 * 1024
)

// weigh holds every page to the budget.
func weigh(t *testing.T, out *publish.Memory) {
	t.Helper()
	var mu sync.Mutex
	var sizes []int
	var pages sync.WaitGroup
	free := make(chan bool, 2)
	for _, e := range out.Manifest().Files {
		if path.Ext(e.Path) != ".html" {
			continue
		}
		held, _ := out.Get(e.Path)
		raw, err := held.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		free <- true
		pages.Go(func() {
			defer func() { <-free }()
			var packed bytes.Buffer
			w := brotli.NewWriterV2(&packed, 7)
			w.Write(raw) // a buffer takes all
			w.Close()
			n := packed.Len() + headers
			if n > heavy { // the fast writer packs an eighth worse than the one hosts use, whose port is slow
				packed.Reset()
				w := brotli.NewWriterLevel(&packed, 7)
				w.Write(raw)
				w.Close()
				n = packed.Len() + headers
			}
			mu.Lock()
			defer mu.Unlock()
			sizes = append(sizes, n)
			if n > heavy {
				t.Errorf("%s: the first response has %d bytes, more than %d", e.Path, n, heavy)
			}
		})
	}
	pages.Wait()
	slices.Sort(sizes)
	if len(sizes) == 0 {
		t.Fatal("no pages")
	}
	t.Logf("%d pages, first response: median %d, largest %d bytes", len(sizes), sizes[len(sizes)/2], sizes[len(sizes)-1])
	if n := sizes[len(sizes)/2]; n > median {
		t.Errorf("the first response has %d bytes in the median, more than %d", n, median)
	}
}
