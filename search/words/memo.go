package words

import (
	"hash/fnv"
	"hash/maphash"
	"strings"
	"sync"
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
// that any portal has are soon met.
const (
	maxKept      = 50e3 // words of a language, about 10 MB
	maxKeptBytes = 64   // of a token; a longer one is seldom met twice
	memoShards   = 16   // each with its own lock, lest many portals wait for one
)

// memo keeps words by their tokens. It may be used by many at once.
type memo struct {
	seed   maphash.Seed
	shards [memoShards]struct {
		sync.RWMutex
		words map[string]*Word
	}
}

func newMemo() *memo {
	m := &memo{seed: maphash.MakeSeed()}
	for i := range m.shards {
		m.shards[i].words = map[string]*Word{}
	}
	return m
}

// Word gives a token with its form and key. token is read during the call only.
func (l *Language) Word(token []byte) *Word {
	if len(token) > maxKeptBytes {
		return l.analyse(string(token))
	}
	s := &l.memo.shards[maphash.Bytes(l.memo.seed, token)%memoShards]
	s.RLock()
	w, full := s.words[string(token)], len(s.words) >= maxKept/memoShards
	s.RUnlock()
	if w != nil {
		return w
	}
	w = l.analyse(string(token))
	if !full {
		s.Lock()
		s.words[w.Token] = w
		s.Unlock()
	}
	return w
}

// analyse does the work that Word saves.
func (l *Language) analyse(token string) *Word {
	w := &Word{Token: token, Form: within(token, l.fold.fold(token)), Stem: within(token, l.Stem(token)), use: useOf(token)}
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
