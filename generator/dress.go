package generator

import (
	"errors"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/portal"
	"belfry/generator/render"
	"belfry/generator/theme"
)

// Dressed is the theme of one portal: its layouts in every language, its
// styles in the colours of the brand.
type Dressed struct {
	*theme.Look
	*theme.Templates
	icon  []byte
	sheet []byte                 // style of the search's suggestions
	finds map[string]render.File // the script that searches, by language
	forms render.File            // the script of forms

	running string // style of what that script shows
	texts   string // hash of all messages
}

// Hash identifies everything that determines what the theme writes.
func (d *Dressed) Hash() string { return d.Look.Hash() + d.texts }

// ContentNamed reports whether a file of the output is named by its content:
// it changes its name with every change, and pages that a reader still has may
// ask for the old one.
func ContentNamed(file string) bool {
	return (strings.HasPrefix(file, "assets/") || strings.HasPrefix(file, "search/")) && contentNamed.MatchString(file)
}

var contentNamed = regexp.MustCompile(`^(assets/(page-|form\.|form-[^/]+\.)[0-9a-f]+\.(js|css)|assets/qr-[0-9a-f]+\.svg|assets/search-.*\.(js|css)|search/[0-9a-z]{6}[tpwxcf][0-9]+\.js)$`)

// Form is the path of the script of forms.
func (d *Dressed) Form() string { return d.forms.Path }

// Running is the style of what the script of forms shows: the files of the forms
// hold it, so that their pages arrive without.
func (d *Dressed) Running() string { return d.running }

// Engine is the path of the script that searches in a language.
func (d *Dressed) Engine(lang string) string { return d.finds[lang].Path }

func (d *Dressed) sheetPath() string { return "assets/search-" + short(d.sheet) + ".css" }

// Files are what the theme adds to the output.
func (d *Dressed) Files() []render.File {
	out := []render.File{{Path: "csp.txt", Make: func() []byte { return []byte("style-src 'self' " + strings.Join(d.Hashes(), " ") + "\n") }}}
	if d.icon != nil {
		out = append(out, render.File{Path: render.FallbackIcon, Make: func() []byte { return d.icon }})
	}
	out = append(out, render.File{Path: d.sheetPath(), Make: func() []byte { return d.sheet }})
	for _, lang := range slices.Sorted(maps.Keys(d.finds)) {
		out = append(out, d.finds[lang])
	}
	for _, f := range d.Look.Files() {
		out = append(out, render.File{Path: f.Path, Make: func() []byte { return f.Data }})
	}
	return out
}

// loadTheme lays the portal's theme and messages over the built-in ones. A
// theme that cannot be used at all is nil.
func (p *Plan) loadTheme(config *portal.Config) (*Dressed, map[string]*locale.Messages, diag.List) {
	overlay := map[string][]byte{}
	var faults diag.List
	for _, f := range append(p.shared("theme"), p.source.Under("theme")...) {
		raw, err := f.Bytes()
		if err != nil {
			faults.Add("file/unreadable", diag.Pos{File: f.Path}, "reason", err.Error())
			continue
		}
		overlay[strings.TrimPrefix(f.Path, "theme/")] = raw
	}
	wardrobe := p.opt.Wardrobe
	if wardrobe == nil {
		wardrobe = &Wardrobe{}
	}
	base := wardrobe.cut(overlay)
	faults = append(faults, base.faults...)
	palette, err := theme.Brand(config.Colour)
	var colour *theme.ColourError
	if errors.As(err, &colour) {
		faults = append(faults, colour.Diagnostic(config.Fields.Get("brand").Get("colour").At))
	}
	own, more := p.ownTexts(config.Languages)
	faults = append(faults, more...)
	texts := wardrobe.letter(base, config.Languages, own)
	faults = append(faults, texts.faults...)
	for _, m := range texts.incomplete {
		faults.Add("messages/incomplete", config.Fields.Get("languages").At, "language", m.lang, "count", strconv.Itoa(len(m.keys)), "first", m.keys[0])
	}
	d := *wardrobe.dye(base, texts, palette, config.Languages)
	if config.Logo == "" {
		d.icon = palette.DefaultIcon()
	}
	return &d, texts.messages, faults
}

// ownTexts are the messages files of English and the portal's languages: those that
// portals share, then the portal's own.
func (p *Plan) ownTexts(languages []string) (own map[string][][]byte, faults diag.List) {
	own = map[string][][]byte{}
	for _, lang := range append([]string{"en"}, languages...) {
		if own[lang] != nil {
			continue
		}
		file := messagesFile(lang)
		files := p.shared(file)
		if f, ok := p.source.Get(file); ok {
			files = append(files, f)
		}
		for _, f := range files {
			raw, err := f.Bytes()
			if err != nil {
				faults.Add("file/unreadable", diag.Pos{File: file}, "reason", err.Error())
				continue
			}
			own[lang] = append(own[lang], raw)
		}
	}
	return own, faults
}

func messagesFile(lang string) string { return "messages/" + lang + ".yaml" }

// builtTexts are the theme's messages of a language: its own, those of the
// language without its region, or of Serbian in the other script.
func builtTexts(lang string, built map[string][]byte) []byte {
	for tag := lang; ; {
		if raw, ok := built[tag]; ok {
			return raw
		}
		if tag == "sr-Latn" {
			return []byte(locale.Latin(string(built["sr-Cyrl"])))
		}
		cut := strings.LastIndexByte(tag, '-')
		if cut < 0 {
			break
		}
		tag = tag[:cut]
	}
	if lang == "sr" {
		return built["sr-Cyrl"]
	}
	return nil
}
