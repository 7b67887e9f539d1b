package diag

import "strings"

// Guess returns the candidate nearest to the word somebody wrote, for "did you
// mean"; "" when none is near. Case is ignored; a swap of two letters counts as
// one edit (Damerau 1964). Candidates are tried in order, the first best wins.
func Guess(word string, candidates []string) string {
	w := []rune(strings.ToLower(word))
	limit := 1 + len(w)/4
	best, found := limit+1, ""
	for _, c := range candidates {
		r := []rune(strings.ToLower(c))
		if len(r)-len(w) > limit || len(w)-len(r) > limit {
			continue
		}
		if d := distance(w, r); d < best {
			best, found = d, c
		}
	}
	return found
}

func distance(a, b []rune) int {
	prev2, prev, cur := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}
