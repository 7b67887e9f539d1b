package diag

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed messages
var messageFiles embed.FS

// entry is one code's line in the table. A hint may come in two forms: the
// second is used when the diagnostic carries a "guess".
type entry struct {
	severity Severity
	Level    string `yaml:"severity"`
	Message  string `yaml:"message"`
	Hint     string `yaml:"hint"`
	Guess    string `yaml:"guess"`
}

// table reads the embedded English table once; it is the master that every
// other language follows. A fault in it is ours, so it panics.
var table = sync.OnceValue(func() map[string]entry {
	all := map[string]entry{}
	err := fs.WalkDir(messageFiles, "messages/en", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := messageFiles.ReadFile(path)
		if err != nil {
			return err
		}
		var part map[string]entry
		if err := yaml.Unmarshal(raw, &part); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for code, e := range part {
			if _, twice := all[code]; twice {
				return fmt.Errorf("%s: code %s stands twice", path, code)
			}
			switch e.Level {
			case "error":
				e.severity = Error
			case "warning":
				e.severity = Warning
			case "note":
				e.severity = Note
			default:
				return fmt.Errorf("%s: %s: severity %q", path, code, e.Level)
			}
			all[code] = e
		}
		return nil
	})
	if err != nil {
		panic("diag: " + err.Error())
	}
	return all
})

// Codes returns every code of the table, unordered.
func Codes() []string {
	var codes []string
	for c := range table() {
		codes = append(codes, c)
	}
	return codes
}

// Message returns the sentence that says what is wrong.
func (d Diagnostic) Message() string { return fill(table()[d.Code].Message, d.Args) }

// Hint returns the sentence that says how to mend it, or "".
func (d Diagnostic) Hint() string {
	e := table()[d.Code]
	if e.Guess != "" && d.Arg("guess") != "" {
		return fill(e.Guess, d.Args)
	}
	return fill(e.Hint, d.Args)
}

// Message returns the sentence that belongs to the related place.
func (r Related) Message() string { return fill(table()[r.Code].Message, r.Args) }

func fill(text string, args []string) string {
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, "{"+args[i]+"}", args[i+1])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}
