package parse_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar; read the difference before you keep it")

// options are those of a portal in Bulgarian, Romanian and Serbian.
var options = parse.Options{
	Languages: []string{"bg", "ro", "sr-Latn"}, Currency: "EUR",
	Section: func(_, heading string) string {
		return map[string]string{"who it is for": "eligibility", "how it works": "steps", "how to appeal": "redress"}[strings.ToLower(heading)]
	},
}

// TestCases reads every file of testdata/*.txtar as if it stood at its path and
// compares what comes of it with what stands under its "====" line: the
// document, then the faults. In a source, <BOM>, <CRLF>, <CR>, <NBSP>, <ZWSP>,
// <TAB>, <BEL>, <FE>, <UTF16> and <UTF16BE> stand for what an editor would not show.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		archive := txtar.Parse(raw)
		for i, f := range archive.Files {
			source, want, _ := strings.Cut("\n"+string(f.Data), "\n====\n")
			if source = strings.Trim(source, "\n"); source != "" {
				source += "\n"
			}
			got := result(f.Name, unhide(source))
			archive.Files[i].Data = []byte(source + "====\n" + got)
			if *update {
				continue
			}
			t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar")+"/"+f.Name, func(t *testing.T) {
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("(-want +got)\n%s", d)
				}
			})
		}
		if *update {
			if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func unhide(source string) []byte {
	if strings.Contains(source, "<CRLF>") {
		source = strings.ReplaceAll(strings.ReplaceAll(source, "<CRLF>", ""), "\n", "\r\n")
	}
	return []byte(strings.NewReplacer("<BOM>", "\uFEFF", "<CR>\n", "\r", "<NBSP>", "\u00a0", "<ZWSP>", "\u200b", "<TAB>", "\t", "<BEL>", "\a", "<FE>", "\xFE",
		"<UTF16>", "\xFF\xFE", "<UTF16BE>", "\xFE\xFF").Replace(source))
}

// result reads a source as the file its path says and writes out what it holds.
func result(file string, raw []byte) string {
	var w strings.Builder
	var faults diag.List
	if strings.HasPrefix(file, "portal.yaml") {
		var v portal.Value
		v, faults = parse.Config(raw)
		dump(&w, "", v)
	} else {
		name, _, _ := strings.Cut(file, " ") // "x.md (about)" is x.md
		var doc *portal.Document
		doc, faults = parse.File(name, raw, options)
		writeDocument(&w, doc)
	}
	for _, d := range faults {
		fmt.Fprintf(&w, "%d:%d+%d %s %s: %s\n", d.At.Line, d.At.Col, d.At.Len, d.Severity, d.Code, d.Message())
		if d.Hint() == "" {
			w.WriteString("  NO HINT\n")
		}
	}
	return w.String()
}

func writeDocument(w *strings.Builder, doc *portal.Document) {
	fmt.Fprintf(w, "%s %s %s", doc.Type, doc.ID, doc.Lang)
	if doc.Named {
		w.WriteString(" (named)")
	}
	if doc.Unreadable {
		w.WriteString(" unreadable\n")
		return
	}
	fmt.Fprintf(w, "\ntitle %q at %d:%d\n", doc.Title, doc.TitleAt.Line, doc.TitleAt.Col)
	dump(w, "", doc.Fields)
	if len(bytes.TrimSpace(doc.Body.Text)) == 0 {
		return
	}
	n := doc.Body.Line
	for line := range strings.Lines(string(doc.Body.Text)) {
		if strings.TrimSpace(line) != "" {
			fmt.Fprintf(w, "%d| %s\n", n, strings.TrimRight(line, "\n "))
		}
		n++
	}
}

func dump(w *strings.Builder, path string, v portal.Value) {
	switch {
	case v.Map != nil:
		for _, m := range v.Map {
			dump(w, strings.TrimPrefix(path+"."+m.Name, "."), m.Value)
		}
	case v.List != nil:
		if len(v.List) == 0 {
			fmt.Fprintf(w, "%s = []\n", path)
		}
		for i, item := range v.List {
			dump(w, path+"["+strconv.Itoa(i)+"]", item)
		}
	case v.Bad:
		fmt.Fprintf(w, "%s = bad at %d:%d\n", path, v.At.Line, v.At.Col)
	case path != "":
		fmt.Fprintf(w, "%s = %q at %d:%d\n", path, v.Text, v.At.Line, v.At.Col)
	}
}
