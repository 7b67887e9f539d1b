package portal_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
)

// assets are the names of the files of a test's portal.
type assets []string

func (a assets) Has(name string) bool     { return slices.Contains(a, name) }
func (a assets) Names() []string          { return a }
func (assets) Read(string) ([]byte, bool) { return nil, false }

const sofia = "name: {bg: Бели бряг, ro: Malu Alb}\nlanguages: [bg, ro]\ntime_zone: Europe/Sofia\nauthority: town-hall\n"

// town links the files of a portal; portal.yaml may be left out.
func town(t *testing.T, files map[string]string) (*portal.Portal, diag.List) {
	t.Helper()
	yaml := files[portal.File]
	if yaml == "" {
		yaml = sofia
	}
	fields, faults := parse.Config([]byte(yaml))
	config, more := portal.NewConfig(fields)
	faults = append(faults, more...)
	opt := parse.Options{Languages: config.Languages, Currency: config.Currency}
	var docs []*portal.Document
	for file, text := range files {
		if parse.IsDocument(file) {
			d, more := parse.File(file, []byte(text), opt)
			docs, faults = append(docs, d), append(faults, more...)
		}
	}
	p, more := portal.Link(config, docs, assets{"assets/arms.svg"})
	return p, append(faults, more...).Sorted()
}

// sound is town for files that have no errors but those of a missing authority.
func sound(t *testing.T, files map[string]string) *portal.Portal {
	t.Helper()
	p, faults := town(t, files)
	for _, d := range faults {
		if d.Severity == diag.Error && !(d.At.File == portal.File && d.Code == "link/unknown-id") {
			t.Errorf("%s: %s: %s", d.At, d.Code, d.Message())
		}
	}
	return p
}

// codes lists faults as "file:line code", without those every small portal has.
func codes(faults diag.List) []string {
	var out []string
	for _, d := range faults {
		if d.At.File != portal.File || d.Code != "link/unknown-id" {
			out = append(out, fmt.Sprintf("%s:%d %s", d.At.File, d.At.Line, d.Code))
		}
	}
	return out
}

func expect(t *testing.T, faults diag.List, want ...string) {
	t.Helper()
	if got := codes(faults); !slices.Equal(got, want) {
		t.Errorf("got faults\n  %s\nwant\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// at reads a moment in Sofia.
func at(t *testing.T, p *portal.Portal, text string) time.Time {
	t.Helper()
	m := p.Moment(text)
	if m.IsZero() {
		t.Fatalf("no moment: %q", text)
	}
	return m
}
