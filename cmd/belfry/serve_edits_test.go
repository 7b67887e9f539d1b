package main

// Serve and build show the same portal, whatever the webmaster does in between.

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/preview"
	"belfry/generator/publish"
	"belfry/generator/theme"
	"belfry/generator/tree"
)

// TestServeEdits edits a served portal in bursts, as an editor, a file manager
// and a version control do: after each burst every page, asked for with ?raw, is
// that of a clean build, and every page that is gone is gone. The figures: 120
// edits of a part of the town; BELFRY_EDITS=2000 for that many of the whole.
func TestServeEdits(t *testing.T) {
	t.Parallel()
	edits, part := 120, true
	if n, err := strconv.Atoi(os.Getenv("BELFRY_EDITS")); err == nil {
		edits, part = n, false
	} else if testing.Short() {
		edits = 40
	}
	dir := t.TempDir()
	copyTown(t, dir, part)
	s := &serving{dir: dir, fixed: true, quiet: true}
	s.opt = generator.Options{At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), SkipBroken: true, Serve: true, LastGood: true}
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	server := preview.New(preview.Options{Dir: dir})
	changes, err := s.start(ctx, server, false)
	if err != nil {
		t.Fatal(err)
	}
	followed := make(chan bool)
	go func() { s.follow(changes, server); close(followed) }()
	defer func() { stop(); <-followed }()

	e := &editor{t: t, dir: dir, dice: rand.New(rand.NewPCG(5, 2026))}
	handler := server.Handler()
	earlier := map[string]bool{}
	for done, burst := 0, 0; done < edits; burst++ {
		shapes := slices.DeleteFunc(e.documents(), func(name string) bool { // lists and journeys are made of these
			return burst%4 == 0 && !strings.HasPrefix(name, "services/") && !strings.HasPrefix(name, "events/")
		})
		e.log = nil
		if burst%2 == 0 { // a single one, which nothing after it puts right
			e.edit(e.pick(shapes), e.dice.IntN(10))
			done++
		} else {
			for range min(edits-done, 1+e.dice.IntN(30)) {
				e.edit(e.pick(e.documents()), e.dice.IntN(20))
				done++
			}
		}
		e.settle()
		out := cleanBuild(t, dir, s.opt.At)
		var wrong []string
		for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(20 * time.Millisecond) {
			if wrong = differences(t, handler, out, earlier); len(wrong) == 0 || time.Now().After(deadline) {
				break
			}
		}
		if len(wrong) > 0 {
			t.Fatalf("after %d edits %d files differ from a build: %s\nthe last edits:\n%s", done, len(wrong), strings.Join(wrong[:min(len(wrong), 8)], ", "), strings.Join(e.log, "\n"))
		}
		for _, f := range out.Manifest().Files {
			earlier[f.Path] = true
		}
		if burst%20 == 0 {
			t.Logf("%d edits in %d bursts: served as built", done, burst+1)
		}
	}
}

// copyTown copies the example town, or a part of it that builds in a third of the time.
func copyTown(t *testing.T, dir string, part bool) {
	t.Helper()
	from := filepath.Join("..", "..", "content-example", "beli-breg")
	err := filepath.WalkDir(from, func(name string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(from, name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && rel == "public":
			return fs.SkipDir
		case d.IsDir():
			return os.MkdirAll(filepath.Join(dir, rel), 0o755)
		case part && (strings.HasPrefix(rel, "services") && d.Name() > "c" || strings.HasPrefix(rel, "directories") || strings.HasPrefix(rel, "documents") || strings.HasPrefix(rel, "faq") && d.Name() > "f"):
			return nil
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, rel), raw, 0o644)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func cleanBuild(t *testing.T, dir string, at time.Time) *publish.Memory {
	t.Helper()
	source, _, err := tree.Read(dir, tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := &publish.Memory{}
	if _, err := generator.Build(context.Background(), source, generator.Options{At: at, SkipBroken: true}, sinkOf{out}); err != nil {
		t.Fatal(err)
	}
	return out
}

// sinkOf takes a portal into memory.
type sinkOf struct{ *publish.Memory }

func (s sinkOf) Copy(f *tree.File) error { return s.Memory.Copy(f.Path, f.Open, f.Size, f.Hash) }

// differences lists what is served otherwise than it is built.
func differences(t *testing.T, handler http.Handler, out *publish.Memory, earlier map[string]bool) []string {
	t.Helper()
	var wrong []string
	get := func(name string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/"+name+"?raw", nil)
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	now := map[string]bool{}
	for _, f := range out.Manifest().Files {
		now[f.Path] = true
		held, _ := out.Get(f.Path)
		want, err := held.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if w := get(f.Path); w.Code != http.StatusOK || w.Body.String() != string(want) {
			if wrong = append(wrong, f.Path); len(wrong) > 8 {
				return wrong
			}
		}
	}
	for name := range earlier {
		if !now[name] && get(name).Code != http.StatusNotFound {
			wrong = append(wrong, name+" (is gone)")
		}
	}
	slices.Sort(wrong)
	return wrong
}

// editor is a webmaster in a hurry.
type editor struct {
	t      *testing.T
	dir    string
	dice   *rand.Rand
	n      int
	log    []string
	broken map[string][]byte // files to be mended before the burst ends
}

func (e *editor) did(what, name string) { e.log = append(e.log, what+" "+name) }

func (e *editor) check(err error) {
	e.t.Helper()
	if err != nil {
		e.t.Fatal(err)
	}
}

// documents are the portal's Markdown files, sorted.
func (e *editor) documents() []string {
	var out []string
	e.check(filepath.WalkDir(e.dir, func(name string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(name, ".md") {
			rel, _ := filepath.Rel(e.dir, name)
			out = append(out, filepath.ToSlash(rel))
		}
		return err
	}))
	return out
}

func (e *editor) pick(list []string) string { return list[e.dice.IntN(len(list))] }

func (e *editor) path(name string) string { return filepath.Join(e.dir, filepath.FromSlash(name)) }

func (e *editor) read(name string) string {
	raw, err := os.ReadFile(e.path(name))
	e.check(err)
	return string(raw)
}

// write saves a file in one of the ways editors do.
func (e *editor) write(name, text string) {
	e.check(os.MkdirAll(filepath.Dir(e.path(name)), 0o755))
	if e.dice.IntN(2) == 0 {
		e.check(os.WriteFile(e.path(name), []byte(text), 0o644))
		return
	}
	temporary := filepath.Join(filepath.Dir(e.path(name)), ".save~"+strconv.Itoa(e.n))
	e.check(os.WriteFile(temporary, []byte(text), 0o644))
	e.check(os.Rename(temporary, e.path(name)))
}

// field sets a line of a front matter.
func field(text, name, value string) string {
	lines := strings.Split(text, "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, name+":") {
			lines[i] = name + ": " + value
			return strings.Join(lines, "\n")
		}
	}
	return strings.Replace(text, "---\n", "---\n"+name+": "+value+"\n", 1)
}

// edit does one thing, mostly to a document.
func (e *editor) edit(doc string, kind int) {
	e.n++
	tag := strconv.Itoa(e.n)
	docs := e.documents()
	switch kind {
	case 0, 1, 2:
		e.did("words of", doc)
		e.write(doc, e.read(doc)+"\nSentence "+tag+", see [this](../"+e.pick(docs)+").\n")
	case 5:
		e.did("description of", doc)
		e.write(doc, field(e.read(doc), "description", "Said anew, "+tag+"."))
	case 6, 7:
		e.did("title of", doc)
		e.write(doc, field(e.read(doc), "title", "Заглавие "+tag))
	case 8:
		e.did("slug of", doc)
		e.write(doc, field(e.read(doc), "slug", "slug-"+tag))
	case 3, 4, 9:
		fact := e.pick([]string{"topics", "audience", "authority", "starts", "processing_time", "reviewed", "order"})
		value := map[string]string{
			"topics": e.pick([]string{"[trade]", "[civil-status]", "[waste, taxes]"}), "audience": e.pick([]string{"[business]", "[citizen]", "[visitor]"}),
			"authority": e.pick([]string{"local-taxes", "civil-registry"}), "starts": "2026-12-1" + strconv.Itoa(e.dice.IntN(9)) + "T10:00",
			"processing_time": strconv.Itoa(1+e.n) + " days", "reviewed": "2026-0" + strconv.Itoa(1+e.dice.IntN(9)) + "-11", "order": tag,
		}[fact]
		e.did(fact+" of", doc)
		e.write(doc, field(e.read(doc), fact, value))
	case 10:
		name := "services/new-" + tag + ".md"
		e.did("new", name)
		e.write(name, "---\ntitle: Нова услуга "+tag+"\ndescription: Кратко.\naudience: [business]\n---\n\nТекст.\n\n## Кой\n\nВсеки.\n")
	case 11:
		folder := e.pick([]string{"pages/deep-" + tag, "news", "events", "faq"})
		name := folder + "/added-" + tag + ".md"
		e.did("new", name)
		e.write(name, "---\ntitle: Added "+tag+"\ndate: 2026-11-0"+strconv.Itoa(1+e.dice.IntN(9))+"\nstarts: 2026-12-0"+strconv.Itoa(1+e.dice.IntN(9))+"T10:00\n---\n\nText.\n")
	case 12:
		if len(docs) > 60 {
			e.did("removed", doc)
			e.check(os.Remove(e.path(doc)))
			delete(e.broken, doc)
		}
	case 13:
		to := path.Join(path.Dir(doc), "moved-"+tag+path.Base(doc)[strings.IndexByte(path.Base(doc), '.'):])
		e.did("renamed", doc+" to "+to)
		e.check(os.Rename(e.path(doc), e.path(to)))
		if raw, ok := e.broken[doc]; ok {
			delete(e.broken, doc)
			e.broken[to] = raw
		}
	case 14:
		if lang := e.pick([]string{"ro", "en"}); strings.Count(path.Base(doc), ".") == 1 {
			name := strings.TrimSuffix(doc, ".md") + "." + lang + ".md"
			e.did("translated", name)
			e.write(name, "---\ntitle: Translation "+tag+"\ntranslated_from: 0123456789abcdef\n---\n\nTranslated.\n")
		}
	case 15:
		e.did("draft or date of", doc)
		e.write(doc, field(e.read(doc), e.pick([]string{"draft", "publish", "expires"}), e.pick([]string{"true", "2026-11-01", "2026-12-24"})))
	case 16:
		name := e.pick([]string{"components/footer/footer.html", "components/base/base.css", "layouts/service.html"})
		e.did("theme file", name)
		if _, err := os.Stat(e.path("theme/" + name)); err == nil && e.dice.IntN(2) == 0 {
			e.check(os.Remove(e.path("theme/" + name)))
			break
		}
		raw, err := theme.Copy(name)
		e.check(err)
		text := string(raw) + map[string]string{".css": "\n.edited" + tag + "{color:red}\n", ".html": ""}[path.Ext(name)]
		e.write("theme/"+name, strings.Replace(text, "</footer>", "<p>"+tag+"</p></footer>", 1))
	case 17:
		e.did("message", "messages/bg.yaml")
		e.write("messages/bg.yaml", "nav:\n  search: Търсене "+tag+"\n")
	case 18:
		e.did("portal.yaml", "")
		text := e.read("portal.yaml")
		switch e.dice.IntN(4) {
		case 0:
			text = field(text, "menu", e.pick([]string{"[services, news]", "[events, services, about, a-to-z]", "[life-events]"}))
		case 1:
			text = field(text, "feedback", "mailto:office"+tag+"@beli-breg.example")
		case 2:
			text = field(text, "languages", e.pick([]string{"[bg, ro, en]", "[bg, en]", "[en, bg, ro]"}))
		case 3:
			text = field(text, "brand", fmt.Sprintf(`{colour: "#0b%02x4b", logo: assets/arms.svg}`, 0x30+e.dice.IntN(0x40)))
		}
		e.write("portal.yaml", text)
	case 19:
		e.did("broken for a moment", doc)
		if e.broken == nil {
			e.broken = map[string][]byte{}
		}
		if _, already := e.broken[doc]; !already {
			e.broken[doc] = []byte(e.read(doc))
		}
		e.write(doc, "---\ntitle: [\n---\n")
		time.Sleep(time.Duration(e.dice.IntN(60)) * time.Millisecond)
	}
	if e.dice.IntN(6) == 0 {
		time.Sleep(time.Duration(e.dice.IntN(80)) * time.Millisecond) // serve may look in between
	}
}

// settle mends what is broken: while it is, serve shows the page as it was last
// and a build leaves it out.
func (e *editor) settle() {
	for name, raw := range e.broken {
		e.check(os.WriteFile(e.path(name), raw, 0o644))
	}
	e.broken = nil
}
