package audit

import (
	"strings"
	"unicode"
)

// vague are words that say nothing of where a link leads, by language.
var vague = map[string]string{
	"en": "here|click here|press here|read more|more|learn more|link|this link|this page|this|details|see more|go",
	"bg": "тук|натиснете тук|кликнете тук|вижте тук|виж тук|от тук|оттук|още|прочетете още|прочети още|повече|линк|връзка|този линк|подробности",
	"ro": "aici|click aici|apăsați aici|apăsaţi aici|de aici|mai mult|mai multe|citește mai mult|citiți mai mult|detalii|link|acest link",
	"sr": "овде|кликните овде|више|опширније|прочитајте више|линк|ovde|kliknite ovde|više|opširnije|pročitajte više|link",
	"hr": "ovdje|kliknite ovdje|više|opširnije|link", "bs": "ovdje|kliknite ovdje|više|link", "mk": "овде|кликнете овде|повеќе|линк",
	"es": "aquí|pulse aquí|haga clic aquí|haz clic aquí|clic aquí|más|leer más|ver más|saber más|enlace|este enlace",
	"fr": "ici|cliquez ici|cliquer ici|en savoir plus|lire la suite|plus|lien|ce lien|voir plus",
	"de": "hier|hier klicken|klicken sie hier|mehr|weiterlesen|weitere informationen|link|dieser link",
	"it": "qui|clicca qui|cliccare qui|leggi tutto|leggi di più|altro|di più|link", "pt": "aqui|clique aqui|saiba mais|leia mais|mais|ligação|link",
	"el": "εδώ|πατήστε εδώ|κάντε κλικ εδώ|περισσότερα|διαβάστε περισσότερα", "tr": "burada|buraya|buraya tıklayın|tıklayın|tıklayınız|devamı|daha fazla",
	"uk": "тут|натисніть тут|детальніше|більше|посилання", "ru": "здесь|тут|нажмите здесь|подробнее|ещё|ссылка",
	"pl": "tutaj|tu|kliknij tutaj|więcej|czytaj więcej|link", "hu": "itt|ide|kattintson ide|tovább|bővebben|link", "ka": "აქ|დააჭირეთ აქ|მეტი|ბმული",
	"ar": "هنا|اضغط هنا|انقر هنا|المزيد|اقرأ المزيد|رابط", "sq": "këtu|klikoni këtu|më shumë", "nl": "hier|klik hier|meer|lees meer|link",
}

// linkText: people who listen jump from link to link and hear the words of the
// link alone; “here” leads nowhere then (WCAG 2.2, 2.4.4 and 2.4.9).
func linkText(p *page) {
	p.each("a", func(i int, e *element) {
		href, ok := e.get("href")
		if !ok || p.hidden(i) {
			return
		}
		said := p.named(i)
		tag, _, _ := strings.Cut(strings.ToLower(p.langOf(i)), "-")
		plain := strings.ToLower(strings.TrimFunc(said, func(r rune) bool { return unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsSpace(r) }))
		for _, words := range []string{vague[tag], vague["en"]} {
			if plain != "" && strings.Contains("|"+words+"|", "|"+plain+"|") {
				p.tell(e, append([]string{"[" + said + "]", ">" + said + "<"}, hrefNeedles(href, said)...), "text", said)
				return
			}
		}
	})
}

// hrefNeedles are the ways a link may stand in a source.
func hrefNeedles(href, words string) []string {
	file, _, _ := strings.Cut(href, "#")
	last := strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".html")
	out := []string{`="` + href + `"`}
	if href != "" {
		out = append(out, "]("+href, href)
	}
	if words != "" {
		out = append(out, "["+words+"]")
	}
	if last != "" {
		out = append(out, ":"+last+")", "/"+last+".md", "("+last+".md", last)
	}
	if words != "" {
		out = append(out, words)
	}
	return out
}
