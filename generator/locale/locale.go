// Package locale knows how the languages of the portals are written: names of
// days and months, dates, numbers, money, lists, plurals, the order of letters,
// addresses in Latin letters, the two scripts of Serbian, opening hours,
// periods, and the messages of the interface.
//
// A language is named by a canonical BCP 47 tag, a plain string. [For] gives
// the Locale of a tag; it never fails, never changes and may be shared by any
// number of goroutines. The data are those of the Unicode CLDR 48 (folder
// cldr); a file is read when its language is first asked for.
package locale

// Locale is one language as written in one script and, if the tag says so,
// one region.
type Locale struct {
	Tag     string // canonical, as asked for
	Dir     string // "ltr" or "rtl"
	Script  string // ISO 15924, as in "Cyrl"
	Endonym string // the language's own name for itself, capitalised: "Български"

	data *data
}

// For returns the Locale of a tag. The tag need not be canonical; what it does
// not know falls back to the parents CLDR names (sr-Latn-RS to sr-Latn, en-MT
// to en-001, es-PE to es-419). A language without data gets forms that need no
// language: 2026-01-05, 12.50 EUR, days by their ISO number.
func For(tag string) *Locale {
	if c, err := Canonical(tag); err == nil {
		tag = c
	}
	return newLocale(tag, tag)
}

// In returns the same language as it is written in a country (ISO 3166, two
// letters): English in Bulgaria writes "5 January 2026", Spanish in Colombia
// "$ 12.000". A tag that names its own region is left as it is.
func (l *Locale) In(country string) *Locale {
	if region(l.Tag) != "" || len(country) != 2 {
		return l
	}
	c, err := Canonical(l.Tag + "-" + country)
	if err != nil {
		return l
	}
	return newLocale(l.Tag, c)
}

func newLocale(tag, source string) *Locale {
	d := lookup(source)
	l := &Locale{Tag: tag, Dir: "ltr", Script: d.Script, Endonym: d.Endonym, data: d}
	if s := script(tag); s != "" {
		l.Script = s
	}
	if d.Dir != "" {
		l.Dir = d.Dir
	}
	if d.Endonym == "" {
		l.Endonym = tag
		if rightToLeft[l.Script] {
			l.Dir = "rtl"
		}
	}
	return l
}

// rightToLeft are the scripts in use that run from right to left (Unicode 17).
var rightToLeft = map[string]bool{"Arab": true, "Hebr": true, "Syrc": true, "Thaa": true, "Nkoo": true, "Adlm": true, "Rohg": true, "Yezi": true}
