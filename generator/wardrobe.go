package generator

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"maps"
	"slices"
	"sync"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/theme"
	"belfry/search"
)

// Wardrobe keeps the themes that the portals of one process have in common: cut
// from the same files, lettered with the same texts, dyed in the same colours. A
// portal of thirty services spends a third of its time on these otherwise. It is
// safe for concurrent use, and the zero value is ready.
type Wardrobe struct {
	cuts    shelf[*cutTheme]
	letters shelf[*lettered]
	dyes    shelf[*Dressed]
}

// cutTheme is a theme read from its files.
type cutTheme struct {
	*theme.Theme
	key    [32]byte
	faults diag.List
}

// lettered is a theme with the texts of some languages.
type lettered struct {
	key        [32]byte
	templates  *theme.Templates
	messages   map[string]*locale.Messages
	hash       string // of all texts
	faults     diag.List
	incomplete []missingTexts
}

// missingTexts are keys of messages that a language does not have.
type missingTexts struct {
	lang string
	keys []string
}

// cut reads a theme: the built-in one under a portal's files.
func (w *Wardrobe) cut(overlay map[string][]byte) *cutTheme {
	h := sha256.New()
	for _, name := range slices.Sorted(maps.Keys(overlay)) {
		write(h, []byte(name), overlay[name])
	}
	key := [32]byte(h.Sum(nil))
	return w.cuts.get(key, func() *cutTheme {
		base, faults := theme.Load(overlay)
		return &cutTheme{base, key, faults}
	})
}

// letter gives a theme its texts. Own are the portal's files of messages by language.
func (w *Wardrobe) letter(base *cutTheme, languages []string, own map[string][][]byte) *lettered {
	h := sha256.New()
	write(h, base.key[:])
	for _, lang := range append([]string{"en"}, languages...) {
		write(h, []byte(lang), fmt.Append(nil, len(own[lang])))
		write(h, own[lang]...)
	}
	key := [32]byte(h.Sum(nil))
	return w.letters.get(key, func() *lettered {
		out := readTexts(base.Theme, languages, own)
		out.key = key
		texts := map[string]theme.Texts{}
		for _, lang := range languages {
			texts[lang] = out.messages[lang]
		}
		out.templates = base.Compile(texts)
		return out
	})
}

// dye gives a theme with its texts the colours of a brand.
func (w *Wardrobe) dye(base *cutTheme, texts *lettered, p theme.Palette, languages []string) *Dressed {
	h := sha256.New()
	write(h, texts.key[:], fmt.Appendf(nil, "%v", p))
	return w.dyes.get([32]byte(h.Sum(nil)), func() *Dressed {
		d := &Dressed{Look: base.Dress(p, search.LoaderScript(), languages), Templates: texts.templates, texts: texts.hash}
		d.sheet, d.running = d.Sheet("suggest"), string(d.Sheet("running"))
		d.finds = engines(languages, texts.messages, d.sheetPath())
		d.forms = formScript()
		return d
	})
}

// readTexts reads the interface texts of every language: the portal's changes over
// the theme's, those over English. A language that the theme does not know must be
// complete in the portal's messages/.
func readTexts(base *theme.Theme, languages []string, own map[string][][]byte) *lettered {
	out := &lettered{}
	built := base.Messages()
	h := sha256.New()
	master, more := locale.ParseMessages("theme/messages/en.yaml", built["en"], "en")
	out.faults = append(out.faults, more...)
	out.messages = map[string]*locale.Messages{"en": master}
	for _, lang := range append([]string{"en"}, languages...) {
		var layers []*locale.Messages
		add := func(file string, raw []byte) *locale.Messages {
			m, more := locale.ParseMessages(file, raw, lang)
			out.faults, layers = append(out.faults, more...), append(layers, m)
			h.Write(append(raw, 0))
			return m
		}
		if raw := builtTexts(lang, built); raw != nil {
			add("theme/messages/"+lang+".yaml", raw)
		}
		for _, raw := range own[lang] {
			out.faults = append(out.faults, add(messagesFile(lang), raw).Check(master)...)
		}
		m := master
		for _, layer := range layers {
			m = layer.Over(m)
		}
		missing := m.Missing(master)
		if layers == nil {
			missing = master.Keys()
		}
		if lang != "en" && len(missing) > 0 {
			out.incomplete = append(out.incomplete, missingTexts{lang, missing})
		}
		out.messages[lang] = m
	}
	out.hash = hex.EncodeToString(h.Sum(nil))
	return out
}

// write adds parts to a hash, each with its length.
func write(h hash.Hash, parts ...[]byte) {
	for _, p := range parts {
		fmt.Fprintf(h, "%d\x00", len(p))
		h.Write(p)
	}
}

// shelf keeps the last few values of a kind, each made once.
type shelf[T any] struct {
	mu   sync.Mutex
	kept []kept[T] // the one used last at the end
}

type kept[T any] struct {
	key  [32]byte
	make func() T
}

// shelfSize is how many values a shelf keeps: a fleet has few themes, and its memory
// must not grow with its towns.
const shelfSize = 8

// get takes the value of a key from the shelf, if it is there, or makes it.
func (s *shelf[T]) get(key [32]byte, make func() T) T {
	s.mu.Lock()
	at := slices.IndexFunc(s.kept, func(k kept[T]) bool { return k.key == key })
	k := kept[T]{key, sync.OnceValue(make)}
	if at >= 0 {
		k = s.kept[at]
		s.kept = slices.Delete(s.kept, at, at+1)
	} else if len(s.kept) == shelfSize {
		s.kept = slices.Delete(s.kept, 0, 1)
	}
	s.kept = append(s.kept, k)
	s.mu.Unlock()
	return k.make()
}
