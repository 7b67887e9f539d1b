package markdown_test

import (
	"strings"
	"testing"

	"belfry/generator/markdown"
)

// TestTexts lists the blocks of a body with their marks.
func TestTexts(t *testing.T) {
	const body = "# A\n\nb\nc\\\nd  \ne\n\n> [!TIP]\n> f\n\n1. g\n\n   h\n   * i\n2. j\n\n| k | l |\n|---|---|\n| m |   |\n\n```\nn\n o\n```\n\n<!-- p -->\n\n<div>\nq\n</div>\n\n[r]: https://s.example\n\nt\n: u\n\n[^v]: w\n"
	want := []string{"# |A", "|b c\nd\ne", "> [!TIP] |f", "1. |g", "  |h", "  - |i", "1. |j", "| |k", "| |l", "| |m", "```\n|n\n o",
		"|<div>\nq\n</div>", "|[r]: https://s.example", "|t", ": |u", "[^v]: |w"}
	texts, tops := markdown.Texts([]byte(body))
	var got []string
	for _, x := range texts {
		got = append(got, x.Mark+"|"+x.Words)
		if x.Top >= len(tops) {
			t.Errorf("%q belongs to block %d of %d", x.Words, x.Top, len(tops))
		}
	}
	if strings.Join(got, "\x00") != strings.Join(want, "\x00") {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// FuzzTexts holds the places of texts to lie in order inside the body, as words
// are replaced there.
func FuzzTexts(f *testing.F) {
	f.Add(" b\n $@\ny |\n|---\n - \n>e \n|| y |\n|---|-")
	f.Add("# a\n\n- b\n  c\n\n> d\n\n| e | f |\n|---|---|\n| g | h |\n")
	f.Add("a\n---\n\n\tcode\n\n<b>\nx\n\n[a]: b 'c'\n\nd\n: e\n\n[^1]: f\n")
	f.Fuzz(func(t *testing.T, body string) {
		body = strings.ToValidUTF8(strings.ReplaceAll(body, "\r", "\n"), "?")
		texts, tops := markdown.Texts([]byte(body))
		at := 0
		for _, x := range texts {
			if len(x.Lines) == 0 || x.Top < 0 || x.Top >= len(tops) {
				t.Fatalf("%+v of %d", x, len(tops))
			}
			for _, l := range x.Lines {
				if l.From < at || l.To < l.From || l.To > len(body) {
					t.Fatalf("%+v after %d in %q", x, at, body)
				}
				at = l.To
			}
		}
	})
}
