//go:build !windows

package main

import (
	"cmp"
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// freeSpace is what may be written to the disk of a folder, in bytes.
func freeSpace(dir string) (int64, bool) {
	var s unix.Statfs_t
	if err := unix.Statfs(dir, &s); err != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}

// consoleEncoding is the encoding of the terminal where it is not UTF-8.
func consoleEncoding() string {
	locale := cmp.Or(os.Getenv("LC_ALL"), os.Getenv("LC_CTYPE"), os.Getenv("LANG"))
	_, encoding, _ := strings.Cut(locale, ".")
	encoding, _, _ = strings.Cut(encoding, "@")
	switch e := strings.ToLower(strings.ReplaceAll(encoding, "-", "")); {
	case e == "utf8":
		return ""
	case locale == "" || locale == "C" || locale == "POSIX":
		return "ASCII"
	case encoding == "":
		return "" // the system's own for that language
	}
	return encoding
}
