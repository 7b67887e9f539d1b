package diag

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed messages
var messageFiles embed.FS

// english is the folder of the master: severities stand there alone, and every
// other language follows its codes and placeholders.
const english = "en"

// entry is one code's line in a table. A hint may come in two forms: the
// second is used when the diagnostic carries a "guess". Rules of check also
// say what they look at and why it matters to the citizen.
type entry struct {
	severity Severity
	Level    string            `yaml:"severity"` // of English only
	Message  string            `yaml:"message"`
	Forms    map[string]string `yaml:"forms"` // instead of message: by plural category of CLDR
	Hint     string            `yaml:"hint"`
	Guess    string            `yaml:"guess"`
	What     string            `yaml:"what"`
	Why      string            `yaml:"why"`
}

// table reads the embedded English table once. A fault in it is ours, so it
// panics.
var table = sync.OnceValue(func() map[string]entry {
	all, err := load(messageFiles, english)
	if err != nil {
		panic("diag: " + err.Error())
	}
	return all
})

// load reads the table of one language.
func load(files fs.FS, lang string) (map[string]entry, error) {
	all := map[string]entry{}
	err := fs.WalkDir(files, path.Join("messages", lang), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		var part map[string]entry
		if err := yaml.Unmarshal(raw, &part); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for code, e := range part {
			if _, twice := all[code]; twice {
				return fmt.Errorf("%s: code %s stands twice", name, code)
			}
			if e.severity, err = severity(e.Level); err != nil && (lang == english && !sentence(code) || e.Level != "") {
				return fmt.Errorf("%s: %s: %w", name, code, err)
			}
			all[code] = e
		}
		return nil
	})
	return all, err
}

// sentence reports whether a code names a sentence of the command rather than
// a finding.
func sentence(code string) bool { return strings.HasPrefix(code, "cli/") }

func severity(word string) (Severity, error) {
	for _, s := range []Severity{Note, Warning, Error} {
		if s.String() == word {
			return s, nil
		}
	}
	return Note, fmt.Errorf("severity %q", word)
}

// ParseSeverity reads "note", "warning" or "error".
func ParseSeverity(word string) (Severity, error) { return severity(word) }

// Codes returns the codes of all findings, sorted. It looks at the names alone
// and is cheap.
func Codes() []string {
	var codes []string
	files, err := fs.Glob(messageFiles, "messages/"+english+"/*.yaml")
	for _, name := range files {
		raw, readErr := messageFiles.ReadFile(name)
		err = errors.Join(err, readErr)
		for line := range bytes.Lines(raw) {
			if code, _, ok := strings.Cut(string(line), ":"); ok && code != "" && code[0] >= 'a' && code[0] <= 'z' && !sentence(code) {
				codes = append(codes, code)
			}
		}
	}
	if err != nil {
		panic("diag: " + err.Error())
	}
	slices.Sort(codes)
	return codes
}

// Message returns the sentence that says what is wrong.
func (d Diagnostic) Message() string { return d.texts.message(d.Code, d.Args) }

// Hint returns the sentence that says how to mend it, or "".
func (d Diagnostic) Hint() string { return d.texts.hint(d.Code, d.Args) }

// Why returns the sentence that says what it means to the citizen, or "".
func (d Diagnostic) Why() string { return fill(d.texts.entry(d.Code).Why, d.Args) }

// Message returns the sentence that belongs to the related place.
func (r Related) Message() string { return r.texts.message(r.Code, r.Args) }

// fill puts the values of args, pairs of name and value, in the place of each {name}.
func fill(text string, args []string) string {
	var out []byte
	for {
		at := strings.IndexByte(text, '{')
		if at < 0 {
			return string(append(out, text...))
		}
		out, text = append(out, text[:at]...), text[at:]
		name, rest, ok := strings.Cut(text[1:], "}")
		i := 0
		for ok && i+1 < len(args) && args[i] != name {
			i += 2
		}
		if ok = ok && i+1 < len(args); ok {
			out, text = append(out, args[i+1]...), rest
		} else {
			out, text = append(out, '{'), text[1:]
		}
	}
}
