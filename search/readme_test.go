package search

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestReadmeExample copies the search box out of README.md as a reader would,
// with its texts beside it, then with the same texts in belfry_texts, and
// searches with both; then the call that README.md shows for pages.
func TestReadmeExample(t *testing.T) {
	raw, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(raw), "```html\n")
	form, _, ok := strings.Cut(after, "```")
	if !ok {
		t.Fatal("README.md shows no search box")
	}
	form = strings.ReplaceAll(form, "engine.HASH.js", "engine.js")
	block := regexp.MustCompile(`<script type="application/json">(.*?)</script>`).FindStringSubmatch(form)
	if block == nil {
		t.Fatal("the search box of README.md has no texts")
	}
	ctx := browser(t)
	for _, c := range []struct{ name, form, engine string }{
		{"texts beside the box", form, EngineScript()},
		{"texts in belfry_texts", strings.Replace(form, block[0], "", 1), "window.belfry_texts=" + block[1] + ";" + EngineScript()},
	} {
		dir := portal(t, slices.Collect(sampleDocs("bg", 40, 7)), Options{})
		for name, s := range map[string]string{
			"assets/engine.js": c.engine,
			"bg/index.html":    `<!doctype html><html lang="bg"><meta charset="utf-8"><title>t</title><script src="../assets/site.js" defer></script>` + c.form + `</html>`,
		} {
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(s), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		do(t, ctx, chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/bg/index.html"), chromedp.Click("#q"))
		wait(t, ctx, "window.belfry && belfry.search")
		do(t, ctx, chromedp.SendKeys("#q", "karta"))
		wait(t, ctx, `document.querySelector('.search-all')`)
		got := eval[[]string](t, ctx, `[document.querySelector('[role=listbox]').getAttribute('aria-label'), document.querySelector('.search-all').textContent.replace(/\d+/, 'n'),
			document.querySelector('form [role=status]').textContent.replace(/\d+/, 'n'), [...document.querySelectorAll('.search-type')].some(x => x.textContent === 'Service') + '', document.querySelector('form').action.replace(/.*\//, '')]`)
		if want := []string{"Suggestions", "All n results", "n results for “karta”", "true", "search.html"}; !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", c.name, got, want)
		}
		if n := eval[int](t, ctx, `belfry.search('karta', {lang: 'bg', filters: {type: ['service']}, limit: 10, facets: false}).then(r => r.results.filter(x => x.type === 'service' && x.id && x.url && x.title && x.score > 0).length)`); n == 0 {
			t.Errorf("%s: belfry.search finds no service", c.name)
		}
	}
}
