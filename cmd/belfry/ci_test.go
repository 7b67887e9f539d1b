package main

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v4"
)

// ci runs the belfry commands of an example of content-example/ci, as its system
// would: with a shell, and with the variables that the script has set. Folders
// that the example mounts are those of the script.
func ci(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 2)
	raw, err := os.ReadFile(filepath.Join(repository, "content-example", "ci", args[1]))
	ts.Check(err)
	var example any
	ts.Check(yaml.Unmarshal(raw, &example))
	commands := fleetCommands(example)
	if len(commands) == 0 {
		ts.Fatalf("%s runs no belfry fleet", args[1])
	}
	for _, c := range commands {
		if strings.Contains(c, " merge ") != (args[0] == "merge") {
			continue
		}
		c = strings.NewReplacer(" /fleet ", " . ", " /out", " out", " content-example ", " . ").Replace(c)
		exits(ts, false, append([]string{args[2]}, "sh", "-c", c))
	}
}

// repository is where the module begins, from this package's folder.
var repository = func() string {
	dir, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		panic(err)
	}
	return dir
}()

// fleetCommands finds what an example runs, wherever it stands.
func fleetCommands(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		if strings.HasPrefix(v, "belfry fleet") {
			out = append(out, v)
		}
	case map[string]any:
		for _, key := range []string{"spec", "template", "containers", "jobs", "build", "report", "steps", "run", "script", "command"} {
			if list, ok := v[key].([]any); ok && key == "command" {
				var words []string
				for _, w := range list {
					words = append(words, w.(string))
				}
				out = append(out, fleetCommands(strings.Join(words, " "))...)
			} else {
				out = append(out, fleetCommands(v[key])...)
			}
		}
	case []any:
		for _, item := range v {
			out = append(out, fleetCommands(item)...)
		}
	}
	return out
}
