package main

import (
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/chromedp"

	"belfry/e2e"
	"belfry/generator/form"
	"belfry/generator/portal"
)

// The tests of forms in a browser. The portal is the example as it is built for
// citizens; the hosts its forms send to are answered by an office of the tests,
// which the browser is told to find under their names.

// office is what answers under the names of the hosts that forms send to.
type office struct {
	*httptest.Server
	mu     sync.Mutex
	status int // what it answers
	got    []parcel
}

// parcel is one request that reached the office.
type parcel struct {
	host, path string
	fields     url.Values
	files      map[string][]string // names by field
	raw        string
}

func newOffice(t *testing.T) *office {
	o := &office{status: http.StatusCreated}
	o.Server = httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost { // the browser asks for an icon after a form was sent without script
			return
		}
		raw, err := io.ReadAll(io.LimitReader(r.Body, 32<<20))
		if err != nil {
			t.Error(err)
		}
		r.Body = io.NopCloser(strings.NewReader(string(raw)))
		if err := r.ParseMultipartForm(32 << 20); err != nil && err != http.ErrNotMultipart {
			t.Error(err)
		}
		p := parcel{host: r.Host, path: r.URL.Path, fields: r.PostForm, files: map[string][]string{}, raw: string(raw)}
		if r.MultipartForm != nil {
			for name, list := range r.MultipartForm.File {
				for _, f := range list {
					if f.Filename != "" {
						p.files[name] = append(p.files[name], f.Filename)
					}
				}
			}
		}
		o.mu.Lock()
		defer o.mu.Unlock()
		o.got = append(o.got, p)
		w.Header().Set("Access-Control-Allow-Origin", "*")
		if strings.Contains(r.Header.Get("Accept"), "text/html") {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			io.WriteString(w, "<!doctype html><html lang=en><title>Received</title><h1>Received</h1>")
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(o.status)
		io.WriteString(w, `{"ref":"K7M-4PX-2"}`)
	}))
	o.StartTLS()
	t.Cleanup(o.Close)
	return o
}

// take waits for something that has not been taken yet.
func (o *office) take(b *tab) parcel {
	b.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if o.waiting() > 0 {
			o.mu.Lock()
			defer o.mu.Unlock()
			p := o.got[0]
			o.got = o.got[1:]
			return p
		}
	}
	b.Fatalf("nothing arrived; the page says %q", eval[string](b, `[...document.querySelectorAll('[data-note],[data-summary]')].map(e => e.textContent).join(' / ')`))
	return parcel{}
}

// sent takes what arrived, and waits until the page knows that it did: a page
// that is left before sends it again.
func (o *office) sent(b *tab) parcel {
	b.Helper()
	p := o.take(b)
	b.until(`[...document.querySelectorAll('[data-done]')].some(e => !e.hidden && e.textContent.includes('K7M-4PX-2'))`)
	return p
}

func (o *office) waiting() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return len(o.got)
}

func (o *office) answer(status int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.status = status
}

// hosts are those the forms of the example and of these tests send to.
var hosts = []string{"forms.beli-breg.example", "formspree.io", "forms.lipnik.example"}

// formBrowser starts a browser that finds the office under the names of its hosts.
func formBrowser(t *testing.T, o *office) context.Context {
	t.Helper()
	var rules []string
	for _, h := range hosts {
		rules = append(rules, "MAP "+h+" "+strings.TrimPrefix(o.URL, "https://"))
	}
	return e2e.Chromium(t, chromedp.Flag("ignore-certificate-errors", true), chromedp.Flag("host-resolver-rules", strings.Join(rules, ", ")), chromedp.Flag("lang", "en-US"))
}

// formTab is a tab in which sending to one host is no fault.
func formTab(t *testing.T, browser context.Context, s site, f *form.Form) *tab {
	b := newTab(t, browser, s)
	allowed := f.Send.Origin()
	t.Cleanup(func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.wrong = slices.DeleteFunc(b.wrong, func(w string) bool {
			return allowed != "" && (strings.HasPrefix(w, "asked for "+allowed+"/") || strings.HasPrefix(w, "logged Failed to load resource") && strings.Contains(w, allowed+"/"))
		})
	})
	b.size(1000, 900)
	return b
}

// conditions are the parameters of Network.emulateNetworkConditions, which the
// bindings leave out: what came after it does not tell the page.
type conditions struct {
	Offline            bool    `json:"offline"`
	Latency            float64 `json:"latency"`
	DownloadThroughput float64 `json:"downloadThroughput"`
	UploadThroughput   float64 `json:"uploadThroughput"`
}

// offline takes the connection away, or gives it back.
func (b *tab) offline(off bool) {
	b.Helper()
	call(b, cdp.Command[conditions, cdp.Empty]{Method: "Network.emulateNetworkConditions"}, conditions{off, 0, -1, -1})
	b.until("navigator.onLine === " + strconv.FormatBool(!off))
}

// town is everything the tests of forms share.
type formTown struct {
	site
	*office
	browser context.Context
	forms   map[string]*portal.Asking
	ids     []string
	papers  string // folder with files to attach
	key     string // the office's private key, a file
}

func newFormTown(t *testing.T) *formTown {
	o := newOffice(t)
	town := &formTown{office: o, browser: formBrowser(t, o), site: buildSite(t, example), forms: map[string]*portal.Asking{}, key: filepath.Join("testdata", "keys", "beli-breg-test-only.pem")}
	flags := formFlags{portal: example}
	p, err := flags.openForms(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range p.plan.Portal.Of("form") {
		if e.Form == nil {
			t.Fatalf("the form %s cannot be used", e.ID)
		}
		town.forms[e.ID] = e.Form
	}
	town.ids = slices.Sorted(maps.Keys(town.forms))
	town.papers = t.TempDir()
	for _, name := range []string{"paper.pdf", "photo.jpg"} {
		if err := os.WriteFile(filepath.Join(town.papers, name), []byte("%PDF-1.7 not really"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return town
}

// TestForms fills the forms of the example town as its people do.
func TestForms(t *testing.T) {
	t.Parallel()
	town := newFormTown(t)
	if len(town.ids) != 8 {
		t.Errorf("the example has %d forms; 8 were promised", len(town.ids))
	}
	for _, id := range town.ids {
		t.Run("keyboard/"+id, func(t *testing.T) { town.byKeyboard(t, id, "bg") })
		t.Run("no script/"+id, func(t *testing.T) { town.withoutScript(t, id) })
		town.forget()
	}
	t.Run("keyboard/ro", func(t *testing.T) { town.byKeyboard(t, "report-a-problem", "ro") })
	t.Run("keyboard/en", func(t *testing.T) { town.byKeyboard(t, "freedom-of-information", "en") })
	t.Run("conditions by style", town.alone(town.conditions))
	t.Run("narrow", town.alone(town.narrow))
	t.Run("errors", town.alone(town.errors))
	t.Run("changes", town.alone(town.changes))
	t.Run("offline", town.alone(town.offlineThenOnline))
	t.Run("drafts", town.alone(town.drafts))
	t.Run("sealed", town.alone(town.sealed))
	t.Run("design", town.alone(town.design))
	t.Run("native", town.alone(town.native))
	t.Run("axe", town.axe)
}

// alone keeps what one test leaves behind from the next.
func (town *formTown) alone(test func(*testing.T)) func(*testing.T) {
	return func(t *testing.T) {
		t.Cleanup(town.forget)
		test(t)
	}
}

// forget takes what has arrived and was not asked for out of the office.
func (town *formTown) forget() {
	town.office.mu.Lock()
	defer town.office.mu.Unlock()
	town.office.got, town.office.status = nil, http.StatusCreated
}

// page is the address of a form.
func (town *formTown) page(id, lang string) string {
	return town.http + lang + "/forms/" + id + ".html"
}

// right fails unless what arrived is what was typed, by the rules of the form.
func (town *formTown) right(t *testing.T, f *form.Form, answers url.Values, p parcel) form.Answers {
	t.Helper()
	if want := strings.TrimPrefix(f.Send.URL, "https://"); want != p.host+p.path {
		t.Errorf("sent to %s%s, want %s", p.host, p.path, want)
	}
	for name, values := range answers {
		switch {
		case len(p.files[name]) > 0:
			if !slices.Equal(p.files[name], values) {
				t.Errorf("%s came with the files %q, want %q", name, p.files[name], values)
			}
		case !slices.Equal(slices.Sorted(slices.Values(p.fields[name])), slices.Sorted(slices.Values(values))):
			t.Errorf("%s arrived as %q, want %q", name, p.fields[name], values)
		}
	}
	for name, want := range map[string]string{form.FieldForm: f.ID, form.FieldVersion: strconv.Itoa(f.Version), form.FieldLanguage: f.Language, f.Send.Trap(): ""} {
		if got := p.fields.Get(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	a, err := form.Fields(f, p.fields)
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range p.files {
		attach(f, a, name, files)
	}
	kept, problems := form.Check(f, a, form.DayOf(time.Now()))
	for _, p := range problems {
		if p.Code != "dropped" {
			t.Errorf("%s: %s", p.Field, problemText(p))
		}
	}
	return kept
}

// attach puts the files of a field into answers, as a receiver does.
func attach(f *form.Form, a form.Answers, name string, files []string) {
	var list []any
	for _, n := range files {
		list = append(list, map[string]any{"name": n, "type": map[string]string{".pdf": "application/pdf", ".jpg": "image/jpeg"}[filepath.Ext(n)], "size": 19.0, "sha256": strings.Repeat("a", 64)})
	}
	path := strings.Split(name, "-")
	at := map[string]any(a)
	for i, step := range path {
		switch v := at[step].(type) {
		case map[string]any:
			at = v
		case []any:
			at = v[path[i+1][0]-'1'].(map[string]any)
		default:
			if step == path[len(path)-1] {
				at[step] = list
			}
		}
	}
}
