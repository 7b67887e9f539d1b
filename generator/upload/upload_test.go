package upload

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"belfry/generator/publish"
	"github.com/google/go-cmp/cmp"
)

// publishTo brings a portal to a host; nil for a wire or a watcher that does nothing.
func publishTo(t *testing.T, h *host, dir string, line *wire, w *watched, opt Options) (*Plan, error) {
	t.Helper()
	var dial func(net.Conn) net.Conn
	if line != nil {
		dial = line.through
	}
	target, err := Open(t.Context(), h.address, h.options(dial))
	if err != nil {
		return nil, err
	}
	defer target.Close()
	if w != nil {
		w.Target = target
		target = w
	}
	p, err := Compare(t.Context(), dir, target)
	if err != nil {
		return nil, err
	}
	return p, p.Run(t.Context(), dir, target, opt)
}

// holds fails unless a host holds exactly a portal and its manifest.
func holds(t *testing.T, h *host, files map[string]string) {
	t.Helper()
	got := h.files()
	if _, has := got[publish.ManifestName]; !has {
		t.Errorf("there is no %s", publish.ManifestName)
	}
	delete(got, publish.ManifestName)
	if d := cmp.Diff(files, got); d != "" {
		t.Fatalf("the host does not hold the portal (-want +got):\n%s", d)
	}
}

// TestTargets holds every kind of host to the same.
func TestTargets(t *testing.T) {
	for name, open := range hosts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			one := someTown(1)
			dir := built(t, one)
			line := &wire{left: -1}
			p, err := publishTo(t, h, dir, line, nil, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if name != "ftp" && len(line.conns) > 8 { // FTP needs one for each file
				t.Errorf("%d connections", len(line.conns))
			}
			if len(p.Send) != len(one) || len(p.Remove) != 0 {
				t.Errorf("first run: sent %d, removed %d, of %d files", len(p.Send), len(p.Remove), len(one))
			}
			holds(t, h, one)

			line, w := &wire{left: -1}, &watched{left: -1}
			p, err = publishTo(t, h, dir, line, w, Options{})
			if err != nil || !p.None() || p.Same != len(one) || w.calls != 1 || w.gets != 1 {
				t.Errorf("unchanged run: %v; %d to send, %d calls", err, len(p.Send), w.calls)
			}
			if line.sent > 8000 {
				t.Errorf("unchanged run: %d bytes went out", line.sent)
			}

			two := maps.Clone(one)
			two["bg/list.html"] += "<p>new"
			delete(two, "sw.js")
			two["new/deep/er/x.html"], two["empty.txt"], two["new/Бряг & «x» 100%.pdf"] = "new", "", "pdf"
			if name == "s3" {
				two["empty.txt"] = "this stand-in takes no empty file, real hosts do"
			}
			dir = built(t, two)
			w = &watched{left: -1}
			p, err = publishTo(t, h, dir, nil, w, Options{})
			if err != nil || len(p.Send) != 4 || len(p.Remove) != 1 || w.puts != 6 || w.rm != 1 {
				t.Errorf("changed run: %v; sent %d, removed %d, %d puts, %d removals", err, len(p.Send), len(p.Remove), w.puts, w.rm)
			}
			holds(t, h, two)

			dir = built(t, one)
			if err := os.WriteFile(filepath.Join(dir, "bg", "list.html"), []byte("by hand"), 0o644); err != nil {
				t.Fatal(err)
			}
			var source *SourceError
			if _, err = publishTo(t, h, dir, nil, nil, Options{}); !errors.As(err, &source) || source.Path != "bg/list.html" {
				t.Errorf("changed since the build: %v", err)
			}
			holds(t, h, two)

			few := built(t, map[string]string{"index.html": "home"})
			var many *TooManyError
			if _, err = publishTo(t, h, few, nil, nil, Options{MayRemove: 20}); !errors.As(err, &many) || many.May != 20 {
				t.Errorf("too many removals: %v", err)
			}
			holds(t, h, two)

			for _, bad := range []string{`{"version":1,"files":[`, `{"version":1,"files":[{"path":"../x","sha256":"` + strings.Repeat("0", 64) + `","size":0}]}`,
				`{"version":1,"files":[{"path":"a\r\nDELE b","sha256":"` + strings.Repeat("1", 64) + `","size":0}]}`} {
				h.spoil(publish.ManifestName, bad)
				if _, err = publishTo(t, h, few, nil, nil, Options{MayRemove: -1}); err == nil || !strings.Contains(err.Error(), "damaged") {
					t.Errorf("damaged manifest: %v", err)
				}
			}
			if _, err := publishTo(t, h, t.TempDir(), nil, nil, Options{}); !errors.Is(err, fs.ErrNotExist) || !errors.As(err, &source) {
				t.Errorf("nothing built: %v", err)
			}
		})
	}
}

// TestCuts cuts the line at seeded random points, half of them between two requests,
// half after some bytes. After each cut nothing that can be reached asks for a file
// that is not there, the error says so, and the next run completes.
func TestCuts(t *testing.T) {
	for name, open := range hosts {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := open(t)
			rng := rand.New(rand.NewPCG(50, 50))
			calls, bytes := 60, int64(80_000)
			nth, files := 0, map[string]string(nil)
			for cuts := 0; cuts < 50; nth++ {
				files = someTown(nth)
				line, w := &wire{left: -1}, &watched{left: -1}
				if name == "folder" || nth%2 == 0 {
					w.left = rng.IntN(calls)
				} else {
					line.left = rng.Int64N(bytes)
				}
				what := fmt.Sprintf("portal %d, cut after %d calls or %d bytes", nth, w.left, line.left)
				dir := built(t, files)
				_, err := publishTo(t, h, dir, line, w, Options{MayRemove: -1})
				if line.cut || w.left >= 0 && w.calls > w.left {
					cuts++
					if err == nil {
						t.Fatalf("%s: no error", what)
					}
				} else if err != nil {
					t.Fatalf("%s: not cut, and %v", what, err)
				}
				if lost := broken(h.files()); lost != nil {
					t.Fatalf("%s: broken references\n%s", what, strings.Join(lost, "\n"))
				}
				if nth%3 != 0 {
					continue // the next portal takes up where this one was cut
				}
				line, w = &wire{left: -1}, &watched{left: -1}
				if _, err := publishTo(t, h, dir, line, w, Options{MayRemove: -1}); err != nil {
					t.Fatalf("%s: the next run: %v", what, err)
				}
				got := h.files()
				for part := range got {
					if strings.HasSuffix(part, ".belfry-part") {
						delete(got, part)
					}
				}
				delete(got, publish.ManifestName)
				if d := cmp.Diff(files, got); d != "" {
					t.Fatalf("%s: the next run left (-want +got):\n%s", what, d)
				}
				calls, bytes = max(30, w.calls), max(20_000, line.sent)
			}
		})
	}
}

// TestEveryMoment looks at the portal after every single change of many runs.
func TestEveryMoment(t *testing.T) {
	h := folderHost(t)
	for nth := range 9 {
		w := &watched{left: -1}
		w.after = func() {
			if lost := broken(h.files()); lost != nil {
				t.Fatalf("portal %d, after %d changes: broken references\n%s", nth, w.puts+w.rm, strings.Join(lost, "\n"))
			}
		}
		if nth%3 == 1 {
			w.left = 12 + 2*nth
		}
		_, err := publishTo(t, h, built(t, someTown(nth)), nil, w, Options{MayRemove: -1})
		if (err == nil) != (w.left < 0) {
			t.Fatalf("portal %d: %v", nth, err)
		}
		if nth == 7 { // a portal whose list was lost
			if err := os.Remove(filepath.Join(h.address, publish.ManifestName)); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestPending holds a file that a cut run may have replaced not to be taken for what
// it was before.
func TestPending(t *testing.T) {
	h := folderHost(t)
	one, two := someTown(1), someTown(2)
	if _, err := publishTo(t, h, built(t, one), nil, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	before := len(h.files())
	for _, left := range []int{15, 30, 45} {
		if _, err := publishTo(t, h, built(t, two), nil, &watched{left: left}, Options{MayRemove: -1}); err == nil {
			t.Fatal("it was not cut")
		}
		if _, err := publishTo(t, h, built(t, one), nil, nil, Options{MayRemove: -1}); err != nil {
			t.Fatal(err)
		}
		holds(t, h, one)
		if len(h.files()) != before {
			t.Errorf("%d files, before it were %d", len(h.files()), before)
		}
	}
}

// TestInTheWay sends a file where a folder was, and a folder where a file was.
func TestInTheWay(t *testing.T) {
	for _, name := range []string{"folder", "sftp", "ftp", "webdav"} {
		h := hosts[name](t)
		for _, files := range []map[string]string{{"index.html": "1", "a": "file", "b/c/d.txt": "deep"}, {"index.html": "2", "a/x.txt": "deep", "b": "file"}} {
			if _, err := publishTo(t, h, built(t, files), nil, nil, Options{}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			holds(t, h, files)
		}
	}
}

// lost is a target on which files do not arrive whole.
type lost struct{ Target }

func (l lost) Put(ctx context.Context, name string, data []byte, forever bool) error {
	if strings.HasSuffix(name, ".css") {
		data = data[:len(data)/2]
	}
	return l.Target.Put(ctx, name, data, forever)
}

// TestNotWhole holds what did not arrive whole to stop a run before pages need it.
func TestNotWhole(t *testing.T) {
	h := folderHost(t)
	files := someTown(3)
	target, err := Open(t.Context(), h.address, h.options(nil))
	if err != nil {
		t.Fatal(err)
	}
	dir := built(t, files)
	p, err := Compare(t.Context(), dir, target)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context(), dir, lost{target}, Options{}); err == nil || !strings.Contains(err.Error(), ".css") {
		t.Errorf("not whole: %v", err)
	}
	if _, there := h.files()[home]; there {
		t.Error("the home page came before what it needs was whole")
	}
	if _, err := publishTo(t, h, dir, nil, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	holds(t, h, files)
}

// sameLetters is a target that takes a and A for one letter when it removes.
type sameLetters struct {
	Target
	h *host
}

func (s sameLetters) Remove(ctx context.Context, name string) error {
	for other := range s.h.files() {
		if strings.EqualFold(other, name) {
			if err := s.Target.Remove(ctx, other); err != nil {
				return err
			}
		}
	}
	return nil
}

func TestCase(t *testing.T) {
	h := folderHost(t)
	if _, err := publishTo(t, h, built(t, map[string]string{"index.html": "1", "Logo.svg": "x"}), nil, nil, Options{}); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"index.html": "2", "logo.svg": "x"}
	dir := built(t, files)
	target, err := Open(t.Context(), h.address, h.options(nil))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compare(t.Context(), dir, target)
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Run(t.Context(), dir, sameLetters{target, h}, Options{}); err != nil {
		t.Fatal(err)
	}
	holds(t, h, files)
}

// TestCancel ends a run between two requests.
func TestCancel(t *testing.T) {
	h := folderHost(t)
	dir := built(t, someTown(1))
	ctx, cancel := context.WithCancel(t.Context())
	target, err := Open(ctx, h.address, h.options(nil))
	if err != nil {
		t.Fatal(err)
	}
	p, err := Compare(ctx, dir, target)
	if err != nil {
		t.Fatal(err)
	}
	err = p.Run(ctx, dir, target, Options{Progress: func(done, _ int) {
		if done == 5 {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	p, err = Compare(t.Context(), dir, target)
	if err != nil || p.Same < 5 {
		t.Errorf("after it %d files were known to be there: %v", p.Same, err)
	}
}

func TestOrder(t *testing.T) {
	turns := []struct {
		path         string
		there, named bool
		want         int
	}{
		{"assets/a.css", false, true, newFile}, {"bg/feed.xml", false, false, newFile}, {"bg/x.html", false, false, newPage}, {"index.html", false, false, newHome},
		{"assets/arms.svg", true, false, oldAsset}, {"bg/services/x.html", true, false, oldPage}, {"bg/services/index.html", true, false, oldList}, {"bg/about.html", true, false, oldList},
		{"bg/index.html", true, false, oldHome}, {"index.html", true, false, oldFront}, {"sitemap.xml", true, false, oldData}, {".htaccess", false, false, oldData},
		{"search/es-419.js", true, false, oldSearch}, {"search/abc2.js", true, true, oldAsset}, {"sw.js", true, false, oldWorkers},
	}
	for _, c := range turns {
		if got := turn(publish.Entry{Path: c.path, ContentNamed: c.named}, c.there); got != c.want {
			t.Errorf("%s, there %v: turn %d, want %d", c.path, c.there, got, c.want)
		}
	}
}

func TestAddresses(t *testing.T) {
	none := OpenOptions{Env: func(string) string { return "" }}
	for address, want := range map[string]string{
		"sftp://anna:secret@host/x":           "holds a password",
		"ftp://anna:sec%ret/%zz@host/x":       "holds a password",
		"gopher://host/x":                     "gopher: are not known",
		"sftp:///x":                           "names no host",
		"ftp://anna@127.0.0.1:1/x":            "BELFRY_PASSWORD",
		"s3://bucket/x":                       "AWS_ACCESS_KEY_ID",
		"dav://anna@town.example/x":           "not encrypted",
		"http://anna@town.example/x":          "not encrypted",
		"s3://b?endpoint=http://town.example": "AWS_ACCESS_KEY_ID",
	} {
		_, err := Open(t.Context(), address, none)
		var use *UseError
		if !errors.As(err, &use) || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "sec") && strings.Contains(address, "sec") && strings.Contains(err.Error(), "ret@") {
			t.Errorf("%s: %v", address, err)
		}
	}
	if got, err := Account("sftp://anna@host:22/x"); got != "anna@host:22" || err != nil {
		t.Errorf("account: %q, %v", got, err)
	}
	for _, address := range []string{"folder", "s3://b@host/x", "sftp://host/x"} {
		if got, err := Account(address); err == nil {
			t.Errorf("account of %s: %q", address, got)
		}
	}
	for name, want := range map[string]string{"file:///srv/x": "/srv/x", `C:\portal`: `C:\portal`, "x/y": "x/y"} {
		if u, err := parseAddress(name); err != nil || u.Path != want && !slices.Contains([]string{"windows"}, os.Getenv("GOOS")) {
			t.Errorf("%s: %v, %v", name, u, err)
		}
	}
}

// TestTrust refuses a host with another key, a wrong password, and a certificate
// that nobody vouches for.
func TestTrust(t *testing.T) {
	h := sftpHost(t)
	h.env["BELFRY_SFTP_HOST_KEY"] = "SHA256:other"
	if _, err := Open(t.Context(), h.address, h.options(nil)); err == nil || !strings.Contains(err.Error(), "ask the provider") {
		t.Errorf("another key: %v", err)
	}
	for _, name := range []string{"sftp", "ftp", "webdav"} {
		h := hosts[name](t)
		h.env["BELFRY_PASSWORD"] = "wrong-one"
		if _, err := publishTo(t, h, built(t, someTown(1)), nil, nil, Options{}); err == nil || strings.Contains(err.Error(), "wrong-one") {
			t.Errorf("%s, wrong password: %v", name, err)
		}
	}
	h = ftpHost(t)
	h.roots = nil
	if _, err := Open(t.Context(), h.address, h.options(nil)); err == nil || !strings.Contains(err.Error(), "certificate") {
		t.Errorf("unknown certificate: %v", err)
	}
}

// oneByOne is a target that takes one file at a time.
type oneByOne struct{ Target }

func (oneByOne) Parallel() int { return 1 }

// TestCameAfterAll holds a page that came before the line was cut, and is linked to
// by now, to wait for what its next edition links to.
func TestCameAfterAll(t *testing.T) {
	h := folderHost(t)
	link := func(to string) string { return `<a href="` + to + `">` + to + `</a>` }
	for _, c := range []struct {
		files map[string]string
		left  int
	}{
		{map[string]string{"index.html": "nothing"}, -1},
		{map[string]string{"index.html": link("a.html"), "a.html": "new"}, 5}, // list, note, a.html, its size, index.html
		{map[string]string{"index.html": link("a.html"), "a.html": link("z.html"), "z.html": "newer"}, -1},
	} {
		w := &watched{left: c.left}
		w.after = func() {
			if lost := broken(h.files()); lost != nil {
				t.Errorf("after %d changes: %v", w.puts, lost)
			}
		}
		target, err := Open(t.Context(), h.address, h.options(nil))
		if err != nil {
			t.Fatal(err)
		}
		w.Target = oneByOne{target}
		dir := built(t, c.files)
		p, err := Compare(t.Context(), dir, w)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Run(t.Context(), dir, w, Options{}); (err == nil) != (c.left < 0) {
			t.Fatal(err)
		}
		if c.left > 0 && h.files()["index.html"] != c.files["index.html"] {
			t.Fatal("the line was cut too early for this test")
		}
	}
}
