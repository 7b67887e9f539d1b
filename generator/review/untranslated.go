package review

import (
	"slices"
	"strings"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/portal"
)

// sameLength is how many characters a block must have to be a sentence rather
// than a name, an address or a number that is the same in both languages.
const sameLength = 60

// untranslated: a translation is not the source under another name. Where the
// text is missing, the page says so; where it was copied, nobody learns of it.
func untranslated(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		var source []string
		for _, d := range in.documents(e) {
			if d == e.Source {
				continue
			}
			if source == nil {
				source = texts(e.Source)
			}
			for _, b := range texts(d) {
				if utf8.RuneCountInString(b) < sameLength || strings.Contains(b, "](http") || !slices.Contains(source, b) {
					continue
				}
				words := strings.Fields(b)
				start := strings.Join(words[:min(4, len(words))], " ")
				at, _ := in.find(d.File, start, 1)
				tell(at, "lang", e.Source.Lang, "own", d.Lang)
				break // the rest of the file is likely the same
			}
		}
	}
}

// texts are the blocks of a document without their marks.
func texts(d *portal.Document) []string {
	var out []string
	for _, b := range d.Blocks() {
		out = append(out, portal.Even(b.Text))
	}
	return out
}
