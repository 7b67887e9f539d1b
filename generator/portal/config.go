package portal

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // Windows has no table of time zones

	"belfry/generator/diag"
	"belfry/generator/locale"
)

// Config is portal.yaml, checked and with its defaults filled in.
type Config struct {
	Fields    Value
	Languages []string // canonical BCP 47 tags; never empty
	Zone      *time.Location
	BaseURL   string // ends with a slash; empty when not given
	Country   string // upper case
	Currency  string
	Colour    string // #rrggbb
	Logo      string // path of a file below the portal
	Profile   string
	Menu      []Value
	Feedback  string
}

// File is the name of the portal's configuration.
const File = "portal.yaml"

// DefaultColour is the brand colour of a portal that names none.
const DefaultColour = "#0b5d4b"

// NewConfig fills the defaults of a parsed portal.yaml. Faults that make the
// portal unbuildable are errors in the list.
func NewConfig(fields Value) (*Config, diag.List) {
	var faults diag.List
	c := &Config{
		Fields:   fields,
		Country:  strings.ToUpper(fields.String("country")),
		Currency: cmp.Or(strings.ToUpper(fields.String("currency")), "EUR"),
		Colour:   cmp.Or(fields.Get("brand").String("colour"), DefaultColour),
		Logo:     fields.Get("brand").String("logo"),
		Profile:  cmp.Or(fields.String("profile"), "basic"),
		Menu:     fields.Get("menu").List,
		Feedback: fields.String("feedback"),
		Zone:     time.UTC,
	}
	seen := map[string]bool{}
	for _, l := range fields.Get("languages").List {
		if seen[l.Text] {
			faults.Add("config/language-twice", l.At, "language", l.Text)
			continue
		}
		seen[l.Text] = true
		c.Languages = append(c.Languages, l.Text)
	}
	if len(c.Languages) == 0 {
		c.Languages = []string{"en"}
	}
	if v := fields.Get("time_zone"); v.Set() {
		zone, err := time.LoadLocation(v.Text)
		if err != nil || v.Text == "Local" {
			faults.Add("config/time-zone", v.At, "zone", v.Text)
		} else {
			c.Zone = zone
		}
	}
	if v := fields.Get("base_url"); v.Set() {
		u, err := url.Parse(v.Text)
		if err != nil || (u.Scheme != "https" && u.Scheme != "http") || u.Host == "" || u.RawQuery != "" || u.Fragment != "" {
			faults.Add("config/base-url", v.At, "url", v.Text)
		} else {
			c.BaseURL = strings.TrimSuffix(u.String(), "/") + "/"
		}
	}
	if v := fields.Get("country"); v.Set() && (len(c.Country) != 2 || strings.Trim(c.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		faults.Add("config/country", v.At, "country", v.Text)
	}
	return c, faults
}

// First returns the language of files whose name carries none.
func (c *Config) First() string { return c.Languages[0] }

// In returns the text of a PerLang value for a language: that language's, else
// the first of the portal's languages that has one.
func (c *Config) In(v Value, lang string) string {
	text := v.Text
	if v.Map != nil {
		if t := v.String(lang); t != "" {
			return t
		}
		for _, l := range c.Languages {
			if text = v.String(l); text != "" {
				break
			}
		}
	}
	// The two scripts of Serbian are one language: nothing is untranslated.
	switch {
	case lang == "sr-Latn":
		return locale.Latin(text)
	case lang == "sr-Cyrl" && slices.Contains(c.Languages, "sr-Latn"):
		return locale.TransliterateText(text, locale.Cyrillic)
	}
	return text
}
