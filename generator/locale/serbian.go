package locale

// This file turns Serbian from one script into the other. Cyrillic to Latin is
// a table; the way back needs to know where nj, lj and dž are two letters
// (injekcija, nadživeti), and what is not Serbian at all.

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var toLatin = map[rune]string{'а': "a", 'б': "b", 'в': "v", 'г': "g", 'д': "d", 'ђ': "đ", 'е': "e", 'ж': "ž", 'з': "z", 'и': "i", 'ј': "j", 'к': "k",
	'л': "l", 'љ': "lj", 'м': "m", 'н': "n", 'њ': "nj", 'о': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'ћ': "ć", 'у': "u", 'ф': "f", 'х': "h", 'ц': "c",
	'ч': "č", 'џ': "dž", 'ш': "š"}

// Latin writes Serbian Cyrillic in Latin letters. Digraphs follow the case
// around them: Љубав is Ljubav, ЉУБАВ is LJUBAV. All that is not a letter of
// the Serbian alphabet stays as it is, words of other Cyrillic languages too.
func Latin(text string) string {
	return eachWord(text, func(word string) string {
		if foreign(word, toLatin) {
			return word
		}
		letters := []rune(word)
		var b strings.Builder
		for i, r := range letters {
			lower := unicode.ToLower(r)
			out, ok := toLatin[lower]
			switch {
			case !ok:
				b.WriteRune(r)
			case r == lower:
				b.WriteString(out)
			case len([]rune(out)) == 2 && !capitalsAround(letters, i):
				b.WriteString(strings.ToUpper(out[:1]) + out[1:])
			default:
				b.WriteString(strings.ToUpper(out))
			}
		}
		return b.String()
	})
}

// foreign tells a word with a Cyrillic letter that Serbian does not have.
func foreign(word string, known map[rune]string) bool {
	return strings.ContainsFunc(word, func(r rune) bool {
		_, ok := known[unicode.ToLower(r)]
		return unicode.Is(unicode.Cyrillic, r) && !ok && !unicode.IsMark(r)
	})
}

// capitalsAround tells whether the capital at i stands among capitals.
func capitalsAround(w []rune, i int) bool {
	if i+1 < len(w) && unicode.IsLetter(w[i+1]) {
		return unicode.IsUpper(w[i+1])
	}
	return i > 0 && unicode.IsUpper(w[i-1])
}

var toCyrillic = map[string]rune{"a": 'а', "b": 'б', "v": 'в', "g": 'г', "d": 'д', "đ": 'ђ', "e": 'е', "ž": 'ж', "z": 'з', "i": 'и', "j": 'ј', "k": 'к',
	"l": 'л', "lj": 'љ', "m": 'м', "n": 'н', "nj": 'њ', "o": 'о', "p": 'п', "r": 'р', "s": 'с', "t": 'т', "ć": 'ћ', "u": 'у', "f": 'ф', "h": 'х', "c": 'ц',
	"č": 'ч', "dž": 'џ', "š": 'ш'}

// apartIn are beginnings of words in which a pair of letters is no digraph; "|"
// stands between the two. Where a longer word with the digraph begins alike
// (nadžak, odžak) the entry is long enough to miss it. The list is
// ours and grows with what proofreaders find.
var apartIn = strings.Fields(`in|jek in|junk in|jur kon|jug kon|junk kon|jukt kon|jekt ad|junk dis|junk van|jezi izvan|jezi tan|jug san|jug pan|jugo
 an|jugo jedn|jezi van|jadr tran|jadr nad|živ nad|žnj nad|žan nad|žet nad|žeti nad|žup nad|žva nad|žde nad|žuž od|žal od|živ od|žva od|žvr
 od|žnj od|žanj od|žet od|ževi od|žmi od|žmur pod|ž pred|ž post|ž il|jf`)

// before them these may stand.
var beforeApart = []string{"", "ne", "naj", "pre", "po", "u", "re", "de", "su", "sub", "auto", "foto", "mikro", "makro", "ras"}

// Cyrillic writes Serbian in Latin letters in Cyrillic. Left alone are words
// with letters Serbian does not have (q, w, x, y and those of other languages),
// words mixed with Cyrillic or with figures (A4), and Roman numbers (XIV, III).
func Cyrillic(text string) string {
	return eachWord(text, func(word string) string {
		composed := norm.NFC.String(digraphSigns.Replace(word))
		if roman(composed) {
			return word
		}
		letters := []rune(composed)
		torn := tornAfter(strings.ToLower(composed))
		var b strings.Builder
		for i := 0; i < len(letters); i++ {
			r := letters[i]
			key := strings.ToLower(string(r))
			if i+1 < len(letters) && i != torn {
				if pair := key + strings.ToLower(string(letters[i+1])); toCyrillic[pair] != 0 {
					key = pair
					i++
				}
			}
			c, ok := toCyrillic[key]
			switch {
			case !ok && (!unicode.IsMark(r)):
				return word
			case !ok:
				c = r
			case unicode.IsUpper(r):
				c = unicode.ToUpper(c)
			}
			b.WriteRune(c)
		}
		return b.String()
	})
}

// digraphSigns are the single characters Unicode has for the digraphs.
var digraphSigns = strings.NewReplacer("ǆ", "dž", "ǅ", "Dž", "Ǆ", "DŽ", "ǉ", "lj", "ǈ", "Lj", "Ǉ", "LJ", "ǌ", "nj", "ǋ", "Nj", "Ǌ", "NJ")

// tear is a beginning of words and the character after which it is torn apart.
type tear struct {
	start string
	after int
}

var tears = sync.OnceValue(func() []tear {
	var all []tear
	for _, entry := range apartIn {
		head, tail, _ := strings.Cut(entry, "|")
		for _, p := range beforeApart {
			all = append(all, tear{p + head + tail, utf8.RuneCountInString(p+head) - 1})
		}
	}
	return all
})

// tornAfter returns the place (in characters) after which a pair of letters of
// the lower-case word is no digraph, or -1.
func tornAfter(word string) int {
	if !strings.Contains(word, "nj") && !strings.Contains(word, "lj") && !strings.Contains(word, "dž") {
		return -1
	}
	for _, t := range tears() {
		if strings.HasPrefix(word, t.start) {
			return t.after
		}
	}
	return -1
}

// roman tells a Roman number: V, or two and more of I, V and X. A single I is
// the word for "and", more often than not.
func roman(word string) bool {
	return word == "V" || len(word) > 1 && strings.Trim(word, "IVX") == ""
}

// eachWord hands every run of letters to f. A run that touches a figure or an
// underscore, as in A4, COVID19 or full_name, is a code and stays.
func eachWord(text string, f func(string) string) string {
	var b strings.Builder
	for len(text) > 0 {
		n := strings.IndexFunc(text, inWord)
		if n < 0 {
			n = len(text)
		}
		b.WriteString(text[:n])
		text = text[n:]
		n = strings.IndexFunc(text, func(r rune) bool { return !inWord(r) })
		if n < 0 {
			n = len(text)
		}
		if word := text[:n]; code(word) {
			b.WriteString(word)
		} else {
			b.WriteString(f(word))
		}
		text = text[n:]
	}
	return b.String()
}

func inWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '_'
}

// code tells a run with figures or an underscore, or with letters of both
// scripts.
func code(word string) bool {
	latin, cyrillic := false, false
	for _, r := range word {
		if unicode.IsDigit(r) || r == '_' {
			return true
		}
		latin = latin || unicode.Is(unicode.Latin, r)
		cyrillic = cyrillic || unicode.Is(unicode.Cyrillic, r)
	}
	return latin && cyrillic
}
