package audit_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"belfry/generator/audit"
)

// host answers like the web does, and keeps count.
type host struct {
	mu      sync.Mutex
	asked   []string
	at      int // requests under way
	most    int
	agents  map[string]bool
	waiting time.Duration
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h.mu.Lock()
	h.asked = append(h.asked, r.Method+" "+r.URL.Path)
	h.agents[r.UserAgent()] = true
	h.at++
	h.most = max(h.most, h.at)
	h.mu.Unlock()
	time.Sleep(h.waiting)
	h.mu.Lock()
	h.at--
	h.mu.Unlock()
	switch r.URL.Path {
	case "/gone":
		http.NotFound(w, r)
	case "/no-head":
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusMethodNotAllowed)
		}
	case "/moved":
		http.Redirect(w, r, "/fine", http.StatusMovedPermanently)
	case "/people-only":
		w.WriteHeader(http.StatusForbidden)
	case "/broken":
		w.WriteHeader(http.StatusBadGateway)
	}
}

// elsewhere sends every request to one server, whatever host it names.
type elsewhere struct{ to string }

func (e elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host = "http", e.to
	return http.DefaultTransport.RoundTrip(r)
}

const links = `<html lang="en"><body><main><a href="https://a.example/gone#part">Gone</a>
<a href="https://a.example/gone">Gone again</a> <a href="https://a.example/fine">Fine</a> <a href="https://a.example/moved">Moved</a>
<a href="https://a.example/no-head">No HEAD</a> <a href="https://a.example/people-only">People</a> <a href="https://b.example/broken">Broken</a>
<script src="https://c.example/never.js"></script></main></body></html>`

func asked(t *testing.T, opt audit.ExternalOptions) []string {
	t.Helper()
	a := audit.New(audit.Options{})
	if err := a.Write("index.html", []byte(links)); err != nil {
		t.Fatal(err)
	}
	a.Finish()
	var out []string
	for _, f := range a.External(context.Background(), opt) {
		out = append(out, f.At.String()+" "+f.Severity.String()+" "+f.Arg("answer"))
	}
	return out
}

// TestExternal asks a server of its own: politely, with GET where HEAD is
// refused, and not again while an answer is believed.
func TestExternal(t *testing.T) {
	h := &host{agents: map[string]bool{}, waiting: 5 * time.Millisecond}
	server := httptest.NewServer(h)
	defer server.Close()
	cache := filepath.Join(t.TempDir(), "links.json")
	now := time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)
	opt := audit.ExternalOptions{Transport: elsewhere{strings.TrimPrefix(server.URL, "http://")}, UserAgent: "belfry-check/test", Timeout: 5 * time.Second, Hosts: 4, Cache: cache, Age: time.Hour, Now: now}
	want := []string{"index.html:2:1 warning 404", "index.html:1:29 warning 404", "index.html:3:100 note 502"}
	if got := asked(t, opt); !slices.Equal(got, want) {
		t.Errorf("found %q, want %q", got, want)
	}
	if len(h.agents) != 1 || !h.agents["belfry-check/test"] {
		t.Errorf("user agents: %v", h.agents)
	}
	if h.most > 2 {
		t.Errorf("%d requests at once for two hosts", h.most)
	}
	for _, r := range h.asked {
		if strings.Contains(r, "never.js") {
			t.Error("a file the page loads was asked for as a link")
		}
	}
	// What stood is believed for an hour; what did not is asked again.
	h.asked = nil
	opt.Now = now.Add(59 * time.Minute)
	asked(t, opt)
	if slices.ContainsFunc(h.asked, func(r string) bool { return strings.HasSuffix(r, "/fine") || strings.HasSuffix(r, "/moved") }) || !slices.Contains(h.asked, "HEAD /gone") {
		t.Errorf("asked within the hour: %q", h.asked)
	}
	h.asked = nil
	opt.Now = now.Add(3 * time.Hour)
	asked(t, opt)
	if !slices.Contains(h.asked, "HEAD /fine") {
		t.Errorf("asked after the hour: %q", h.asked)
	}
	// A damaged cache is no fault.
	if err := os.WriteFile(cache, []byte("null"), 0o644); err != nil {
		t.Fatal(err)
	}
	asked(t, opt)
}

// TestExternalPrivate: content cannot make a build server look into its own
// network.
func TestExternalPrivate(t *testing.T) {
	h := &host{agents: map[string]bool{}}
	server := httptest.NewServer(h)
	defer server.Close()
	a := audit.New(audit.Options{})
	page := `<html lang="en"><a href="` + server.URL + `/inside">A</a> <a href="http://169.254.169.254/latest/">B</a> <a href="http://[::ffff:10.0.0.1]/">C</a></html>`
	if err := a.Write("index.html", []byte(page)); err != nil {
		t.Fatal(err)
	}
	found := a.External(context.Background(), audit.ExternalOptions{Timeout: 2 * time.Second, Hosts: 4, Now: time.Now()})
	if len(found) != 3 || len(h.asked) > 0 {
		t.Fatalf("%d findings, server was asked %q", len(found), h.asked)
	}
	for _, f := range found {
		if f.Arg("answer") != "an address inside a private network" {
			t.Errorf("%s: %s", f.Arg("address"), f.Arg("answer"))
		}
	}
}
