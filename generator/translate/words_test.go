package translate_test

import (
	"strings"
	"testing"

	"belfry/generator/translate"
)

// TestWords marks what has changed in a text.
func TestWords(t *testing.T) {
	for _, c := range [][3]string{
		{"a b c", "a b c", "a b c"},
		{"a b c", "a x c", "a [-b-]{+x+} c"},
		{"до 31 декември.", "до 15 януари, после.", "до [-31 декември-]{+15 януари, после+}."},
		{"a", "a b", "a{+ b+}"},
		{"", "new", "{+new+}"},
		{"gone", "", "[-gone-]"},
		{"one two", "three four", "[-one two-]{+three four+}"},
	} {
		var b strings.Builder
		var old, now string
		for _, p := range translate.Words(c[0], c[1]) {
			switch p.Op {
			case '-':
				b.WriteString("[-" + p.Text + "-]")
				old += p.Text
			case '+':
				b.WriteString("{+" + p.Text + "+}")
				now += p.Text
			default:
				b.WriteString(p.Text)
				old, now = old+p.Text, now+p.Text
			}
		}
		if b.String() != c[2] || old != c[0] || now != c[1] {
			t.Errorf("%q to %q: %s, want %s", c[0], c[1], b.String(), c[2])
		}
	}
}
