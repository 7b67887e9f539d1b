package locale

import (
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestSorterAgainstICU(t *testing.T) {
	for tag, want := range expected(t).Sorted {
		got := slices.Clone(want)
		slices.Reverse(got)
		s := For(tag).Sorter()
		slices.SortFunc(got, s.Compare)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, ICU has %q", tag, got, want)
		}
		slices.Reverse(got)
		slices.SortFunc(got, func(a, b string) int { return bytes.Compare(s.Key(a), s.Key(b)) })
		if !slices.Equal(got, want) {
			t.Errorf("%s by keys: %q, ICU has %q", tag, got, want)
		}
	}
}

func TestSorter(t *testing.T) {
	for tag, want := range map[string][]string{
		"cnr":     {"Cer", "Čačak", "Ćuprija", "Dunav", "Dženana", "Đorđe"},
		"bs":      {"Cer", "Čačak", "Ćuprija", "Dunav", "Dženana", "Đorđe"},
		"nb":      {"zoo", "ærlig", "ølen", "ås"},
		"bg":      {"12 стъпки", "«Ангел»", "ел", "Жана", "йога", "ябълка", "PDF файл", "Web"},
		"ka":      {"აგარა", "ჰოსპისი", "PDF"},
		"en":      {"10", "a", "A", "b", "Б"},
		"xh":      {"a", "b", "c"},
		"sr-Cyrl": {"Дунав", "Ђорђе", "Цер", "Чачак", "Џенана", "Шабац", "PDF"},
	} {
		got := slices.Clone(want)
		slices.Reverse(got)
		slices.SortFunc(got, For(tag).Sorter().Compare)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func TestIndexLetter(t *testing.T) {
	for tag, words := range map[string]map[string]string{
		"hr":      {"džep": "Dž", "Njiva": "Nj", "LJUBAV": "Lj", "đak": "Đ", "nakit": "N", "ćup": "Ć"},
		"sr-Latn": {"Đorđe": "Đ", "Džep": "Dž", "Dunav": "D"},
		"hu":      {"csak": "Cs", "Zsák": "Zs", "dzsungel": "Dzs", "DZETA": "Dz", "Álom": "A", "őr": "Ö", "öt": "Ö", "tyúk": "Ty", "lyuk": "Ly", "nyár": "Ny", "szék": "Sz", "gyár": "Gy"},
		"ro":      {"Ăst": "Ă", "înger": "Î", "șarpe": "Ș", "ţară": "Ț", "âră": "Â", "élan": "E"},
		"tr":      {"iğne": "İ", "ışık": "I", "Izgara": "I", "İzmir": "İ", "ğ": "Ğ", "ünlü": "Ü", "çay": "Ç", "öğle": "Ö", "şeker": "Ş"},
		"ar":      {"أب": "ا", "إدارة": "ا", "آثار": "ا", "البلدية": "ا", "ٱبن": "ا", "مدينة": "م"},
		"el":      {"άλφα": "Α", "Όνομα": "Ο", "ώρα": "Ω", "ϊ": "Ι"},
		"es":      {"ñandú": "Ñ", "Ábaco": "A", "llave": "L"},
		"ka":      {"აგარა": "ა", "Ბ": "ბ"},
		"bg":      {"«Ъгъл»": "Ъ", "12": "0-9", "№ 3": "0-9", "PDF": "P", "й": "Й", "": "0-9", "…": "0-9", "и\u0306": "Й"},
		"cs":      {"chata": "Ch", "Čáp": "Č", "ČÁP": "Č"},
		"de":      {"ß": "S", "Ärger": "A", "łódź": "L"},
		"uk":      {"ґанок": "Ґ", "їжак": "Ї"},
		"da":      {"Ærø": "Æ", "øl": "Ø", "ås": "Å", "Aabenraa": "Å", "Ängel": "Æ"},
		"sv":      {"über": "Y", "Ärlig": "Ä"},
		"lt":      {"yla": "I", "įlanka": "I"},
		"xh":      {"énd": "E", "7": "0-9"},
	} {
		for word, want := range words {
			if got := For(tag).IndexLetter(word); got != want {
				t.Errorf("%s: %q stands under %q, want %q", tag, word, got, want)
			}
		}
	}
}

// In every language, sorted words must not come back to a heading they have
// left, and headings must come in the order of Letters.
func TestHeadingsNeverAlternate(t *testing.T) {
	for _, tag := range slices.Sorted(maps.Keys(readers())) {
		if tag == "regions" || languageOf(tag) == "zh" || languageOf(tag) == "ja" || languageOf(tag) == "ko" {
			continue
		}
		l := For(tag)
		s := l.Sorter()
		var words []string
		for _, letter := range l.Letters() {
			for _, tail := range l.Letters() {
				// A letter doubled may be a digraph doubled: Hungarian ccs is cs twice.
				if !strings.HasPrefix(l.lower(tail), l.lower(letter)) && tag != "hy" {
					words = append(words, letter+l.lower(tail))
				}
			}
		}
		slices.SortFunc(words, s.Compare)
		var seen []string
		for _, w := range words {
			h := l.IndexLetter(w)
			if len(seen) > 0 && seen[len(seen)-1] == h {
				continue
			}
			if slices.Contains(seen, h) {
				t.Errorf("%s comes back to %s with %s", tag, h, w)
				break
			}
			seen = append(seen, h)
		}
		if !slices.Equal(seen, l.Letters()) && len(seen) > 0 && !t.Failed() {
			t.Errorf("%s: headings %q, letters %q", tag, seen, l.Letters())
		}
	}
}

func (l *Locale) lower(s string) string {
	if languageOf(l.Tag) == "tr" || languageOf(l.Tag) == "az" {
		return map[string]string{"I": "ı", "İ": "i"}[s] + map[bool]string{true: "", false: s}[s == "I" || s == "İ"]
	}
	return string(bytes.ToLower([]byte(s)))
}

func TestLetters(t *testing.T) {
	for tag, want := range map[string][]string{
		"bg": {"А", "Й", "Ъ", "Я", "P", "W", "0-9"},
		"hr": {"D", "Dž", "Đ", "N", "Nj", "O", "Ω", "0-9"},
	} {
		got := slices.Clone(want)
		slices.Reverse(got)
		For(tag).Sorter().Letters(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}

func BenchmarkKey(b *testing.B) {
	s := For("bg").Sorter()
	for b.Loop() {
		s.Key("Удостоверение за раждане")
	}
}
