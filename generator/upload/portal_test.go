package upload

// Portals for tests, and a reader who follows every reference of what a host holds.

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"belfry/generator/publish"
	"golang.org/x/net/html"
)

// someTown gives the files of a portal in two languages, other ones for every
// number: pages come, go and link to one another in rings.
func someTown(nth int) map[string]string {
	files := map[string]string{}
	rng := rand.New(rand.NewPCG(7, uint64(nth)))
	hashed := func(dir, ext, text string) string {
		name := fmt.Sprintf("%s/x-%x%s", dir, sha256.Sum256([]byte(text)), ext)
		files[name] = text
		return name
	}
	css := hashed("assets", ".css", fmt.Sprintf("a{color:%d}", nth/2))
	js := hashed("assets", ".js", strings.Repeat(fmt.Sprint(nth), 3000))
	files["assets/arms.svg"] = fmt.Sprintf("<svg><!--%d--></svg>", nth/3)
	page := func(name string, links ...string) {
		up := strings.Repeat("../", strings.Count(name, "/"))
		var b strings.Builder
		fmt.Fprintf(&b, `<!doctype html><link rel=canonical href="https://town.example/%s"><link rel=stylesheet href="%s%s"><script src="%s%s"></script><img src="%sassets/arms.svg" srcset="%sassets/arms.svg 2x">`, name, up, css, up, js, up, up)
		for _, l := range links {
			fmt.Fprintf(&b, `<a href="%s%s#top">%d</a>`, up, (&url.URL{Path: l}).EscapedPath(), nth)
		}
		files[name] = b.String()
	}
	var services []string
	for i := range 6 {
		if rng.IntN(3) > 0 {
			services = append(services, fmt.Sprintf("s%d %%+é#?.html", i))
		}
	}
	var fronts []string
	for _, lang := range []string{"bg", "en"} {
		other := map[string]string{"bg": "en", "en": "bg"}[lang]
		fronts = append(fronts, lang+"/index.html")
		search := hashed("search", ".js", fmt.Sprint("part", lang, nth))
		files["search/"+lang+".js"] = search
		page(lang+"/index.html", lang+"/list.html", other+"/index.html", lang+"/feed.xml", "search/"+lang+".js")
		files[lang+"/feed.xml"] = strings.Join(services, " ")
		list := []string{other + "/list.html", lang + "/index.html"}
		for i, s := range services {
			ics := fmt.Sprintf("%s/services/%d.ics", lang, i)
			files[ics] = fmt.Sprint("event", i, nth%4)
			next := services[(i+1)%len(services)]
			page(lang+"/services/"+s, lang+"/services/"+next, other+"/services/"+s, ics)
			list = append(list, lang+"/services/"+s)
		}
		page(lang+"/list.html", list...)
	}
	page("index.html", fronts...)
	page("404.html", "index.html")
	files["sitemap.xml"] = fmt.Sprint(nth)
	files["sw.js"] = fmt.Sprint(nth / 2)
	files[".htaccess"] = fmt.Sprint("# ", nth)
	return files
}

// built writes a portal as a build would, and gives its folder.
func built(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	var m publish.Manifest
	for _, name := range slices.Sorted(maps.Keys(files)) {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(files[name]), 0o644); err != nil {
			t.Fatal(err)
		}
		m.Files = append(m.Files, publish.Entry{Path: name, Hash: sha256.Sum256([]byte(files[name])), Size: int64(len(files[name])), ContentNamed: strings.Contains(name, "/x-")})
	}
	raw, err := m.Encode()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, publish.ManifestName), raw, 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

// broken follows every reference from the home page on and lists those that lead to
// nothing, with the pages they stand on. Without a home page there is nothing to
// reach.
func broken(files map[string]string) []string {
	var out []string
	seen := map[string]bool{home: true}
	for next := []string{home}; len(next) > 0; next = next[1:] {
		text, there := files[next[0]]
		if !there || !strings.HasSuffix(next[0], ".html") {
			continue
		}
		for _, ref := range references(text) {
			u, err := url.Parse(ref)
			if err != nil || u.IsAbs() || u.Host != "" || u.Path == "" {
				continue
			}
			to := path.Join(path.Dir(next[0]), u.Path)
			if strings.HasSuffix(u.Path, "/") {
				to = path.Join(to, home)
			}
			if _, there := files[to]; !there {
				out = append(out, next[0]+" → "+to)
			} else if !seen[to] {
				seen[to] = true
				next = append(next, to)
			}
		}
	}
	slices.Sort(out)
	return out
}

// references are the addresses that a page loads or links to.
func references(text string) []string {
	var out []string
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return out
		}
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		for _, a := range z.Token().Attr {
			switch a.Key {
			case "href", "src", "poster", "data-engine":
				out = append(out, a.Val)
			case "srcset":
				for s := range strings.SplitSeq(a.Val, ",") {
					out = append(out, strings.Fields(cmp.Or(strings.TrimSpace(s), "."))[0])
				}
			}
		}
	}
}
