package fleet

// This file is the report of a fleet as a page: one file, without script, that can
// be put on any server or sent by mail.

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed report.html
var pageText string

// HTML is the report as a page.
func (r *Report) HTML() []byte {
	page := template.Must(template.New("report").Funcs(template.FuncMap{"size": size}).Parse(pageText))
	var w bytes.Buffer
	if err := page.Execute(&w, r); err != nil {
		panic("fleet: the report's page: " + err.Error())
	}
	return w.Bytes()
}
