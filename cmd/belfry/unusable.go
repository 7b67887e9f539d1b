package main

import (
	"bytes"
	"html/template"

	"belfry/generator/diag"
)

// unusablePage stands in for a portal whose portal.yaml cannot be used.
var unusablePage = template.Must(template.New("unusable").Parse(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>portal.yaml is to be mended</title></head>
<body><main><h1>portal.yaml is to be mended</h1>
<p>The portal appears as soon as it can be read.</p>
<ul>{{range .}}<li><strong>{{.At}}</strong>: {{.Message}}{{with .Hint}}. {{.}}{{end}}</li>{{end}}</ul></main></body></html>
`))

func unusable(name string, faults diag.List) ([]byte, bool, error) {
	if name != "index.html" {
		return nil, false, nil
	}
	var w bytes.Buffer
	err := unusablePage.Execute(&w, faults)
	return w.Bytes(), true, err
}
