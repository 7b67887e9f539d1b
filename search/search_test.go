package search

import (
	"slices"
	"strings"
	"testing"
)

func TestBuildEdges(t *testing.T) {
	for _, d := range []Document{{URL: "a.html", Title: "no id"}, {ID: "a", Title: "no URL"}} {
		if _, err := Build("en", slices.Values([]Document{d}), Options{}); err == nil {
			t.Errorf("%+v was taken", d)
		}
	}
	for _, docs := range [][]Document{nil, {{ID: "a", URL: "a.html"}}, {{ID: "a", URL: "a.html", Title: "The"}, {ID: "a", URL: "b.html", Title: "Again"}}} {
		for _, opt := range []Options{{}, {SingleFile: -1}} {
			res, err := Build("xx", slices.Values(docs), opt)
			if err != nil {
				t.Fatal(err)
			}
			r := filesReader(t, "xx", res.Files)
			for _, q := range []string{"", "the", "again", "zebra crossing", `"the`} {
				want := res.Index.Search(Query{Text: q})
				got, err := r.Search(Query{Text: q, Filters: map[string][]string{}})
				if err != nil || got.Total != want.Total {
					t.Errorf("%d documents, %q: %v %v, wanted %v", len(docs), q, got, err, want)
				}
			}
			if len(docs) == 2 && !slices.Equal(res.Report.Doubled, []string{"a"}) {
				t.Errorf("doubled ids: %v", res.Report.Doubled)
			}
			for _, f := range res.Files {
				if !strings.HasPrefix(string(f.Data), callback+`("`) || f.Stable != (f.Name == "search/xx.js") {
					t.Errorf("%s, stable %v: %.40s", f.Name, f.Stable, f.Data)
				}
			}
		}
	}
}

// TestExplain: what is said of a result adds up to its score.
func TestExplain(t *testing.T) {
	res, err := Build("bg", slices.Values([]Document{
		{ID: "a", URL: "a.html", Title: "Удостоверение за раждане", Type: "service", Related: []string{"b"}},
		{ID: "b", URL: "b.html", Title: "Гражданско състояние", Body: "раждане, брак, удостоверения", Type: "office"},
	}), Options{})
	if err != nil {
		t.Fatal(err)
	}
	r := res.Index.Search(Query{Text: "удостоверение ражадне", Explain: true})
	if r.Total != 2 || r.Hits[0].ID != "a" || len(r.Hits[0].Related) != 1 || len(r.Widened) != 1 || r.Widened[0].Forms[0] != "raJdane" {
		t.Fatalf("%+v", r)
	}
	for _, h := range r.Hits {
		sum := 0
		for _, w := range h.Why {
			sum += w.Points
			if w.Tier != "name" && w.Points != w.Rarity*w.Impact*w.Weight {
				t.Errorf("%s: %+v", h.ID, w)
			}
		}
		want := 2
		if h.ID == "a" {
			want = 3 // its title is the query
		}
		if len(h.Why) != want || sum != h.Score/8 {
			t.Errorf("%s: %d points, score %d: %+v", h.ID, sum, h.Score, h.Why)
		}
	}
	if f := res.Index.Search(Query{Text: "раждане", Filters: map[string][]string{"type": {"office"}}}); f.Total != 1 || f.Hits[0].ID != "b" {
		t.Errorf("filtered: %+v", f)
	}
}
