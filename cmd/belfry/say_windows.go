package main

import "golang.org/x/sys/windows"

// systemLanguages are those of the environment, which a person set on purpose,
// then those of Windows' own texts.
func systemLanguages() []string {
	own, err := windows.GetUserPreferredUILanguages(windows.MUI_LANGUAGE_NAME)
	if err != nil {
		own = nil
	}
	return append(fromEnvironment(), own...)
}
