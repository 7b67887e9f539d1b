package form

// This file reads what people type: digits of every script, spaces and hyphens
// between them, and signs that keyboards put in place of others.

import (
	"strings"
	"unicode"
)

// Digits turns the decimal digits of every script into 0-9.
func Digits(s string) string {
	return strings.Map(func(r rune) rune {
		if v := digit(r); v >= 0 {
			return '0' + v
		}
		return r
	}, s)
}

// digit is the value of a decimal digit (category Nd), -1 for everything else.
// Unicode keeps each script's digits together, from zero to nine; the digits of
// the mathematical alphabets follow each other without a gap.
func digit(r rune) rune {
	if r < 128 {
		if r >= '0' && r <= '9' {
			return r - '0'
		}
		return -1
	}
	if !unicode.Is(unicode.Nd, r) {
		return -1
	}
	if r >= 0x1D7CE && r <= 0x1D7FF {
		return (r - 0x1D7CE) % 10
	}
	v := rune(0)
	for unicode.Is(unicode.Nd, r-1) && v < 9 {
		r--
		v++
	}
	return v
}

// compact takes out what people put between the signs of a number: spaces,
// hyphens, dots, and marks nobody sees. Letters become capitals.
func compact(s string) string {
	return strings.ToUpper(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Pd, r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		case r == '.' || r == '/' || r == '\u2212':
			return -1
		}
		return r
	}, Digits(s)))
}

// clean takes out control characters (but line ends, where they may stand) and
// white space at either end.
func clean(s string, lines bool) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimFunc(strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines:
			return r
		case r == '\n' || r == '\t':
			return ' '
		case unicode.IsControl(r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, s), func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || r == '\ufeff' })
}

// number reads an amount or a number as typed: spaces and apostrophes part
// thousands, the last comma or point parts the decimals. What is no number comes
// back as it was, cleaned.
func number(s string) string {
	typed := clean(s, false)
	n := strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r) || unicode.Is(unicode.Zs, r) || r == '\'' || r == '’' || unicode.Is(unicode.Cf, r) || r == '٬':
			return -1
		case r == '٫':
			return '.'
		case r == '\u2212':
			return '-'
		}
		return r
	}, Digits(typed))
	if i := strings.LastIndexAny(n, ".,"); i >= 0 {
		n = strings.NewReplacer(".", "", ",", "").Replace(n[:i]) + "." + n[i+1:]
	}
	if !numberPattern.MatchString(n) {
		return typed
	}
	return n
}
