package translate_test

import (
	"bytes"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/portal"
	"belfry/generator/translate"
	"belfry/generator/tree"
	"github.com/google/go-cmp/cmp"
)

// town is the example, read once for each test that changes it.
func town(t testing.TB) *tree.Tree {
	t.Helper()
	source, _, err := tree.Read("../../content-example/beli-breg", tree.Options{Skip: []string{"public"}})
	if err != nil {
		t.Fatal(err)
	}
	return source
}

func link(t testing.TB, source *tree.Tree) *portal.Portal {
	t.Helper()
	p := generator.Prepare(source, generator.Options{At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), SkipBroken: true, Drafts: true})
	if p.Portal == nil {
		t.Fatal(p.Faults())
	}
	return p.Portal
}

func bytesOf(t testing.TB, source *tree.Tree, file string) []byte {
	t.Helper()
	f, ok := source.Get(file)
	if !ok {
		t.Fatalf("there is no %s", file)
	}
	raw, err := f.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

func survey(p *portal.Portal, source *tree.Tree, records map[string]translate.Records) []translate.Item {
	return translate.Survey(p, source, records, p.Config.Languages)
}

// into lists the items of one language.
func into(items []translate.Item, lang string) []translate.Item {
	return slices.DeleteFunc(slices.Clone(items), func(it translate.Item) bool { return it.Lang != lang })
}

func documents(p *portal.Portal, source *tree.Tree, lang string) []translate.Document {
	var docs []translate.Document
	for _, it := range into(survey(p, source, nil), lang) {
		docs = append(docs, translate.Prepare(it))
	}
	return docs
}

type format struct {
	write func(io.Writer, string, []translate.Document) error
	read  func(string, []byte) (*translate.Exchange, diag.List)
}

var formats = map[string]format{
	"xliff": {func(w io.Writer, lang string, docs []translate.Document) error {
		return translate.XLIFF(w, "bg", lang, docs)
	}, translate.ReadXLIFF},
	"csv": {translate.CSV, translate.ReadCSV},
}

// stamped gives every translation of a tree the stamp of its source, and
// returns the records along with it.
func stamped(t *testing.T, source *tree.Tree) (*tree.Tree, map[string]translate.Records) {
	records := map[string]translate.Records{}
	var files []*tree.File
	for _, it := range survey(link(t, source), source, nil) {
		if it.Text == nil {
			continue
		}
		r := translate.NewRecord(it.Entity, it.Entity.Source)
		out, ok := translate.Stamped(bytesOf(t, source, it.File), r.Stamp)
		if !ok {
			t.Fatalf("%s cannot be stamped", it.File)
		}
		files = append(files, tree.NewFile(it.File, out))
		records[it.Lang] = append(records[it.Lang], r)
	}
	return source.With(files...), records
}

func outOfDate(items []translate.Item) map[string][]translate.Change {
	out := map[string][]translate.Change{}
	for _, it := range items {
		if it.State == translate.OutOfDate {
			out[it.File] = it.Changes
		}
	}
	return out
}

// TestOneSentence changes one word in each source of the town in turn: exactly
// its translations are out of date, with that one block. The changes are made
// all at once first, so that each is seen among the others, then one alone.
func TestOneSentence(t *testing.T) {
	source, records := stamped(t, town(t))
	p := link(t, source)
	if old := outOfDate(survey(p, source, records)); len(old) > 0 {
		t.Fatalf("out of date from the beginning: %v", slices.Collect(maps.Keys(old)))
	}
	words := regexp.MustCompile(`\p{L}{5,}[.,]`)
	var changed []*tree.File
	want := map[string]bool{}
	for n, e := range p.Entities {
		raw := string(bytesOf(t, source, e.Source.File))
		head := strings.Index(raw, "\n---\n") + 5
		at := words.FindStringIndex(raw[head:])
		if at == nil {
			continue
		}
		now := tree.NewFile(e.Source.File, []byte(raw[:head]+raw[head:][:at[0]]+"друго"+raw[head:][at[0]:]))
		changed = append(changed, now)
		for lang, d := range e.Texts {
			if lang != e.Source.Lang {
				want[d.File] = true
			}
		}
		if n%40 != 0 {
			continue
		}
		alone := source.With(now)
		got := outOfDate(survey(link(t, alone), alone, records))
		if len(got) != len(e.Texts)-1 {
			t.Errorf("%s: out of date are %v", e.Source.File, slices.Collect(maps.Keys(got)))
		}
		for file, changes := range got {
			if len(changes) != 1 || changes[0].Old == "" || strings.Replace(changes[0].New, "друго", "", 1) != changes[0].Old {
				t.Errorf("%s: %+v", file, changes)
			}
		}
	}
	if len(changed) < 80 {
		t.Fatalf("only %d sources have a sentence", len(changed))
	}
	all := source.With(changed...)
	got := outOfDate(survey(link(t, all), all, records))
	if !maps.EqualFunc(got, want, func(c []translate.Change, _ bool) bool { return len(c) == 1 }) {
		t.Errorf("%d translations are out of date, want %d", len(got), len(want))
	}
}

// TestReformat lays every source out anew, mends every translation and touches
// what is a fact: nothing is out of date.
func TestReformat(t *testing.T) {
	source, records := stamped(t, town(t))
	p := link(t, source)
	var changed []*tree.File
	space, item := regexp.MustCompile(`(\pL{4,}) (\pL{4,}) (\pL)`), regexp.MustCompile(`(?m)^- (\S)`)
	for _, e := range p.Entities {
		raw := string(bytesOf(t, source, e.Source.File))
		i := strings.Index(raw, "\n---\n") + 5
		head, body := raw[:i], raw[i:]
		var lines []string
		for line := range strings.Lines(body) {
			if !strings.HasPrefix(line, "|") && !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "- ") {
				line = space.ReplaceAllString(line, "$1  $2\n$3") // wrapped otherwise
			}
			lines = append(lines, line)
		}
		body = item.ReplaceAllString(strings.Join(lines, ""), "*   $1")
		if e.Type == "form" { // there the depth of an item says what it is, and a bracket ends its line
			body = raw[i:]
		}
		head = strings.Replace(head, "reviewed: 2026", "reviewed: 2025", 1)
		head = strings.Replace(head, "keywords: [", "keywords: [още, ", 1)
		changed = append(changed, tree.NewFile(e.Source.File, []byte(strings.ReplaceAll(bom+head+"\n\n"+body+"\n", "\n", "\r\n"))))
		for lang, d := range e.Texts {
			if lang != e.Source.Lang {
				changed = append(changed, tree.NewFile(d.File, append(bytesOf(t, source, d.File), "\nTypo mended.\n"...)))
			}
		}
	}
	now := source.With(changed...)
	for file, c := range outOfDate(survey(link(t, now), now, records)) {
		t.Errorf("%s: %+v", file, c)
	}
}

const bom = "\uFEFF"

// TestRoundTrip sends every document of the town to a translator and takes it
// back as it was: nothing is to be written.
func TestRoundTrip(t *testing.T) {
	source := town(t)
	p := link(t, source)
	for name, f := range formats {
		for _, lang := range []string{"ro", "en"} {
			var b bytes.Buffer
			if err := f.write(&b, lang, documents(p, source, lang)); err != nil {
				t.Fatal(err)
			}
			ex, faults := f.read("x", b.Bytes())
			if len(faults) > 0 {
				t.Fatalf("%s: %v", name, faults)
			}
			im, faults := translate.Import(p, source, nil, ex, false)
			if len(faults) > 0 || len(im.Files) > 0 || im.Texts > 0 {
				t.Errorf("%s %s: %d files, %v", name, lang, len(im.Files), faults)
			}
		}
	}
}

// TestEveryText changes every text of the town's translations, and fills in all
// that is missing: each stands in its place, and nothing else has changed.
func TestEveryText(t *testing.T) {
	source := town(t)
	p := link(t, source)
	for name, f := range formats {
		docs := documents(p, source, "ro")
		var b bytes.Buffer
		if err := f.write(&b, "ro", docs); err != nil {
			t.Fatal(err)
		}
		ex, _ := f.read("x", b.Bytes())
		n := 0
		for i := range ex.Documents {
			for j := range ex.Documents[i].Units {
				u := &ex.Documents[i].Units[j]
				if u.Target == "" {
					u.Target = u.Source
				}
				u.Target = "Ăsta " + u.Target
				u.Done = true
				n++
			}
		}
		im, faults := translate.Import(p, source, nil, ex, false)
		if len(faults) > 0 || im.Texts != n {
			t.Fatalf("%s: %d of %d texts, %v", name, im.Texts, n, faults)
		}
		var files []*tree.File
		for path, raw := range im.Files {
			files = append(files, tree.NewFile(path, raw))
		}
		after := source.With(files...)
		q := link(t, after)
		if faults := im.Verify(q, after); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
		for _, d := range documents(q, after, "ro") {
			for _, u := range d.Units {
				if u.Target == nil || !strings.HasPrefix(u.Text(), "Ăsta ") {
					t.Errorf("%s %s %s: %q", name, d.File, u.Key, u.Text())
				}
			}
		}
		// Without the word that was added, every file is as it was.
		for _, d := range docs {
			if d.Text == nil {
				raw := string(im.Files[d.File])
				for _, fact := range []string{"\nreviewed:", "\nowner:", "\ntopics:", "url:", "\nid:", "date:", "{id:"} {
					if strings.Contains(raw, fact) {
						t.Errorf("%s holds %s", d.File, fact)
					}
				}
				continue
			}
			old, now := string(bytesOf(t, source, d.File)), strings.ReplaceAll(string(im.Files[d.File]), "Ăsta ", "")
			old = regexp.MustCompile(`(?m)^(keywords|translated_from): .*\n`).ReplaceAllString(old, "")
			now = regexp.MustCompile(`(?m)^(keywords|translated_from): .*\n`).ReplaceAllString(now, "")
			if diff := cmp.Diff(strings.Fields(old), strings.Fields(now)); diff != "" {
				t.Errorf("%s %s differs in more than its texts:\n%s", name, d.File, diff)
			}
		}
	}
}
