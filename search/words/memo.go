package words

import (
	"hash/fnv"
	"hash/maphash"
	"strings"
	"sync"
	"sync/atomic"
	"unicode/utf8"
)

// Word is a token with all that its language makes of it. It is shared: nobody
// changes one.
type Word struct {
	Token string // lowered, as written
	Form  string // folded
	Key   string // the stem, folded
	Stem  string // in its own script
	Stop  bool   // to be left out of bodies
	use   use    // what Learn does with it
}

// What is kept of a language's words, so that a process which indexes hundreds
// of portals analyses a word they all have once. Analysis depends on the token
// alone, so nothing is ever out of date; what came first stays, for the words
// that any portal has are soon met. Twice as many would save a tenth of the
// analyses in 200 portals, and cost more in memory that is gone through again and again.
const (
	maxKept      = 24_000 // words of a language, about 4 MB
	maxKeptBytes = 64     // of a token; a longer one is seldom met twice
)

// memo keeps words by their tokens. It may be used by many at once; those who
// find a word wait for nobody.
type memo struct {
	seed  maphash.Seed
	table atomic.Pointer[[]atomic.Pointer[Word]] // by hash, or the next place that is free; at most half full, a power of two
	full  atomic.Bool
	mu    sync.Mutex // of those who add
	count int
}

func newMemo() *memo {
	m := &memo{seed: maphash.MakeSeed()}
	table := make([]atomic.Pointer[Word], 1<<10)
	m.table.Store(&table)
	return m
}

// place gives where a token is in a table, or would be.
func (m *memo) place(table []atomic.Pointer[Word], token []byte, hash uint64) *atomic.Pointer[Word] {
	for i := hash; ; i++ {
		p := &table[i&uint64(len(table)-1)]
		if w := p.Load(); w == nil || w.Token == string(token) {
			return p
		}
	}
}

// add keeps a word, unless there are enough. It gives the word that is kept if
// another has added it just now.
func (m *memo) add(w *Word, hash uint64) *Word {
	if m.full.Load() {
		return w
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	table := *m.table.Load()
	p := m.place(table, []byte(w.Token), hash)
	if kept := p.Load(); kept != nil {
		return kept
	}
	if m.count == maxKept {
		m.full.Store(true)
		return w
	}
	if m.count++; 2*m.count > len(table) {
		wider := make([]atomic.Pointer[Word], 2*len(table))
		for i := range table {
			if old := table[i].Load(); old != nil {
				m.place(wider, []byte(old.Token), maphash.String(m.seed, old.Token)).Store(old)
			}
		}
		p = m.place(wider, []byte(w.Token), hash)
		defer m.table.Store(&wider)
	}
	p.Store(w)
	return w
}

// Word gives a token with its form and key. token is read during the call only.
func (l *Language) Word(token []byte) *Word { return l.WordOf(token, l.Hash(token)) }

// Hash gives a number for a token: the same for all this process, and another in
// the next.
func (l *Language) Hash(token []byte) uint64 { return maphash.Bytes(l.memo.seed, token) }

// WordOf is Word for a token whose Hash is known.
func (l *Language) WordOf(token []byte, hash uint64) *Word {
	if len(token) > maxKeptBytes {
		return l.analyse(string(token))
	}
	if w := l.memo.place(*l.memo.table.Load(), token, hash).Load(); w != nil {
		return w
	}
	return l.memo.add(l.analyse(string(token)), hash)
}

// analyse does the work that Word saves.
func (l *Language) analyse(token string) *Word {
	w := &Word{Token: token, Form: within(token, l.fold.fold(token)), Stem: l.Stem(token), use: useOf(token)}
	w.Key = w.Form
	if w.Stem != token {
		if key := l.fold.fold(w.Stem); key != "" {
			w.Key = within(w.Form, key)
		}
	}
	w.Stop = l.stop[w.Form]
	return w
}

// within gives s as a part of word where it is how that begins, so that one text
// is kept for both.
func within(word, s string) string {
	if strings.HasPrefix(word, s) {
		return word[:len(s)]
	}
	return s
}

// use is what Learn does with a word.
type use uint8

const (
	unused use = iota // too short or with a digit
	learned
	kept // aside, to try the table on
)

func useOf(token string) use {
	if hasDigit(token) || utf8.RuneCountInString(token) < 3 {
		return unused
	}
	h := fnv.New32a() // the same words are kept in every build
	h.Write([]byte(token))
	if h.Sum32()%heldOut == 0 {
		return kept
	}
	return learned
}

// hasDigit tells whether a token is a number or has one in it.
func hasDigit(s string) bool {
	for i := range len(s) {
		if '0' <= s[i] && s[i] <= '9' {
			return true
		}
	}
	return false
}
