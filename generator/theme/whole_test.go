package theme_test

import (
	"bytes"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/theme"
	"belfry/generator/tree"
)

// bothWays executes a layout by its steps and by text/template.
type bothWays struct {
	*testing.T
	fast, plain *theme.Templates
}

func (b bothWays) Execute(_ *bytes.Buffer, layout, lang string, view any) error {
	var fast, plain bytes.Buffer
	err := b.fast.Execute(&fast, layout, lang, view)
	if other := b.plain.Execute(&plain, layout, lang, view); err != nil || other != nil {
		b.Fatal(err, other)
	}
	if !bytes.Equal(fast.Bytes(), plain.Bytes()) {
		b.Errorf("%s: steps write\n%s\ntext/template\n%s", layout, fast.Bytes(), plain.Bytes())
	}
	return nil
}

// TestStepsWriteTheExample compares every page of the example town.
func TestStepsWriteTheExample(t *testing.T) {
	source, _, err := tree.Read("../../content-example/beli-breg", tree.Options{})
	if err != nil {
		t.Fatal(err)
	}
	plan := generator.Prepare(source, generator.Options{At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)})
	both := bothWays{t, plan.Theme.Templates, plan.Theme.Templates.Plainly()}
	for _, p := range plan.Pages {
		view, _ := p.Site.View(p.Page)
		if _, err := view.Page(both, new(bytes.Buffer)); err != nil || t.Failed() {
			t.Fatal(p.Path, err)
		}
	}
	if len(plan.Pages) < 500 {
		t.Errorf("only %d pages", len(plan.Pages))
	}
}
