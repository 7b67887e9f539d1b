// Package diag says what is wrong in a webmaster's files, where, and how to mend it.
//
// A Diagnostic carries a code and arguments, never a finished sentence: its text
// is looked up by code and language when it is printed. Codes are stable and
// readable ("link/unknown-document"); the table messages/en/*.yaml holds, for
// each, its severity, its message and its hint.
//
// A mistake in content is a Diagnostic; a failing disk is an error; a mistake of
// ours is a panic. The three are never mixed.
package diag

import (
	"cmp"
	"slices"
)

// Severity orders diagnostics by weight. An error stops publication, a warning
// does not (unless the build is strict), a note only informs.
type Severity uint8

// The three severities, lightest first.
const (
	Note Severity = iota
	Warning
	Error
)

// String returns "note", "warning" or "error", as the JSON report spells them.
func (s Severity) String() string {
	return [...]string{"note", "warning", "error"}[s]
}

// Pos is a place in a source file.
type Pos struct {
	File string // slash-separated path below the portal's folder
	Line int    // from 1; 0 when the whole file is meant
	Col  int    // from 1, in characters (code points); 0 when the whole line is meant
	Len  int    // in characters; 0 when unknown
}

// Related points at another place that a diagnostic is about, such as the
// other of two documents with one address.
type Related struct {
	At   Pos
	Code string // message code of the sentence to show there
	Args []string

	texts *Texts
}

// Diagnostic is one finding about content.
type Diagnostic struct {
	Code     string
	Severity Severity
	At       Pos
	Args     []string // name, value, name, value ...: fills {name} in the message
	Related  []Related
	Excerpt  string // the source line At points to, without its line end; may be empty
	Page     string // path of a finished page that shows it; empty where none is known

	texts *Texts // the language it is told in; nil for English
}

// New returns a diagnostic of the given code with the severity its table entry
// has. Args are pairs of name and value. It panics on a code without an entry
// or an odd number of args: both are mistakes of ours.
func New(code string, at Pos, args ...string) Diagnostic {
	e, ok := table()[code]
	if !ok {
		panic("diag: no entry for code " + code)
	}
	if len(args)%2 != 0 {
		panic("diag: odd arguments for " + code)
	}
	return Diagnostic{Code: code, Severity: e.severity, At: at, Args: args}
}

// Arg returns the value of the named argument, or "".
func (d Diagnostic) Arg(name string) string {
	for i := 0; i+1 < len(d.Args); i += 2 {
		if d.Args[i] == name {
			return d.Args[i+1]
		}
	}
	return ""
}

// List is a list of diagnostics.
type List []Diagnostic

// Add appends a diagnostic made by [New].
func (l *List) Add(code string, at Pos, args ...string) {
	*l = append(*l, New(code, at, args...))
}

// Count returns how many diagnostics have exactly the given severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Sorted returns the list ordered by file, line, column, code and arguments,
// with exact repetitions removed.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, compare)
	return slices.CompactFunc(out, func(a, b Diagnostic) bool { return compare(a, b) == 0 })
}

func compare(a, b Diagnostic) int {
	return cmp.Or(
		cmp.Compare(a.At.File, b.At.File),
		cmp.Compare(a.At.Line, b.At.Line),
		cmp.Compare(a.At.Col, b.At.Col),
		-cmp.Compare(a.Severity, b.Severity),
		cmp.Compare(a.Code, b.Code),
		slices.Compare(a.Args, b.Args),
	)
}

// Escalate returns the list with every warning turned into an error (--strict).
func (l List) Escalate() List {
	out := slices.Clone(l)
	for i := range out {
		if out[i].Severity == Warning {
			out[i].Severity = Error
		}
	}
	return out
}
