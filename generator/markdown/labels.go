package markdown

import "cmp"

// Labels are the few words that rendering adds to an author's text, in the
// language of the text. "{n}" stands for a number.
type Labels struct {
	Note, Tip, Important, Warning, Caution string // headings of call-outs

	Footnotes string // name of the list of footnotes
	Footnote  string // name of a link to a footnote, with {n}
	Back      string // name of the link back to the text
	Table     string // name of a table that scrolls, with {n}

	MissingImage string // stands where an image was not found
	Done, Undone string // hidden words before an item of a task list
	Details      string // summary of a <details> which has none

	Decimal, KB, MB string // decimal mark and units of file sizes
}

var english = Labels{}.Filled()

// Filled returns the labels with English where one is empty. Whoever converts
// many texts fills their labels once.
func (l Labels) Filled() *Labels {
	for _, d := range [...]struct {
		field *string
		text  string
	}{
		{&l.Note, "Note"}, {&l.Tip, "Tip"}, {&l.Important, "Important"},
		{&l.Warning, "Warning"}, {&l.Caution, "Caution"},
		{&l.Footnotes, "Footnotes"}, {&l.Footnote, "Footnote {n}"}, {&l.Back, "Back to the text"},
		{&l.Table, "Table {n}"}, {&l.MissingImage, "Missing image"},
		{&l.Done, "Done"}, {&l.Undone, "To do"}, {&l.Details, "Details"},
		{&l.Decimal, "."}, {&l.KB, "kB"}, {&l.MB, "MB"},
	} {
		*d.field = cmp.Or(*d.field, d.text)
	}
	return &l
}
