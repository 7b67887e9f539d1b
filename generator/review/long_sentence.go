package review

import (
	"strconv"
	"strings"

	"belfry/generator/diag"
)

// longSentence: nobody has to read a sentence twice. How many words are too
// many depends on the language (reading.yaml).
func longSentence(in *Input, tell func(diag.Pos, ...string)) {
	for e := range in.shown {
		for _, d := range in.documents(e) {
			limit := readingOf(d.Lang).Sentence
			if limit == 0 {
				continue
			}
			for _, p := range passages(d) {
				for _, s := range sentences(p.text) {
					n := len(wordsOf(s))
					if n <= limit {
						continue
					}
					words := strings.Fields(s)
					start := strings.Join(words[:min(4, len(words))], " ")
					at, ok := in.find(d.File, start, p.line)
					if !ok {
						at, ok = in.find(d.File, strings.Join(words[:min(2, len(words))], " "), p.line)
					}
					if !ok {
						at = diag.Pos{File: d.File, Line: p.line}
					}
					tell(at, "words", strconv.Itoa(n), "limit", strconv.Itoa(limit), "start", start)
				}
			}
		}
	}
}
