package words

import "strings"

// newPolish takes the endings of nouns and adjectives off (the classes of the
// Polish declension as in J. Tokarski and Z. Saloni, "Schematyczny indeks a
// tergo polskich form wyrazowych", 1993; the list is our own),
// then the fleeting e and the softening before -ie. It stands in for bleve's
// Stempel, which lemmatises unpredictably and weighs 2 MB.
func newPolish() *suffixFilter {
	return &suffixFilter{
		steps: []step{
			newStep(3, `ościami>ość ościach>ość ością>ość ości>ość
				iami iach iom iem iów ami ach om ów owi em
				cie>t dzie>d ście>st rze>r
				iego iemu imi ymi ego emu ych ich ym im ej iej ią ię ia ie iu io
				ować uje ują owany owana owane owanie>owan
				ę ą a e i o u y`),
		},
		last: func(w string) string {
			if strings.HasSuffix(w, "iec") {
				w = strings.TrimSuffix(w, "iec") + "c"
			}
			w = strings.NewReplacer("ń", "n", "ó", "o").Replace(w)
			w = dropFleeting(w, "ie", "kń", 3)
			w = dropFleeting(w, "e", "kl", 3)
			return w
		},
	}
}
