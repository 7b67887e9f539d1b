package form

// This file fills forms in Chromium, where it is installed.

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"belfry/e2e"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

func chromium(t *testing.T) context.Context {
	t.Helper()
	ctx, done := context.WithTimeout(e2e.Chromium(t), 90*time.Second)
	t.Cleanup(done)
	return ctx
}

// office is a server with one form page and a receiver that can be switched off.
type office struct {
	*httptest.Server
	mu   sync.Mutex
	down bool
	no   bool // answers with 422
	got  []url.Values
}

func newOffice(t *testing.T, f *Form, jwk []byte) *office {
	o := &office{}
	o.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		o.mu.Lock()
		defer o.mu.Unlock()
		g := *f
		if g.Send.Posts() {
			g.Send.URL = o.URL + "/post"
		}
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; form-action 'self'")
			io.WriteString(w, testPage(&g))
		case "/data.js":
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			w.Write(ClientScript(&g, English, jwk, SchemaName(f)))
		case "/form.js":
			w.Header().Set("Content-Type", "text/javascript")
			io.WriteString(w, Script())
		case "/post":
			if o.down {
				w.WriteHeader(http.StatusServiceUnavailable)
				return
			}
			if err := r.ParseMultipartForm(1 << 20); err != nil && err != http.ErrNotMultipart {
				t.Error(err)
			}
			o.got = append(o.got, r.PostForm)
			if o.no {
				w.WriteHeader(http.StatusUnprocessableEntity)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusCreated)
			io.WriteString(w, `{"ref":"K7M-4PX-2"}`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(o.Close)
	return o
}

func (o *office) set(down bool) { o.mu.Lock(); o.down = down; o.mu.Unlock() }
func (o *office) received() []url.Values {
	o.mu.Lock()
	defer o.mu.Unlock()
	return append([]url.Values(nil), o.got...)
}

// eval runs an expression in the page and returns it as JSON text.
func eval(t *testing.T, ctx context.Context, js string) string {
	t.Helper()
	out, err := chromedp.Run(ctx, chromedp.Evaluate[any](js))
	if err != nil {
		t.Fatalf("%s: %v", js, err)
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(b.String())
}

// is fails when an expression does not become what is wanted within five seconds.
func is(t *testing.T, ctx context.Context, js, want string) {
	t.Helper()
	got := ""
	for range 50 {
		if got = eval(t, ctx, js); got == want {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Errorf("%s is %s, want %s", js, got, want)
}

const helpers = `
window.fill = (o) => { for (const k in o) for (const c of document.querySelectorAll('[name="'+k+'"]')) {
  if (c.type == "radio" || c.type == "checkbox") c.checked = c.value == o[k]; else c.value = o[k];
  c.dispatchEvent(new Event("input", {bubbles: true})); } };
window.press = (d) => document.querySelector("[data-" + d + "]").click();
window.seen = (q) => { const e = document.querySelector('[data-q="' + q + '"]'); return !!e && e.checkVisibility(); };
window.summary = () => [...document.querySelectorAll("[data-summary] li")].map(l => l.textContent);
1`

func open(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	if err := chromedp.Do(ctx, chromedp.Navigate(url)); err != nil {
		t.Fatal(err)
	}
	eval(t, ctx, helpers)
}

var person = `fill({full_name:"Мария <b>Стоянова</b>", egn:"7523169264", "birth_date-day":"16", "birth_date-month":"3", "birth_date-year":"1975", email:"m@example.org", "home-street":"ul. Dunav 1", "home-place":"Lipnik", "home-postcode":"7100"});`

func permit(start string) string {
	d := strings.Split(start, "-")
	return fmt.Sprintf(`fill({zone:"a", "start-day":%q, "start-month":%q, "start-year":%q, delivery:"post", notes:"=cmd"});`, d[2], d[1], d[0])
}

func TestFillInBrowser(t *testing.T) {
	ctx := chromium(t)
	f := vectorForms(t)["parking"]
	o := newOffice(t, f, nil)
	start := DayOf(time.Now()).String()
	open(t, ctx, o.URL)

	is(t, ctx, `document.querySelectorAll("[data-step]:not([hidden])").length`, `1`)
	is(t, ctx, `document.querySelector("[data-step]:not([hidden]) [data-progress]").textContent`, `"Step 1 of 5"`)
	press := func(what string) { t.Helper(); eval(t, ctx, `press("`+what+`");1`) }
	press("next")
	is(t, ctx, `summary()`, `["Your full name: an answer is needed","Personal number (EGN): an answer is needed","Date of birth: an answer is needed","Home address: an answer is needed"]`)
	is(t, ctx, `document.activeElement === document.querySelector("[data-summary]")`, `true`)
	is(t, ctx, `document.title`, `"Error: Resident parking permit"`)
	is(t, ctx, `(()=>{const c=document.getElementById("full_name");return [c.getAttribute("aria-invalid"), document.getElementById(c.getAttribute("aria-describedby")).textContent]})()`, `["true","Your full name: an answer is needed"]`)
	eval(t, ctx, `document.querySelector("[data-summary] a").click();1`)
	is(t, ctx, `document.activeElement.id`, `"full_name"`)

	// 31 February, then a wrong check digit that warns once
	eval(t, ctx, person+`;fill({"birth_date-day":"31","birth_date-month":"2"});1`)
	press("next")
	is(t, ctx, `summary()`, `["Personal number (EGN): check the number, one digit is probably wrong","Date of birth: a date of the calendar is needed"]`)
	eval(t, ctx, `fill({"birth_date-day":"16"});1`)
	press("next")
	is(t, ctx, `document.querySelector("[data-step]:not([hidden]) h2").textContent`, `"Your vehicles"`)
	is(t, ctx, `document.activeElement.textContent`, `"Your vehicles"`)

	// a reload brings the answers back
	open(t, ctx, o.URL)
	is(t, ctx, `document.getElementById("full_name").value`, `"Мария <b>Стоянова</b>"`)
	is(t, ctx, `document.querySelector("[data-note]").textContent`, `"Your answers from before are back."`)
	press("next")
	is(t, ctx, `summary()`, `["Personal number (EGN): check the number, one digit is probably wrong"]`)
	press("next")

	// conditions and rows
	is(t, ctx, `[seen("vehicles-1-plate"), seen("vehicles-1-letter"), seen("vehicles-2-plate")]`, `[true,false,false]`)
	eval(t, ctx, `fill({"vehicles-1-plate":"CB1234","vehicles-1-owner":"company"});1`)
	is(t, ctx, `seen("vehicles-1-letter")`, `true`)
	press("next")
	is(t, ctx, `summary()`, `["Enter the plate as it is on the car, for example CB 1234 AB.","Letter from the owner: an answer is needed"]`)
	eval(t, ctx, `fill({"vehicles-1-plate":"CB 1234 AB","vehicles-1-owner":"me"});press("add");1`)
	is(t, ctx, `[seen("vehicles-1-letter"), seen("vehicles-2-plate"), document.activeElement.id]`, `[false,true,"vehicles-2-plate"]`)
	eval(t, ctx, `document.querySelector('[data-row="vehicles-2"] [data-remove]').click();1`)
	is(t, ctx, `seen("vehicles-2-plate")`, `false`)
	press("next")
	is(t, ctx, `document.querySelector("[data-total] output").textContent`, `"€12.00"`)
	eval(t, ctx, permit(start))
	is(t, ctx, `[seen("post_to"), document.querySelector("[data-total] output").textContent]`, `[true,"€14.50"]`)
	eval(t, ctx, `fill({"post_to-street":"x","post_to-place":"y","post_to-postcode":"z"});press("next");1`)
	is(t, ctx, `[seen("truth"), seen("remind")]`, `[true,true]`)
	press("back")
	is(t, ctx, `document.querySelector("[data-step]:not([hidden]) h2").textContent`, `"The permit"`)
	press("next")
	press("next")
	is(t, ctx, `summary()`, `["What I wrote is true. I know a false statement is punishable.: this must be confirmed"]`)
	eval(t, ctx, `fill({truth:"yes"});press("next");1`)

	// check your answers
	is(t, ctx, `document.querySelector("[data-check]").hidden`, `false`)
	is(t, ctx, `[...document.querySelectorAll("[data-rows] > div")].slice(0,8).map(d => d.querySelector("dt").textContent + " = " + d.querySelector("dd").textContent)`,
		`["Your full name = Мария <b>Стоянова</b>","Personal number (EGN) = 7523169264","Date of birth = February 16, 1975","E-mail address = m@example.org","Home address = ul. Dunav 1\n7100 Lipnik","Vehicle 1 – Registration plate = CB 1234 AB","Vehicle 1 – Whose car is it? = Mine","Which zone do you live in? = Zone A, centre"]`)
	is(t, ctx, `document.querySelectorAll("[data-rows] b").length`, `0`)
	eval(t, ctx, `document.querySelectorAll("[data-change]")[3].click();1`)
	is(t, ctx, `document.activeElement.id`, `"email"`)
	for range 4 {
		press("next")
	}
	is(t, ctx, `document.querySelector("[data-check]").hidden`, `false`)

	// offline: nothing is lost; then online: sent once
	o.set(true)
	press("send")
	is(t, ctx, `document.querySelector("[data-note]").textContent.slice(0, 36)`, `"Saved on this device, not sent yet. "`)
	if len(o.received()) != 0 {
		t.Error("something arrived while the office was closed")
	}
	o.set(false)
	open(t, ctx, o.URL)
	is(t, ctx, `document.querySelector("[data-done] [data-text]").textContent`, `"Your answers have been sent. Number: K7M-4PX-2"`)
	open(t, ctx, o.URL)
	eval(t, ctx, `window.dispatchEvent(new Event("online"));1`)
	time.Sleep(300 * time.Millisecond)
	got := o.received()
	if len(got) != 1 {
		t.Fatalf("sent %d times", len(got))
	}
	if got[0].Get("_key") == "" || got[0].Get("_form") != "parking-permit" || got[0].Has("vehicles-1-letter") || got[0].Get("notes") != "=cmd" {
		t.Errorf("%v", got[0])
	}
	a, err := Fields(f, got[0])
	if err != nil {
		t.Fatal(err)
	}
	if kept, problems := Check(f, a, DayOf(time.Now())); !Right(problems) || Total(f, kept) != "14.50" {
		t.Errorf("%v", problems)
	}
	is(t, ctx, `document.getElementById("full_name").value`, `""`)
	is(t, ctx, `sessionStorage.length + localStorage.length`, `0`)
}

func TestDraftInBrowser(t *testing.T) {
	ctx := chromium(t)
	f, _ := Parse(Source{File: "f.md", Language: "en", Head: Head{ID: "d", Title: Value{Text: "D"}},
		Body: "- A [a]\n- Secret [b: text, sensitive]\n- Group [g: group, sensitive]\n  - Inner [c]\n- Rows [r: repeat 1 to 2]\n  - Deep [d: text, sensitive]\n  - Open [e]\n"})
	o := newOffice(t, f, nil)
	open(t, ctx, o.URL)
	eval(t, ctx, `fill({a:"one",b:"two","g-c":"three","r-1-d":"four","r-1-e":"five"});1`)
	is(t, ctx, `[localStorage.length, Object.values(sessionStorage).join().includes("two")]`, `[0,false]`)
	eval(t, ctx, `press("save");1`)
	is(t, ctx, `JSON.parse(Object.values(localStorage)[0]).f.map(x => x.join("=")).join()`, `"a=one,r-1-e=five"`)
	eval(t, ctx, `sessionStorage.clear();1`)
	open(t, ctx, o.URL)
	is(t, ctx, `[document.getElementById("a").value, document.getElementById("b").value]`, `["one",""]`)
	eval(t, ctx, `(()=>{sessionStorage.clear();const k=Object.keys(localStorage)[0],v=JSON.parse(localStorage[k]);v.at-=8*864e5;localStorage[k]=JSON.stringify(v)})();1`)
	open(t, ctx, o.URL)
	is(t, ctx, `[document.getElementById("a").value, localStorage.length]`, `["",0]`)
	eval(t, ctx, `fill({a:"one"});press("save");press("clear");1`)
	is(t, ctx, `[document.getElementById("a").value, localStorage.length, sessionStorage.length]`, `["",0,0]`)
}

// TestNamesInBrowser: no name of a question takes the page apart; what is refused
// is said and not sent again; pressing twice sends once.
func TestNamesInBrowser(t *testing.T) {
	ctx := chromium(t)
	var body strings.Builder
	for _, n := range []string{"hidden", "reset", "submit", "elements", "length", "action", "constructor", "dataset", "form", "title"} {
		fmt.Fprintf(&body, "- About %[1]s [%[1]s: text]\n", n)
	}
	f, said := Parse(Source{File: "f.md", Language: "en", Head: Head{ID: "names", Title: Value{Text: "N"}, Send: []Value{{Text: "https://a.example/x"}}}, Body: body.String()})
	if said.Count(2) > 0 {
		t.Fatal(said)
	}
	o := newOffice(t, f, nil)
	open(t, ctx, o.URL)
	eval(t, ctx, `press("next");1`)
	is(t, ctx, `summary().length`, `10`)
	eval(t, ctx, `document.querySelectorAll("[data-q] input").forEach(c => fill({[c.name]: "x"}));press("next");1`)
	is(t, ctx, `[document.querySelector("[data-check]").hidden, document.querySelectorAll("[data-rows] dt").length]`, `[false,10]`)
	o.no = true
	eval(t, ctx, `press("send");press("send");1`)
	is(t, ctx, `document.querySelector("[data-note]").textContent.slice(0, 32)`, `"The answers were not taken (422)"`)
	open(t, ctx, o.URL)
	is(t, ctx, `document.getElementById("reset").value`, `"x"`)
	time.Sleep(200 * time.Millisecond)
	if n := len(o.received()); n != 1 {
		t.Errorf("sent %d times", n)
	}
	o.no = false
	eval(t, ctx, `press("next");press("send");press("send");1`)
	is(t, ctx, `document.querySelector("[data-done]").hidden`, `false`)
	is(t, ctx, `document.querySelector("[data-form]").checkVisibility()`, `false`)
	if n := len(o.received()); n != 2 {
		t.Errorf("sent %d times", n)
	}
	open(t, ctx, o.URL)
	eval(t, ctx, `fill({hidden:"y"});press("clear");1`)
	is(t, ctx, `document.getElementById("hidden").value`, `""`)
}

func TestSealInBrowser(t *testing.T) {
	ctx := chromium(t)
	s, key := readSealed(t)
	f, said := Parse(Source{File: "f.md", Language: "bg", Head: Head{ID: "sealed", Title: Value{Text: "S"}, Seal: Value{Text: "key.pem"}, Send: []Value{{Text: "https://a.example/x"}}},
		Body: "- Name [name]\n- How? [how: choose one]\n  - Free [free]\n  - Post [post, + 2]\n- Paper [paper: file, pdf, optional]\n- True [truth: declaration]\n"})
	if said.Count(2) > 0 {
		t.Fatal(said)
	}
	o := newOffice(t, f, PublicJWK(&key.PublicKey))
	dir := t.TempDir()
	paper := filepath.Join(dir, "paper.PDF")
	if err := os.WriteFile(paper, []byte("%PDF-1.7 …"), 0o600); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, o.URL)
	if err := chromedp.Do(ctx, chromedp.SetUploadFiles(chromedp.CSS("#paper"), []string{paper})); err != nil {
		t.Fatal(err)
	}
	eval(t, ctx, `fill({name:"Мария 🐕",how:"post",truth:"yes"});press("next");1`)
	o.set(true)
	eval(t, ctx, `press("send");1`)
	is(t, ctx, `document.querySelector("[data-note]").textContent.slice(0, 20)`, `"Saved on this device"`)
	// what waits is ciphertext
	is(t, ctx, `new Promise(d => { const r = indexedDB.open("belfry-forms"); r.onsuccess = () => { const g = r.result.transaction("queue").objectStore("queue").getAll(); g.onsuccess = () => { r.result.close(); window.q = g.result } } ; setTimeout(d, 100) }).then ? 1 : 0`, `1`)
	is(t, ctx, `window.q && [q.length, JSON.stringify(q).includes("Мария"), q[0].fields.map(f => f[0]).join()]`, `[1,false,"_sealed,_form,_version,_language,_gotcha,_key"]`)
	o.set(false)
	eval(t, ctx, `window.dispatchEvent(new Event("online"));1`)
	is(t, ctx, `document.querySelector("[data-done]").hidden`, `false`)
	got := o.received()
	if len(got) != 1 || got[0].Has("name") {
		t.Fatalf("%v", got)
	}
	letter, err := Open(got[0].Get("_sealed"), key)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ParseEnvelope(letter, MaxSealed)
	if err != nil {
		t.Fatal(err)
	}
	kept, problems := Check(f, e.Answers, DayOf(time.Now()))
	want := NewEnvelope(f, kept)
	if !Right(problems) || e.Answers["name"] != "Мария 🐕" || e.Total != "2.00" || e.Total != want.Total || e.Statements["truth"] != want.Statements["truth"] || len(e.Files) != 1 || string(e.Files[0].Data) != "%PDF-1.7 …" {
		t.Errorf("%v: %+v", problems, e)
	}
	if fmt.Sprint(e.Labels) != fmt.Sprint(want.Labels) {
		t.Errorf("labels %v, want %v", e.Labels, want.Labels)
	}
	_ = s
}

func TestDownloadInBrowser(t *testing.T) {
	ctx := chromium(t)
	f, _ := Parse(Source{File: "f.md", Language: "en", Head: Head{ID: "down", Title: Value{Text: "D"}, Send: []Value{{Text: "download"}}}, Body: "- Name [name]\n- Note [note: long text, optional]\n"})
	o := newOffice(t, f, nil)
	dir := t.TempDir()
	open(t, ctx, o.URL)
	if _, err := chromedp.CallBrowser(ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{Behavior: "allow", DownloadPath: dir}); err != nil {
		t.Fatal(err)
	}
	eval(t, ctx, `fill({name:"<script>alert(1)</script>"});press("next");1`)
	is(t, ctx, `document.querySelector("[data-send]").hidden`, `true`)
	read := func(ending string) string {
		eval(t, ctx, `document.querySelector('[data-download=`+ending+`]').click();1`)
		for range 50 {
			if raw, err := os.ReadFile(filepath.Join(dir, "down."+ending)); err == nil && len(raw) > 0 {
				return string(raw)
			}
			time.Sleep(100 * time.Millisecond)
		}
		t.Fatal("no file " + ending)
		return ""
	}
	e, err := ParseEnvelope([]byte(read("json")), MaxBytes)
	if err != nil || e.Answers["name"] != "<script>alert(1)</script>" || e.Form != "down" || e.Key == "" {
		t.Errorf("%v %+v", err, e)
	}
	if sheet := read("html"); strings.Contains(sheet, "<script") || !strings.Contains(sheet, "&lt;script&gt;") || !strings.Contains(sheet, "not answered") {
		t.Error(sheet)
	}
}

// TestWithoutScript: conditions open and close by style alone, and the fields
// that arrive are the same.
func TestWithoutScript(t *testing.T) {
	ctx := chromium(t)
	f := vectorForms(t)["parking"]
	o := newOffice(t, f, nil)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	open(t, ctx, o.URL)
	is(t, ctx, `["post_to","vehicles-1-letter","vehicles-2-letter","remind"].map(seen)`, `[false,false,false,false]`)
	eval(t, ctx, `document.getElementById("delivery-post").checked=true;document.getElementById("vehicles-2-owner-other").checked=true;document.getElementById("email").value="a@b.bg";1`)
	is(t, ctx, `["post_to","vehicles-1-letter","vehicles-2-letter","remind"].map(seen)`, `[true,false,true,true]`)
	is(t, ctx, `document.querySelectorAll("[data-step]").length`, `4`)
	eval(t, ctx, person+permit("2026-07-01")+`;fill({"vehicles-1-plate":"CB 1234 AB","vehicles-1-owner":"me","vehicles-2-owner":"","post_to-street":"x","post_to-place":"y","post_to-postcode":"z",truth:"yes"});document.querySelector("[data-send]").click();1`)
	for range 50 {
		if len(o.received()) > 0 {
			break
		}
		time.Sleep(100 * time.Millisecond)
	}
	got := o.received()
	if len(got) != 1 {
		t.Fatal("nothing arrived")
	}
	a, err := Fields(f, got[0])
	if err != nil {
		t.Fatal(err)
	}
	today, _ := parseDay("2026-06-15")
	if _, problems := Check(f, a, today); !Right(problems) {
		t.Errorf("%v", problems)
	}
}

// TestBrowserJudgesAlike gives the whole corpus to the script.
func TestBrowserJudgesAlike(t *testing.T) {
	ctx := chromium(t)
	all, forms, _ := readCorpus(t)
	specs := map[string]json.RawMessage{}
	for name, f := range forms {
		specs[name] = Client(f, English, nil, "")
	}
	job, err := json.Marshal(map[string]any{"specs": specs, "cases": all.Cases, "today": all.Today})
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/":
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, `<!doctype html><script src="form.js"></script>`)
		case "/form.js":
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			io.WriteString(w, Script())
		case "/job.json":
			w.Write(job)
		}
	}))
	defer srv.Close()
	open(t, ctx, srv.URL)
	eval(t, ctx, `fetch("job.json").then(r => r.json()).then(j => { window.result = j.cases.filter(c => {
 const a = c.fields ? belfryForm.read(j.specs[c.form], n => c.fields[n] || []) : c.answers, r = belfryForm.check(j.specs[c.form], a, j.today);
 const ok = !r.problems.some(p => p.level > 1), cents = ok ? belfryForm.total(j.specs[c.form], r.answers) : 0;
 return ok !== c.valid || JSON.stringify(r.problems.map(p => p.field + " " + p.code)) !== JSON.stringify(c.problems || []) || ok && c.total && (cents / 100).toFixed(2) !== c.total;
 }).map(c => c.form + ": " + c.name) });1`)
	is(t, ctx, `window.result`, `[]`)
}
