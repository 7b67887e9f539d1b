package audit_test

import (
	"bytes"
	"testing"

	"belfry/generator/audit"
)

// FuzzPage: no page makes the auditor fail, and every place lies in its file.
func FuzzPage(f *testing.F) {
	f.Add([]byte(links))
	f.Add([]byte("<!doctype html><html lang=bg><p><table><tr><td>a<td>b</table><svg><title>x</title></svg><a href='#\xff%zz'></a><img src='//[::1]:x/'>"))
	f.Add([]byte("</p></main><li><li></ul><style>@import 'http://a/'</style><meta http-equiv=refresh content=';'><label for=a b>"))
	f.Fuzz(func(t *testing.T, data []byte) {
		a := audit.New(audit.Options{Base: "https://town.example/"})
		if err := a.Write("bg/index.html", data); err != nil {
			t.Fatal(err)
		}
		lines := bytes.Split(data, []byte("\n"))
		for _, d := range a.Finish() {
			if d.At.File != "bg/index.html" || d.At.Line < 1 || d.At.Line > len(lines) || d.At.Col < 0 || d.At.Col > len(lines[d.At.Line-1])+1 {
				t.Errorf("%s: %s", d.At, d.Code)
			}
		}
	})
}
