package markdown

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"belfry/generator/diag"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar; read the difference before you keep it")

// TestCases converts every NAME.md of testdata/*.txtar and compares with
// NAME.html and NAME.faults, which a case without them expects to be empty. The
// head of a file sets options: "lang bg", "quotes „ “ ‚ ‘", "top 3",
// "reserved x y", "external (another site)", "skip-broken", and
// "target DEST KIND HREF [title=… size=… px=WxH lang=… guess=… csv=a,b;c,d]".
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(raw)
		opt := caseOptions(t, string(archive.Comment))
		expected := map[string]string{}
		for _, f := range archive.Files {
			expected[f.Name] = string(f.Data)
		}
		rewritten := &txtar.Archive{Comment: archive.Comment}
		for _, f := range archive.Files {
			name, isInput := strings.CutSuffix(f.Name, ".md")
			if !isInput {
				continue
			}
			html, faults := convertCase(f.Name, f.Data, opt)
			rewritten.Files = append(rewritten.Files, f, txtar.File{Name: name + ".html", Data: []byte(html)})
			if faults != "" {
				rewritten.Files = append(rewritten.Files, txtar.File{Name: name + ".faults", Data: []byte(faults)})
			}
			if *update {
				continue
			}
			t.Run(filepath.Base(file)+"/"+name, func(t *testing.T) {
				if d := cmp.Diff(expected[name+".html"], html); d != "" {
					t.Errorf("HTML (-want +got):\n%s", d)
				}
				if d := cmp.Diff(expected[name+".faults"], faults); d != "" {
					t.Errorf("faults (-want +got):\n%s", d)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(rewritten), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func convertCase(name string, input []byte, opt Options) (html, faults string) {
	src := Source{File: name, Line: 1, Text: input}
	res := Convert(src, opt)
	if strings.HasPrefix(name, "inline") {
		var words string
		res.HTML, words, res.Diagnostics = Inline(src, opt)
		res.HTML += "\n[" + words + "]"
	}
	var b strings.Builder
	for _, d := range res.Diagnostics {
		fmt.Fprintf(&b, "%d:%d+%d %s: %s: %s\n", d.At.Line, d.At.Col, d.At.Len, d.Severity, d.Code, d.Message())
		if strings.Contains(d.Message(), "{") && !strings.Contains(string(input), "{") {
			fmt.Fprintf(&b, "  UNFILLED\n")
		}
	}
	return strings.TrimRight(res.HTML, "\n") + "\n", b.String()
}

func caseOptions(t *testing.T, head string) Options {
	opt := Options{Targets: map[string]Target{}}
	kinds := map[string]Kind{"document": Document, "asset": Asset, "external": External, "fragment": Fragment, "mail": Mail, "dead": Dead}
	for line := range strings.Lines(head) {
		f := strings.Fields(line)
		if len(f) == 0 {
			continue
		}
		switch f[0] {
		case "#":
		case "lang":
			opt.Lang = f[1]
		case "quotes":
			copy(opt.Quotes[:], f[1:])
		case "top":
			fmt.Sscan(f[1], &opt.TopLevel)
		case "reserved":
			opt.Reserved = f[1:]
		case "external":
			opt.ExternalText = strings.Join(f[1:], " ")
		case "skip-broken":
			opt.SkipBroken = true
		case "bulgarian":
			opt.Labels = Labels{Note: "Забележка", Footnotes: "Бележки", Footnote: "Бележка {n}", Back: "Обратно към текста", Table: "Таблица {n}"}.Filled()
		case "target":
			tgt := Target{Kind: kinds[f[2]]}
			if len(f) > 3 && f[3] != "-" {
				tgt.Href = f[3]
			}
			for _, extra := range f[min(4, len(f)):] {
				key, value, _ := strings.Cut(extra, "=")
				value = strings.ReplaceAll(value, "_", " ")
				switch key {
				case "title":
					tgt.Title = value
				case "size":
					fmt.Sscan(value, &tgt.Size)
				case "px":
					fmt.Sscanf(value, "%dx%d", &tgt.Width, &tgt.Height)
				case "lang":
					tgt.Lang = value
				case "guess":
					tgt.Guess = value
				case "csv":
					tgt.Table = [][]string{}
					for _, row := range strings.Split(value, ";") {
						if row != "" {
							tgt.Table = append(tgt.Table, strings.Split(row, ","))
						}
					}
				}
			}
			opt.Targets[f[1]] = tgt
		default:
			t.Fatalf("unknown option %q", line)
		}
	}
	return opt
}

// TestMessages holds that every code of this package fills all its places.
func TestMessages(t *testing.T) {
	for _, code := range diag.Codes() {
		if !strings.HasPrefix(code, "markdown/") && !strings.HasPrefix(code, "link/") {
			continue
		}
		if d := diag.New(code, diag.Pos{}); d.Message() == "" || d.Hint() == "" && d.Severity != diag.Note {
			t.Errorf("%s lacks a message or a hint", code)
		}
	}
}
