package locale

// This file joins words into lists and names the quotation marks.

import "strings"

// List joins items with commas and the word for "and": "A, B и C".
func (l *Locale) List(items []string) string {
	n := len(items)
	switch n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return join(l.and(l.data.List[0], items[1]), items[0], items[1])
	}
	out := join(l.and(l.data.List[3], items[n-1]), items[n-2], items[n-1])
	for i := n - 3; i >= 0; i-- {
		p := l.data.List[2]
		if i == 0 {
			p = l.data.List[1]
		}
		out = join(p, items[i], out)
	}
	return out
}

func join(pattern, a, b string) string {
	head, rest, _ := strings.Cut(pattern, "{0}")
	middle, tail, _ := strings.Cut(rest, "{1}")
	return head + a + middle + b + tail
}

// and turns the Spanish "y" into "e" before the sound i (Real Academia
// Española): padres e hijos, but agua y hielo.
func (l *Locale) and(pattern, next string) string {
	if languageOf(l.Tag) != "es" {
		return pattern
	}
	w := strings.TrimPrefix(strings.ToLower(next), "h")
	if (strings.HasPrefix(w, "i") || strings.HasPrefix(w, "í")) && !strings.HasPrefix(w, "ie") && !strings.HasPrefix(w, "ia") && !strings.HasPrefix(w, "io") {
		return strings.Replace(pattern, " y ", " e ", 1)
	}
	return pattern
}

// Quotes returns the quotation marks: outer opening and closing, inner opening
// and closing.
func (l *Locale) Quotes() [4]string { return [4]string(l.data.Quotes) }
