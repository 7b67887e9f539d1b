package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"belfry/e2e"
)

// TestBrowser uses the example town as its people do.
func TestBrowser(t *testing.T) {
	t.Parallel()
	browser := e2e.Chromium(t)
	town := buildSite(t, example)

	for name, root := range map[string]string{"disk": town.file, "host": town.http} {
		t.Run("languages/"+name, func(t *testing.T) {
			b := newTab(t, browser, town)
			b.size(1280, 900)
			b.open(root + "index.html")
			b.do(chromedp.Click(chromedp.CSS(`main a[hreflang=bg]`)))
			b.at(town, "bg/index.html")
			for _, page := range []string{"services/birth-certificate.html", "events/index.html", "a-to-z.html", "search.html", "offices/town-hall.html"} {
				b.open(root + "bg/" + page)
				for _, lang := range []string{"ro", "en", "bg"} {
					b.do(chromedp.Click(chromedp.CSS(`header a[hreflang=` + lang + `]`)))
					b.at(town, lang+"/"+page)
					if got := eval[string](b, `document.documentElement.lang`); got != lang {
						t.Errorf("%s in %s says it is in %q", page, lang, got)
					}
				}
			}
		})
		t.Run("search without script/"+name, func(t *testing.T) { plainSearch(newTab(t, browser, town), town, root) })
	}
	t.Run("no script", func(t *testing.T) { noScript(newTab(t, browser, town), town) })
	t.Run("moved", func(t *testing.T) { moved(newTab(t, browser, town), town) })
	t.Run("keyboard", func(t *testing.T) { keyboard(newTab(t, browser, town), town) })
	t.Run("narrow", func(t *testing.T) {
		b := newTab(t, browser, town)
		for _, page := range pages(t, town, "bg") {
			b.open(town.file + page)
			for _, width := range []int64{360, 320} {
				b.size(width, 800)
				if n := eval[int](b, sideways); n > 0 {
					t.Errorf("%s can be scrolled %d pixels to the side at %d", page, n, width)
				}
			}
		}
	})
	t.Run("right to left", func(t *testing.T) {
		town := buildSite(t, arabic(t), "--skip-broken")
		rightToLeft(t, newTab(t, browser, town), town)
	})
	t.Run("axe", func(t *testing.T) {
		source := axeSource(t)
		for _, how := range []struct {
			scheme string
			width  int64
		}{{"light", 360}, {"dark", 1280}} {
			t.Run(how.scheme, func(t *testing.T) {
				t.Parallel()
				b := newTab(t, browser, town)
				b.size(how.width, 800)
				b.scheme(how.scheme)
				for _, page := range append(pages(t, town, "bg"), "en/news/certificates-online.html") {
					axe(b, source, town.file+page)
				}
			})
		}
	})
}

// axe judges one page by the rules of WCAG 2.0 to 2.2, A and AA, and of good practice.
func axe(b *tab, source, page string) {
	b.Helper()
	b.open(page)
	eval[bool](b, source+"\n;true")
	found := eval[string](b, `axe.run({preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
		JSON.stringify({passes: r.passes.length, violations: r.violations.map(v => v.id + ' at ' + v.nodes.map(n => n.target).join(' and '))}))`)
	var result struct {
		Passes     int
		Violations []string
	}
	if err := json.Unmarshal([]byte(found), &result); err != nil {
		b.Fatal(err)
	}
	for _, v := range result.Violations {
		b.Errorf("%s: %s", page, v)
	}
	if result.Passes == 0 {
		b.Errorf("%s: no rule was tried", page)
	}
}

// content is what a page offers, whether or not a script has run: links, headings
// and cells of tables that can be seen.
const content = `[...document.querySelectorAll('main a[href], h1, h2, h3, th, td, dt, dd, summary, label')]
	.filter(e => e.checkVisibility()).map(e => e.tagName + ' ' + (e.getAttribute('href') ?? '') + ' ' + (e.localName === 'dd' ? '' : e.textContent.trim()))`

// noScript looks at one page of each layout with and without script: nothing is lost.
func noScript(b *tab, s site) {
	b.size(1280, 900)
	list := pages(b.T, s, "bg")
	with := map[string][]string{}
	for _, page := range list {
		b.open(s.file + page)
		with[page] = eval[[]string](b, content)
	}
	b.script(false)
	defer b.script(true)
	for _, page := range list {
		b.open(s.file + page)
		without := eval[[]string](b, content)
		for _, what := range with[page] {
			if !slices.Contains(without, what) {
				b.Errorf("%s without script lacks %s", page, what)
			}
		}
	}
}

// plainSearch asks the search without script: its page leads to the list of all
// services.
func plainSearch(b *tab, s site, root string) {
	b.size(1280, 900)
	b.script(false)
	b.open(root + "bg/services/birth-certificate.html")
	b.do(chromedp.SendKeys(chromedp.CSS("#Query"), "куче"+kb.Enter))
	b.at(s, "bg/search.html")
	if got := eval[string](b, `new URLSearchParams(location.search).get('q')`); got != "куче" {
		b.Errorf("the search page was asked for %q", got)
	}
	if !eval[bool](b, `document.querySelector('main noscript, main .more').checkVisibility()`) {
		b.Error("the search page does not say what to do without script")
	}
	b.do(chromedp.Click(chromedp.CSS(`main a[href="a-to-z.html"]`)))
	b.at(s, "bg/a-to-z.html")
	if n := eval[int](b, `document.querySelectorAll('main a[href^="services/"]').length`); n < 30 {
		b.Errorf("the A to Z leads to %d services", n)
	}
}

// moved follows an old address: a script leads on where there is a host, else
// the reader follows the link.
func moved(b *tab, s site) {
	for _, root := range []string{s.file, s.http} {
		for _, script := range []bool{true, false} {
			b.script(script)
			b.open(root + "uslugi/sinya-zona/index.html")
			if !script || root == s.file {
				b.do(chromedp.Click(chromedp.CSS("#moved")))
			}
			b.at(s, "bg/services/resident-parking.html")
		}
	}
}

// focused describes the element that has the focus.
const focused = `(e => e.outerHTML.slice(0, 120))(document.activeElement)`

// keyboard walks through pages by keys alone.
func keyboard(b *tab, s site) {
	b.size(1280, 900)
	b.open(s.file + "bg/services/birth-certificate.html")
	b.press(kb.Tab)
	if got := eval[string](b, `document.activeElement.className`); got != "skip" {
		b.Fatalf("the first Tab leads to %s", eval[string](b, focused))
	}
	b.seen()
	b.press(kb.Enter)
	b.until(`location.hash === '#content'`)
	b.press(kb.Tab)
	if !eval[bool](b, `document.querySelector('main').contains(document.activeElement)`) {
		b.Errorf("after the skip link Tab leads to %s", eval[string](b, focused))
	}

	// From the top, Tab reaches whatever can be used, in the order of the page.
	b.open(s.file + "bg/services/birth-certificate.html")
	want := eval[int](b, `[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')].filter(e => e.checkVisibility()).length`)
	order := map[string]bool{}
	for range want {
		b.press(kb.Tab)
		b.seen()
		order[eval[string](b, `(e => { e.id ||= 'f' + document.querySelectorAll('[id]').length; return e.id })(document.activeElement)`)] = true
	}
	if len(order) != want {
		b.Errorf("Tab reaches %d of %d elements", len(order), want)
	}

	// On a phone the menu opens by Enter, and Tab goes into it.
	b.size(360, 800)
	b.open(s.file + "bg/services/birth-certificate.html")
	if eval[bool](b, `document.querySelector('#menu').checkVisibility()`) {
		b.Error("the menu is open before it is asked for")
	}
	for n := 0; eval[string](b, `document.activeElement.getAttribute('href') ?? ''`) != "#menu"; n++ {
		if n > 20 {
			b.Fatal("Tab does not reach the menu")
		}
		b.press(kb.Tab)
	}
	b.press(kb.Enter)
	b.until(`document.querySelector('#menu').checkVisibility()`)
	b.press(kb.Tab)
	if !eval[bool](b, `document.querySelector('#menu').contains(document.activeElement)`) {
		b.Fatalf("in the open menu Tab leads to %s", eval[string](b, focused))
	}
	b.seen()
	to := eval[string](b, `document.activeElement.href`)
	b.press(kb.Enter)
	b.until(fmt.Sprintf(`location.href === %q`, to))
}

// seen holds the element with the focus to be in view and to show it.
func (b *tab) seen() {
	b.Helper()
	why := eval[string](b, `(e => {
		const r = e.getBoundingClientRect(), s = getComputedStyle(e.closest('.field') && e.localName === 'input' ? e.closest('.field') : e);
		if (e === document.body) return 'nothing has the focus';
		if (r.width < 1 || r.height < 1 || r.bottom <= 0 || r.top >= innerHeight || r.right <= 0 || r.left >= innerWidth) return 'out of view: ' + e.outerHTML.slice(0, 120);
		if (s.outlineStyle === 'none' || parseFloat(s.outlineWidth) < 2) return 'no sign of the focus: ' + e.outerHTML.slice(0, 120);
		return '';
	})(document.activeElement)`)
	if why != "" {
		b.Error(why)
	}
}

// rightToLeft looks at one page of each layout in Arabic.
func rightToLeft(t *testing.T, b *tab, s site) {
	mirrored := 0
	for _, page := range pages(t, s, "ar") {
		b.open(s.file + page)
		for _, width := range []int64{360, 1280} {
			b.size(width, 800)
			if dir := eval[string](b, `document.documentElement.dir + ' ' + getComputedStyle(document.body).direction`); dir != "rtl rtl" {
				t.Errorf("%s runs %s", page, dir)
			}
			if n := eval[int](b, sideways); n > 0 {
				t.Errorf("%s can be scrolled %d pixels to the side at %d", page, n, width)
			}
			if gap := eval[int](b, `Math.round(innerWidth - document.querySelector('header .brand').getBoundingClientRect().right)`); gap > int(width)/4 {
				t.Errorf("%s at %d: the name of the town stands %d pixels from the right", page, width, gap)
			}
			flips := eval[[]string](b, `[...document.querySelectorAll('[dir=rtl] .icon.flip')].filter(e => e.checkVisibility()).map(e => getComputedStyle(e).transform)`)
			for _, f := range flips {
				if mirrored++; !strings.HasPrefix(f, "matrix(-1,") {
					t.Errorf("%s: an icon that points the way is not mirrored: %s", page, f)
				}
			}
		}
	}
	if mirrored == 0 {
		t.Error("no icon was looked at")
	}
}
