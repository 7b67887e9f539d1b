package diag

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Text writes the findings for people: file by file, each with its line and a
// marker, what it means to the citizen where a rule first comes up, and how to
// mend it. The counts stand last, where the eye is when it has run through.
func (f *Findings) Text(w io.Writer, colour bool) {
	t := f.Texts
	explained := map[string]bool{}
	file := "\x00"
	for _, d := range f.List {
		d = d.In(t)
		if d.At.File != file {
			if file != "\x00" {
				fmt.Fprintln(w)
			}
			file = d.At.File
			fmt.Fprintln(w, bold(Plain(f.path(file)), colour))
		}
		place := ""
		if d.At.Line > 0 {
			place = strconv.Itoa(d.At.Line)
			if d.At.Col > 0 {
				place += ":" + strconv.Itoa(d.At.Col)
			}
		}
		fmt.Fprintf(w, "%7s  %s  %s  %s\n", place, paint(t, d.Severity, colour), Plain(d.Message()), dim("["+d.Code+"]", colour))
		if d.Excerpt != "" && d.At.Line > 0 && d.At.Col > 0 {
			excerpt(w, d)
		}
		if why := d.Why(); why != "" && !explained[d.Code] {
			fmt.Fprintf(w, "         %s: %s\n", t.Say("cli/why"), Plain(why))
		}
		explained[d.Code] = true
		if h := d.Hint(); h != "" {
			fmt.Fprintf(w, "         %s: %s\n", t.Say("cli/mend"), Plain(h))
		}
		for _, r := range d.Related {
			fmt.Fprintf(w, "         %s: %s\n", r.At, Plain(r.Message()))
		}
		if d.Page != "" && (d.At.Line == 0 || d.At.Col == 0) {
			fmt.Fprintf(w, "         %s: %s\n", t.Say("cli/page"), Plain(d.Page))
		}
	}
	if len(f.List) > 0 {
		fmt.Fprintln(w)
		f.most(w)
	}
	if n := len(f.Excepted); n > 0 {
		fmt.Fprintln(w, t.Count("cli/excepted", n, "count", strconv.Itoa(n)))
	}
	if f.Pages > 0 {
		fmt.Fprintln(w, t.Say("cli/looked-at", "pages", t.Count("cli/pages", f.Pages, "count", strconv.Itoa(f.Pages)), "rules", t.Count("cli/rules", len(f.Rules), "count", strconv.Itoa(len(f.Rules)))))
	}
	fmt.Fprintln(w, f.Counts())
}

// Counts is the last line: how much of what, in how many files.
func (f *Findings) Counts() string {
	t := f.Texts
	if len(f.List) == 0 {
		return t.Say("cli/check-none")
	}
	files := map[string]bool{}
	for _, d := range f.List {
		files[d.At.File] = true
	}
	say := func(code string, n int) string { return t.Count(code, n, "count", strconv.Itoa(n)) }
	return strings.Join([]string{
		say("cli/errors", f.List.Count(Error)), say("cli/warnings", f.List.Count(Warning)), say("cli/notes", f.List.Count(Note)), say("cli/files", len(files)),
	}, ", ")
}

// most lists the rules with the most findings, where there are many, and says
// how to learn more of the gravest.
func (f *Findings) most(w io.Writer) {
	count := map[string]int{}
	for _, d := range f.List {
		count[d.Code]++
	}
	codes := make([]string, 0, len(count))
	for c := range count {
		codes = append(codes, c)
	}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(count[b]-count[a], cmp.Compare(a, b)) })
	if len(f.List) >= 10 && len(codes) > 1 {
		fmt.Fprintln(w, f.Texts.Say("cli/most"))
		for _, c := range codes[:min(5, len(codes))] {
			fmt.Fprintf(w, "%7d  %s\n", count[c], c)
		}
	}
	for severity := Error + 1; severity > 0; severity-- {
		for _, d := range f.List {
			if doc, ok := f.Texts.Doc(d.Code); ok && d.Severity == severity-1 && doc.Why != "" {
				fmt.Fprintln(w, f.Texts.Say("cli/explain", "rule", d.Code))
				return
			}
		}
	}
}

func bold(s string, colour bool) string {
	if colour {
		return "\x1b[1m" + s + "\x1b[0m"
	}
	return s
}

func dim(s string, colour bool) string {
	if colour {
		return "\x1b[2m" + s + "\x1b[0m"
	}
	return s
}
