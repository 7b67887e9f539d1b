package search

import (
	"bytes"
	"compress/flate"
	"encoding/base64"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"belfry/search/words"
)

// Reader searches the files of an index as a browser does: it reads the entry,
// then only the shards a query needs. It exists to prove the files: what it
// finds must be what Index finds.
type Reader struct {
	Read  []string // names of the files read so far, in order
	files func(name string) ([]byte, error)
	e     entry
	lang  *words.Language
	ends  *words.Endings
	start [3][]string
	known map[string][]byte
	terms map[int]*shard
	where map[*group][2]int // shard and place of a term
	pos   map[int][][][]uint32
	spell map[string][]spelling
	cards map[int][]card
	fail  error
}

const maxInflated = 64 << 20 // of one file; damaged or hostile bytes go no further

// maxDocuments of one language; damaged entries may say anything.
const maxDocuments = 1 << 20

// NewReader reads the entry of a language. files gives the bytes of a file by
// its name inside the index's folder: "bg.js".
func NewReader(lang string, files func(name string) ([]byte, error)) (*Reader, error) {
	r := &Reader{files: files, known: map[string][]byte{}, terms: map[int]*shard{}, where: map[*group][2]int{}, pos: map[int][][][]uint32{}, spell: map[string][]spelling{}, cards: map[int][]card{}}
	b, err := files(lang + ".js")
	if err != nil {
		return nil, err
	}
	b, ok := bytes.CutPrefix(b, []byte(callback+`("`+lang+`",`))
	if !ok || !bytes.HasSuffix(b, []byte(")")) || json.Unmarshal(b[:len(b)-1], &r.e) != nil || r.e.Version != formatVersion || r.e.Cards < 1 || r.e.N < 0 || r.e.N > maxDocuments || slices.Max(r.e.Impacts[:]) > highest || slices.Min(r.e.Impacts[:]) < 0 {
		return nil, errDamaged
	}
	r.lang = words.For(lang)
	if len(r.e.Endings) == 3 {
		folded, ok1 := r.e.Endings[0].(bool)
		marked, ok2 := r.e.Endings[1].(bool)
		rules, ok3 := r.e.Endings[2].(string)
		if !ok1 || !ok2 || !ok3 {
			return nil, errDamaged
		}
		r.ends = (&words.Endings{Folded: folded, Marked: marked, Rules: rules}).Ready()
	}
	for i, s := range r.e.Starts {
		r.start[i] = strings.Split(s, " ")
	}
	return r, nil
}

// load gives the bytes of a file by kind and number.
func (r *Reader) load(kind byte, i int) []byte {
	place := string(kind) + strconv.Itoa(i)
	if b, ok := r.known[place]; ok {
		return b
	}
	b, err := r.fetch(kind, i, place)
	if err != nil && r.fail == nil {
		r.fail = err
	}
	r.known[place] = b
	return b
}

func (r *Reader) fetch(kind byte, i int, place string) ([]byte, error) {
	text, inside := r.e.Data[place]
	if !inside {
		h := r.e.Hashes[strings.IndexByte(kinds, kind)]
		at := i / namesPerHash * hashChars
		if i < 0 || at+hashChars > len(h) {
			return nil, errDamaged
		}
		name := h[at:at+hashChars] + place
		r.Read = append(r.Read, name)
		b, err := r.files(name + ".js")
		if err != nil {
			return nil, err
		}
		var ok bool
		if text, ok = strings.CutPrefix(string(b), callback+`("`+name+`","`); !ok || !strings.HasSuffix(text, `")`) {
			return nil, errDamaged
		}
		text = text[:len(text)-2]
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errDamaged
	}
	b, err := io.ReadAll(io.LimitReader(flate.NewReader(bytes.NewReader(raw)), maxInflated))
	if err != nil {
		return nil, errDamaged
	}
	return b, nil
}

// Search answers a query from the files.
func (r *Reader) Search(q Query) (Results, error) {
	r.fail = nil
	stops := strings.Split(r.e.Stops, " ")
	slots := parseQuery(r.lang, r.ends, func(f string) bool { return contains(stops, f) }, q.Text, !q.Whole)
	var allowed []bool
	if len(q.Filters) > 0 {
		var facets []facet
		if r.e.Hashes[len(kinds)-1] != "" {
			var err error
			if facets, err = decodeFacets(r.load(kindFacets, 0), r.e.N); err != nil {
				return Results{}, err
			}
		}
		allowed = allowedBy(facets, q.Filters, r.e.N)
	}
	list, hits := find(sharded{r}, slots, allowed)
	res := results(sharded{r}, list, hits, slots, q, func(d uint32) card {
		file, i := int(d)/r.e.Cards, int(d)%r.e.Cards
		cards, ok := r.cards[file]
		if !ok {
			cards, _ = decodeCards(r.load(kindCards, file))
			r.cards[file] = cards
		}
		if i < len(cards) {
			return cards[i]
		}
		r.fail = errDamaged
		return card{}
	})
	return res, r.fail
}

// sharded is the lexicon of a Reader.
type sharded struct{ *Reader }

func (r sharded) count() int { return r.e.N }

// shard decodes a shard of terms, an empty one if it cannot be had.
func (r sharded) shard(i int) *shard {
	if s := r.terms[i]; s != nil {
		return s
	}
	s := &shard{}
	if r.e.Hashes[0] != "" {
		var err error
		if s, err = decodeTerms(r.load(kindTerms, i)); err != nil {
			r.fail, s = err, &shard{}
		}
	}
	r.terms[i] = s
	for k := range s.groups {
		r.where[&s.groups[k]] = [2]int{i, k}
	}
	return s
}

func (r sharded) forms(form string) (out []match) {
	s := r.shard(route(r.start[0], form))
	for i := range s.groups {
		if k := slices.Index(s.groups[i].forms, form); k >= 0 {
			out = append(out, match{&s.groups[i], k})
		}
	}
	for _, key := range s.aliases[form] {
		if g := r.term(key); g != nil {
			if k := slices.Index(g.forms, form); k >= 0 {
				out = append(out, match{g, k})
			}
		}
	}
	slices.SortFunc(out, func(a, b match) int { return strings.Compare(a.g.key, b.g.key) })
	return out
}

func (r sharded) term(key string) *group {
	s := r.shard(route(r.start[0], key))
	if i, ok := slices.BinarySearchFunc(s.groups, key, func(g group, k string) int { return strings.Compare(g.key, k) }); ok {
		return &s.groups[i]
	}
	return nil
}

func (r sharded) prefix(p string) ([]*group, *completion) {
	from, to := route(r.start[0], p), route(r.start[0], p+last)
	if to-from > 1 {
		if c, ok := r.shard(from).lists[p]; ok {
			return nil, &c
		}
		return nil, nil
	}
	var out []*group
	put := func(g *group) {
		if g != nil && !slices.Contains(out, g) {
			out = append(out, g)
		}
	}
	for i := from; i <= to; i++ {
		s := r.shard(i)
		for k := range s.groups {
			if slices.ContainsFunc(s.groups[k].forms, func(f string) bool { return strings.HasPrefix(f, p) }) {
				put(&s.groups[k])
			}
		}
		for form, keys := range s.aliases {
			if strings.HasPrefix(form, p) {
				for _, k := range keys {
					put(r.term(k))
				}
			}
		}
	}
	return out, nil
}

// spelled gives the spellings of the shards that may have a prefix.
func (r sharded) spelled(kind byte, starts []string, p string) (out []spelling) {
	if r.e.Hashes[strings.IndexByte(kinds, kind)] == "" {
		return nil
	}
	for i := route(starts, p); i <= route(starts, p+last); i++ {
		place := string(kind) + strconv.Itoa(i)
		list, ok := r.spell[place]
		if !ok {
			var err error
			if list, err = decodeSpellings(r.load(kind, i)); err != nil {
				r.fail = err
			}
			r.spell[place] = list
		}
		for _, s := range list {
			if strings.HasPrefix(s.form, p) {
				out = append(out, s)
			}
		}
	}
	return out
}

func (r sharded) begins(p string) []spelling { return r.spelled(kindSpelling, r.start[1], p) }

func (r sharded) ends(p string) []spelling {
	out := r.spelled(kindBackwards, r.start[2], reversed(p))
	for i := range out {
		out[i].form = reversed(out[i].form)
	}
	return out
}

func (r sharded) language() *words.Language { return r.lang }
func (r sharded) impacts() *impacts         { return &r.e.Impacts }

func (r sharded) positions(g *group) [][]uint32 {
	at := r.where[g]
	if r.pos[at[0]] == nil {
		p, err := decodePositions(r.load(kindPositions, at[0]/shardsPerPositions), at[0]%shardsPerPositions, r.terms[at[0]].groups)
		if err != nil {
			r.fail = err
			p = make([][][]uint32, len(r.terms[at[0]].groups))
			for i := range p {
				p[i] = make([][]uint32, len(r.terms[at[0]].groups[i].post))
			}
		}
		r.pos[at[0]] = p
	}
	return r.pos[at[0]][at[1]]
}
