package fleet_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/fleet"
	"belfry/generator/tree"
)

var at = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// region writes a fleet of small towns; every second one follows the catalogue.
func region(t *testing.T, towns int) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"fleet.yaml":                         "portals: [\"towns/*\"]\ncatalogues: {region: catalogue}\nmessages: shared\nassets: pictures\n",
		"shared/en.yaml":                     "nav.site_map: Look it up\n",
		"pictures/note.txt":                  "for all\n",
		"catalogue/catalogue.yaml":           "id: region\nlanguages: [en]\n",
		"catalogue/1/services/birth.md":      "---\ntitle: Birth certificate\ndescription: A copy of the record.\ncost: 2.50 EUR\n---\nThe text of the region.\n",
		"catalogue/1/services/marriage.md":   "---\ntitle: Marriage certificate\ndescription: Another copy.\ncost: 3.10 EUR\n---\n",
		"catalogue/1/assets/from-region.txt": "region\n",
	}
	for n := range towns {
		town := fmt.Sprintf("towns/t%02d/", n)
		files[town+"portal.yaml"] = fmt.Sprintf("name: Town %d\nlanguages: [en]\nauthority: hall\nbase_url: https://t%d.example/\n", n, n)
		files[town+"offices/hall.md"] = "---\ntitle: Town hall\n---\n"
		files[town+"services/own.md"] = fmt.Sprintf("---\ntitle: Own service %d\ndescription: Only here.\n---\n", n)
		if n%2 == 0 {
			files[town+"services/birth.md"] = "---\nextends: region/birth\n---\n"
			files[town+"services/marriage.md"] = "---\nextends: region/marriage@1\ncost: 4.00 EUR\n---\n"
		}
	}
	write(t, dir, files)
	return dir
}

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func build(t *testing.T, dir, out string, change func(*fleet.BuildOptions)) *fleet.Report {
	t.Helper()
	f, faults, err := fleet.Read(dir)
	if err != nil || len(faults) > 0 {
		t.Fatal(faults, err)
	}
	opt := fleet.BuildOptions{Out: out, Generator: generator.Options{At: at}, Wait: time.Minute}
	if change != nil {
		change(&opt)
	}
	r, err := f.Build(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// files reads a folder, without what the fleet says of itself.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == fleet.Folder {
			return fs.SkipDir
		}
		if d.IsDir() {
			return nil
		}
		raw, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[filepath.ToSlash(rel)] = string(raw)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func states(r *fleet.Report) string {
	var out []string
	for _, p := range r.Portals {
		out = append(out, p.ID+" "+p.Status)
	}
	return strings.Join(out, ", ")
}

// TestAlone builds each town by itself as “belfry build” does: the same bytes.
func TestAlone(t *testing.T) {
	dir, out := region(t, 3), t.TempDir()
	build(t, dir, out, nil)
	for _, town := range []string{"t00", "t01", "t02"} {
		f, m, _, err := fleet.Find(filepath.Join(dir, "towns", town))
		if err != nil || f == nil {
			t.Fatal("the fleet above a town was not found", err)
		}
		source, _, err := tree.Read(f.Folder(*m), tree.Options{})
		if err != nil {
			t.Fatal(err)
		}
		alone := memory{}
		if _, err := generator.Build(context.Background(), source, f.Options(*m, generator.Options{At: at}), alone); err != nil {
			t.Fatal(err)
		}
		together := files(t, filepath.Join(out, town))
		delete(together, ".belfry-manifest.json")
		if !maps.Equal(together, map[string]string(alone)) {
			t.Errorf("%s is not the same alone", town)
		}
		if !strings.Contains(together["en/index.html"], "Look it up") || together["assets/note.txt"] == "" {
			t.Errorf("%s has not got what all share", town)
		}
		if got := together["assets/from-region.txt"] != ""; got != (town != "t01") {
			t.Errorf("%s has the catalogue's assets: %v", town, got)
		}
	}
}

type memory map[string]string

func (m memory) Write(path string, data []byte) error {
	m[path] = string(data)
	return nil
}

// TestBroken breaks towns in different ways: they keep their old output, the
// TestHostile: a town with links out of its folder, and one whose theme calls
// itself for ever, are not published, each for its own reason.
func TestHostile(t *testing.T) {
	dir, out := region(t, 3), t.TempDir()
	if err := os.Symlink(filepath.Join(dir, fleet.File), filepath.Join(dir, "towns", "t00", "services", "leak.md")); err != nil {
		t.Skip("this system makes no symbolic links:", err)
	}
	write(t, dir, map[string]string{"towns/t01/theme/layouts/page.html": `{{template "frame" .}}{{define "main"}}{{template "main" .}}{{end}}`})
	r := build(t, dir, out, nil)
	if got, want := states(r), "t00 failed, t01 failed, t02 published"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	for i, want := range []string{"file/link", "theme/template"} {
		if d := r.Portals[i].Diagnostics; !slices.ContainsFunc(d, func(d diag.Stored) bool { return d.Code == want }) {
			t.Errorf("%s: no %s in %+v", r.Portals[i].ID, want, d)
		}
		if _, err := os.Stat(filepath.Join(out, r.Portals[i].ID)); err == nil {
			t.Errorf("%s was published", r.Portals[i].ID)
		}
	}
}

// TestGone: a folder that is listed and not there is the fault of one portal.
func TestGone(t *testing.T) {
	dir, out := region(t, 2), t.TempDir()
	name := filepath.Join(dir, fleet.File)
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(raw), "portals: [", "portals: [towns/gone, ", 1)
	if changed == string(raw) {
		t.Fatalf("no list of portals in %s", raw)
	}
	if err := os.WriteFile(name, []byte(changed), 0o644); err != nil {
		t.Fatal(err)
	}
	r := build(t, dir, out, nil)
	if got, want := states(r), "gone failed, t00 published, t01 published"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if d := r.Portals[0].Diagnostics; len(d) != 1 || d[0].Code != "fleet/no-folder" || d[0].File != fleet.File || d[0].Line == 0 {
		t.Errorf("%+v", d)
	}
}

// others are published as if nothing had happened.
func TestBroken(t *testing.T) {
	dir, out := region(t, 6), t.TempDir()
	build(t, dir, out, nil)
	before := files(t, out)
	write(t, dir, map[string]string{
		"towns/t00/services/birth.md": "---\nextends: region/brith\n---\n",
		"towns/t01/portal.yaml":       "languages: [en\n",
		"towns/t02/services/own.md":   "---\ntitle: Own\ndescription: x\n---\n[dead](nowhere.md)\n",
		"towns/t03/services/own.md":   "---\ntitle: New words\ndescription: x\n---\n",
	})
	r := build(t, dir, out, nil)
	if got, want := states(r), "t00 failed, t01 failed, t02 failed, t03 published, t04 unchanged, t05 unchanged"; got != want {
		t.Fatalf("%s, want %s", got, want)
	}
	for n, want := range []string{"towns/t00/services/birth.md:2", "towns/t01/portal.yaml:1", "towns/t02/services/own.md:5"} {
		d := r.Portals[n].Diagnostics
		if !slices.ContainsFunc(d, func(d diag.Stored) bool { return fmt.Sprintf("%s:%d", d.File, d.Line) == want && d.Severity == "error" }) {
			t.Errorf("%s: no error at %s: %+v", r.Portals[n].ID, want, d)
		}
	}
	after := files(t, out)
	for name, text := range before {
		if !strings.HasPrefix(name, "t03/") && after[name] != text {
			t.Errorf("%s was changed", name)
		}
	}
	if !strings.Contains(after["t03/en/services/own.html"], "New words") {
		t.Error("the sound change was not published")
	}
	if r.Totals.Failed != 3 || r.Totals.Published != 1 || r.Totals.Unchanged != 2 || r.Totals.Portals != 6 {
		t.Errorf("totals do not add up: %+v", r.Totals)
	}
}

// TestShards joins the results of four shards: the same files and report as one
// build of the whole.
func TestShards(t *testing.T) {
	dir, whole := region(t, 8), t.TempDir()
	write(t, dir, map[string]string{"towns/t05/services/own.md": "---\ntitle: x\n---\n"})
	want := build(t, dir, whole, nil)
	var outs []string
	joined := map[string]string{}
	for n := range 4 {
		out := t.TempDir()
		r := build(t, dir, out, func(o *fleet.BuildOptions) { o.Shard = fleet.Shard{N: n + 1, Of: 4} })
		if len(r.Portals) > 0 {
			outs = append(outs, out)
		}
		maps.Copy(joined, files(t, out))
	}
	if len(outs) < 2 {
		t.Fatal("all portals fell into one shard: the test says nothing")
	}
	merged, err := fleet.Merge(outs...)
	if err != nil {
		t.Fatal(err)
	}
	if a, b := encoded(t, merged), encoded(t, want); a != b {
		t.Errorf("the merged report differs:\n%s\n%s", a, b)
	}
	if !bytes.Equal(merged.HTML(), want.HTML()) || merged.GitHub() != want.GitHub() || !bytes.Equal(merged.JUnit(), want.JUnit()) {
		t.Error("a report for people or machines differs")
	}
	if !maps.Equal(joined, files(t, whole)) {
		t.Error("the files differ")
	}
	if _, err := fleet.Merge(outs[0], outs[0]); err == nil {
		t.Error("one shard twice was taken for two")
	}
}

func encoded(t *testing.T, r *fleet.Report) string {
	t.Helper()
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// TestCatalogueChange changes one price in the catalogue: exactly the pages that
// show it change, in the towns that follow it and do not say it themselves.
func TestCatalogueChange(t *testing.T) {
	dir, out := region(t, 4), t.TempDir()
	build(t, dir, out, nil)
	before := files(t, out)
	change := func(name, old, now string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, bytes.ReplaceAll(raw, []byte(old), []byte(now)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	change("catalogue/1/services/birth.md", "2.50", "2.90")
	change("catalogue/1/services/marriage.md", "3.10", "3.30") // every follower says its own price
	r := build(t, dir, out, nil)
	if got, want := states(r), "t00 published, t01 unchanged, t02 published, t03 unchanged"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for name, text := range files(t, out) {
		shows := strings.Contains(text, "2.90")
		if changed := before[name] != text; changed != shows && strings.HasSuffix(name, ".html") {
			t.Errorf("%s: changed %v, shows the price %v", name, changed, shows)
		}
	}
}

// TestUnchanged trusts an output only while it is whole and its time has not come.
func TestUnchanged(t *testing.T) {
	dir, out := region(t, 2), t.TempDir()
	write(t, dir, map[string]string{"towns/t01/alerts/flood.md": "---\ntitle: High water\nexpires: 2026-11-21\n---\n"})
	build(t, dir, out, nil)
	if got := states(build(t, dir, out, nil)); got != "t00 unchanged, t01 unchanged" {
		t.Error(got)
	}
	later := func(o *fleet.BuildOptions) { o.Generator.At = at.AddDate(0, 0, 2) }
	if got := states(build(t, dir, out, later)); got != "t00 unchanged, t01 published" {
		t.Error("after the alert has expired:", got)
	}
	if err := os.Remove(filepath.Join(out, "t00", "en", "index.html")); err != nil {
		t.Fatal(err)
	}
	if got := states(build(t, dir, out, later)); got != "t00 published, t01 unchanged" {
		t.Error("after a page was lost:", got)
	}
}

// TestQuotas gives a town more than it may have; it alone fails.
func TestQuotas(t *testing.T) {
	for name, c := range map[string]struct {
		quota, code string
		files       map[string]string
	}{
		"files": {"files: 30", "file/too-many", map[string]string{}},
		"bytes": {"bytes: 50 KB", "file/", map[string]string{"assets/a.bin": strings.Repeat("x", 60_000)}},
		"page":  {"page_weight: 60 KB", "fleet/page-weight", map[string]string{"pages/long.md": "---\ntitle: Long\n---\n" + strings.Repeat("words and words\n\n", 6000)}},
		"time":  {"build_time: 1 ns", "fleet/build-time", nil},
	} {
		t.Run(name, func(t *testing.T) {
			dir := region(t, 2)
			write(t, dir, map[string]string{"fleet.yaml": "portals: [\"towns/*\"]\ncatalogues: {region: catalogue}\nquotas: {" + c.quota + "}\n"})
			if name == "time" {
				write(t, dir, map[string]string{"fleet.yaml": "portals: [\"towns/*\"]\ncatalogues: {region: catalogue}\nquotas: {build_time: 1us}\n"})
			}
			if name == "files" {
				for n := range 40 {
					write(t, dir, map[string]string{fmt.Sprintf("towns/t01/assets/%d.txt", n): "x"})
				}
			}
			for file, text := range c.files {
				write(t, dir, map[string]string{"towns/t01/" + file: text})
			}
			r := build(t, dir, t.TempDir(), nil)
			if name != "time" && r.Portals[0].Status != fleet.Published {
				t.Errorf("the other town is %s: %+v", r.Portals[0].Status, r.Portals[0].Diagnostics)
			}
			p := r.Portals[1]
			if p.Status != fleet.Failed || !slices.ContainsFunc(p.Diagnostics, func(d diag.Stored) bool { return strings.HasPrefix(d.Code, c.code) && d.Severity == "error" }) {
				t.Errorf("%s: %+v", p.Status, p.Diagnostics)
			}
		})
	}
}

// TestFleetFaults reads a fleet.yaml with every kind of mistake.
func TestFleetFaults(t *testing.T) {
	dir := region(t, 2)
	write(t, dir, map[string]string{"other/t00/portal.yaml": "name: x\nlanguages: [en]\n", "fleet.yaml": `portals:
  - towns/*
  - other/t00
  - {path: nowhere}
  - {path: towns/t01, id: "a/b"}
  - {path: towns/t01, pins: {region: "9"}}
  - empty*
catalogues: {region: catalogue, nation: nation}
pins: {regoin: "1"}
quotas: {bytes: lots, build_time: soon}
portal: x
`})
	_, faults, err := fleet.Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, d := range faults {
		got = append(got, fmt.Sprintf("%d:%d %s", d.At.Line, d.At.Col, d.Code))
	}
	want := []string{"3:5 fleet/same-id", "5:12 fleet/bad-id", "6:38 catalogue/version", "7:5 fleet/nothing-matches", "8:41 fleet/no-folder", "9:16 catalogue/unknown", "10:17 fleet/size", "10:35 fleet/time", "11:1 field/unknown"}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
