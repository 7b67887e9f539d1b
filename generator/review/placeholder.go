package review

import (
	"bytes"
	"regexp"
	"unicode/utf8"

	"belfry/generator/diag"
)

// unfinished matches what writers leave for later. Words must stand alone, and
// in capitals where they are words of some language.
var unfinished = regexp.MustCompile(`(?:^|[^\pL\pN_])(TODO|TBD|FIXME|XXX+|ХХХ+|(?i:lorem ipsum)|\?\?\?+|(?i:\[(?:insert|your|попълнете|въведете|completați)[^\]\n]*\]))(?:$|[^\pL\pN_(])`)

// placeholder: nothing is published that says “to do”.
func placeholder(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		for _, d := range in.documents(e) {
			for n, line := range bytes.Split(in.Source(d.File), []byte("\n")) {
				m := unfinished.FindSubmatchIndex(line)
				if m == nil || bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) && n+1 < d.Body.Line {
					continue // a comment of the front matter
				}
				text := string(line[m[2]:m[3]])
				tell(diag.Pos{File: d.File, Line: n + 1, Col: 1 + utf8.RuneCount(line[:m[2]]), Len: utf8.RuneCountInString(text)}, "text", text)
			}
		}
	}
}
