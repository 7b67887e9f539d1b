package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"belfry/generator/form"
)

// errors: the summary has the focus and leads to each question; a wrong check
// digit warns once; the total runs along.
func (town *formTown) errors(t *testing.T) {
	f := town.forms["resident-parking"].In("bg")
	b := formTab(t, town.browser, town.site, f)
	b.open(town.page("resident-parking", "bg"))
	first := func() { b.click(`[data-next]`) }
	step := func() string {
		return eval[string](b, `document.querySelector('[data-step]:not([hidden]) h2').textContent`)
	}
	one := step()
	first()
	b.until(`document.activeElement.matches('[data-summary]')`)
	said := eval[[]string](b, summary)
	if len(said) != 4 || !strings.HasPrefix(said[0], "Трите ви имена: ") || !strings.HasPrefix(said[3], "Адрес в синята зона: ") {
		t.Errorf("the summary says %q", said)
	}
	if title := eval[string](b, `document.title`); !strings.Contains(title, f.Title.Value) || strings.HasPrefix(title, f.Title.Value) {
		t.Errorf("the title does not tell of the errors: %s", title)
	}
	b.to(`[data-summary] li:nth-child(2) a`)
	b.enter()
	if got := eval[[]string](b, `[document.activeElement.name, document.activeElement.getAttribute('aria-invalid'),
		document.activeElement.getAttribute('aria-describedby').split(' ').map(id => document.getElementById(id).textContent.trim()).join(' ')]`); got[0] != "personal_number" || got[1] != "true" || !strings.Contains(got[2], said[1]) {
		t.Errorf("the link leads to %q", got)
	}
	v := answersTo("resident-parking")
	v.Set("personal_number", "7523169264")
	only := func(prefixes ...string) url.Values {
		out := url.Values{}
		for k, list := range v {
			if slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(k, p) }) {
				out[k] = list
			}
		}
		return out
	}
	town.put(b, only("full_name", "personal", "email", "phone", "home"))
	first()
	b.until(`document.querySelectorAll('[data-summary] li').length === 1`)
	if said = eval[[]string](b, summary); !strings.HasPrefix(said[0], "ЕГН или ЛНЧ: ") || step() != one {
		t.Errorf("a wrong digit says %q", said)
	}
	first()
	b.until(`document.querySelector('[data-summary]').hidden`)
	if step() == one {
		t.Error("a wrong digit keeps the citizen from going on")
	}
	total := func() string {
		return eval[string](b, `(e => e && e.checkVisibility() ? e.textContent.replace(/\s/g, ' ') : '')(document.querySelector('[data-total] output'))`)
	}
	town.put(b, pairs("vehicles-1-order=first"))
	if got := total(); !strings.Contains(got, "24,00") {
		t.Errorf("one car costs %q", got)
	}
	b.click(`[data-add=vehicles]`)
	town.put(b, pairs("vehicles-2-order=second"))
	if got := total(); !strings.Contains(got, "84,00") {
		t.Errorf("two cars cost %q", got)
	}
	b.click(`[data-row=vehicles-2] [data-remove]`)
	if got := total(); !strings.Contains(got, "24,00") {
		t.Errorf("after one car is taken away, they cost %q", got)
	}
}

// changes: "check your answers" leads back to a question, and what is changed there
// is what is sent.
func (town *formTown) changes(t *testing.T) {
	f, v := town.forms["report-a-problem"].In("en"), answersTo("report-a-problem")
	b := formTab(t, town.browser, town.site, f)
	b.open(town.page("report-a-problem", "en"))
	town.fill(b, v)
	row := func(label string) string {
		return `[...document.querySelectorAll('[data-rows] > div')].find(d => d.querySelector('[data-term]').textContent.includes('` + label + `'))`
	}
	if got := eval[string](b, row("What is it?")+`.querySelector('[data-value]').textContent`); got != "Noise" {
		t.Errorf("the answer is shown as %q", got)
	}
	if name := eval[string](b, row("Where is it?")+`.querySelector('[data-change]').getAttribute('aria-label')`); !strings.Contains(name, "Where is it?") {
		t.Errorf("the link is called %q", name)
	}
	eval[bool](b, row("Where is it?")+`.querySelector('[data-change]').focus(); true`)
	b.enter()
	if got := eval[string](b, `document.activeElement.name`); got != "place" {
		t.Fatalf("Change leads to %q", got)
	}
	v.Set("place", "at the quay")
	v.Set("what", "bench") // the question about the hour closes
	v.Del("noise_at")
	town.put(b, pairs("place=at the quay\nwhat=bench"))
	for eval[bool](b, `document.querySelector('[data-check]').hidden`) {
		b.click(`[data-next]`)
		if said := eval[[]string](b, summary); len(said) > 0 {
			t.Fatalf("%q", said)
		}
	}
	b.click(`[data-send]`)
	p := town.sent(b)
	town.right(t, f, v, p)
	if p.fields.Has("noise_at") {
		t.Error("an answer to a question that is not asked was sent")
	}
}

// offlineThenOnline: what is sent without a connection waits and goes out once,
// also when the office is closed first, and when the page was left in between.
func (town *formTown) offlineThenOnline(t *testing.T) {
	f, v := town.forms["report-a-problem"].In("bg"), answersTo("report-a-problem")
	b := formTab(t, town.browser, town.site, f)
	note := func(want string) {
		b.until(`document.querySelector('[data-note]').textContent.includes(` + "`" + want + "`" + `)`)
	}
	b.open(town.page(f.ID, "bg"))
	queued := eval[string](b, `self.belfrySpec.m.queued`)
	town.fill(b, v)
	b.offline(true)
	b.click(`[data-send]`)
	note(queued)
	if n := town.waiting(); n > 0 {
		t.Fatalf("%d arrived without a connection", n)
	}
	town.office.answer(http.StatusServiceUnavailable)
	b.offline(false)
	closed := town.take(b)
	key := closed.fields.Get("_key")
	note(queued)
	town.office.answer(http.StatusCreated)
	b.open(town.http + "bg/index.html") // the page is left and opened again
	b.open(town.page(f.ID, "bg"))
	p := town.sent(b)
	town.right(t, f, v, p)
	if got := p.fields.Get("_key"); got != key || key == "" {
		t.Errorf("sent with the key %q, then %q", key, got)
	}
	b.open(town.page(f.ID, "bg"))
	eval[bool](b, `window.dispatchEvent(new Event('online')); true`)
	time.Sleep(150 * time.Millisecond)
	if n := town.waiting(); n > 0 {
		t.Errorf("it was sent %d times more", n)
	}
	if left := eval[int](b, `sessionStorage.length + localStorage.length`); left > 0 {
		t.Errorf("%d things are left on the device", left)
	}
}

// drafts: a reload brings the answers back; beyond the session they are kept only
// on request, without files and without what is sensitive; a button forgets them.
func (town *formTown) drafts(t *testing.T) {
	f, v := town.forms["resident-parking"].In("bg"), answersTo("resident-parking")
	b := formTab(t, town.browser, town.site, f)
	b.open(town.page(f.ID, "bg"))
	one := url.Values{}
	for _, k := range []string{"full_name", "personal_number", "email", "phone", "home-street", "home-place", "home-postcode", "vehicles-1-registration", "garage"} {
		one[k] = v[k]
	}
	town.put(b, one)
	value := func(name string) string {
		return eval[string](b, `(l => { const c = [...l].find(c => !/radio|checkbox/.test(c.type) || c.checked); return c ? c.value : '' })(document.getElementsByName('`+name+`'))`)
	}
	kept := `Object.values(localStorage).join() + Object.values(sessionStorage).join()`
	if n := eval[int](b, `localStorage.length`); n > 0 {
		t.Error("answers were kept without being asked to")
	}
	b.open(town.page(f.ID, "bg"))
	if value("full_name") != one.Get("full_name") || value("garage") != "yes" || value("home-place") != "Бели бряг" {
		t.Error("a reload lost the answers")
	}
	if value("personal_number") != "" || value("vehicles-1-registration") != "" || strings.Contains(eval[string](b, kept), "7523169263") || strings.Contains(eval[string](b, kept), "photo") {
		t.Error("what is sensitive, or a file, was kept")
	}
	b.click(`[data-save]`)
	b.until(`localStorage.length === 1 && document.querySelector('[data-note]').checkVisibility()`)
	eval[bool](b, `sessionStorage.clear(); true`)
	b.open(town.page(f.ID, "bg"))
	if value("full_name") != one.Get("full_name") || value("personal_number") != "" || strings.Contains(eval[string](b, kept), "7523169263") {
		t.Error("the draft is not what it should be")
	}
	b.click(`[data-clear]`)
	b.until(`localStorage.length + sessionStorage.length === 0`)
	if value("full_name") != "" {
		t.Error("the answers were not cleared")
	}
}

// sealed: nothing but ciphertext leaves the device or waits on it, and belfry opens it.
func (town *formTown) sealed(t *testing.T) {
	f, v := town.forms["birth-certificate"].In("bg"), answersTo("birth-certificate")
	b := formTab(t, town.browser, town.site, f)
	b.open(town.page(f.ID, "bg"))
	if key, shown := town.forms[f.ID].Key, eval[string](b, `document.querySelector('main').textContent.replace(/\s+/g, ' ')`); !strings.Contains(shown, form.ReadableFingerprint(key)) {
		t.Errorf("the fingerprint %s is not shown", form.ReadableFingerprint(key))
	}
	town.fill(b, v)
	b.offline(true)
	b.click(`[data-send]`)
	b.until(`document.querySelector('[data-note]').textContent.length > 20`)
	queue := eval[string](b, `new Promise(done => { const open = indexedDB.open('belfry-forms'); open.onsuccess = () => {
		const all = open.result.transaction('queue').objectStore('queue').getAll(); all.onsuccess = () => { open.result.close(); done(JSON.stringify(all.result)) } } })`)
	b.offline(false)
	p := town.sent(b)
	for what, text := range map[string]string{"waits on the device": queue, "was sent": p.raw} {
		plain, _ := url.QueryUnescape(text)
		for _, secret := range []string{"Мария", "7523169263", "maria@", "Petr", "Петя", "paper.pdf", "PDF-1.7"} {
			if strings.Contains(text, secret) || strings.Contains(plain, secret) {
				t.Errorf("%q %s in the open", secret, what)
			}
		}
	}
	if names := slices.Sorted(maps.Keys(p.fields)); slices.ContainsFunc(names, func(n string) bool { return n[0] != '_' }) {
		t.Errorf("fields were sent beside the letter: %q", names)
	}
	dir := t.TempDir()
	letter, opened := filepath.Join(dir, "letter.jwe"), filepath.Join(dir, "opened.json")
	if err := os.WriteFile(letter, []byte(p.fields.Get("_sealed")), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"form", "open", letter, "--key", town.key, "--report", "json", "-o", opened, "--files", filepath.Join(dir, "files")}); code != exitDone {
		t.Fatalf("belfry form open ended with %d", code)
	}
	raw, err := os.ReadFile(opened)
	if err != nil {
		t.Fatal(err)
	}
	e, err := form.ParseEnvelope(raw, form.MaxSealed)
	if err != nil {
		t.Fatal(err)
	}
	kept, problems := form.Check(f, e.Answers, form.DayOf(time.Now()))
	if len(problems) > 0 || e.Answers["full_name"] != "Мария Стоянова" || e.Total != form.Total(f, kept) || e.Total != "8.20" || e.Key != p.fields.Get("_key") {
		t.Errorf("%v: %s", problems, raw)
	}
	if got, err := os.ReadFile(filepath.Join(dir, "files", "1-paper.pdf")); err != nil || !bytes.HasPrefix(got, []byte("%PDF-1.7")) {
		t.Errorf("the file inside came out as %q, %v", got, err)
	}
	if code := run([]string{"form", "check", letter, "--key", town.key, "--portal", example, "--quiet"}); code != exitDone {
		t.Errorf("belfry form check ended with %d", code)
	}
}

// axe judges every form with everything open.
func (town *formTown) axe(t *testing.T) {
	source := axeSource(t)
	for _, how := range []struct {
		scheme string
		width  int64
		forms  []string
	}{{"light", 360, town.ids}, {"dark", 1280, []string{"birth-certificate", "event-permit", "resident-parking"}}} {
		t.Run(how.scheme, func(t *testing.T) {
			t.Parallel()
			b := newTab(t, town.browser, town.site)
			b.size(how.width, 800)
			b.scheme(how.scheme)
			for _, id := range how.forms {
				b.open(town.page(id, "bg"))
				b.click(`[data-next]`) // errors belong to it
				eval[bool](b, unfolded)
				eval[bool](b, source+"\n;true")
				found := eval[string](b, `axe.run({preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}).then(r =>
					JSON.stringify(r.violations.map(v => v.id + ' at ' + v.nodes.map(n => n.target).join(' and '))))`)
				var violations []string
				if err := json.Unmarshal([]byte(found), &violations); err != nil {
					t.Fatal(err)
				}
				for _, v := range violations {
					t.Errorf("%s: %s", id, v)
				}
			}
		})
	}
}
