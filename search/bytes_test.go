package search

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// headerBytes is what the headers of one answer of a plain host weigh.
const headerBytes = 224

// counted serves a folder, compressed as hosts do, slowly enough to tell the
// round trips apart, and notes what was asked for and when.
type counted struct {
	dir  string
	mu   sync.Mutex
	kept map[string][]byte
	log  []asked
}

type asked struct {
	name  string
	bytes int
	at    time.Time
}

const roundTrip = 150 * time.Millisecond

func (c *counted) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	at := time.Now()
	c.mu.Lock()
	b, ok := c.kept[r.URL.Path]
	c.mu.Unlock()
	if !ok {
		raw, err := os.ReadFile(filepath.Join(c.dir, filepath.FromSlash(r.URL.Path)))
		if err != nil {
			http.NotFound(w, r)
			return
		}
		b = brotlied(raw)
		c.mu.Lock()
		c.kept[r.URL.Path] = b
		c.mu.Unlock()
	}
	c.mu.Lock()
	c.log = append(c.log, asked{r.URL.Path, len(b) + headerBytes, at})
	c.mu.Unlock()
	types := map[string]string{".js": "text/javascript", ".html": "text/html; charset=utf-8"}
	w.Header().Set("Content-Type", types[path.Ext(r.URL.Path)])
	w.Header().Set("Content-Encoding", "br")
	time.Sleep(roundTrip)
	w.Write(b)
}

// take gives what was asked for since the last time: bytes, files, and how many
// times somebody had to wait for an answer to ask on.
func (c *counted) take() (bytes, files, trips int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var start time.Time
	for _, a := range c.log {
		bytes += a.bytes
		files++
		if a.at.Sub(start) > roundTrip*9/10 {
			start = a.at
			trips++
		}
	}
	c.log = nil
	return
}

// TestBytes measures what a search downloads in Chromium: SEARCH_OUT is a
// folder TestBench has written, SEARCH_QUERIES a JSON file {"queries": [{"q",
// "kind"}]}, SEARCH_ENGINE the engine as a portal ships it (optional). Every
// query is asked in a page with nothing cached, from the focus on to the first
// five results; then after another query.
func TestBytes(t *testing.T) {
	out, queries := os.Getenv("SEARCH_OUT"), os.Getenv("SEARCH_QUERIES")
	if queries == "" {
		t.Skip("SEARCH_QUERIES is not set")
	}
	raw, err := os.ReadFile(queries)
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Lang    string
		Queries []struct{ Q, Kind string }
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		t.Fatal(err)
	}
	engine := minified(t, EngineScript())
	if name := os.Getenv("SEARCH_ENGINE"); name != "" {
		if engine, err = os.ReadFile(name); err != nil {
			t.Fatal(err)
		}
	}
	for name, b := range map[string][]byte{"engine.js": engine, "site.js": minified(t, LoaderScript()), "index.html": []byte(`<!doctype html><html lang="` + list.Lang + `"><meta charset="utf-8"><title>t</title><script src="site.js" defer></script>` +
		`<form data-module="search" data-index="search/" data-engine="engine.js" data-lang="` + list.Lang + `"><input type="search" id="q"></form></html>`)} {
		if err := os.WriteFile(filepath.Join(out, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	site := &counted{dir: out, kept: map[string][]byte{}}
	srv := httptest.NewServer(site)
	defer srv.Close()
	root := browserFor(t, 15*time.Minute)
	var cold, next, trips, nextTrips []int
	for _, q := range list.Queries {
		ask := func(q string) int {
			return eval[int](t, root, fmt.Sprintf(`belfry.search(%q, {limit: 5}).then(r => r.total)`, q))
		}
		fresh := func() {
			if _, err := chromedp.Call(root, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true}); err != nil {
				t.Fatal(err)
			}
			do(t, root, chromedp.Navigate(srv.URL+"/index.html"))
			site.take()
			do(t, root, chromedp.Click("#q"))
		}
		first := func(q string) int {
			return eval[int](t, root, fmt.Sprintf(`new Promise(done => { (function wait() { window.belfry && belfry.search ? belfry.search(%q, {limit: 5}).then(r => done(r.total)) : setTimeout(wait, 1); })(); })`, q))
		}
		fresh()
		first(q.Q) // fills the cache of compressed files
		fresh()
		total := first(q.Q)
		b, files, n := site.take()
		cold, trips = append(cold, b), append(trips, n)
		fresh()
		first("qwxzzkvj")
		site.take()
		ask(q.Q)
		nb, nf, nn := site.take()
		if total > 0 {
			next, nextTrips = append(next, nb), append(nextTrips, nn)
		}
		t.Logf("%-26s %-22s %6d results, cold %6d bytes %2d files %d trips, next %6d bytes %2d files %d trips", q.Q, q.Kind, total, b, files, n, nb, nf, nn)
	}
	median := func(l []int) int { l = slices.Sorted(slices.Values(l)); return l[len(l)/2] }
	t.Logf("median of %d: cold %d bytes, %d trips; next %d bytes, %d trips; engine %d", len(cold), median(cold), median(trips), median(next), median(nextTrips), len(brotlied(engine)))
	if strings.Contains(out, "10000") && (median(cold) > 45<<10 || median(next) > 18<<10) {
		t.Error("over the budget of 10,000 pages")
	}
}
