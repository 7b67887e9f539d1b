package theme

import (
	"errors"
	"fmt"
	"testing"
)

func TestBrandOfTheDesign(t *testing.T) {
	p, err := Brand("#0b5d4b")
	if err != nil {
		t.Fatal(err)
	}
	// The colours of DESIGN.md, section 4.
	light := Tokens{
		Paper: "#fcfaf6", Raised: "#ffffff", Tint: "#eaf2ef", Line: "#d1cdc5", Edge: "#62716c", Muted: "#45534e", Ink: "#101f1b",
		Accent: "#065b49", Deep: "#024032", OnAccent: "#ffffff", Band: "#0b5d4b", OnBand: "#ffffff",
		Danger: "#9f1718", DangerGround: "#fef0ee", Warning: "#794b02", WarningGround: "#fff3d6", Good: "#15632f",
	}
	dark := Tokens{
		Paper: "#0f1513", Raised: "#18201d", Tint: "#1b2824", Line: "#38433f", Edge: "#838f8b", Muted: "#a9b2af", Ink: "#e9eeec",
		Accent: "#77bea8", Deep: "#90d8c2", OnAccent: "#0f1513", Band: "#013a2d", OnBand: "#e9eeec",
		Danger: "#fd9387", DangerGround: "#3b1c19", Warning: "#e1b75c", WarningGround: "#332710", Good: "#7ccd8e",
	}
	if p.Light != light {
		t.Errorf("light\n got %+v\nwant %+v", p.Light, light)
	}
	if p.Dark != dark {
		t.Errorf("dark\n got %+v\nwant %+v", p.Dark, dark)
	}
}

// TestEveryBrandIsReadable walks a grid of 4,096 colours: whatever a town
// chooses, every pair of colours reaches its contrast in both schemes, and
// what is refused comes with a colour that is not.
func TestEveryBrandIsReadable(t *testing.T) {
	refused := 0
	for r := 0; r < 256; r += 17 {
		for g := 0; g < 256; g += 17 {
			for b := 0; b < 256; b += 17 {
				colour := fmt.Sprintf("#%02x%02x%02x", r, g, b)
				p, err := Brand(colour)
				if err != nil {
					refused++
					var fault *ColourError
					if !errors.As(err, &fault) || fault.Nearest == "" {
						t.Fatalf("%s: %v", colour, err)
					}
					if _, err := Brand(fault.Nearest); err != nil {
						t.Errorf("%s: the colour offered, %s, is refused too", colour, fault.Nearest)
					}
				}
				for scheme, tokens := range map[string]Tokens{"light": p.Light, "dark": p.Dark} {
					for _, pair := range tokens.pairs() {
						if c := contrast(pair.a, pair.b); c < pair.atLeast {
							t.Errorf("%s, %s: %s has %.2f, needs %.1f", colour, scheme, pair.name, c, pair.atLeast)
						}
					}
				}
			}
		}
	}
	if refused != 320 {
		t.Errorf("%d colours of the grid are refused; it was 320", refused)
	}
}

func TestWhatIsNoColour(t *testing.T) {
	for _, s := range []string{"", "green", "#12", "#12345", "#1234567", "#gggggg", "0b5d4b;}body{display:none"} {
		p, err := Brand(s)
		var fault *ColourError
		if !errors.As(err, &fault) || fault.Nearest != "" {
			t.Errorf("%q: %v", s, err)
		}
		if p.Light.Band != DefaultColour {
			t.Errorf("%q: the palette is not the default one", s)
		}
	}
	for in, want := range map[string]string{"#ABC": "#aabbcc", "0B5D4B": "#0b5d4b", " #1f4e8c ": "#1f4e8c"} {
		if p, err := Brand(in); err != nil || p.Light.Band != want {
			t.Errorf("%q: %v, %v", in, p.Light.Band, err)
		}
	}
}
