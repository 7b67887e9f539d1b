package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// systemLanguages are the languages the user works in, the first one first:
// those of the environment where somebody set them, else those of Windows.
func systemLanguages() []string {
	if tags := posixLanguages(os.Getenv); tags != nil {
		return tags
	}
	tags, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		return nil
	}
	return tags
}
