package form

// This file writes answers for people: a table, a sheet, a text. Answers are
// written by strangers: nothing in them may run, hide or turn round what stands
// beside it.

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CSV writes cases of one form as a table, one row a case, with a byte order mark
// so that spreadsheets read it as UTF-8. Columns are the field names of f; cases
// of older versions keep what f still has, and a last column "other" takes the rest.
// A cell that a spreadsheet would compute begins with an apostrophe.
func CSV(w io.Writer, f *Form, cases []Envelope) error {
	cols := columns(f)
	head := append([]string{"ref", "received_at", "form", "version", "language", "total"}, cols...)
	if _, err := io.WriteString(w, "\ufeff"+csvRow(append(slices.Clone(head), "other"))); err != nil {
		return err
	}
	for _, e := range cases {
		row := []string{e.Ref, e.ReceivedAt, e.Form, fmt.Sprint(e.Version), e.Language, e.Total}
		got := map[string]string{}
		for _, r := range Rows(f, e.Answers) {
			got[r[0]] = r[1]
		}
		for _, c := range cols {
			row = append(row, got[c])
		}
		row = append(row, strings.Join(leftOver(f, e.Answers), "; "))
		if _, err := io.WriteString(w, csvRow(row)); err != nil {
			return err
		}
	}
	return nil
}

// leftOver are answers to questions the form does not have.
func leftOver(f *Form, a Answers) []string {
	var out []string
	for _, id := range sorted(a) {
		if f.Find(id) == nil {
			out = append(out, id+"="+word(a[id]))
		}
	}
	return out
}

// csvRow quotes every cell: RFC 4180, with the line ends of RFC 4180.
func csvRow(cells []string) string {
	var b strings.Builder
	for i, c := range cells {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(`"` + strings.ReplaceAll(cell(c), `"`, `""`) + `"`)
	}
	return b.String() + "\r\n"
}

// cell makes a text that no spreadsheet computes: what begins, after spaces and
// unseen marks, with = + - @ | or their full-width twins gets an apostrophe in
// front. A plain number stays a number.
func cell(s string) string {
	s = Inert(s)
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) }))
	if strings.ContainsRune("=+-@|＝＋－＠%", first) && first != utf8.RuneError && !numberPattern.MatchString(s) {
		return "'" + s
	}
	return s
}

// Inert takes out of a text what nobody sees and what changes how others read it:
// NUL and other control characters (but the line end; a tab becomes a space), the embeddings,
// overrides, isolates and marks of the bidirectional algorithm (UAX 9), and what
// is no UTF-8.
func Inert(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\r\n", "\n"), "\r", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r >= 0x202A && r <= 0x202E, r >= 0x2066 && r <= 0x206F, r == 0x200E, r == 0x200F, r == 0x061C:
			return -1
		case r == 0xFEFF, r == 0x200B, r >= 0xE0000 && r <= 0xE007F: // unseen; zero-width joiners stay, words need them
			return -1
		}
		return r
	}, s)
}

// Line is one line of a case sheet: what was asked and what was answered, in
// words, inert.
type Line struct {
	Field, Label, Answer string
}

// Words are the texts of the interface a case sheet needs.
type Words struct{ Yes, No string }

// Sheet returns the answers of a case as people read them: the labels of choices
// for their values, rows with their number.
func Sheet(f *Form, a Answers, w Words) []Line {
	var out []Line
	for _, r := range Rows(f, a) {
		label, q := sheetLabel(f, r[0])
		answer := r[1]
		switch {
		case q == nil:
		case len(q.Choices) > 0:
			var names []string
			for _, v := range strings.Split(answer, "; ") {
				if c := q.Choice(v); c != nil {
					v = c.Label.Value
				}
				names = append(names, v)
			}
			answer = strings.Join(names, "; ")
		case q.Type.in(YesNo, Declaration, Consent):
			answer = map[string]string{"yes": w.Yes, "no": w.No}[answer]
		}
		out = append(out, Line{r[0], Inert(label), Inert(answer)})
	}
	return out
}

// sheetLabel joins the labels of the questions a field name passes through.
func sheetLabel(f *Form, field string) (string, *Question) {
	var label []string
	var last *Question
	for _, part := range strings.Split(field, "-") {
		if a := f.Find(part); a != nil && (last == nil || slices.Contains(last.Questions, a.Question)) {
			label, last = append(label, a.Label.Value), a.Question
		} else if part != "" && part[0] >= '0' && part[0] <= '9' {
			label[len(label)-1] += " " + part
		}
	}
	return strings.Join(label, " – "), last
}

// HTML returns the lines of a sheet as a table body in which every answer is
// isolated and escaped.
func HTML(lines []Line) string {
	var b strings.Builder
	for _, l := range lines {
		fmt.Fprintf(&b, "<tr><th scope=\"row\"><bdi>%s</bdi></th><td><bdi>%s</bdi></td></tr>\n",
			html.EscapeString(l.Label), strings.ReplaceAll(html.EscapeString(l.Answer), "\n", "<br>"))
	}
	return b.String()
}
