package words

import (
	"cmp"
	"hash/fnv"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Endings is a table, learned from a stemmer, that gives the key of a word the
// stemmer has not seen: a list of endings, each with how many letters to take
// off and what to put on; the longest that fits a word is used. It is a few
// hundred bytes where the stemmer in JavaScript is some kilobytes, and it
// stands for any stemmer at all.
type Endings struct {
	Folded bool    // endings are of forms; otherwise of tokens, folded after
	Marked bool    // "|" stands in a word where Porter's R1 and R2 begin
	Rules  string  // ending, one digit, replacement; parted by spaces
	Exact  float64 // share of held-out words whose key came out right, 0 to 1
	Tried  int     // how many words were held out

	rules map[string]patch
}

type patch struct {
	cut int // letters (runes) off the end
	add string
}

const (
	maxEnding  = 9    // letters of an ending, marks and the start of the word counted
	maxCut     = 9    // one digit
	ruleCost   = 1.5  // a rule must mend that many words to be kept
	maxLearned = 20e3 // words to learn from
	heldOut    = 10   // every tenth word is held out
	minLearn   = 200  // below that many words no table is worth having
)

// vowels in any of the scripts, and the code letters that stand for some.
const vowels = "aeiouyAUEOаеиоуъюяіїєыэαεηιουωაეიოუı"

// Ready reads Rules, for a table that came out of a file.
func (e *Endings) Ready() *Endings {
	e.rules = map[string]patch{}
	for _, r := range strings.Fields(e.Rules) {
		if i := strings.IndexAny(r, "0123456789"); i >= 0 {
			e.rules[r[:i]] = patch{int(r[i] - '0'), r[i+1:]}
		}
	}
	return e
}

// Key gives the key the table has for a token and its form. A word the table
// knows nothing of, or with a digit in it, is its own key.
func (e *Endings) Key(l *Language, token, form string) string {
	if e == nil || strings.ContainsAny(token, "0123456789") {
		return form
	}
	if e.Folded {
		return e.apply(form)
	}
	return l.fold.fold(e.apply(token))
}

func (e *Endings) apply(w string) string {
	var room [64]byte
	m := e.mark(room[:0], w)
	from := len(m) // where the longest ending to try begins
	for n := 0; n < maxEnding && from > 0; n++ {
		_, size := utf8.DecodeLastRune(m[:from])
		from -= size
	}
	for ; from < len(m); from++ {
		if !utf8.RuneStart(m[from]) {
			continue
		}
		if p, ok := e.rules[string(m[from:])]; ok {
			end := len(w)
			for range p.cut {
				_, size := utf8.DecodeLastRuneInString(w[:end])
				end -= size
			}
			if end == 0 {
				return w
			}
			return w[:end] + p.add
		}
	}
	return w
}

// mark writes the start of a word and, if Marked, where R1 and R2 begin.
func (e *Endings) mark(out []byte, w string) []byte {
	out = append(out, '^')
	need, vowel := 2, false
	for _, r := range w {
		out = utf8.AppendRune(out, r)
		if !e.Marked || need == 0 {
			continue
		}
		v := isVowel(r)
		if vowel && !v {
			out = append(out, '|')
			need--
			v = false
		}
		vowel = v
	}
	return out
}

// vowelTable says it of the letters that most words are of.
var vowelTable = sync.OnceValue(func() *[0x500]bool {
	var out [0x500]bool
	for r := range out {
		out[r] = anyVowel(rune(r))
	}
	return &out
})

func isVowel(r rune) bool {
	if r < 0x500 {
		return vowelTable()[r]
	}
	return anyVowel(r)
}

func anyVowel(r rune) bool {
	if r >= 0x80 && !strings.ContainsRune(vowels, r) {
		if parts := norm.NFD.PropertiesString(string(r)).Decomposition(); parts != nil {
			r, _ = utf8.DecodeRune(parts)
		}
	}
	return strings.ContainsRune(vowels, r)
}

// Lesson is a word with what the stemmer makes of it.
type Lesson struct{ Token, Form, Key string }

// Learn learns a table from the words of a corpus, commonest first. It tries
// folded and raw, plain and marked words, and keeps the table that is right
// about most of the words it has not seen; of two as good the folded one,
// which serves every script. nil, if there are too few words.
func Learn(l *Language, words []Lesson) *Endings {
	if !l.Stemmed {
		return nil
	}
	var train, test []Lesson
	for _, w := range words {
		if len(train) >= maxLearned {
			break
		}
		if strings.ContainsAny(w.Token, "0123456789") || utf8.RuneCountInString(w.Token) < 3 {
			continue
		}
		h := fnv.New32a()
		h.Write([]byte(w.Token))
		if h.Sum32()%heldOut == 0 {
			test = append(test, w)
		} else {
			train = append(train, w)
		}
	}
	if len(train) < minLearn {
		return nil
	}
	raw := sync.OnceValue(func() []Lesson { // what Key then is before it is folded
		out := slices.Clone(train)
		for i, w := range out {
			out[i].Key = l.Stem(w.Token)
		}
		return out
	})
	var best *Endings
	for _, e := range []*Endings{{Folded: true}, {Folded: true, Marked: true}, {}, {Marked: true}} {
		if e.Folded {
			e.learn(train)
		} else {
			e.learn(raw())
		}
		right := 0
		for _, w := range test {
			if e.Key(l, w.Token, w.Form) == w.Key {
				right++
			}
		}
		e.Tried = len(test)
		if len(test) > 0 {
			e.Exact = float64(right) / float64(len(test))
		}
		if best == nil || e.Exact > best.Exact+0.005 {
			best = e
		}
		if best.Exact > 0.985 {
			break
		}
	}
	return best
}

// node is a place in the trie of reversed words.
type node struct {
	kids  []*node
	ch    rune
	delta []weight // by patch, sorted: cost under it when inherited, as a difference from other
	other float64  // cost under an inherited patch nobody here wants
	best  int      // the cheapest patch for a rule of this node's own
	low   float64  // its cost without the rule's
}

type weight struct {
	patch int
	cost  float64
}

func (n *node) cost(p int) float64 {
	if i, ok := slices.BinarySearchFunc(n.delta, p, func(w weight, p int) int { return cmp.Compare(w.patch, p) }); ok {
		return n.other + n.delta[i].cost
	}
	return n.other
}

// sample is the end of a word, backwards, and the patch that makes its key.
type sample struct {
	rev   [maxEnding]rune
	n     int
	patch int
}

// learn finds the rules of least cost: a wrong word costs 1, a rule ruleCost.
// What a rule at a node costs depends only on the patch inherited from above,
// so one pass up the trie finds the optimum and one pass down reads it off.
func (e *Endings) learn(lessons []Lesson) {
	ids := map[patch]int{}
	var patches []patch
	samples := make([]sample, 0, len(lessons))
	var marked []byte
	for _, c := range lessons {
		from := c.Token
		if e.Folded {
			from = c.Form
		}
		p := patchOf(from, c.Key)
		if p.cut > maxCut || strings.ContainsAny(p.add, " 0123456789") {
			continue
		}
		id, ok := ids[p]
		if !ok {
			id = len(patches)
			ids[p] = id
			patches = append(patches, p)
		}
		s := sample{patch: id}
		marked = e.mark(marked[:0], from)
		for end := len(marked); end > 0 && s.n < maxEnding; s.n++ {
			r, size := utf8.DecodeLastRune(marked[:end])
			s.rev[s.n], end = r, end-size
		}
		samples = append(samples, s)
	}
	// The unused places of rev are zero, so that the shorter ending stands first.
	slices.SortStableFunc(samples, func(a, b sample) int { return slices.Compare(a.rev[:], b.rev[:]) })
	g := grower{sum: make([]float64, len(patches)), in: make([]bool, len(patches))}
	root := g.grow(samples, 0)
	e.rules = map[string]patch{}
	root.read(-1, nil, func(ending string, id int) { e.rules[ending] = patches[id] })
	list := make([]string, 0, len(e.rules))
	for k, p := range e.rules {
		list = append(list, k+strconv.Itoa(p.cut)+p.add)
	}
	slices.Sort(list)
	e.Rules = strings.Join(list, " ")
}

func patchOf(from, to string) patch {
	n := 0
	for n < len(from) && n < len(to) && from[n] == to[n] {
		n++
	}
	for n > 0 && (n < len(from) && !utf8.RuneStart(from[n]) || n < len(to) && !utf8.RuneStart(to[n])) {
		n--
	}
	return patch{utf8.RuneCountInString(from[n:]), to[n:]}
}

// grower makes the trie; its sums are of the node at hand.
type grower struct {
	sum  []float64 // by patch
	in   []bool    // by patch: it is in seen
	seen []int     // patches with a sum
	room []weight  // for the next nodes
}

// weights gives room for n weights.
func (g *grower) weights(n int) []weight {
	if n > len(g.room) {
		g.room = make([]weight, max(n, 1024))
	}
	out := g.room[:n:n]
	g.room = g.room[n:]
	return out
}

func (g *grower) add(p int, d float64) {
	if !g.in[p] {
		g.in[p] = true
		g.seen = append(g.seen, p)
	}
	g.sum[p] += d
}

func (g *grower) grow(s []sample, depth int) *node {
	n := &node{}
	if len(s) == 1 { // no rule is kept for one word
		n.other, n.best, n.low = 1, s[0].patch, 0
		n.delta = append(g.weights(1)[:0], weight{s[0].patch, -1})
		return n
	}
	own := 0 // samples that end here
	for own < len(s) && s[own].n == depth {
		own++
	}
	for rest := s[own:]; len(rest) > 0; {
		ch, end := rest[0].rev[depth], 1
		for end < len(rest) && rest[end].rev[depth] == ch {
			end++
		}
		kid := g.grow(rest[:end], depth+1)
		kid.ch = ch
		n.kids = append(n.kids, kid)
		rest = rest[end:]
	}
	for _, c := range s[:own] {
		n.other++
		g.add(c.patch, -1)
	}
	for _, kid := range n.kids {
		// A node pays for the patch it inherits, or for a rule of its own.
		base := min(kid.other, ruleCost+kid.low)
		n.other += base
		for _, w := range kid.delta {
			if d := min(kid.other+w.cost, ruleCost+kid.low) - base; d != 0 {
				g.add(w.patch, d)
			}
		}
	}
	slices.Sort(g.seen)
	n.delta = g.weights(len(g.seen))
	n.best, n.low = -1, n.other
	for i, p := range g.seen {
		n.delta[i] = weight{p, g.sum[p]}
		if c := n.other + g.sum[p]; c < n.low {
			n.best, n.low = p, c
		}
		g.sum[p], g.in[p] = 0, false
	}
	g.seen = g.seen[:0]
	return n
}

// read walks down with the patch in force and reports where a rule begins.
func (n *node) read(p int, ending []rune, rule func(string, int)) {
	if n.best >= 0 && len(ending) > 0 && ruleCost+n.low < n.cost(p) {
		p = n.best
		rule(string(ending), p)
	}
	for _, k := range n.kids {
		k.read(p, append([]rune{k.ch}, ending...), rule)
	}
}
