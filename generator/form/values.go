package form

// This file holds the patterns of answers. They are written so that Go, browsers
// (with the u flag) and JSON Schema read them alike, and none can be made slow.

import (
	"regexp"
	"strings"
)

// Patterns in the common subset; where a type has several, all must match.
const (
	oneLine   = `^[^\p{Cc}]*$`
	someLines = `^[^\x00-\x09\x0b-\x1f\x7f-\x9f]*$`
	notBlank  = `[^\p{Z}\p{Cc}\p{Cf}]`
	// The local part is that of the HTML standard; the domain may have letters of
	// every script and needs a point.
	emailText = "^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?(\\.[\\p{L}\\p{N}]([\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?)+$"
	telText   = `^\+?[0-9]{5,15}$`
	urlText   = `^https?://[^\p{Z}\p{Cc}/?#@\\]+\.[^\p{Z}\p{Cc}/?#@\\]+([/?#][^\p{Z}\p{Cc}]*)?$`
	dateText  = `^[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$`
	monthText = `^[12][0-9]{3}-(0[1-9]|1[0-2])$`
	timeText  = `^([01][0-9]|2[0-3]):[0-5][0-9]$`
	moneyText = `^(0|[1-9][0-9]{0,11})(\.[0-9]{2})?$`
	numText   = `^-?[0-9]{1,15}(\.[0-9]{1,10})?$`
	hashText  = `^[0-9a-f]{64}$`
)

var (
	datePattern   = regexp.MustCompile(dateText)
	monthPattern  = regexp.MustCompile(monthText)
	timePattern   = regexp.MustCompile(timeText)
	moneyPattern  = regexp.MustCompile(moneyText)
	numberPattern = regexp.MustCompile(numText)
	hashPattern   = regexp.MustCompile(hashText)
)

// patterns returns every pattern an answer of text must match.
func (q *Question) patterns() []string {
	switch q.Type {
	case ShortText, Name:
		out := []string{oneLine, notBlank}
		if q.Rules.Like != "" {
			out = append(out, likePattern(q.Rules.Like))
		}
		if q.Rules.Regex != "" {
			out = append(out, `^(?:`+q.Rules.Regex+`)$`)
		}
		return out
	case LongText:
		return []string{someLines, notBlank}
	case Email:
		return []string{emailText}
	case Tel:
		return []string{telText}
	case URL:
		return []string{urlText}
	case Money:
		return []string{moneyText}
	case Date:
		return []string{dateText}
	case Month:
		return []string{monthText}
	case Time:
		return []string{timeText}
	}
	return nil
}

// Pattern is the pattern for the HTML attribute of the same name, which the
// browser anchors itself; "" for none. It knows only what was typed, so it is
// left out where typing may differ from the answer that is sent.
func (q *Question) Pattern() string {
	trim := func(s string) string { return s[1 : len(s)-1] }
	switch {
	case q.Rules.Like != "": // digits of every script are brought to ours before they are judged
		return strings.ReplaceAll(trim(likePattern(q.Rules.Like)), "[0-9]", `\p{Nd}`)
	case q.Rules.Regex != "":
		return setNotation(q.Rules.Regex)
	case q.Type == Email:
		return setNotation(trim(emailText))
	case q.Type == URL:
		return setNotation(trim(urlText))
	}
	return ""
}

// setNotation escapes what the v flag of JavaScript, under which browsers read the
// attribute, keeps for itself inside of brackets. A pattern they cannot read they
// pass over, and with it the check.
func setNotation(pattern string) string {
	var b strings.Builder
	inside, start := false, 0
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		switch {
		case c == '\\' && i+1 < len(pattern):
			b.WriteByte(c)
			i++
			if end := strings.IndexByte(pattern[i:], '}'); end > 0 && (pattern[i] == 'p' || pattern[i] == 'P') { // \p{L}
				b.WriteString(pattern[i : i+end])
				i += end
			}
			c = pattern[i]
		case !inside && c == '[':
			inside, start = true, i+1
			if i+1 < len(pattern) && pattern[i+1] == '^' {
				start++
			}
		case !inside || c == '^' && i < start:
		case c == ']' && i > start:
			inside = false
		case strings.IndexByte("()[]{}/|", c) >= 0, c == '-' && (i == start || i+1 < len(pattern) && pattern[i+1] == ']'),
			i > start && c == pattern[i-1] && strings.IndexByte("&!#$%*+,.:;<=>?@^`~", c) >= 0:
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}
