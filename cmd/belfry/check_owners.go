package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"encoding/csv"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/locale"
)

// todoPage is the to-do list to be printed: one file, no script.
//
//go:embed todo.html
var todoPage string

// todo is what one owner has to do.
type todo struct {
	ID    string
	Name  string
	Files []todoFile
	Count int
}

type todoFile struct {
	File  string
	Items []todoItem
}

type todoItem struct {
	Line                       int
	Level, Message, Mend, Code string
}

// writeOwners writes todo.html and todo.csv into a folder.
func writeOwners(dir string, report *generator.CheckReport, found *diag.Findings, at time.Time) error {
	t := found.Texts
	lists := todos(report, found)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return machine(err)
	}
	l := locale.For(t.Lang)
	page, err := template.New("todo").Funcs(template.FuncMap{"say": func(code string) string { return t.Say("cli/todo-" + code) }}).Parse(todoPage)
	if err != nil {
		panic("belfry: todo.html: " + err.Error())
	}
	var html bytes.Buffer
	err = page.Execute(&html, map[string]any{
		"Lang": t.Lang, "Dir": l.Dir, "Owners": lists,
		"Title": t.Say("cli/todo-title", "portal", report.Name), "Lead": t.Say("cli/todo-lead", "date", l.Date(at)), "Counts": found.Counts(),
	})
	if err != nil {
		return machine(err)
	}
	htmlFile, csvFile := filepath.Join(dir, "todo.html"), filepath.Join(dir, "todo.csv")
	if err := os.WriteFile(htmlFile, html.Bytes(), 0o644); err != nil {
		return machine(err)
	}
	if err := os.WriteFile(csvFile, todoCSV(lists, t), 0o644); err != nil {
		return machine(err)
	}
	os.Stderr.WriteString(t.Say("cli/todo-written", "html", htmlFile, "csv", csvFile) + "\n")
	return nil
}

// todos sorts findings by owner, then by file; what nobody answers for is last.
func todos(report *generator.CheckReport, found *diag.Findings) []todo {
	t := found.Texts
	byOwner := map[string]*todo{}
	for _, d := range found.List {
		d = d.In(t)
		owner := report.Owners[d.At.File]
		o := byOwner[owner]
		if o == nil {
			o = &todo{ID: owner, Name: report.Offices[owner]}
			if owner == "" {
				o.Name = t.Say("cli/todo-no-owner")
			}
			byOwner[owner] = o
		}
		if n := len(o.Files); n == 0 || o.Files[n-1].File != d.At.File {
			o.Files = append(o.Files, todoFile{File: d.At.File})
		}
		f := &o.Files[len(o.Files)-1]
		f.Items = append(f.Items, todoItem{Line: d.At.Line, Level: t.Severity(d.Severity), Message: d.Message(), Mend: d.Hint(), Code: d.Code})
		o.Count++
	}
	var out []todo
	for _, o := range byOwner {
		out = append(out, *o)
	}
	slices.SortFunc(out, func(a, b todo) int {
		if (a.ID == "") != (b.ID == "") {
			return cmp.Compare(b.ID, a.ID)
		}
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// todoCSV is the list for a spreadsheet, which runs nothing of it.
func todoCSV(lists []todo, t *diag.Texts) []byte {
	var b bytes.Buffer
	b.WriteString("\ufeff") // a spreadsheet then knows that this is UTF-8
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	row := func(cells ...string) {
		for i := range cells {
			cells[i] = inert(cells[i])
		}
		_ = w.Write(cells) // into memory
	}
	row(t.Say("cli/todo-owner"), t.Say("cli/todo-place"), t.Say("cli/todo-line"), t.Say("cli/todo-level"), t.Say("cli/todo-what"), t.Say("cli/todo-mend"), t.Say("cli/todo-rule"))
	for _, o := range lists {
		for _, f := range o.Files {
			for _, i := range f.Items {
				line := ""
				if i.Line > 0 {
					line = strconv.Itoa(i.Line)
				}
				row(o.Name, f.File, line, i.Level, i.Message, i.Mend, i.Code)
			}
		}
	}
	w.Flush()
	return b.Bytes()
}

// inert keeps a spreadsheet from taking a cell for a formula (CWE-1236).
func inert(cell string) string {
	if cell != "" && strings.ContainsAny(cell[:1], "=+-@\t\r") {
		return "'" + cell
	}
	return cell
}
