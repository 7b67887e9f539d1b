package preview

import (
	"context"
	"fmt"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"belfry/e2e"

	"github.com/chromedp/chromedp"
)

// browser returns a tab; the test is skipped where there is no Chromium, unless
// BELFRY_REQUIRE_BROWSER=1 says that there has to be one.
func browser(t *testing.T) tab {
	t.Helper()
	return tab{t, e2e.Chromium(t, chromedp.WindowSize(1000, 700))}
}

// longPage has a policy as the theme's pages have, headings to scroll to, rules
// for a dark scheme and a note for those without script.
func longPage(before, mark string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="bg" dir="ltr"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'">
<title>Куче</title><link rel="stylesheet" href="../assets/site.css"></head><body><main><h1>Куче</h1><noscript><p id="plain">без скрипт</p></noscript>`)
	b.WriteString(before)
	for i := range 60 {
		fmt.Fprintf(&b, "<h2 id=\"h%d\">Част %d</h2><p>текст</p>", i, i)
	}
	fmt.Fprintf(&b, `<p id="mark">%s</p></main></body></html>`, mark)
	return b.String()
}

func long(before, mark string) Portal {
	return portalOf(map[string]string{
		"bg/dog.html":     longPage(before, mark),
		"404.html":        "<!doctype html><title>404</title><body><main><h1>няма</h1></main></body>",
		"assets/site.css": "html{scroll-behavior:smooth}body{background:#fff;margin:0;font:16px/2 sans-serif}h2{margin:40px 0}@media (prefers-color-scheme:dark){body{background:#010203}}",
	}, testFaults())
}

func served(t *testing.T, opt Options) (*Server, *httptest.Server) {
	t.Helper()
	s := New(opt)
	s.Show(long("", "first"))
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() { s.Close(); web.CloseClientConnections(); web.Close() })
	return s, web
}

// tab is a browser's tab and the test it serves.
type tab struct {
	*testing.T
	ctx context.Context
}

func (b tab) open(address string) {
	b.Helper()
	if err := chromedp.Do(b.ctx, chromedp.Navigate(address)); err != nil {
		b.Fatal(err)
	}
}

func eval[T any](b tab, expression string) T {
	b.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		b.Fatal(expression, err)
	}
	return v
}

func (b tab) do(expression string) { b.Helper(); eval[bool](b, "("+expression+", true)") }

// until waits for an expression to hold, over reloads of the page.
func (b tab) until(expression string) {
	b.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool]("!!("+expression+")")); err == nil && ok {
			return
		}
	}
	b.Fatalf("never: %s", expression)
}

func TestReloadKeepsScroll(t *testing.T) {
	b := browser(t)
	s, web := served(t, Options{})
	const done = `document.readyState === 'complete' && document.getElementById('mark')?.textContent === `
	b.open(web.URL + "/bg/dog.html")
	b.until(done + `'first'`)
	b.do(`window.scrollTo({top: 2345, behavior: 'instant'}), window.before = true`)
	if y := eval[float64](b, `window.scrollY`); y != 2345 {
		t.Fatalf("the page is not long enough: %v", y)
	}
	s.Show(long("", "second"))
	b.until(done + `'second'`)
	if y := eval[float64](b, `window.before ? -1 : window.scrollY`); y != 2345 {
		t.Errorf("after a reload the page is at %v", y)
	}
	// What is written above pushes the page down; what is being read stays.
	const seen = `document.getElementById('h16').getBoundingClientRect().top`
	top := eval[float64](b, seen)
	s.Show(long(strings.Repeat("<p>нов абзац</p>", 10), "third"))
	b.until(done + `'third'`)
	time.Sleep(500 * time.Millisecond) // no browser moves it later
	if after, y := eval[float64](b, seen), eval[float64](b, `window.scrollY`); max(after-top, top-after) >= 1 || y <= 2345 {
		t.Errorf("the heading was at %v and is at %v (page at %v)", top, after, y)
	}
	b.do(`location.href = '/.belfry/view'`) // back from another page, the place is kept too
	b.until(`document.querySelector('iframe')`)
	b.do(`history.back()`)
	b.until(done + `'third' && scrollY > 2345`)
	// A page that is removed is gone, and one that comes back is back.
	s.Show(portalOf(map[string]string{"404.html": "<!doctype html><title>404</title><body><h1 id=gone>няма</h1></body>"}, nil))
	b.until(`document.getElementById('gone')`)
	s.Show(long("", "fourth"))
	b.until(done + `'fourth'`)
	streams := func() int {
		s.mu.Lock()
		defer s.mu.Unlock()
		return s.streams
	}
	for end := time.Now().Add(5 * time.Second); streams() != 1 && time.Now().Before(end); {
		time.Sleep(20 * time.Millisecond) // those of earlier pages are ending
	}
	if n := streams(); n != 1 {
		t.Errorf("one tab has %d streams", n)
	}
}

// TestPanel uses the panel as a webmaster does.
func TestPanel(t *testing.T) {
	b := browser(t)
	dir := t.TempDir()
	put(t, dir, "services/dog.md", "x")
	started := make(chan []string, 1)
	_, web := served(t, Options{Lang: "bg", Dir: dir,
		Getenv: func(name string) string {
			return map[string]string{"BELFRY_EDITOR": os.Args[0] + " {file}:{line}:{column}"}[name]
		},
		Start: func(argv []string) error { started <- argv; return nil }})
	const root = `document.querySelector('belfry-preview').shadowRoot`
	b.open(web.URL + "/bg/dog.html")
	b.until(root + `.querySelector('.where') && !` + root + `.querySelector('.panel').hidden`)
	b.do(root + `.querySelector('.inner').hidden && ` + root + `.querySelector('.toggle').click()`)
	text := eval[string](b, root+`.querySelector('.panel').innerText`)
	b.do(`document.documentElement.dir = 'rtl'`)
	if dir := eval[string](b, `getComputedStyle(`+root+`.querySelector('.panel')).direction`); dir != "ltr" {
		t.Error("the panel follows the page's direction")
	}
	b.do(root + `.querySelector('.where').click()`)
	for _, want := range []string{"На тази страница", "services/dog.md:7", "a<b>", "360 пиксела", "services/cat.md"} {
		if !strings.Contains(text, want) {
			t.Errorf("the panel does not say %q:\n%s", want, text)
		}
	}
	select {
	case argv := <-started:
		if want := dir + string(os.PathSeparator) + "services" + string(os.PathSeparator) + "dog.md:7:3"; argv[1] != want {
			t.Errorf("opened %q, want %q", argv, want)
		}
	case <-time.After(5 * time.Second):
		t.Error("nothing was opened")
	}
	b.until(root + `.querySelector('.status').textContent.length > 5`)
	b.shot("panel")
}

// TestView shows the page in other ways.
func TestView(t *testing.T) {
	b := browser(t)
	s, web := served(t, Options{Lang: "ro"})
	const doc = `document.querySelector('iframe').contentDocument`
	const colour = `getComputedStyle(` + doc + `.body).backgroundColor`
	b.open(web.URL + "/.belfry/view?page=/bg/dog.html&width=360")
	b.until(`document.querySelectorAll('nav button').length === 7 && ` + doc + `.getElementById('mark') && ` + colour + ` === 'rgb(255, 255, 255)'`)
	if width, panels := eval[int](b, `document.querySelector('iframe').clientWidth`), eval[int](b, doc+`.querySelectorAll('belfry-preview').length`); width != 360 || panels != 0 {
		t.Errorf("%v pixels wide, %v panels in the frame", width, panels)
	}
	for _, click := range []struct{ label, then string }{
		{"768", `document.querySelector('iframe').clientWidth === 768`},
		{"închise", colour + ` === 'rgb(1, 2, 3)'`},
		{"stânga", doc + `.documentElement.dir === 'rtl' && ` + colour + ` === 'rgb(1, 2, 3)'`},
		{"scripturi", doc + `.getElementById('plain').offsetHeight > 0 && ` + doc + `.documentElement.dir === 'rtl'`},
		{"închise", colour + ` === 'rgb(255, 255, 255)'`},
		{"scripturi", `document.querySelector('iframe').hasAttribute('sandbox') === false && ` + doc + `.readyState === 'complete'`},
	} {
		b.do(`[...document.querySelectorAll('nav button')].find(b => b.textContent.includes('` + click.label + `')).click()`)
		b.until(doc + `.getElementById('mark') && (` + click.then + `)`)
	}
	// A change loads the frame anew and keeps its place too.
	b.do(`document.querySelector('iframe').contentWindow.scrollTo({top: 1500, behavior: 'instant'})`)
	s.Show(long("", "second"))
	b.until(doc + `.getElementById('mark').textContent === 'second' && document.querySelector('iframe').contentWindow.scrollY === 1500`)
	b.shot("view")
}

// shot leaves a picture where BELFRY_SHOTS names a folder.
func (b tab) shot(name string) {
	b.Helper()
	dir := os.Getenv("BELFRY_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	must(b.T, err)
	must(b.T, os.WriteFile(dir+"/"+name+".png", picture, 0o644))
}
