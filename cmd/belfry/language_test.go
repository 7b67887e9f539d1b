package main

import (
	"slices"
	"testing"
)

// TestPosixLanguages: the environment names languages as POSIX and gettext do.
func TestPosixLanguages(t *testing.T) {
	for name, c := range map[string]struct {
		env  map[string]string
		want []string
	}{
		"nothing":            {nil, nil},
		"C":                  {map[string]string{"LANG": "C.UTF-8", "LANGUAGE": "bg"}, nil},
		"POSIX":              {map[string]string{"LC_ALL": "POSIX", "LANG": "bg_BG"}, nil},
		"a country":          {map[string]string{"LANG": "bg_BG.UTF-8"}, []string{"bg-BG"}},
		"messages over LANG": {map[string]string{"LANG": "en_US.UTF-8", "LC_MESSAGES": "ro_RO"}, []string{"ro-RO"}},
		"all over messages":  {map[string]string{"LC_ALL": "es_PE", "LC_MESSAGES": "ro_RO"}, []string{"es-PE"}},
		"a script":           {map[string]string{"LANG": "sr_RS.UTF-8@latin"}, []string{"sr-Latn-RS"}},
		"a list":             {map[string]string{"LANG": "en_GB", "LANGUAGE": "sr:bg_BG:!"}, []string{"sr", "bg-BG", "en-GB"}},
		"nonsense":           {map[string]string{"LANG": "../../etc"}, nil},
	} {
		if got := posixLanguages(func(key string) string { return c.env[key] }); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
