package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// Limits of a table made from a CSV file: more is a download, not a page.
const (
	maxRows    = 1000
	maxColumns = 40
)

// tableFrame appends the named region in which a wide table scrolls and which
// the keyboard can reach (WCAG 2.1.1). Names of regions on a page must differ,
// so a table without a caption is numbered and named after its heading.
func (r *renderer) tableFrame(dst []byte, name string) []byte {
	r.tables++
	if name == "" {
		name = strings.ReplaceAll(r.labels.Table, "{n}", strconv.Itoa(r.tables))
		if len(r.headings) > 0 {
			name += ": " + r.headings[len(r.headings)-1].Text
		}
	} else {
		name += " (" + strings.ReplaceAll(r.labels.Table, "{n}", strconv.Itoa(r.tables)) + ")"
	}
	dst = append(dst, `<div class="tw" role="region" tabindex="0" aria-label="`...)
	dst = appendEscaped(dst, []byte(name))
	return append(dst, `">`...)
}

// table writes a table of Markdown. Where the corner is empty, the first column
// holds the headers of the rows.
func (r *renderer) table(n *east.Table) {
	frame := r.push(string(r.tableFrame(nil, "")), elements["div"])
	depth := r.push("<table>\n", elements["table"])
	rowHeaders, body := false, false
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		header := row.Kind() == east.KindTableHeader
		switch {
		case header:
			r.raw("<thead>\n")
			first := row.FirstChild()
			rowHeaders = first != nil && first.FirstChild() == nil && row.ChildCount() > 1
		case !body:
			body = true
			r.raw("<tbody>\n")
		}
		r.raw("<tr>")
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			r.cell(cell.(*east.TableCell), header, rowHeaders && cell.PreviousSibling() == nil)
		}
		r.raw("</tr>\n")
		r.endBlock()
		if header {
			r.raw("</thead>\n")
		}
	}
	if body {
		r.raw("</tbody>\n")
	}
	r.pop(depth)
	r.pop(frame)
	r.endBlock()
}

func (r *renderer) cell(n *east.TableCell, header, first bool) {
	tag, scope := "td", ""
	if n.HasChildren() {
		if header {
			tag, scope = "th", ` scope="col"`
		} else if first {
			tag, scope = "th", ` scope="row"`
		}
	}
	class := map[east.Alignment]string{
		east.AlignLeft: ` class="ts"`, east.AlignCenter: ` class="tc"`, east.AlignRight: ` class="te"`,
	}[n.Alignment]
	depth := r.push("<"+tag+scope+class+">", elements[tag])
	r.inlines(n)
	r.pop(depth)
	r.plain(" ")
}

// csvTable writes the rows of a linked CSV file. The first row names the
// columns, the first column the rows.
func (r *renderer) csvTable(p picture, t Target) {
	rows := t.Table
	header := rows[0]
	columns := 0
	for _, row := range rows {
		columns = max(columns, len(row))
	}
	tooLarge := len(rows)-1 > maxRows || columns > maxColumns
	columns = min(columns, maxColumns)
	if ragged := raggedRows(rows); ragged != "" {
		r.report("markdown/csv-ragged", p.at.at, p.at.length, "target", shorten(p.dest, 60), "rows", ragged, "columns", strconv.Itoa(len(header)))
	}
	if tooLarge {
		r.report("markdown/csv-large", p.at.at, p.at.length, "target", shorten(p.dest, 60),
			"rows", strconv.Itoa(maxRows), "columns", strconv.Itoa(maxColumns))
		rows = rows[:min(len(rows), maxRows+1)]
	}
	if p.alt == "" {
		r.report("markdown/no-caption", p.whole.at, p.whole.length, "target", shorten(p.dest, 60))
	}
	frame := r.push(string(r.tableFrame(nil, p.alt)), elements["div"])
	r.raw("<table>\n")
	if p.alt != "" {
		r.raw("<caption>")
		r.words([]byte(p.alt))
		r.raw("</caption>\n")
	}
	for i, row := range rows {
		switch i {
		case 0:
			r.raw("<thead>\n")
		case 1:
			r.raw("<tbody>\n")
		}
		r.raw("<tr>")
		for c := range columns {
			value := ""
			if c < len(row) {
				value = strings.TrimSpace(row[c])
			}
			switch {
			case value == "" || i > 0 && c > 0:
				r.csvCell("<td>", value, "</td>")
			case i == 0:
				r.csvCell(`<th scope="col">`, value, "</th>")
			default:
				r.csvCell(`<th scope="row">`, value, "</th>")
			}
		}
		r.raw("</tr>\n")
		r.endBlock()
		if i == 0 {
			r.raw("</thead>\n")
		}
	}
	if len(rows) > 1 {
		r.raw("</tbody>\n")
	}
	r.raw("</table>")
	r.pop(frame)
	if tooLarge {
		r.endBlock()
		depth := r.push("<p>", elements["p"])
		r.imageLink(p, t)
		r.pop(depth)
	}
}

func (r *renderer) csvCell(start, value, end string) {
	r.raw(start)
	r.words(bytes.ToValidUTF8([]byte(value), []byte("\uFFFD")))
	r.raw(end)
	r.plain(" ")
}

// raggedRows lists the rows, counted from 1, that are not as long as the first.
func raggedRows(rows [][]string) string {
	var found []string
	for i, row := range rows {
		if len(row) != len(rows[0]) {
			if len(found) == 5 {
				return strings.Join(found, ", ") + " …"
			}
			found = append(found, strconv.Itoa(i+1))
		}
	}
	return strings.Join(found, ", ")
}

// isCallout returns the kind of call-out a quotation is, from a first line such
// as [!NOTE], in capitals; "" when it is none.
func isCallout(n ast.Node, src []byte) string {
	p, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || p.Lines().Len() == 0 {
		return ""
	}
	first := p.Lines().At(0)
	line := bytes.TrimSpace(first.Value(src))
	if len(line) < 4 || !bytes.HasPrefix(line, []byte("[!")) || line[len(line)-1] != ']' {
		return ""
	}
	word := line[2 : len(line)-1]
	for _, c := range word {
		if !letter(c) {
			return ""
		}
	}
	return strings.ToUpper(string(word))
}
