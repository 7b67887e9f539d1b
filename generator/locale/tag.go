package locale

// This file is about the tags of languages: their canonical form and what one
// falls back to. golang.org/x/text parses them; its matcher is not used, since
// it sends Macedonian readers to Bulgarian.

import (
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// renamed are withdrawn subtags of languages still met in the wild (IANA
// Language Subtag Registry) and Serbo-Croatian, which in practice is Serbian in
// Latin script.
var renamed = map[string]string{"iw": "he", "in": "id", "ji": "yi", "mo": "ro", "sh": "sr-Latn"}

// Canonical returns the tag as BCP 47 (RFC 5646, 2.1.1) writes it: "SR_latn"
// becomes "sr-Latn". Language, script, region and variants are kept, nothing is
// dropped or guessed. It fails on text that is no tag, on subtags that are not
// registered, on "und" and on extensions, which make no sense in an address.
func Canonical(tag string) (string, error) {
	t, err := language.Raw.Parse(tag)
	if err != nil {
		return "", fmt.Errorf("%q is no language tag", tag)
	}
	s := t.String()
	if len(t.Extensions()) > 0 || s == "und" || strings.HasPrefix(s, "und-") || strings.HasPrefix(s, "x-") {
		return "", fmt.Errorf("%q names no language", tag)
	}
	first, rest, more := strings.Cut(s, "-")
	if to := renamed[first]; to != "" {
		if to == "sr-Latn" && script(s) != "" {
			to = "sr"
		}
		if s = to; more {
			s += "-" + rest
		}
	}
	return s, nil
}

// languageOf returns the first subtag.
func languageOf(tag string) string {
	l, _, _ := strings.Cut(tag, "-")
	return l
}

// script returns the script subtag, or "".
func script(tag string) string {
	parts := strings.Split(tag, "-")
	if len(parts) > 1 && len(parts[1]) == 4 && (parts[1][0] < '0' || parts[1][0] > '9') {
		return parts[1]
	}
	return ""
}

// region returns the region subtag, or "".
func region(tag string) string {
	for i, p := range strings.Split(tag, "-") {
		if i > 0 && i < 3 && (len(p) == 2 || len(p) == 3 && p[0] <= '9') {
			return p
		}
	}
	return ""
}

// parent returns the tag whose data stand in for those of tag, or "".
func parent(tag string) string {
	if p := regions().Parents[tag]; p != "" {
		return p
	}
	i := strings.LastIndexByte(tag, '-')
	if i < 0 {
		return ""
	}
	// Outside the United States and what CLDR lists, English is written as in
	// most of the world.
	if languageOf(tag) == "en" && tag[:i] == "en" && tag != "en-001" && !american[tag[i+1:]] {
		return "en-001"
	}
	return tag[:i]
}

// american are the regions whose English begins dates with the month (CLDR 48).
var american = map[string]bool{"US": true, "AS": true, "GU": true, "MH": true, "MP": true, "PH": true, "PR": true, "UM": true, "VI": true, "CA": true, "BI": true, "JP": true}
