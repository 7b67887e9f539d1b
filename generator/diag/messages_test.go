package diag_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"belfry/generator/diag"
)

// TestEveryCodeHasAnEntry finds the codes that the source names and holds them
// against the table: a missing entry would panic in front of a webmaster, an
// unused one misleads its translators.
func TestEveryCodeHasAnEntry(t *testing.T) {
	known := diag.Codes()
	shape := regexp.MustCompile(`^[a-z]+(-[a-z]+)*/[a-z0-9]+(-[a-z0-9]+)*$`)
	areas := map[string]bool{}
	for _, c := range known {
		area, _, _ := strings.Cut(c, "/")
		areas[area] = true
	}
	named := map[string]bool{}
	err := filepath.WalkDir("../..", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				if s, err := strconv.Unquote(lit.Value); err == nil {
					named[s] = true
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for code := range named {
		area, _, _ := strings.Cut(code, "/")
		if shape.MatchString(code) && areas[area] && area != "messages" && !slices.Contains(known, code) {
			t.Errorf("%s is named in the source but has no entry", code)
		}
	}
	for _, code := range known {
		// A room may name the second part alone and put its own area before it.
		if _, tail, _ := strings.Cut(code, "/"); !named[code] && !named[tail] {
			t.Errorf("%s has an entry but nothing names it", code)
		}
	}
}
