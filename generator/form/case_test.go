package form

// The cases in testdata/cases are forms, one behaviour each: files as a webmaster
// writes them and what is said about them. “go test -update” writes what is said
// now; read the difference before you keep it.

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"belfry/generator/diag"
)

var update = flag.Bool("update", false, "write the expected results of the cases")

func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/cases/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases", err)
	}
	broken := 0
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			raw, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			a := txtar.Parse(raw)
			forms, said := readCase(t, a)
			got := map[string]string{"said": said}
			if said != "" {
				broken++
			}
			for _, f := range a.Files {
				if strings.HasSuffix(f.Name, ".json") {
					lang := strings.TrimSuffix(strings.TrimPrefix(f.Name, "form."), ".json")
					got[f.Name] = outlineJSON(t, forms[lang])
				}
			}
			for i, f := range a.Files {
				want, checked := got[f.Name]
				if !checked {
					continue
				}
				if *update {
					a.Files[i].Data = []byte(want)
				} else if d := cmp.Diff(string(f.Data), want); d != "" {
					t.Errorf("%s (-want +got):\n%s", f.Name, d)
				}
				delete(got, f.Name)
			}
			if want, left := got["said"]; left {
				if *update {
					a.Files = append(a.Files, txtar.File{Name: "said", Data: []byte(want)})
				} else {
					t.Error("the case has no section “said”")
				}
			}
			if out := txtar.Format(a); *update && !bytes.Equal(out, raw) {
				if err := os.WriteFile(name, out, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
	if broken < 60 {
		t.Errorf("%d broken forms; 60 were promised", broken)
	}
}

// readCase parses form.md as the base and every form.LANG.md as a translation.
func readCase(t *testing.T, a *txtar.Archive) (map[string]*Form, string) {
	t.Helper()
	var base *Form
	forms := map[string]*Form{}
	var list diag.List
	lists := func(path string) (string, bool) {
		for _, f := range a.Files {
			if f.Name == path {
				return string(f.Data), true
			}
		}
		return "", false
	}
	for _, f := range a.Files {
		parts := strings.Split(f.Name, ".")
		if parts[0] != "form" || parts[len(parts)-1] != "md" {
			continue
		}
		src := readSource(f.Name, string(f.Data))
		src.List = lists
		var said diag.List
		if len(parts) == 2 {
			base, said = Parse(src)
			forms["en"] = base
		} else {
			src.Language = parts[1]
			forms[parts[1]], said = Translate(base, src)
		}
		inside(t, said, src)
		list = append(list, said...)
	}
	var b strings.Builder
	diag.Print(&b, list, false)
	return forms, b.String()
}

var (
	frontLine = regexp.MustCompile(`^(\s*)([a-z ]+):\s*(.*)$`)
	quoted    = regexp.MustCompile(`^"(.*)"$`)
)

// readSource is a small reader of front matter, good enough for the cases: the
// real one is another room's.
func readSource(file, text string) Source {
	src := Source{File: file, Language: "en", Line: 1, Head: Head{ID: "parking-permit"}, Body: text}
	rest, ok := strings.CutPrefix(text, "---\n")
	if !ok {
		src.Head.Title.Text = "A form"
		return src
	}
	head, body, _ := strings.Cut(rest, "---\n")
	src.Body, src.Line = body, strings.Count(head, "\n")+3
	for i, l := range strings.Split(head, "\n") {
		m := frontLine.FindStringSubmatch(l)
		if m == nil {
			continue
		}
		value := m[3]
		if q := quoted.FindStringSubmatch(value); q != nil {
			value = q[1]
		}
		v := Value{Text: value, At: diag.Pos{File: file, Line: i + 2, Col: utf8.RuneCountInString(l[:len(l)-len(m[3])]) + 1, Len: utf8.RuneCountInString(m[3])}}
		switch m[2] {
		case "id":
			src.Head.ID = value
		case "title":
			src.Head.Title = v
		case "form":
			src.Head.Form = v
		case "version":
			src.Head.Version = v
		case "send":
			src.Head.Send = append(src.Head.Send, v)
		case "fee":
			src.Head.Fee = v
		case "seal":
			src.Head.Seal = v
		case "controller":
			src.Head.Controller = v
		case "purpose":
			src.Head.Purpose = v
		case "legal basis":
			src.Head.LegalBasis = v
		case "keep":
			src.Head.Keep = v
		}
	}
	return src
}

// inside fails when a place lies outside of its file.
func inside(t *testing.T, list diag.List, src Source) {
	t.Helper()
	lines := map[int]string{}
	for _, l := range src.lines() {
		lines[l.number] = l.raw
	}
	for _, d := range list {
		if d.At.File != src.File || d.At.Line == 0 || d.At.Line < max(src.Line, 1) {
			continue
		}
		l, ok := lines[d.At.Line]
		n := utf8.RuneCountInString(l)
		if !ok || d.At.Col < 0 || d.At.Col > n+1 || d.At.Col > 0 && d.At.Col+d.At.Len > n+1+d.At.Len {
			t.Errorf("%s: %s lies outside of its line (%d characters)", d.Code, d.At, n)
		}
	}
}

// outlineJSON is a form as JSON, for cases that show what was read.
func outlineJSON(t *testing.T, f *Form) string {
	t.Helper()
	if f == nil {
		t.Fatal("no form of that language")
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(summary(f)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// summary leaves out places and empty values.
func summary(v any) any {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	var tree any
	if err := json.Unmarshal(raw, &tree); err != nil {
		panic(err)
	}
	return prune(tree)
}

func prune(v any) any {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "At")
		delete(v, "Tests")
		if text, ok := v["Value"].(string); ok && len(v) == 2 {
			if _, isText := v["Lang"]; isText {
				if v["Lang"] == "" {
					return text
				}
				return v["Lang"].(string) + ": " + text
			}
		}
		for k, e := range v {
			if e = prune(e); empty(e) || k == "Decimals" && e == -1.0 {
				delete(v, k)
			} else {
				v[k] = e
			}
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
	}
	return v
}

func empty(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case bool:
		return !v
	case float64:
		return v == 0
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}
