package main

import (
	"errors"
	"strings"
	"testing"

	"github.com/zalando/go-keyring"
)

func TestSavePassword(t *testing.T) {
	keyring.MockInit()
	ask := func(answer string, err error) func(string) (string, error) {
		return func(what string) (string, error) {
			if !strings.Contains(what, "anna@town.example") {
				t.Errorf("asked %q", what)
			}
			return answer, err
		}
	}
	if err := savePassword("sftp://anna@town.example/web", ask("geheim", nil)); err != nil {
		t.Fatal(err)
	}
	if got := keptPassword("anna@town.example"); got != "geheim" {
		t.Errorf("kept %q", got)
	}
	if got := keptPassword("bert@town.example"); got != "" {
		t.Errorf("for another user there is %q", got)
	}
	for address, ask := range map[string]func(string) (string, error){
		"sftp://anna@town.example/x":        ask("", nil),
		"ftp://anna@town.example/x":         ask("", errors.New("no terminal")),
		"sftp://anna:geheim@town.example/x": ask("geheim", nil),
		"sftp://town.example/x":             ask("geheim", nil),
		"folder":                            ask("geheim", nil),
	} {
		if err := savePassword(address, ask); err == nil || strings.Contains(err.Error(), "geheim") {
			t.Errorf("%s: %v", address, err)
		}
	}
	keyring.MockInitWithError(errors.New("locked"))
	if err := savePassword("sftp://anna@town.example/x", ask("geheim", nil)); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("locked: %v", err)
	}
	if got := keptPassword("anna@town.example"); got != "" {
		t.Errorf("locked, and kept %q", got)
	}
}
