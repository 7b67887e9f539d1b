package search

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"belfry/e2e"
)

// nodeJob asks the client, run by node, what testdata/node/answer.mjs explains.
type nodeJob struct {
	Dir     string      `json:"dir"`
	Scripts []string    `json:"scripts"`
	Lang    string      `json:"lang"`
	Queries []nodeQuery `json:"queries"`
	Tokens  []string    `json:"tokens,omitempty"`
	Fresh   bool        `json:"fresh,omitempty"`
	Mark    string      `json:"mark,omitempty"`
}

type nodeQuery struct {
	Q string         `json:"q"`
	O map[string]any `json:"o,omitempty"`
}

type nodeAnswer struct {
	Answers []struct {
		Total   int
		IDs     []string
		Scores  []int
		Widened []Widened
		Read    []string
		Marked  []string
		MS      float64
		Error   string
	}
	Words [][]struct {
		T   string
		Pos int
		R   []string
		K   string
	}
}

func writeFiles(t testing.TB, files []File) string {
	t.Helper()
	dir := t.TempDir()
	for _, f := range files {
		if err := os.WriteFile(filepath.Join(dir, filepath.Base(f.Name)), f.Data, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func askNode(t testing.TB, job nodeJob) nodeAnswer {
	t.Helper()
	node := e2e.Node(t)
	job.Scripts = []string{"client/inflate.js", "client/core.js"}
	in, err := json.Marshal(job)
	if err != nil {
		t.Fatal(err)
	}
	var out, errs bytes.Buffer
	cmd := exec.Command(node, "testdata/node/answer.mjs")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(in), &out, &errs
	if err := cmd.Run(); err != nil {
		t.Fatalf("node: %v\n%s", err, errs.String())
	}
	var a nodeAnswer
	if err := json.Unmarshal(out.Bytes(), &a); err != nil {
		t.Fatalf("node answered %q: %v", out.String(), err)
	}
	return a
}

// TestClientEqualsGo: the script finds what Go finds, with the same scores in
// the same order, for every language of the samples, sharded and in one file.
func TestClientEqualsGo(t *testing.T) {
	e2e.Node(t)
	for i, lang := range slices.Sorted(maps.Keys(sampleWords)) {
		// Every language sharded; every sixth in one file too.
		for _, opt := range []Options{{SingleFile: -1, ShardBytes: 900, CardsPerFile: 4}, {}}[:1+i%6/5] {
			docs := slices.Collect(sampleDocs(lang, 60, 7))
			res, err := Build(lang, slices.Values(docs), opt)
			if err != nil {
				t.Fatal(err)
			}
			var qs []Query
			for _, d := range docs[:16] {
				w := strings.Fields(d.Body)[0] // as it is written, in its own script
				r := []rune(w)
				qs = append(qs, Query{Text: w}, Query{Text: string(r[:(len(r)+1)/2])}, Query{Text: string(r[:2])}, Query{Text: string(r[1:])},
					Query{Text: string(r[:len(r)-1]) + "e"}, Query{Text: "e" + w}, Query{Text: w + "ta mno"}, Query{Text: string(r[1:2]) + string(r[:1]) + string(r[2:])})
			}
			for _, d := range docs[16:22] {
				w := strings.Fields(d.Body)
				qs = append(qs, Query{Text: d.Title, Limit: 30}, Query{Text: `"` + w[3] + " " + w[4] + `" ` + w[9]}, Query{Text: `"` + w[3] + " " + w[4] + " " + w[5]},
					Query{Text: w[7], Filters: map[string][]string{"type": {"news", "office"}, "topic": {"0", "4"}}})
			}
			job := nodeJob{Dir: writeFiles(t, res.Files), Lang: lang}
			for _, q := range qs {
				job.Queries = append(job.Queries, nodeQuery{q.Text, map[string]any{"limit": q.Limit, "filters": q.Filters}})
			}
			a := askNode(t, job)
			for i, q := range qs {
				want := res.Index.Search(q)
				var ids []string
				var scores []int
				for _, h := range want.Hits {
					ids, scores = append(ids, h.ID), append(scores, h.Score)
				}
				got := a.Answers[i]
				if got.Error != "" || got.Total != want.Total || !slices.Equal(got.IDs, ids) || !slices.Equal(got.Scores, scores) || len(got.Widened) != len(want.Widened) ||
					len(want.Widened) > 0 && !reflect.DeepEqual(got.Widened, want.Widened) {
					t.Fatalf("%s %+v:\nclient %+v\nGo     %d %v %v %+v", lang, q, got, want.Total, ids, scores, want.Widened)
				}
			}
		}
	}
}

// TestClientMarks: words of the query are marked in any form and script; a
// missing file rejects the answer and is asked for again.
func TestClientMarks(t *testing.T) {
	res, err := Build("bg", slices.Values([]Document{{ID: "a", URL: "a.html", Title: "Удостоверения за наследници", Body: "удостоверение"}}), Options{SingleFile: -1})
	if err != nil {
		t.Fatal(err)
	}
	job := nodeJob{Dir: writeFiles(t, res.Files), Lang: "bg", Mark: "Издава удостоверение, удостоверенията за НАСЛЕДНИЦИ.", Queries: []nodeQuery{{Q: "udostoverenia nasled"}}}
	a := askNode(t, job).Answers[0]
	if want := []string{"удостоверение", "НАСЛЕДНИЦИ"}; !slices.Equal(a.Marked, want) {
		t.Errorf("marked %q, want %q (%s)", a.Marked, want, a.Error)
	}
	for _, f := range res.Files {
		if strings.Contains(filepath.Base(f.Name), "c0") {
			if err := os.Remove(filepath.Join(job.Dir, filepath.Base(f.Name))); err != nil {
				t.Fatal(err)
			}
		}
	}
	job.Mark = ""
	if a := askNode(t, job).Answers[0]; !strings.Contains(a.Error, "search: no ") {
		t.Errorf("without its cards the answer is %+v", a)
	}
}
