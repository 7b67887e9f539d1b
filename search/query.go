package search

import (
	"strings"

	"belfry/search/words"
)

// slot is one word of a query.
type slot struct {
	token    string
	readings []string // forms it may be, the plain one first
	keys     []string // terms the learned endings make of it
	prefix   bool     // it may be unfinished
	phrase   int      // number of the quoted phrase it stands in, 0 none
	offset   int      // words from the start of the phrase
	raw      string   // in Latin letters, unfolded: where a typing error is looked for too
	loose    bool     // no endings were learned: half a word alike is enough
}

const maxSlots = 32 // words of a query that count

// quotes opens and closes phrases; any of them does either.
const quotes = "\"“”„«»"

// parseQuery reads a query: words, and "quoted phrases". A quote without its
// fellow is no quote. Words to leave out are left out, unless there are no
// others. The last word is a prefix where prefix is set and no quote closes it.
func parseQuery(l *words.Language, e *words.Endings, stop func(string) bool, q string, prefix bool) []slot {
	var all, out []slot
	var parts []string
	start := 0
	for i, r := range q {
		if strings.ContainsRune(quotes, r) {
			parts = append(parts, q[start:i])
			start = i + len(string(r))
		}
	}
	parts = append(parts, q[start:])
	if len(parts)%2 == 0 { // one quote too many: the last is a letter like any other
		n := len(parts)
		parts = append(parts[:n-2], parts[n-2]+" "+parts[n-1])
	}
	for i, part := range parts {
		phrase := 0
		if i%2 == 1 {
			phrase = i/2 + 1
		}
		l.Tokens(part, false, func(tok []byte, pos int) {
			t := string(tok)
			s := slot{token: t, readings: l.Readings(t), raw: l.Raw(t), phrase: phrase, offset: pos, loose: e == nil}
			if s.readings[0] == "" {
				return
			}
			for _, r := range s.readings {
				k := e.Key(l, t, r)
				if !contains(s.keys, k) {
					s.keys = append(s.keys, k)
				}
			}
			all = append(all, s)
		})
	}
	if n := len(all); prefix && n > 0 && all[n-1].phrase == 0 {
		all[n-1].prefix = true
	}
	for _, s := range all {
		if !stop(s.readings[0]) {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		out = all
	}
	if len(out) > maxSlots {
		out = out[:maxSlots]
	}
	return out
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}
