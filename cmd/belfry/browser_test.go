package main

import (
	"context"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"belfry/e2e"
)

// The browser tests open the example town in Chromium, from the disk and from a
// host, as a citizen does.

const (
	example = "../../content-example/beli-breg"
	moment  = "2026-11-20T12:00:00+02:00"
)

// axeSource is the script of axe-core, which judges the accessibility of a page.
func axeSource(t *testing.T) string {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(e2e.Module(t, "axe-core"), "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// site is a built portal: where it lies, and a host that serves it.
type site struct{ dir, file, http string }

// buildSite builds a portal with the real command.
func buildSite(t *testing.T, source string, flags ...string) site {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "public")
	if code := run(append([]string{"build", source, "-o", dir, "--at", moment, "--quiet"}, flags...)); code != exitDone {
		t.Fatalf("belfry build ended with %d", code)
	}
	host := httptest.NewServer(http.FileServer(http.Dir(dir)))
	t.Cleanup(host.Close)
	return site{dir: dir, file: "file://" + filepath.ToSlash(dir) + "/", http: host.URL + "/"}
}

// tab is a tab of the browser, and what went wrong in it.
type tab struct {
	*testing.T
	ctx context.Context

	mu    sync.Mutex
	page  string // opened last
	wrong []string
}

// newTab opens a tab that is watched: at the end of the test it must have asked
// nobody but the portal itself, and the console must be empty of errors, which
// are also how a breach of the page's policy shows.
func newTab(t *testing.T, browser context.Context, s site) *tab {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser)
	t.Cleanup(cancel)
	b := &tab{T: t, ctx: ctx}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if u := e.Request.URL; !strings.HasPrefix(u, s.http) && !strings.HasPrefix(u, s.file) && !strings.HasPrefix(u, "data:") && u != "about:blank" {
				b.complain("asked for " + u)
			}
		case *log.EventEntryAdded:
			// Chromium reads no manifest from a disk, and says so; nothing is lost.
			if strings.Contains(e.Entry.Text, "Access to manifest at 'file:") || strings.HasPrefix(e.Entry.URL, "file:") && strings.HasSuffix(e.Entry.URL, ".webmanifest") {
				return
			}
			if e.Entry.Level == log.EntryLevelError || e.Entry.Level == log.EntryLevelWarning {
				b.complain("logged " + e.Entry.Text + " " + e.Entry.URL)
			}
		case *runtime.EventExceptionThrown:
			b.complain("threw " + e.ExceptionDetails.Text + " " + e.ExceptionDetails.URL)
		case *runtime.EventConsoleAPICalled:
			if e.Type == runtime.ConsoleAPICalledTypeError || e.Type == runtime.ConsoleAPICalledTypeWarning {
				b.complain("wrote an error to the console")
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	call(b, network.Enable, network.EnableParams{})
	call(b, log.Enable, cdp.Empty{})
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		for _, w := range b.wrong {
			t.Error(w)
		}
	})
	limited, done := context.WithTimeout(ctx, 4*time.Minute)
	t.Cleanup(done)
	b.ctx = limited
	return b
}

func (b *tab) complain(what string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if what += " at " + b.page; !slices.Contains(b.wrong, what) {
		b.wrong = append(b.wrong, what)
	}
}

func call[P, R any](b *tab, cmd cdp.Command[P, R], params P) {
	b.Helper()
	if _, err := chromedp.Call(b.ctx, cmd, params); err != nil {
		b.Fatal(cmd.Method, err)
	}
}

func (b *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

func (b *tab) open(address string) {
	b.Helper()
	b.mu.Lock()
	b.page = address
	b.mu.Unlock()
	b.do(chromedp.Navigate(address))
}

func (b *tab) size(width, height int64) { b.Helper(); b.do(chromedp.EmulateViewport(width, height)) }

// scheme sets the colours that the reader prefers: light or dark.
func (b *tab) scheme(name string) {
	b.Helper()
	call(b, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: name}}})
}

func (b *tab) script(on bool) {
	b.Helper()
	call(b, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on})
}

func (b *tab) press(keys string) { b.Helper(); b.do(chromedp.KeyEvent(keys)) }

func eval[T any](b *tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatalf("%s: %v", expression, err)
	}
	return v
}

// until waits for an expression to hold, over the change to another page.
func (b *tab) until(expression string) {
	b.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && ok {
			return
		}
	}
	b.Fatalf("never: %s; the page is %s", expression, eval[string](b, "location.href"))
}

// at waits for the page at an address below the portal's root.
func (b *tab) at(s site, page string) {
	b.Helper()
	short := strings.TrimSuffix(page, "index.html") // a host may leave it out
	b.until(`document.readyState === 'complete' && [` + "`/" + page + "`, `/" + short + "`" + `].some(p => location.href.split(/[?#]/)[0].endsWith(p))`)
}

// sideways is how far the page can be scrolled to the side, in pixels.
const sideways = `document.documentElement.scrollWidth - innerWidth`

// layouts names, for each layout of the theme, the pages made from it, as a
// pattern below the portal's root: the first that matches is looked at. A
// redirect leads away at once, so it has a test of its own.
var layouts = map[string]string{
	"404": "404.html", "languages": "index.html",
	"home": "{lang}/index.html", "search": "{lang}/search.html", "a-to-z": "{lang}/a-to-z.html", "site-map": "{lang}/site-map.html",
	"list": "{lang}/services/index.html", "service": "{lang}/services/[b-h]*.html", "office": "{lang}/offices/[^i]*.html",
	"life-event": "{lang}/life-events/[^i]*.html", "topic": "{lang}/topics/[^i]*.html", "guide": "{lang}/guides/[^i]*.html",
	"step-by-step": "{lang}/step-by-step/[^i]*.html", "news-list": "{lang}/news/index.html", "news": "{lang}/news/[^i]*.html",
	"calendar": "{lang}/events/index.html", "event": "{lang}/events/[a-hj-z]*.html", "alert": "{lang}/alerts/[^i]*.html",
	"notices": "{lang}/notices/index.html", "notice": "{lang}/notices/[^i]*.html",
	"document": "{lang}/documents/[^i]*.html", "faq": "{lang}/faq/index.html", "directory": "{lang}/directories/[^i]*.html",
	"form": "{lang}/forms/event-permit.html", "form-sent": "{lang}/forms/event-permit-sent.html",
	"entry": "{lang}/directories/*/[^i]*.html", "page": "{lang}/accessibility.html",
}

// pages are one page of each layout in a language.
func pages(t *testing.T, s site, lang string) []string {
	t.Helper()
	all, err := filepath.Glob("../../themes/base/layouts/*.html")
	if err != nil || len(all) == 0 {
		t.Fatal("the theme has no layouts", err)
	}
	for _, f := range all {
		if name := strings.TrimSuffix(filepath.Base(f), ".html"); layouts[name] == "" && name != "redirect" {
			t.Errorf("no page is named for the layout %s", name)
		}
	}
	var out []string
	for _, name := range slices.Sorted(maps.Keys(layouts)) {
		pattern := strings.ReplaceAll(layouts[name], "{lang}", lang)
		found, err := filepath.Glob(filepath.Join(s.dir, filepath.FromSlash(pattern)))
		if err != nil {
			t.Fatal(err)
		}
		for i, f := range found {
			rel, err := filepath.Rel(s.dir, f)
			if err != nil {
				t.Fatal(err)
			}
			found[i] = filepath.ToSlash(rel)
		}
		if len(found) == 0 {
			t.Errorf("no page of the layout %s: %s", name, pattern)
			continue
		}
		out = append(out, found[0])
	}
	return out
}

// arabic is a copy of the example whose first language is Arabic: its texts
// stay Bulgarian, everything that belfry says is Arabic, from right to left.
func arabic(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(example)); err != nil {
		t.Fatal(err)
	}
	translation := regexp.MustCompile(`\.(ro|en)\.(md|csv)$`)
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err == nil && translation.MatchString(name) {
			err = os.Remove(name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "portal.yaml")
	raw, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	changed := regexp.MustCompile(`(?m)^languages:.*$`).ReplaceAllString(string(raw), "languages: [ar, bg]")
	if changed == string(raw) {
		t.Fatal("portal.yaml has no languages to change")
	}
	if err := os.WriteFile(config, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}
