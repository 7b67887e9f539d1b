package form

import "testing"

// TestSetNotation holds the attribute pattern to the v flag of JavaScript; every
// result here was read by an engine that knows it.
func TestSetNotation(t *testing.T) {
	for in, want := range map[string]string{
		`[a-z-]`:         `[a-z\-]`,
		`[-a]`:           `[\-a]`,
		`[^-a]`:          `[^\-a]`,
		`[a\-z]`:         `[a\-z]`,
		`[A-Z]{2}-\d+`:   `[A-Z]{2}-\d+`,
		`[(){}|/]`:       `[\(\)\{\}\|\/]`,
		`(a|b)/[0-9]{2}`: `(a|b)/[0-9]{2}`,
		`[\p{L}\d.-]`:    `[\p{L}\d.\-]`,
		`[&&x]`:          `[&\&x]`,
		`[\d.-]`:         `[\d.\-]`,
		`\[[a]`:          `\[[a]`,
	} {
		if got := setNotation(in); got != want {
			t.Errorf("setNotation(%s) = %s, want %s", in, got, want)
		}
	}
}

func TestReveals(t *testing.T) {
	f, faults := Parse(Source{File: "forms/x.md", Head: Head{ID: "x", Title: Value{Text: "x"}}, Body: `
- By post? [post: yes-no]
- Cars [cars: number]
- Where [where, only if post is yes]
- Which [which, only if cars > 2]
`})
	for _, d := range faults {
		if d.Code != "form/no-privacy" {
			t.Error(d.Code)
		}
	}
	for id, want := range map[string]bool{"post": false, "where": true, "which": false} {
		if got := f.Reveals(f.Find(id)); got != want {
			t.Errorf("Reveals(%s) = %v", id, got)
		}
	}
}

func TestCells(t *testing.T) {
	for i, c := range []struct {
		q    Question
		want []int
	}{
		{Question{Type: IDNumber, Rules: Rules{Codes: []string{"BG-EGN"}}}, []int{10}},
		{Question{Type: IDNumber, Rules: Rules{Codes: []string{"HN-DNI", "HN-RTN"}}}, []int{14}},
		{Question{Type: IDNumber, Rules: Rules{Codes: []string{"CO-CC"}}}, []int{10}},
		{Question{Type: ShortText, Rules: Rules{Like: "AA 0000 AA"}}, []int{2, 4, 2}},
		{Question{Type: ShortText}, nil},
	} {
		got := c.q.Cells()
		if len(got) != len(c.want) {
			t.Errorf("%d: %v", i, got)
			continue
		}
		for n := range got {
			if got[n] != c.want[n] {
				t.Errorf("%d: %v, want %v", i, got, c.want)
			}
		}
	}
}

// TestPlace: a body that was put together tells where its lines really stand.
func TestPlace(t *testing.T) {
	_, faults := Parse(Source{File: "forms/x.md", Line: 1, Head: Head{ID: "x", Title: Value{Text: "x"}}, Body: "- One [one]\n- Two [two: nmae]\n",
		Place: func(line int) (string, int) { return "catalogue/forms/x.md", line + 40 }})
	for _, d := range faults {
		if d.Code == "form/unknown-type" {
			if d.At.File != "catalogue/forms/x.md" || d.At.Line != 42 || d.At.Col != 13 || d.Excerpt != "- Two [two: nmae]" {
				t.Errorf("%v %q", d.At, d.Excerpt)
			}
			return
		}
	}
	t.Error("no fault")
}
