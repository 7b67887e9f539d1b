package render

import (
	"fmt"
	"testing"
)

// wholeTown has a document of every type, with every field that a page shows.
func wholeTown() map[string]string {
	return map[string]string{
		"portal.yaml": config + "authority: town-hall\nfeedback: mailto:office@town.example\nbrand: {logo: assets/arms.svg}\nhome: {wanted: [dog]}\naccessibility: {date: 2026-10-26, status: partial, gaps: Старите файлове., phone: 112}\nprivacy: {officer: Ана, supervisor: КЗЛД, date: 2026-10-26}\n",

		"offices/town-hall.md":       "---\ntitle: Община\nphone: +359 (0)82 000 100\nemail: office@town.example\naddress: пл. Дунав 1, 7097 Бели бряг\ngeo: [43.7812, 25.8834]\nhours: \"Mo-Fr 08:30-12:00, 13:00-17:00; Sa 22:00-24:00\"\nurl: https://town.example/\nclosures:\n  - {from: 2026-12-24, to: 2026-12-28, name: Коледа}\n  - 2027-03-03\naccessibility: Рампа.\n---\nТекст.\n",
		"offices/town-hall.en.md":    "---\ntitle: Town hall\naddress: 1 Danube Square, 7097 Beli Breg\nclosures:\n  - {name: Christmas}\n---\nText.\n",
		"offices/desk.md":            "---\ntitle: Гише\nparent: town-hall\n---\n",
		"topics/taxes.md":            "---\ntitle: Данъци\n---\n",
		"topics/waste.md":            "---\ntitle: Отпадъци\nparent: taxes\n---\n",
		"services/waste-fee.md":      "---\ntitle: Такса смет\ndescription: Колко е.\naudience: [citizen, business]\ntopics: [waste]\neligibility: За всички.\nrequirements:\n  - {name: Имот, evidence: deed}\nevidence:\n  - {id: card, name: лична карта, note: Показвате я., original: true, copies: 2}\n  - {id: deed, name: акт, format: копие, url: assets/draft.pdf}\nsteps: [\"**Вижте.** Онлайн.\", Платете.]\noutput: {name: Разписка, validity: 1 година}\ncost:\n  - {amount: 2.50, description: обикновена}\n  - {amount: 5, description: бърза, time: 1 working day}\n  - {amount: free, description: за деца, channel: online}\nprocessing_time: 3 working days\nchannels:\n  - {type: online, url: \"https://e.example/\"}\n  - {type: in-person, office: town-hall, note: Гише 4}\n  - {type: phone, phone: 112}\n  - {type: email, email: a@b.example}\n  - {type: post, office: town-hall}\nauthentication: [eid, in-person]\nlegal: {title: Закон, url: \"https://l.example/\"}\nredress: Обжалвайте.\nno_response: Обадете се.\ndeadlines:\n  - {name: Срок, date: 2026-12-31}\n  - {name: Друг, text: до 7 дни}\nlanguages: [bg, en]\nstatus: suspended\nstatus_note: До пролетта.\nlife_events: moving\nrelated: dog\nrequires: dog\nsdg: {policy_code: R1, service: procedure}\nequivalent: {country: RO, url: \"https://ro.example/\", note: taxa}\nowner: town-hall\nreviewed: 2026-11-01\ncontact: {office: town-hall, phone: 082 000 120}\n---\nУвод.\n\n## Какво се бърка\n\nТекст, [дом](../offices/town-hall.md#hours), [куче](service:dog), ![план](../assets/quay.jpg), [файл](../assets/draft.pdf).\n",
		"services/waste-fee.en.md":   "---\ntitle: Waste fee\ndescription: How much.\n---\nIntro.\n",
		"services/dog.md":            "---\ntitle: Куче\ndescription: Регистрация.\ncost: 10 EUR\nprocessing_time: at once\naudience: citizen\ntopics: [taxes]\nlife_events: moving\nchannels: {type: in-person, office: town-hall}\n---\n",
		"services/1st.md":            "---\ntitle: 1-ви клас\ndescription: x\n---\n",
		"life-events/moving.md":      "---\ntitle: Местене\nkind: life\ntopics: [waste]\nsteps:\n  - {name: Едно, text: Текст., services: [waste-fee, dog], choice: true}\n  - {name: Две}\n---\n",
		"life-events/shop.md":        "---\ntitle: Магазин\nkind: business\n---\n",
		"guides/parts.md":            "---\ntitle: Ръководство\ntopics: waste\n---\nУвод.\n\n## Едно\n\nТекст.\n\n## Две\n\nТекст.\n",
		"guides/one.md":              "---\ntitle: Кратко\n---\nТекст.\n",
		"step-by-step/cafe.md":       "---\ntitle: Кафене\nsteps:\n  - {name: Едно, services: dog}\n---\n",
		"news/a.md":                  "---\ntitle: Новина\ndate: 2026-11-03\nimage: assets/quay.jpg\nimage_alt: Кей\n---\nТекст.\n",
		"news/b.md":                  "---\ntitle: Стара\ndate: 2025-11-03 10:00\n---\n",
		"news/c.md":                  "# Без дата",
		"events/fair.md":             "---\ntitle: Панаир\nstarts: 2026-12-05 10:00\nends: 2026-12-05 18:00\nplace: Площада\nrepeats: {every: week, until: 2027-01-31}\n---\n",
		"events/days.md":             "---\ntitle: Дни\nstarts: 2026-11-28\nends: 2026-12-01\n---\n",
		"alerts/storm.md":            "---\ntitle: Буря\nlevel: emergency\nends: 2026-12-01\n---\nСтойте вкъщи.\n",
		"alerts/info.md":             "---\ntitle: Друго\n---\nТекст.\n",
		"notices/tender.md":          "---\ntitle: Търг\nkind: tender\nopens: 2026-11-01\ncloses: 2026-12-01 17:00\noffice: town-hall\ndocuments:\n  - {title: Условия, url: assets/draft.pdf}\n---\n",
		"notices/old.md":             "---\ntitle: Стар търг\nkind: auction\ncloses: 2026-10-01\n---\n",
		"documents/budget.md":        "---\ntitle: Бюджет\nkind: budget\nfile: /assets/a b%231.pdf#page=2\ndate: 2026-01-31\nparties: [А, Б]\nvalid_until: 2026-12-31\n---\n",
		"faq/pay.md":                 "---\ntitle: Как се плаща?\ntopics: taxes\n---\nС карта.\n",
		"directories/ngos/index.md":  "---\ntitle: Сдружения\n---\n",
		"directories/ngos/choir.md":  "---\ntitle: Хор\nkind: ngo\ncontact: {phone: 082 000 180, email: a@b.example, person: Ана}\naddress: ул. Липа 1\nwebsite: https://choir.example/\nregion: Север\ncountry: BG\nhours: Mo 10:00-12:00\n---\n",
		"directories/ngos/cinema.md": "---\ntitle: Кино\nkind: venue\n---\n",
		"pages/about.md":             "---\ntitle: За нас\nmenu: true\n---\n## Едно\n\nТекст.\n\n## Две\n\n[тук](#edno)\n",
		"pages/about.en.md":          "# About\n\nText.\n",
		"events/index.md":            "---\ntitle: Календар\n---\nУвод.\n",
	}
}

// TestWhole walks through every page of a portal that has everything.
func TestWhole(t *testing.T) {
	b := build(t, "2026-11-20", wholeTown())
	if e := b.codes(); e != "" {
		t.Fatal(e)
	}
	b.check()
	if n := len(b.paths()); n < 150 {
		t.Errorf("only %d pages", n)
	}
}

// TestSmall walks through portals that have next to nothing: no list may lead
// to another that is not there.
func TestSmall(t *testing.T) {
	for name, files := range map[string]map[string]string{
		"nothing":          {},
		"a page":           {"pages/x.md": "# x"},
		"a topic":          {"topics/x.md": "# x", "topics/y.md": "---\ntitle: y\nparent: x\n---\n"},
		"a lone entry":     {"directories/x/y.md": "# y"},
		"a question":       {"faq/x.md": "# x"},
		"an alert":         {"alerts/x.md": "---\ntitle: x\nlevel: warning\n---\n"},
		"words for a list": {"services/index.md": "# x", "events/index.md": "# y", "directories/index.md": "# z"},
		"one language":     {"portal.yaml": "name: x\nlanguages: en\n", "news/x.md": "# x"},
		"a guide":          {"guides/x.md": "# x\n\n## a\n\n## b\n"},
		"a life event":     {"life-events/x.md": "# x"},
		"a menu":           {"portal.yaml": "name: x\nlanguages: [en, bg]\nmenu: [services, news, contact, a-to-z, citizens, x]\n", "pages/x.md": "# x"},
	} {
		t.Run(name, func(t *testing.T) { build(t, "2026-11-20", files).check() })
	}
}

// TestLong pages lists of more than a hundred entries.
func TestLong(t *testing.T) {
	files := map[string]string{"directories/d/index.md": "# d", "topics/t.md": "# t"}
	for n := range 205 {
		files[fmt.Sprintf("services/s%03d.md", n)] = fmt.Sprintf("---\ntitle: %c%03d\ndescription: x\naudience: citizen\ntopics: t\n---\n", 'A'+n%3*n%7, n)
		files[fmt.Sprintf("news/n%03d.md", n)] = fmt.Sprintf("---\ntitle: n%03d\ndate: %d-01-01\n---\n", n, 2000+n/20)
		files[fmt.Sprintf("directories/d/e%03d.md", n)] = fmt.Sprintf("---\ntitle: e%03d\nkind: %s\n---\n", n, []string{"ngo", "business"}[n/150])
		files[fmt.Sprintf("faq/q%03d.md", n)] = fmt.Sprintf("---\ntitle: q%03d\n---\nText\n", n)
		files[fmt.Sprintf("documents/d%03d.md", n)] = fmt.Sprintf("# d%03d", n)
	}
	b := build(t, "2026-11-20", files)
	b.check()
	for _, list := range []string{"bg/services/index.html", "bg/news/index.html", "bg/directories/d.html", "bg/directories/d/kind-ngo.html", "bg/faq/index.html", "bg/documents/index.html", "bg/topics/t.html", "bg/citizens.html"} {
		rows, seen := 0, map[string]bool{}
		for p := list; p != ""; {
			l, ok := b.view(p).Content.(*List)
			if !ok {
				t.Fatalf("%s is no list", p)
			}
			for _, g := range l.Groups {
				rows += len(g.Rows)
			}
			for _, g := range l.Answers {
				rows += len(g.Items)
			}
			if l.Pager == nil {
				t.Fatalf("%s has no pager", p)
			}
			seen[p] = true
			from := p
			if p = ""; l.Pager.Next != nil {
				p = joined(from, string(l.Pager.Next.Href))
			}
			if seen[p] {
				t.Fatalf("%s: the pager goes in a circle", p)
			}
		}
		if want := map[bool]int{true: 150, false: 205}[list == "bg/directories/d/kind-ngo.html"]; rows != want {
			t.Errorf("%s: %d rows, want %d", list, rows, want)
		}
	}
}

// TestFrames are the same whichever page of a folder asks first.
func TestFrames(t *testing.T) {
	for range 20 {
		b := build(t, "2026-11-20", wholeTown())
		if c := b.view("bg/offices/desk.html").Frame.Contact; c == nil || c.Name.Current {
			t.Fatal("the town hall is said to be the page of another office")
		}
	}
}
