package words

import "golang.org/x/text/unicode/norm"

// newGreek takes the endings of nouns and adjectives off words without accent,
// after the classes of G. Ntais ("Development of a stemmer for the Greek
// language", master's thesis, Stockholm University, 2006), longest first; the neuters in -μα and the feminines in
// -ση/-σεις keep one stem through their long cases.
func newGreek() *suffixFilter {
	f := &suffixFilter{steps: []step{
		newStep(2, `ματων>μ ματοσ>μ ματα>μ μα>μ σεων>σ σεωσ>σ σεισ>σ σησ>σ ση>σ ξεων>ξ ξεωσ>ξ ξεισ>ξ ξησ>ξ ξη>ξ ψεων>ψ ψεισ>ψ ψησ>ψ ψη>ψ`),
		newStep(3, `ιουσ ουσ οισ εισ εων εωσ ιων ιου ιοι ιοσ ιον ιεσ ιασ ιησ ησ ασ εσ οσ υσ ουν ων ου οι ει ον ια ιη ιο ιε α η ο ι ε υ ω`),
	}}
	return &suffixFilter{last: func(w string) string { return f.stem(withoutMarks(w)) }}
}

// withoutMarks drops every combining mark.
func withoutMarks(w string) string {
	out := make([]rune, 0, len(w))
	for _, r := range norm.NFD.String(w) {
		if r < 0x300 || r > 0x36f {
			out = append(out, r)
		}
	}
	return string(out)
}
