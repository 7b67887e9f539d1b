package words

import (
	"cmp"
	"sync"
)

// sample is the end of a word, backwards, and the patch that makes its key.
// Letters are packed three to a number, so that two ends are compared quickly;
// unused places are zero, so that the shorter end stands first.
type sample struct {
	rev   [maxEnding / perNumber]uint64
	n     int32
	patch int32
}

const (
	perNumber  = 3
	letterBits = 21 // of any rune
)

func (s *sample) put(r rune) {
	s.rev[s.n/perNumber] |= uint64(r) << (letterBits * (perNumber - 1 - s.n%perNumber))
	s.n++
}

func (s *sample) letter(i int32) rune {
	return rune(s.rev[i/perNumber] >> (letterBits * (perNumber - 1 - i%perNumber)) & (1<<letterBits - 1))
}

func (s sample) compare(t sample) int {
	for i := range s.rev {
		if s.rev[i] != t.rev[i] {
			return cmp.Compare(s.rev[i], t.rev[i])
		}
	}
	return 0
}

// common is how many letters the ends of two words share.
func (s *sample) common(t *sample) int32 {
	n := int32(0)
	for n < min(s.n, t.n) && s.letter(n) == t.letter(n) {
		n++
	}
	return n
}

// node is a place in the trie of reversed words where two words part or one
// ends. Places between are left out: with one way on, a rule is as good below.
type node struct {
	depth   int32 // letters
	example int32 // one of its samples
	kid     int32 // its first, -1 none
	next    int32 // its next sister, -1 none
	best    int32 // the cheapest patch for a rule of this node's own, -1 none
	delta   []weight
	other   float64 // cost under an inherited patch nobody here wants
	low     float64 // cost of best without the rule's
}

// weight is the cost under a node when a patch is inherited, as a difference
// from other.
type weight struct {
	patch int32
	cost  float64
}

func (n *node) cost(p int32) float64 {
	for _, w := range n.delta {
		if w.patch == p {
			return n.other + w.cost
		}
	}
	return n.other
}

// grower makes the trie, and keeps its room for the next one. The sums are of
// the node at hand.
type grower struct {
	samples []sample // sorted
	nodes   []node
	weights []weight  // of all nodes
	sum     []float64 // by patch
	in      []bool    // by patch: it is in seen
	seen    []int32   // patches with a sum
	alone   []int32   // patches of words no other shares a node below with
	order   []int32   // by patch: of those as cheap the first is taken
	marked  []byte    // the word at hand
}

// growers are kept from one table to the next, for their room.
var growers = sync.Pool{New: func() any { return &grower{} }}

func (g *grower) reset(order []int32) {
	g.samples, g.nodes, g.weights, g.order = g.samples[:0], g.nodes[:0], g.weights[:0], order
	if n := len(order); n > len(g.sum) {
		g.sum, g.in = make([]float64, n), make([]bool, n)
	}
}

func (g *grower) add(p int32, d float64) {
	if !g.in[p] {
		g.in[p] = true
		g.seen = append(g.seen, p)
	}
	g.sum[p] += d
}

// grow makes the node of two samples or more, from to below to, and all under
// it, and gives its number.
func (g *grower) grow(from, to int) int32 {
	depth := g.samples[from].common(&g.samples[to-1])
	n := node{depth: depth, example: int32(from), kid: -1, next: -1, best: -1}
	alone := len(g.alone)
	for from < to {
		s := &g.samples[from]
		end := from + 1
		if s.n > depth {
			for ch := s.letter(depth); end < to && g.samples[end].letter(depth) == ch; {
				end++
			}
		}
		if end == from+1 { // it ends here, or no other word goes on as it does
			g.alone = append(g.alone, s.patch)
		} else {
			kid := g.grow(from, end)
			g.nodes[kid].next, n.kid = n.kid, kid
		}
		from = end
	}
	for _, p := range g.alone[alone:] {
		n.other++
		g.add(p, -1)
	}
	g.alone = g.alone[:alone]
	for k := n.kid; k >= 0; k = g.nodes[k].next {
		// A node pays for the patch it inherits, or for a rule of its own.
		kid := &g.nodes[k]
		base := min(kid.other, ruleCost+kid.low)
		n.other += base
		for _, w := range kid.delta {
			if d := min(kid.other+w.cost, ruleCost+kid.low) - base; d != 0 {
				g.add(w.patch, d)
			}
		}
	}
	first := len(g.weights)
	n.low = n.other
	for _, p := range g.seen {
		g.weights = append(g.weights, weight{p, g.sum[p]})
		if c := n.other + g.sum[p]; c < n.low || c == n.low && n.best >= 0 && g.order[p] < g.order[n.best] {
			n.best, n.low = p, c
		}
		g.sum[p], g.in[p] = 0, false
	}
	g.seen = g.seen[:0]
	n.delta = g.weights[first:len(g.weights):len(g.weights)]
	g.nodes = append(g.nodes, n)
	return int32(len(g.nodes) - 1)
}

// read walks down with the patch in force and reports where a rule begins.
func (g *grower) read(at, p int32, rule func(string, int32)) {
	n := &g.nodes[at]
	if n.best >= 0 && n.depth > 0 && ruleCost+n.low < n.cost(p) {
		p = n.best
		var ending [maxEnding]rune
		for i := range n.depth {
			ending[n.depth-1-i] = g.samples[n.example].letter(i)
		}
		rule(string(ending[:n.depth]), p)
	}
	for k := n.kid; k >= 0; k = g.nodes[k].next {
		g.read(k, p, rule)
	}
}
