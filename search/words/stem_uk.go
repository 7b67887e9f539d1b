package words

import "strings"

// newUkrainian takes the endings of cases, adjectives and the commonest verbs
// off, in the classes of the Ukrainian stemmer that K. Zakharov wrote in Python
// after Drupal's ukstemmer (itself after Porter's Russian one), then undoes what number and case do to the stem:
// doubled н, к before ц, the fleeting о and е, і for о in a closed syllable.
func newUkrainian() *suffixFilter {
	return &suffixFilter{
		steps: []step{
			newStep(3, `ся сь`),
			newStep(3, `ість>ост істю>ост ості>ост остей>ост остям>ост остями>ост остях>ост
				іями ями ами ові еві єві іях ях ах іям ям ам ією ою ею єю ів їв ей ом ем єм ия ії ія ію ій
				ього ого ьому ому ьими ими іми ьої ої ій их іх ий ім им ую юю
				увати ували ування ати ити яти
				ь а я о е є и і ї у ю й`),
		},
		last: func(w string) string {
			if strings.HasSuffix(w, "нн") {
				w = strings.TrimSuffix(w, "н")
			}
			if strings.HasSuffix(w, "ц") {
				w = strings.TrimSuffix(w, "ц") + "к"
			}
			w = dropFleeting(w, "о", "к", 3)
			w = dropFleeting(w, "е", "кнць", 3)
			return lastVowel(w, "аеєиіїоуюя", "і", "о")
		},
	}
}
