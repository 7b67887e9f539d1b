package locale

// This file turns a title into the last part of an address.

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugLimit is how long a slug may be; file systems and mail lines allow more,
// people do not.
const slugLimit = 80

// Slug returns text as lower-case ASCII words joined by "-": romanised as the
// country of the language prescribes (see romanise.go), at most 80 characters,
// cut at a word. It is never empty ("page" stands for text without letters) and
// never a name that Windows keeps for itself. The same text gives the same slug
// in every version of belfry: addresses depend on it.
func Slug(text, tag string) string {
	if plainSlug(text) {
		return text
	}
	return slugOf(text, tag)
}

// plainSlug reports whether a text is its own slug, as the names of files mostly are.
func plainSlug(text string) bool {
	last := byte('-')
	for i := range len(text) {
		c := text[i]
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && (c != '-' || last == '-') {
			return false
		}
		last = c
	}
	return last != '-' && len(text) <= slugLimit && !reserved(text)
}

func slugOf(text, tag string) string {
	var words []string
	for _, w := range wordsOf(text, tag) {
		if rest, ok := strings.CutPrefix(w, "ال"); ok && languageOf(tag) == "ar" && len([]rune(rest)) > 1 {
			words, w = append(words, "al"), rest // the article is a word of its own (BGN/PCGN)
		}
		if w = asciiOnly(romanise(w, tag)); w != "" {
			words = append(words, w)
		}
	}
	slug := shorten(strings.Join(words, "-"))
	switch {
	case slug == "":
		return "page"
	case reserved(slug):
		return slug + "-page"
	}
	return slug
}

// splitting are languages whose apostrophe ends a word: l'acte, dell'ufficio.
// In others it stands within one: п'ять, children's.
var splitting = map[string]bool{"fr": true, "it": true, "ca": true, "oc": true, "pt": true, "lb": true, "fur": true, "rm": true, "sc": true, "lij": true}

// wordsOf splits text at all that is neither letter, mark nor digit.
func wordsOf(text, tag string) []string {
	text = norm.NFC.String(strings.ToLower(norm.NFKC.String(text)))
	if !splitting[languageOf(tag)] {
		text = strings.Map(func(r rune) rune {
			if strings.ContainsRune("'’ʼ‘`´ʹʻ״׳\u00ad\u200b\u200c\u200d", r) {
				return -1
			}
			return r
		}, text)
	}
	return strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsNumber(r)
	})
}

// asciiOnly drops accents and whatever could not be romanised.
func asciiOnly(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case r >= 'A' && r <= 'Z':
			b.WriteRune(r - 'A' + 'a')
		case unicode.IsDigit(r):
			b.WriteByte('0' + digitValue(r))
		default:
			b.WriteString(latinLetters[r])
		}
	}
	return b.String()
}

// digitValue uses that every script's decimal digits stand in one row from 0.
func digitValue(r rune) byte {
	for zero := r; ; zero-- {
		if !unicode.IsDigit(zero-1) || r-zero == 9 {
			return byte(r-zero) % 10
		}
	}
}

func shorten(slug string) string {
	if len(slug) <= slugLimit {
		return slug
	}
	if slug[slugLimit] == '-' {
		return slug[:slugLimit]
	}
	slug = slug[:slugLimit]
	if i := strings.LastIndexByte(slug, '-'); i > 0 {
		slug = slug[:i]
	}
	return slug
}

// reserved tells device names of Windows, where no file may be called con.html.
func reserved(slug string) bool {
	switch slug {
	case "con", "prn", "aux", "nul":
		return true
	}
	return len(slug) == 4 && (slug[:3] == "com" || slug[:3] == "lpt") && slug[3] >= '0' && slug[3] <= '9'
}
