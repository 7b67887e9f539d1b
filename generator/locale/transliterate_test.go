package locale

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode"
)

func TestTransliterateText(t *testing.T) {
	for in, want := range map[string]string{
		"Pišite na info@opstina.rs.":               "Пишите на info@opstina.rs.",
		"Vidi https://opstina.rs/put_a?x=y&z, pa.": "Види https://opstina.rs/put_a?x=y&z, па.",
		"www.grad.rs i opstina.rs/put":             "www.grad.rs и opstina.rs/put",
		"{ime} ima {n} dana":                       "{ime} има {n} дана",
		"a&nbsp;b <b class=\"jak\">jako</b>":       "а&nbsp;б <b class=\"jak\">јако</b>",
		"Napomena: važno":                          "Напомена: важно",
	} {
		if got := TransliterateText(in, Cyrillic); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestTransliterateMarkdown(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"heading", "# Naslov {#naslov}", "# Наслов {#naslov}"},
		{"code", "Tekst `kod` i\n\n```go\nkod\n```\n\n    kod\n", "Текст `kod` и\n\n```go\nkod\n```\n\n    kod\n"},
		{"link", "[veza](strana.md \"Naslov\") ![slika](a.png)", "[веза](strana.md \"Naslov\") ![слика](a.png)"},
		{"id link", "[veza](service:izvod)", "[веза](service:izvod)"},
		{"autolink", "<https://x.rs/a> i <a@b.rs>", "<https://x.rs/a> и <a@b.rs>"},
		{"address", "na https://opstina.rs/neki_put?a=b&c=d kraj", "на https://opstina.rs/neki_put?a=b&c=d крај"},
		{"html", "<span class=\"boja\">reč</span>", "<span class=\"boja\">реч</span>"},
		{"html block", "<div title=\"naslov\">\nreč <b>dve</b>\n</div>", "<div title=\"naslov\">\nреч <b>две</b>\n</div>"},
		{"form", "- Ime [ime: name]\n- Ulica\n  [ulica: text, up to 5]\n  - Da [da]\n", "- Име [ime: name]\n- Улица\n  [ulica: text, up to 5]\n  - Да [da]\n"},
		{"table", "| jedan | dva |\n|---|---|\n| tri | `kod` |\n", "| један | два |\n|---|---|\n| три | `kod` |\n"},
		{"own label", "[Opština] i [Opština][] i [tekst][opština]\n\n[Opština]: http://x.rs\n", "[Општина][Opština] и [Општина][Opština] и [текст][opština]\n\n[Opština]: http://x.rs\n"},
		{"label like a bracket of a form", "Vidi [uslove]\n\n[uslove]: a.md\n", "Види [услове][uslove]\n\n[uslove]: a.md\n"},
		{"entity and escape", "a\\*b &amp; c", "а\\*б &amp; ц"},
		{"emphasis", "malo*naglašeno*slovo **jako**", "мало*наглашено*слово **јако**"},
		{"CRLF", "jedan\r\ndva\r\n", "један\r\nдва\r\n"},
		{"other script", "već и već", "већ и већ"},
		{"empty", "", ""},
	} {
		if got := string(TransliterateMarkdown([]byte(c.in), Cyrillic)); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := string(TransliterateMarkdown([]byte("# Наслов\n\nЉубав `код` [веза](страна.md)"), Latin)); got != "# Naslov\n\nLjubav `код` [veza](страна.md)" {
		t.Errorf("%q", got)
	}
}

// Whatever the text, only letters may change, and a change that changes nothing
// must leave every byte.
func FuzzTransliterateMarkdown(f *testing.F) {
	for _, s := range []string{"# a {#b}\n\n[a](b) `c` <d>e</d> [f]\n\n[f]: g\n", "- a [b: c]\n  [d]\n", "<div>\na\n</div>", "|a|\n|-|\n|b|", "![a][]\n\n[a]: b", "a\x00\xff\r\nb"} {
		f.Add([]byte(s))
	}
	bare := func(b []byte) []byte {
		return bytes.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsMark(r) {
				return -1
			}
			return r
		}, b)
	}
	f.Fuzz(func(t *testing.T, md []byte) {
		if got := TransliterateMarkdown(md, strings.Clone); !bytes.Equal(got, md) {
			t.Errorf("unchanged text changed: %q became %q", md, got)
		}
		got := TransliterateMarkdown(md, Cyrillic)
		if a, b := bare(md), bare(got); !bytes.Contains(md, []byte("]:")) && !bytes.Equal(a, b) && bytes.Equal(bytes.ToValidUTF8(md, nil), md) {
			t.Errorf("more than letters changed: %q became %q", md, got)
		}
	})
}

// A hostile line of many nodes must not take quadratic time: twenty times the
// text may take not much more than twenty times as long.
func TestLongLine(t *testing.T) {
	line := "a *b* x.rs [c: d] konj "
	cost := func(n int) time.Duration {
		md := []byte(strings.Repeat(line, n))
		start := time.Now()
		TransliterateMarkdown(md, Cyrillic)
		return time.Since(start)
	}
	cost(1000)
	if short, long := cost(1000), cost(20000); long > 200*short {
		t.Errorf("1,000 parts take %v, 20,000 take %v", short, long)
	}
}
