package render

import (
	"strings"
)

// sentPath is the address of the page people see when a form has been sent.
func sentPath(formPage string) string { return strings.TrimSuffix(formPage, ".html") + "-sent.html" }

// formSent fills that page: what happens now, and whom to ask.
func (b *Builder) formSent() {
	it := b.page.Item
	v := &FormSent{Form: b.link(it), Contact: b.formOffice()}
	b.view.Title, b.view.Lead, b.view.Text = b.t("form.sent.title"), b.t("form.sent.lead", "title", it.Title), TextLang{}
	b.under("forms")
	b.view.Path = append(b.view.Path, b.link(it))
	if v.Contact != nil && v.Contact.Name.Text != "" {
		v.Next = append(v.Next, b.t("form.sent.office", "office", v.Contact.Name.Text))
	}
	services := b.servicesOf(it)
	for _, s := range services {
		v.More = append(v.More, b.link(s))
	}
	if len(services) == 1 {
		if t := services[0].Fact("processing_time").Text; t != "" {
			v.Next = append(v.Next, b.t("form.sent.time", "time", b.period(t)))
		}
	}
	v.Next = append(v.Next, b.t("form.sent.keep"), b.t("form.sent.ask"))
	b.view.Content = v
}
