package tree

import (
	"strings"
	"testing"
)

func TestBadName(t *testing.T) {
	long := strings.Repeat("ж", 128) // 256 bytes
	for name, want := range map[string]string{
		"birth-certificate.md": "", "свидетелство.pdf": "", "_index.md": "", ".well-known": "", "a b.png": "", "Dr. No.jpg": "",
		"con": "Windows keeps", "CON.txt": "Windows keeps", "aux.ro.md": "Windows keeps", "com1": "Windows keeps", "LPT9 .x": "Windows keeps",
		"com¹.txt": "Windows keeps", "conin$": "Windows keeps",
		"com": "", "com10": "", "comic.png": "", "console.md": "", "null.md": "", "lpt": "",
		"a:b": "“:”", "what?": "“?”", "a<b": "“<”", "a>b": "“>”", `a"b`: "“\"”", "a|b": "“|”", "a*b": "“*”", `a\b`: "“\\”",
		"a\tb": "control", "a\x7fb": "control", "a\u0085b": "control",
		"end.": "full stop", "end ": "a space", "..": "full stop", "": "empty", "a//b": "empty",
		"assets/nul/x": "Windows keeps", "assets/x?/y": "“?”", "assets/ok.png": "",
		long: "longer", long[2:] + "x": "", "a\xff": "UTF-8",
	} {
		got := BadName(name)
		if (got == "") != (want == "") || !strings.Contains(got, want) {
			t.Errorf("BadName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestFold(t *testing.T) {
	for _, same := range [][]string{
		{"readme.md", "README.md", "ReadMe.MD"},
		{"услуги", "УСЛУГИ", "Услуги"},
		{"caf\u00e9", "cafe\u0301", "CAFE\u0301", "CAF\u00c9"},
		{"k", "K", "\u212a"}, // Kelvin sign
		{"\u03c3", "\u03c2", "\u03a3"},
		{"й", "и\u0306", "Й"},
	} {
		for _, s := range same {
			if Fold(s) != Fold(same[0]) {
				t.Errorf("%q and %q should be one", s, same[0])
			}
		}
	}
	for _, two := range [][2]string{{"straße", "strasse"}, {"a", "á"}, {"ı", "i"}, {"a-b", "a_b"}, {"a/b", "ab"}, {"а", "a"}} {
		if Fold(two[0]) == Fold(two[1]) {
			t.Errorf("%q and %q should be two", two[0], two[1])
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"a", "CON", "é", "e\u0301", "\xff", "a/b", "İ", "ǅ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		BadName(s)
		if once := Fold(s); Fold(once) != once {
			t.Errorf("Fold(%q) = %q, folded again %q", s, once, Fold(once))
		}
	})
}
