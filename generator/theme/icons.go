package theme

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"belfry/generator/diag"
)

// This file reads the drawings of assets/icons. A page carries a drawing where
// it shows it, so it never holds one that it does not show, and needs no sprite.

// readIcons turns every icon into the markup that stands in a page.
func (t *Theme) readIcons(faults *diag.List) {
	t.icons = map[string]string{}
	for _, name := range t.names("assets/icons/", ".svg") {
		file := "assets/icons/" + name + ".svg"
		svg, err := drawing(name, t.files[file].data)
		if err != nil {
			if !t.files[file].own {
				panic("theme: " + file + ": " + err.Error())
			}
			faults.Add("theme/bad-icon", at(file, 0), "problem", err.Error())
			continue
		}
		t.icons[name] = svg
	}
}

// mirrored are the icons that point somewhere; they turn round where the
// script runs from right to left.
var mirrored = map[string]bool{"back": true, "forward": true, "external": true}

var (
	shapes     = map[string]bool{"path": true, "circle": true, "ellipse": true, "rect": true, "line": true, "polyline": true, "polygon": true, "g": true}
	shapeValue = regexp.MustCompile(`^[-+ ,.0-9a-zA-Z]*$`)
	shapeName  = regexp.MustCompile(`^(d|cx|cy|r|rx|ry|x|y|x1|x2|y1|y2|width|height|points|transform)$`)
)

// drawing reads an SVG of plain shapes and writes it anew, so that nothing but
// shapes can reach a page: no script, no style, no link. The size in attributes
// holds where a host's own policy keeps the style sheet away.
func drawing(name string, data []byte) (string, error) {
	class := "icon"
	if mirrored[name] {
		class = "icon flip"
	}
	var out strings.Builder
	out.WriteString(`<svg class="` + class + `" width="24" height="24" viewBox="`)
	dec := xml.NewDecoder(bytes.NewReader(data))
	depth := 0
	for {
		token, err := dec.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return "", err
		}
		switch e := token.(type) {
		case xml.StartElement:
			if depth++; depth == 1 {
				if e.Name.Local != "svg" {
					return "", fmt.Errorf("an icon begins with <svg>, not <%s>", e.Name.Local)
				}
				out.WriteString(viewBox(e) + `" aria-hidden="true">`)
				continue
			}
			if !shapes[e.Name.Local] {
				return "", fmt.Errorf("<%s> is not allowed in an icon", e.Name.Local)
			}
			out.WriteString("<" + e.Name.Local)
			for _, a := range e.Attr {
				if !shapeName.MatchString(a.Name.Local) || !shapeValue.MatchString(strings.Trim(a.Value, "()")) && a.Name.Local != "transform" {
					return "", fmt.Errorf("the attribute %s is not allowed in an icon", a.Name.Local)
				}
				out.WriteString(" " + a.Name.Local + `="` + escaper.Replace(a.Value) + `"`)
			}
			if e.Name.Local == "g" {
				out.WriteString(">")
			} else {
				out.WriteString("/>")
			}
		case xml.EndElement:
			if depth--; e.Name.Local == "g" {
				out.WriteString("</g>")
			}
		}
	}
	out.WriteString("</svg>")
	return out.String(), nil
}

func viewBox(e xml.StartElement) string {
	for _, a := range e.Attr {
		if a.Name.Local == "viewBox" && shapeValue.MatchString(a.Value) {
			return a.Value
		}
	}
	return "0 0 24 24"
}
