package main

import (
	"bufio"
	"cmp"
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"text/template"

	"belfry/generator/locale"
	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// starter is the content of a new portal, as templates over [newPortal].
//
//go:embed all:starter
var starter embed.FS

// newPortal is what a new portal is made from.
type newPortal struct {
	Name      string
	Languages []string
	Country   string
	Currency  string
	Zone      string
	Host      string
}

func newCommand() *cobra.Command {
	var name, country string
	var languages []string
	c := &cobra.Command{
		Use:   "new DIR",
		Short: "Begin a portal in a new folder",
		Long:  "Begin a portal in a new folder: portal.yaml, an office, a topic and a first\nservice to change. What is not given is asked for at a terminal.",
		Args:  cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			p, err := describe(args[0], name, country, languages)
			if err != nil {
				return err
			}
			return create(args[0], p)
		},
	}
	c.Flags().StringVar(&name, "name", "", "`NAME` of the town")
	c.Flags().StringVar(&country, "country", "", "its country, two letters (ISO 3166)")
	c.Flags().StringSliceVar(&languages, "languages", nil, "languages of the portal (BCP 47), the first one first, such as bg,en")
	c.AddCommand(newTranslationCommand())
	return c
}

// describe fills in what the flags do not say: asked for at a terminal, else
// the defaults.
func describe(dir, name, country string, languages []string) (newPortal, error) {
	ask := func(string, string) string { return "" }
	if term.IsTerminal(int(os.Stdin.Fd())) {
		in := bufio.NewReader(os.Stdin)
		ask = func(question, proposal string) string {
			fmt.Fprintf(os.Stderr, "%s [%s]: ", question, proposal)
			answer, _ := in.ReadString('\n')
			return strings.TrimSpace(answer)
		}
	}
	proposal := strings.ReplaceAll(filepath.Base(absolute(dir)), "-", " ")
	if name == "" {
		name = cmp.Or(ask("Name of the town", proposal), proposal)
	}
	if len(languages) == 0 {
		languages = strings.FieldsFunc(cmp.Or(ask("Languages, the first one first", "en"), "en"), func(r rune) bool { return r == ',' || r == ' ' })
	}
	if country == "" {
		country = ask("Country, two letters", "none")
	}
	p := newPortal{Name: name, Country: strings.ToUpper(country), Host: cmp.Or(locale.Slug(name, languages[0]), "town")}
	for _, l := range languages {
		tag, err := locale.Canonical(strings.TrimSpace(l))
		if err != nil {
			return p, misuse("--languages: %q is no language tag; write BCP 47 tags such as bg, ro or sr-Latn", l)
		}
		p.Languages = append(p.Languages, tag)
	}
	if p.Country == "NONE" {
		p.Country = ""
	}
	if p.Country != "" && (len(p.Country) != 2 || strings.Trim(p.Country, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "") {
		return p, misuse("--country %q is no country code; write the two letters of ISO 3166, such as BG", country)
	}
	p.Currency, p.Zone = home(p.Country)
	return p, nil
}

// home is the currency and time zone of a country; where a country has several
// zones, that of its capital.
func home(country string) (currency, zone string) {
	known := map[string][2]string{
		"BG": {"EUR", "Europe/Sofia"}, "RO": {"RON", "Europe/Bucharest"}, "RS": {"RSD", "Europe/Belgrade"}, "GE": {"GEL", "Asia/Tbilisi"},
		"HU": {"HUF", "Europe/Budapest"}, "PL": {"PLN", "Europe/Warsaw"}, "UA": {"UAH", "Europe/Kyiv"}, "GR": {"EUR", "Europe/Athens"},
		"TR": {"TRY", "Europe/Istanbul"}, "ES": {"EUR", "Europe/Madrid"}, "PT": {"EUR", "Europe/Lisbon"}, "FR": {"EUR", "Europe/Paris"},
		"DE": {"EUR", "Europe/Berlin"}, "IT": {"EUR", "Europe/Rome"}, "HR": {"EUR", "Europe/Zagreb"}, "MK": {"MKD", "Europe/Skopje"},
		"AL": {"ALL", "Europe/Tirane"}, "BA": {"BAM", "Europe/Sarajevo"}, "ME": {"EUR", "Europe/Podgorica"}, "MD": {"MDL", "Europe/Chisinau"},
		"GB": {"GBP", "Europe/London"}, "IE": {"EUR", "Europe/Dublin"}, "JO": {"JOD", "Asia/Amman"}, "MA": {"MAD", "Africa/Casablanca"},
		"EG": {"EGP", "Africa/Cairo"}, "PE": {"PEN", "America/Lima"}, "CO": {"COP", "America/Bogota"}, "HN": {"HNL", "America/Tegucigalpa"},
		"AT": {"EUR", "Europe/Vienna"}, "SI": {"EUR", "Europe/Ljubljana"}, "SK": {"EUR", "Europe/Bratislava"}, "CZ": {"CZK", "Europe/Prague"},
	}
	if k, ok := known[country]; ok {
		return k[0], k[1]
	}
	return "EUR", "UTC"
}

// create writes the starter into a folder, which must be new or empty.
func create(dir string, p newPortal) error {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return misuse("%s is not empty; begin in a new folder", dir)
	}
	err := fs.WalkDir(starter, "starter", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := starter.ReadFile(name)
		if err != nil {
			return err
		}
		t, err := template.New(path.Base(name)).Parse(string(raw))
		if err != nil {
			return err
		}
		to := filepath.Join(dir, filepath.FromSlash(strings.TrimPrefix(name, "starter/")))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		var text strings.Builder
		if err := t.Execute(&text, p); err != nil {
			return err
		}
		return os.WriteFile(to, []byte(text.String()), 0o644)
	})
	if err != nil {
		return machine(err)
	}
	fmt.Fprintf(os.Stderr, "%s is ready. See it with: belfry serve %s\n", dir, dir)
	return nil
}
