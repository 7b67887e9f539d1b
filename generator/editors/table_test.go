package editors

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"belfry/generator/portal"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	xunicode "golang.org/x/text/encoding/unicode"
)

// TestEncodings reads one table in every encoding a spreadsheet saves.
func TestEncodings(t *testing.T) {
	bg := "Заглавие;Такса\nУдостоверение за наследници;2,50\n"
	ro := "Titlu;Taxă\nCertificat de naștere;2,50\n"
	es := "Título;Tasa\nInscripción de perros;2,50\n"
	for name, c := range map[string]struct {
		text, lang, encoding, want string
		e                          encoding.Encoding
	}{
		"utf-8":              {text: bg, want: "UTF-8"},
		"utf-8 with a mark":  {text: "\uFEFF" + bg, want: "UTF-8"},
		"utf-16 with a mark": {text: bg, want: "UTF-16", e: xunicode.UTF16(xunicode.LittleEndian, xunicode.UseBOM)},
		"utf-16 big":         {text: bg, want: "UTF-16", e: xunicode.UTF16(xunicode.BigEndian, xunicode.UseBOM)},
		"utf-16le bare":      {text: bg, want: "UTF-16LE", e: xunicode.UTF16(xunicode.LittleEndian, xunicode.IgnoreBOM)},
		"utf-16be bare":      {text: es, want: "UTF-16BE", e: xunicode.UTF16(xunicode.BigEndian, xunicode.IgnoreBOM)},
		"1251":               {text: bg, want: "windows-1251", e: charmap.Windows1251},
		"1251 of a Spaniard": {text: bg, lang: "es", want: "windows-1251", e: charmap.Windows1251},
		"1250":               {text: strings.ReplaceAll(ro, "ș", "ş"), lang: "ro", want: "windows-1250", e: charmap.Windows1250},
		"1252":               {text: es, lang: "es", want: "windows-1252", e: charmap.Windows1252},
		"told":               {text: bg, encoding: "cp866", want: "ibm866", e: charmap.CodePage866},
	} {
		raw := []byte(c.text)
		if c.e != nil {
			var err error
			if raw, err = c.e.NewEncoder().Bytes(raw); err != nil {
				t.Fatal(name, err)
			}
		}
		table, err := ReadTable(raw, c.encoding, c.lang)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		lines := strings.Split(strings.TrimPrefix(c.text, "\uFEFF"), "\n")
		if got := table.Head[0].Text + ";" + table.Head[1].Text; got != lines[0] || table.Rows[0][0].Text+";"+table.Rows[0][1].Text != lines[1] {
			t.Errorf("%s: read %q, %+v", name, got, table.Rows[0])
		}
		if table.Encoding != c.want || table.Comma != ';' {
			t.Errorf("%s: taken for %s, separated by %q", name, table.Encoding, table.Comma)
		}
	}
	if _, err := ReadTable([]byte("a\n"), "klingon", ""); err == nil || !strings.Contains(err.Error(), "klingon") {
		t.Error("an encoding that does not exist:", err)
	}
}

func TestTablePlaces(t *testing.T) {
	table, err := ReadTable([]byte("sep=;\r\nИме;Б\r\n\"две\r\nлинии\";x\r\n;\r\nтри;y\r\n"), "", "")
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Rows) != 2 || table.Rows[0][1] != (Cell{"x", 4, 8}) || table.Rows[1][1] != (Cell{"y", 6, 5}) || table.Rows[0][0] != (Cell{"две\nлинии", 3, 1}) {
		t.Errorf("%+v", table.Rows)
	}
	for text, at := range map[string][2]int{"a,b\n\"x,y\n": {2, 1}, "": {1, 1}, "a,b\nx \"y\" z,1\n": {2, 3}} {
		var bad *TableError
		if _, err := ReadTable([]byte(text), "", ""); !errors.As(err, &bad) || bad.Line < at[0] {
			t.Errorf("%q: %v", text, err)
		}
	}
	for text, want := range map[string]rune{"a,b;c\n1,2;3\n": ',', "a;b,c;d\n1;2;3\n": ';', "a\tb\n": '\t', "only\n": ','} {
		if got := separator(text); got != want {
			t.Errorf("%q is separated by %q, want %q", text, got, want)
		}
	}
}

// TestColumns: heads in five languages, in other words, with members and numbers.
func TestColumns(t *testing.T) {
	service := portal.TypeByName("service")
	for head, want := range map[string]string{
		"title": "title", "TITLE": "title", "Наименование на услугата": "title", "Denumire": "title", "Nombre del trámite": "title", "Назив услуге": "title", "Naziv usluge": "title",
		"Такса": "cost", "Taxă": "cost", "Fees": "cost", "Тarif": "", "Срок за изпълнение:": "processing_time", "processing time": "processing_time", "Step 3": "steps", "Стъпка 1": "steps", "Pas 2": "steps",
		"cost.amount": "cost.amount", "Цена (Сума)": "cost.amount", "legal url": "legal.url", "Документи": "evidence", "Text": Body, "Текст": Body, "Забележка": "", "Title 2": "",
	} {
		columns, err := Columns(service, []Cell{{Text: head}}, "bg", nil)
		if err != nil || columns[0].Field != want {
			t.Errorf("%q means %q, want %q (%v)", head, columns[0].Field, want, err)
		}
	}
	columns, err := Columns(service, []Cell{{Text: "Name"}, {Text: "Title"}, {Text: "Feees"}, {Text: "x"}, {Text: "y"}}, "en", map[string]string{"X": "redress", "y": "-"})
	if err != nil || columns[0].Field != "title" || columns[1].Field != "" || columns[2].Guess != "cost" || columns[3].Field != "redress" || !columns[4].Left {
		t.Errorf("%+v %v", columns, err)
	}
	for by, want := range map[string]string{"x=redres": `did you mean "redress"`, "Nmae=title": `did you mean "Name"`} {
		head, field, _ := strings.Cut(by, "=")
		if _, err := Columns(service, []Cell{{Text: "Name"}, {Text: "x"}}, "en", map[string]string{head: field}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("--map %s: %v", by, err)
		}
	}
}

// TestCells: words of five languages become what belfry reads.
func TestCells(t *testing.T) {
	service := portal.TypeByName("service")
	c := &converter{lang: "bg", resolve: func(typ, title string) string {
		if typ == "office" && title == "Кметство" {
			return "town-hall"
		}
		return ""
	}}
	for _, x := range [][3]string{
		{"cost.amount", "безплатно", "free"}, {"cost.amount", "Gratuit", "free"}, {"cost.amount", "2,50 лв.", "2,50 лв."},
		{"processing_time", "7 работни дни", "7 working days"}, {"processing_time", "1 ден", "1 day"}, {"processing_time", "3 (три) дни", "3 days"}, {"processing_time", "30 de zile", "30 days"},
		{"processing_time", "Días hábiles", "Días hábiles"}, {"processing_time", "10 días hábiles", "10 working days"}, {"processing_time", "на момента", "at once"}, {"processing_time", "2 седмици", "2 weeks"},
		{"processing_time", "5 radnih dana", "5 working days"}, {"processing_time", "скоро", "скоро"},
		{"audience", "Граждани", "citizen"}, {"audience", "firme", "business"}, {"channels.type", "на гише", "in-person"}, {"cost.channel", "Online", "online"}, {"status", "Se ofrece", "active"},
		{"reviewed", "30.11.2025 г.", "2025-11-30"}, {"reviewed", "1/2/2025", "2025-02-01"}, {"publish", "30.11.2025 14:30", "2025-11-30 14:30"}, {"reviewed", "45.11.2025", "45.11.2025"},
		{"authority", "Кметство", "town-hall"}, {"authority", "Друга", "Друга"}, {"draft", "Да", "true"}, {"draft", "nu", "nu"}, {"evidence.url", "www.a.example", "https://www.a.example"},
	} {
		want := x[2]
		if x[1] == "nu" {
			want = "false"
		}
		if got := c.value("service", x[0], x[1], fieldAt(service, x[0])); got != want {
			t.Errorf("%s %q becomes %q, want %q", x[0], x[1], got, want)
		}
	}
	english := &converter{lang: "en"}
	if got := english.date("3/4/2026") + english.date("13/4/2026"); got != "3/4/20262026-04-13" {
		t.Errorf("English dates: %s", got)
	}
	if got := parts("1. a\n2) b; c | - d", service.Field("evidence")); !slices.Equal(got, []string{"a", "b", "c", "d"}) {
		t.Errorf("parts %q", got)
	}
}

// FuzzReadTable: whatever bytes come, it answers.
func FuzzReadTable(f *testing.F) {
	f.Add([]byte("a;b\n1;2\n"), "bg")
	f.Add([]byte("\xff\xfea\x00"), "")
	f.Add([]byte("sep=;\n\"a"), "")
	f.Fuzz(func(t *testing.T, raw []byte, lang string) {
		table, err := ReadTable(raw, "", lang)
		if err != nil {
			return
		}
		columns, err := Columns(portal.TypeByName("service"), table.Head, lang, nil)
		if err != nil {
			t.Fatal(err)
		}
		s := Sheet{Table: table, Columns: columns, Type: portal.TypeByName("service"), Lang: lang, Resolve: func(string, string) string { return "" }}
		for _, r := range s.Rows() {
			text, from := r.Document()
			if head, _, ok := frontMatter(text); !ok || len(from) != strings.Count(head, "\n")+3 && head != "" {
				t.Fatalf("%d places for\n%s", len(from), text)
			}
		}
	})
}
