package translate

import (
	"strings"

	"belfry/generator/portal"
)

// Stamped is a translation with its stamp: every byte of the file is kept but
// those of the line translated_from, which is replaced or put last into the
// front matter. ok is false where the front matter cannot be changed.
func Stamped(raw []byte, stamp string) (out []byte, ok bool) {
	e := newEditor(raw)
	h, ok := newHead(e)
	if !ok {
		return nil, false
	}
	h.setLine("translated_from", stamp)
	return e.bytes()
}

// Untouched lists the blocks of a translation's texts that are still those of
// its source, letter for letter: most were forgotten.
func Untouched(it Item) []portal.Block {
	if it.Text == nil {
		return nil
	}
	var out []portal.Block
	d := Prepare(it)
	for i := range d.Units {
		u := &d.Units[i]
		if u.Target != nil && u.Key != "keywords" && len(strings.Fields(u.Source.Text)) >= 3 && sameWords(u.Source, *u.Target) {
			b := *u.Target
			b.At.Line += linesBefore(it.Text, &b)
			out = append(out, b)
		}
	}
	return out
}

// linesBefore is how many lines stand before a block in the text it belongs to.
func linesBefore(d *portal.Document, b *portal.Block) int {
	if len(b.Lines) == 0 {
		return 0
	}
	text := string(d.Body.Text)
	if top(b.Key) != "body" {
		text = valueAt(d.Fields, b)
	}
	return strings.Count(text[:min(len(text), b.Lines[0].From)], "\n")
}
