package words

import "strings"

// newSerbian is a light stemmer over Latin letters with their marks (the
// language's table writes Cyrillic so before): the endings of V. Kešelj and
// D. Šipka ("A suffix subsumption-based approach to building stemmers and
// lemmatizers for highly inflectional languages with sparse resources",
// Infotheca IX 1-2, 2008) cut down to nouns, adjectives and the commonest verbs,
// then the fleeting a and the second palatalisation.
func newSerbian() *suffixFilter {
	return &suffixFilter{
		steps: []step{
			newStep(3, `ovima evima ovama ijama ovi ove ova eva evi eve ovih ovim
				ama ima ome omu oga ega emu ostima ostiju>ost osti>ost ošću>ost
				om em im ih og eg oj iji ija ije iju ijom ijskim>ijsk
				ovati ovanje ovanja ovanju ovanjem irati iranje iranja iranju iranjem
				a e i o u`),
		},
		last: func(w string) string {
			if w == "dec" {
				return "det"
			}
			for _, p := range [][2]string{{"c", "k"}, {"z", "g"}} {
				if strings.HasSuffix(w, p[0]) && len(w) > 3 {
					w = strings.TrimSuffix(w, p[0]) + p[1]
				}
			}
			w = dropFleeting(w, "a", "nrklcm", 3)
			return strings.TrimSuffix(w, "j")
		},
	}
}
