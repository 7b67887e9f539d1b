package search

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"unicode/utf8"
)

// errDamaged is what every reader says of bytes that are no index.
var errDamaged = errors.New("search: damaged index file")

// byteReader reads numbers and remembers the first fault.
type byteReader struct {
	b   []byte
	bad bool
}

func (r *byteReader) number() int {
	v, n := binary.Uvarint(r.b)
	if n <= 0 || v > 1<<31 {
		r.bad = true
		return 0
	}
	r.b = r.b[n:]
	return int(v)
}

// count reads how many of something follow, each at least one byte long: a
// damaged count can then ask for no more memory than the file has bytes.
func (r *byteReader) count() int {
	n := r.number()
	if n > len(r.b) {
		r.bad = true
		return 0
	}
	return n
}

func (r *byteReader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad = true
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

// textReader reads front-coded words.
type textReader struct {
	byteReader
	text []rune
}

func (r *textReader) word(like string) string { return r.rest(like, r.number(), r.number()) }

func (r *textReader) rest(like string, shared, n int) string {
	if n > len(r.text) || shared > utf8.RuneCountInString(like) {
		r.bad = true
		return ""
	}
	s := string([]rune(like)[:shared]) + string(r.text[:n])
	r.text = r.text[n:]
	return s
}

func (r *byteReader) postings(n int) []uint32 {
	if n > len(r.b) {
		r.bad = true
		return nil
	}
	out := make([]uint32, n)
	doc := 0
	for i := range out {
		v := r.number()
		doc += v >> 4
		if doc >= 1<<28 {
			r.bad = true
			return nil
		}
		out[i] = uint32(doc<<4 | v&15)
	}
	return out
}

// shard is a decoded file of terms.
type shard struct {
	groups  []group
	aliases map[string][]string // form to keys elsewhere
	lists   map[string]completion
}

func decodeTerms(b []byte) (*shard, error) {
	head := byteReader{b: b}
	ng, na, nl, nn, nt, np := head.count(), head.count(), head.count(), head.count(), head.count(), head.count()
	w := textReader{byteReader: byteReader{b: head.take(nn)}}
	text := head.take(nt)
	posts := byteReader{b: head.take(np)}
	if head.bad || !utf8.Valid(text) {
		return nil, errDamaged
	}
	w.text = []rune(string(text))
	s := &shard{aliases: map[string][]string{}, lists: map[string]completion{}}
	prev := ""
	for i := 0; i < ng && !w.bad && !posts.bad; i++ {
		g := group{key: w.word(prev)}
		prev = g.key
		nf := w.count()
		for j := 0; j < nf && !w.bad; j++ {
			g.forms = append(g.forms, w.word(g.key))
		}
		g.post = posts.postings(w.number())
		if nf > 1 {
			packed := head.take((len(g.post) + 3) / 4)
			if head.bad {
				return nil, errDamaged
			}
			for d := range g.post {
				g.codes = append(g.codes, packed[d/4]>>(d%4*2)&3)
			}
		}
		s.groups = append(s.groups, g)
	}
	prev = ""
	for i := 0; i < na && !w.bad; i++ {
		prev = w.word(prev)
		s.aliases[prev] = append(s.aliases[prev], w.word(prev))
	}
	for i := 0; i < nl && !w.bad && !posts.bad; i++ {
		p := w.word("")
		df := w.number()
		s.lists[p] = completion{df, posts.postings(w.number())}
	}
	if w.bad || posts.bad || head.bad {
		return nil, errDamaged
	}
	return s, nil
}

// decodePositions reads the positions of the nth shard in a file; df are the
// numbers of documents of its terms.
func decodePositions(b []byte, nth int, groups []group) ([][][]uint32, error) {
	r := byteReader{b: b}
	n := r.count()
	var part []byte
	var lens []int
	for i := 0; i < n; i++ {
		lens = append(lens, r.number())
	}
	for i := 0; i < n && i <= nth; i++ {
		part = r.take(lens[i])
	}
	if r.bad || nth >= n {
		return nil, errDamaged
	}
	r = byteReader{b: part}
	for range groups {
		r.number() // lengths are for readers of one term
	}
	out := make([][][]uint32, len(groups))
	for i := range groups {
		for range groups[i].post {
			at := make([]uint32, r.count())
			sum := uint32(0)
			for k := range at {
				sum += uint32(r.number())
				at[k] = sum
			}
			out[i] = append(out[i], at)
			if r.bad {
				return nil, errDamaged
			}
		}
	}
	return out, nil
}

func decodeSpellings(b []byte) ([]spelling, error) {
	r := byteReader{b: b}
	n := r.count()
	shared, added, class := r.take(n), r.take(n), r.take(n)
	if r.bad || !utf8.Valid(r.b) {
		return nil, errDamaged
	}
	w := textReader{text: []rune(string(r.b))}
	out := make([]spelling, n)
	prev := ""
	for i := range out {
		prev = w.rest(prev, int(shared[i]), int(added[i]))
		out[i] = spelling{prev, class[i]}
	}
	if w.bad {
		return nil, errDamaged
	}
	return out, nil
}

func decodeCards(b []byte) ([]card, error) {
	var list [][]json.RawMessage
	if json.Unmarshal(b, &list) != nil {
		return nil, errDamaged
	}
	out := make([]card, len(list))
	for i, a := range list {
		c, err := cardOf(a)
		if err != nil {
			return nil, errDamaged
		}
		out[i] = c
	}
	return out, nil
}

func decodeFacets(b []byte, n int) ([]facet, error) {
	r := byteReader{b: b}
	var raw [][]json.RawMessage
	if json.Unmarshal(r.take(r.count()), &raw) != nil {
		return nil, errDamaged
	}
	var out []facet
	for _, a := range raw {
		var f facet
		var values [][]json.RawMessage
		if len(a) != 2 || json.Unmarshal(a[0], &f.name) != nil || json.Unmarshal(a[1], &values) != nil {
			return nil, errDamaged
		}
		for _, v := range values {
			var fv facetValue
			var count int
			if len(v) != 2 || json.Unmarshal(v[0], &fv.value) != nil || json.Unmarshal(v[1], &count) != nil || count > len(r.b) {
				return nil, errDamaged
			}
			d := 0
			for i := 0; i < count; i++ {
				d += r.number()
				if r.bad || d >= n {
					return nil, errDamaged
				}
				fv.docs = append(fv.docs, uint32(d))
			}
			f.values = append(f.values, fv)
		}
		out = append(out, f)
	}
	return out, nil
}
