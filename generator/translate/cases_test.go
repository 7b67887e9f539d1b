package translate_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"belfry/generator/diag"
	"belfry/generator/translate"
	"belfry/generator/tree"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the expected parts of testdata/*.txtar; read the difference before you keep it")

// TestCases lays texts over small portals. A case holds the files of a portal,
// "texts" with a line "file unit text" for each text that came back (\n in it is
// a line break), and "want" with the files that are to be written, or the
// faults. <CRLF> and <BOM> in a file stand for what an editor would not show.
func TestCases(t *testing.T) {
	names, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(names) == 0 {
		t.Fatal("no cases", err)
	}
	for _, name := range names {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			archive := txtar.Parse(raw)
			files := map[string]string{}
			texts, want := "", ""
			for _, f := range archive.Files {
				switch f.Name {
				case "texts":
					texts = string(f.Data)
				case "want":
					want = string(f.Data)
				default:
					files[f.Name] = unhide(string(f.Data))
				}
			}
			source := tree.FromMap(files)
			got := lay(t, source, texts)
			if *update {
				for i := range archive.Files {
					if archive.Files[i].Name == "want" {
						archive.Files[i].Data = []byte(got)
					}
				}
				if err := os.WriteFile(name, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

func unhide(s string) string {
	if strings.Contains(s, "<CRLF>") {
		s = strings.ReplaceAll(strings.ReplaceAll(s, "<CRLF>", ""), "\n", "\r\n")
	}
	return strings.ReplaceAll(s, "<BOM>", bom)
}

func hide(s string) string {
	if strings.Contains(s, "\r\n") {
		mark := "<CRLF>\n"
		if strings.Count(s, "\r\n") != strings.Count(s, "\n") {
			mark = "<MIXED>\n"
		}
		s = strings.ReplaceAll(s, "\r\n", "\n") + mark
	}
	return strings.ReplaceAll(s, bom, "<BOM>")
}

// lay imports texts and writes out the changed files, each indented by a stroke
// so that it can stand in an archive.
func lay(t *testing.T, source *tree.Tree, texts string) string {
	p := link(t, source)
	var ex translate.Exchange
	byFile := map[string]int{}
	docs := map[string]translate.Document{}
	lang := "ro"
	for line := range strings.Lines(texts) {
		file, rest, _ := strings.Cut(strings.TrimRight(line, "\n"), " ")
		key, text, _ := strings.Cut(rest, " ")
		if file == "lang" {
			lang = key
			continue
		}
		if _, begun := byFile[file]; !begun {
			for _, d := range documents(p, source, lang) {
				docs[d.Entity.Source.File] = d
			}
			byFile[file] = len(ex.Documents)
			ex.Documents = append(ex.Documents, translate.Returned{File: file, At: diag.Pos{File: "x", Line: 1}, Stamp: docs[file].Stamp})
			for _, u := range docs[file].Units {
				ex.Documents[byFile[file]].Units = append(ex.Documents[byFile[file]].Units, translate.ReturnedUnit{Key: u.Key, Source: u.Source.Text, Target: u.Text(), At: diag.Pos{File: "x", Line: 1}})
			}
		}
		found := false
		for i := range ex.Documents[byFile[file]].Units {
			if u := &ex.Documents[byFile[file]].Units[i]; u.Key == key {
				u.Target, found = strings.ReplaceAll(text, `\n`, "\n"), true
			}
		}
		if !found {
			t.Fatalf("%s has no %s", file, key)
		}
	}
	ex.Lang = lang
	im, faults := translate.Import(p, source, nil, &ex, false)
	var files []*tree.File
	if im != nil && faults.Count(diag.Error) == 0 {
		for name, raw := range im.Files {
			files = append(files, tree.NewFile(name, raw))
		}
		after := source.With(files...)
		faults = append(faults, im.Verify(link(t, after), after)...)
	}
	var b strings.Builder
	for _, f := range faults {
		b.WriteString(f.Code + " " + f.Message() + "\n")
	}
	if faults.Count(diag.Error) > 0 {
		return b.String()
	}
	for _, f := range source.With(files...).Files() {
		raw, changed := im.Files[f.Path]
		if !changed {
			continue
		}
		b.WriteString(f.Path + "\n")
		for line := range strings.Lines(hide(string(raw))) {
			b.WriteString("| " + strings.TrimSuffix(line, "\n") + "\n")
		}
		if !strings.HasSuffix(string(raw), "\n") {
			b.WriteString("(no line end)\n")
		}
	}
	return b.String()
}
