package translate

import (
	"strings"
	"unicode"

	"belfry/generator/portal"
)

// Change is one block of a source that is not as it was. Old is "" where it is
// new, New where it is gone.
type Change struct {
	Key string // of the block now; of the block then where it is gone
	Old string
	New string
}

// Compare tells how a source differs from what a record kept of it.
func Compare(old [][2]string, now []portal.Block) []Change {
	news := canonical(now)
	pairs := align(len(old), len(news), func(a, b int) float64 {
		switch {
		case old[a][1] == news[b][1] && field(old[a][0]) == field(news[b][0]):
			return 0
		case field(old[a][0]) != field(news[b][0]):
			return 2
		}
		return 0.2 + 1.7*(1-likeness(old[a][1], news[b][1]))
	})
	var out []Change
	for _, p := range pairs {
		switch {
		case p.a < 0:
			out = append(out, Change{Key: news[p.b][0], New: news[p.b][1]})
		case p.b < 0:
			out = append(out, Change{Key: old[p.a][0], Old: old[p.a][1]})
		case old[p.a][1] != news[p.b][1]:
			out = append(out, Change{Key: news[p.b][0], Old: old[p.a][1], New: news[p.b][1]})
		}
	}
	return out
}

// field is a key without its numbers.
func field(key string) string {
	return strings.TrimRight(strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, key), ".")
}

// likeness is the share of words two texts have in common, from 0 to 1.
func likeness(a, b string) float64 {
	count := map[string]int{}
	words := strings.Fields(a)
	for _, w := range words {
		count[w]++
	}
	others, common := strings.Fields(b), 0
	for _, w := range others {
		if count[w] > 0 {
			count[w]--
			common++
		}
	}
	return 2 * float64(common) / float64(max(1, len(words)+len(others)))
}

// Part is a piece of a text before and after a change: in both, only in the
// old, or only in the new.
type Part struct {
	Op   byte // ' ', '-' or '+'
	Text string
}

// Words compares two texts word by word.
func Words(old, now string) []Part {
	a, b := tokens(old), tokens(now)
	var out []Part
	add := func(op byte, s string) {
		if n := len(out); n > 0 && out[n-1].Op == op {
			out[n-1].Text += s
			return
		}
		out = append(out, Part{op, s})
	}
	var gone, fresh string
	flush := func() {
		if gone != "" {
			add('-', gone)
		}
		if fresh != "" {
			add('+', fresh)
		}
		gone, fresh = "", ""
	}
	for _, p := range align(len(a), len(b), func(i, j int) float64 {
		if a[i] == b[j] {
			return 0
		}
		return 2
	}) {
		switch {
		case p.a < 0:
			fresh += b[p.b]
		case p.b < 0:
			gone += a[p.a]
		case strings.TrimSpace(a[p.a]) == "" && (gone != "" || fresh != ""): // the space between two changed words
			gone, fresh = gone+a[p.a], fresh+b[p.b]
		default:
			g, f := gone, fresh
			keep := ""
			for strings.HasSuffix(g, " ") && strings.HasSuffix(f, " ") {
				g, f, keep = g[:len(g)-1], f[:len(f)-1], keep+" "
			}
			gone, fresh = g, f
			flush()
			add(' ', keep+a[p.a])
		}
	}
	flush()
	return out
}

// tokens cuts a text into words, the spaces between them, and marks.
func tokens(s string) []string {
	var out []string
	last := -1
	for _, r := range s {
		kind := 2
		switch {
		case unicode.IsSpace(r):
			kind = 0
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r):
			kind = 1
		}
		if kind == last && kind != 2 {
			out[len(out)-1] += string(r)
		} else {
			out = append(out, string(r))
		}
		last = kind
	}
	return out
}
