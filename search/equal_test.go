package search

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// filesReader reads an index out of what Build made.
func filesReader(t testing.TB, lang string, files []File) *Reader {
	t.Helper()
	byName := map[string][]byte{}
	for _, f := range files {
		byName[path.Base(f.Name)] = f.Data
	}
	r, err := NewReader(lang, func(name string) ([]byte, error) {
		if b, ok := byName[name]; ok {
			return b, nil
		}
		return nil, errors.New("no file " + name)
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// sampleWords are words of each language from which synthetic pages are made;
// endings multiply them, so that terms have forms on both sides of a cut.
var sampleWords = map[string][2]string{
	"en": {"birth certificate parking permit building waste water school tax registry marriage address market culture heritage library playground bicycle street office", " s ed ing ment er ers"},
	"bg": {"удостоверение раждане паркиране карта строеж отпадък вода училище данък регистър брак адрес пазар култура библиотека площадка улица кметство щъркел", " то та ите ия а и ове"},
	"sr": {"уверење рођење паркирање дозвола градња отпад вода школа порез регистар брак адреса пијаца култура библиотека игралиште улица општина шума", " а е у ом ама и их"},
	"el": {"πιστοποιητικό γέννηση στάθμευση άδεια οικοδομή απόβλητα νερό σχολείο φόρος μητρώο γάμος διεύθυνση αγορά πολιτισμός βιβλιοθήκη οδός δήμος", " ς υ ων ες"},
	"ka": {"მოწმობა დაბადება პარკირება ნებართვა მშენებლობა ნარჩენი წყალი სკოლა გადასახადი რეესტრი ქორწინება მისამართი ბაზარი კულტურა ბიბლიოთეკა ქუჩა", " ს ის ები ებში"},
	"hu": {"anyakönyv születés parkolás engedély építés hulladék víz iskola adó nyilvántartás házasság cím piac művelődés könyvtár játszótér utca hivatal", " i et ek ben nek"},
	"ar": {"شهادة ميلاد موقف رخصة بناء نفايات ماء مدرسة ضريبة سجل زواج عنوان سوق ثقافة مكتبة شارع بلدية", " ات ها ي"},
	"es": {"certificado nacimiento aparcamiento licencia obra basura agua escuela impuesto registro matrimonio domicilio mercado cultura biblioteca calle ayuntamiento", " s es a os ción"},
	"fr": {"certificat naissance stationnement permis construire déchet eau école impôt registre mariage adresse marché culture bibliothèque rue mairie", " s e es ment"},
	"pt": {"certidão nascimento estacionamento licença obra lixo água escola imposto registo casamento morada mercado cultura biblioteca rua câmara", " s es a os"},
	"de": {"geburt urkunde parken bewilligung bauen abfall wasser schule steuer register heirat anschrift markt kultur bücherei straße gemeinde", " e en es er s"},
	"it": {"certificato nascita parcheggio permesso edificio rifiuto acqua scuola imposta registro matrimonio indirizzo mercato cultura biblioteca via comune", " i e a o"},
	"ro": {"certificat naștere parcare autorizație construire deșeu apă școală impozit registru căsătorie adresă piață cultură bibliotecă stradă primărie", " i e le ul ului"},
	"pl": {"zaświadczenie urodzenie parkowanie pozwolenie budowa odpad woda szkoła podatek rejestr małżeństwo adres targ kultura biblioteka ulica gmina", " a u em y ami"},
	"uk": {"довідка народження паркування дозвіл будівництво відхід вода школа податок реєстр шлюб адреса ринок культура бібліотека вулиця громада", " а у ом и ами"},
	"ru": {"справка рождение парковка разрешение строительство отход вода школа налог реестр брак адрес рынок культура библиотека улица администрация", " а у ом и ами"},
	"hr": {"potvrda rođenje parkiranje dozvola gradnja otpad voda škola porez registar brak adresa tržnica kultura knjižnica ulica općina", " a e u om ama ima"},
	"tr": {"doğum belgesi ısıtma otopark ruhsat yapı atık su okul vergi kayıt evlilik adres pazar kültür kütüphane sokak belediye", " i in ler de"},
}

func sampleDocs(lang string, n int, seed uint64) iter.Seq[Document] {
	return func(yield func(Document) bool) {
		rng := rand.New(rand.NewPCG(seed, 1))
		stems, ends := strings.Fields(sampleWords[lang][0]), strings.Split(sampleWords[lang][1], " ")
		word := func() string {
			w := stems[int(float64(len(stems))*rng.Float64()*rng.Float64())]
			if rng.IntN(3) == 0 {
				w += stems[rng.IntN(len(stems))]
			}
			if rng.IntN(4) == 0 {
				r := []rune(w)
				w = string(r[:len(r)-1])
			}
			return w + ends[rng.IntN(len(ends))]
		}
		text := func(k int) string {
			var b []string
			for range k {
				b = append(b, word())
			}
			return strings.Join(b, " ")
		}
		for i := range n {
			d := Document{ID: fmt.Sprintf("s/%03d", i), URL: fmt.Sprintf("%s/s/%03d.html", lang, i), Title: text(3), Summary: text(8), Body: text(60),
				Type: []string{"service", "office", "news"}[i%3], Facets: map[string][]string{"topic": {fmt.Sprint(i % 5)}}, Headings: []string{text(2)}, Keywords: []string{word()}}
			if i%7 == 0 {
				d.Related = []string{fmt.Sprintf("s/%03d", (i+1)%n)}
			}
			if !yield(d) {
				return
			}
		}
	}
}

// TestShardedEqualsWhole: the files, read a shard at a time, answer exactly as
// the index they were made from: every word, prefixes, one edit
// anywhere, phrases, several words, filters; small shards, so that everything
// has a border next to it.
func TestShardedEqualsWhole(t *testing.T) {
	for lang := range sampleWords {
		for _, opt := range []Options{{SingleFile: -1, ShardBytes: 700, CardsPerFile: 3}, {}} {
			res, err := Build(lang, sampleDocs(lang, 90, 7), opt)
			if err != nil {
				t.Fatal(err)
			}
			if single := opt.SingleFile == 0; single != res.Report.Single {
				t.Fatalf("%s: single %v, files %d", lang, res.Report.Single, res.Report.Files)
			}
			r := filesReader(t, lang, res.Files)
			rng := rand.New(rand.NewPCG(3, 4))
			asked, found := 0, 0
			ask := func(q Query) {
				t.Helper()
				q.Explain = true
				want := res.Index.Search(q)
				got, err := r.Search(q)
				if err != nil {
					t.Fatalf("%s %q: %v", lang, q.Text, err)
				}
				if !reflect.DeepEqual(got, want) {
					t.Fatalf("%s %+v:\nsharded   %+v\nunsharded %+v", lang, q, got, want)
				}
				asked++
				found += min(1, want.Total)
			}
			var vocabulary []string
			// Words as they are written, not as they are folded: the code letters
			// of a form mean something else when they are typed.
			seen := map[string]bool{}
			for d := range sampleDocs(lang, 90, 7) {
				for _, w := range strings.Fields(d.Title + " " + d.Body + " " + d.Keywords[0]) {
					if !seen[w] {
						seen[w] = true
						vocabulary = append(vocabulary, w)
						ask(Query{Text: w, Whole: len(vocabulary)%2 == 0})
					}
				}
			}
			step := len(vocabulary)/10 + 1 // 10 words spread over the alphabet are enough; all are asked as they are
			for i, f := range vocabulary {
				if i%step > 0 {
					continue
				}
				r := []rune(f)
				for n := 1; n < len(r); n++ {
					ask(Query{Text: string(r[:n])})
				}
				for n := range r {
					ask(Query{Text: string(slices.Delete(slices.Clone(r), n, n+1)), Whole: n%2 == 0})
					ask(Query{Text: string(slices.Insert(slices.Clone(r), n, 'e')), Whole: n%2 == 1})
					if n > 0 {
						s := slices.Clone(r)
						s[n], s[n-1] = s[n-1], s[n]
						ask(Query{Text: string(s)})
					}
				}
			}
			for d := range sampleDocs(lang, 40, 7) {
				w := strings.Fields(d.Body)
				k := rng.IntN(len(w) - 6)
				ask(Query{Text: d.Title, Limit: 50})
				ask(Query{Text: `"` + strings.Join(w[k:k+2], " ") + `"`})
				ask(Query{Text: w[k] + ` "` + strings.Join(w[k+1:k+4], " ") + `" ` + w[k+5], Filters: map[string][]string{"type": {"service", "news"}, "topic": {"1", "2", "3"}}})
			}
			if found < asked/2 || len(vocabulary) < 200 {
				t.Errorf("%s: of %d queries %d found something, %d forms", lang, asked, found, len(vocabulary))
			}
		}
	}
}

// TestSameBytes: the order of documents does not show.
func TestSameBytes(t *testing.T) {
	docs := slices.Collect(sampleDocs("bg", 60, 9))
	build := func() []File {
		res, err := Build("bg", slices.Values(docs), Options{SingleFile: -1, ShardBytes: 900, Synonyms: [][]string{{"карта", "талон"}}})
		if err != nil {
			t.Fatal(err)
		}
		return res.Files
	}
	want := build()
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	if !reflect.DeepEqual(build(), want) {
		t.Error("another order of documents gave other files")
	}
}
