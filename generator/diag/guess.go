package diag

import (
	"strings"
	"unicode"
)

// Guess returns the candidate nearest to the word somebody wrote, for "did you
// mean"; "" when none is near. Case is ignored; a swap of two letters counts as
// one edit (Damerau 1964). Candidates are tried in order, the first best wins.
func Guess(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	most := 1 + len(w)/4
	found := ""
	var letters [64]int // how often w has each, by the low bits
	for _, r := range w {
		letters[r%64]++
	}
	var r []rune
	var rows [3][]int
	for _, c := range candidates {
		r = r[:0]
		for _, x := range c {
			r = append(r, unicode.ToLower(x))
		}
		if len(r)-len(w) > most || len(w)-len(r) > most || apart(letters, r) > most {
			continue
		}
		if d := distance(w, r, most, &rows); d <= most {
			most, found = d-1, c
		}
		if most < 0 {
			break
		}
	}
	return found
}

// apart is how many edits two words need at least, by the letters one has and the
// other has not: most candidates are ruled out by it.
func apart(letters [64]int, r []rune) int {
	more := 0
	for _, x := range r {
		if letters[x%64]--; letters[x%64] < 0 {
			more++
		}
	}
	less := 0
	for _, n := range letters {
		less += max(n, 0)
	}
	return max(more, less)
}

// distance counts edits, up to one more than most. Rows are room to work in.
func distance(a, b []rune, most int, rows *[3][]int) int {
	for i := range rows {
		if cap(rows[i]) <= len(b) {
			rows[i] = make([]int, len(b)+1, 2*len(b)+1)
		}
		rows[i] = rows[i][:len(b)+1]
	}
	prev2, prev, cur := rows[0], rows[1], rows[2]
	for j := range prev {
		prev[j] = j
	}
	before := 0 // the least of the row before
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
			least = min(least, cur[j])
		}
		if least > most && before > most { // a swap reaches over one row
			return most + 1
		}
		before = least
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
