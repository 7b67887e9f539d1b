//go:build !windows

package main

import "os"

// systemLanguages are the languages the user works in, the first one first.
func systemLanguages() []string { return posixLanguages(os.Getenv) }
