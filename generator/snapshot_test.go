package generator_test

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/markdown"
	"belfry/generator/portal"
	"belfry/generator/tree"
)

// TestSnapshot starts serve again from what it kept: the same plan, with the
// files that changed meanwhile as they are.
func TestSnapshot(t *testing.T) {
	folder := t.TempDir()
	cache, err := generator.OpenCache(folder)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	long := time.Now().Add(-time.Hour)
	for _, f := range town(t).Files() {
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		raw, err := f.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		if os.MkdirAll(filepath.Dir(name), 0o755) != nil || os.WriteFile(name, raw, 0o644) != nil || os.Chtimes(name, long, long) != nil {
			t.Fatal(name)
		}
	}
	var asked atomic.Int64
	opened := 0
	start := func() (*generator.Plan, *generator.Snapshot) {
		t.Helper()
		snapshot := cache.Snapshot(dir)
		asked.Store(0)
		source, _, err := tree.Read(dir, tree.Options{Known: func(name string, size int64, modified time.Time) ([]byte, [32]byte, bool) {
			text, hash, ok := snapshot.Known(name, size, modified)
			if !ok {
				asked.Add(1)
			}
			return text, hash, ok
		}})
		if err != nil {
			t.Fatal(err)
		}
		opened = int(asked.Load())
		plan := generator.Prepare(source, generator.Options{At: noon, SkipBroken: true, Serve: true, Snapshot: snapshot})
		clean, _, err := tree.Read(dir, tree.Options{})
		if err != nil {
			t.Fatal(err)
		}
		planned(t, plan).equal(t, "from the snapshot", build(t, clean, generator.Options{SkipBroken: true}))
		return plan, snapshot
	}
	plan, snapshot := start()
	all := opened
	plan.Save(snapshot, time.Now())
	start()
	if documents := plan.Report.Documents.Read; opened > all-documents {
		t.Errorf("%d of %d files were opened again", opened, all)
	}
	doc := filepath.Join(dir, "services", "dog-registration.md")
	raw, err := os.ReadFile(doc)
	if err != nil || os.WriteFile(doc, append(raw, "\nMore.\n"...), 0o644) != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(dir, "services", "address-certificate.md")
	if os.WriteFile(broken, []byte("---\ntitle: [\n---\n"), 0o644) != nil {
		t.Fatal(broken)
	}
	plan, snapshot = start()
	// A file changed just now is not believed at the next start, whatever its time says.
	plan.Save(snapshot, time.Now())
	kept, err := filepath.Glob(filepath.Join(folder, "serve-*"))
	if err != nil || len(kept) != 1 {
		t.Fatal(kept, err)
	}
	damaged, err := os.ReadFile(kept[0])
	if err != nil {
		t.Fatal(err)
	}
	damaged[len(damaged)/2] ^= 1
	if os.WriteFile(kept[0], damaged, 0o644) != nil {
		t.Fatal("cannot damage it")
	}
	if start(); opened != all {
		t.Errorf("a damaged snapshot was believed: %d of %d files opened", opened, all)
	}
}

// TestSnapshotComplete fails when a document or a value gets a field that the
// snapshot does not know: give it to encoder and decoder, then name it here.
func TestSnapshotComplete(t *testing.T) {
	for typ, known := range map[reflect.Type]string{
		reflect.TypeFor[portal.Document](): "File Type ID Lang Named Fields Title TitleAt Body Whole From Derived Unreadable",
		reflect.TypeFor[portal.Value]():    "At Bad Lang Text List Map Gone Patch",
		reflect.TypeFor[markdown.Source](): "File Line Text Pieces origin originLine lines refs",
	} {
		var names []string
		for i := range typ.NumField() {
			names = append(names, typ.Field(i).Name)
		}
		if !slices.Equal(names, strings.Fields(known)) {
			t.Errorf("%s has other fields now: %s", typ, strings.Join(names, " "))
		}
	}
}
