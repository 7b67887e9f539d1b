package markdown

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"belfry/generator/diag"
)

func TestTitle(t *testing.T) {
	for name, c := range map[string]struct {
		text, title string
		line        int
		rest        string
	}{
		"first block":     {"# A *title* with [link](x.md)\n\ntext\n", "A title with link", 1, strings.Repeat(" ", 29) + "\n\ntext\n"},
		"underlined":      {"\nTwo\nlines\n===\ntext", "Two lines", 2, "\n   \n     \n   \ntext"},
		"not first":       {"text\n\n# Title\n", "Title", 3, "text\n\n# Title\n"},
		"level one wins":  {"## Second\n\n# First\n", "First", 3, "## Second\n\n# First\n"},
		"only second":     {"## Second {#x}\n", "Second", 1, "              \n"},
		"in code":         {"```\n# no\n```\n\n    # no\n\n> # no\n\n- # no\n\n#hash\n\n### yes\n", "yes", 13, ""},
		"none":            {"text\n", "", 0, "text\n"},
		"empty heading":   {"#\n\n## b\n", "b", 3, ""},
		"rule, no title":  {"- item\n---\n", "", 0, ""},
		"no quotes":       {"# \"It's\" & so -- on &amp; `on`\n", "\"It's\" & so -- on & on", 1, ""},
		"windows":         {"# A\r\ntext\r\n", "A", 1, "   \ntext\n"},
		"html is no text": {"<h1>x</h1>\n\n## <b>y</b> z\n", "y z", 3, ""},
	} {
		title, line, rest := Title([]byte(c.text))
		if title != c.title || line != c.line {
			t.Errorf("%s: %q on line %d, want %q on %d", name, title, line, c.title, c.line)
		}
		if c.rest != "" && string(rest) != c.rest {
			t.Errorf("%s: rest %q, want %q", name, rest, c.rest)
		}
	}
}

func TestSections(t *testing.T) {
	text := strings.Join([]string{
		"Lead with [x][r].", // 10
		"",
		"## Who it is *for* {#who}",
		"[dead](one.md)",
		"```",
		"## no section",
		"```",
		"What you need", // 17
		"---",
		"### Deeper",
		"[dead](two.md) and [r]",
		"## Who",
		"[r]: gone.md", // 22
		"## Who",
	}, "\n")
	lead, sections := Sections(Source{File: "f.md", Line: 10, Text: []byte(text)})
	type summary struct {
		Text, ID, Body string
		Line, BodyLine int
	}
	var got []summary
	for _, s := range sections {
		got = append(got, summary{s.Text, s.ID, string(s.Body.Text), s.Line, s.Body.Line})
	}
	want := []summary{
		{"Who it is for", "who", "[dead](one.md)\n```\n## no section\n```\n", 12, 13},
		{"What you need", "what-you-need", "### Deeper\n[dead](two.md) and [r]\n", 17, 19},
		{"Who", "who-2", "[r]: gone.md\n", 21, 22},
		{"Who", "who-3", "", 23, 23},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if string(lead.Text) != "Lead with [x][r].\n\n" || lead.Line != 10 {
		t.Errorf("lead %q on line %d", lead.Text, lead.Line)
	}
	// Positions are those of the file, also of definitions in other sections.
	at := func(src Source) (out []diag.Pos) {
		for _, d := range Convert(src, Options{}).Diagnostics {
			out = append(out, d.At)
		}
		return out
	}
	gone := diag.Pos{File: "f.md", Line: 22, Col: 6, Len: 7}
	if d := cmp.Diff([]diag.Pos{gone}, at(lead)); d != "" {
		t.Error("lead", d)
	}
	if d := cmp.Diff([]diag.Pos{{File: "f.md", Line: 20, Col: 8, Len: 6}, gone}, at(sections[1].Body)); d != "" {
		t.Error("second", d)
	}
}

func TestPlainText(t *testing.T) {
	got := PlainText("# A *b*\n\n- [c](gone.md) `d`\n- ![e](gone.png)\n\n| f | g |\n|---|---|\n| h | i |\n\n<p>j</p><script>k</script>\n\nl\nm")
	want := "A b\nc d\ne\nf g\nh i\nj\nl m"
	if got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestPlainHeadings holds the short way of Sections to the parser's: whatever
// it is sure of is what the parser finds.
func TestPlainHeadings(t *testing.T) {
	sure := 0
	for _, text := range plainBodies {
		if comparePlain(t, []byte(text)) {
			sure++
		}
	}
	if sure < 5 || sure == len(plainBodies) {
		t.Errorf("the short way was sure of %d of %d bodies", sure, len(plainBodies))
	}
}

var plainBodies = []string{
	"", "text", "## One\ntext\n## Two words, of it\n\nmore\n", "lead\n## A-B (c)?\n### deeper\n#### deeper\ntext\n",
	"- item\n## After a list\n  text", "> quote\n## After a quote\nlazy", "| a |\n|---|\n| b |\n## After a table\n",
	"1. x\n\n   y\n\n## After\n", "para\n## Interrupts\nnext", "term\n: what\n## x\n", "```\n## no\n```\n", "<div>\n## no\n</div>\n",
	"under\n---\n## x\n", "[a]: b.md\n## x\n", "## x {#y}\n", "## *x*\n", "  ## x\n", "- ## x\n", "## x ##\n", "##\n", "## \n", "##\tx\n", "## a -- b\n",
	"text\\\n## x\n", "**bold\n## x\nbold**\n", "`code\n## x\ncode`\n", "    code\n## x\n", "- a\n\n      code\n## x\n", "<!-- a\n\n## no\n-->\n", "a <!-- b\n## x\n-->\n",
}

func FuzzPlainHeadings(f *testing.F) {
	for _, text := range plainBodies {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, text []byte) { comparePlain(t, text) })
}

// comparePlain reports whether the short way was sure.
func comparePlain(t *testing.T, text []byte) bool {
	body := clean(text)
	got, sure := plainHeadings(body)
	if !sure {
		return false
	}
	want, refs := parsedHeadings(body)
	if d := cmp.Diff(want, got, cmp.AllowUnexported(cutAt{})); d != "" || len(refs) > 0 {
		t.Errorf("%q: %s %d definitions", text, d, len(refs))
	}
	return true
}
