package render

import (
	"crypto/sha256"
	"encoding/hex"
	"path"
	"strconv"
	"strings"

	"belfry/generator/form"
	"belfry/generator/locale"
	"belfry/generator/portal"
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
	if c := fb.formCode(it); c != nil {
		p.Code = &QR{Src: fb.to(c.Path), Size: c.size}
	}
	return p
}

// FormFiles are the files of an edition that its forms' pages need: the data of
// each for the script, its style, and the code that leads from paper to the page.
func (s *Site) FormFiles() []File {
	var out []File
	for _, it := range s.byType["form"] {
		if s.Homeless[it.Entity] {
			continue
		}
		out = append(out, s.formData(it), s.formSheet(it))
		if c := s.formCode(it); c != nil {
			out = append(out, c.File)
		}
	}
	return out
}

// formData is what a form's script must know, with the messages of the page's
// language.
func (s *Site) formData(it *portal.Item) File {
	f := it.Form.In(it.Text.Lang)
	return named("assets/form-"+fileName(f)+"-"+s.Lang+".", ".js", form.ClientScript(f, s.scriptText, it.Form.JWK(), form.SchemaName(f)))
}

// formSheet is the style sheet of a form: its conditions, and what its script shows.
func (s *Site) formSheet(it *portal.Item) File {
	return named("assets/form-"+fileName(it.Form.Base)+".", ".css", []byte(form.RevealCSS(it.Form.Base)+s.Styles.Running()))
}

func fileName(f *form.Form) string { return strings.ReplaceAll(f.ID, "/", "-") }

// named is a file that changes its name with its content.
func named(before, after string, data []byte) File {
	sum := sha256.Sum256(data)
	return File{before + hex.EncodeToString(sum[:5]) + after, func() []byte { return data }}
}

// drawn is a QR code as a file.
type drawn struct {
	File
	size int
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

// formCode draws the address of a form's page as a QR code with its quiet zone
// (ISO/IEC 18004); nil without base_url and for an address that is too long.
func (s *Site) formCode(it *portal.Item) *drawn {
	if s.Portal.Config.BaseURL == "" {
		return nil
	}
	c, err := qr.Encode(s.Portal.Config.BaseURL+it.Path, qr.M)
	if err != nil {
		return nil
	}
	const quiet = 4
	size := strconv.Itoa(c.Size + 2*quiet)
	var d strings.Builder
	d.WriteString(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ` + size + " " + size + `"><path d="`)
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
	d.WriteString(`"/></svg>`)
	return &drawn{named("assets/qr-", ".svg", []byte(d.String())), c.Size + 2*quiet}
}
