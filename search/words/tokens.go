package words

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits of a token. A longer run of letters is no word anyone types.
const (
	maxToken  = 40 // characters kept of one word
	maxJoined = 12 // characters of "e-mail" written as one
	shortPart = 3  // one side of the hyphen must be this short for it
)

// Tokens cuts text into lowered words and calls visit for each with its
// position, from 0. The slice is valid during the call only. The rules are the
// same in client/core.js, held together by testdata/vectors/tokens.json:
//
//   - a word is a run of letters, marks and decimal digits of the Basic
//     Multilingual Plane, after NFKC;
//   - characters of Join (soft hyphen, joiners; the Ukrainian apostrophe)
//     vanish inside a word;
//   - an apostrophe ends a word; a single letter beside one (l', 's) is no
//     word, and where Cut is set nothing after one is;
//   - joined, where asked for: two parts around a hyphen of which one is short
//     ("e-mail", "AB-1234") are also given as one word at the first's position.
func (l *Language) Tokens(text string, joined bool, visit func(token []byte, pos int)) {
	if !plain(text) && !norm.NFKC.IsNormalString(text) {
		text = norm.NFKC.String(text)
	}
	f := l.fold
	c := cutter{fold: f, joined: joined, visit: visit}
	var buf []byte
	marked := false // buf holds more than marks
	runes := 0
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			if i+1 < len(text) && 0xc2 <= r && r < 0xe0 && text[i+1]&0xc0 == 0x80 { // most letters that are not ASCII
				r, size = r&0x1f<<6|rune(text[i+1]&0x3f), 2
			} else {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
		}
		i += size
		if r < fastRunes && f.fast[r] != 0 {
			if runes < maxToken {
				buf = utf8.AppendRune(buf, f.fast[r])
				runes++
			}
			marked = true
			continue
		}
		after := rune(0)
		switch {
		case r < fastRunes && f.ends[r]:
		case f.join[r]:
			if len(buf) == 0 {
				c.before = 0
			}
			continue
		case r == '\'' || r == '’' || r == 'ʼ':
			after = '\''
		case r == '-' || r == '‐':
			after = '-'
		case r <= 0xffff && (unicode.IsLetter(r) || unicode.Is(unicode.Nd, r)):
			if runes < maxToken {
				buf = f.lowered(buf, r)
				runes++
			}
			marked = true
			continue
		case r <= 0xffff && unicode.IsMark(r):
			if marked && runes < maxToken {
				buf = append(buf, string(r)...)
				runes++
			}
			continue
		}
		c.end(buf, runes, marked, after)
		buf, marked, runes = buf[:0], false, 0
	}
	c.end(buf, runes, marked, 0)
}

// cutter knows what stands before the word at hand.
type cutter struct {
	fold         *folder
	joined       bool
	visit        func(token []byte, pos int)
	pos          int
	prev         []byte // the word before
	before, glue rune   // what stood right before the word, and between it and prev; ' or - or 0
}

// end ends a word of so many characters; after is what comes next.
func (c *cutter) end(word []byte, runes int, marked bool, after rune) {
	if len(word) == 0 || !marked {
		c.before, c.glue = after, 0
		return
	}
	single := runes == 1 && (c.before == '\'' || after == '\'') && (word[0] < '0' || word[0] > '9')
	if !single && !(c.fold.cut && c.before == '\'') {
		if c.joined && c.glue == '-' && chars(c.prev)+runes <= maxJoined && min(chars(c.prev), runes) <= shortPart {
			c.visit(append(c.prev, word...), c.pos-1)
		}
		c.visit(word, c.pos)
		c.pos++
		if c.glue = after; after == '-' {
			c.prev = append(c.prev[:0], word...)
		}
	} else {
		c.glue = 0
	}
	c.before = after
}

// plain tells quickly of most texts that NFKC would not change them: letters of
// the Latin, Cyrillic and Georgian scripts that are one character each, and the
// common dashes and quotes.
func plain(text string) bool {
	for i := 0; i < len(text); {
		switch c := text[i]; {
		case c < utf8.RuneSelf:
			i++
			continue
		case (c == 0xc3 || c == 0xd0 || c == 0xd1) && i+1 < len(text) && text[i+1]&0xc0 == 0x80: // À to ÿ, Ѐ to ѿ
			i += 2
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		i += size
		if 0x80 <= r && r < 0xa0 || 0xc0 <= r && r < 0x132 || 0x400 <= r && r < 0x483 || 0x10d0 <= r && r < 0x10fb || 0x2013 <= r && r < 0x2015 || 0x2018 <= r && r < 0x201f {
			continue
		}
		return false
	}
	return true
}

func chars(b []byte) int { return utf8.RuneCount(b) }
