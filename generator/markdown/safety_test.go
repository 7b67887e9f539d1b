package markdown

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// faultsOf judges a body of HTML as a browser would see it: everything that
// must never be there, whatever the author wrote.
func faultsOf(body string) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	var stack, tokens []string
	var words strings.Builder
	ids := map[string]bool{}
	z := html.NewTokenizer(strings.NewReader(body))
	for {
		tt := z.Next()
		if tt == html.ErrorToken {
			break
		}
		tok := z.Token()
		switch tt {
		case html.TextToken:
			words.WriteString(strings.Join(strings.Fields(tok.Data), ""))
		case html.CommentToken, html.DoctypeToken:
			fault("a comment or declaration: %q", tok.String())
		case html.StartTagToken, html.SelfClosingTagToken:
			tokens = append(tokens, "<"+tok.Data)
			if el := elements[tok.Data]; el == nil {
				fault("element %s", tok.Data)
			} else if el.holds != void {
				stack = append(stack, tok.Data)
			}
			if tok.Data == "p" && slices.Contains(stack[:len(stack)-1], "p") {
				fault("p inside p")
			}
			for _, a := range tok.Attr {
				switch {
				case strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc":
					fault("attribute %s", a.Key)
				case a.Key == "href" || a.Key == "src" || a.Key == "cite":
					clean := strings.Map(func(r rune) rune {
						if r <= ' ' {
							return -1
						}
						return r
					}, strings.ToLower(a.Val))
					if s, _, ok := strings.Cut(clean, ":"); ok && !strings.ContainsAny(s, "/?#") && !allowed(s) {
						fault("address %q", a.Val)
					}
				case a.Key == "id":
					if ids[a.Val] {
						fault("id %q twice", a.Val)
					}
					ids[a.Val] = true
				}
			}
		case html.EndTagToken:
			tokens = append(tokens, "/"+tok.Data)
			if len(stack) == 0 || stack[len(stack)-1] != tok.Data {
				fault("</%s> closes %v", tok.Data, stack)
				return faults
			}
			stack = stack[:len(stack)-1]
		}
	}
	if len(stack) > 0 {
		fault("never closed: %v", stack)
	}
	// A browser's parser must arrive at the very tree that was written.
	nodes, err := html.ParseFragment(strings.NewReader(body), &html.Node{Type: html.ElementNode, Data: "main", DataAtom: atom.Main})
	if err != nil {
		return append(faults, err.Error())
	}
	var tree []string
	var seen strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		switch n.Type {
		case html.TextNode:
			seen.WriteString(strings.Join(strings.Fields(n.Data), ""))
		case html.ElementNode:
			tree = append(tree, "<"+n.Data)
			for c := n.FirstChild; c != nil; c = c.NextSibling {
				walk(c)
			}
			if el := elements[n.Data]; el == nil || el.holds != void {
				tree = append(tree, "/"+n.Data)
			}
		}
	}
	for _, n := range nodes {
		walk(n)
	}
	if !slices.Equal(tokens, tree) {
		fault("parsed otherwise:\n wrote  %v\n parsed %v", tokens, tree)
	}
	if words.String() != seen.String() {
		fault("words out of order: %q, %q", words.String(), seen.String())
	}
	return faults
}

// pieces are what hostile and careless texts are made of.
var pieces = strings.Split(`<script>|</script>|<ScRiPt src=//x>|<scr<script>ipt>|<style>|</style>|<iframe src=x>|</iframe>|<svg onload=alert(1)>|</svg>|<math>|<form>|</form>|<object data=x>|
<a href="javascript:alert(1)">|<a href=x.md onclick=y>|<a name=n id=n>|</a>|<img src=x onerror=alert(1)>|<img src="i.png" alt="<b>">|<img src='data:text/html,<script>'>|
<div>|</div>|<div style="x:expression(y)" class=c>|<p>|</p>|<span>|</span>|<b>|</b>|<i>|</i>|<table>|</table>|<tr>|</tr>|<td>|</td>|<th>|<thead>|<tbody>|</tbody>|<tfoot>|<caption>|</caption>|<col>|<colgroup>|
<ul>|</ul>|<ol start=2>|</ol>|<li>|</li>|<dl>|</dl>|<dt>|<dd>|<details>|</details>|<summary>|</summary>|<figure>|</figure>|<figcaption>|</figcaption>|<h1>|</h1>|<h2 id=n>|</h2>|<h3>|<ruby>|</ruby>|<rt>|<rp>|
<blockquote>|</blockquote>|<pre>|</pre>|<br>|</br>|<hr>|<center>|</center>|<font color=red>|</font>|<bdo>|</bdo>|<time>|</time>|<del>|</del>|<ins>|</ins>|<address>|</address>|<section>|</section>|
<!--|-->|<!DOCTYPE html>|<?php|?>|<![CDATA[|]]>|<|>|"|'|&|&lt;script&gt;|&#106;avascript:|&#x3c;script>|<x|<a |</|<a href="|<a <b>|/>|<textarea>|<title>|</title>|<plaintext>|<xmp>|<noscript>|<template>|</template>|<select>|
[a](x.md)|[b](javascript:x)|![c](i.png)|![](i.png "t")|![d](t.csv)|[e](x(1).md)|[e](|](|[f]: gone.md|[f]|[^1]|[^1]: note|<https://e.example>|<a@b.example>|www.e.example|https://e.example/x|
# h|## h {#n}|### |---|===|- |1. |* |> |> [!NOTE]|    |~~~|`+"```|`|``"+`|**|_|~~|: |- [ ] |- [x] ||a|b||--|--||{{ x }}|{% y %}|{{|word|ћирилица|مرحبا|e\u0301|\u200b|\u0000|\t|\\|`, "|")

func randomText(rng *rand.Rand) string {
	var b strings.Builder
	for range rng.IntN(40) {
		b.WriteString(strings.TrimPrefix(pieces[rng.IntN(len(pieces))], "\n"))
		switch rng.IntN(5) {
		case 0:
			b.WriteString("\n")
		case 1:
			b.WriteString("\n\n")
		case 2:
			b.WriteString(" ")
		}
	}
	return b.String()
}

var hostileTargets = map[string]Target{
	"x.md": {Href: "x.html"}, "i.png": {Href: "i.png", Kind: Asset, Width: 3, Height: 4},
	"t.csv": {Href: "t.csv", Kind: Asset, Table: [][]string{{"a", "<b>"}, {"c"}}},
	"n":     {Href: "javascript:alert(1)"},
}

// TestHostile converts many random texts. Seeds are fixed; BELFRY_SEEDS runs more.
func TestHostile(t *testing.T) {
	seeds := 4000
	if n := os.Getenv("BELFRY_SEEDS"); n != "" {
		fmt.Sscan(n, &seeds)
	}
	if testing.Short() {
		seeds = 1000
	}
	for seed := range seeds {
		checkText(t, randomText(rand.New(rand.NewPCG(1, uint64(seed)))))
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

func checkText(t *testing.T, text string) {
	t.Helper()
	opt := Options{Targets: hostileTargets, Quotes: [4]string{"„", "“", "‚", "‘"}}
	src := Source{File: "x.md", Line: 7, Text: []byte(text)}
	res := Convert(src, opt)
	if faults := faultsOf(res.HTML); faults != nil {
		t.Errorf("%s\nof the HTML\n%s\nof the text\n%s\n%q", strings.Join(faults, "\n"), res.HTML, text, text)
	}
	lines := 7 + strings.Count(text, "\n")
	for _, d := range res.Diagnostics {
		if d.At.Line < 7 || d.At.Line > lines || d.At.Col < 1 {
			t.Errorf("%s at %v of a text on lines 7 to %d\n%q", d.Code, d.At, lines, text)
		}
	}
	for _, h := range res.Headings {
		if !strings.Contains(res.HTML, `id="`+string(appendEscaped(nil, []byte(h.ID)))+`"`) || h.Text == "" {
			t.Errorf("heading %+v is not in\n%s", h, res.HTML)
		}
	}
	line, _, _ := Inline(src, opt)
	if faults := faultsOf("<p>" + line + "</p>"); faults != nil {
		t.Errorf("inline: %s\nof the HTML\n%s\nof the text\n%q", strings.Join(faults, "\n"), line, text)
	}
	PlainText(text)
}

func FuzzConvert(f *testing.F) {
	files, _ := filepath.Glob("testdata/*.txtar")
	for _, file := range files {
		raw, _ := os.ReadFile(file)
		f.Add(string(raw))
	}
	for seed := range 50 {
		f.Add(randomText(rand.New(rand.NewPCG(2, uint64(seed)))))
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkText(t, text)
		checkDestinations(t, text)
		checkParsers(t, text)
	})
}

// checkParsers holds that a body without a bare address reads the same whether
// addresses are looked for or not.
func checkParsers(t *testing.T, text string) {
	t.Helper()
	src := Source{File: "s.md", Line: 1, Text: []byte(text)}
	r := newRenderer(src, Options{})
	doc := r.parse(bodyParser())
	if r.mayHoldIDs() {
		r.reserveExplicit(doc)
	}
	r.blocks(doc)
	if want, got := r.result().HTML, Convert(src, Options{}).HTML; got != want {
		t.Errorf("%q\n got %s\nwant %s", text, got, want)
	}
}

// TestJudge holds that the judge finds what it is there to find.
func TestJudge(t *testing.T) {
	for _, bad := range []string{
		"<script>x</script>", "<p onclick=x>y</p>", `<p style="x">y</p>`, `<a href="java	script:x">y</a>`, "<div>", "</div>", "<p><p>x</p></p>",
		`<i id="a"></i><i id="a"></i>`, "<!-- x -->", "<table><tr><td>x</td></tr></table>", "<p><div>x</div></p>", "<ul><li>a<li>b</li></li></ul>",
	} {
		if faultsOf(bad) == nil {
			t.Errorf("nothing wrong with %s?", bad)
		}
	}
	if f := faultsOf(`<div><p>a <b>b</b><br></p><table><tbody><tr><td>x</td></tr></tbody></table></div>`); f != nil {
		t.Error(f)
	}
}
