package words

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldJSON is the one table of folding: read here, shipped (each language its
// own slice of it) to the browser, and answered for by both with the vectors
// in testdata/vectors/fold.json.
//
//go:embed fold.json
var foldJSON []byte

// Table is the folding of one language, as it is shipped to the browser.
//
// Folding turns a written word into its key in six steps:
//
//  1. the text is brought into NFKC;
//  2. each character is lowered: Lower first, then the simple case mapping of
//     that character alone (so that no context, as of the Greek final sigma,
//     and no locale can differ between Go and JavaScript);
//  3. each character is replaced by Letters; one that is not there is
//     decomposed (NFD), loses its marks, and its base is looked up again;
//  4. what is now Latin letters is rewritten by Rules, from left to right, the
//     longest match at each place, into one code letter for each sound that
//     the scripts of the language write in several ways;
//  5. one of Strip goes off the front, if three letters stay (Arabic "ال");
//  6. for a query alone: Variants are other readings of a word typed in ASCII
//     (Bulgarian "y" for "ъ", German "ae" for "ä"), tried beside the first.
type Table struct {
	Lower    map[string]string   `json:"lower,omitempty"`
	Join     string              `json:"join,omitempty"`     // characters inside a word that are not part of it
	Cut      bool                `json:"cut,omitempty"`      // what follows an apostrophe is an ending
	Strip    string              `json:"strip,omitempty"`    // articles written together with the word, parted by spaces
	Letters  map[string]string   `json:"letters,omitempty"`  // one character to Latin letters
	Rules    map[string]string   `json:"rules,omitempty"`    // Latin letters to code letters
	Variants []map[string]string `json:"variants,omitempty"` // other readings of ASCII words
	Stem     map[string]string   `json:"-"`                  // characters to write otherwise before stemming
}

// allTables is the file: what holds for every language, and the languages.
type allTables struct {
	Lower   map[string]string
	Join    string
	Letters map[string]string
	Langs   map[string]struct {
		Table
		Stem map[string]string
	}
}

// TableFor gives the folding of a language, the general table where it has
// none of its own.
func TableFor(code string) Table {
	var all allTables
	if err := json.Unmarshal(foldJSON, &all); err != nil {
		panic("search: fold.json: " + err.Error())
	}
	own := all.Langs[code]
	t := own.Table
	t.Stem = own.Stem
	t.Lower = merged(all.Lower, own.Lower)
	t.Letters = merged(all.Letters, own.Letters)
	t.Join = all.Join + own.Join
	return t
}

func merged(a, b map[string]string) map[string]string {
	m := make(map[string]string, len(a)+len(b))
	for k, v := range a {
		m[k] = v
	}
	for k, v := range b {
		m[k] = v
	}
	return m
}

// fastRunes is below which characters tokens are cut by one look into a table:
// Latin, Greek and Cyrillic.
const fastRunes = 0x500

// folder is a Table made ready for use.
type folder struct {
	lower, letters, stem map[rune]string
	join                 map[rune]bool
	cut                  bool
	strip                []string
	fast                 [fastRunes]rune   // the lower case of letters and digits that have nothing special, else 0
	ends                 [fastRunes]bool   // characters that end a word and have no other meaning
	latins               [fastRunes]string // what step 3 makes of a character
	rules                rewriter
	spread               rewriter // code letters to Latin letters
	variants             []rewriter
}

func newFolder(t Table) *folder {
	f := &folder{lower: byRune(t.Lower), letters: byRune(t.Letters), stem: byRune(t.Stem),
		join: map[rune]bool{}, cut: t.Cut, strip: strings.Fields(t.Strip), rules: newRewriter(t.Rules)}
	for _, r := range t.Join {
		f.join[r] = true
	}
	for r := range rune(fastRunes) {
		if _, special := f.lower[r]; !special && !f.join[r] && r != 'ʼ' && (unicode.IsLetter(r) || unicode.Is(unicode.Nd, r)) {
			f.fast[r] = unicode.ToLower(r)
		}
		f.ends[r] = !f.join[r] && r != '\'' && r != '-' && r != 'ʼ' && !unicode.IsLetter(r) && !unicode.Is(unicode.Nd, r) && !unicode.IsMark(r)
	}
	for r := range f.latins {
		f.latins[r] = f.latinOf(rune(r))
	}
	f.spread = newRewriter(spreadOf(t))
	for _, v := range t.Variants {
		f.variants = append(f.variants, newRewriter(v))
	}
	return f
}

// spreadOf says how to write code letters out again: as the letter of the
// language that has one is written, else as the first of the rules does.
func spreadOf(t Table) map[string]string {
	out := map[string]string{}
	code := func(s string) (string, bool) {
		v := t.Rules[s]
		return v, len(s) > 1 && len(v) == 1 && v[0] >= 'A' && v[0] <= 'Z'
	}
	for _, k := range slices.Sorted(maps.Keys(t.Rules)) {
		if v, ok := code(k); ok && out[v] == "" {
			out[v] = k
		}
	}
	latin := slices.Collect(maps.Values(t.Letters))
	slices.SortFunc(latin, func(a, b string) int { return strings.Compare(b, a) })
	for _, l := range latin {
		if v, ok := code(l); ok {
			out[v] = l
		}
	}
	return out
}

func byRune(m map[string]string) map[rune]string {
	out := make(map[rune]string, len(m))
	for k, v := range m {
		out[[]rune(k)[0]] = v
	}
	return out
}

// lowered appends the lower case of one character.
func (f *folder) lowered(b []byte, r rune) []byte {
	if s, ok := f.lower[r]; ok {
		return append(b, s...)
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// latin is step 3 of the folding.
func (f *folder) latin(token string) string {
	var room [2 * maxToken]byte
	return string(f.appendLatin(room[:0], token))
}

func (f *folder) appendLatin(b []byte, token string) []byte {
	for _, r := range token {
		if r < fastRunes {
			b = append(b, f.latins[r]...)
		} else {
			b = append(b, f.latinOf(r)...)
		}
	}
	return b
}

// latinOf gives Latin letters for one character.
func (f *folder) latinOf(r rune) string {
	if s, ok := f.letters[r]; ok {
		return s
	}
	if r < 0x80 {
		return string(r)
	}
	var b strings.Builder
	for _, d := range norm.NFD.String(string(r)) {
		if unicode.Is(unicode.Mn, d) {
			continue
		}
		if s, ok := f.letters[d]; ok {
			b.WriteString(s)
		} else {
			b.WriteRune(d)
		}
	}
	return b.String()
}

// fold gives the key of a lowered word.
func (f *folder) fold(token string) string {
	var latin, folded [2 * maxToken]byte
	b := f.rules.append(folded[:0], f.appendLatin(latin[:0], token))
	for _, p := range f.strip {
		if len(b) > len(p) && string(b[:len(p)]) == p && utf8.RuneCount(b[len(p):]) > 2 {
			b = b[len(p):]
			break
		}
	}
	if string(b) == token {
		return token
	}
	return string(b)
}

// readings gives the key of a lowered word and, for one typed in ASCII, those
// of its other readings; no key twice, the plain one first.
func (f *folder) readings(token string) []string {
	out := []string{f.fold(token)}
	for i := 0; i < len(token); i++ {
		if token[i] >= 0x80 {
			return out
		}
	}
	for _, v := range f.variants {
		k := f.rules.apply(v.apply(token))
		known := false
		for _, o := range out {
			known = known || o == k
		}
		if !known {
			out = append(out, k)
		}
	}
	return out
}

// rewriter replaces strings from left to right, the longest match at each
// place. It has a list of pairs for each first byte, or none at all.
type rewriter [][][2]string

func newRewriter(m map[string]string) rewriter {
	if len(m) == 0 {
		return nil
	}
	w := make(rewriter, 256)
	for k, v := range m {
		w[k[0]] = append(w[k[0]], [2]string{k, v})
	}
	for _, l := range w {
		sort.Slice(l, func(i, j int) bool { return len(l[i][0]) > len(l[j][0]) })
	}
	return w
}

func (w rewriter) apply(s string) string {
	if w == nil {
		return s
	}
	return string(w.append(nil, []byte(s)))
}

// append adds s rewritten to b, or s itself where there is nothing to rewrite.
func (w rewriter) append(b, s []byte) []byte {
	if w == nil {
		return append(b, s...)
	}
next:
	for i := 0; i < len(s); {
		for _, p := range w[s[i]] {
			if len(s)-i >= len(p[0]) && string(s[i:i+len(p[0])]) == p[0] {
				b = append(b, p[1]...)
				i += len(p[0])
				continue next
			}
		}
		b = append(b, s[i])
		i++
	}
	return b
}
