package main

import (
	"fmt"
	"os"
	"path/filepath"

	"belfry/generator"
	"belfry/generator/theme"
	"github.com/spf13/cobra"
)

func themeCommand() *cobra.Command {
	c := &cobra.Command{Use: "theme", Short: "Work with the files of the theme", Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() }} // so that an unknown subcommand is wrong use
	var dir string
	copying := &cobra.Command{
		Use:   "copy FILE",
		Short: "Copy a file of the built-in theme into theme/, to change it",
		Long: "Copy a file of the built-in theme, such as components/footer/footer.css, into the\nportal's theme/ folder. From then on the portal's file is used; a build tells\n" +
			"when the original has changed since.",
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			raw, err := theme.Copy(args[0])
			if err != nil {
				return misuse("%v", err)
			}
			to := filepath.Join(dir, "theme", filepath.FromSlash(args[0]))
			if _, err := os.Stat(to); err == nil {
				return misuse("%s is there already; delete it first to begin anew", to)
			}
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return machine(err)
			}
			if err := os.WriteFile(to, raw, 0o644); err != nil {
				return machine(err)
			}
			fmt.Fprintln(os.Stderr, "Copied to", to)
			return nil
		},
	}
	copying.Flags().StringVar(&dir, "dir", ".", "the portal's `DIR`")
	c.AddCommand(copying)
	return c
}

func versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  cobra.NoArgs,
		Run:   func(c *cobra.Command, _ []string) { fmt.Println("belfry", generator.Version()) },
	}
}
