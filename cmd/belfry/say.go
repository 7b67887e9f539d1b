package main

// What the commands for webmasters say, in her language: sentences of
// texts/<language>.yaml by key.

import (
	"embed"
	"strings"
	"sync"

	"belfry/generator/editors"
	"belfry/generator/locale"
	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"
)

//go:embed texts
var textFiles embed.FS

// texts holds the sentences of every language. A fault in them is ours.
var texts = sync.OnceValue(func() map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, lang := range editors.Languages() {
		file, convert := lang, func(s string) string { return s }
		if lang == "sr-Latn" {
			file, convert = "sr", func(s string) string { return locale.TransliterateText(s, locale.Latin) }
		}
		raw, err := textFiles.ReadFile("texts/" + file + ".yaml")
		if err != nil {
			panic("belfry: " + err.Error())
		}
		sentences := map[string]string{}
		if err := yaml.Unmarshal([]byte(convert(string(raw))), &sentences); err != nil {
			panic("belfry: texts/" + file + ".yaml: " + err.Error())
		}
		all[lang] = sentences
	}
	return all
})

// say returns a sentence in a language that editors.In gives, with {names}
// filled in from pairs.
func say(lang, key string, pairs ...string) string {
	text, ok := texts()[lang][key]
	if !ok {
		panic("belfry: no sentence " + key + " in " + lang)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		pairs[i] = "{" + pairs[i] + "}"
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

// speech is the language for the person at the keyboard: --messages-lang, else
// that of the system, else the first of the portal's that has texts, else
// English.
func speech(c *cobra.Command, portal []string) string {
	var wishes []string
	if f := c.Flag("messages-lang"); f != nil {
		wishes = append(wishes, f.Value.String())
	}
	for _, w := range append(append(wishes, systemLanguages()...), portal...) {
		if w != "" && editors.Knows(w) {
			return editors.In(w).Lang
		}
	}
	return "en"
}
