package words

import (
	"fmt"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestMemo: what is kept of a language is bounded, and what is not kept is
// analysed alike.
func TestMemo(t *testing.T) {
	l := newLanguage("bg")
	kept := func() (n int) {
		table := *l.memo.table.Load()
		for i := range table {
			if table[i].Load() != nil {
				n++
			}
		}
		return n
	}
	long := strings.Repeat("дълга", 8)
	if w := l.Word([]byte(long)); w.Token != long || kept() != 0 {
		t.Errorf("a word of %d bytes is kept", len(long))
	}
	room := []byte("общините")
	first := l.Word(room)
	copy(room, "x")
	if first != l.Word([]byte("общините")) || *first != *l.analyse("общините") {
		t.Errorf("kept as %+v", first)
	}
	for i := range 80_000 {
		tok := fmt.Sprintf("дума%c%c%c%c", 'а'+i%26, 'а'+i/26%26, 'а'+i/676%26, 'а'+i/17576%26)
		w := l.Word([]byte(tok))
		if i%97 == 0 && *w != *l.analyse(tok) {
			t.Fatalf("%s: %+v", tok, w)
		}
	}
	if n := kept(); n != maxKept {
		t.Errorf("%d words are kept, %d should be", n, maxKept)
	}
	if first != l.Word([]byte("общините")) {
		t.Error("the first word is kept no more")
	}
}

// TestTogether: many may ask one language at once, whatever its stemmer, and
// get what one alone gets. Run it with -race.
func TestTogether(t *testing.T) {
	tokens := strings.Fields("certificates informations registrazione удостоверенията данъци заявлението uverenjima šumama wnioski zaświadczenia довідок πιστοποιητικών მოწმობებში anyakönyvi straßen öğrencilerin المكتبات kirjastossa")
	for lang := range chains() {
		l, alone := newLanguage(lang), newLanguage(lang)
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				for i := range 2000 { // while the table grows
					tok := tokens[i%len(tokens)] + strconv.Itoa(i/len(tokens))
					if w, want := *l.Word([]byte(tok)), *alone.analyse(tok); w != want {
						t.Errorf("%s: %+v, alone %+v", lang, w, want)
					}
				}
				for _, tok := range tokens {
					if w, want := *l.Word([]byte(tok)), *alone.analyse(tok); w != want {
						t.Errorf("%s: %+v, alone %+v", lang, w, want)
					}
				}
			})
		}
		wg.Wait()
	}
}
