package words

import "strings"

// newMacedonian takes the threefold article, number and gender off nouns and
// adjectives (endings as in B. Koneski, "Gramatika na makedonskiot
// literaturen jazik", 1952-1954; the list is our own), then the sound changes
// of the plural.
func newMacedonian() *suffixFilter {
	return &suffixFilter{
		steps: []step{
			newStep(3, `ниот>н овите евите ињата ите иве ине ата ава ана ото ово оно ето ево ено
				иот иов ион јата јот от ов он та то те ва во ве на>н но>н не>н`),
			newStep(3, `ови еви ииња иња ија ии ие`),
			newStep(3, `а о е и у ј`),
		},
		last: func(w string) string {
			if strings.HasSuffix(w, "ц") {
				w = strings.TrimSuffix(w, "ц") + "к"
			} else if strings.HasSuffix(w, "з") {
				w = strings.TrimSuffix(w, "з") + "г"
			}
			w = dropFleeting(w, "о", "кр", 3)
			return dropFleeting(w, "е", "нкр", 3)
		},
	}
}
