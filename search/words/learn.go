package words

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Counted is a word with how often it occurs.
type Counted struct {
	Word *Word
	N    int
}

// commoner puts the commonest word first; others as commonly in a fixed order.
func commoner(a, b Counted) int {
	if a.N != b.N {
		return cmp.Compare(b.N, a.N)
	}
	if c := strings.Compare(a.Word.Form, b.Word.Form); c != 0 {
		return c
	}
	if c := strings.Compare(a.Word.Key, b.Word.Key); c != 0 {
		return c
	}
	return strings.Compare(a.Word.Token, b.Word.Token)
}

// suited says which kind of table is right about most words it has not seen, where
// one kind is in all corpora that were tried, of 900 to 8,700 words: plain ones of
// forms mostly, ones that know Porter's regions in English, ones of words as written
// where folding joins letters that endings tell apart.
var suited = map[string]Endings{
	"ar": {Folded: true}, "de": {Folded: true}, "el": {Folded: true}, "es": {Folded: true}, "fr": {Folded: true},
	"hr": {Folded: true}, "it": {Folded: true}, "ka": {Folded: true}, "pl": {Folded: true}, "ru": {Folded: true},
	"en": {Folded: true, Marked: true},
	"bg": {}, "hu": {}, "pt": {},
}

// kinds are the tables to try for a language; of two as good the first is taken.
func kinds(code string) []*Endings {
	if e, ok := suited[code]; ok {
		return []*Endings{&e}
	}
	return []*Endings{{Folded: true}, {Folded: true, Marked: true}, {}, {Marked: true}}
}

// Learn learns a table from the words of a corpus, in any order; it puts them
// in another. Of the kinds of table it tries it keeps the one that is right about
// most of the words it has not seen. nil, if there are too few words.
func Learn(l *Language, words []Counted) *Endings {
	if !l.Stemmed {
		return nil
	}
	var train, test []Counted
	if len(words) > maxLearned { // of too many the commonest count
		slices.SortFunc(words, commoner)
	}
	for _, w := range words {
		if len(train) >= maxLearned {
			break
		}
		switch w.Word.use {
		case learned:
			train = append(train, w)
		case kept:
			test = append(test, w)
		}
	}
	if len(train) < minLearn {
		return nil
	}
	g := growers.Get().(*grower)
	defer growers.Put(g)
	var best *Endings
	var from lessons
	for i, e := range kinds(l.Code) {
		if i == 0 || !e.Marked { // a marked table learns from the same lessons as the plain one before it
			from = lessonsOf(train, e.Folded)
		}
		e.learn(from, g)
		right := 0
		for _, w := range test {
			if e.Key(l, w.Word.Token, w.Word.Form) == w.Word.Key {
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
	best.write()
	return best
}

// lessons are words, each with the patch that makes its stem.
type lessons struct {
	list    []lesson
	patches []patch
	order   []int32 // of patches: that of the commonest word which needs it counts
}

type lesson struct {
	from  string
	patch int32
}

// lessonsOf gives what to learn of folded words or of words as written; Key
// folds what the latter give.
func lessonsOf(words []Counted, folded bool) lessons {
	l := lessons{list: make([]lesson, 0, len(words))}
	ids := map[patch]int32{}
	var cuts [maxCut + 1]int32 // most only take letters off: one more than their ids
	var first []Counted        // by patch
	for _, w := range words {
		from, to := w.Word.Token, w.Word.Stem
		if folded {
			from, to = w.Word.Form, w.Word.Key
		}
		p := patchOf(from, to)
		if p.cut > maxCut || p.add != "" && strings.ContainsAny(p.add, " 0123456789") {
			continue
		}
		var id int32
		var ok bool
		if p.add == "" {
			id, ok = cuts[p.cut]-1, cuts[p.cut] > 0
		} else {
			id, ok = ids[p]
		}
		if !ok {
			id = int32(len(l.patches))
			if p.add == "" {
				cuts[p.cut] = id + 1
			} else {
				ids[p] = id
			}
			l.patches = append(l.patches, p)
			first = append(first, w)
		} else if w.N >= first[id].N && commoner(w, first[id]) < 0 {
			first[id] = w
		}
		l.list = append(l.list, lesson{from, id})
	}
	sorted := make([]int32, len(first))
	for i := range sorted {
		sorted[i] = int32(i)
	}
	slices.SortFunc(sorted, func(a, b int32) int { return commoner(first[a], first[b]) })
	l.order = make([]int32, len(first))
	for i, id := range sorted {
		l.order[id] = int32(i)
	}
	return l
}

func patchOf(from, to string) patch {
	n := 0
	if strings.HasPrefix(from, to) {
		n = len(to)
	}
	for n < len(from) && n < len(to) && from[n] == to[n] {
		n++
	}
	for n > 0 && (n < len(from) && !utf8.RuneStart(from[n]) || n < len(to) && !utf8.RuneStart(to[n])) {
		n--
	}
	return patch{utf8.RuneCountInString(from[n:]), to[n:]}
}

// learn finds the rules of least cost: a wrong word costs 1, a rule ruleCost.
// What a rule at a node costs depends only on the patch inherited from above,
// so one pass up the trie finds the optimum and one pass down reads it off.
func (e *Endings) learn(from lessons, g *grower) {
	g.reset(from.order)
	for _, l := range from.list {
		s := sample{patch: l.patch}
		g.marked = e.mark(g.marked[:0], l.from)
		for end := len(g.marked); end > 0 && s.n < maxEnding; {
			r, size := utf8.DecodeLastRune(g.marked[:end])
			s.put(r)
			end -= size
		}
		g.samples = append(g.samples, s)
	}
	slices.SortFunc(g.samples, sample.compare)
	e.rules = map[string]patch{}
	if len(g.samples) > 1 { // no rule is kept for one word
		g.read(g.grow(0, len(g.samples)), -1, func(ending string, id int32) { e.rules[ending] = from.patches[id] })
	}
}

// write sets Rules to the rules learned.
func (e *Endings) write() {
	list := make([]string, 0, len(e.rules))
	for k, p := range e.rules {
		list = append(list, k+strconv.Itoa(p.cut)+p.add)
	}
	slices.Sort(list)
	e.Rules = strings.Join(list, " ")
}
