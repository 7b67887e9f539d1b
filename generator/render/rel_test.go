package render

import (
	"path"
	"testing"
)

// joined is where a relative address leads from a page.
func joined(from, href string) string { return path.Join(path.Dir(from), href) }

func TestRel(t *testing.T) {
	for _, c := range [][3]string{
		{"index.html", "index.html", "index.html"},
		{"index.html", "bg/index.html", "bg/index.html"},
		{"bg/index.html", "index.html", "../index.html"},
		{"bg/index.html", "", "../"},
		{"index.html", "", ""},
		{"bg/a/x.html", "bg/a/y.html", "y.html"},
		{"bg/a/x.html", "bg/b/y.html", "../b/y.html"},
		{"bg/a/b/x.html", "ro/y.html", "../../../ro/y.html"},
		{"bg/x.html", "bg/x.html#top", "#top"},
		{"bg/x.html", "bg/x.html", "x.html"},
		{"bg/x.html", "bg/y.html#top", "y.html#top"},
		{"bg/x/y.html", "bg/x.html", "../x.html"},
		{"bg/a.html", "bg/a/x.html", "a/x.html"},
		{"bg/a/x.html", "assets/a.pdf", "../../assets/a.pdf"},
		{"bg/bg/x.html", "bg/x.html", "../x.html"},
	} {
		if got := rel(c[0], c[1]); got != c[2] {
			t.Errorf("from %s to %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

func TestSafeURL(t *testing.T) {
	for in, want := range map[string]string{
		"../a b.pdf": "../a%20b.pdf", "https://x.example/a?b=c:d": "https://x.example/a?b=c:d", "mailto:a@b.example": "mailto:a@b.example", "TEL:1": "TEL:1",
		"javascript:alert(1)": "#", "JavaScript:x": "#", "data:text/html,x": "#", "vbscript:x": "#", "x/javascript:y": "x/javascript:y", "#a:b": "#a:b", "": "",
		" javascript:x": "#", "java\tscript:x": "#",
	} {
		if got := string(safeURL(in)); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// TestAsset escapes what would end a path or begin a scheme.
func TestAsset(t *testing.T) {
	if got := escapePath("assets/a b#1?100%.pdf"); got != "assets/a%20b%231%3F100%25.pdf" {
		t.Error(got)
	}
	b := build(t, "2026-11-20", wholeTown())
	a := b.view("bg/documents/budget.html").Content.(*Article)
	if len(a.Files) != 1 || a.Files[0].Link.Href != "../../assets/a%20b%231.pdf#page=2" || a.Files[0].Time == "" {
		t.Errorf("%+v", a.Files)
	}
}
