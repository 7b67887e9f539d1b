package form

// This file keeps patterns to what Go, browsers and JSON Schema read alike, and
// to what no answer can make slow in an engine that backtracks.

import (
	"regexp"
	"regexp/syntax"
	"strings"
	"unicode"
)

// portable says why a pattern of an author cannot be used, "" if it can.
func portable(pattern string) string {
	if len(pattern) > 200 {
		return "at most 200 characters"
	}
	if strings.Contains(pattern, "(?") {
		return "without (?…)"
	}
	if strings.ContainsAny(pattern, "\n\x00") {
		return "one line"
	}
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return "a pattern that can be read: " + strings.TrimPrefix(err.Error(), "error parsing regexp: ")
	}
	// The u flag of JavaScript wants every escape to mean something.
	for i := 0; i+1 < len(pattern); i++ {
		if pattern[i] == '\\' {
			if i++; !strings.ContainsRune(`dDwWbB.*+?()[]{}|^$/\-`, rune(pattern[i])) {
				return `only the escapes \d \w \b and those of signs`
			}
		}
	}
	if strings.Contains(pattern, "[[:") {
		return "without [[:…:]]"
	}
	if nested(tree, false) {
		return "no repetition inside a repetition, which some answers make endless"
	}
	return ""
}

func nested(re *syntax.Regexp, inside bool) bool {
	loop := re.Op == syntax.OpStar || re.Op == syntax.OpPlus || re.Op == syntax.OpRepeat && (re.Max < 0 || re.Max > 20)
	if loop && inside {
		return true
	}
	for _, sub := range re.Sub {
		if nested(sub, inside || loop) {
			return true
		}
	}
	return false
}

// likePattern turns "AA 0000" into a pattern: A is a letter of any script, 0 a
// digit, a space may be left out, every other sign stands for itself.
func likePattern(like string) string {
	var b strings.Builder
	b.WriteByte('^')
	for _, r := range like {
		switch {
		case r == 'A':
			b.WriteString(`\p{L}`)
		case r == '0':
			b.WriteString(`[0-9]`)
		case unicode.IsSpace(r):
			b.WriteString(` ?`)
		case r == '-':
			b.WriteByte('-') // JavaScript's u flag refuses \- outside a class
		default:
			b.WriteString(regexp.QuoteMeta(string(r)))
		}
	}
	b.WriteByte('$')
	return b.String()
}
