package render_test

import (
	"html/template"
	"strings"

	"belfry/generator/render"
)

// The town of the gallery: what stands around every sample page.

const galleryArms = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 48"><path d="M2 2h36v24c0 10-8 16-18 20C10 42 2 36 2 26z" fill="#0b5d4b"/><path d="M5 5h30v14H5z" fill="#fff"/><path d="M9 19V11l4-3v3h4V8l3-2 3 2v3h4V8l4 3v8z" fill="#0b5d4b"/><path d="M6 25q3.5-3 7 0t7 0 7 0 7 0M7.5 30.5q3-3 6.300 0t6.200 0 6.200 0 6.300 0" fill="none" stroke="#fff" stroke-width="2"/></svg>`

// link is a link without more.
func link(text, href string) render.Link { return render.Link{Text: text, Href: template.URL(href)} }

func linkp(text, href string) *render.Link { l := link(text, href); return &l }

func prose(html string) *render.Prose { return &render.Prose{HTML: template.HTML(html)} }

// row is a line of a ledger for a service.
func row(title, text, price, time string) render.Row {
	return render.Row{Link: link(title, "service.html"), Text: text, Price: price, Time: time, Service: true}
}

type town struct {
	lang, dir, portal, kind string
	menu                    []string
	contact                 render.Contact
	on, about               []render.Link
}

var towns = map[string]town{
	"bg": {"bg", "ltr", "Бели бряг", "Община", []string{"Услуги", "За бизнеса", "Новини", "Календар", "Общината"},
		render.Contact{Name: link("Община Бели бряг", "office.html"), Address: "пл. „Дунав“ 1, 7180 Бели бряг", Phones: []render.Link{link("082 000 100", "tel:082000100")}, Emails: []render.Link{link("obshtina@beli-breg.example", "mailto:obshtina@beli-breg.example")}, Hours: []render.Hours{{Days: "понеделник – петък,", Times: "8:30 – 17:00"}}},
		[]render.Link{link("Услуги от А до Я", "a-to-z.html"), link("Табло за обяви", "notices.html"), link("Календар", "calendar.html"), link("Документи", "list.html")},
		[]render.Link{link("Достъпност", "page.html"), link("Лични данни", "page.html"), link("Карта на портала", "site-map.html"), link("Съобщете за проблем", "mailto:obshtina@beli-breg.example")}},
	"ar": {"ar", "rtl", "بيلي برياغ", "بلدية", []string{"الخدمات", "للأعمال", "الأخبار", "التقويم", "البلدية"},
		render.Contact{Name: link("بلدية بيلي برياغ", "service.html"), Address: "ساحة الدانوب 1، 7180 بيلي برياغ", Phones: []render.Link{link("082 000 100", "tel:082000100")}, Emails: []render.Link{link("obshtina@beli-breg.example", "mailto:obshtina@beli-breg.example")}, Hours: []render.Hours{{Days: "الاثنين – الجمعة،", Times: "8:30 – 17:00"}}},
		[]render.Link{link("الخدمات من الألف إلى الياء", "service.html"), link("لوحة الإعلانات", "service.html"), link("التقويم", "calendar.html")},
		[]render.Link{link("إمكانية الوصول", "service.html"), link("البيانات الشخصية", "service.html"), link("خريطة البوابة", "service.html")}},
	"en": {"en", "ltr", "Beli Breg", "Municipality of", []string{"Services", "Life events", "News", "Calendar", "The municipality"},
		render.Contact{Name: link("Town hall", "office.html"), Address: "1 Danube Square, 7180 Beli Breg", Phones: []render.Link{link("082 000 100", "tel:082000100")}, Emails: []render.Link{link("office@beli-breg.example", "mailto:office@beli-breg.example")}, Hours: []render.Hours{{Days: "Monday – Friday,", Times: "8:30 – 17:00"}}},
		[]render.Link{link("Services A to Z", "a-to-z.html"), link("Official notices", "notices.html"), link("Calendar", "calendar.html"), link("Documents", "list.html")},
		[]render.Link{link("Accessibility", "page.html"), link("Privacy", "page.html"), link("Site map", "site-map.html"), link("Report a problem", "mailto:office@beli-breg.example")}},
}

// view is a page of a town with its frame; path are the pages above it.
func view(lang, layout, title, lead string, path ...render.Link) *render.View {
	t := towns[lang]
	f := &render.Frame{Portal: t.portal, Kind: t.kind, Home: "home.html", Logo: "../assets/arms.svg", LogoSize: [2]int{40, 48}, Search: "search.html", AToZ: "a-to-z.html", Root: "../", Contact: &t.contact, OnPortal: t.on, AboutPortal: t.about}
	if lang == "ar" {
		f.Home, f.Search = "service.html", "service.html"
	}
	for i, m := range t.menu {
		l := link(m, []string{"list.html", "life-event.html", "news-list.html", "calendar.html", "office.html"}[i])
		if lang == "ar" {
			l.Href = "service.html"
		}
		l.Current = i == 0 && layout == "service"
		f.Menu = append(f.Menu, l)
	}
	v := &render.View{Layout: layout, Lang: lang, Dir: t.dir, Title: title, Lead: lead, HeadTitle: title + " - " + t.portal, Description: lead, Frame: f, Path: path}
	for _, l := range []render.Link{{Text: "Български", Lang: "bg", Dir: "ltr"}, {Text: "العربية", Lang: "ar", Dir: "rtl"}, {Text: "English", Lang: "en", Dir: "ltr"}} {
		l.HrefLang, l.Href, l.Current = l.Lang, template.URL("../"+l.Lang+"/service.html"), l.Lang == lang
		v.Languages = append(v.Languages, l)
	}
	v.Head.LinkedData = []template.JS{`{"@context":"https://schema.org","@type":"WebPage"}`}
	v.Head.Properties = []render.Meta{{Name: "og:title", Content: title}}
	v.Checked = &render.Checked{On: map[string]string{"bg": "Проверено на 3 юли 2026 г.", "ar": "تم التحقق في 3 يوليو 2026", "en": "Checked on 3 July 2026"}[lang], Owner: linkp(t.contact.Name.Text, string(t.contact.Name.Href)), Report: linkp(map[string]string{"bg": "Нещо не е вярно?", "ar": "هل هناك خطأ؟", "en": "Is something wrong?"}[lang], "mailto:office@beli-breg.example")}
	return v
}

// with sets the content of a view.
func with(v *render.View, content any) *render.View { v.Content = content; return v }

// many gives a view of five languages, as towns with minorities have.
func many(v *render.View) *render.View {
	for _, name := range []string{"Română", "Türkçe", "Ελληνικά"} {
		v.Languages = append(v.Languages, render.Link{Text: name, Lang: strings.ToLower(name[:2]), HrefLang: "x", Href: "service.html"})
	}
	for i, tag := range []string{"ro", "tr", "el"} {
		l := &v.Languages[len(v.Languages)-3+i]
		l.Lang, l.HrefLang = tag, tag
	}
	return v
}
