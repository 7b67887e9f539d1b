package main

// The password of a host in the keyring of the computer: Windows' credential
// manager, the keychain of macOS, the secret service of a Linux desktop.

import (
	"errors"
	"fmt"
	"os"

	"belfry/generator/upload"
	"github.com/zalando/go-keyring"
	"golang.org/x/term"
)

// keyringService is the name under which belfry's passwords are kept.
const keyringService = "belfry"

// keptPassword is the password of user@host, or "" where there is none or no keyring.
func keptPassword(account string) string {
	password, err := keyring.Get(keyringService, account)
	if err != nil {
		return ""
	}
	return password
}

// savePassword asks for the password of a target and keeps it.
func savePassword(target string, ask func(what string) (string, error)) error {
	account, err := upload.Account(target)
	if err != nil {
		return misuse("%v", err)
	}
	password, err := ask("Password of " + account)
	if err != nil {
		return misuse("%v", err)
	}
	if password == "" {
		return misuse("no password was given; nothing was kept")
	}
	if err := keyring.Set(keyringService, account, password); err != nil {
		return machine(fmt.Errorf("the keyring of this computer does not take it; set BELFRY_PASSWORD instead: %w", err))
	}
	fmt.Fprintf(os.Stderr, "The password of %s is kept in the keyring of this computer.\n", account)
	return nil
}

// askSecret asks at the terminal, without showing what is typed.
func askSecret(what string) (string, error) {
	in := int(os.Stdin.Fd())
	if !term.IsTerminal(in) {
		return "", errors.New("a password is asked for at a terminal only; elsewhere set BELFRY_PASSWORD")
	}
	fmt.Fprintf(os.Stderr, "%s: ", what)
	raw, err := term.ReadPassword(in)
	fmt.Fprintln(os.Stderr)
	return string(raw), err
}
