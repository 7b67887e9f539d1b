package tree

// What names mean on other systems: which of them Windows, macOS or Linux
// cannot hold, and which two would be one file there.

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns a key that is equal for two paths exactly when some system keeps
// them as one: macOS and Windows ignore case, macOS also the Unicode form. It
// uses simple case folding as file systems do, so "Straße" and "Strasse" stay
// two. The key is for comparing, not for showing.
func Fold(path string) string {
	plain, ascii := true, true
	for i := 0; i < len(path); i++ {
		c := path[i]
		ascii = ascii && c < utf8.RuneSelf
		plain = plain && c < utf8.RuneSelf && (c < 'A' || c > 'Z')
	}
	if plain {
		return path
	}
	if ascii {
		return strings.ToLower(path)
	}
	path = strings.ToValidUTF8(path, "\uFFFD") // norm is unsure of what follows a stray byte
	return norm.NFC.String(strings.Map(foldRune, norm.NFD.String(path)))
}

// foldRune returns the smallest letter that differs from r in case only, so
// that all of them meet ("K", "k" and the Kelvin sign), with ASCII in lower
// case to agree with Fold's short way.
func foldRune(r rune) rune {
	least := r
	for next := unicode.SimpleFold(r); next != r; next = unicode.SimpleFold(next) {
		least = min(least, next)
	}
	if least >= 'A' && least <= 'Z' {
		least += 'a' - 'A'
	}
	return least
}

// longest is the length in bytes that a name may have on ext4; NTFS and APFS
// allow 255 UTF-16 units, which is never less.
const longest = 255

// BadName returns why a name, or a part of a slash-separated path, cannot be
// held by every operating system, as half a sentence for the author ("it
// contains “:”"), or "" when it can. The rules are those of Windows ("Naming
// Files, Paths, and Namespaces", Microsoft), the strictest of the three.
func BadName(name string) string {
	if !utf8.ValidString(name) {
		return "it is not UTF-8"
	}
	for part := range strings.SplitSeq(name, "/") {
		if why := badPart(part); why != "" {
			return why
		}
	}
	return ""
}

func badPart(part string) string {
	switch {
	case part == "":
		return "it is empty"
	case len(part) > longest:
		return fmt.Sprintf("it is longer than %d bytes", longest)
	case strings.ContainsFunc(part, unicode.IsControl):
		return "it contains a control character"
	}
	if i := strings.IndexAny(part, `<>:"|?*\`); i >= 0 {
		return fmt.Sprintf("it contains “%c”", part[i])
	}
	switch part[len(part)-1] {
	case '.':
		return "it ends with a full stop"
	case ' ':
		return "it ends with a space"
	}
	if device(part) {
		return "Windows keeps this name for a device"
	}
	return ""
}

// device reports whether Windows takes the name for a device, whatever follows
// its first full stop: "con", "Con.txt", "com1 .md".
func device(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	stem = strings.ToLower(strings.TrimRight(stem, " "))
	switch stem {
	case "con", "prn", "aux", "nul", "conin$", "conout$":
		return true
	}
	if port, ok := strings.CutPrefix(stem, "com"); ok {
		return portNumber(port)
	}
	port, ok := strings.CutPrefix(stem, "lpt")
	return ok && portNumber(port)
}

// portNumber knows also the superscript digits, which Windows takes for plain
// ones.
func portNumber(s string) bool {
	return utf8.RuneCountInString(s) == 1 && strings.Contains("0123456789¹²³", s)
}
