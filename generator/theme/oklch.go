package theme

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// This file computes with colours: OKLCH (Ottosson 2020) to sRGB and back, and
// the contrast of WCAG 2.2.

// oklch is a colour by lightness (0 to 1), chroma and hue (degrees).
type oklch struct{ L, C, H float64 }

// rgb holds the parts of a colour from 0 to 1, gamma-encoded.
type rgb [3]float64

func linear(c float64) float64 {
	if c <= .04045 {
		return c / 12.92
	}
	return math.Pow((c+.055)/1.055, 2.4)
}

func gamma(c float64) float64 {
	if c <= .0031308 {
		return 12.92 * c
	}
	return 1.055*math.Pow(c, 1/2.4) - .055
}

// parseHex reads #rgb or #rrggbb.
func parseHex(s string) (rgb, bool) {
	s = strings.TrimPrefix(strings.TrimSpace(s), "#")
	if len(s) == 3 {
		s = string([]byte{s[0], s[0], s[1], s[1], s[2], s[2]})
	}
	n, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 6 {
		return rgb{}, false
	}
	return rgb{float64(n>>16) / 255, float64(n>>8&255) / 255, float64(n&255) / 255}, true
}

func (c rgb) hex() string {
	return fmt.Sprintf("#%02x%02x%02x", round(c[0]), round(c[1]), round(c[2]))
}

func round(v float64) int { return int(math.Round(math.Min(1, math.Max(0, v)) * 255)) }

func (c rgb) oklch() oklch {
	r, g, b := linear(c[0]), linear(c[1]), linear(c[2])
	l := math.Cbrt(.4122214708*r + .5363325363*g + .0514459929*b)
	m := math.Cbrt(.2119034982*r + .6806995451*g + .1073969566*b)
	s := math.Cbrt(.0883024619*r + .2817188376*g + .6299787005*b)
	a := 1.9779984951*l - 2.428592205*m + .4505937099*s
	bb := .0259040371*l + .7827717662*m - .808675766*s
	return oklch{
		L: .2104542553*l + .793617785*m - .0040720468*s,
		C: math.Hypot(a, bb),
		H: math.Mod(math.Atan2(bb, a)*180/math.Pi+360, 360),
	}
}

// linearRGB may leave the range from 0 to 1: then sRGB has no such colour.
func (c oklch) linearRGB() [3]float64 {
	a, b := c.C*math.Cos(c.H*math.Pi/180), c.C*math.Sin(c.H*math.Pi/180)
	l := cube(c.L + .3963377774*a + .2158037573*b)
	m := cube(c.L - .1055613458*a - .0638541728*b)
	s := cube(c.L - .0894841775*a - 1.291485548*b)
	return [3]float64{
		4.0767416621*l - 3.3077115913*m + .2309699292*s,
		-1.2684380046*l + 2.6097574011*m - .3413193965*s,
		-.0041960863*l - .7034186147*m + 1.707614701*s,
	}
}

func cube(v float64) float64 { return v * v * v }

// hex is the nearest colour of sRGB: its chroma falls until it is one.
func (c oklch) hex() string {
	for ; ; c.C = math.Max(0, c.C-.002) {
		v := c.linearRGB()
		inside := true
		for _, x := range v {
			inside = inside && x >= -1e-4 && x <= 1+1e-4
		}
		if inside || c.C <= 0 {
			return rgb{gamma(clamp(v[0])), gamma(clamp(v[1])), gamma(clamp(v[2]))}.hex()
		}
	}
}

func clamp(v float64) float64 { return math.Min(1, math.Max(0, v)) }

// contrast is that of WCAG 2.2 between two colours in hex, 1 to 21.
func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + .05) / (math.Min(x, y) + .05)
}

func luminance(hex string) float64 {
	c, _ := parseHex(hex)
	return .2126*linear(c[0]) + .7152*linear(c[1]) + .0722*linear(c[2])
}

// down darkens a colour, up lightens it, until its contrast with every ground
// is at least ratio.
func (c oklch) down(ratio float64, grounds ...string) string {
	return c.move(-.004, func(l float64) bool { return l > .02 }, ratio, grounds)
}

func (c oklch) up(ratio float64, grounds ...string) string {
	return c.move(.004, func(l float64) bool { return l < .99 }, ratio, grounds)
}

func (c oklch) move(step float64, inside func(float64) bool, ratio float64, grounds []string) string {
	for {
		h := c.hex()
		if !inside(c.L) || reaches(h, ratio, grounds) {
			return h
		}
		c.L += step
	}
}

func reaches(hex string, ratio float64, grounds []string) bool {
	for _, g := range grounds {
		if contrast(hex, g) < ratio {
			return false
		}
	}
	return true
}
