package generator

import (
	"crypto/sha256"
	"encoding/hex"
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
	"belfry/search"
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
func ContentNamed(file string) bool { return contentNamed.MatchString(file) }

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
	base, more := theme.Load(overlay)
	faults = append(faults, more...)
	palette, err := theme.Brand(config.Colour)
	var colour *theme.ColourError
	if errors.As(err, &colour) {
		faults = append(faults, colour.Diagnostic(config.Fields.Get("brand").Get("colour").At))
	}
	d := &Dressed{Look: base.Dress(palette, search.LoaderScript(), config.Languages)}
	d.sheet, d.running = d.Sheet("suggest"), string(d.Sheet("running"))
	if config.Logo == "" {
		d.icon = palette.DefaultIcon()
	}
	messages, hash, more := p.messages(config, base)
	faults = append(faults, more...)
	d.texts = hash
	texts := map[string]theme.Texts{}
	for _, lang := range config.Languages {
		texts[lang] = messages[lang]
	}
	d.Templates = base.Compile(texts)
	d.finds = engines(config, messages, d.sheetPath())
	d.forms = formScript()
	return d, messages, faults
}

// messages are the interface texts of every language of the portal: its own
// changes over the theme's, those over English. A language that the theme does
// not know must be complete in messages/.
func (p *Plan) messages(config *portal.Config, base *theme.Theme) (map[string]*locale.Messages, string, diag.List) {
	var faults diag.List
	built := base.Messages()
	h := sha256.New()
	master, more := locale.ParseMessages("theme/messages/en.yaml", built["en"], "en")
	faults = append(faults, more...)
	out := map[string]*locale.Messages{"en": master}
	for _, lang := range append([]string{"en"}, config.Languages...) {
		var layers []*locale.Messages
		add := func(file string, raw []byte) *locale.Messages {
			m, more := locale.ParseMessages(file, raw, lang)
			faults, layers = append(faults, more...), append(layers, m)
			h.Write(append(raw, 0))
			return m
		}
		if raw := builtTexts(lang, built); raw != nil {
			add("theme/messages/"+lang+".yaml", raw)
		}
		file := "messages/" + lang + ".yaml"
		own := p.shared(file)
		if f, ok := p.source.Get(file); ok {
			own = append(own, f)
		}
		for _, f := range own {
			raw, err := f.Bytes()
			if err != nil {
				faults.Add("file/unreadable", diag.Pos{File: file}, "reason", err.Error())
			} else {
				faults = append(faults, add(file, raw).Check(master)...)
			}
		}
		m := master
		for _, layer := range layers {
			m = layer.Over(m)
		}
		missing := m.Missing(master)
		if layers == nil {
			missing = master.Keys()
		}
		if lang != "en" && len(missing) > 0 {
			faults.Add("messages/incomplete", config.Fields.Get("languages").At, "language", lang, "count", strconv.Itoa(len(missing)), "first", missing[0])
		}
		out[lang] = m
	}
	return out, hex.EncodeToString(h.Sum(nil)), faults
}

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
