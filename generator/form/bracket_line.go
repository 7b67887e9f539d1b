package form

import "strings"

// Bracket finds what is for the computer at the end of a line of a form. words
// is how many bytes of the trimmed line are for people, name the id or value in
// the bracket, which is all of it that a translation repeats.
func Bracket(line string) (words int, name string, ok bool) {
	b, found, _ := findBracket(strings.TrimSpace(line), 1, 1)
	if !found {
		return 0, "", false
	}
	first, _, _ := b.parts()[0].after(":")
	return len(b.before), first.text, true
}
