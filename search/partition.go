package search

import (
	"slices"
	"sort"
	"unicode/utf8"
)

// last is the greatest string of the Basic Multilingual Plane: every word with
// a prefix p lies between p and p+last.
const last = "\uffff"

// partition cuts the terms into shards and says what a browser must know to
// find one: the strings at which shards start. A cut is made where neighbours
// differ most within a window, so that starts are short and the forms of a
// term seldom fall on both sides.
func (ix *Index) partition(size int) {
	ix.shards, ix.starts = nil, nil
	if len(ix.groups) == 0 {
		return
	}
	ix.shards, ix.starts = []int{0}, []string{""}
	sum := 0
	for i := 0; i < len(ix.groups); i++ {
		sum += ix.groups[i].weight()
		// A term that would fill a shard by itself gets its own: a common word
		// should not bring its neighbours along, nor they it.
		big := i+1 < len(ix.groups) && sum > size/3 && ix.groups[i+1].weight() > size*2/3
		if sum < size*4/5 && !big {
			continue
		}
		if big {
			ix.shards = append(ix.shards, i+1)
			ix.starts = append(ix.starts, cutAt(ix.groups[i+1].key, common(ix.groups[i].key, ix.groups[i+1].key)))
			sum = 0
			continue
		}
		best, bestLCP, s := -1, 1<<30, sum
		for j := i + 1; j < len(ix.groups) && (best < 0 || s < size*6/5); j++ {
			if l := common(ix.groups[j-1].key, ix.groups[j].key); l < bestLCP {
				best, bestLCP = j, l
			}
			s += ix.groups[j].weight()
		}
		if best < 0 {
			break
		}
		ix.shards = append(ix.shards, best)
		ix.starts = append(ix.starts, cutAt(ix.groups[best].key, bestLCP))
		i, sum = best-1, 0
	}
	ix.complete()
}

// weight is about the size of a term in a shard.
func (g *group) weight() int {
	n := 3 + len(g.key)/2 + 4*len(g.forms) + len(g.post)*5/4
	if len(g.forms) > 1 {
		n += len(g.post) / 4
	}
	return n
}

// common is the length of the common prefix in bytes, whole characters only.
func common(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && n < len(b) && !utf8.RuneStart(b[n]) {
		n--
	}
	return n
}

// cutAt is the shortest prefix of s that is longer than n bytes.
func cutAt(s string, n int) string {
	_, w := utf8.DecodeRuneInString(s[n:])
	return s[:n+w]
}

// route is the shard in which a string is or would be.
func route(starts []string, s string) int {
	return max(sort.Search(len(starts), func(i int) bool { return starts[i] > s })-1, 0)
}

// complete makes a completion for every prefix of two or more letters that
// runs over more than two shards: the citizen who has typed "pr" gets the best
// of a hundred words from one download.
func (ix *Index) complete() {
	// Two shards begin with such a prefix, so that their starts share it.
	prefixes := map[string]bool{}
	for i := 1; i < len(ix.starts); i++ {
		shared, n := ix.starts[i][:common(ix.starts[i-1], ix.starts[i])], 0
		for at := range shared + "." {
			if n >= 2 && ix.wide(shared[:at]) {
				prefixes[shared[:at]] = true
			}
			n++
		}
	}
	if len(prefixes) == 0 {
		return
	}
	members := map[string][]*group{}
	for i := range ix.groups {
		g := &ix.groups[i]
		for _, f := range g.forms {
			n := 0
			for at := range f + "." {
				if n >= 2 {
					p := f[:at]
					if !prefixes[p] { // nor is a longer one
						break
					}
					if m := members[p]; len(m) == 0 || m[len(m)-1] != g {
						members[p] = append(m, g)
					}
				}
				n++
			}
		}
	}
	for p, gs := range members {
		post := union(gs)
		c := completion{df: len(post), post: post}
		if len(post) > maxPrefix {
			slices.SortFunc(post, func(a, b uint32) int {
				if a&15 != b&15 {
					return int(b&15) - int(a&15)
				}
				return int(a>>4) - int(b>>4)
			})
			c.post = post[:maxPrefix:maxPrefix]
			slices.Sort(c.post)
		}
		ix.lists[p] = c
	}
}

func (ix *Index) wide(p string) bool { return wide(ix.starts, p) }

// wide tells whether the words of a prefix run over more than two shards.
func wide(starts []string, p string) bool {
	return route(starts, p+last)-route(starts, p) > 1
}

// union is every document of some terms with its greatest impact.
func union(gs []*group) []uint32 {
	if len(gs) == 1 {
		return slices.Clone(gs[0].post)
	}
	best := map[uint32]uint32{}
	for _, g := range gs {
		for _, p := range g.post {
			if p&15 > best[p>>4] {
				best[p>>4] = p & 15
			}
		}
	}
	out := make([]uint32, 0, len(best))
	for d, i := range best {
		out = append(out, d<<4|i)
	}
	slices.Sort(out)
	return out
}

// reversed writes a word from its end.
func reversed(s string) string {
	out := make([]byte, 0, 64) // on the stack, unless s is long
	for end := len(s); end > 0; {
		_, n := utf8.DecodeLastRuneInString(s[:end])
		out = append(out, s[end-n:end]...)
		end -= n
	}
	return string(out)
}
