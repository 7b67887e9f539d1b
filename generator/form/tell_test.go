package form

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestTelling(t *testing.T) {
	f := vectorForms(t)["parking"]
	if m := f.Minutes(); m != 7 {
		t.Errorf("%d minutes", m)
	}
	var hand []string
	for _, a := range f.AtHand() {
		hand = append(hand, a.ID)
	}
	if d := cmp.Diff([]string{"egn", "letter"}, hand); d != "" {
		t.Error(d)
	}
	got := f.Explain(f.Find("letter").Only[0])
	want := []Clause{{"Whose car is it?", Is, []string{"My employer's", "Someone else's"}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestIndex(t *testing.T) {
	f := vectorForms(t)["repeats"]
	x := string(Index{[]IndexedForm{NewIndexedForm([]*Form{f}, "s.json", "", map[string]string{"en": "en/f.html"})}}.JSON())
	for _, want := range []string{`"name": "cars-N-letter"`, `"name": "rooms-N-bath-bathkind"`, `"only_if": [`, `"url": "en/f.html"`, `"owner is other"`, `"me"`} {
		if !strings.Contains(x, want) {
			t.Errorf("no %s in %s", want, x)
		}
	}
}

// TestRevealCSS fixes the rules of the parking form: a change of the markup's
// contract shows here.
func TestRevealCSS(t *testing.T) {
	want := `@media screen{@supports selector(:has(*)){` +
		`form[data-form]:not([data-ready]):not(:has([name="vehicles-1-owner"][value="company"]:checked,[name="vehicles-1-owner"] [value="company"]:checked,[name="vehicles-1-owner"][value="other"]:checked,[name="vehicles-1-owner"] [value="other"]:checked)) [data-q="vehicles-1-letter"],` +
		`form[data-form]:not([data-ready]):not(:has([name="vehicles-2-owner"][value="company"]:checked,[name="vehicles-2-owner"] [value="company"]:checked,[name="vehicles-2-owner"][value="other"]:checked,[name="vehicles-2-owner"] [value="other"]:checked)) [data-q="vehicles-2-letter"],` +
		`form[data-form]:not([data-ready]):not(:has([name="delivery"][value="post"]:checked,[name="delivery"] [value="post"]:checked)) [data-q="post_to"],` +
		`form[data-form]:not([data-ready]):not(:has([name="email"]:not(:placeholder-shown))) [data-q="remind"]{display:none}}}`
	if got := RevealCSS(vectorForms(t)["parking"]); got != want {
		t.Errorf("got\n%s", got)
	}
}

func TestRevealCSSOfEveryTest(t *testing.T) {
	css := RevealCSS(vectorForms(t)["conditions"])
	for question, while := range map[string]string{
		"tel":       `:not(:has([name="email"]:not(:placeholder-shown)))`,
		"reason":    `:has([name="who"][value="company"]:checked,[name="who"] [value="company"]:checked,[name="who"][value="club"]:checked,[name="who"] [value="club"]:checked)`,
		"food_kind": `:has([name="what"][value="food"]:checked,[name="what"] [value="food"]:checked,[name="what"][value="music"]:checked,[name="what"] [value="music"]:checked)`,
		"news":      `:is(:has([name="email"]:not(:placeholder-shown)),:has([name="who"][value="club"]:checked,[name="who"] [value="club"]:checked))`,
	} {
		if want := `:not(` + while + `) [data-q="` + question + `"]`; !strings.Contains(css, want) {
			t.Errorf("no %s in %s", want, css)
		}
	}
	for _, unseen := range []string{"why", "kw", "winter", "detail"} {
		if strings.Contains(css, `[data-q="`+unseen+`"]`) {
			t.Errorf("a number or a date cannot be seen by style: %s", unseen)
		}
	}
}

func TestHiddenFields(t *testing.T) {
	for send, want := range map[string]string{
		"netlify": "form-name", "web3forms:12345678-1234-1234-1234-123456789012": "access_key", "https://formspree.io/f/abc": "_language", "download": "_language",
	} {
		f, _ := Parse(Source{File: "f.md", Body: "- A [a]\n", Head: Head{ID: "x", Title: Value{Text: "X"}, Send: []Value{{Text: send}}}})
		found := false
		for _, h := range f.Hidden() {
			found = found || h[0] == want
		}
		if !found {
			t.Errorf("%s: %v", send, f.Hidden())
		}
	}
}
