package words

import (
	"strings"
	"testing"
)

// TestLearn: endings learned from some words of a language give the keys of
// others, in a table of bytes, not of kilobytes, and the same one each time.
func TestLearn(t *testing.T) {
	for lang, c := range map[string][2]string{
		"bg": {"удостовер паркир строител раждан община кмет данък регистр адрес пазар култур библиотек площад улиц отпадъц воднист училищ деклараци заявлени служб граждан наследн имот сград", " а и ите ата ят ия ите ение ения ението ване ваният ски ска ските ен на но ни ните"},
		"es": {"certific notific registr municip licenc aparc construc matrimon document solicit ciudad impuest basur escuel bibliotec calle", "a o as os e es ación aciones ado ados idad al ales mente ero eros"},
		"hu": {"anyakönyv parkolás engedély építés hulladék iskola nyilvántartás házasság piac művelőd könyvtár játszótér utca hivatal kérelem adó", " i et ek ben nek hez tól t k ban nak ból unk juk"},
	} {
		l := For(lang)
		var tokens []string
		var lessons []Counted
		for _, s := range strings.Fields(c[0]) {
			for _, e := range strings.Split(c[1], " ") {
				tokens = append(tokens, s+e)
				lessons = append(lessons, Counted{l.Word([]byte(s + e)), 1})
			}
		}
		e := Learn(l, lessons)
		if e == nil {
			t.Fatalf("%s: nothing learned from %d words", lang, len(tokens))
		}
		if e.Exact < 0.7 || len(e.Rules) > 2000 {
			t.Errorf("%s: %.2f of %d right with %d bytes", lang, e.Exact, e.Tried, len(e.Rules))
		}
		if again := Learn(l, lessons); again.Rules != e.Rules {
			t.Errorf("%s: another table the second time", lang)
		}
		fresh := (&Endings{Folded: e.Folded, Marked: e.Marked, Rules: e.Rules}).Ready()
		for _, tok := range tokens {
			if a, b := e.Key(l, tok, l.Word([]byte(tok)).Form), fresh.Key(l, tok, l.Word([]byte(tok)).Form); a != b {
				t.Fatalf("%s: %s gives %q, read from its text %q", lang, tok, a, b)
			}
		}
	}
	if Learn(For("en"), []Counted{{For("en").Word([]byte("few")), 1}, {For("en").Word([]byte("words")), 1}}) != nil {
		t.Error("a table from two words")
	}
	if e := (*Endings)(nil); e.Key(For("en"), "words", "words") != "words" {
		t.Error("no table should leave a word as it is")
	}
}
