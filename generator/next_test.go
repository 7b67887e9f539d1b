package generator_test

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/publish"
	"belfry/generator/tree"
)

// TestNext edits the town at random, step by step: a plan made from the one
// before builds the same files and tells the same faults as one from nothing.
func TestNext(t *testing.T) {
	opt := generator.Options{At: noon, SkipBroken: true, Serve: true}
	dice := rand.New(rand.NewPCG(20, 26))
	source := town(t)
	plan := generator.Prepare(source, opt)
	for step := range 12 {
		var edited []string
		if step%2 == 0 {
			source, edited = edit(t, source, dice, 1+dice.IntN(4))
		} else {
			source, edited = reword(t, source, dice)
		}
		plan = plan.Next(source, opt)
		planned(t, plan).equal(t, strings.Join(edited, ", "), planned(t, generator.Prepare(source, opt)))
		if t.Failed() {
			t.Fatalf("after step %d", step)
		}
	}
}

// planned makes the files of a plan.
func planned(t *testing.T, plan *generator.Plan) built {
	t.Helper()
	b := built{out: &publish.Memory{}}
	var err error
	if b.report, err = plan.Build(context.Background(), b.out); err != nil {
		t.Fatal(err)
	}
	return b
}

// reword changes a text of a document and nothing else, as most edits do.
func reword(t *testing.T, source *tree.Tree, dice *rand.Rand) (*tree.Tree, []string) {
	t.Helper()
	docs := slices.DeleteFunc(slices.Clone(source.Files()), func(f *tree.File) bool { return !strings.HasSuffix(f.Path, ".md") })
	f := docs[dice.IntN(len(docs))]
	raw, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(raw), "\n")
	for i, l := range lines {
		if strings.HasPrefix(l, "description:") && dice.IntN(2) == 0 {
			lines[i] = "description: Said in other words " + string(rune('a'+dice.IntN(26))) + "."
		}
	}
	lines = append(lines, "", "A sentence ["+string(rune('a'+dice.IntN(26)))+"](nowhere.md).")
	return source.With(tree.NewFile(f.Path, []byte(strings.Join(lines, "\n")))), []string{f.Path}
}

// TestNextShares holds the short way to being taken: an edit of words alone
// keeps theme and pages of all else.
func TestNextShares(t *testing.T) {
	opt := generator.Options{At: noon, SkipBroken: true, Serve: true}
	source := town(t)
	plan := generator.Prepare(source, opt)
	f, _ := source.Get("services/birth-certificate.md")
	if f == nil {
		t.Fatal("the town has another service now")
	}
	raw, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	next := plan.Next(source.With(tree.NewFile(f.Path, append(slices.Clone(raw), "\n\nMore.\n"...))), opt)
	same := 0
	for i, page := range next.Pages {
		if page.Item != nil && page.Item == plan.Pages[i].Item {
			same++
		}
	}
	if next.Theme != plan.Theme || same < len(plan.Pages)/2 || same == len(plan.Pages) {
		t.Errorf("%d of %d pages are the same", same, len(plan.Pages))
	}
}

// TestLastGood breaks a document: serve goes on to show what it was, and tells.
func TestLastGood(t *testing.T) {
	source := madeUp(t, 3)
	opt := generator.Options{At: noon, SkipBroken: true, Serve: true, LastGood: true}
	plan := generator.Prepare(source, opt)
	want, _, _, err := plan.File("en/services/s0001.html")
	if err != nil || want == nil {
		t.Fatal(err)
	}
	broken := plan.Next(source.With(tree.NewFile("services/s0001.md", []byte("---\ntitle: [\n---\n"))), opt)
	got, _, _, err := broken.File("en/services/s0001.html")
	if err != nil || string(got) != string(want) {
		t.Errorf("the page of a broken file is another, or gone: %v", err)
	}
	if !slices.ContainsFunc(broken.Faults(), func(d diag.Diagnostic) bool {
		return d.At.File == "services/s0001.md" && strings.HasPrefix(d.Code, "front-matter/")
	}) {
		t.Error("the fault is not told")
	}
	mended := broken.Next(source, opt)
	if got, _, _, _ := mended.File("en/services/s0001.html"); string(got) != string(want) {
		t.Error("the mended page is another")
	}
	for _, d := range mended.Faults() {
		if d.At.File == "services/s0001.md" && strings.HasPrefix(d.Code, "front-matter/") {
			t.Error("the fault is still told")
		}
	}
}
