package search

import (
	"bufio"
	"encoding/json"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// benchDocs reads pages made by the neutral content generator: JSON lines with
// lang, slug, title, description, category, audience, fees, contact, body.
func benchDocs(t testing.TB, name, lang string, max int) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		sc := bufio.NewScanner(f)
		sc.Buffer(nil, 1<<20)
		link, marks := regexp.MustCompile(`\]\([^)]*\)`), strings.NewReplacer("|", " ", "*", " ", "[", " ", "#", " ", "---:", " ", "---", " ")
		n := 0
		for sc.Scan() && n < max {
			if !strings.Contains(sc.Text()[:20], `"`+lang+`"`) {
				continue
			}
			var d struct {
				Slug, Title, Description, Category, Audience, Fees, Body string
				Contact                                                  struct{ Office string }
			}
			if err := json.Unmarshal(sc.Bytes(), &d); err != nil {
				t.Fatal(err)
			}
			n++
			var heads, body []string
			for _, l := range strings.Split(d.Body, "\n") {
				if h, ok := strings.CutPrefix(l, "## "); ok {
					heads = append(heads, h)
				} else {
					body = append(body, marks.Replace(link.ReplaceAllString(l, " ")))
				}
			}
			if !yield(Document{ID: "services/" + d.Slug, URL: lang + "/services/" + d.Slug + ".html", Title: d.Title, Summary: d.Description, Headings: heads,
				Body: strings.Join(body, "\n"), Type: "service", Office: d.Contact.Office, Cost: d.Fees,
				Facets: map[string][]string{"topic": {d.Category}, "audience": {d.Audience}}}) {
				return
			}
		}
	}
}

// TestBench measures an index of generated pages: SEARCH_CONTENT names the
// JSON lines, SEARCH_LANGS the languages, SEARCH_OUT a folder to write to.
func TestBench(t *testing.T) {
	name := os.Getenv("SEARCH_CONTENT")
	if name == "" {
		t.Skip("SEARCH_CONTENT is not set")
	}
	for _, lang := range strings.Split(os.Getenv("SEARCH_LANGS"), ",") {
		start := time.Now()
		res, err := Build(lang, benchDocs(t, name, lang, 1<<30), Options{})
		if err != nil {
			t.Fatal(err)
		}
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		by := map[string][]int{}
		for _, f := range res.Files {
			k := "entry"
			if !f.Stable {
				k = f.Name[len("search/")+hashChars:][:1]
			}
			by[k] = append(by[k], len(f.Data)*3/4)
		}
		t.Logf("%s: %+v in %v, heap from system %d MB", lang, res.Report, time.Since(start), m.Sys>>20)
		for k, l := range by {
			slices.Sort(l)
			sum := 0
			for _, n := range l {
				sum += n
			}
			t.Logf("  %s: %d files, %d bytes, median %d, max %d", k, len(l), sum, l[len(l)/2], l[len(l)-1])
		}
		if out := os.Getenv("SEARCH_OUT"); out != "" {
			if err := os.MkdirAll(out+"/search", 0o777); err != nil {
				t.Fatal(err)
			}
			for _, f := range res.Files {
				if err := os.WriteFile(out+"/"+f.Name, f.Data, 0o666); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

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
