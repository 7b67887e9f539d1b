package preview

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"
)

// stream returns the events a page would hear, as "name data".
func stream(t *testing.T, address string) <-chan string {
	t.Helper()
	res, err := http.Get(address + "/.belfry/events")
	must(t, err)
	t.Cleanup(func() { res.Body.Close() })
	if kind := res.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Fatalf("type %q", kind)
	}
	heard := make(chan string, 16)
	go func() {
		defer close(heard)
		name := ""
		for lines := bufio.NewScanner(res.Body); lines.Scan(); {
			if n, ok := strings.CutPrefix(lines.Text(), "event: "); ok {
				name = n
			}
			if d, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				heard <- name + " " + d
			}
		}
	}()
	return heard
}

func hear(t *testing.T, heard <-chan string) string {
	t.Helper()
	select {
	case s := <-heard:
		return s
	case <-time.After(5 * time.Second):
		t.Fatal("nothing is heard")
		return ""
	}
}

func TestStream(t *testing.T) {
	s, web := serve(t, Options{})
	heard := stream(t, web.URL)
	first := hear(t, heard)
	_, page := ask(t, "GET", web.URL+"/", nil)
	version := strings.TrimPrefix(first, "version ")
	if !strings.Contains(page, `data-version="`+version+`"`) {
		t.Errorf("the stream says %q, the page %q", first, page)
	}
	s.Show(portalOf(testFiles, nil))
	second := hear(t, heard)
	if second == first || !strings.HasPrefix(second, "version ") {
		t.Errorf("after a change: %q", second)
	}
	s.Recheck()
	if got := hear(t, heard); !strings.HasPrefix(got, "faults ") {
		t.Errorf("after a check: %q", got)
	}
	select {
	case got := <-heard:
		t.Errorf("one change was told twice: %q", got)
	case <-time.After(100 * time.Millisecond):
	}
	if other := New(Options{}); other.now().version == New(Options{}).now().version {
		t.Error("two servers have one version: a page would outlive a restart")
	}
	s.Close()
	s.Close()
	if got, open := <-heard; open {
		t.Errorf("after the end: %q", got)
	}
}

func TestStreamLimit(t *testing.T) {
	_, web := serve(t, Options{})
	for range mostStreams {
		hear(t, stream(t, web.URL))
	}
	if res, _ := ask(t, "GET", web.URL+"/.belfry/events", nil); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("one more: %d", res.StatusCode)
	}
}

// TestServe: a request that comes before the portal waits for it, and the end
// does not wait for those who listen.
func TestServe(t *testing.T) {
	l, err := FreeListener("127.0.0.1:0")
	must(t, err)
	ctx, stop := context.WithCancel(context.Background())
	s, ended := New(Options{}), make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	got := make(chan string, 1)
	go func() {
		res, err := http.Get(URL(l))
		if err != nil {
			got <- err.Error()
			return
		}
		body, _ := io.ReadAll(res.Body)
		got <- string(body)
	}()
	select {
	case body := <-got:
		t.Fatalf("answered without a portal: %s", body)
	case <-time.After(100 * time.Millisecond):
	}
	s.Show(portalOf(testFiles, nil))
	if body := <-got; !strings.Contains(body, "front") {
		t.Errorf("the first page: %q", body)
	}
	heard := stream(t, strings.TrimSuffix(URL(l), "/"))
	hear(t, heard)
	start := time.Now()
	stop()
	if err := <-ended; err != nil || time.Since(start) > 900*time.Millisecond {
		t.Errorf("ended after %v with %v", time.Since(start), err)
	}
	if _, err := net.Dial("tcp", l.Addr().String()); err == nil {
		t.Error("it still listens")
	}
}
