package markdown

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// checkDestinations holds that Destinations names everything Convert looks up:
// with it alone resolved, nothing else is asked for.
func checkDestinations(t *testing.T, text string) {
	t.Helper()
	named := Destinations([]byte(text))
	r := newRenderer(Source{Text: []byte(text), Line: 1}, Options{})
	r.asked = func(dest string) {
		if !slices.Contains(named, dest) {
			t.Errorf("%q is looked up and not among %q\nin the text\n%q", dest, named, text)
		}
	}
	r.parsedBody(mayHoldAddress(r.src))
}

func TestDestinationsCoverConvert(t *testing.T) {
	seeds := 4000
	if testing.Short() {
		seeds = 1000
	}
	for seed := range seeds {
		checkDestinations(t, randomText(rand.New(rand.NewPCG(3, uint64(seed)))))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func TestDestinations(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"[a](b.md) [c](<d e.md> \"t\") ![f](g\\(h.png)", []string{"b.md", "d e.md", "g(h.png"}},
		{"[a](b&amp;c.md) [a](b&amp;c.md)", []string{"b&c.md"}},
		{"[r]: x.md 'title'\n> [s]:\n> y.md", []string{"x.md", ">", "y.md"}},
		{`<a HREF = "q&amp;r.md"> <img src=s.png>`, []string{"q&r.md", "s.png"}},
		{"<service:birth> <b>", []string{"service:birth"}},
		{"[a](service:x) https://bare.example [b]( \u200bz.md\u200b )", []string{"service:x", "z.md"}},
		{"[a](x(1).md) [b](y\\).md", []string{"x(1).md", "y).md"}},
		{"no links here", nil},
	} {
		if d := cmp.Diff(c.want, Destinations([]byte(c.text))); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, d)
		}
	}
}
