package main

// belfry export cms: configuration of a content management system.

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/editors"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/tree"
	"github.com/spf13/cobra"
)

func exportConfigCommand() *cobra.Command {
	c := &cobra.Command{Use: "export", Short: "Write configuration of other programs", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }}
	c.AddCommand(exportCMSCommand())
	return c
}

func exportCMSCommand() *cobra.Command {
	var dir, system, out string
	var long bool
	c := &cobra.Command{
		Use:   "cms --for decap|sveltia",
		Short: "Write config.yml of Decap CMS or Sveltia CMS for this portal",
		Long: "Write the configuration of Decap CMS or Sveltia CMS, with a collection for each\nfolder of the portal and its fields in your language. Sveltia names files as belfry\n" +
			"does (x.md, x.ro.md). Forms are left out: they are written in a text editor.",
		Example: "  belfry export cms --for sveltia -o admin/config.yml",
		Args:    cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			if !slices.Contains(editors.CMSNames(), system) {
				return misuse("--for %q is unknown; write decap or sveltia", system)
			}
			plan, source, err := openPortal(dir, time.Now())
			if err != nil {
				return err
			}
			languages := plan.Portal.Config.Languages
			me := speech(c, languages)
			opt := editors.CMSOptions{For: system, Lang: me, Languages: languages, Folders: folders(source)}
			opt.Backend, opt.Repo, opt.Branch, opt.Base = gitRepository(dir)
			raw := editors.CMS(opt)
			if out == "" {
				fmt.Print(string(raw))
			} else {
				if err := writeFile(out, raw); err != nil {
					return err
				}
				fmt.Println(out)
			}
			fmt.Fprintln(os.Stderr, say(me, "export.backend"))
			if system == "decap" && len(languages) > 1 {
				fmt.Fprintln(os.Stderr, say(me, "export.decap", "lang", languages[0], "first", languages[0]))
			}
			mended, left, err := shortForms(dir, source, plan, long)
			if err != nil {
				return err
			}
			if mended > 0 {
				fmt.Fprintln(os.Stderr, say(me, "export.long", "n", strconv.Itoa(mended)))
			}
			if len(left) > 0 {
				fmt.Fprintln(os.Stderr, say(me, "export.short", "n", strconv.Itoa(len(left))))
			}
			for i, s := range left {
				if i == 10 {
					fmt.Fprintln(os.Stderr, "  ...")
					break
				}
				fmt.Fprintln(os.Stderr, "  "+s)
			}
			return nil
		},
	}
	c.Flags().StringVar(&dir, "dir", ".", "the portal's `DIR`")
	c.Flags().StringVar(&system, "for", "", "the system: decap or sveltia")
	c.Flags().StringVarP(&out, "out", "o", "", "write to this `FILE`; the default is standard output")
	c.Flags().BoolVar(&long, "long-forms", false, "rewrite short forms in documents (cost: free) as the lists a CMS needs")
	return c
}

// folders lists every folder of a type and every folder below one that holds
// documents.
func folders(source *tree.Tree) []string {
	var out []string
	for _, f := range portal.Folders() {
		if f == "" {
			continue
		}
		out = append(out, f)
		for _, file := range source.Under(f) {
			if sub := path.Dir(file.Path); parse.IsDocument(file.Path) && !slices.Contains(out, sub) {
				out = append(out, sub)
			}
		}
	}
	return out
}

var remote = regexp.MustCompile(`^\s*url\s*=\s*(?:https?://|ssh://)?(?:[^@/]+@)?(github\.com|gitlab\.com|[a-z0-9.-]*(?:gitea|forgejo|codeberg)[a-z0-9.-]*)[:/]([^\s]+?/[^\s/]+?)(?:\.git)?/?\s*$`)

// gitRepository reads from .git where the portal is kept: the kind of host, owner
// and name, branch, and the portal's path in it. What cannot be known is a
// proposal to be replaced.
func gitRepository(dir string) (backend, repo, branch, base string) {
	backend, repo, branch = "github", "OWNER/NAME", "main"
	dir = absolute(dir)
	for top := dir; ; top = filepath.Dir(top) {
		if info, err := os.Stat(filepath.Join(top, ".git")); err == nil {
			if rel, err := filepath.Rel(top, dir); err == nil && rel != "." {
				base = filepath.ToSlash(rel)
			}
			if !info.IsDir() {
				return // a work tree: its settings are elsewhere
			}
			if raw, err := os.ReadFile(filepath.Join(top, ".git", "HEAD")); err == nil {
				if b, ok := strings.CutPrefix(strings.TrimSpace(string(raw)), "ref: refs/heads/"); ok {
					branch = b
				}
			}
			raw, err := os.ReadFile(filepath.Join(top, ".git", "config"))
			if err != nil {
				return
			}
			for lines := bufio.NewScanner(bytes.NewReader(raw)); lines.Scan(); {
				if m := remote.FindStringSubmatch(lines.Text()); m != nil {
					repo = m[2]
					switch {
					case m[1] == "gitlab.com":
						backend = "gitlab"
					case m[1] != "github.com":
						backend = "gitea"
					}
					return
				}
			}
			return
		}
		if filepath.Dir(top) == top {
			return
		}
	}
}

// shortForms finds documents that write one value where a CMS expects a list or
// a record: it would show the field empty and save it so. With mend they are
// rewritten; those that stay are returned.
func shortForms(dir string, source *tree.Tree, plan *generator.Plan, mend bool) (mended int, left []string, err error) {
	for _, e := range plan.Portal.Entities {
		for _, lang := range plan.Portal.Config.Languages {
			d := e.Texts[lang]
			if d == nil || d.Derived || e.Type == "form" {
				continue
			}
			file, ok := source.Get(d.File)
			if !ok {
				continue
			}
			raw, err := file.Bytes()
			if err != nil {
				continue // told by the build
			}
			long, changed, hard := editors.LongForms(raw, portal.TypeByName(d.Type).Fields)
			if mend && len(changed) > 0 {
				if err := writeFile(filepath.Join(dir, filepath.FromSlash(d.File)), long); err != nil {
					return mended, left, err
				}
				mended++
				changed = nil
			}
			if fields := append(changed, hard...); len(fields) > 0 {
				left = append(left, d.File+": "+strings.Join(fields, ", "))
			}
		}
	}
	return mended, left, nil
}
