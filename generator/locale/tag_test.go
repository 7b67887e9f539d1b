package locale

import "testing"

func TestCanonical(t *testing.T) {
	for in, want := range map[string]string{
		"bg": "bg", "BG": "bg", "SR_latn": "sr-Latn", "sr-cyrl-rs": "sr-Cyrl-RS", "cnr": "cnr", "en-gb": "en-GB", "es-419": "es-419",
		"iw": "he", "mo": "ro", "sh": "sr-Latn", "sh-Cyrl": "sr-Cyrl", "sh-BA": "sr-Latn-BA", "ca-valencia": "ca-valencia", "rom": "rom", "no": "no", "zh-hant": "zh-Hant",
		"": "", "und": "", "und-BG": "", "x-own": "", "english": "", "bg-": "", "b": "", "de-u-co-phonebk": "", "../bg": "", "bg/ro": "",
	} {
		got, err := Canonical(in)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("Canonical(%q) = %q, %v; want %q", in, got, err, want)
		}
	}
}

func TestFallback(t *testing.T) {
	for _, c := range []struct{ tag, endonym, dir, script, date string }{
		{"bg-BG", "Български", "ltr", "Cyrl", "21 август 2026 г."},
		{"sr", "Српски", "ltr", "Cyrl", "21. август 2026."},
		{"sr-Latn-RS", "Srpski", "ltr", "Latn", "21. avgust 2026."},
		{"cnr", "Crnogorski", "ltr", "Latn", "21. avgust 2026."},
		{"no", "Norsk", "ltr", "Latn", "21. august 2026"},
		{"en", "English", "ltr", "Latn", "August 21, 2026"},
		{"en-US", "English", "ltr", "Latn", "August 21, 2026"},
		{"en-GB", "English", "ltr", "Latn", "21 August 2026"},
		{"en-RS", "English", "ltr", "Latn", "21 August 2026"},
		{"ar-JO", "العربية", "rtl", "Arab", "٢١ آب ٢٠٢٦"},
		{"ka", "ქართული", "ltr", "Geor", "21 აგვისტო, 2026"},
		{"xh", "xh", "ltr", "Latn", "2026-08-21"},
		{"dv-Thaa", "dv-Thaa", "rtl", "Thaa", "2026-08-21"},
		{"bg-Latn", "bg-Latn", "ltr", "Latn", "2026-08-21"},
		{"nonsense!", "nonsense!", "ltr", "Latn", "2026-08-21"},
	} {
		l := For(c.tag)
		got := []string{l.Tag, l.Endonym, l.Dir, l.Script, narrow.Replace(l.Date(date("2026-08-21")))}
		for i, w := range []string{c.tag, c.endonym, c.dir, c.script, c.date} {
			if got[i] != w {
				t.Errorf("%s: got %q, want %q", c.tag, got[i], w)
			}
		}
	}
}

func TestIn(t *testing.T) {
	en := For("en").In("BG")
	if en.Tag != "en" || en.Date(date("2026-08-21")) != "21 August 2026" {
		t.Errorf("English in Bulgaria: %s, %s", en.Tag, en.Date(date("2026-08-21")))
	}
	if got := For("es").In("CO").Money("12000", "COP"); got != "$\u00a012.000" {
		t.Errorf("Spanish in Colombia: %q", got)
	}
	if l := For("en-US"); l.In("BG") != l || l.In("") != l {
		t.Error("a tag with a region must keep its forms")
	}
}
