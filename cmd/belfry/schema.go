package main

// belfry schema: JSON Schemas for editors.

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"belfry/generator/diag"
	"belfry/generator/editors"
	"belfry/generator/portal"
	"github.com/spf13/cobra"
)

func schemaCommand() *cobra.Command {
	var dir, out string
	var vscode bool
	var names []string
	for _, t := range portal.Types {
		names = append(names, t.Name)
	}
	names = append([]string{"portal"}, names...)
	c := &cobra.Command{
		Use:   "schema [portal|TYPE]",
		Short: "Write JSON Schemas, so that editors complete and check while you type",
		Long: "Write the JSON Schema (2020-12) of portal.yaml or of the front matter of a type\nto standard output; with -o, all of them into a folder. A translation has a schema\n" +
			"of its own. --vscode writes settings, a task and snippets into .vscode/, and\nleaves what is there. Names: " + strings.Join(names, ", ") + ".",
		Example:   "  belfry schema --vscode\n  belfry schema service > service.schema.json",
		Args:      cobra.MaximumNArgs(1),
		ValidArgs: names,
		RunE: func(c *cobra.Command, args []string) error {
			opt, err := schemaOptions(c, dir)
			if err != nil {
				return err
			}
			files := map[string][]byte{editors.SchemaName("portal", false): editors.PortalSchema(opt)}
			for i := range portal.Types {
				for _, translation := range []bool{false, true} {
					files[editors.SchemaName(portal.Types[i].Name, translation)] = editors.Schema(&portal.Types[i], translation, opt)
				}
			}
			if len(args) == 1 {
				raw, ok := files[editors.SchemaName(args[0], false)]
				if !ok {
					return misuse("there is no schema %q%s", args[0], orGuess(args[0], names))
				}
				if out == "" && !vscode {
					fmt.Print(string(raw))
					return nil
				}
				files = map[string][]byte{editors.SchemaName(args[0], false): raw}
			}
			if out == "" && !vscode {
				return misuse("say which schema (portal, service, ...), or write all with -o DIR or --vscode")
			}
			if out == "" {
				out = filepath.Join(dir, ".belfry", "schemas")
			}
			for name, raw := range files {
				if err := writeFile(filepath.Join(out, name), raw); err != nil {
					return err
				}
			}
			me := opt.Lang
			fmt.Fprintln(os.Stderr, say(me, "schema.written", "n", strconv.Itoa(len(files)), "dir", out))
			if vscode {
				return writeVSCode(dir, out, opt)
			}
			return nil
		},
	}
	c.Flags().StringVar(&dir, "dir", ".", "the portal's `DIR`")
	c.Flags().StringVarP(&out, "out", "o", "", "write all schemas into this `DIR`")
	c.Flags().BoolVar(&vscode, "vscode", false, "set up Visual Studio Code: .vscode/ of the portal")
	return c
}

// orGuess names what was probably meant, as the end of a sentence.
func orGuess(word string, known []string) string {
	if g := diag.Guess(word, known); g != "" {
		return fmt.Sprintf("; did you mean %q?", g)
	}
	return "; there are " + strings.Join(known, ", ")
}

// schemaOptions are those of the portal in a folder, where there is one.
func schemaOptions(c *cobra.Command, dir string) (editors.SchemaOptions, error) {
	if _, err := os.Stat(filepath.Join(dir, portal.File)); err != nil {
		return editors.SchemaOptions{Lang: speech(c, nil)}, nil
	}
	plan, _, err := openPortal(dir, time.Now())
	if err != nil {
		return editors.SchemaOptions{}, err
	}
	p := plan.Portal
	return editors.SchemaOptions{Lang: speech(c, p.Config.Languages), Languages: p.Config.Languages, Known: func(typ string) []string {
		var ids []string
		for _, e := range p.Of(typ) {
			ids = append(ids, e.ID)
		}
		return ids
	}}, nil
}

// writeVSCode sets up the editor in the portal's folder. A file that cannot be
// merged is left alone and its new content shown.
func writeVSCode(dir, schemas string, opt editors.SchemaOptions) error {
	me := opt.Lang
	schema := filepath.Join(schemas, editors.SchemaName("portal", false))
	if rel, err := filepath.Rel(absolute(dir), absolute(schema)); err == nil && filepath.IsLocal(rel) {
		schema = "./" + filepath.ToSlash(rel)
	} else {
		schema = filepath.ToSlash(absolute(schema))
	}
	settings := filepath.Join(dir, ".vscode", "settings.json")
	tasks := filepath.Join(dir, ".vscode", "tasks.json")
	for _, f := range []struct {
		file, done string
		merge      func([]byte) ([]byte, error)
	}{
		{settings, "schema.vscode", func(old []byte) ([]byte, error) { return editors.Settings(old, schema) }},
		{tasks, "schema.task", editors.Tasks},
	} {
		old, err := os.ReadFile(f.file)
		if err != nil && !os.IsNotExist(err) {
			return machine(err)
		}
		merged, err := f.merge(old)
		if err != nil {
			fmt.Fprintln(os.Stderr, say(me, "schema.vscode_kept", "file", f.file))
			fresh, _ := f.merge(nil)
			fmt.Fprint(os.Stderr, string(fresh))
			continue
		}
		if err := writeFile(f.file, merged); err != nil {
			return err
		}
		fmt.Fprintln(os.Stderr, say(me, f.done, "file", f.file))
	}
	return writeFile(filepath.Join(dir, ".vscode", "belfry.code-snippets"), editors.Snippets(opt))
}

// writeFile writes a generated file and the folders above it.
func writeFile(to string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return machine(err)
	}
	if err := os.WriteFile(to, text, 0o644); err != nil {
		return machine(err)
	}
	return nil
}
