package fleet

// This file writes the report of a fleet: as a table, for CI systems, and as a page.

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Keep writes the report below the output: report.json and report.html, with the
// shard's number where it is not the whole.
func Keep(out string, r *Report, shard Shard) error {
	name := "report"
	if shard.Of > 1 {
		name = fmt.Sprintf("report-%d-of-%d", shard.N, shard.Of)
	}
	own := filepath.Join(out, Folder)
	return errors.Join(
		writeFile(filepath.Join(own, name+".json"), jsonOf(r)),
		writeFile(filepath.Join(own, name+".html"), r.HTML()))
}

// Table is the report for a terminal: a line a portal, and the sums.
func (r *Report) Table() string {
	rows := [][]string{{"portal", "stage", "status", "pages", "size", "heaviest page", "errors", "warnings", "time"}}
	for _, p := range r.Portals {
		took := ""
		if p.Seconds > 0 {
			took = fmt.Sprintf("%.1f s", p.Seconds)
		}
		heaviest := ""
		if p.Heaviest.Bytes > 0 {
			heaviest = size(p.Heaviest.Bytes)
		}
		rows = append(rows, []string{p.ID, p.Stage, p.Status, strconv.Itoa(p.Pages), size(p.Bytes), heaviest, strconv.Itoa(p.Errors), strconv.Itoa(p.Warnings), took})
	}
	t := r.Totals
	rows = append(rows, []string{fmt.Sprintf("%d portals", t.Portals), "", fmt.Sprintf("%d failed", t.Failed), strconv.Itoa(t.Pages), size(t.Bytes), "", strconv.Itoa(t.Errors), strconv.Itoa(t.Warnings), ""})
	width := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			width[i] = max(width[i], utf8.RuneCountInString(cell))
		}
	}
	var w strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			pad := strings.Repeat(" ", width[i]-utf8.RuneCountInString(cell))
			if i >= 3 {
				cell, pad = pad+cell, ""
			}
			line.WriteString(cell + pad + "  ")
		}
		w.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	fmt.Fprintf(&w, "%d published, %d unchanged, %d failed\n", t.Published, t.Unchanged, t.Failed)
	return w.String()
}

// JUnit is the report in the XML that CI systems read: a case a portal.
func (r *Report) JUnit() []byte {
	type failure struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
	type testcase struct {
		Name      string   `xml:"name,attr"`
		Classname string   `xml:"classname,attr"`
		Failure   *failure `xml:"failure,omitempty"`
	}
	type suite struct {
		XMLName  xml.Name   `xml:"testsuite"`
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Cases    []testcase `xml:"testcase"`
	}
	s := suite{Name: "fleet", Tests: r.Totals.Portals, Failures: r.Totals.Failed}
	for _, p := range r.Portals {
		c := testcase{Name: p.ID, Classname: "portals." + p.Stage}
		if p.Status == Failed {
			var text strings.Builder
			for _, d := range p.Diagnostics {
				if d.Severity == "error" {
					fmt.Fprintf(&text, "%s:%d:%d: %s\n  %s\n", d.File, d.Line, d.Column, d.Message, d.Hint)
				}
			}
			c.Failure = &failure{fmt.Sprintf("%d errors", p.Errors), text.String()}
		}
		s.Cases = append(s.Cases, c)
	}
	var w bytes.Buffer
	w.WriteString(xml.Header)
	e := xml.NewEncoder(&w)
	e.Indent("", "  ")
	if err := e.Encode(s); err != nil {
		panic("fleet: a report is no XML: " + err.Error())
	}
	w.WriteByte('\n')
	return w.Bytes()
}

// GitHub is the errors and warnings as workflow commands, each on its line.
func (r *Report) GitHub() string {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var w strings.Builder
	for _, p := range r.Portals {
		for _, d := range p.Diagnostics {
			if d.Severity == "note" {
				continue
			}
			fmt.Fprintf(&w, "::%s file=%s", d.Severity, property.Replace(d.File))
			if d.Line > 0 {
				fmt.Fprintf(&w, ",line=%d", d.Line)
			}
			if d.Column > 0 {
				fmt.Fprintf(&w, ",col=%d", d.Column)
			}
			fmt.Fprintf(&w, ",title=%s::%s\n", property.Replace(p.ID), data.Replace(d.Message+". "+d.Hint))
		}
	}
	return w.String()
}
