package render

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"rsc.io/qr"
)

// TestEveryControl writes each type once and looks at what a template gets.
func TestEveryControl(t *testing.T) {
	b := lipnik(t, map[string]string{"forms/all.md": `---
title: All
---

- Text [a_text: text, up to 20 characters, preset Lipnik]
- Long [a_long: long text]
- Phone [a_tel: tel]
- Site [a_url: url]
- Number [a_number: number, from 1 to 20, whole]
- Cold [a_cold: number]
- Sum [a_sum: money, at most 1000]
- Near [a_near: date, calendar, after 2026-01-31, before 2027-01-01]
- Stay [a_stay: date range]
- Month [a_month: month]
- Time [a_time: time]
- One of many [a_list: choose one]
  - One [one]
  - Two [two]
  - Three [three]
  - Four [four]
  - Five [five]
  - Six [six]
  - Seven [seven]
  - Eight [eight]
- Several [a_several: choose many, at least 2, at most 3]
  - One [o]
  - Two [p]
  - Three [q]
- Yes or no [a_yes: yes-no, preset no]
- Account [a_iban: iban]
- Files [a_files: file, up to 3 files]
- Signature [a_sign: signature]
- Her [her: group, other person]
  - Her name [her_name: name]

### When it is cold [only if a_cold < 0 and a_near >= 2026-06-01]

- Coat [a_coat]
`})
	q := asked(b.view("en/forms/all.html").Content.(*Form))
	for _, c := range []struct {
		what      string
		got, want any
	}{
		{"text", *q["a_text"].Input, FormInput{ID: "f-a_text", Name: "a_text", Type: "text", MaxLength: 20, Width: 20, Required: true, Value: "Lipnik", DescribedBy: "f-a_text-hint"}},
		{"long", []any{q["a_long"].Kind, q["a_long"].Input.Rows, q["a_long"].Input.MaxLength, q["a_long"].Lines}, []any{"area", 5, 5000, 5}},
		{"tel", []any{q["a_tel"].Input.Type, q["a_tel"].Input.Autocomplete, q["a_tel"].Input.Dir}, []any{"tel", "tel", "ltr"}},
		{"url", q["a_url"].Input.Type, "url"},
		{"number", []any{q["a_number"].Input.Mode, q["a_number"].Notes}, []any{"numeric", []string{"From 1 to 20"}}},
		{"below zero", q["a_cold"].Input.Mode, ""},
		{"money", []any{q["a_sum"].Unit, q["a_sum"].Input.Mode, q["a_sum"].Notes}, []any{"€", "decimal", []string{"At most €1,000.00"}}},
		{"calendar", []any{q["a_near"].Input.Type, q["a_near"].Input.Min, q["a_near"].Input.Max}, []any{"date", "2026-02-01", "2026-12-31"}},
		{"range", []any{len(q["a_stay"].Sets), q["a_stay"].Sets[1].Legend, names(q["a_stay"].Sets[1].Inputs)}, []any{2, "To", "a_stay-to-day a_stay-to-month a_stay-to-year"}},
		{"month", []any{names(q["a_month"].Sets[0].Inputs), q["a_month"].Comb}, []any{"a_month-month a_month-year", []int{2, 4}}},
		{"time", []any{q["a_time"].Input.Type, q["a_time"].Comb}, []any{"time", []int{2, 2}}},
		{"select", []any{q["a_list"].Kind, q["a_list"].Input.ID, q["a_list"].Input.Required, len(q["a_list"].Choices)}, []any{"select", "f-a_list", true, 8}},
		{"boxes", []any{q["a_several"].Choices[0].Type, q["a_several"].Choices[0].Required, q["a_several"].Notes}, []any{"checkbox", false, []string{"Choose 2 to 3"}}},
		{"yes or no", []any{q["a_yes"].Choices[0].Label, q["a_yes"].Choices[1].Checked}, []any{"Yes", true}},
		{"iban", []any{q["a_iban"].Input.Width, len(q["a_iban"].Comb)}, []any{34, 9}},
		{"files", []any{q["a_files"].Input.Multiple, q["a_files"].Notes[len(q["a_files"].Notes)-1]}, []any{true, "At most 3 files"}},
		{"signature", q["a_sign"].Kind, "paper"},
		{"another person", q["her-her_name"].Input.Autocomplete, "off"},
		{"in a group with a condition", q["a_coat"].Input.Required, false},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %+v, want %+v", c.what, c.got, c.want)
		}
	}
	for _, bl := range b.view("en/forms/all.html").Content.(*Form).Steps[0].Blocks {
		if bl.Group != nil && bl.Group.Condition.Text != "Answer this only if: “Cold”: less than “0” and “Near”: “1 June 2026” or later" {
			t.Error(bl.Group.Condition.Text)
		}
	}
}

// TestCode reads the drawn code back, module by module.
func TestCode(t *testing.T) {
	b := lipnik(t, nil)
	c := b.site("en").formCode(itemOf(t, b, "form", "parking-permit"))
	want, err := qr.Encode("https://town.example/e/en/forms/parking-permit.html", qr.M)
	if err != nil {
		t.Fatal(err)
	}
	black := map[[2]int]bool{}
	svg := string(c.Make())
	_, d, _ := strings.Cut(svg, `d="`)
	d, _, _ = strings.Cut(d, `"`)
	for _, run := range strings.Split(strings.TrimSuffix(d, "z"), "z") {
		var x, y, n, back int
		if _, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &n, &back); err != nil || n != back {
			t.Fatalf("%q: %v", run, err)
		}
		for i := range n {
			black[[2]int{x + i - 4, y - 4}] = true
		}
	}
	if c.size != want.Size+8 || !strings.Contains(svg, fmt.Sprintf(`viewBox="0 0 %d %d"`, c.size, c.size)) {
		t.Errorf("size %d", c.size)
	}
	for y := range want.Size {
		for x := range want.Size {
			if black[[2]int{x, y}] != want.Black(x, y) {
				t.Fatalf("module %d %d", x, y)
			}
		}
	}
}
