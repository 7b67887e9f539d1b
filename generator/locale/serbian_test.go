package locale

import (
	"strings"
	"testing"
)

func TestLatin(t *testing.T) {
	for in, want := range map[string]string{
		"Љубав ЉУБАВ Љ. КОЊ Њ": "Ljubav LJUBAV Lj. KONJ Nj", "Џеп ЏЕП": "Džep DŽEP", "Ђорђе Чачак Ћуприја Шабац Жабаљ": "Đorđe Čačak Ćuprija Šabac Žabalj",
		"инјекција": "injekcija", "PDF и A4": "PDF i A4", "щука": "щука", "ЊЕГОШ Његош": "NJEGOŠ Njegoš", "2026. године": "2026. godine", "": "",
	} {
		if got := Latin(in); got != want {
			t.Errorf("Latin(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCyrillic(t *testing.T) {
	for in, want := range map[string]string{
		"Ljubav LJUBAV Njegoš džep Dženana":   "Љубав ЉУБАВ Његош џеп Џенана",
		"injekcija Injekcije injekcijom":      "инјекција Инјекције инјекцијом",
		"konjugacija konjunktura":             "конјугација конјунктура",
		"konj Konjic konjušar konjunktivitis": "коњ Коњиц коњушар конјунктивитис",
		"nadživeti Nadživela nenadživljen":    "надживети Надживела ненадживљен",
		"nadžnjeti odžaliti odžvakati":        "наджњети оджалити оджвакати",
		"nadžak odžak Odžaci budžet":          "наџак оџак Оџаци буџет",
		"podžanr vanjezički Tanjug TANJUG":    "поджанр ванјезички Танјуг ТАНЈУГ",
		"panj manje tanji":                    "пањ мање тањи",
		"XIV VI V i II":                       "XIV VI V и II",
		"A4 Windows web full_name":            "A4 Windows web full_name",
		"Đorđe Čačak Ćuprija Šabac":           "Ђорђе Чачак Ћуприја Шабац",
		"c\u030Cas":                           "час",
		"ǈubav":                               "Љубав",
		"već и već":                           "већ и већ",
		"":                                    "",
	} {
		if got := Cyrillic(in); got != want {
			t.Errorf("Cyrillic(%q) = %q, want %q", in, got, want)
		}
	}
}

// Latin after Cyrillic gives the text back, whatever the exceptions say.
func FuzzThereAndBack(f *testing.F) {
	f.Add("Инјекција и љубав, надживети; Његош")
	f.Fuzz(func(t *testing.T, text string) {
		lat := Latin(text)
		if strings.ContainsFunc(lat, func(r rune) bool { return r >= 'а' && r <= 'з' }) && !strings.ContainsFunc(text, func(r rune) bool { return r < 'а' || r > 'з' }) {
			t.Errorf("Cyrillic is left in %q", lat)
		}
		if again := Latin(Cyrillic(lat)); !strings.ContainsAny(lat, "ǅǆǄǇǈǉǊǋǌ\u030C\u0301") && !strings.EqualFold(again, lat) {
			t.Errorf("%q became %q", lat, again)
		}
	})
}
