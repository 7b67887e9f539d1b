package editors

// This file makes documents of the rows of a table, and brings documents that
// are there already up to date with them.

import (
	"slices"
	"strings"

	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

// Sheet is a table whose columns are understood.
type Sheet struct {
	Table   *Table
	Columns []Column
	Type    *portal.Type
	Lang    string // of its texts
	Texts   bool   // only texts are wanted: the documents are translations
	// Resolve returns the id of a document that has this title or id, or "".
	Resolve func(typ, title string) string
}

// Entry is one field of a row as lines of YAML, and the cell each comes from.
type Entry struct {
	Name  string
	Lines []string
	From  []Cell
}

// Row is what one row holds.
type Row struct {
	Title, ID Cell
	Body      string
	Missing   bool // it had no description; the title stands for it
	Entries   []Entry
}

// Rows reads every row. Cells that are empty say nothing.
func (s *Sheet) Rows() []Row {
	out := make([]Row, len(s.Table.Rows))
	for i, cells := range s.Table.Rows {
		out[i] = s.row(cells)
	}
	return out
}

func (s *Sheet) row(cells []Cell) Row {
	c := &converter{lang: s.Lang, resolve: s.Resolve}
	r := Row{Title: Cell{Line: cells[0].Line, Col: cells[0].Col}}
	byField := map[string][]Cell{}
	for i, col := range s.Columns {
		if i < len(cells) && cells[i].Text != "" && col.Field != "" {
			byField[col.Field] = append(byField[col.Field], cells[i])
		}
	}
	if found := byField["title"]; found != nil {
		r.Title = found[0]
	}
	if found := byField["id"]; found != nil {
		r.ID = found[0]
	}
	for i, cell := range byField[Body] {
		if i > 0 {
			r.Body += "\n\n"
		}
		r.Body += cell.Text
	}
	for i := range s.Type.Fields {
		f := &s.Type.Fields[i]
		if f.Name == "id" || s.Texts && !belongs(f, "") {
			continue
		}
		e := Entry{Name: f.Name}
		if own := byField[f.Name]; own != nil {
			e.add(s.entry(c, f, own))
		} else if f.Kind == portal.Record {
			e.add(s.record(c, f, byField))
		}
		if f.Name == "description" && s.Type.Name == "service" && len(e.Lines) == 0 && r.Title.Text != "" && !s.Texts {
			r.Missing = true // a service needs one
			e.add([]line{{f.Name + ": " + scalar(r.Title.Text), r.Title}})
		}
		if len(e.Lines) > 0 {
			r.Entries = append(r.Entries, e)
		}
	}
	return r
}

// line is one line of YAML and the cell it comes from.
type line struct {
	text string
	from Cell
}

func (e *Entry) add(lines []line) {
	for _, l := range lines {
		e.Lines, e.From = append(e.Lines, l.text), append(e.From, l.from)
	}
}

// entry writes a field from the cells of its columns.
func (s *Sheet) entry(c *converter, f *portal.Field, cells []Cell) []line {
	single := func(cell Cell, text, indent string) []line {
		target, path, before := f, f.Name, ""
		if f.Kind == portal.Record {
			name := lead(f, text)
			target, path = fieldAt(s.Type, f.Name+"."+name), f.Name+"."+name
			if name != f.Lead {
				before = "{" + name + ": "
			}
		}
		value := c.value(s.Type.Name, path, text, target)
		if target.Kind == portal.Markdown && strings.Contains(value, "\n") {
			out := []line{{" |", cell}}
			for l := range strings.Lines(value) {
				out = append(out, line{strings.TrimRight(indent+"  "+strings.TrimRight(l, "\n"), " "), cell})
			}
			return out
		}
		text = write(value, target)
		if before != "" {
			text = before + text + "}"
		}
		return []line{{" " + text, cell}}
	}
	if !f.Many {
		out := single(cells[0], cells[0].Text, "")
		out[0].text = f.Name + ":" + out[0].text
		return out
	}
	var items []line
	for _, cell := range cells {
		for _, part := range parts(cell.Text, f) {
			for i, l := range single(cell, part, "  ") {
				if i == 0 {
					l.text = "  -" + l.text
				}
				items = append(items, l)
			}
		}
	}
	if len(items) == 0 {
		return nil
	}
	if len(items) == 1 { // a single value is a list of one
		return []line{{f.Name + ":" + strings.TrimPrefix(items[0].text, "  -"), items[0].from}}
	}
	return append([]line{{f.Name + ":", cells[0]}}, items...)
}

// record writes a record from columns of its members: cost.amount, cost.payment.
func (s *Sheet) record(c *converter, f *portal.Field, byField map[string][]Cell) []line {
	var out []line
	for i := range f.Of {
		of := &f.Of[i]
		cells := byField[f.Name+"."+of.Name]
		if cells == nil || s.Texts && !belongs(of, f.Name) {
			continue
		}
		before := "  "
		if f.Many && len(out) == 0 {
			before = "  - "
		} else if f.Many {
			before = "    "
		}
		out = append(out, line{before + of.Name + ": " + write(c.value(s.Type.Name, f.Name+"."+of.Name, cells[0].Text, of), of), cells[0]})
	}
	if out == nil {
		return nil
	}
	return append([]line{{f.Name + ":", out[0].from}}, out...)
}

// write is a scalar on one line: values that are no texts stay bare where YAML
// allows.
func write(value string, f *portal.Field) string {
	switch f.Kind {
	case portal.Number, portal.Bool, portal.Day, portal.Moment, portal.Enum, portal.Period, portal.Money:
		if bareValue(value) {
			return value
		}
	}
	return scalar(strings.Join(strings.Fields(value), " "))
}

func bareValue(s string) bool {
	var n yaml.Node
	return s != "" && !strings.ContainsAny(s, ":#{}[],&*!|>'\"%@`\n") && yaml.Unmarshal([]byte(s), &n) == nil && len(n.Content) == 1 &&
		n.Content[0].Kind == yaml.ScalarNode && n.Content[0].Value == s && n.Content[0].Tag != "!!null"
}

// Document writes a new file and says which cell each of its lines comes from.
func (r *Row) Document() (text string, from []Cell) {
	lines, from := []string{"---"}, []Cell{r.Title}
	for _, e := range r.Entries {
		lines, from = append(lines, e.Lines...), append(from, e.From...)
	}
	lines, from = append(lines, "---"), append(from, r.Title)
	text = strings.Join(lines, "\n") + "\n"
	if r.Body != "" {
		text += "\n" + r.Body + "\n"
	}
	return text, from
}

// Update puts the fields of a row into a document that exists. Fields the row
// does not have, comments and the body stay byte for byte; so does a field that
// says the same. ok is false where the file has no front matter that can be
// changed.
func (r *Row) Update(old []byte, t *portal.Type) (text string, from []Cell, ok bool) {
	head, at, found := frontMatter(string(old))
	var doc yaml.Node
	if !found || yaml.Unmarshal([]byte(head), &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return "", nil, false
	}
	lines := strings.Split(head, "\n")
	members := doc.Content[0].Content
	type piece struct{ first, last int } // lines of a member, from 0, last excluded
	places := map[string]piece{}
	values := map[string]*yaml.Node{}
	for i := 0; i+1 < len(members); i += 2 {
		end := len(lines)
		if i+2 < len(members) {
			end = members[i+2].Line - 1
		}
		first := members[i].Line - 1
		for end > first+1 && (strings.TrimSpace(lines[end-1]) == "" || strings.HasPrefix(lines[end-1], "#")) {
			end--
		}
		name := strings.ToLower(members[i].Value)
		places[name], values[name] = piece{first, end}, members[i+1]
	}
	replaced := map[int]Entry{}
	var added []Entry
	for _, e := range r.Entries {
		place, there := places[e.Name]
		switch {
		case e.Name == "description" && r.Missing && there:
		case !there:
			added = append(added, e)
		case !says(values[e.Name], e, t.Field(e.Name)):
			replaced[place.first] = e
		}
	}
	var out []string
	from = append(from, r.Title) // the fence
	for i := 0; i < len(lines); i++ {
		e, ok := replaced[i]
		if !ok {
			out, from = append(out, lines[i]), append(from, r.Title)
			continue
		}
		out, from = append(out, e.Lines...), append(from, e.From...)
		i = places[e.Name].last - 1
	}
	for _, e := range added {
		out, from = append(out, e.Lines...), append(from, e.From...)
	}
	return string(old[:at]) + strings.Join(out, "\n") + string(old[at+len(head):]), append(from, r.Title), true
}

// says reports whether a value of a document says what a row says. A document
// may say more: a list of records that names the same things stays.
func says(n *yaml.Node, e Entry, f *portal.Field) bool {
	var doc yaml.Node
	if yaml.Unmarshal([]byte(strings.Join(e.Lines, "\n")), &doc) != nil || len(doc.Content) == 0 {
		return false
	}
	return covers(n, doc.Content[0].Content[1], f)
}

func covers(old, now *yaml.Node, f *portal.Field) bool {
	olds, nows := []*yaml.Node{old}, []*yaml.Node{now}
	if old.Kind == yaml.SequenceNode {
		olds = old.Content
	}
	if now.Kind == yaml.SequenceNode {
		nows = now.Content
	}
	return slices.EqualFunc(olds, nows, func(a, b *yaml.Node) bool {
		if b.Kind != yaml.MappingNode {
			return text(a, f.Lead) == strings.TrimSpace(b.Value)
		}
		for i := 0; i+1 < len(b.Content); i += 2 {
			name := b.Content[i].Value
			if a.Kind != yaml.MappingNode && name != f.Lead || text(a, name) != strings.TrimSpace(b.Content[i+1].Value) {
				return false
			}
		}
		return true
	})
}

// text is a scalar, or that of the named member.
func text(n *yaml.Node, member string) string {
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == member {
				return strings.TrimSpace(n.Content[i+1].Value)
			}
		}
	}
	return strings.TrimSpace(n.Value)
}
