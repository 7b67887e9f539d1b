package audit

// This file gathers what a page links to and loads, and settles where that is.

import (
	"cmp"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"belfry/generator/diag"
)

// link is one address of a page.
type link struct {
	e      *element
	href   string
	words  string
	loaded bool
}

func (p *page) links() []link {
	var out []link
	for i := range p.elements {
		e := &p.elements[i]
		for _, u := range fetched(e) {
			if rel := e.attrOf("rel"); rel != "preconnect" && rel != "dns-prefetch" {
				out = append(out, link{e: e, href: u, loaded: true})
			}
		}
		if e.tag == "a" || e.tag == "area" {
			if href, ok := e.get("href"); ok {
				out = append(out, link{e: e, href: href, words: p.words(i)})
			}
		}
	}
	return out
}

// loads are the site's own files that a browser fetches with the page,
// photographs excepted: those it may leave for later.
func (p *page) loads() []string {
	var out []string
	for i := range p.elements {
		e := &p.elements[i]
		if e.tag == "link" && !strings.Contains(e.attrOf("rel"), "stylesheet") || e.attrOf("media") == "print" {
			continue
		}
		for _, u := range fetched(e) {
			if to, _, ok := p.resolve(u); ok && !photo(to) && !slices.Contains(out, to) {
				out = append(out, to)
			}
		}
	}
	return out
}

func photo(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif":
		return true
	}
	return false
}

// resolve settles where an address of the page leads within the site; ok is
// false where it leads elsewhere.
func (p *page) resolve(href string) (to, fragment string, ok bool) {
	href = strings.TrimSpace(href)
	root := false
	if p.base != "" && strings.HasPrefix(href, p.base) {
		href, root = "/"+strings.TrimPrefix(href, p.base), true
	}
	u, err := url.Parse(href)
	if err != nil || u.Scheme != "" || u.Host != "" {
		return "", "", false
	}
	fragment = u.Fragment
	switch {
	case u.Path == "":
		return p.name, fragment, true
	case strings.HasPrefix(u.Path, "/"):
		to = strings.TrimPrefix(path.Clean(u.Path), "/")
	default:
		to = path.Join(path.Dir(p.name), u.Path)
	}
	if strings.HasSuffix(u.Path, "/") || to == "" || to == "." || path.Ext(to) == "" && root {
		to = path.Join(to, "index.html")
	}
	return to, fragment, true
}

// keep remembers a link of a page until the whole tree is known. A place on the
// page itself is looked up at once. The caller holds the lock.
func (a *Auditor) keep(p *page, f *facts, l link) {
	to, fragment, ok := p.resolve(l.href)
	if !ok {
		if u := strings.TrimSpace(l.href); foreignHost(u) != "" && !l.loaded && a.opt.Only(externalCode) {
			if places := a.external[u]; len(places) < kept {
				a.external[strings.Clone(u)] = append(places, Place{p.at(l.e.at), hrefNeedles(strings.Clone(u), strings.Clone(l.words))})
			}
		}
		return
	}
	if fragment == "top" {
		fragment = ""
	}
	if to == p.name {
		if _, found := slices.BinarySearch(f.ids, hash(fragment)); fragment == "" || found {
			return
		}
	} else if !l.loaded && !f.redirect && !a.led[to] && !a.opt.List(p.name) && !l.translation(f, to) {
		a.led[strings.Clone(to)] = true
	}
	if fragment == "" && a.opt.Known(to) {
		return
	}
	t := a.targets[to+"#"+fragment]
	if t == nil {
		key := strings.Clone(to + "#" + fragment)
		t = &target{path: key[:len(to)], fragment: key[len(to)+1:], loaded: l.loaded}
		a.targets[key] = t
	}
	if len(t.places) < kept {
		t.places = append(t.places, linkPlace{p.at(l.e.at), strings.Clone(l.href), strings.Clone(l.words)})
	}
}

// translation reports whether a link leads to the same page in another
// language: that page is no better found for it.
func (l link) translation(f *facts, to string) bool {
	return l.e.attrOf("hreflang") != "" || slices.ContainsFunc(f.alternates, func(x alternate) bool { return x.path == to })
}

// sorted are the targets in order.
func (a *Auditor) sorted() []*target {
	return slices.SortedFunc(maps.Values(a.targets), func(x, y *target) int {
		return cmp.Or(cmp.Compare(x.path, y.path), cmp.Compare(x.fragment, y.fragment))
	})
}

// exists reports whether the tree has a file at a path.
func (a *Auditor) exists(name string) bool {
	_, page := a.pages[name]
	_, file := a.files[name]
	return page || file || a.opt.Known(name)
}

// place is a finding at each place that names a target.
func (t *target) tell(code string, tell func(Finding), args ...string) {
	for _, at := range t.places {
		tell(Finding{
			Diagnostic: diag.New(code, at.at, append([]string{"href", at.href}, args...)...),
			Needles:    slices.DeleteFunc(hrefNeedles(at.href, at.words), func(n string) bool { return n == "" }),
		})
	}
}
