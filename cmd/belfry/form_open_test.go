package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// TestHarmless: whatever a stranger calls a file, it is saved as a plain name
// that no system runs, hides or takes for a folder or a device.
func TestHarmless(t *testing.T) {
	for _, c := range []struct{ name, want string }{
		{"photo.jpg", "1-photo.jpg"},
		{"Скица на мястото.PDF", "1-Скица_на_мястото.pdf"},
		{"../../etc/passwd", "1-passwd.bin"},
		{`C:\Users\me\photo.png`, "1-photo.png"},
		{"CON", "1-CON.bin"},
		{"aux.txt", "1-aux.txt"},
		{".bashrc", "1-bashrc.bin"},
		{"-rf.pdf", "1-rf.pdf"},
		{"photo.jpg.exe", "1-photo.jpg.exe.bin"},
		{"\u202Egpj.exe", "1-gpj.exe.bin"},
		{"a\x00b.pdf", "1-ab.pdf"},
		{"invoice.pdf\u200b.lnk", "1-invoice.pdf.lnk.bin"},
		{"$(touch x).pdf", "1-touch_x.pdf"},
		{"a:b.pdf", "1-a_b.pdf"},
		{"page.html", "1-page.html.bin"},
		{"", "1-file.bin"},
		{"...", "1-file.bin"},
		{".pdf", "1-pdf.bin"},
		{strings.Repeat("я", 300) + ".pdf", "1-" + strings.Repeat("я", 60) + ".pdf"},
	} {
		if got := harmless(1, c.name); got != c.want {
			t.Errorf("%q is saved as %q, want %q", c.name, got, c.want)
		}
	}
}

// FuzzVisible: JSON made visible says the same and holds nothing unseen.
func FuzzVisible(f *testing.F) {
	for _, s := range []string{"a", "\u202e\x00\x1b[2J", "\U000E0041\ufeff", "\u0085\u2066", "<script>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\ufffd")
		raw, err := json.Marshal(map[string]string{"a": s})
		if err != nil {
			t.Fatal(err)
		}
		shown := visible(raw)
		var back map[string]string
		if err := json.Unmarshal(shown, &back); err != nil || back["a"] != s {
			t.Fatalf("%q became %q, %v", s, back["a"], err)
		}
		if bytes.ContainsAny(shown, "\x00\x1b\u202e\u2066\ufeff") {
			t.Fatalf("%q", shown)
		}
	})
}
