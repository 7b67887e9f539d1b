package locale

// This file puts words into the order of a dictionary and under the letters of
// an index (A to Z).

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Sorter compares words in the order of one language. It keeps buffers, so each
// goroutine needs its own.
type Sorter struct {
	order  *collate.Collator
	buf    collate.Buffer
	script *unicode.RangeTable // the language's own, if it is not Latin
	index  []string
}

// Sorter returns a new one.
func (l *Locale) Sorter() *Sorter {
	s := &Sorter{order: collate.New(language.Make(l.data.Collation)), index: l.data.Index}
	if l.Script != "Latn" {
		s.script = unicode.Scripts[scriptNames[l.Script]]
	}
	return s
}

// scriptNames are Unicode's names of the scripts whose words stand before Latin
// ones in their own languages.
var scriptNames = map[string]string{"Cyrl": "Cyrillic", "Grek": "Greek", "Geor": "Georgian", "Armn": "Armenian", "Arab": "Arabic",
	"Hebr": "Hebrew", "Deva": "Devanagari", "Beng": "Bengali", "Guru": "Gurmukhi", "Ethi": "Ethiopic"}

// Key returns bytes that compare as the words do. Signs before a word are passed
// over. Words in the language's own
// script come before others, figures before both.
func (s *Sorter) Key(word string) []byte {
	defer s.buf.Reset()
	word = bare(word)
	key := s.order.KeyFromString(&s.buf, word)
	return append([]byte{s.class(word)}, key...)
}

// Compare returns -1, 0 or 1 as a sorts before, with or after b. Words that
// the language does not tell apart are ordered by their bytes.
func (s *Sorter) Compare(a, b string) int {
	x, y := bare(a), bare(b)
	return cmp.Or(
		cmp.Compare(s.class(x), s.class(y)),
		s.order.CompareString(x, y),
		strings.Compare(a, b),
	)
}

// bare passes over quotation marks and other signs before a word.
func bare(word string) string {
	return strings.TrimLeftFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
}

func (s *Sorter) class(word string) byte {
	r, _ := utf8.DecodeRuneInString(word)
	switch {
	case !unicode.IsLetter(r):
		return 1
	case s.script == nil || unicode.Is(s.script, r):
		return 2
	}
	return 3
}

// Letters puts headings made by [Locale.IndexLetter] into order, in place: the
// language's own, then foreign ones, "0-9" last.
func (s *Sorter) Letters(letters []string) {
	slices.SortFunc(letters, func(a, b string) int {
		x, y := s.place(a), s.place(b)
		if x != y {
			return x - y
		}
		return s.Compare(a, b)
	})
}

func (s *Sorter) place(letter string) int {
	if letter == figures {
		return len(s.index) + 1
	}
	if i := slices.Index(s.index, letter); i >= 0 {
		return i
	}
	return len(s.index)
}

// figures is the heading of all that begins with no letter.
const figures = "0-9"

// Letters returns the letters of the language's index in order, as CLDR has
// them, digraphs as letters of their own: "Dž" in Croatian, "Cs" in Hungarian.
func (l *Locale) Letters() []string { return slices.Clone(l.data.Index) }

// IndexLetter returns the heading under which a word stands in an A to Z: one
// of [Locale.Letters], else a foreign capital, else "0-9". Quotation marks and
// other signs before the word are passed over. Forms of Arabic alef stand under
// the plain one, Greek and other accents are dropped unless the language counts
// them as letters.
func (l *Locale) IndexLetter(word string) string {
	word = norm.NFC.String(bare(word))
	if r, _ := utf8.DecodeRuneInString(word); !unicode.IsLetter(r) {
		return figures
	}
	head := word // the longest letter has three characters, Hungarian Dzs
	if i := nth(word, 3); i > 0 {
		head = word[:i]
	}
	upper := l.capitals(head)
	if letter := l.longest(upper); letter != "" {
		return letter
	}
	base := []rune(norm.NFD.String(upper))[0]
	if to, ok := undecomposed[base]; ok {
		base = to
	}
	if letter := l.longest(string(base)); letter != "" {
		return letter
	}
	return string(base)
}

// capitals writes letters as the index has them. The index of Georgian has no
// capitals; the rules for Greek would drop accents.
func (l *Locale) capitals(s string) string {
	switch languageOf(l.Tag) {
	case "ka":
		return strings.ToLower(s)
	case "tr", "az":
		return strings.ToUpperSpecial(unicode.TurkishCase, s)
	}
	return strings.ToUpper(s)
}

// undecomposed are letters that stand under another one although Unicode does
// not take them apart.
var undecomposed = map[rune]rune{'ٱ': 'ا', 'ى': 'ي', 'ة': 'ه', 'Ł': 'L', 'Ø': 'O', 'Đ': 'D', 'Ħ': 'H', 'Æ': 'A', 'Œ': 'O', 'Þ': 'T', 'ẞ': 'S', 'ß': 'S', 'ı': 'I'}

// longest finds the longest letter of the index that the capitals begin with,
// in any of its forms.
func (l *Locale) longest(upper string) string {
	best, length := "", 0
	for _, letter := range l.data.Index {
		if len(letter) > length && strings.HasPrefix(upper, l.capitals(letter)) {
			best, length = letter, len(letter)
		}
	}
	for form, letter := range l.data.Alike {
		if len(form) > length && strings.HasPrefix(upper, form) {
			best, length = letter, len(form)
		}
	}
	return best
}

// nth returns where the character number n (from 0) begins, or 0.
func nth(s string, n int) int {
	for i := range s {
		if n == 0 {
			return i
		}
		n--
	}
	return 0
}
