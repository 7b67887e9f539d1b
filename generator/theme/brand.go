package theme

import (
	"fmt"
	"math"
	"strings"

	"belfry/generator/diag"
)

// This file makes the colours of a portal out of its one brand colour, in hex,
// so that no colour function reaches a browser (DESIGN.md, section 4).

// Tokens are the colours of one scheme, in hex.
type Tokens struct {
	Paper, Raised, Tint    string // page; fields and white plates; footer, notices
	Line, Edge             string // decoration only; borders of controls
	Muted, Ink             string // text
	Accent, Deep, OnAccent string // links, buttons, rules; the same under the pointer
	Band, OnBand           string // plates
	Danger, DangerGround   string
	Warning, WarningGround string
	Good                   string // "Open now"
}

// Palette is the colours of a portal in both schemes.
type Palette struct{ Light, Dark Tokens }

// ColourError refuses a brand colour.
type ColourError struct {
	Colour  string
	Nearest string // the nearest colour that passes; "" where the text is no colour
}

func (e *ColourError) Error() string {
	if e.Nearest == "" {
		return fmt.Sprintf("%q is no colour: write it as #0b5d4b", e.Colour)
	}
	return fmt.Sprintf("neither white nor black can be read on %s; the nearest colour that passes is %s", e.Colour, e.Nearest)
}

// Diagnostic tells a webmaster of the refusal, at the place of the colour.
func (e *ColourError) Diagnostic(where diag.Pos) diag.Diagnostic {
	if e.Nearest == "" {
		return diag.New("theme/no-colour", where, "colour", e.Colour)
	}
	return diag.New("theme/colour-contrast", where, "colour", e.Colour, "nearest", e.Nearest)
}

// DefaultColour is the brand of a portal that names none.
const DefaultColour = "#0b5d4b"

// Brand computes the palette of a brand colour, #rgb or #rrggbb. A colour on
// which neither white nor ink reaches a contrast of 4.5 is refused with a
// [*ColourError]; the palette is then that of the nearest colour that passes.
func Brand(colour string) (Palette, error) {
	c, ok := parseHex(colour)
	if !ok {
		p, _ := Brand(DefaultColour)
		return p, &ColourError{Colour: colour}
	}
	if p := palette(c); p.Light.OnBand != "" {
		return p, nil
	}
	near := nearest(c)
	p, _ := Brand(near)
	return p, &ColourError{Colour: c.hex(), Nearest: near}
}

// nearest moves the lightness of a colour both ways until it passes.
func nearest(c rgb) string {
	o := c.oklch()
	for d := .004; ; d += .004 {
		for _, l := range []float64{o.L - d, o.L + d} {
			if l < 0 || l > 1 {
				continue
			}
			h := oklch{l, o.C, o.H}.hex()
			if v, _ := parseHex(h); palette(v).Light.OnBand != "" {
				return h
			}
		}
	}
}

func palette(brand rgb) Palette {
	b := brand.oklch()
	k := func(share, most float64) float64 { return math.Min(most, b.C*share) }
	own := func(l, c float64) oklch { return oklch{l, c, b.H} }

	var l Tokens
	l.Paper, l.Raised = oklch{.985, .006, 85}.hex(), "#ffffff"
	l.Tint = own(.955, k(.12, .013)).hex()
	l.Line = oklch{.85, .012, 85}.hex()
	l.Edge = own(.56, k(.25, .03)).down(4.5, l.Paper, l.Tint)
	l.Muted = own(.46, k(.25, .03)).down(7, l.Paper, l.Tint)
	l.Ink = own(.225, k(.3, .03)).hex()
	l.Accent = own(math.Min(b.L, .52), b.C).down(7, l.Paper, l.Tint)
	l.Deep = own(lightness(l.Accent)-.09, b.C).hex()
	l.OnAccent = "#ffffff"
	l.Band = brand.hex()
	switch {
	case contrast("#ffffff", l.Band) >= 4.5:
		l.OnBand = "#ffffff"
	case contrast(l.Ink, l.Band) >= 4.5:
		l.OnBand = l.Ink
	}
	l.Danger, l.DangerGround = oklch{.5, .17, 27}.down(7, l.Paper, l.Tint), oklch{.965, .018, 27}.hex()
	l.Warning, l.WarningGround = oklch{.5, .1, 70}.down(7, l.Paper), oklch{.965, .04, 88}.hex()
	l.Good = oklch{.5, .11, 150}.down(7, l.Paper)

	var d Tokens
	d.Paper, d.Raised, d.Tint = own(.19, k(.14, .016)).hex(), own(.235, k(.16, .02)).hex(), own(.265, k(.25, .03)).hex()
	d.Line = own(.37, k(.2, .025)).hex()
	d.Edge = own(.6, k(.2, .025)).up(4.5, d.Paper, d.Raised, d.Tint)
	d.Muted = own(.74, k(.15, .02)).up(7, d.Paper, d.Raised, d.Tint)
	d.Ink = own(.945, k(.08, .01)).hex()
	d.Accent = own(math.Max(b.L, .74), math.Min(b.C, .13)).up(7, d.Paper, d.Raised, d.Tint)
	d.Deep = own(math.Min(.97, lightness(d.Accent)+.08), math.Min(b.C, .1)).hex()
	d.OnAccent = d.Paper
	d.Band, d.OnBand = own(.31, k(.75, .075)).hex(), d.Ink
	d.Danger, d.DangerGround = oklch{.74, .13, 27}.up(7, d.Paper, d.Raised, d.Tint), oklch{.27, .05, 27}.hex()
	d.Warning, d.WarningGround = oklch{.8, .12, 85}.up(7, d.Paper), oklch{.28, .04, 80}.hex()
	d.Good = oklch{.78, .12, 150}.up(7, d.Paper)
	return Palette{l, d}
}

func lightness(hex string) float64 {
	c, _ := parseHex(hex)
	return c.oklch().L
}

// pair is two colours that stand on each other and the contrast they need.
type pair struct {
	name    string
	a, b    string
	atLeast float64
}

// pairs are all that DESIGN.md names.
func (t Tokens) pairs() []pair {
	return []pair{
		{"ink on paper", t.Ink, t.Paper, 12}, {"ink on tint", t.Ink, t.Tint, 12},
		{"muted on paper", t.Muted, t.Paper, 7}, {"muted on tint", t.Muted, t.Tint, 7},
		{"accent on paper", t.Accent, t.Paper, 7}, {"accent on tint", t.Accent, t.Tint, 7}, {"accent on raised", t.Accent, t.Raised, 7},
		{"on accent", t.OnAccent, t.Accent, 7}, {"on deep", t.OnAccent, t.Deep, 7}, {"deep on paper", t.Deep, t.Paper, 7},
		{"edge on paper", t.Edge, t.Paper, 4.5}, {"edge on raised", t.Edge, t.Raised, 4.5}, {"edge on tint", t.Edge, t.Tint, 4.5},
		{"on band", t.OnBand, t.Band, 4.5},
		{"danger on paper", t.Danger, t.Paper, 7}, {"paper on danger", t.Paper, t.Danger, 7}, {"danger on raised", t.Danger, t.Raised, 7},
		{"danger on its ground", t.Danger, t.DangerGround, 4.5}, {"ink on danger ground", t.Ink, t.DangerGround, 10},
		{"warning on its ground", t.Warning, t.WarningGround, 4.5}, {"ink on warning ground", t.Ink, t.WarningGround, 10},
		{"good on paper", t.Good, t.Paper, 7},
	}
}

// css writes both schemes as custom properties: those that the sheet uses.
func (p Palette) css(sheet string) string {
	return ":root{" + p.Light.properties(sheet) + "}@media(prefers-color-scheme:dark){:root{" + p.Dark.properties(sheet) + "}}"
}

func (t Tokens) properties(sheet string) string {
	var out []string
	for _, v := range []struct{ name, hex string }{
		{"paper", t.Paper}, {"raised", t.Raised}, {"tint", t.Tint}, {"line", t.Line}, {"edge", t.Edge},
		{"muted", t.Muted}, {"ink", t.Ink}, {"accent", t.Accent}, {"deep", t.Deep}, {"on-accent", t.OnAccent},
		{"band", t.Band}, {"on-band", t.OnBand}, {"danger", t.Danger}, {"danger-ground", t.DangerGround},
		{"warning", t.Warning}, {"warning-ground", t.WarningGround}, {"good", t.Good},
	} {
		if strings.Contains(sheet, "var(--"+v.name+")") {
			out = append(out, "--"+v.name+":"+short(v.hex))
		}
	}
	return strings.Join(out, ";")
}

// short writes #ffffff as #fff.
func short(hex string) string {
	if len(hex) == 7 && hex[1] == hex[2] && hex[3] == hex[4] && hex[5] == hex[6] {
		return string([]byte{'#', hex[1], hex[3], hex[5]})
	}
	return hex
}

// DefaultIcon is the icon of a portal without a logo: an enamel plate in the
// town's colour, as SVG.
func (p Palette) DefaultIcon() []byte {
	return []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="4" fill="` + p.Light.Band +
		`"/><path d="M3.5 3.5h25v25h-25zM16 8l7 5v11H9V13zm-2.5 16v-5h5v5" fill="none" stroke="` + p.Light.OnBand + `"/></svg>`)
}
