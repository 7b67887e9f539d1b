package form

// This file reads what the front matter says about a form.

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/locale"
)

// Send says how answers travel, beside paper, which is always open.
type Send struct {
	Adapter  string // "print", "download", "post", "netlify", "formspree" or "web3forms"
	URL      string // where to post to; "" for print, download and netlify (its own page)
	Key      string // of web3forms
	Download bool   // answers can be saved as a file
	At       diag.Pos
}

// Posts tells whether answers leave the device by themselves.
func (s Send) Posts() bool { return s.Adapter != "print" && s.Adapter != "download" && s.Adapter != "" }

// Relay tells whether a third party passes the answers on and could read them.
func (s Send) Relay() bool { return s.Adapter == "formspree" || s.Adapter == "web3forms" }

// Origin is what the page's content security policy must allow for sending, ""
// for nothing beyond the page's own.
func (s Send) Origin() string {
	u, err := url.Parse(s.URL)
	if s.URL == "" || err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Trap is the name of the field that people leave empty and robots fill.
func (s Send) Trap() string {
	if s.Adapter == "web3forms" {
		return "botcheck"
	}
	return "_gotcha"
}

// Hidden returns the fields the page sends beside the answers, as pairs of name
// and value: form, version and language, and what the adapter wants.
func (f *Form) Hidden() [][2]string {
	out := [][2]string{{FieldForm, f.ID}, {FieldVersion, strconv.Itoa(f.Version)}, {FieldLanguage, f.Language}}
	switch f.Send.Adapter {
	case "netlify":
		out = append(out, [2]string{"form-name", f.ID})
	case "web3forms":
		out = append(out, [2]string{"access_key", f.Send.Key}, [2]string{"subject", f.Title.Value})
	}
	return out
}

// Fields of the page that are no answers. Ids of questions never begin with "_".
const (
	FieldForm     = "_form"
	FieldVersion  = "_version"
	FieldLanguage = "_language"
	FieldKey      = "_key" // set by the script: the same key is one submission
)

var formID = regexp.MustCompile(`^[a-z0-9]([a-z0-9/_-]{0,98}[a-z0-9])?$`)

func (p *parser) head() *Form {
	h := p.src.Head
	f := &Form{ID: h.ID, Version: 1, Language: p.src.Language, Title: Text{Value: h.Title.Text}, Currency: p.src.Currency, At: diag.Pos{File: p.src.File}}
	if f.Currency == "" {
		f.Currency = "EUR"
	}
	if h.Form.Text != "" && h.Form.Text != h.ID && h.ID != "" {
		if !strings.HasSuffix(h.ID, "/"+h.Form.Text) {
			p.r.add("form/other-id", h.Form.At, "form", h.Form.Text, "id", h.ID)
		}
	}
	if h.Form.Text != "" {
		f.ID = h.Form.Text
	}
	if !formID.MatchString(f.ID) {
		p.r.add("form/bad-form-id", h.Form.At, "id", f.ID)
	}
	if h.Version.Text != "" {
		n, err := strconv.Atoi(h.Version.Text)
		if err != nil || n < 1 || n > 1_000_000 {
			p.r.add("form/version", h.Version.At, "version", h.Version.Text)
		} else {
			f.Version = n
		}
	}
	if h.Title.Text == "" {
		p.r.add("form/no-title", diag.Pos{File: p.src.File})
	}
	if h.Fee.Text != "" {
		fee, err := locale.ParseMoney(h.Fee.Text, f.Currency)
		if err != nil {
			p.r.add("form/fee", h.Fee.At, "text", h.Fee.Text)
		} else {
			fee.Decimal = decimal(fee.Decimal)
			f.Fee, f.Currency = fee, fee.Currency
		}
	}
	f.Seal = h.Seal.Text
	f.Send = p.send(h.Send)
	f.Privacy = Privacy{Text{Value: h.Controller.Text}, Text{Value: h.Purpose.Text}, Text{Value: h.LegalBasis.Text}, h.Keep.Text}
	if f.Privacy.Given() {
		for _, need := range []struct {
			name string
			v    Value
		}{{"controller", h.Controller}, {"purpose", h.Purpose}, {"legal basis", h.LegalBasis}, {"keep", h.Keep}} {
			if need.v.Text == "" {
				p.r.add("form/privacy-part", diag.Pos{File: p.src.File}, "name", need.name)
			}
		}
	}
	return f
}

// send reads "print", "download", "netlify", "web3forms KEY" or an address.
// Several may stand: one of them posts at most.
func (p *parser) send(list []Value) Send {
	s := Send{Adapter: "print"}
	for _, v := range list {
		one, ok := p.sendOne(v)
		switch {
		case !ok || one.Adapter == "print":
		case one.Adapter == "download":
			s.Download = true
			if s.Adapter == "print" {
				s.Adapter, s.At = "download", v.At
			}
		case s.Posts():
			p.r.add("form/send-twice", v.At, "text", v.Text)
		default:
			one.Download = s.Download
			s = one
		}
	}
	return s
}

func (p *parser) sendOne(v Value) (Send, bool) {
	text := strings.TrimSpace(v.Text)
	word, rest, _ := strings.Cut(text, " ")
	if w, r, ok := strings.Cut(text, ":"); ok && strings.EqualFold(w, "web3forms") {
		word, rest = w, r
	}
	switch strings.ToLower(word) {
	case "print", "download", "netlify":
		return Send{Adapter: strings.ToLower(word), At: v.At}, true
	case "web3forms":
		key := strings.TrimSpace(rest)
		if !web3Key.MatchString(key) {
			p.r.add("form/send-key", v.At)
			return Send{}, false
		}
		return Send{Adapter: "web3forms", URL: "https://api.web3forms.com/submit", Key: key, At: v.At}, true
	}
	u, err := url.Parse(text)
	switch {
	case strings.HasPrefix(strings.ToLower(text), "mailto:") || strings.Contains(text, "@") && !strings.Contains(text, "/"):
		p.r.add("form/send-mailto", v.At)
	case err == nil && u.Scheme == "http":
		p.r.add("form/send-plain", v.At, "url", text)
	case err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || u.Fragment != "":
		p.r.add("form/send", v.At, "text", text, "guess", diag.Guess(word, []string{"print", "download", "netlify", "web3forms"}))
	case u.Host == "formspree.io":
		return Send{Adapter: "formspree", URL: text, At: v.At}, true
	default:
		return Send{Adapter: "post", URL: text, At: v.At}, true
	}
	return Send{}, false
}

var web3Key = regexp.MustCompile(`^[0-9a-fA-F-]{20,64}$`)

// readList reads choices from CSV: a heading with "value" and either "text" or
// language tags, then one row for each choice.
func readList(text, language string) ([]Choice, string) {
	rows, err := readCSV(text)
	if err != nil {
		return nil, err.Error()
	}
	if len(rows) < 2 {
		return nil, "it needs a first line value,text and one line for each answer"
	}
	value, label := slices.Index(rows[0], "value"), slices.Index(rows[0], language)
	if label < 0 {
		label = slices.Index(rows[0], "text")
	}
	if value < 0 || label < 0 {
		return nil, "its first line must be value,text"
	}
	var out []Choice
	seen := map[string]bool{}
	for i, row := range rows[1:] {
		n := strconv.Itoa(i + 2)
		switch {
		case len(row) <= max(value, label) || row[label] == "":
			return out, "line " + n + " has no text"
		case !listValue.MatchString(row[value]):
			return out, "line " + n + ": “" + row[value] + "” is no value"
		case seen[row[value]]:
			return out, "line " + n + ": the value “" + row[value] + "” stands twice"
		case len(out) == maxList:
			return out, "it has more than " + strconv.Itoa(maxList) + " lines"
		}
		seen[row[value]] = true
		out = append(out, Choice{Value: row[value], Label: Text{Value: row[label]}})
	}
	return out, ""
}

var listValue = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]{0,39}$`)
