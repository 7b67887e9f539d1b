package generator_test

// The plan of the house, held by a test: which package may import which of ours.
// A new package gets its line here before it gets its first import.

import (
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "belfry"

// room is one package: its layer, for people, and what it may import of ours.
type room struct {
	layer   int
	imports string // names separated by spaces; "*" for any
}

// layers names packages by their path below the module, those in generator/ by
// their last part. No package imports one of its own layer or above.
var layers = map[string]room{
	"diag":         {0, ""},
	"search":       {1, "search/words"},
	"search/words": {0, ""}, // search/words: analysis, apart from the index
	"themes":       {0, ""},

	"tree":   {1, "diag"}, // its findings about files are diagnostics
	"locale": {1, "diag"},

	"publish":  {2, "tree"},
	"audit":    {2, "diag tree"},
	"preview":  {2, "diag tree"},
	"markdown": {2, "diag locale"},
	"form":     {2, "diag locale"},
	"theme":    {2, "diag tree locale themes"},

	"upload": {3, "diag tree publish"},

	"portal": {3, "diag locale form markdown"},

	"parse":  {4, "diag tree locale form portal markdown"},
	"review": {4, "diag tree locale form portal markdown"},

	"translate": {4, "diag tree locale form portal markdown"},
	"editors":   {4, "diag locale form portal"},

	"render": {5, "diag locale form portal markdown search"},

	"generator": {6, "diag tree locale markdown form theme portal parse review render audit search translate"},

	"fleet": {7, "diag tree portal parse publish generator"},

	"e2e": {0, ""}, // what tests need that is not Go; only tests import it

	"cmd/belfry": {8, "*"},
}

// name shortens an import path of ours: "belfry/generator/diag" to "diag".
func name(importPath string) string {
	below := strings.TrimPrefix(strings.TrimPrefix(importPath, module), "/")
	return strings.TrimPrefix(below, "generator/")
}

// TestTable checks the table itself: it opens downwards only.
func TestTable(t *testing.T) {
	for from, r := range layers {
		if r.imports == "*" {
			continue
		}
		for _, to := range strings.Fields(r.imports) {
			if below, ok := layers[to]; !ok || below.layer >= r.layer {
				t.Errorf("the table lets %s (layer %d) import %s, which is not below it", from, r.layer, to)
			}
		}
	}
}

// TestLayers reads the imports of every package of the module, tests excepted:
// these may use what lies above, as no program depends on them.
func TestLayers(t *testing.T) {
	for _, fault := range faults(os.DirFS(".."), module) {
		t.Error(fault)
	}
}

// faults lists what is against the table in a module's files, in their order.
func faults(files fs.FS, module string) []string {
	var list []string
	err := fs.WalkDir(files, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := path.Base(file)
		if d.IsDir() {
			// What the go command leaves out, and modules of their own.
			_, err := fs.Stat(files, path.Join(file, "go.mod"))
			if file != "." && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules" || err == nil) {
				return fs.SkipDir
			}
			return nil
		}
		if path.Ext(base) != ".go" || strings.HasSuffix(base, "_test.go") || strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") {
			return nil
		}
		found, err := inFile(files, file, module)
		for _, f := range found {
			if !slices.Contains(list, f) {
				list = append(list, f)
			}
		}
		return err
	})
	if err != nil {
		list = append(list, err.Error())
	}
	return list
}

func inFile(files fs.FS, file, module string) ([]string, error) {
	text, err := fs.ReadFile(files, file)
	if err != nil {
		return nil, err
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ImportsOnly|parser.ParseComments)
	if err != nil {
		return nil, err
	}
	if len(parsed.Comments) > 0 && parsed.Comments[0].List[0].Text == "//go:build ignore" {
		return nil, nil // a program for go run, part of no package
	}
	here := name(path.Join(module, path.Dir(file)))
	r, known := layers[here]
	if !known {
		return []string{fmt.Sprintf("the package %q (folder %s) has no line in the table of layers_test.go: give it a layer, or put its files into a package that has one", here, path.Dir(file))}, nil
	}
	var list []string
	for _, spec := range parsed.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return nil, errors.Join(errors.New(file), err)
		}
		if p != module && !strings.HasPrefix(p, module+"/") {
			continue
		}
		if to := name(p); r.imports != "*" && !slices.Contains(strings.Fields(r.imports), to) {
			may := "nothing of ours"
			if r.imports != "" {
				may = "of ours only " + strings.ReplaceAll(r.imports, " ", ", ")
			}
			list = append(list, fmt.Sprintf("%s imports %s: %s (layer %d) may import %s", file, p, here, r.layer, may))
		}
	}
	return list, nil
}

// TestLayersFindFaults makes sure that the check can fail.
func TestLayersFindFaults(t *testing.T) {
	for name, c := range map[string]struct {
		file, text string
		want       string // part of the only fault; "" for none
	}{
		"allowed":              {"generator/parse/a.go", `import ("fmt"; "belfry/generator/diag"; "golang.org/x/net/html")`, ""},
		"the command":          {"cmd/belfry/a.go", `import ("belfry/generator"; "belfry/generator/publish"; "belfry/themes")`, ""},
		"upwards":              {"generator/parse/a.go", `import x "belfry/generator/render"`, `generator/parse/a.go imports belfry/generator/render: parse (layer 4) may import of ours only diag`},
		"nothing at all":       {"search/a.go", `import _ "belfry/generator/diag"`, "search (layer 1) may import of ours only search/words"},
		"the conductor":        {"generator/a.go", `import "belfry/generator/publish"`, "generator (layer 6) may import"},
		"from below":           {"generator/diag/a.go", `import "belfry/generator"`, "diag (layer 0)"},
		"an unknown package":   {"generator/util/a.go", ``, `"util" (folder generator/util) has no line`},
		"an unknown import":    {"generator/form/a.go", `import "belfry/generator/form/client"`, "form (layer 2)"},
		"one at the root":      {"a.go", ``, `"" (folder .) has no line`},
		"a test":               {"generator/diag/a_test.go", `import "belfry/generator/render"`, ""},
		"test data":            {"generator/diag/testdata/a.go", `import "belfry/generator/render"`, ""},
		"another module":       {"receiver/a.go", `import "belfry/generator/render"`, ""},
		"a name like ours":     {"generator/diag/a.go", `import "belfryx/generator/render"`, ""},
		"a program to run":     {"generator/diag/a/gen.go", `import "belfry/generator/tree"`, ""},
		"a file of one system": {"generator/diag/a_windows.go", `import "belfry/generator/tree"`, "diag (layer 0)"},
	} {
		head := "package p\n"
		if path.Base(c.file) == "gen.go" {
			head = "//go:build ignore\n\npackage main\n"
		}
		got := faults(fstest.MapFS{
			c.file:            {Data: []byte(head + c.text)},
			"receiver/go.mod": {},
			"go.mod":          {},
		}, "belfry")
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
