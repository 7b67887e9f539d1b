package search

import "math"

// impacts says what each of the 15 levels of a posting is worth. Most weights of
// an index are alike, a word said once in a text of common length, so levels lie
// where the weights are: evenly spread ones would tell only few of them apart.
// Level 0 is never used.
type impacts [16]int

const (
	highest = 255  // what the greatest weight of an index is worth
	bins    = 2048 // of the histogram in which levels are found
	rounds  = 30   // of moving them; they settle in about twenty
)

// weigh finds the levels of an index and puts the level of each weight to its
// posting; postings and weights are those of all terms. It is
// Lloyd's quantiser over a histogram: each level moves to the mean of the
// weights nearest to it, until none is far from its level.
func (ix *Index) weigh(weights []float32, post []uint32) {
	top := float32(0)
	for _, w := range weights {
		top = max(top, w)
	}
	if top == 0 {
		return
	}
	bin := func(w float32) int { return min(int(w/top*bins), bins-1) }
	var many [bins]float64
	for _, w := range weights {
		many[bin(w)]++
	}
	// A level counts for many weights, but not a thousand times as much for a
	// thousand times as many: rare great ones decide who comes first.
	for b := range many {
		many[b] = math.Sqrt(many[b])
	}
	const n = len(impacts{}) - 1
	var centre [n]float64
	for l := range centre {
		centre[l] = (float64(l) + 0.5) * bins / float64(n)
	}
	// nearest goes on from l, the level nearest to a lesser weight.
	nearest := func(l, b int) int {
		for l+1 < n && float64(b) > (centre[l]+centre[l+1])/2 {
			l++
		}
		return l
	}
	for range rounds {
		var sum, count [n]float64
		l := 0
		for b, m := range many {
			if m > 0 {
				l = nearest(l, b)
				sum[l] += float64((float64(b) + 0.5) * m)
				count[l] += m
			}
		}
		for l := range centre {
			if count[l] > 0 {
				centre[l] = sum[l] / count[l]
			}
		}
	}
	var level [bins]uint32
	l := 0
	for b := range level {
		l = nearest(l, b)
		level[b] = uint32(l + 1)
	}
	for l, c := range centre {
		ix.impacts[l+1] = max(1, int(math.Round(highest*c/bins)))
	}
	for i, w := range weights {
		post[i] |= level[bin(w)]
	}
}
