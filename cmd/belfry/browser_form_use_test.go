package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"belfry/generator/form"
	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// to walks with Tab to the first element that matches.
func (b *tab) to(selector string) {
	b.Helper()
	for range 200 {
		b.press(kb.Tab)
		if eval[bool](b, `document.activeElement.matches(`+"`"+selector+"`"+`)`) {
			return
		}
	}
	b.Fatalf("Tab does not lead to %s", selector)
}

// byKeyboard fills a form with every kind of key but the mouse, and looks at what
// comes of it: sent, saved or printed.
func (town *formTown) byKeyboard(t *testing.T, id, lang string) {
	f, v := town.forms[id].In(lang), answersTo(id)
	b := formTab(t, town.browser, town.site, f)
	b.open(town.page(id, lang))
	if got := eval[string](b, `document.documentElement.lang`); got != lang || f.Language != lang {
		t.Fatalf("the page is in %q", got)
	}
	town.fill(b, v)
	if rows, empty := eval[int](b, `document.querySelectorAll('[data-rows] dt').length`), eval[int](b, `document.querySelectorAll('[data-rows] script, [data-rows] b').length`); rows < 8 || empty > 0 {
		t.Errorf("%d answers to check, %d elements made by them", rows, empty)
	}
	switch {
	case f.Send.Posts():
		b.to(`[data-send]`)
		b.enter()
		p := town.sent(b)
		if p.fields.Get("_key") == "" {
			t.Error("it was sent without a key")
		}
		if f.Seal == "" {
			town.right(t, f, v, p)
		}
	case f.Send.Adapter == "download":
		town.saved(b, f)
	default:
		eval[bool](b, `window.print = () => { window.printed = true }; true`)
		b.to(`[data-print]`)
		b.enter()
		b.until(`window.printed`)
		if n := eval[int](b, `[...document.querySelectorAll('[data-send]')].filter(e => e.checkVisibility()).length`); n > 0 {
			t.Error("a form on paper has a button that sends")
		}
	}
	time.Sleep(20 * time.Millisecond)
	if n := town.waiting(); n > 0 {
		t.Errorf("something was sent %d times more", n)
	}
}

// saved takes the answers away as a file and judges it with belfry.
func (town *formTown) saved(b *tab, f *form.Form) {
	b.Helper()
	dir := b.TempDir()
	if _, err := chromedp.CallBrowser(b.ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir}); err != nil {
		b.Fatal(err)
	}
	b.to(`[data-download=json]`)
	b.enter()
	name := filepath.Join(dir, f.ID+".json")
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if raw, err := os.ReadFile(name); err == nil && len(raw) > 0 {
			if code := run([]string{"form", "check", name, "--portal", example, "--quiet"}); code != exitDone {
				b.Errorf("belfry form check ended with %d for %s", code, raw)
			}
			e, err := form.ParseEnvelope(raw, form.MaxBytes)
			if err != nil || e.Total != form.Total(f, e.Answers) || e.Form != f.ID || e.Language != f.Language {
				b.Errorf("%v: %s", err, raw)
			}
			return
		}
	}
	b.Fatal("no file was saved")
}

// withoutScript sends the same answers from a page whose script does not run: the
// same fields arrive.
func (town *formTown) withoutScript(t *testing.T, id string) {
	f, v := town.forms[id].In("bg"), answersTo(id)
	b := formTab(t, town.browser, town.site, f)
	b.script(false)
	b.open(town.page(id, "bg"))
	if dead := eval[[]string](b, `[...document.querySelectorAll('main button, main [data-script]')].filter(e => e.checkVisibility() && !e.matches('[data-send]')).map(e => e.outerHTML)`); len(dead) > 0 {
		t.Errorf("buttons that do nothing: %q", dead)
	}
	sends := eval[int](b, `[...document.querySelectorAll('[data-send]')].filter(e => e.checkVisibility()).length`)
	if f.Seal != "" || !f.Send.Posts() {
		if sends > 0 {
			t.Error("there is a button to send what cannot be sent")
		}
		if f.Seal != "" && !eval[bool](b, `[...document.querySelectorAll('noscript *, noscript')].some(e => e.checkVisibility() && e.textContent.trim())`) {
			t.Error("nothing says that sealing needs a script")
		}
		return
	}
	town.put(b, v)
	b.click(`[data-send]`)
	p := town.take(b)
	town.right(t, f, v, p)
	if p.fields.Has("_key") {
		t.Error("a page without script knows a key")
	}
}

// conditions: questions open and close by style alone.
func (town *formTown) conditions(t *testing.T) {
	f := town.forms["event-permit"].In("bg")
	b := formTab(t, town.browser, town.site, f)
	b.script(false)
	b.open(town.page("event-permit", "bg"))
	see := func(want string, questions ...string) {
		t.Helper()
		for _, q := range questions {
			got := eval[bool](b, `document.querySelector('[data-q="`+q+`"]').checkVisibility()`)
			if got != (want == "open") {
				t.Errorf("%s is not %s", q, want)
			}
		}
	}
	see("closed", "organisation", "eik", "personal_number", "which_street", "rights", "selling", "sellers")
	see("open", "organiser", "email", "days", "deposit", "calendar")
	see("open", "safety_plan") // style cannot count people; a sentence says when it is to be answered
	town.put(b, pairs("organiser=person\nmusic=yes\nkind=fair\nwhere=street"))
	see("closed", "organisation", "eik", "sellers")
	see("open", "personal_number", "rights", "selling", "which_street", "safety_plan", "guards")
	town.put(b, pairs("organiser=association\nmusic=no\nselling=yes\nsellers-1-sells=food\nwhere=park"))
	see("open", "organisation", "eik", "sellers", "sellers-1-seller_register")
	see("closed", "personal_number", "rights", "which_street", "sellers-2-seller_register")
	town.put(b, pairs("kind=filming"))
	see("closed", "selling")
	b.script(true)
}

// open shows everything a form can show, whatever was answered.
const unfolded = `document.querySelectorAll('[data-form] [hidden], [data-done], [data-note]').forEach(e => { e.hidden = false }); true`

// narrow looks at every form in each language, and in Arabic, on a small phone:
// as it is, without script, and with everything open.
func (town *formTown) narrow(t *testing.T) {
	places := map[string][]string{town.http: {"bg", "ro", "en"}}
	rtl := buildSite(t, arabic(t), "--skip-broken")
	places[rtl.http] = []string{"ar"}
	for root, langs := range places {
		t.Run(langs[0], func(t *testing.T) {
			s := town.site
			if root == rtl.http {
				s = rtl
			}
			b := newTab(t, town.browser, s)
			for _, lang := range langs {
				for _, id := range town.ids {
					for _, script := range []bool{true, false} {
						if !script && lang != langs[0] {
							continue // the measures are those of the first language
						}
						b.script(script)
						b.size(360, 800)
						b.open(root + lang + "/forms/" + id + ".html")
						for _, width := range []int64{360, 320} {
							b.size(width, 800)
							if n := eval[int](b, sideways); n > 0 {
								t.Errorf("%s in %s can be scrolled %d pixels to the side at %d (script %v)", id, lang, n, width, script)
							}
						}
						if dir := eval[string](b, `document.documentElement.dir`); lang == "ar" && dir != "rtl" {
							t.Errorf("%s in %s runs %q", id, lang, dir)
						}
						if script {
							eval[bool](b, unfolded)
							if n := eval[int](b, sideways); n > 0 {
								t.Errorf("%s in %s, all open, can be scrolled %d pixels to the side: %q", id, lang, n, eval[[]string](b, wide))
							}
						}
					}
				}
			}
		})
	}
}

// wide names the elements that reach beyond the screen.
const wide = `[...document.querySelectorAll('main *')].filter(e => { const r = e.getBoundingClientRect(); return r.right > innerWidth + 1 || r.left < -1 }).slice(0, 5).map(e => e.outerHTML.slice(0, 160))`
