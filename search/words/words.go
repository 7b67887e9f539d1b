// Package words turns text into the terms of a search index: it cuts text into
// words, folds every spelling and script of a word into one key, stems it, and
// learns from the stemmer a small table of endings that a browser can apply.
//
// A word passes through three shapes:
//
//	token   удостоверения   lowered, as written
//	form    udostoverenA    folded: what is typed in any script or spelling
//	key     udostovern      the folded stem: what groups forms into a term
//
// Stem first, fold after: folding first would damage what the stemmers know.
package words

import (
	_ "embed"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/ar"
	"github.com/blevesearch/bleve/v2/analysis/lang/bg"
	"github.com/blevesearch/bleve/v2/analysis/lang/cs"
	"github.com/blevesearch/bleve/v2/analysis/lang/da"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fi"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hr"
	"github.com/blevesearch/bleve/v2/analysis/lang/hu"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/nl"
	"github.com/blevesearch/bleve/v2/analysis/lang/no"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/lang/ro"
	"github.com/blevesearch/bleve/v2/analysis/lang/ru"
	"github.com/blevesearch/bleve/v2/analysis/lang/sv"
	"github.com/blevesearch/bleve/v2/analysis/lang/tr"
	"github.com/blevesearch/bleve/v2/registry"
)

//go:embed stop.json
var stopJSON []byte

// chain names what bleve has for a language: token filters before and for the
// stem, lists of words to leave out. own is a stemmer of ours in place of one.
type chain struct {
	filters []string
	stop    []string
	own     func() *suffixFilter
	floor   float64 // of the learned endings, held out
}

// chains are the languages with a stemmer. Any other language is indexed as it
// is written, folded by the general table.
func chains() map[string]chain {
	return map[string]chain{
		"ar": {filters: []string{ar.NormalizeName, ar.StemmerName}, stop: []string{ar.StopName}},
		"bg": {own: newBulgarian, stop: []string{bg.StopName}},
		"bs": {own: newSerbian, stop: nil},
		"cs": {stop: []string{cs.StopName}},
		"da": {filters: []string{da.SnowballStemmerName}, stop: []string{da.StopName}},
		"de": {filters: []string{de.NormalizeName, de.LightStemmerName}, stop: []string{de.StopName}},
		"el": {own: newGreek},
		"en": {filters: []string{en.SnowballStemmerName}, stop: []string{en.StopName}},
		"es": {filters: []string{es.NormalizeName, es.LightStemmerName}, stop: []string{es.StopName}},
		"fi": {filters: []string{fi.SnowballStemmerName}, stop: []string{fi.StopName}},
		"fr": {filters: []string{fr.LightStemmerName}, stop: []string{fr.StopName, fr.ArticlesName}},
		"hr": {filters: []string{hr.SuffixTransformationFilterName, hr.StemmerName}, stop: []string{hr.StopName}},
		"hu": {filters: []string{hu.SnowballStemmerName}, stop: []string{hu.StopName}},
		"it": {filters: []string{it.LightStemmerName}, stop: []string{it.StopName, it.ArticlesName}},
		"ka": {own: newGeorgian},
		"mk": {own: newMacedonian},
		"nl": {filters: []string{nl.SnowballStemmerName}, stop: []string{nl.StopName}},
		"no": {filters: []string{no.SnowballStemmerName}, stop: []string{no.StopName}},
		"pl": {own: newPolish},
		"pt": {filters: []string{pt.LightStemmerName}, stop: []string{pt.StopName}},
		"ro": {filters: []string{ro.SnowballStemmerName}, stop: []string{ro.StopName}},
		"ru": {filters: []string{ru.SnowballStemmerName}, stop: []string{ru.StopName}},
		"sr": {own: newSerbian},
		"sv": {filters: []string{sv.SnowballStemmerName}, stop: []string{sv.StopName}},
		"tr": {filters: []string{tr.SnowballStemmerName}, stop: []string{tr.StopName}, floor: 0.90},
		"uk": {own: newUkrainian},
	}
}

// Language is one language made ready: immutable, safe for use by many at once.
type Language struct {
	Code    string  // the language's own subtag: "sr" of "sr-Latn"
	Floor   float64 // least share of held-out words the learned endings must get right
	Stemmed bool    // false where forms are only folded, never stemmed
	table   Table
	fold    *folder
	filters []analysis.TokenFilter
	stop    map[string]bool // by folded form
	memo    *memo
}

// languages are those made ready, by code.
var languages sync.Map

// For gives a language, the same one to all who ask. tag is BCP 47; only its
// first subtag counts, so that pt-BR and pt, sr-Cyrl and sr-Latn meet. An unknown
// language works too: its words are folded and not stemmed.
func For(tag string) *Language {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	switch code {
	case "nb", "nn":
		code = "no"
	case "sh", "cnr":
		code = "sr"
	}
	if l, ok := languages.Load(code); ok {
		return l.(*Language)
	}
	l, _ := languages.LoadOrStore(code, newLanguage(code))
	return l.(*Language)
}

// newLanguage makes a language ready.
func newLanguage(code string) *Language {
	l := &Language{Code: code, Floor: 0.95, table: TableFor(code), stop: map[string]bool{}, memo: newMemo()}
	l.fold = newFolder(l.table)
	c := chains()[code]
	if c.floor > 0 {
		l.Floor = c.floor
	}
	cache := registry.NewCache()
	for _, name := range c.filters {
		f, err := cache.TokenFilterNamed(name)
		if err != nil {
			panic("search: " + err.Error()) // a name of this file, not of a caller
		}
		l.filters = append(l.filters, f)
	}
	if c.own != nil {
		l.filters = append(l.filters, c.own())
	}
	l.Stemmed = len(l.filters) > 0
	for _, name := range c.stop {
		words, err := cache.TokenMapNamed(name)
		if err != nil {
			panic("search: " + err.Error())
		}
		for w := range words {
			l.addStop(w)
		}
	}
	var own map[string]string
	if err := json.Unmarshal(stopJSON, &own); err != nil {
		panic("search: stop.json: " + err.Error())
	}
	list := own[code]
	if code == "bs" {
		list = own["sr"]
	}
	l.addStop(list)
	return l
}

func (l *Language) addStop(text string) {
	l.Tokens(text, false, func(tok []byte, _ int) { l.stop[l.fold.fold(string(tok))] = true })
}

// Table is the folding to ship to the browser, not to be changed.
func (l *Language) Table() Table { return l.table }

// Filters is the chain of token filters that stems, for the oracle in tests.
func (l *Language) Filters() []analysis.TokenFilter { return l.filters }

// Readings gives the form of a query's token and of its other readings.
func (l *Language) Readings(token string) []string { return l.fold.readings(token) }

// Raw gives a token in Latin letters, before the rules make one code letter of
// several: two letters that a typing error brought together are still two.
func (l *Language) Raw(token string) string { return l.fold.latin(token) }

// Spread writes the code letters of a form as Latin letters again.
func (l *Language) Spread(form string) string { return l.fold.spread.apply(form) }

// Articles are what may stand before a word, written together with it.
func (l *Language) Articles() []string { return l.fold.strip }

// Stops gives the forms of the words to leave out, sorted.
func (l *Language) Stops() []string { return slices.Sorted(maps.Keys(l.stop)) }

// Stem gives the stem of a token in its own script, unfolded. Words with a
// digit have none: a form's number is not a word.
func (l *Language) Stem(token string) string {
	if hasDigit(token) {
		return token
	}
	if len(l.fold.stem) > 0 {
		var b strings.Builder
		for _, r := range token {
			if s, ok := l.fold.stem[r]; ok {
				b.WriteString(s)
			} else {
				b.WriteRune(r)
			}
		}
		token = b.String()
	}
	room := streams.Get().(*stream)
	defer streams.Put(room)
	room.term = append(room.term[:0], token...)
	room.token = analysis.Token{Term: room.term, Position: 1, End: len(token)}
	room.list[0] = &room.token
	ts := analysis.TokenStream(room.list[:])
	for _, f := range l.filters {
		ts = f.Filter(ts)
	}
	if len(ts) == 0 || len(ts[0].Term) == 0 {
		return token
	}
	if term := ts[0].Term; !strings.HasPrefix(token, string(term)) {
		return string(term)
	}
	return token[:len(ts[0].Term)] // one text for both
}

// stream is room for one token on its way through the filters.
type stream struct {
	term  []byte
	token analysis.Token
	list  [1]*analysis.Token
}

var streams = sync.Pool{New: func() any { return new(stream) }}
