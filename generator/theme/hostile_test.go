package theme

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// brittle is a file of messages that cannot bear to be asked wrongly.
type brittle struct{ silent }

func (brittle) Text(key string, args ...string) string {
	if len(args)%2 == 1 {
		panic("odd arguments")
	}
	return strings.Join(args, "")
}

// TestHostileThemes: whatever a theme does, its page ends soon, and with a fault.
func TestHostileThemes(t *testing.T) {
	nested := strings.Repeat("{{if true}}", 100) + `{{template "a" .}}` + strings.Repeat("{{end}}", 100)
	doubled := func(call string) string {
		return `{{$x := "12345678"}}` + strings.Repeat(fmt.Sprintf("{{$x = %s}}", call), 40) + "{{$x}}"
	}
	var bush strings.Builder // each template calls the next eight times
	for i := range 10 {
		fmt.Fprintf(&bush, `{{define "t%d"}}%s{{end}}`, i, strings.Repeat(fmt.Sprintf(`{{template "t%d" .}}`, i+1), 8))
	}
	bush.WriteString(`{{define "t10"}}{{if .S}}{{end}}{{end}}{{template "t0" .}}`)
	long := struct {
		L []int
		S string
	}{make([]int, 3000), strings.Repeat("y", 10000)}
	for name, c := range map[string]struct{ page, problem string }{
		"calls itself":                    {`{{template "a" .}}{{define "a"}}` + nested + `{{end}}`, "without end"},
		"calls itself without steps":      {`{{printf "x"}}{{template "a" .}}{{define "a"}}` + nested + `{{end}}`, "without end"},
		"calls itself in a tag":           {`<a {{template "a" .}}>{{define "a"}}` + nested + `{{end}}`, "without end"},
		"calls itself in a script":        {`<script>{{template "a" .}}</script>{{define "a"}}` + nested + `{{end}}`, "without end"},
		"calls a bush of templates":       {bush.String(), "too much work"},
		"goes over lists in lists":        {`{{range $.L}}{{range $.L}}{{range $.L}}{{end}}{{end}}{{end}}`, "too much work"},
		"writes without end":              {`{{range $.L}}{{range $.L}}{{$.S}}{{end}}{{end}}`, "12 MB"},
		"writes without end nor a loop":   {strings.Repeat(`{{.S}}`, 2000), "12 MB"},
		"asks wrongly":                    {`{{t "nav.menu" "portal"}}`, "odd arguments"},
		"doubles a text":                  {doubled("print $x $x"), "1 MB"},
		"doubles a text of the interface": {doubled(`t "nav.menu" $x $x`), "1 MB"},
	} {
		t.Run(name, func(t *testing.T) {
			th, faults := Load(map[string][]byte{"layouts/page.html": []byte(c.page)})
			if len(faults) > 0 {
				t.Fatal(faults)
			}
			var out bytes.Buffer
			err := th.Compile(map[string]Texts{"en": brittle{}}).Execute(&out, "page", "en", long)
			var fault *Fault
			if !errors.As(err, &fault) || fault.File != "layouts/page.html" || !strings.Contains(fault.Problem, c.problem) {
				t.Errorf("%v", err)
			}
			if out.Cap() > 64<<20 {
				t.Errorf("took %d MB", out.Cap()>>20)
			}
		})
	}
}

// TestLongChain: html/template would need hours to escape these templates.
func TestLongChain(t *testing.T) {
	var page strings.Builder
	for i := range 40 {
		fmt.Fprintf(&page, "{{define \"t%d\"}}{{template \"t%d\" .}}{{template \"t%d\" .}}{{end}}\n", i, i+1, i+1)
	}
	_, faults := Load(map[string][]byte{"layouts/page.html": []byte(page.String() + `{{define "t40"}}{{end}}{{template "t0" .}}`)})
	if len(faults) == 0 || !strings.Contains(faults[0].Message(), "in a chain") || faults[0].At.Line != 12 {
		t.Error(faults)
	}
}

// TestFoldingKeepsWhatEscapersWrite: where nothing is to be written html/template
// writes what stands for nothing there, and what follows relies on it.
func TestFoldingKeepsWhatEscapersWrite(t *testing.T) {
	const page = `<script>x={{uses "table"}} /{{.T}}/1;y={{lang .L .L}}</script><a title={{lang .L .L}} data-x={{.T}}></a><a title={{uses "table"}} data-x={{.T}}></a>`
	th, _ := Load(map[string][]byte{"layouts/page.html": []byte(page)})
	plain, err := th.layouts["page"].build(funcs(silent{}, th.icons))
	if err != nil {
		t.Fatal(err)
	}
	view := struct{ T, L string }{"/;alert(1)//", ""}
	var want, got bytes.Buffer
	if err := plain.Execute(&want, view); err != nil {
		t.Fatal(err)
	}
	if err := th.Compile(map[string]Texts{"en": silent{}}).Execute(&got, "page", "en", view); err != nil || got.String() != want.String() {
		t.Errorf("%v\n got %s\nwant %s", err, got.String(), want.String())
	}
}
