package words

import "strings"

// newBulgarian is a light stemmer after J. Savoy ("Searching strategies for
// the Bulgarian language", Information Retrieval 10, 2007, and the light stemmer
// he published with it, which Lucene carries): article, number and gender go, then the
// sound changes that number brings. Unlike Savoy's, the family -ние/-ния and
// the adjectives in -ен/-на meet in one stem (удостоверение, удостоверения,
// удостоверенията), which is what titles of services are made of.
func newBulgarian() *suffixFilter {
	return &suffixFilter{
		steps: []step{
			newStep(3, `нието>н нията>н ние>н ния>н ието ията ите ете ата ята ето ото ият ия ие ий ът ят`),
			newStep(3, `ищата ища ище овете ове еве овце овци ирам ираме ирате ират ираш ира`),
			newStep(3, `а я о е и у ъ ю й`),
		},
		last: func(w string) string {
			switch w {
			case "дец", "дечиц":
				return "дет"
			case "хор", "човец":
				return "човек"
			}
			if strings.HasSuffix(w, "нин") && len(w) > 2*5 {
				w = strings.TrimSuffix(w, "ин")
			}
			if strings.HasSuffix(w, "ц") {
				w = strings.TrimSuffix(w, "ц") + "к"
			} else if strings.HasSuffix(w, "з") {
				w = strings.TrimSuffix(w, "з") + "г"
			}
			w = dropFleeting(w, "е", "нкл", 3)
			w = dropFleeting(w, "ъ", "рклнм", 2)
			return lastVowel(w, "аеиоуъюя", "я", "е")
		},
	}
}
