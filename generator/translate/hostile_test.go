package translate_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"belfry/generator/translate"
	"belfry/generator/tree"
)

const small = `<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:belfry="urn:belfry:translations:1" version="2.0" srcLang="bg" trgLang="ro">
<file id="f1" original="pages/x.md"><unit id="body.1"><originalData><data id="d1">[</data><data id="d2">](y.md)</data></originalData>
<segment state="translated"><source>Ad <pc id="1" dataRefStart="d1" dataRefEnd="d2">a</pc></source>
<target>Un <pc id="1" dataRefStart="d1" dataRefEnd="d2">b</pc></target></segment></unit></file></xliff>`

// TestHostileXML reads files that would fetch, unfold or fill something.
func TestHostileXML(t *testing.T) {
	ex, faults := translate.ReadXLIFF("x.xlf", []byte(small))
	if len(faults) > 0 || ex.Documents[0].Units[0].Target != "Un [b](y.md)" || len(ex.Documents[0].Units[0].Faults) > 0 {
		t.Fatalf("%+v %v", ex, faults)
	}
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>`
	for name, c := range map[string]struct{ text, code string }{
		"entity bomb":     {bomb + strings.Replace(small, "Un ", "&c;", 1), "exchange/doctype"},
		"external entity": {`<!DOCTYPE x SYSTEM "file:///etc/passwd">` + small, "exchange/doctype"},
		"late doctype":    {strings.Replace(small, "<file", bomb+"<file", 1), "exchange/doctype"},
		"unknown entity":  {strings.Replace(small, "Un ", "&c;", 1), "exchange/xml"},
		"another charset": {`<?xml version="1.0" encoding="UTF-16"?>` + small, "exchange/xml"},
		"depth":           {strings.Replace(small, "<target>", "<target>"+strings.Repeat("<mrk>", 100000), 1), "exchange/xml"},
		"cut off":         {small[:len(small)-40], "exchange/xml"},
		"XLIFF 1.2":       {`<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>`, "exchange/not-xliff"},
		"UTF-16":          {"\xFF\xFE<\x00", "exchange/encoding"},
		"empty":           {"", "exchange/xml"},
	} {
		began := time.Now()
		ex, faults := translate.ReadXLIFF("x.xlf", []byte(c.text))
		if ex != nil || len(faults) != 1 || faults[0].Code != c.code || faults[0].Hint() == "" {
			t.Errorf("%s: %v %v", name, ex, faults)
		}
		if time.Since(began) > 5*time.Second {
			t.Errorf("%s took %v", name, time.Since(began))
		}
	}
}

// TestDamage breaks the codes of a text: each fault has its line.
func TestDamage(t *testing.T) {
	for name, c := range map[string]struct{ old, now, code string }{
		"lost":    {`Un <pc id="1" dataRefStart="d1" dataRefEnd="d2">b</pc>`, "Un b", "exchange/code-missing"},
		"unknown": {`dataRefEnd="d2">b`, `dataRefEnd="d9">b`, "exchange/code-unknown"},
		"twice":   {`>b</pc>`, `>b</pc> <pc id="1" dataRefStart="d1" dataRefEnd="d2">c</pc>`, "exchange/code-twice"},
	} {
		ex, faults := translate.ReadXLIFF("x.xlf", []byte(strings.Replace(small, c.old, c.now, 1)))
		if len(faults) > 0 {
			t.Fatalf("%s: %v", name, faults)
		}
		got := ex.Documents[0].Units[0].Faults
		if len(got) != 1 || got[0].Code != c.code || got[0].At.Line < 3 {
			t.Errorf("%s: %v", name, got)
		}
	}
	// A tool may cut a segment, and write a pair as its two ends.
	cut := strings.Replace(small, `<target>Un <pc id="1" dataRefStart="d1" dataRefEnd="d2">b</pc></target></segment>`,
		`<target>Un </target></segment><segment state="final"><source/><target><sc id="1" dataRef="d1"/><mrk id="m">b</mrk><ec startRef="1" dataRef="d2"/></target></segment>`, 1)
	ex, faults := translate.ReadXLIFF("x.xlf", []byte(cut))
	if u := ex.Documents[0].Units[0]; len(faults)+len(u.Faults) > 0 || u.Target != "Un [b](y.md)" || !u.Done {
		t.Errorf("%+v %v", u, faults)
	}
}

// TestCSVCells keeps texts whole that a spreadsheet would run.
func TestCSVCells(t *testing.T) {
	for _, s := range []string{"=1+1", "+1", "-1", "@a", "'=1", "''", "'tis", "\t=1", " =1", "|a", "%a", "＝1", "plain", "a=b", "a;b,\"c\"\nd", "", "'"} {
		if got := translate.Inert(s); strings.ContainsAny(got[:min(1, len(got))], "=+-@|%\t") {
			t.Errorf("%q is written as %q", s, got)
		}
		head := "document,unit,language,source,target\n"
		row := "x.md,title,ro,\"" + strings.ReplaceAll(translate.Inert(s), `"`, `""`) + "\",b\n"
		for _, raw := range []string{head + row, strings.ReplaceAll(head, ",", ";") + strings.ReplaceAll(row, ",", ";"), bom + head + strings.ReplaceAll(row, "\n", "\r\n")} {
			if strings.Contains(s, ",") && strings.Contains(raw, ";unit") {
				continue
			}
			ex, faults := translate.ReadCSV("x.csv", []byte(raw))
			if len(faults) > 0 || len(ex.Documents) != 1 || ex.Documents[0].Units[0].Source != s {
				t.Errorf("%q came back as %+v %v", s, ex, faults)
			}
		}
	}
}

// FuzzImport reads whatever comes back, in every format. What is written must
// be read as what came back.
func FuzzImport(f *testing.F) {
	source := tree.FromMap(map[string]string{
		"portal.yaml":   "name: T\nlanguages: [bg, ro]\n",
		"pages/x.md":    "---\ntitle: Кучета\ndescription: Едно.\n---\nДума [а](y.md).\n\n- точка\n\n| а | б |\n|---|---|\n| в | г |\n",
		"pages/x.ro.md": "---\r\ntitle: Câini\r\n---\r\nCuvânt [a](y.md).\r\n\r\n- punct\r\n",
		"pages/y.md":    "# Котки\n\n```\nкод\n```\n",
	})
	p := link(f, source)
	docs := documents(p, source, "ro")
	for _, form := range formats {
		var b bytes.Buffer
		if err := form.write(&b, "ro", docs); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
		f.Add(bytes.ReplaceAll(b.Bytes(), []byte("C"), []byte("- #|`<")))
	}
	f.Add([]byte(small))
	f.Add([]byte("document,unit,language,source,target\npages/x.md,body.1,ro,Дума [а](y.md).,1. [b](y.md)\n"))
	f.Add([]byte(`{"document":"page:x","stamp":"00","blocks":[["title","a"]]}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		records, _ := translate.ReadRecords("r", raw)
		again, faults := translate.ReadRecords("r", records.With(nil, func(translate.Record) bool { return true }).Bytes())
		if len(faults) > 0 || len(again) > len(records) {
			t.Fatal("records do not survive")
		}
		for _, form := range formats {
			ex, _ := form.read("x", raw)
			if ex == nil {
				continue
			}
			im, faults := translate.Import(p, source, nil, ex, true)
			if im == nil {
				continue
			}
			_ = faults
			var files []*tree.File
			for name, data := range im.Files {
				if name != "pages/x.ro.md" && name != "pages/y.ro.md" {
					t.Fatalf("it would write %s", name)
				}
				files = append(files, tree.NewFile(name, data))
			}
			if len(files) > 0 {
				after := source.With(files...)
				im.Verify(link(t, after), after) // it may refuse, it must return
			}
		}
	})
}

// TestXLIFFShape holds what is written to the order of elements and the unique
// ids that the schema of XLIFF 2.0 asks for.
func TestXLIFFShape(t *testing.T) {
	source := town(t)
	var b bytes.Buffer
	if err := translate.XLIFF(&b, "bg", "ro", documents(link(t, source), source, "ro")); err != nil {
		t.Fatal(err)
	}
	inline := "cp ph pc"
	children := map[string]string{"": "xliff", "xliff": "file", "file": "notes unit", "unit": "notes originalData segment", "notes": "note",
		"originalData": "data", "segment": "source target", "source": inline, "target": inline, "pc": inline, "data": "cp"}
	type open struct {
		name string
		last int
		ids  map[string]bool
	}
	stack := []open{{}}
	d := xml.NewDecoder(&b)
	token := regexp.MustCompile(`^[\w.-]+$`)
	for {
		next, err := d.Token()
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Fatal(err)
			}
			break
		}
		switch e := next.(type) {
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.StartElement:
			up := &stack[len(stack)-1]
			at := slices.Index(strings.Fields(children[up.name]), e.Name.Local)
			if at < 0 || at < up.last && !strings.Contains(children[up.name], "ph") {
				t.Fatalf("<%s> in <%s> at byte %d", e.Name.Local, up.name, d.InputOffset())
			}
			up.last = at
			ids := up.ids
			if e.Name.Local == "file" || e.Name.Local == "source" || e.Name.Local == "target" || e.Name.Local == "originalData" || ids == nil {
				ids = map[string]bool{}
			}
			for _, a := range e.Attr {
				if a.Name.Local == "id" {
					if ids[a.Value] || !token.MatchString(a.Value) {
						t.Errorf("the id %q in <%s> at byte %d", a.Value, up.name, d.InputOffset())
					}
					ids[a.Value] = true
				}
			}
			stack = append(stack, open{name: e.Name.Local, ids: ids})
		}
	}
}
