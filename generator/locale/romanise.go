package locale

// This file writes words of other scripts in Latin letters, by the system of
// the language's country. Systems with letters beyond ASCII are used without
// their marks; apostrophes are left out.

import (
	"strings"
	"unicode"
)

// scheme is one system: letters, and what replaces them at the beginning of a
// word.
type scheme struct {
	letters map[rune]string
	first   map[rune]string
	before  func(string) string // changes the lower-case word first
}

// romanise writes one lower-case word in Latin letters. Letters the language's
// own system lacks are written by that of their script.
func romanise(word, tag string) string {
	own, ok := schemes()[languageOf(tag)]
	if !ok {
		own = &scheme{}
	}
	for _, s := range scriptSchemes {
		if strings.ContainsFunc(word, func(r rune) bool { return unicode.Is(s.script, r) }) {
			other := schemes()[s.language]
			if len(own.letters) == 0 || !ownsScript(own, s.script) {
				return apply(word, other, other)
			}
			return apply(word, own, other)
		}
	}
	return apply(word, own, own)
}

func ownsScript(s *scheme, script *unicode.RangeTable) bool {
	for r := range s.letters {
		if unicode.Is(script, r) {
			return true
		}
	}
	return false
}

func apply(word string, own, other *scheme) string {
	if own.before != nil {
		word = own.before(word)
	}
	var b strings.Builder
	start := true
	for _, r := range word {
		switch {
		case start && own.first[r] != "":
			b.WriteString(own.first[r])
		case has(own.letters, r):
			b.WriteString(own.letters[r])
		case has(other.letters, r):
			b.WriteString(other.letters[r])
		default:
			b.WriteRune(r)
		}
		start = false
	}
	return b.String()
}

func has(m map[rune]string, r rune) bool { _, ok := m[r]; return ok }

// scriptSchemes tells which language's system serves a script when the text's
// own language has none: the widest in use.
var scriptSchemes = []struct {
	script   *unicode.RangeTable
	language string
}{
	{unicode.Cyrillic, "ru"},
	{unicode.Greek, "el"},
	{unicode.Georgian, "ka"},
	{unicode.Armenian, "hy"},
	{unicode.Arabic, "ar"},
	{unicode.Hebrew, "he"},
}

// latinLetters are Latin letters that do not decompose into a base and marks.
var latinLetters = map[rune]string{'ß': "ss", 'đ': "d", 'ð': "d", 'ł': "l", 'ø': "o", 'ı': "i", 'ə': "e", 'æ': "ae", 'œ': "oe", 'þ': "th",
	'ħ': "h", 'ŧ': "t", 'ŋ': "ng", 'ĸ': "k", 'ɓ': "b", 'ɗ': "d", 'ɖ': "d", 'ƙ': "k", 'ƴ': "y", 'ɛ': "e", 'ɔ': "o", 'ʒ': "z", 'ǥ': "g", 'ɣ': "g", 'ŀ': "l"}

// bulgarian follows the Transliteration Act of 2009: -ия ends in -ia, and the
// name of the country is Bulgaria.
func bulgarian(word string) string {
	if word == "българия" {
		return "булгариa"
	}
	if stem, ok := strings.CutSuffix(word, "ия"); ok {
		return stem + "иa"
	}
	return word
}

// ukrainian follows KMU 55/2010: зг is zgh, lest it be read as ж.
func ukrainian(word string) string { return strings.ReplaceAll(word, "зг", "зgh") }

// belarusian follows the Instruction of 2000/2007 without its marks: е, ё, ю,
// я are ie, io, iu, ia after consonants and je, jo, ju, ja elsewhere.
func belarusian(word string) string {
	var b strings.Builder
	var last rune
	for _, r := range word {
		vowel := map[rune]string{'е': "e", 'ё': "o", 'ю': "u", 'я': "a"}[r]
		switch {
		case vowel == "":
			b.WriteRune(r)
		case strings.ContainsRune("бвгджзйклмнпрстўфхцчшґ", last):
			b.WriteString("i" + vowel)
		default:
			b.WriteString("j" + vowel)
		}
		last = r
	}
	return b.String()
}

// armenian writes ու as u (the letters are ո and ւ).
func armenian(word string) string {
	return strings.ReplaceAll(strings.ReplaceAll(word, "ու", "u"), "և", "ev")
}
