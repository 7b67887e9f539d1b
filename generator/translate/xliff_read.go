package translate

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
)

// Limits of a file that comes back. A portal of 10,000 services fits.
const (
	MaxBytes = 256 << 20
	maxDepth = 64
)

// ReadXLIFF reads an XLIFF 2.0 file that [XLIFF] wrote and a translator's tool
// saved. A document type is refused, and with it every entity but those of XML.
func ReadXLIFF(file string, raw []byte) (*Exchange, diag.List) {
	r := &xliffReader{file: file, raw: bytes.TrimPrefix(raw, []byte(bom)), ex: &Exchange{}}
	if bytes.HasPrefix(raw, []byte{0xFF, 0xFE}) || bytes.HasPrefix(raw, []byte{0xFE, 0xFF}) || !utf8.Valid(raw) {
		r.fault("exchange/encoding", "format", "XLIFF in UTF-8")
		return nil, r.faults
	}
	r.d = xml.NewDecoder(bytes.NewReader(r.raw))
	r.d.Strict = true
	root, err := r.root()
	if err == nil {
		err = r.xliff(root)
	}
	if err == nil {
		if _, err = r.next(); errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if err != nil {
		if !errors.Is(err, errTold) {
			what := err.Error()
			var syntax *xml.SyntaxError
			if errors.As(err, &syntax) {
				what = syntax.Msg
			}
			r.fault("exchange/xml", "what", what)
		}
		return nil, r.faults
	}
	return r.ex, r.faults
}

// errTold ends reading after a fault that is told already.
var errTold = errors.New("told")

type xliffReader struct {
	file   string
	raw    []byte
	d      *xml.Decoder
	ex     *Exchange
	depth  int
	line   int // line of the byte lineAt
	lineAt int
	faults diag.List
}

func (r *xliffReader) at() diag.Pos {
	to := len(r.raw)
	if r.d != nil {
		to = min(to, int(r.d.InputOffset()))
	}
	r.line += bytes.Count(r.raw[r.lineAt:to], []byte("\n"))
	r.lineAt = to
	return diag.Pos{File: r.file, Line: r.line + 1}
}

func (r *xliffReader) fault(code string, args ...string) { r.faults.Add(code, r.at(), args...) }

// next is the next token; a document type is none that is read.
func (r *xliffReader) next() (xml.Token, error) {
	t, err := r.d.Token()
	switch t.(type) {
	case xml.Directive:
		r.fault("exchange/doctype")
		return nil, errTold
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			r.fault("exchange/xml", "what", "its elements are nested too deep")
			return nil, errTold
		}
	case xml.EndElement:
		r.depth--
	}
	return t, err
}

func (r *xliffReader) root() (xml.StartElement, error) {
	for {
		t, err := r.next()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			if s.Name.Local != "xliff" || s.Name.Space != xliffSpace || value(s, "", "version") != "2.0" && value(s, "", "version") != "2.1" {
				r.fault("exchange/not-xliff", "found", s.Name.Local+" "+value(s, "", "version"))
				return s, errTold
			}
			r.ex.Lang = value(s, "", "trgLang")
			return s, nil
		}
	}
}

func value(s xml.StartElement, space, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name && a.Name.Space == space {
			return a.Value
		}
	}
	return ""
}

// each calls f for every element inside the open one. What f does not read to
// its end is skipped.
func (r *xliffReader) each(f func(xml.StartElement) (read bool, err error)) error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.StartElement:
			read, err := false, error(nil)
			if t.Name.Space == xliffSpace {
				read, err = f(t)
			}
			if err == nil && !read {
				err = r.each(func(xml.StartElement) (bool, error) { return false, nil })
			}
			if err != nil {
				return err
			}
		}
	}
}

func (r *xliffReader) xliff(xml.StartElement) error {
	return r.each(func(s xml.StartElement) (bool, error) {
		if s.Name.Local != "file" {
			return false, nil
		}
		d := Returned{File: value(s, "", "original"), Stamp: value(s, belfrySpace, "stamp"), At: r.at()}
		err := r.units(&d)
		r.ex.Documents = append(r.ex.Documents, d)
		return true, err
	})
}

func (r *xliffReader) units(d *Returned) error {
	return r.each(func(s xml.StartElement) (bool, error) {
		switch s.Name.Local {
		case "group":
			return true, r.units(d)
		case "unit":
			return true, r.unit(d, s)
		}
		return false, nil
	})
}

// unit reads a unit. A tool may have cut its segment into several: they are
// joined again.
func (r *xliffReader) unit(d *Returned, s xml.StartElement) error {
	u := ReturnedUnit{Key: value(s, "", "id"), Check: value(s, belfrySpace, "check"), Done: true, At: r.at()}
	data := map[string]string{}
	var source, target content
	has := false
	err := r.each(func(s xml.StartElement) (bool, error) {
		switch s.Name.Local {
		case "originalData":
			return true, r.each(func(s xml.StartElement) (bool, error) {
				if s.Name.Local != "data" {
					return false, nil
				}
				var c content
				err := r.content(&c, nil)
				data[value(s, "", "id")] = c.text.String()
				return true, err
			})
		case "segment", "ignorable":
			if state := value(s, "", "state"); s.Name.Local == "segment" && (state == "" || state == "initial") {
				u.Done = false
			}
			var own, its content
			hasOwn := false
			err := r.each(func(s xml.StartElement) (bool, error) {
				switch s.Name.Local {
				case "source":
					return true, r.content(&own, data)
				case "target":
					hasOwn = true
					return true, r.content(&its, data)
				}
				return false, nil
			})
			has = has || hasOwn
			source.add(&own)
			if !hasOwn && s.Name.Local == "ignorable" {
				its = own
			}
			target.add(&its)
			return true, err
		}
		return false, nil
	})
	u.Source = source.text.String()
	if has {
		u.Target = target.text.String()
		u.Faults = damage(&source, &target)
	}
	d.Units = append(d.Units, u)
	return err
}

// content is text with its inline codes put back.
type content struct {
	text   strings.Builder
	codes  []returned
	faults diag.List
}

// returned is an inline code that came back.
type returned struct {
	id, first, second string // marks in the text
	at                diag.Pos
}

func (c *content) add(o *content) {
	c.text.WriteString(o.text.String())
	c.codes = append(c.codes, o.codes...)
	c.faults = append(c.faults, o.faults...)
}

// content reads up to the end of the open element.
func (r *xliffReader) content(c *content, data map[string]string) error {
	for {
		t, err := r.next()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.EndElement:
			return nil
		case xml.CharData:
			c.text.Write(t)
		case xml.StartElement:
			if err := r.code(c, t, data); err != nil {
				return err
			}
		}
	}
}

func (r *xliffReader) code(c *content, s xml.StartElement, data map[string]string) error {
	get := func(ref string) string {
		id := value(s, "", ref)
		text, ok := data[id]
		if !ok && data != nil {
			c.faults.Add("exchange/code-unknown", r.at(), "code", s.Name.Local+" "+value(s, "", "id"))
		}
		return text
	}
	at := r.at()
	switch s.Name.Local {
	case "cp":
		n, err := strconv.ParseUint(value(s, "", "hex"), 16, 32)
		if err != nil || n > utf8.MaxRune || n == 0 {
			c.faults.Add("exchange/code-unknown", at, "code", "cp "+value(s, "", "hex"))
		} else {
			c.text.WriteRune(rune(n))
		}
		return r.content(c, data)
	case "ph":
		open := get("dataRef")
		c.codes = append(c.codes, returned{value(s, "", "id"), open, "", at})
		c.text.WriteString(open)
		return r.content(&content{}, nil)
	case "pc":
		first, second := get("dataRefStart"), get("dataRefEnd")
		c.codes = append(c.codes, returned{value(s, "", "id"), first, second, at})
		c.text.WriteString(first)
		if err := r.content(c, data); err != nil {
			return err
		}
		c.text.WriteString(second)
		return nil
	case "sc":
		first := get("dataRef")
		c.codes = append(c.codes, returned{value(s, "", "id"), first, "", at})
		c.text.WriteString(first)
		return r.content(&content{}, nil)
	case "ec":
		second := get("dataRef")
		for i := range c.codes {
			if c.codes[i].id == value(s, "", "startRef") {
				c.codes[i].second = second
			}
		}
		c.text.WriteString(second)
		return r.content(&content{}, nil)
	case "mrk":
		return r.content(c, data)
	}
	return r.content(&content{}, nil) // sm, em and what others add say nothing of the text
}

// damage compares the codes of a target with those of its source: each that is
// needed must be there, whole and once.
func damage(source, target *content) diag.List {
	faults := append(diag.List{}, target.faults...)
	seen := map[string]bool{}
	for _, c := range target.codes {
		if seen[c.id] {
			faults.Add("exchange/code-twice", c.at, "code", c.first+c.second)
		}
		seen[c.id] = true
	}
	for _, c := range source.codes {
		if !seen[c.id] && codeNeeded(c) {
			at := c.at
			if len(target.codes) > 0 {
				at = target.codes[0].at
			}
			faults.Add("exchange/code-missing", at, "code", c.first+c.second)
		}
	}
	return faults
}

// codeNeeded reports whether a code is more than emphasis or a line break.
func codeNeeded(c returned) bool {
	return strings.Trim(c.first, "*_~\n") != ""
}
