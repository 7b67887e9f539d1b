package search

import (
	"bufio"
	"encoding/json"
	"iter"
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
