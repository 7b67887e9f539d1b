package preview

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"belfry/generator/diag"
)

const testPolicy = `<meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'self' 'sha256-x='; object-src 'none'; base-uri 'none'; form-action 'self'">`

// portalOf serves files given as path and text.
func portalOf(files map[string]string, faults diag.List) Portal {
	return Portal{
		Page: func(p string) ([]byte, bool, error) {
			if p == "broken.html" {
				return nil, false, errors.New("the disk is on fire")
			}
			text, ok := files[p]
			return []byte(text), ok, nil
		},
		About: func(p string) About {
			about := About{Source: "services/dog.md", All: faults}
			for _, d := range faults {
				if p == "bg/dog.html" && d.At.File == "services/dog.md" {
					about.Here = append(about.Here, d)
				}
			}
			return about
		},
	}
}

var testFiles = map[string]string{
	"index.html":     "<!doctype html><html><head>" + testPolicy + "</head><body>front</body></html>",
	"bg/index.html":  "<!doctype html><html><head></head><body>начало</body></html>",
	"bg/dog.html":    "<!doctype html><html><body>куче</body></html>",
	"404.html":       "<!doctype html><html><body>няма</body></html>",
	"assets/a.css":   "a{}",
	"assets/map.svg": "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
	"bg/cal.ics":     "BEGIN:VCALENDAR",
	"bg/файл.pdf":    "%PDF",
}

func testFaults() diag.List {
	return diag.List{
		diag.New("link/fragment", diag.Pos{File: "services/dog.md", Line: 7, Col: 3}, "fragment", "a<b>", "guess", ""),
		diag.New("file/unreadable", diag.Pos{File: "services/cat.md"}, "why", "permission denied"),
	}
}

// serve starts a server that shows the test portal.
func serve(t *testing.T, opt Options) (*Server, *httptest.Server) {
	t.Helper()
	s := New(opt)
	s.Show(portalOf(testFiles, testFaults()))
	web := httptest.NewServer(s.Handler())
	t.Cleanup(func() { s.Close(); web.Close() })
	return s, web
}

// ask sends one request and does not follow where it is led.
func ask(t *testing.T, method, address string, change func(*http.Request)) (*http.Response, string) {
	t.Helper()
	req, err := http.NewRequest(method, address, nil)
	must(t, err)
	if change != nil {
		change(req)
	}
	res, err := http.DefaultTransport.RoundTrip(req)
	must(t, err)
	body, err := io.ReadAll(res.Body)
	must(t, err)
	res.Body.Close()
	return res, string(body)
}

func TestPages(t *testing.T) {
	_, web := serve(t, Options{})
	for _, c := range []struct {
		address  string
		status   int
		kind     string
		contains string // or, with "=", all there is
	}{
		{"/", 200, "text/html; charset=utf-8", "front<script src=\"/.belfry/preview.js\" data-page=\"index.html\" data-version="},
		{"/index.html", 200, "text/html; charset=utf-8", "front"},
		{"/?raw", 200, "text/html; charset=utf-8", "=" + testFiles["index.html"]},
		{"/bg/", 200, "text/html; charset=utf-8", "data-page=\"bg/index.html\""},
		{"/bg", 302, "", ""},
		{"/bg/dog.html?raw&x=1", 200, "text/html; charset=utf-8", "=" + testFiles["bg/dog.html"]},
		{"/missing.html", 404, "text/html; charset=utf-8", "няма<script"},
		{"/missing.html?raw", 404, "text/html; charset=utf-8", "=" + testFiles["404.html"]},
		{"/bg/missing/", 404, "text/html; charset=utf-8", "няма"},
		{"/broken.html", 500, "text/html; charset=utf-8", "the disk is on fire"},
		{"/assets/a.css", 200, "text/css; charset=utf-8", "=a{}"},
		{"/assets/map.svg", 200, "image/svg+xml", "=" + testFiles["assets/map.svg"]},
		{"/bg/cal.ics", 200, "text/calendar; charset=utf-8", "=BEGIN:VCALENDAR"},
		{"/bg/" + url.PathEscape("файл.pdf"), 200, "application/pdf", "=%PDF"},
		{"/bg/../index.html", 404, "text/html; charset=utf-8", "няма"},
		{"/%2e%2e/%2e%2e/etc/passwd", 404, "text/html; charset=utf-8", "няма"},
		{"//example.org", 404, "text/html; charset=utf-8", "няма"},
		{"/.belfry/preview.js", 200, "text/javascript; charset=utf-8", "function listen("},
		{"/.belfry/view.js", 200, "text/javascript; charset=utf-8", "function darken("},
		{"/.belfry/preview.css", 200, "text/css; charset=utf-8", ".panel"},
		{"/.belfry/view?page=/bg/", 200, "text/html; charset=utf-8", "<iframe"},
		{"/.belfry/client/texts.json", 404, "text/plain; charset=utf-8", ""},
		{"/.belfry/open", 405, "text/plain; charset=utf-8", ""},
	} {
		res, body := ask(t, "GET", web.URL+c.address, nil)
		exact, whole := strings.CutPrefix(c.contains, "=")
		if res.StatusCode != c.status || c.kind != "" && res.Header.Get("Content-Type") != c.kind || whole && body != exact || !whole && !strings.Contains(body, c.contains) {
			t.Errorf("%s: %d %s %q", c.address, res.StatusCode, res.Header.Get("Content-Type"), body)
		}
		if res.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be stored", c.address)
		}
		head, nothing := ask(t, "HEAD", web.URL+c.address, nil)
		if head.StatusCode != c.status || nothing != "" {
			t.Errorf("HEAD %s: %d %q", c.address, head.StatusCode, nothing)
		}
	}
	res, _ := ask(t, "GET", web.URL+"/bg?raw=1", nil)
	if to := res.Header.Get("Location"); to != "/bg/?raw=1" {
		t.Errorf("the folder is at %q", to)
	}
	res, part := ask(t, "GET", web.URL+"/bg/cal.ics", func(r *http.Request) { r.Header.Set("Range", "bytes=6-8") })
	if res.StatusCode != 206 || part != "VCA" {
		t.Errorf("a range: %d %q", res.StatusCode, part)
	}
}

// TestWhoMayAsk: only GET and HEAD, only by names that mean this machine.
func TestWhoMayAsk(t *testing.T) {
	for _, c := range []struct {
		opt    Options
		method string
		host   string // blank for the true one
		site   string
		path   string
		want   int
	}{
		{Options{}, "GET", "", "", "/", 200},
		{Options{}, "GET", "localhost", "", "/", 200},
		{Options{}, "GET", "LocalHost.:80", "", "/", 200},
		{Options{}, "GET", "beli-breg.localhost:1313", "", "/", 200},
		{Options{}, "GET", "[::1]:1313", "", "/", 200},
		{Options{}, "GET", "127.0.0.1.example.org", "", "/", 403},
		{Options{}, "GET", "example.org", "", "/", 403},
		{Options{}, "GET", "example.org", "", "/.belfry/faults.json", 403},
		{Options{}, "GET", "notlocalhost", "", "/", 403},
		{Options{}, "GET", "192.168.1.5:1313", "", "/", 403},
		{Options{ReadOnly: true}, "GET", "192.168.1.5:1313", "", "/", 200},
		{Options{ReadOnly: true}, "GET", "8.8.8.8", "", "/", 403},
		{Options{ReadOnly: true}, "GET", "example.org", "", "/", 403},
		{Options{Host: "town-pc"}, "GET", "Town-PC:1313", "", "/", 200},
		{Options{}, "POST", "", "", "/", 405},
		{Options{}, "PUT", "", "", "/index.html", 405},
		{Options{}, "OPTIONS", "", "", "/", 405},
		{Options{}, "POST", "", "", "/.belfry/faults.json", 405},
		{Options{}, "GET", "", "cross-site", "/.belfry/faults.json", 403},
		{Options{}, "GET", "", "same-origin", "/.belfry/faults.json", 200},
		{Options{}, "GET", "", "cross-site", "/", 200}, // a link in a mail
	} {
		_, web := serve(t, c.opt)
		res, _ := ask(t, c.method, web.URL+c.path, func(r *http.Request) {
			if c.host != "" {
				r.Host = c.host
			}
			if c.site != "" {
				r.Header.Set("Sec-Fetch-Site", c.site)
			}
		})
		if res.StatusCode != c.want {
			t.Errorf("%+v: %d", c, res.StatusCode)
		}
	}
	r := httptest.NewRequest("GET", "/", nil) // at an address of the local network, by that address
	r.Host = "192.168.1.5:1313"
	r = r.WithContext(context.WithValue(r.Context(), http.LocalAddrContextKey, net.Addr(&net.TCPAddr{IP: net.ParseIP("192.168.1.5"), Port: 1313})))
	if !New(Options{}).trusted(r) {
		t.Error("the bound address is refused")
	}
}

func TestInject(t *testing.T) {
	tag := `<script src="/.belfry/preview.js" data-page="a&#34;.html" data-version="1-1"></script>`
	for in, want := range map[string]string{
		"<body>a</body>":                         "<body>a" + tag + "</body>",
		"<BODY>a</BODY>":                         "<BODY>a" + tag + "</BODY>",
		"a":                                      "a" + tag,
		"<body><!-- </body> -->a</body >":        "<body><!-- </body> -->a" + tag + "</body >",
		testPolicy + "<body>":                    testPolicy + "<body>" + tag,
		"<script>'<meta http-equiv=x>'</script>": "<script>'<meta http-equiv=x>'</script>" + tag,
		`<head><meta content="default-src 'none'; img-src 'self'" http-equiv=content-security-policy><title>t`: `<head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; img-src &#39;self&#39;; script-src &#39;self&#39;; style-src &#39;self&#39;; connect-src &#39;self&#39;"><title>t` + tag,
	} {
		if got := string(inject([]byte(in), `a".html`, "1-1")); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"default-src 'self'; connect-src https://forms.example":                                 "default-src 'self'; connect-src https://forms.example 'self'",
		"default-src 'self'; script-src 'none'":                                                 "default-src 'self'; script-src 'self'",
		"default-src 'self'; script-src 'self'; script-src-elem https://x.example; style-src *": "default-src 'self'; script-src 'self'; script-src-elem https://x.example 'self'; style-src *",
		"img-src 'self'": "img-src 'self'",
	} {
		if got := allow(in); got != want {
			t.Errorf("%s\n got %s\nwant %s", in, got, want)
		}
	}
}

// faultsOf reads what the panel of a page is told.
func faultsOf(t *testing.T, web *httptest.Server, page string) panel {
	t.Helper()
	_, body := ask(t, "GET", web.URL+"/.belfry/faults.json?page="+page, nil)
	var p panel
	if err := json.Unmarshal([]byte(body), &p); err != nil {
		t.Fatal(err, body)
	}
	return p
}

func TestFaults(t *testing.T) {
	_, web := serve(t, Options{Lang: "bg-BG", Dir: t.TempDir()})
	p := faultsOf(t, web, "bg/dog.html")
	if len(p.Here) != 1 || p.Here[0].File != "services/dog.md" || p.Here[0].Line != 7 || p.Here[0].Column != 3 || p.Here[0].Message == "" {
		t.Errorf("here: %+v", p.Here)
	}
	if len(p.All) != 2 || p.All[0].Severity < p.All[1].Severity && p.All[1].Severity == "error" {
		t.Errorf("all: %+v", p.All)
	}
	if p.Counts.Error+p.Counts.Warning+p.Counts.Note != 2 || p.Source != "services/dog.md" || p.Token == "" || p.Texts["dark"] != "Тъмен цвят" {
		t.Errorf("%+v", p)
	}
	_, web = serve(t, Options{ReadOnly: true, Lang: "sr-Latn-RS", Dir: t.TempDir(), Text: func(d diag.Diagnostic) (string, string) {
		return "poruka\u202e " + d.Code, "savet"
	}})
	p = faultsOf(t, web, "index.html")
	if p.Token != "" || len(p.Here) != 0 || p.Here == nil || !strings.HasPrefix(p.All[0].Message, "poruka· ") || p.Texts["lang"] != "sr-Latn" {
		t.Errorf("read-only: %+v", p)
	}
}

// TestTexts: every language has every text, with the same places to fill.
func TestTexts(t *testing.T) {
	english := texts("en")
	for _, lang := range []string{"bg", "ro", "sr", "sr-Latn", "es"} {
		var all map[string]map[string]string
		must(t, json.Unmarshal(embedded("texts.json"), &all))
		for key, text := range english {
			if key != "lang" && (all[lang][key] == "" || strings.Count(all[lang][key], "{") != strings.Count(text, "{")) {
				t.Errorf("%s: %s is %q", lang, key, all[lang][key])
			}
		}
		if len(all[lang]) != len(english)-1 {
			t.Errorf("%s has %d texts, English %d", lang, len(all[lang]), len(english)-1)
		}
	}
	for tag, want := range map[string]string{"": "en", "de": "en", "bg": "bg", "sr-Latn": "sr-Latn", "sr-Latn-RS": "sr-Latn", "sr-Cyrl": "sr"} {
		if got := texts(tag)["lang"]; got != want {
			t.Errorf("%q: %q, want %q", tag, got, want)
		}
	}
}

func TestOpen(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "services/dog.md", "x")
	put(t, dir, ".git/config", "x")
	put(t, filepath.Dir(dir), "secret.md", "x")
	_ = os.Symlink(filepath.Join(filepath.Dir(dir), "secret.md"), filepath.Join(dir, "link.md"))
	var argv []string
	opt := Options{Dir: dir, Getenv: func(name string) string {
		return map[string]string{"BELFRY_EDITOR": "go open {file} {line}:{column}"}[name]
	},
		Start: func(a []string) error { argv = a; return nil }}
	for _, c := range []struct {
		name   string
		change func(r *http.Request, form url.Values)
		lan    bool
		want   int
	}{
		{"as a page does", nil, false, 204},
		{"no token", func(_ *http.Request, f url.Values) { f.Del("token") }, false, 403},
		{"a wrong token", func(_ *http.Request, f url.Values) { f.Set("token", strings.Repeat("0", 32)) }, false, 403},
		{"no origin", func(r *http.Request, _ url.Values) { r.Header.Del("Origin") }, false, 403},
		{"another origin", func(r *http.Request, _ url.Values) { r.Header.Set("Origin", "https://example.org") }, false, 403},
		{"another port", func(r *http.Request, _ url.Values) { r.Header.Set("Origin", "http://127.0.0.1:1") }, false, 403},
		{"another site", func(r *http.Request, _ url.Values) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, false, 403},
		{"lan", nil, true, 403},
		{"a missing file", func(_ *http.Request, f url.Values) { f.Set("file", "services/cat.md") }, false, 404},
		{"a folder", func(_ *http.Request, f url.Values) { f.Set("file", "services") }, false, 404},
		{"outside", func(_ *http.Request, f url.Values) { f.Set("file", "../secret.md") }, false, 404},
		{"a link", func(_ *http.Request, f url.Values) { f.Set("file", "link.md") }, false, 404},
		{"an absolute path", func(_ *http.Request, f url.Values) { f.Set("file", filepath.Join(dir, "services/dog.md")) }, false, 404},
		{"a hidden file", func(_ *http.Request, f url.Values) { f.Set("file", ".git/config") }, false, 404},
	} {
		opt.ReadOnly = c.lan
		s, web := serve(t, opt)
		argv = nil
		form := url.Values{"token": {s.token}, "file": {"services/dog.md"}, "line": {"7"}, "column": {"3"}}
		res, body := ask(t, "POST", web.URL+"/.belfry/open", func(r *http.Request) {
			r.Header.Set("Origin", web.URL)
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if c.change != nil {
				c.change(r, form)
			}
			r.Body = io.NopCloser(strings.NewReader(form.Encode()))
		})
		if res.StatusCode != c.want || (argv != nil) != (c.want == 204) {
			t.Errorf("%s: %d %s, started %q", c.name, res.StatusCode, body, argv)
		}
		if argv != nil && !slices.Equal(argv[1:], []string{"open", filepath.Join(dir, "services", "dog.md"), "7:3"}) {
			t.Errorf("started %q", argv)
		}
	}
}

func TestCommand(t *testing.T) {
	bin := t.TempDir()
	for _, name := range []string{"code", "kate", "vim", "my editor", "subl"} {
		for _, ext := range []string{"", ".exe"} {
			must(t, os.WriteFile(filepath.Join(bin, name+ext), []byte("x"), 0o755))
		}
	}
	t.Setenv("PATH", bin)
	for _, c := range []struct{ belfry, visual, editor, want string }{
		{"", "", "", "code|-g|/p/a b.md:7:3"},
		{"", "", "vim", "code|-g|/p/a b.md:7:3"},
		{"", "/usr/bin/vim -f", "kate", "kate|--line|7|/p/a b.md"},
		{"", "subl -w", "kate", "subl|-w|/p/a b.md:7:3"},
		{"vim", "", "", "vim|/p/a b.md"},
		{"'my editor' --at={line} '{file}'", "", "", "my editor|--at=7|/p/a b.md"},
		{"missing-editor", "", "", ""},
	} {
		env := map[string]string{"BELFRY_EDITOR": c.belfry, "VISUAL": c.visual, "EDITOR": c.editor}
		argv, err := command(func(name string) string { return env[name] }, "/p/a b.md", 7, 3)
		if len(argv) > 0 {
			argv[0] = strings.TrimSuffix(filepath.Base(argv[0]), ".exe")
		}
		if got := strings.Join(argv, "|"); got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%+v: %q, %v", c, got, err)
		}
	}
}
