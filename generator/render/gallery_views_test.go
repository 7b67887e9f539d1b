package render_test

import (
	"html/template"
	"strconv"

	"belfry/generator/render"
)

// gallery is one page for every layout, most of them in Bulgarian or English,
// some once more with what is rare: an emergency, a fallback, many languages.
func gallery() []shown {
	services := link("Услуги", "list.html")
	home := link("Начало", "home.html")
	enHome := link("Home", "home.html")
	fallback := with(view("en", "service", "Удостоверение за раждане (дубликат)", "Когато първото е изгубено, повредено или са ви нужни още екземпляри.", enHome, link("Services", "list.html")), bulgarianService())
	fallback.Text = render.TextLang{Lang: "bg", Dir: "ltr"}
	fallback.Fallback = &render.Fallback{Notice: "This page is not yet in English. It is shown in Bulgarian.", Source: render.Link{Text: "Go to the page in Български", Href: "../bg/service.html", HrefLang: "bg"}}
	fallback.Alerts.Emergency = []render.Alert{{Title: link("The Danube is over its banks. Stay off the quay", "alert.html"), Until: "until 20 August"}}
	fallback.Content.(*render.Service).Status = &render.Status{Level: "warning", Label: "Suspended for now.", Note: "The counter is being rebuilt. Apply online, or come to the town hall from 1 September."}
	fallback.Head.Canonical = "https://beli-breg.example/bg/services/birth-certificate.html"
	full := with(view("bg", "service", "Удостоверение за раждане (дубликат)", "Когато първото е изгубено, повредено или са ви нужни още екземпляри.", home, services, link("Гражданско състояние", "topic.html")), bulgarianService())
	full.Kicker = linkp("Стъпка 2 от: Роди ви се дете", "life-event.html")
	full.Contents = []render.Link{link("За кого е", "#who"), link("Как става", "#how"), link("Какво ви трябва", "#need")}
	warned := with(view("en", "list", "Services", "The price and the time stand at the end of every line.", enHome), serviceList())
	warned.Alerts = render.Alerts{
		Warning: []render.Alert{{Title: link("No water in the Pristan quarter", "alert.html"), Until: "until 18 August"}, {Title: link("Lozenska street is closed", "alert.html")}},
		Info:    []render.Alert{{Title: link("The town hall closes at noon on 24 December", "alert.html")}},
	}
	return []shown{
		{"bg/home.html", bulgarianHome()},
		{"bg/service.html", full},
		{"bg/calendar.html", with(view("bg", "calendar", "Календар", "", home), month())},
		{"ar/service.html", arabicService()},
		{"en/service.html", many(fallback)},
		{"en/home.html", englishHome()},
		{"en/list.html", warned},
		{"en/topic.html", with(view("en", "topic", "Civil status", "Births, marriages, deaths, names.", enHome, link("Services", "list.html")), &render.List{Intro: prose(`<p>The civil registry keeps the records of everyone who was born, married or died here.</p>`), Groups: []render.Group{{ID: "services", Title: "Services", Rows: priceRows()}, {ID: "guides", Title: "Guides", Rows: []render.Row{{Link: link("Electronic identification", "guide.html"), Text: "What it is and how you get it"}}}}})},
		{"bg/a-to-z.html", with(view("bg", "a-to-z", "Услуги от А до Я", "Цената и срокът са до всяка.", home, services), letters())},
		{"en/directory.html", with(view("en", "directory", "Organisations and businesses", "", enHome), directory())},
		{"en/news-list.html", with(view("en", "news-list", "News", "", enHome), newsList())},
		{"en/notices.html", with(view("en", "notices", "Official notices", "Tenders, vacancies, consultations, grants, decisions.", enHome), notices())},
		{"en/documents.html", with(view("en", "list", "Documents", "", enHome), &render.List{Groups: []render.Group{{ID: "all", Rows: []render.Row{{Kind: "Budget", Link: link("Budget of the municipality for 2026", "document.html"), Text: "Decision 14 of the municipal council", Price: "12 January 2026", Time: "PDF, 1.2 MB"}}}}})},
		{"en/site-map.html", with(view("en", "site-map", "Site map", "", enHome), &render.List{Groups: []render.Group{{ID: "services", Title: "Services", Rows: []render.Row{{Link: link("Birth certificate (copy)", "service.html")}, {Link: link("Change of address", "service.html")}}, More: linkp("The whole list", "list.html")}}})},
		{"en/faq.html", with(view("en", "faq", "Questions and answers", "What people ask us most.", enHome), &render.List{Answers: []render.AnswerGroup{
			{ID: "topic-waste", Title: "Waste", Items: []render.Answer{{ID: "when", Question: "When is my bin emptied?", Text: prose(`<p>Once a week. The <a href="list.html">calendar of your street</a> says on which day.</p>`)}, {ID: "lost", Question: "My bin is gone. What now?", Text: prose(`<p>Call us. You get another within three days.</p>`)}}},
			{ID: "other", Title: "Other", Items: []render.Answer{{ID: "dogs", Question: "Трябва ли каишка?", Lang: render.TextLang{Lang: "bg", Dir: "ltr"}, Text: prose(`<p>Да, навсякъде в града.</p>`)}}},
		}})},
		{"bg/office.html", with(view("bg", "office", "Гражданско състояние", "Раждане, брак, смърт, адресна регистрация.", home, link("Звена", "list.html")), office())},
		{"en/life-event.html", with(view("en", "life-event", "A child is born", "What to do in the first weeks, in the right order.", enHome, link("Life events", "list.html")), lifeEvent())},
		{"en/step-by-step.html", with(view("en", "step-by-step", "Open a café", "From the first idea to the first guest.", enHome), journey())},
		{"en/guide.html", with(view("en", "guide", "Electronic identification", "What it is, how you get it, where you use it.", enHome, link("Guides", "list.html")), &render.Guide{Parts: []render.Link{{Text: "Before you start", Href: "guide.html"}, {Text: "What papers you need", Href: "guide.html", Current: true}, link("How long it takes", "guide.html")}, Part: "What papers you need", Text: prose(everyElement), Previous: linkp("Before you start", "guide.html"), Next: linkp("How long it takes", "guide.html")})},
		{"en/page.html", page()},
		{"en/news.html", news()},
		{"en/alert.html", with(view("en", "alert", "No water in the Pristan quarter", "Works on the main pipe.", enHome), &render.Article{Facts: []render.Fact{{Icon: "clock", Label: "Until", Value: "18 August", Detail: "Tuesday 18 August 2026"}}, Text: prose(`<p>Water is off from 9:00 to 16:00. A tanker stands in front of the school.</p>`)})},
		{"en/document.html", with(view("en", "document", "Agreement on the ferry", "", enHome, link("Documents", "list.html")), &render.Article{Facts: []render.Fact{{Icon: "document", Label: "Kind", Value: "Agreement"}, {Icon: "calendar", Label: "Date", Value: "3 March 2026"}, {Icon: "person", Label: "Parties", Value: "Malu Alb", Detail: "Beli Breg"}}, Text: prose(`<p>The two towns run the ferry together.</p>`), Files: []render.Row{{Link: link("Agreement on the ferry", "page.html"), Time: "PDF, 240 kB"}}})},
		{"en/notice.html", with(view("en", "notice", "Lease of shop 14 in the market", "", enHome, link("Official notices", "notices.html")), &render.Article{Status: &render.Status{Level: "info", Label: "This notice is closed.", Note: "It stays here so that it can be looked up."}, Facts: []render.Fact{{Icon: "document", Label: "Kind", Value: "Auction"}, {Icon: "calendar", Label: "Closes", Value: "31 August", Detail: "Monday 31 August 2026, 17:00"}}, Text: prose(`<p>The rent begins at 120 € a month.</p>`), Files: []render.Row{{Link: link("Conditions", "page.html"), Time: "PDF, 90 kB"}}, Contact: contact("en")})},
		{"en/event.html", with(view("en", "event", "Danube day", "Music, boats and fish soup on the quay.", enHome, link("Calendar", "calendar.html")), &render.Event{Facts: []render.Fact{{Icon: "calendar", Label: "When", Value: "15 August", Detail: "Saturday 15 August 2026, from 18:00"}, {Icon: "where", Label: "Where", Value: "Quay Square"}}, Text: prose(`<p>Bring a chair.</p>`), Calendar: linkp("Add to your calendar (iCal)", "event.ics"), More: render.Group{ID: "more", Title: "Coming up", Rows: eventRows()}})},
		{"en/entry.html", with(view("en", "entry", "Lodka Society", "Rowing club on the quay, for everyone from eight years.", enHome, link("Directories", "directory.html")), &render.Entry{Facts: []render.Fact{{Icon: "shop", Label: "Kind", Value: "Association"}}, Text: prose(`<p>Training on Tuesdays and Thursdays.</p>`), Contact: contact("en")})},
		{"en/search.html", with(view("en", "search", "Search", "", enHome), &render.Search{Example: "“birth” or “rubbish”", Messages: map[string]string{"nothing": "Nothing found for “{query}”."}, Wanted: render.Group{ID: "wanted", Title: "Most wanted", Rows: priceRows()}, Contact: contact("en")})},
		{"index.html", frontDoor()},
		{"404.html", lost()},
		{"old.html", with(view("en", "redirect", "Birth certificate (copy)", ""), &render.Moved{To: link("Birth certificate (copy)", "en/service.html")})},
	}
}

func contact(lang string) *render.Contact { c := towns[lang].contact; return &c }

func bulgarianService() *render.Service {
	return &render.Service{
		Facts: []render.Fact{
			{Icon: "price", Label: "Цена", Value: "2,50 €", Detail: "бърза: 5,00 €"}, {Icon: "time", Label: "Срок", Value: "3 дни", Detail: "работни; бърза: 1 ден"},
			{Icon: "bring", Label: "Носите", Value: "лична карта", Detail: "за друг – пълномощно", More: linkp("+ още 1", "#need")}, {Icon: "where", Label: "Къде", Value: "онлайн", Detail: "или на гише 2"}},
		Action:      linkp("Заявете онлайн", "page.html"),
		Intro:       prose(`<p>Издава се въз основа на акта за раждане, който се пази в общината.</p>`),
		Eligibility: prose(`<p>За всеки, чието раждане е вписано в Бели бряг. Може да го поиска и:</p><ul><li>родител, настойник или попечител;</li><li>наследник;</li><li>друг човек с нотариално заверено пълномощно.</li></ul>`),
		Steps: []render.Step{{Number: "1", Title: "Подайте заявление", Text: prose(`<p>Онлайн с електронна идентификация или на гише 2. Отнема около пет минути.</p>`)}, {Number: "2", Title: "Платете таксата", Text: prose(`<p>С карта, на каса в центъра или по банков път.</p>`)},
			{Number: "3", Text: prose(`<p>Получете удостоверението на гише, по пощата или по електронен път.</p>`)}},
		Evidence: []render.Item{{Name: "Лична карта", Text: "Показвате я, не я оставяте."}, {Name: "Пълномощно", Text: "Само ако подавате за друг човек.", Detail: "оригинал, заверен от нотариус"}},
		Output:   []render.Item{{Name: "Удостоверение за раждане", Text: "Валидно е безсрочно."}},
		Costs:    []render.Cost{{Name: "Обикновена", Time: "3 работни дни", Price: "2,50 €"}, {Name: "Бърза", Time: "1 работен ден", Price: "5,00 €", Detail: "на каса или с карта"}},
		Channels: []render.Channel{{Kind: "online", Label: "Онлайн", Links: []render.Link{link("Заявление за удостоверение за раждане", "page.html")}, Detail: "Плащате с карта."}, {Kind: "in-person", Label: "На гише", Links: []render.Link{link("Гражданско състояние", "office.html")}, Text: "пл. „Дунав“ 1", Hours: []render.Hours{{Days: "понеделник – петък,", Times: "8:30 – 17:00"}}},
			{Kind: "post", Label: "По пощата", Links: []render.Link{{Text: "Заявление за печат", Href: "page.html", Note: "PDF, 48 КБ"}}}},
		Auth: "Влизате с електронна идентификация.", Languages: "Езици: български.",
		Deadlines:  []render.Item{{Name: "Ново раждане", Text: "Съобщава се до 7 дни."}},
		NoResponse: prose(`<p>Ако не получите отговор до 7 дни, пишете на кмета.</p>`),
		Redress:    prose(`<p>Може да обжалвате отказа пред Административен съд – Русе до 14 дни след като го получите.</p>`),
		Contact:    contact("bg"),
		Legal:      []render.Link{{Text: "Закон за гражданската регистрация, чл. 87", Href: "https://lex.example/zgr", External: true}, {Text: "Наредба № РД-02-20-9 за функциониране на ЕСГРАОН", Href: "https://lex.example/naredba", External: true}},
		Related:    []render.Row{row("Удостоверение за брак", "", "2,50 €", "3 дни")},
	}
}

func arabicService() *render.View {
	v := with(view("ar", "service", "شهادة ميلاد (نسخة ثانية)", "إذا ضاعت الشهادة الأولى أو تلفت أو احتجت إلى نسخ إضافية.", link("الرئيسية", "service.html"), link("الخدمات", "service.html"), link("الأحوال المدنية", "service.html")), &render.Service{
		Facts:       []render.Fact{{Icon: "price", Label: "الرسم", Value: "2.50 €", Detail: "العاجلة: 5.00 €"}, {Icon: "time", Label: "المدة", Value: "3 أيام", Detail: "أيام عمل؛ العاجلة: يوم واحد"}, {Icon: "bring", Label: "أحضر معك", Value: "بطاقة الهوية", Detail: "وعن غيرك: وكالة"}, {Icon: "where", Label: "أين", Value: "عبر الإنترنت", Detail: "أو في الشباك 2"}},
		Action:      linkp("قدّم الطلب عبر الإنترنت", "service.html"),
		Eligibility: prose(`<p>لكل من سُجّل ميلاده في بيلي برياغ. ويمكن أن يطلبها أيضًا:</p><ul><li>أحد الوالدين أو الوصي؛</li><li>أحد الورثة؛</li><li>شخص آخر يحمل وكالة مصدّقة من كاتب العدل.</li></ul>`),
		Steps:       []render.Step{{Number: "1", Title: "قدّم الطلب", Text: prose(`<p>عبر الإنترنت أو في الشباك 2. يستغرق ذلك نحو خمس دقائق.</p>`)}, {Number: "2", Title: "ادفع الرسم", Text: prose(`<p>بالبطاقة أو في الصندوق أو بحوالة مصرفية.</p>`)}, {Number: "3", Title: "استلم الشهادة", Text: prose(`<p>في الشباك أو بالبريد. سنتصل بك إن كان هناك نقص.</p>`)}},
		Costs:       []render.Cost{{Name: "عادية", Time: "3 أيام عمل", Price: "2.50 €"}, {Name: "عاجلة", Time: "يوم عمل واحد", Price: "5.00 €"}},
		Contact:     contact("ar"),
	})
	return v
}

func priceRows() []render.Row {
	return []render.Row{row("Certificate of heirs", "For inheritance, property and bank accounts", "2.50 €", "3 days"), row("Change of address", "Permanent or current address", "free", "at once"), row("Resident parking", "Card for zone A, B or C, for one year", "12.00 €", "5 days"), row("Household waste fee", "Bill, payment and reductions", "by property", "at once"), {Link: link("Регистрация на куче", "service.html"), Text: "До 30 дни след като го вземете", Price: "6.00 €", Time: "at once", Service: true, Lang: render.TextLang{Lang: "bg", Dir: "ltr"}}}
}

func serviceList() *render.List {
	return &render.List{Count: "34 services", Tabs: []render.Link{{Text: "By topic", Href: "list.html", Current: true}, link("Services A to Z", "a-to-z.html"), link("Citizens", "list.html"), link("Business", "list.html")},
		Groups: []render.Group{{ID: "topic-civil", Title: "Civil status", Rows: priceRows(), More: linkp("Civil status", "topic.html")}, {ID: "topic-waste", Title: "Waste and the environment", Rows: priceRows()[2:4]}},
		Pager:  &render.Pager{Label: "Pages", Previous: linkp("Previous", "list.html"), Next: linkp("Next", "list.html"), Pages: []render.Link{link("1", "list.html"), {Text: "2", Href: "list.html", Current: true}, link("3", "list.html")}}}
}

func letters() *render.List {
	l := &render.List{Count: "12 услуги"}
	for i, g := range []struct {
		letter string
		rows   []render.Row
	}{
		{"А", []render.Row{row("Адресна карта", "", "безплатно", "веднага"), row("Акт за смърт, препис", "", "2,50 €", "3 дни")}}, {"Б", []render.Row{row("Брак: граждански ритуал", "Дата, зала и документи", "15,00 €", "по уговорка")}},
		{"Д", []render.Row{row("Данък върху имот", "Деклариране, плащане, намаления", "по имот", "веднага"), row("Детска градина: прием", "До 31 май за следващата година", "безплатно", "10 дни")}},
	} {
		id := "l" + strconv.Itoa(i+1)
		l.Letters = append(l.Letters, link(g.letter, "#"+id))
		l.Groups = append(l.Groups, render.Group{ID: id, Title: g.letter, Compact: true, Rows: g.rows})
	}
	return l
}

func directory() *render.List {
	return &render.List{Count: "20 entries", Facets: []render.Link{{Text: "All", Href: "directory.html", Note: "20", Current: true}, {Text: "Businesses", Href: "directory.html", Note: "12"}, {Text: "Associations", Href: "directory.html", Note: "8"}},
		Groups: []render.Group{{ID: "all", Rows: []render.Row{{Link: link("Lodka Society", "entry.html"), Text: "Rowing club on the quay", Price: "082 000 300", Time: "Pristan"}, {Link: link("Saddler Petrov", "entry.html"), Text: "Bags, belts and repairs", Price: "082 000 301"}}}}}
}

func newsList() *render.List {
	return &render.List{Feeds: []render.Link{link("News as a feed (Atom)", "feed.xml")}, Groups: []render.Group{
		{ID: "y2026", Title: "2026", Compact: true, Rows: []render.Row{{Link: link("The summer market opens on Sundays too", "news.html"), Text: "12 August 2026"}, {Link: link("The bridge in Lozenska street is open again", "news.html"), Text: "6 August 2026"}}},
		{ID: "y2025", Title: "2025", Compact: true, Rows: []render.Row{{Link: link("New bins for glass", "news.html"), Text: "3 November 2025"}}}}}
}

func notices() *render.List {
	return &render.List{Groups: []render.Group{
		{ID: "open", Title: "Open", Rows: []render.Row{{Kind: "Auction", Link: link("Lease of shop 14 in the market", "notice.html"), Text: "The rent begins at 120 € a month", Time: "until 31 August 2026"}, {Kind: "Vacancy", Link: link("Clerk in the civil registry", "notice.html"), Time: "until 4 September 2026"}}},
		{ID: "closed", Title: "Closed", Rows: []render.Row{{Kind: "Consultation", Link: link("Rules on noise", "notice.html"), Time: "until 1 August 2026"}}}}}
}

func office() *render.Office {
	o := &render.Office{
		Facts:    []render.Fact{{Icon: "phone", Label: "Телефон", Value: "082 000 120", Href: "tel:082000120"}, {Icon: "time", Label: "Часове", Value: "8:30 – 17:00", Detail: "понеделник – петък"}, {Icon: "where", Label: "Адрес", Value: "пл. „Дунав“ 1", Detail: "7180 Бели бряг"}, {Icon: "wheelchair", Label: "Достъп", Value: "без стъпала", Href: "#access"}},
		Intro:    prose(`<p>На партера, вдясно от входа.</p>`),
		Zone:     "Europe/Sofia",
		ClosedOn: "2026-09-22 2026-12-24/2026-12-28",
		Closures: []render.Item{{Name: "22 септември 2026 г.", Text: "Ден на независимостта"}},
		Contact:  contact("bg"), Map: &render.Link{Text: "Карта", Href: "https://www.openstreetmap.org/", External: true},
		Access:   prose(`<p>Входът откъм площада има рампа.</p>`),
		Services: render.Group{ID: "services", Title: "Какво правим", Rows: []render.Row{row("Удостоверение за раждане (дубликат)", "", "2,50 €", "3 дни")}},
		Parent:   linkp("Община Бели бряг", "office.html"),
		OpenNow:  render.OpenTexts{Open: "Отворено сега, до {time}", Closed: "Сега е затворено.", Opens: "Сега е затворено. Отваря {day} {time}"},
	}
	for i, day := range []string{"понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя"} {
		d := render.DayHours{Day: day, Number: i + 1, Times: "8:30 – 17:00", Spans: "510-1020"}
		if i > 4 {
			d.Times, d.Spans, d.Closed = "затворено", "", true
		}
		o.Week = append(o.Week, d)
	}
	return o
}

func lifeEvent() *render.LifeEvent {
	return &render.LifeEvent{Intro: prose(`<p>Most of it can be done in one visit.</p>`),
		Steps: []render.Step{
			{Number: "1", Title: "Register the birth", Text: prose(`<p>Within seven days. The hospital tells us; you bring the name.</p>`), Rows: []render.Row{row("Registration of a birth", "", "free", "at once")}},
			{Number: "2", Title: "Register the address", Joiner: "and", Rows: []render.Row{row("Permanent address", "", "free", "at once"), row("Current address", "", "free", "at once")}, Choice: true, Or: "or"},
			{Number: "3", Title: "Ask for help with costs", Text: prose(`<p>Once for every child.</p>`), Rows: []render.Row{row("Allowance for a new child", "", "free", "14 days")}}},
		Services: render.Group{ID: "services", Title: "Also", Rows: []render.Row{row("Kindergarten: admission", "Until 31 May for the next year", "free", "10 days")}},
		Guides:   render.Group{ID: "guides", Title: "Good to know", Rows: []render.Row{{Link: link("Electronic identification", "guide.html"), Text: "What it is and how you get it"}}},
		Contact:  contact("en")}
}

func journey() *render.LifeEvent {
	l := lifeEvent()
	l.Services, l.Guides = render.Group{}, render.Group{}
	return l
}

func eventRows() []render.Row {
	return []render.Row{
		{Link: link("Danube day", "event.html"), Text: "Saturday 15 August 2026, from 18:00 · Quay Square", Day: &render.Day{Number: "15", Month: "Aug"}},
		{Link: link("Hearing: the new garden by the quay", "event.html"), Text: "Thursday 20 August 2026, 17:30–19:00 · Probuda", Day: &render.Day{Number: "20–22", Month: "Aug"}},
	}
}

func month() *render.Calendar {
	c := &render.Calendar{Month: "август 2026", Previous: linkp("юли 2026", "calendar.html"), Next: linkp("септември 2026", "calendar.html"), Feeds: []render.Link{link("Всички събития за вашия календар (iCal)", "calendar.ics")}}
	for i, d := range []string{"понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя"} {
		c.Weekdays = append(c.Weekdays, render.Weekday{Short: []string{"пн", "вт", "ср", "чт", "пт", "сб", "нд"}[i], Full: d})
	}
	for day := -4; day <= 31; day += 7 {
		week := make([]render.Date, 7)
		for i := range week {
			if n := day + i; n >= 1 && n <= 31 {
				week[i] = render.Date{Number: strconv.Itoa(n), Full: strconv.Itoa(n) + " август 2026 г.", ISO: "2026-08-" + strconv.Itoa(100 + n)[1:]}
				if n == 15 || n == 20 || n == 31 {
					week[i].Href = "event.html"
				}
			}
		}
		c.Weeks = append(c.Weeks, week)
	}
	for _, e := range [][3]string{{"15", "Празник на Дунава", "събота, 15 август 2026 г., от 18:00 · Кейов площад"}, {"20", "Обсъждане: новата градина край кея", "четвъртък, 20 август 2026 г., 17:30 · Читалище „Пробуда“"}, {"31", "Последен ден: намаление на такса смет", "понеделник, 31 август 2026 г."}} {
		c.Events = append(c.Events, render.Row{Link: link(e[1], "event.html"), Text: e[2], Day: &render.Day{Number: e[0], Month: "авг"}})
	}
	return c
}

func bulgarianHome() *render.View {
	v := view("bg", "home", "Какво ви трябва от общината?", "Услугите на Бели бряг")
	v.Checked = &render.Checked{Report: linkp("Нещо не е вярно?", "mailto:office@beli-breg.example")}
	v.Alerts.Warning = []render.Alert{{Title: link("На 18 август спира водата в кв. „Пристан“", "alert.html"), Until: "до 18 август"}}
	events := []render.Row{{Link: link("Празник на Дунава", "event.html"), Text: "събота, 15 август, от 18 часа · Кейов площад", Day: &render.Day{Number: "15", Month: "авг"}}, {Link: link("Обсъждане: новата градина край кея", "event.html"), Text: "четвъртък, 20 август, 17:30 ч. · Читалище „Пробуда“", Day: &render.Day{Number: "20", Month: "авг"}}, {Link: link("Заседание на Общинския съвет", "event.html"), Text: "четвъртък, 27 август, 10 ч. · Голяма зала", Day: &render.Day{Number: "27", Month: "авг"}}}
	return with(v, &render.Home{
		Question: v.Title, Example: "„раждане“ или „боклук“", Office: contact("bg"),
		Quick:    []render.Link{link("Удостоверение за раждане", "service.html"), link("Паркиране", "service.html"), link("Такса смет", "service.html"), link("Всички услуги от А до Я", "a-to-z.html")},
		Wanted:   render.Group{ID: "wanted", Title: "Най-търсени услуги", Rows: []render.Row{row("Удостоверение за наследници", "За наследство, имоти и сметки в банка", "2,50 €", "3 дни"), row("Промяна на адрес", "Постоянен или настоящ адрес", "безплатно", "веднага"), row("Паркиране за живущи", "Карта за зона А, Б или В, за една година", "12,00 €", "5 дни"), row("Такса за битови отпадъци", "Сметка, плащане и намаления", "по имот", "веднага"), row("Регистрация на куче", "До 30 дни след като го вземете", "6,00 €", "веднага")}, More: linkp("Всички 34 услуги", "list.html")},
		Citizens: &render.Link{Text: "Граждани", Href: "list.html", Note: "Документи, адрес, данъци, детска градина, паркиране, помощи"}, Business: &render.Link{Text: "Бизнес", Href: "list.html", Note: "Разрешителни, търгове, места за търговия, реклама, данъци"},
		Events: []render.Link{{Text: "Роди ви се дете", Href: "life-event.html", Note: "Акт, име, адрес, ясла и помощи"}, {Text: "Местите се", Href: "life-event.html", Note: "Адрес, сметки, паркиране, отпадъци"}, {Text: "Почина близък", Href: "life-event.html", Note: "Акт за смърт, погребение, наследници"}, {Text: "Отваряте магазин", Href: "life-event.html", Note: "Помещение, работно време, реклама"}},
		Coming: render.Group{ID: "coming", Title: "Предстои", Rows: events, More: linkp("Целият календар", "calendar.html")},
		News:   render.Group{ID: "news", Title: "Новини", Rows: []render.Row{{Link: link("Летният пазар отваря и в неделя", "news.html"), Text: "12 август 2026 г."}, {Link: link("Започва приемът в детска градина „Лодка“", "news.html"), Text: "10 август 2026 г."}}, More: linkp("Всички новини", "news-list.html")},
	})
}

// englishHome has no alert, no business, no event: what is not there leaves no gap.
func englishHome() *render.View {
	v := view("en", "home", "What do you need from the town hall?", "")
	v.Alerts.Info = []render.Alert{{Title: link("The town hall closes at noon on 24 December", "alert.html")}}
	return with(v, &render.Home{Question: v.Title, Example: "“birth” or “rubbish”", Wanted: render.Group{ID: "wanted", Title: "Most wanted", Rows: priceRows()[:3]}, Citizens: &render.Link{Text: "Citizens", Href: "list.html", Note: "All services for people who live here."}})
}

func page() *render.View {
	v := with(view("en", "page", "Accessibility statement", "How far this portal can be used by everyone.", link("Home", "home.html")), &render.Article{Text: prose(`<p>Beli Breg is committed to making this portal accessible.</p>`),
		Sections: []render.Section{{ID: "status", Title: "Compliance status", Text: prose(`<p>This portal is partially compliant with the standard.</p>`)}, {ID: "all", Title: "Everything a text may hold", Text: prose(everyElement)}}})
	v.Contents = []render.Link{link("Compliance status", "#status"), link("Everything a text may hold", "#all")}
	return v
}

func news() *render.View {
	v := with(view("en", "news", "The summer market opens on Sundays too", "From this week there is fish, fruit and bread on both days.", link("Home", "home.html"), link("News", "news-list.html")), &render.Article{Image: &render.Image{Src: "../assets/arms.svg", Alt: "The arms of the town", Caption: "The arms, drawn anew.", Width: 160, Height: 192}, Text: prose(`<p>The stalls open at seven. Parking by the quay is free until noon.</p><p>Who wants a stall of their own applies at the town hall.</p>`), More: render.Group{ID: "more", Title: "More news", Rows: newsList().Groups[0].Rows}})
	v.Date = "12 August 2026"
	return v
}

func frontDoor() *render.View {
	v := view("bg", "languages", "Бели бряг", "")
	v.Languages, v.Frame.Home, v.Frame.Logo = nil, "index.html", "assets/arms.svg"
	return with(v, &render.Chooser{Names: []render.Link{{Text: "Български", Lang: "bg", Dir: "ltr", HrefLang: "bg", Href: "bg/home.html"}, {Text: "العربية", Lang: "ar", Dir: "rtl", HrefLang: "ar", Href: "ar/service.html"}, {Text: "English", Lang: "en", Dir: "ltr", HrefLang: "en", Href: "en/home.html"}}})
}

func lost() *render.View {
	v := view("en", "404", "There is no such page", "")
	v.Languages, v.Frame.Home, v.Frame.Logo = nil, "index.html", "assets/arms.svg"
	part := func(lang, dir, title, text, home, search, atoz string) render.LostPart {
		c := contact(lang)
		c.Name.Href = ""
		return render.LostPart{Lang: lang, Dir: dir, Title: title, Text: text, Home: link(home, "index.html"), Search: link(search, "en/search.html"), AToZ: link(atoz, "bg/a-to-z.html"), Contact: c}
	}
	return with(v, &render.Lost{Parts: []render.LostPart{
		part("en", "ltr", "There is no such page", "The address may be old or mistyped.", "Home", "Search", "Services A to Z"),
		part("bg", "ltr", "Няма такава страница", "Адресът може да е стар или сгрешен.", "Начало", "Търсене", "Услуги от А до Я"),
		part("ar", "rtl", "لا توجد صفحة كهذه", "قد يكون العنوان قديمًا أو مكتوبًا خطأً.", "الرئيسية", "بحث", "الخدمات"),
	}})
}

// everyElement is what generator/markdown can make of a text.
var everyElement = string(template.HTML(`<p>A paragraph with <strong>bold</strong>, <em>stressed</em> words, <code>code</code> and a <a href="https://lex.example/">link<span class="vh"> (another site)</span></a>. A file: <a href="page.html">Form<span class="fs"> (PDF, 48 kB)</span></a>.<sup><a id="fnref-1" class="fn" href="#fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>
<h3 id="lists">Lists</h3>
<ul><li>first;</li><li>second, with<ul><li>one inside;</li></ul></li></ul>
<ol><li>first</li><li>second</li></ol>
<ul><li class="tk"><span class="tk-s" aria-hidden="true">☑</span><span class="vh">Done:</span> brought</li><li class="tk"><span class="tk-s" aria-hidden="true">☐</span><span class="vh">To do:</span> paid</li></ul>
<dl><dt>Cadastre</dt><dd>The register of land.</dd></dl>
<blockquote><p>What is written stays.</p></blockquote>
<div class="al al-note" role="note"><p class="al-t">Note</p><p>Bring the original.</p></div>
<div class="al al-warning" role="note"><p class="al-t">Warning</p><p>The counter closes at noon.</p></div>
<div class="tw" role="region" tabindex="0" aria-label="Table 1"><table><thead><tr><th scope="col">Street</th><th scope="col" class="te">Day</th></tr></thead><tbody><tr><td>Lozenska</td><td class="te">Monday</td></tr></tbody></table></div>
<pre tabindex="0"><code class="language-text">BG00 XXXX 0000</code></pre>
<details><summary>Details</summary><p>Seldom needed.</p></details>
<figure><img src="../assets/arms.svg" alt="The arms" width="80" height="96" loading="lazy" decoding="async"><figcaption>The arms of the town</figcaption></figure>
<hr>
<div class="fns" role="doc-endnotes" aria-label="Footnotes"><ol><li id="fn-1"><p>See there. <a class="fnb" href="#fnref-1" role="doc-backlink" aria-label="Back to the text">↩︎</a></p></li></ol></div>`))
