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
// same in client/engine.js, held together by testdata/vectors/tokens.json:
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
	var buf, prev []byte
	pos := 0
	var before, glue rune // what stood right before the word; ' or - or 0
	marked := false
	runes := 0
	end := func(after rune) {
		if len(buf) > 0 && marked {
			single := runes == 1 && (before == '\'' || after == '\'') && (buf[0] < '0' || buf[0] > '9')
			if !single && !(f.cut && before == '\'') {
				if joined && glue == '-' && chars(prev)+runes <= maxJoined && min(chars(prev), runes) <= shortPart {
					visit(append(prev, buf...), pos-1)
				}
				visit(buf, pos)
				pos++
				prev = append(prev[:0], buf...)
				glue = after
			} else {
				glue = 0
			}
			before = after
		} else {
			before, glue = after, 0
		}
		buf, marked, runes = buf[:0], false, 0
	}
	for _, r := range text {
		switch {
		case r < fastRunes && f.fast[r] != 0:
			if runes < maxToken {
				buf = utf8.AppendRune(buf, f.fast[r])
				runes++
			}
			marked = true
		case f.join[r]:
			if len(buf) == 0 {
				before = 0
			}
		case r == '\'' || r == '’' || r == 'ʼ':
			end('\'')
		case r == '-' || r == '‐':
			end('-')
		case r <= 0xffff && (unicode.IsLetter(r) || unicode.Is(unicode.Nd, r)):
			if runes < maxToken {
				buf = f.lowered(buf, r)
				runes++
			}
			marked = true
		case r <= 0xffff && unicode.IsMark(r):
			if marked && runes < maxToken {
				buf = append(buf, string(r)...)
				runes++
			}
		default:
			end(0)
		}
	}
	end(0)
}

// plain tells quickly of most texts that NFKC would not change them: letters of
// the Latin, Cyrillic and Georgian scripts that are one character each, and the
// common dashes and quotes.
func plain(text string) bool {
	for _, r := range text {
		if r < 0xa0 || 0xc0 <= r && r < 0x132 || 0x400 <= r && r < 0x483 || 0x10d0 <= r && r < 0x10fb || 0x2013 <= r && r < 0x2015 || 0x2018 <= r && r < 0x201f {
			continue
		}
		return false
	}
	return true
}

func chars(b []byte) int { return utf8.RuneCount(b) }
