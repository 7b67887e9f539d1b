package search

import (
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
	} {
		for i := range c.docs {
			c.docs[i].URL = c.docs[i].ID + ".html"
		}
		res, err := Build(c.lang, slices.Values(c.docs), c.opt)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range c.probes {
			r := res.Index.Search(Query{Text: p.q})
			ids := idsOf(r)
			switch {
			case p.id == "" && r.Total > 0:
				t.Errorf("%s, %s: %q finds %v, should find nothing", c.lang, c.name, p.q, ids)
			case p.id != "" && !slices.Contains(ids, p.id):
				t.Errorf("%s, %s: %q finds %v, should find %s", c.lang, c.name, p.q, ids, p.id)
			case c.name == "title before longer title" && ids[0] != p.id:
				t.Errorf("%s: %q finds %v, should find %s first", c.name, p.q, ids, p.id)
			}
		}
	}
}
