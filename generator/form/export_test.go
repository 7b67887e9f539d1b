package form

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"
	"unicode"
)

// hostile are answers as somebody would write them who wants something to happen.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `</td></table><h1>`, `&lt;b&gt;`,
	`=cmd|' /C calc'!A0`, `+1+1`, `-1+1`, `@SUM(A1)`, "\t=1+1", "\r=1+1", " =1+1", "\u200b=1+1", "\u202e=1+1", "＝1+1", "|calc", "%0A", "=HYPERLINK(\"http://a.example\")",
	"\x00", "a\x00b", "\x1b[31mred", "\u202Eexe.txt", "\u2066\u2069\u200f\u061c", "a\r\nb,\"c\"", "';DROP TABLE", "\ufeff=1", "\U000E0041", "\xff\xfe",
}

// harmless fails when a text still holds what is hidden or turns others round.
func harmless(t *testing.T, where, s string) {
	t.Helper()
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\r' || unicode.Is(unicode.Bidi_Control, r) || r == '\u200b' {
			t.Errorf("%s: holds %U: %q", where, r, s)
		}
	}
}

func TestExportsAreInert(t *testing.T) {
	f, said := Parse(Source{File: "f.md", Body: "- A [a: long text]\n- Rows [rows: repeat 1 to 2]\n  - B [b]\n- Born [n: number]\n", Head: Head{ID: "f", Title: Value{Text: "F"}}})
	if len(said) > 1 {
		t.Fatal(said)
	}
	for _, h := range hostile {
		a := Answers{"a": h, "rows": []any{map[string]any{"b": h}, map[string]any{"b": "x"}}, "n": -5.0, "gone": h}
		var b bytes.Buffer
		if err := CSV(&b, f, []Envelope{{Form: "f", Version: 1, Ref: h, Language: h, Answers: a}}); err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if !strings.HasPrefix(text, "\ufeff") {
			t.Error("no byte order mark")
		}
		rows, err := csv.NewReader(strings.NewReader(text[3:])).ReadAll()
		if err != nil || len(rows) != 2 || len(rows[0]) != len(rows[1]) {
			t.Fatalf("%q: %v, %v", h, err, rows)
		}
		for i, c := range rows[1] {
			harmless(t, "CSV "+rows[0][i], c)
			first := strings.TrimLeft(c, " \n")
			if first != "" && strings.ContainsAny(first[:1], "=+@|%") || strings.HasPrefix(first, "-") && c != "-5" || strings.HasPrefix(first, "＝") {
				t.Errorf("%q: a spreadsheet would compute %q", h, c)
			}
		}
		sheet := Sheet(f, a, Words{"yes", "no"})
		for _, l := range sheet {
			harmless(t, "sheet", l.Answer)
		}
		out := HTML(sheet)
		harmless(t, "HTML", out)
		for _, tag := range []string{"<script", "<img", "</table", "<h1", "onerror=alert(1)>"} {
			if strings.Contains(out, tag) {
				t.Errorf("%q is alive in %s", tag, out)
			}
		}
	}
}

func TestCSVColumns(t *testing.T) {
	forms := vectorForms(t)
	var b strings.Builder
	a := Answers{"full_name": "Ana", "vehicles": []any{map[string]any{"plate": "A", "owner": "me"}, map[string]any{"plate": "B", "owner": "other", "letter": []any{map[string]any{"name": "l.pdf"}}}},
		"home": map[string]any{"street": "S", "place": "P", "postcode": "7"}, "truth": true}
	if err := CSV(&b, forms["parking"], []Envelope{NewEnvelope(forms["parking"], a)}); err != nil {
		t.Fatal(err)
	}
	want := "\ufeff" + `"ref","received_at","form","version","language","total","full_name","egn","birth_date","email","home-street","home-place","home-postcode",` +
		`"vehicles-1-plate","vehicles-1-owner","vehicles-1-letter","vehicles-2-plate","vehicles-2-owner","vehicles-2-letter","zone","start","delivery","post_to-street","post_to-place","post_to-postcode","notes","truth","remind","other"` + "\r\n" +
		`"","","parking-permit","3","en","12.00","Ana","","","","S","P","7","A","me","","B","other","l.pdf","","","","","","","","yes","",""` + "\r\n"
	if b.String() != want {
		t.Errorf("got\n%s\nwant\n%s", b.String(), want)
	}
	lines := Sheet(forms["parking"], a, Words{"yes", "no"})
	if l := lines[6]; l.Label != "Vehicle 2 – Whose car is it?" && lines[7].Label != "Vehicle 2 – Whose car is it?" {
		t.Errorf("%+v", lines)
	}
}

func TestEnvelopeThereAndBack(t *testing.T) {
	forms := vectorForms(t)
	e := NewEnvelope(forms["parking"], Answers{"full_name": "Ana", "truth": true, "delivery": "post"})
	if e.Total != "14.50" || e.Currency != "EUR" || e.Labels["full_name"] != "Your full name" || len(e.Statements["truth"]) != 64 || e.Schema != "parking-permit.v3.schema.json" {
		t.Errorf("%+v", e)
	}
	raw := encode(e)
	back, err := ParseEnvelope(raw, MaxBytes)
	if err != nil || string(encode(back)) != string(raw) {
		t.Errorf("%v: %+v", err, back)
	}
	if _, err := ParseEnvelope([]byte(`{"form":"x","answers":{},"files":[{"sha256":"00","data":"AAAA"}]}`), MaxBytes); err == nil {
		t.Error("a file that is not the one its hash names was taken")
	}
	for _, bad := range []string{``, `[]`, `{"a":1,"a":2}`, `{"a":`, "{\"a\":\"\xff\"}", `{} {}`, `{"a":` + strings.Repeat("[", 20) + strings.Repeat("]", 20) + `}`, `{"a":[` + strings.Repeat("1,", 3000) + `1]}`} {
		if _, err := ParseAnswers([]byte(bad)); err == nil {
			t.Errorf("taken: %.40q", bad)
		}
	}
}

// TestCanonicalJSON is the example of RFC 8785, section 3.2.2, as far as answers
// can hold it.
func TestCanonicalJSON(t *testing.T) {
	a := Answers{"numbers": []any{333333333.33333329, 1e30, 4.50, 2e-3, 0.000000000000000000000000001}, "string": "€$\u000F\u000aA'\u0042\u0022\u005c\\\"\u002f", "literals": []any{nil, true, false}}
	want := `{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
	if got := string(CanonicalJSON(a)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
