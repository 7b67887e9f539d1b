package render

import (
	"path"
	"strconv"
	"strings"

	"belfry/generator/form"
	"belfry/generator/locale"
	"rsc.io/qr"
)

// This file says how a form travels: what its element sends and where, and what
// paper shows beside it.

// where says in a sentence where the answers go.
func (fb *formBuilder) where() string {
	s := fb.form.Send
	host := strings.TrimPrefix(s.Origin(), "https://")
	relay := map[string]string{"formspree": "Formspree", "web3forms": "Web3Forms", "netlify": "Netlify"}[s.Adapter]
	sealed := fb.form.Seal != ""
	switch {
	case s.Relay() && sealed:
		return fb.t("form.send.relay_sealed", "name", relay)
	case s.Relay():
		return fb.t("form.send.relay", "name", relay)
	case s.Adapter == "netlify" && sealed:
		return fb.t("form.send.relay_sealed", "name", relay)
	case s.Adapter == "netlify":
		return fb.t("form.send.netlify")
	case s.Posts() && sealed:
		return fb.t("form.send.sealed", "host", host)
	case s.Posts():
		return fb.t("form.send.post", "host", host)
	case s.Adapter == "download":
		return fb.t("form.send.download")
	}
	return fb.t("form.send.print")
}

// sending settles the form element.
func (fb *formBuilder) sending() FormSend {
	f, it := fb.form, fb.page.Item
	s := FormSend{Posts: f.Send.Posts(), Download: f.Send.Download || f.Send.Adapter == "download", Netlify: f.Send.Adapter == "netlify", Trap: f.Send.Trap(), Where: fb.where()}
	if s.Posts {
		s.Method, s.Encoding, s.Action = "post", f.Encoding(), safeURL(f.Send.URL)
	}
	for _, h := range f.Hidden() {
		s.Hidden = append(s.Hidden, FormHidden{h[0], h[1]})
	}
	thanks := sentPath(it.Path)
	switch field := map[string]string{"formspree": "_next", "web3forms": "redirect"}[f.Send.Adapter]; {
	case s.Netlify:
		s.Action = fb.to(thanks)
	case field != "" && fb.Portal.Config.BaseURL != "":
		s.Hidden = append(s.Hidden, FormHidden{field, fb.absolute(thanks)})
	}
	if key := it.Form.Key; key != nil {
		s.Seal = &FormSeal{Fingerprint: form.ReadableFingerprint(key), Key: Link{Text: path.Base(f.Seal), Href: fb.to(escapePath(f.Seal)), Note: fb.fileNote(f.Seal)}}
	}
	return s
}

// paper is what only the printed form shows.
func (fb *formBuilder) paper() FormPaper {
	f, it := fb.form, fb.page.Item
	p := FormPaper{
		Line:    fb.t("form.paper.line", "form", f.ID, "version", strconv.Itoa(f.Version), "language", locale.For(f.Language).Endonym),
		Address: fb.absolute(it.Path),
		Office:  fb.formOffice(),
	}
	if p.Address != "" {
		p.Code = code(p.Address)
	}
	return p
}

// formOffice is the office that takes the form: its owner, that of its service,
// or the portal's.
func (b *Builder) formOffice() *Contact {
	ids := []string{b.page.Item.Fact("owner").Text}
	for _, s := range b.servicesOf(b.page.Item) {
		ids = append(ids, b.authority(s))
	}
	ids = append(ids, b.Portal.Config.Fields.String("authority"))
	for _, id := range ids {
		if o, ok := b.Lookup("office", id); ok && id != "" {
			return b.contact(o)
		}
	}
	return nil
}

// code draws an address as a QR code with its quiet zone (ISO/IEC 18004), nil for
// one that is too long.
func code(address string) *QR {
	c, err := qr.Encode(address, qr.M)
	if err != nil {
		return nil
	}
	const quiet = 4
	var d strings.Builder
	for y := range c.Size {
		for x := 0; x < c.Size; x++ {
			from := x
			for x < c.Size && c.Black(x, y) {
				x++
			}
			if n := strconv.Itoa(x - from); x > from {
				d.WriteString("M" + strconv.Itoa(from+quiet) + " " + strconv.Itoa(y+quiet) + "h" + n + "v1h-" + n + "z")
			}
		}
	}
	return &QR{Size: c.Size + 2*quiet, Path: d.String()}
}
