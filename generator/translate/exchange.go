package translate

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"belfry/generator/diag"
	"belfry/generator/markdown"
	"belfry/generator/portal"
)

// Exchange is what came back from a translator, in whatever format.
type Exchange struct {
	Lang      string
	Documents []Returned
}

// Returned is one document that came back.
type Returned struct {
	File  string // of the source
	Stamp string // of the source when it left; "" where the format lost it
	At    diag.Pos
	Units []ReturnedUnit
}

// ReturnedUnit is one text that came back.
type ReturnedUnit struct {
	Key    string
	Source string
	Target string // "" where there is none
	Check  string // as check wrote it; "" where the format lost it
	Done   bool   // the translator says so
	At     diag.Pos
	Faults diag.List // marks that are damaged; they count only when the text has changed
}

// check identifies the source and the target of a unit when it left.
func check(source, target string) string { return short(source) + "-" + exact(target) }

// short identifies a source: what a stamp does not count does not count here.
func short(s string) string {
	sum := sha256.Sum256([]byte(portal.Even(s)))
	return hex.EncodeToString(sum[:5])
}

// exact identifies a target: only white space does not count.
func exact(s string) string {
	sum := sha256.Sum256([]byte(received(s, markdown.Words)))
	return hex.EncodeToString(sum[:5])
}

// received brings a text that came back into the form in which it left: spaces
// that a tool has added at line ends or around the text mean nothing, but in
// code.
func received(s string, kind markdown.TextKind) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	if kind != markdown.Words {
		return strings.Trim(s, "\n")
	}
	var lines []string
	for _, l := range strings.Split(s, "\n") {
		if l = strings.Join(strings.FieldsFunc(l, plainSpace), " "); l != "" {
			lines = append(lines, l)
		}
	}
	return strings.Join(lines, "\n")
}

func plainSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' }
