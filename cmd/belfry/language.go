package main

import (
	"slices"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"github.com/spf13/cobra"
)

// speak returns the texts for what the command says: those of --messages-lang,
// else of the system's language, else English.
func speak(c *cobra.Command) (*diag.Texts, error) {
	asked, _ := c.Flags().GetString("messages-lang")
	if asked == "" {
		for _, tag := range systemLanguages() {
			if t := textsIn(tag); t.Lang != "en" || strings.HasPrefix(tag, "en") {
				return t, nil
			}
		}
		return textsIn("en"), nil
	}
	tag, err := locale.Canonical(asked)
	if err != nil {
		return nil, misuse("--messages-lang %q is no language tag; write one of %s", asked, strings.Join(diag.Languages(), ", "))
	}
	t := textsIn(tag)
	if language, _, _ := strings.Cut(tag, "-"); !strings.HasPrefix(t.Lang, language) {
		return nil, misuse("--messages-lang: there are no messages in %s; there are %s", tag, strings.Join(diag.Languages(), ", "))
	}
	return t, nil
}

// textsIn returns the texts of a language, those of Serbian in the script of the
// tag: there is one folder, in Cyrillic, and Latin is made from it.
func textsIn(tag string) *diag.Texts {
	l := locale.For(tag)
	t := diag.In(tag, l.Plural)
	if t.Lang == "sr" && l.Script == "Latn" {
		return t.Written("sr-Latn", locale.Latin)
	}
	return t
}

// posixLanguages are the languages that the environment asks for, in the order
// POSIX gives them weight: LC_ALL, LC_MESSAGES, LANG; first of all LANGUAGE,
// gettext's list, where any of these is set to a language.
func posixLanguages(getenv func(string) string) []string {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		value := getenv(name)
		if value == "" {
			continue
		}
		tag := posixTag(value)
		if tag == "" {
			return nil // C and POSIX: no language, which is English
		}
		var tags []string
		for one := range strings.SplitSeq(getenv("LANGUAGE"), ":") {
			if t := posixTag(one); t != "" {
				tags = append(tags, t)
			}
		}
		return append(tags, tag)
	}
	return nil
}

// posixTag turns sr_RS.UTF-8@latin into sr-Latn-RS; "" for C, POSIX and what is
// no language.
func posixTag(value string) string {
	value, modifier, _ := strings.Cut(value, "@")
	value, _, _ = strings.Cut(value, ".")
	parts := strings.Split(value, "_")
	if script := map[string]string{"latin": "Latn", "cyrillic": "Cyrl"}[modifier]; script != "" {
		parts = slices.Insert(parts, 1, script)
	}
	tag, err := locale.Canonical(strings.Join(parts, "-"))
	if err != nil || len(parts[0]) < 2 || strings.EqualFold(value, "posix") {
		return ""
	}
	return tag
}
