package editors

// This file writes texts as YAML scalars that read back as the same text.

import (
	"encoding/json"
	"regexp"
	"strings"
)

var (
	plainScalar = regexp.MustCompile(`^[\p{L}/][\p{L}\p{M}\p{N} ./@()'’“”„«»–—…%+_-]*$`)
	// A word that YAML 1.1 or 1.2 reads as no text.
	loaded = regexp.MustCompile(`^(?i:y|n|yes|no|on|off|true|false|null|nan|inf)$`)
)

// scalar writes one line of text.
func scalar(s string) string {
	if plainScalar.MatchString(s) && !loaded.MatchString(s) && strings.TrimSpace(s) == s {
		return s
	}
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		panic("editors: a string cannot be encoded: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n") // JSON is YAML in double quotes
}
