package search

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// textWriter collects front-coded words: numbers in one stream, letters in
// another, which compresses better than both in turn and lets a browser decode
// all letters at once. Lengths are in characters.
type textWriter struct {
	numbers []byte
	text    []byte
}

func (w *textWriter) number(n int) { w.numbers = binary.AppendUvarint(w.numbers, uint64(n)) }

// word writes a word as how many characters it shares with another and the rest.
func (w *textWriter) word(like, s string) {
	n := common(like, s)
	w.number(utf8.RuneCountInString(s[:n]))
	w.number(utf8.RuneCountInString(s[n:]))
	w.text = append(w.text, s[n:]...)
}

func appendPostings(b []byte, post []uint32) []byte {
	prev := uint32(0)
	for _, p := range post {
		b = binary.AppendUvarint(b, uint64(p>>4-prev)<<4|uint64(p&15))
		prev = p >> 4
	}
	return b
}

// shardOf gives the terms of a shard.
func (ix *Index) shardOf(i int) []group {
	end := len(ix.groups)
	if i+1 < len(ix.shards) {
		end = ix.shards[i+1]
	}
	return ix.groups[ix.shards[i]:end]
}

// encodeTerms writes every shard of terms; README.md has the format.
func (ix *Index) encodeTerms() [][]byte {
	type alias struct{ form, key string }
	aliases := make([][]alias, len(ix.shards))
	for i := range ix.shards {
		for _, g := range ix.shardOf(i) {
			for _, f := range g.forms {
				if r := route(ix.starts, f); r != i {
					aliases[r] = append(aliases[r], alias{f, g.key})
				}
			}
		}
	}
	lists := make([][]string, len(ix.shards))
	for p := range ix.lists {
		r := route(ix.starts, p)
		lists[r] = append(lists[r], p)
	}
	var out [][]byte
	for i := range ix.shards {
		var w textWriter
		var posts, codes []byte
		prev := ""
		groups := ix.shardOf(i)
		for k := range groups {
			g := &groups[k]
			w.word(prev, g.key)
			prev = g.key
			w.number(len(g.forms))
			for _, f := range g.forms {
				w.word(g.key, f)
			}
			w.number(len(g.post))
			posts = appendPostings(posts, g.post)
			if len(g.forms) > 1 {
				for d, c := range g.codes { // four to a byte
					if d%4 == 0 {
						codes = append(codes, 0)
					}
					codes[len(codes)-1] |= c << (d % 4 * 2)
				}
			}
		}
		slices.SortFunc(aliases[i], func(a, b alias) int { return strings.Compare(a.form+"\x00"+a.key, b.form+"\x00"+b.key) })
		prev = ""
		for _, a := range aliases[i] {
			w.word(prev, a.form)
			prev = a.form
			w.word(a.form, a.key)
		}
		slices.Sort(lists[i])
		for _, p := range lists[i] {
			c := ix.lists[p]
			w.word("", p)
			w.number(c.df)
			w.number(len(c.post))
			posts = appendPostings(posts, c.post)
		}
		var b []byte
		for _, n := range []int{len(groups), len(aliases[i]), len(lists[i]), len(w.numbers), len(w.text), len(posts)} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		out = append(out, slices.Concat(b, w.numbers, w.text, posts, codes))
	}
	return out
}

// shardsPerPositions is how many shards of terms share a file of positions:
// they are wanted for quoted phrases alone.
const shardsPerPositions = 8

// appendPositions adds the positions of one document.
func appendPositions(b []byte, at []uint32) []byte {
	b = binary.AppendUvarint(b, uint64(len(at)))
	prev := uint32(0)
	for _, p := range at {
		b = binary.AppendUvarint(b, uint64(p-prev))
		prev = p
	}
	return b
}

// encodePositions writes where every term stands.
func (ix *Index) encodePositions() [][]byte {
	var out [][]byte
	for i := 0; i < len(ix.shards); i += shardsPerPositions {
		var parts [][]byte
		var head []byte
		for j := i; j < min(i+shardsPerPositions, len(ix.shards)); j++ {
			groups := ix.shardOf(j)
			size := 0
			for k := range groups {
				size += len(groups[k].where)
			}
			part := make([]byte, 0, size+2*len(groups))
			for k := range groups {
				part = binary.AppendUvarint(part, uint64(len(groups[k].where)))
			}
			for k := range groups {
				part = append(part, groups[k].where...)
			}
			head = binary.AppendUvarint(head, uint64(len(part)))
			parts = append(parts, part)
		}
		n := binary.AppendUvarint(nil, uint64(len(parts)))
		out = append(out, slices.Concat(append([][]byte{n, head}, parts...)...))
	}
	return out
}

// encodeSpellings writes a sorted list of forms in shards and says where they start.
func encodeSpellings(list []spelling, size int) (out [][]byte, starts []string) {
	for i := 0; i < len(list); {
		j, sum := i, 0
		for j < len(list) && sum < size {
			s := list[j].form
			if j > i {
				s = s[common(list[j-1].form, s):]
			}
			sum += len(s) + 3
			j++
		}
		start := ""
		if i > 0 {
			start = cutAt(list[i].form, common(list[i-1].form, list[i].form))
		}
		starts = append(starts, start)
		room := make([]byte, 3*(j-i)) // for three numbers a form
		shared, added, class := room[:0:j-i], room[j-i:j-i:2*(j-i)], room[2*(j-i):2*(j-i)]
		text := make([]byte, 0, sum)
		prev := ""
		for _, s := range list[i:j] {
			n := common(prev, s.form)
			shared = append(shared, byte(utf8.RuneCountInString(s.form[:n])))
			added = append(added, byte(utf8.RuneCountInString(s.form[n:])))
			class = append(class, s.class)
			text = append(text, s.form[n:]...)
			prev = s.form
		}
		out = append(out, slices.Concat(binary.AppendUvarint(nil, uint64(j-i)), shared, added, class, text))
		i = j
	}
	return out, starts
}

// backwards gives the same forms written from their ends.
func backwards(list []spelling) []spelling {
	order := make([]named, len(list))
	for i, s := range list {
		order[i] = newNamed(reversed(s.form), i)
	}
	slices.SortFunc(order, named.compare)
	out := make([]spelling, len(list))
	for i, n := range order {
		out[i] = spelling{n.name, list[n.at].class}
	}
	return out
}

// encodeCards writes results in groups.
func (ix *Index) encodeCards(per int) [][]byte {
	var out [][]byte
	for i := 0; i < len(ix.docs); i += per {
		var list [][]any
		for j := i; j < min(i+per, len(ix.docs)); j++ {
			list = append(list, ix.docs[j].array())
		}
		out = append(out, plainJSON(list))
	}
	return out
}

// encodeFacets writes names, values and counts as JSON, then the documents.
func (ix *Index) encodeFacets() []byte {
	var head [][]any
	var docs []byte
	for _, f := range ix.facets {
		var values [][]any
		for _, v := range f.values {
			values = append(values, []any{v.value, len(v.docs)})
			prev := uint32(0)
			for _, d := range v.docs {
				docs = binary.AppendUvarint(docs, uint64(d-prev))
				prev = d
			}
		}
		head = append(head, []any{f.name, values})
	}
	if head == nil {
		return nil
	}
	j := plainJSON(head)
	return slices.Concat(binary.AppendUvarint(nil, uint64(len(j))), j, docs)
}

// plainJSON is JSON without the escapes that only HTML needs.
func plainJSON(v any) []byte {
	var b bytes.Buffer
	writeJSON(&b, v)
	return b.Bytes()
}

func writeJSON(b *bytes.Buffer, v any) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic("search: " + err.Error()) // our own plain values
	}
	b.Truncate(b.Len() - 1) // the line's end
}

// deflater compresses without any wrapper.
type deflater struct {
	thorough, quick *flate.Writer
	room            bytes.Buffer
}

// thoroughLevel takes a fifth less time than flate.BestCompression for one byte in a thousand.
const thoroughLevel = 5

// deflaters are kept from one index to the next: one takes most of a megabyte.
var deflaters = sync.Pool{New: func() any {
	thorough, err := flate.NewWriter(nil, thoroughLevel)
	quick, err2 := flate.NewWriter(nil, flate.HuffmanOnly)
	if err := errors.Join(err, err2); err != nil {
		panic("search: " + err.Error()) // the levels are flate's
	}
	return &deflater{thorough: thorough, quick: quick}
}}

// deflated compresses. Positions hardly repeat: looking for what does takes four
// times as long and saves one byte in a hundred.
func (d *deflater) deflated(kind rune, raw []byte) []byte {
	w := d.thorough
	if kind == kindPositions {
		w = d.quick
	}
	d.room.Reset()
	w.Reset(&d.room)
	w.Write(raw) // a buffer does not fail
	w.Close()
	return bytes.Clone(d.room.Bytes())
}
