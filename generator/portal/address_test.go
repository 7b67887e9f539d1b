package portal_test

import (
	"testing"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

func TestAddresses(t *testing.T) {
	p := sound(t, map[string]string{
		"guides/family/birth.md":       "# Раждане",
		"guides/family/birth.ro.md":    "---\ntitle: Naștere\nslug: Naștere\n---\n",
		"guides/dog.md":                "---\ntitle: x\nslug: {bg: куче, ro: câine}\n---\n",
		"guides/cat.md":                "---\ntitle: x\nslug: a/../b\n---\n",
		"guides/Снимка на място.md":    "# x",
		"pages/about/council.md":       "# x",
		"pages/index.md":               "# x",
		"services/index.md":            "# Услуги",
		"directories/ngos/index.md":    "# x",
		"directories/ngos/choir-ro.md": "# x",
		"directories/index.md":         "# x",
		"pages/con.md":                 "# x",
		"pages/!!!.md":                 "# x",
	})
	want := map[portal.Key][2]string{
		{Type: "guide", ID: "family/birth"}:    {"bg/guides/family/birth.html", "ro/guides/family/nastere.html"},
		{Type: "guide", ID: "dog"}:             {"bg/guides/kuche.html", "ro/guides/caine.html"},
		{Type: "guide", ID: "cat"}:             {"bg/guides/a-b.html", "ro/guides/a-b.html"},
		{Type: "guide", ID: "Снимка на място"}: {"bg/guides/snimka-na-myasto.html", "ro/guides/snimka-na-myasto.html"},
		{Type: "page", ID: "about/council"}:    {"bg/about/council.html", "ro/about/council.html"},
		{Type: "page", ID: "pages"}:            {"bg/pages.html", "ro/pages.html"},
		{Type: "listing", ID: "services"}:      {"bg/services/index.html", "ro/services/index.html"},
		{Type: "listing", ID: "directories"}:   {"bg/directories/index.html", "ro/directories/index.html"},
		{Type: "directory", ID: "ngos"}:        {"bg/directories/ngos.html", "ro/directories/ngos.html"},
		{Type: "entry", ID: "ngos/choir-ro"}:   {"bg/directories/ngos/choir-ro.html", "ro/directories/ngos/choir-ro.html"},
		{Type: "page", ID: "con"}:              {"bg/con-page.html", "ro/con-page.html"},
		{Type: "page", ID: "!!!"}:              {"bg/page.html", "ro/page.html"},
	}
	for i, lang := range []string{"bg", "ro"} {
		ed := p.In(lang, at(t, p, "2026-11-01"))
		if len(ed.Items) != len(want) {
			t.Errorf("%d items", len(ed.Items))
		}
		for _, it := range ed.Items {
			if w := want[it.Key()][i]; it.Path != w {
				t.Errorf("%v stands at %s, not %s", it.Key(), it.Path, w)
			}
		}
	}
}

// TestTake finds two addresses that are one file somewhere.
func TestTake(t *testing.T) {
	taken := portal.NewAddresses()
	var faults diag.List
	ours, first, second := diag.Pos{}, diag.Pos{File: "pages/a.md", Line: 1}, diag.Pos{File: "pages/b.md", Line: 2}
	for _, c := range []struct {
		path string
		at   diag.Pos
		ok   bool
		code string
	}{
		{"bg/x.html", first, true, ""},
		{"bg/x.html", second, false, "link/same-address"},
		{"bg/X.HTML", second, false, "link/same-address"},
		{"bg/x.html", ours, false, ""}, // ours gives way
		{"bg/caf\u00e9.html", first, true, ""},
		{"bg/cafe\u0301.html", second, false, "link/same-address"},
		{"bg/CAFE\u0301.html", second, false, "link/same-address"},
		{"bg/straße.html", first, true, ""},
		{"bg/STRASSE.html", second, false, "link/same-address"},
		{"bg/search.html", ours, true, ""},
		{"bg/search.html", first, false, "link/reserved-address"},
		{"ro/x.html", second, true, ""},
	} {
		faults = nil
		if ok := taken.Take(c.path, c.at, &faults); ok != c.ok {
			t.Errorf("%s: %v", c.path, ok)
		}
		switch {
		case c.code == "" && len(faults) > 0, c.code != "" && (len(faults) != 1 || faults[0].Code != c.code || faults[0].At != c.at):
			t.Errorf("%s: faults %v, want %q", c.path, faults, c.code)
		case c.code == "link/same-address" && (len(faults[0].Related) != 1 || faults[0].Related[0].At != first):
			t.Errorf("%s: the first is not named: %+v", c.path, faults[0])
		}
	}
}

func TestMenuTarget(t *testing.T) {
	p := sound(t, map[string]string{"pages/about.md": "# x", "pages/news.md": "# a page wins over the list", "offices/town-hall.md": "# o"})
	for id, want := range map[string]portal.Key{
		"about": {Type: "page", ID: "about"}, "news": {Type: "page", ID: "news"}, "services": {Type: "services"}, "service": {Type: "services"},
		"contact": {Type: "office", ID: "town-hall"}, "a-to-z": {Type: "a-to-z"}, "nothing": {}, "": {}, "listing": {},
	} {
		if got := p.MenuTarget(id); got != want {
			t.Errorf("%q means %v, want %v", id, got, want)
		}
	}
}
