package locale

// This file holds the tables of romanise.go: pairs of letter and Latin letters.

import (
	"strings"
	"sync"
	"unicode"
)

// schemes by language; read once.
var schemes = sync.OnceValue(func() map[string]*scheme {
	cyrillic := "а a б b в v г g д d е e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh щ shch ъ - ы y ь - э e ю yu я ya " +
		"ѓ gj ђ dj є ye ѕ dz і i ї yi ј j љ lj њ nj ћ c ќ kj ў u џ dz ґ g ё e " +
		"ә a ғ gh қ q ң ng ө o ұ u ү u һ h җ zh ҳ h ҷ j ӣ i ӯ u ӑ a ӗ e ѝ i ѣ e ѫ a" // Kazakh, Kyrgyz, Tatar, Tajik
	all := map[string]*scheme{
		// Streamlined System, Transliteration Act (SG 19/2009), articles 4 to 6.
		"bg": {letters: pairs(cyrillic + " х h ъ a ь y щ sht"), before: bulgarian},
		// Serbian Latin script without its marks; ђ is d like đ, so that both scripts
		// give one address.
		"sr": {letters: pairs(cyrillic + " ђ d ж z х h ц c ч c ш s љ lj њ nj џ dz")},
		// BGN/PCGN 2013, agreed with North Macedonia; as in passports.
		"mk": {letters: pairs(cyrillic + " х h ц c џ dj")},
		// Resolution 55 of the Cabinet of Ministers, 27 January 2010.
		"uk": {letters: pairs(cyrillic + " г h и y є ie ї i й i ю iu я ia"), first: pairs("є ye ї yi й y ю yu я ya"), before: ukrainian},
		// BGN/PCGN 1947 with plain e throughout.
		"ru": {letters: pairs(cyrillic)},
		// Instruction on the transliteration of geographical names, 2000 and 2007.
		"be": {letters: pairs(cyrillic + " г h ж z й j х ch ц c ч c ш s ў u"), before: belarusian},
		// National system of 2002.
		"ka": {letters: pairs("ა a ბ b გ g დ d ე e ვ v ზ z თ t ი i კ k ლ l მ m ნ n ო o პ p ჟ zh რ r ს s ტ t უ u ფ p ქ k ღ gh ყ q შ sh ჩ ch ც ts ძ dz წ ts ჭ ch ხ kh ჯ j ჰ h")},
		// ELOT 743 (ISO 843, type 2).
		"el": {letters: pairs("α a β v γ g δ d ε e ζ z η i θ th ι i κ k λ l μ m ν n ξ x ο o π p ρ r σ s ς s τ t υ y φ f χ ch ψ ps ω o"), before: greek},
		// BGN/PCGN 1981 without marks.
		"hy": {letters: pairs("ա a բ b գ g դ d ե e զ z է e ը y թ t ժ zh ի i լ l խ kh ծ ts կ k հ h ձ dz ղ gh ճ ch մ m յ y ն n շ sh ո o չ ch պ p ջ j ռ r ս s վ v տ t ր r ց ts ւ v փ p ք k օ o ֆ f"),
			first: pairs("ե ye ո vo և yev"), before: armenian},
		// BGN/PCGN 1956 for what is written: consonants and long vowels.
		"ar": {letters: pairs("ا a أ a إ i آ a ٱ a ب b ت t ث th ج j ح h خ kh د d ذ dh ر r ز z س s ش sh ص s ض d ط t ظ z ع - غ gh ف f ق q ك k ل l م m ن n ه h و u ي i ى a ة a ء - ؤ u ئ i " +
			"پ p چ ch ژ zh گ g ڤ v ک k ی i َ a ِ i ُ u ً an ٍ in ٌ un ْ - ـ -"), first: pairs("و w ي y ی y"), before: arabic},
		"he": {letters: pairs("א a ב b ג g ד d ה h ו v ז z ח ch ט t י y כ k ך k ל l מ m ם m נ n ן n ס s ע - פ p ף f צ ts ץ ts ק k ר r ש sh ת t")},
		// German writes its umlauts out.
		"de": {letters: pairs("ä ae ö oe ü ue ß ss")},
	}
	for _, same := range [][2]string{{"cnr", "sr"}, {"bs", "sr"}, {"hr", "sr"}, {"sh", "sr"}, {"fa", "ar"}, {"ur", "ar"}, {"ckb", "ar"}, {"ps", "ar"}, {"rue", "uk"}, {"lb", "de"}} {
		all[same[0]] = all[same[1]]
	}
	return all
})

// pairs reads "letter latin letter latin"; "-" stands for nothing. A later pair
// replaces an earlier one.
func pairs(table string) map[rune]string {
	f := strings.Fields(table)
	m := make(map[rune]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		m[[]rune(f[i])[0]] = strings.TrimPrefix(f[i+1], "-")
	}
	return m
}

// greek writes the digraphs of ELOT 743: ου is ou, αυ ευ ηυ are av ev iv or,
// before voiceless consonants and at the end, af ef if; γγ γξ γχ begin with n;
// μπ is b at either end of a word. Diaeresis keeps letters apart.
func greek(word string) string {
	w := []rune(word)
	plain := make([]rune, len(w))
	for i, r := range w {
		plain[i] = r
		if p, ok := greekAccents[r]; ok {
			plain[i] = p
		}
	}
	at := func(i int) rune {
		if i < len(w) {
			return w[i]
		}
		return 0
	}
	var b strings.Builder
	for i := 0; i < len(w); i++ {
		r, next := plain[i], at(i+1)
		joins := next == 'υ' || next == 'ύ'
		switch {
		case r == 'ο' && joins && w[i] != 'ό':
			b.WriteString("ou")
			i++
		case (r == 'α' || r == 'ε' || r == 'η') && joins && w[i] == r:
			b.WriteRune(r)
			if after := at(i + 2); after == 0 || strings.ContainsRune("θκξπσςτφχψ", after) {
				b.WriteString("f")
			} else {
				b.WriteString("v")
			}
			i++
		case r == 'γ' && strings.ContainsRune("γξχ", next):
			b.WriteString("n")
		case r == 'μ' && next == 'π' && (i == 0 || i+2 == len(w)):
			b.WriteString("b")
			i++
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var greekAccents = map[rune]rune{'ά': 'α', 'έ': 'ε', 'ή': 'η', 'ί': 'ι', 'ό': 'ο', 'ύ': 'υ', 'ώ': 'ω', 'ϊ': 'ι', 'ϋ': 'υ', 'ΐ': 'ι', 'ΰ': 'υ'}

// shadda stands after the vowel sign of the letter it doubles.
const shadda = '\u0651'

// arabic doubles a letter with shadda, and reads waw
// and ya as consonants beside a written vowel.
func arabic(word string) string {
	w := []rune(word)
	var b strings.Builder
	for i, r := range w {
		var next rune
		if i+1 < len(w) {
			next = w[i+1]
		}
		for j := i + 1; j < len(w) && unicode.IsMark(w[j]) && !unicode.IsMark(r); j++ {
			if w[j] == shadda {
				b.WriteRune(r)
			}
		}
		vowelNext := strings.ContainsRune("اىةآأَُِ", next) && next != 0
		switch {
		case r == shadda:
		case r == 'و' && (vowelNext || i > 0 && w[i-1] == 'ا'):
			b.WriteString("w")
		case r == 'ي' && (vowelNext || i > 0 && w[i-1] == 'ا'):
			b.WriteString("y")
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
