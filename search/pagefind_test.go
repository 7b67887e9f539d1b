package search

import (
	"os/exec"
	"slices"
	"testing"
)

// TestPagefindFailures is the list of what Pagefind 1.6.0 does not find, asked
// of the Go side and of the script: pages with one word or two, and queries
// that must lead to one of them (SEARCH.md, multilingual probes and what users
// of Pagefind ask for).
func TestPagefindFailures(t *testing.T) {
	type probe struct{ q, id string } // id "" : nothing may be found
	for _, c := range []struct {
		name, lang string
		docs       []Document
		opt        Options
		probes     []probe
	}{
		{"one word in many forms", "sr", []Document{{ID: "cyr", Title: "шума"}}, Options{}, []probe{{"шума", "cyr"}, {"sume", "cyr"}, {"šume", "cyr"}, {"šumama", "cyr"}, {"šuma", "cyr"}}},
		{"both scripts as one", "sr", []Document{{ID: "lat", Title: "škola"}, {ID: "cyr", Title: "школа"}}, Options{}, []probe{{"škola", "lat"}, {"škola", "cyr"}, {"школа", "lat"}, {"skola", "cyr"}}},
		{"without marks", "sr", []Document{{ID: "a", Title: "lična karta"}}, Options{}, []probe{{"licna", "a"}, {"lična", "a"}, {"лична", "a"}}},
		{"letters with a stroke", "pl", []Document{{ID: "a", Title: "Miasto Łódź"}}, Options{}, []probe{{"lodz", "a"}, {"łódź", "a"}}},
		{"dotless i", "tr", []Document{{ID: "a", Title: "Isparta ısıtma"}}, Options{}, []probe{{"ısparta", "a"}, {"isitma", "a"}, {"ISITMA", "a"}, {"isparta", "a"}}},
		{"greeklish", "el", []Document{{ID: "a", Title: "Δελτίο ταυτότητας"}}, Options{}, []probe{{"taftotitas", "a"}, {"taytothtas", "a"}, {"ταυτοτητα", "a"}, {"deltio", "a"}}},
		{"plural and Latin", "bg", []Document{{ID: "a", Title: "Удостоверение за наследници"}}, Options{}, []probe{{"удостоверения", "a"}, {"udostoverenie", "a"}, {"udostovereniya", "a"}, {"наследник", "a"}}},
		{"plural and Latin", "ka", []Document{{ID: "a", Title: "დაბადების მოწმობა"}}, Options{}, []probe{{"მოწმობები", "a"}, {"motsmoba", "a"}}},
		{"swapped letters", "en", []Document{{ID: "a", Title: "Reset your password"}, {ID: "b", Title: "Passport"}, {ID: "c", Title: "Password rules", Body: "password"}}, Options{}, []probe{{"passwrod", "a"}, {"apssword", "a"}, {"oassword", "c"}}},
		{"title before longer title", "en", []Document{{ID: "space", Title: "Create tablespace", Body: "create table create table space"}, {ID: "table", Title: "Create table", Body: "makes one"}}, Options{}, []probe{{"create table", "table"}}},
		{"no backing off to a shorter word", "en", []Document{{ID: "a", Title: "A b"}}, Options{}, []probe{{"artery", ""}, {"qwxzzkvj", ""}}},
		{"question with a word nobody has", "en", []Document{{ID: "a", Title: "Parking permit"}}, Options{}, []probe{{"how do I get a parking permit zxqw", "a"}}},
		{"synonyms", "en", []Document{{ID: "a", Title: "Household waste"}, {ID: "b", Title: "Local taxes"}, {ID: "c", Title: "Address registration"}}, Options{Synonyms: [][]string{{"rubbish", "waste", "garbage"}, {"tax domicile", "address registration"}}}, []probe{{"rubbish", "a"}, {"garbage", "a"}, {"tax domicile", "c"}}},
		{"keywords", "en", []Document{{ID: "a", Title: "Household waste", Keywords: []string{"wheelie bin"}}}, Options{}, []probe{{"bin", "a"}, {"weelie", "a"}}},
		{"comma below and cedilla", "ro", []Document{{ID: "a", Title: "Informații despre înștiințare"}}, Options{}, []probe{{"informaţii", "a"}, {"informatii", "a"}, {"informație", "a"}, {"înştiinţare", "a"}}},
		{"decomposed text", "es", []Document{{ID: "a", Title: "Notificación"}}, Options{}, []probe{{"notificación", "a"}, {"notificacion", "a"}, {"notificaciones", "a"}}},
		{"phrase inside a query", "en", []Document{{ID: "a", Title: "One", Body: "the water supply of the town"}, {ID: "b", Title: "Two", Body: "supply the town with water"}}, Options{}, []probe{{`"water supply" town`, "a"}, {`"supply water"`, ""}}},
		{"a name with an apostrophe", "uk", []Document{{ID: "a", Title: "Багатодітна сім'я"}}, Options{}, []probe{{"сімя", "a"}, {"сім’я", "a"}, {"simia", "a"}}},
		{"a soft hyphen", "de", []Document{{ID: "a", Title: "Müll\u00adabfuhr\u00adkalender"}}, Options{}, []probe{{"müllabfuhrkalender", "a"}, {"Muellabfuhr", "a"}}},
		{"part of a word", "en", []Document{{ID: "a", Title: "Kindergarten"}, {ID: "b", Title: "Market"}}, Options{}, []probe{{"ki", "a"}, {"kinderg", "a"}}},
		{"a page that weighs more", "en", []Document{{ID: "news", Title: "Parking permit", Weight: 0.5}, {ID: "service", Title: "Parking permit", Weight: 1.5}}, Options{}, []probe{{"parking permit", "service"}}},
		{"without accents", "ro", []Document{{ID: "a", Title: "Înregistrarea câinelui"}}, Options{}, []probe{{"caine", "a"}, {"inregistrare", "a"}}},
		{"without accents", "hu", []Document{{ID: "a", Title: "Születési anyakönyvi kivonat"}}, Options{}, []probe{{"szuletesi anyakonyvi", "a"}}},
	} {
		for i := range c.docs {
			c.docs[i].URL = c.docs[i].ID + ".html"
		}
		res, err := Build(c.lang, slices.Values(c.docs), c.opt)
		if err != nil {
			t.Fatal(err)
		}
		job := nodeJob{Dir: writeFiles(t, res.Files), Lang: c.lang}
		for _, p := range c.probes {
			job.Queries = append(job.Queries, nodeQuery{Q: p.q})
		}
		var client nodeAnswer
		_, err = exec.LookPath("node")
		node := err == nil
		if node {
			client = askNode(t, job)
		}
		for i, p := range c.probes {
			r := res.Index.Search(Query{Text: p.q})
			ids := idsOf(r)
			if node && !slices.Equal(client.Answers[i].IDs, ids) {
				t.Errorf("%s, %s: %q finds %v in the terminal, %v in the script", c.lang, c.name, p.q, ids, client.Answers[i].IDs)
			}
			switch {
			case p.id == "" && r.Total > 0:
				t.Errorf("%s, %s: %q finds %v, should find nothing", c.lang, c.name, p.q, ids)
			case p.id != "" && !slices.Contains(ids, p.id):
				t.Errorf("%s, %s: %q finds %v, should find %s", c.lang, c.name, p.q, ids, p.id)
			case slices.Contains([]string{"title before longer title", "a page that weighs more"}, c.name) && ids[0] != p.id:
				t.Errorf("%s: %q finds %v, should find %s first", c.name, p.q, ids, p.id)
			}
		}
	}
}
