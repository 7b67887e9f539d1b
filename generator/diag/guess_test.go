package diag

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// plainDistance is Damerau's distance (of neighbours swapped once) as it is written in books.
func plainDistance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			if i == 0 || j == 0 {
				d[i][j] = i + j
				continue
			}
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// TestGuess: what is ruled out early is never the answer.
func TestGuess(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var b strings.Builder
		for range 1 + dice.IntN(9) {
			b.WriteRune([]rune("abcAB жш")[dice.IntN(8)])
		}
		return b.String()
	}
	for range 3000 {
		w, candidates := word(), make([]string, 12)
		for i := range candidates {
			candidates[i] = word()
		}
		want, best := "", 2+len([]rune(w))/4
		for _, c := range candidates {
			if d := plainDistance([]rune(strings.ToLower(w)), []rune(strings.ToLower(c))); d < best {
				want, best = c, d
			}
		}
		if got := Guess(w, candidates); got != want {
			t.Fatalf("Guess(%q, %q) is %q, want %q", w, candidates, got, want)
		}
	}
}

func BenchmarkGuess(b *testing.B) {
	var files []string
	for i := range 10_000 {
		files = append(files, fmt.Sprintf("services/%s-%05d.md", []string{"birth-certificate", "parking-permit", "dog-registration"}[i%3], i*7919%100_000))
	}
	for b.Loop() {
		Guess("services/birth-certifikate-77777.md", files)
	}
}
