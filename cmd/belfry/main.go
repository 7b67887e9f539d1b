// Command belfry turns a folder of Markdown into a municipal e-service portal.
//
// Exit codes: 0 done, 1 faults in content, 2 wrong use or configuration, 3 the
// machine (disk, permission, network). Reports go to standard output, all else
// to standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"
)

func main() { os.Exit(run(os.Args[1:])) }

// run executes one command line and returns its exit code.
func run(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	root := command()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var coded codedError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &coded):
		if coded.error != nil {
			fmt.Fprintln(os.Stderr, "belfry:", coded.error)
		}
		return coded.code
	}
	fmt.Fprintln(os.Stderr, "belfry:", err)
	fmt.Fprintln(os.Stderr, "See: belfry --help")
	return exitUse
}

// The exit codes of belfry.
const (
	exitDone    = 0
	exitContent = 1
	exitUse     = 2
	exitMachine = 3
	exitSome    = 4 // some portals of a fleet failed, the others are done
)

// codedError is an error that decides the exit code. Without an inner error
// everything has been said already.
type codedError struct {
	error
	code int
}

func (e codedError) Error() string {
	if e.error == nil {
		return "faults were found"
	}
	return e.error.Error()
}

// machine wraps an error of the machine: a full disk, a lost permission.
func machine(err error) error { return codedError{err, exitMachine} }

// misuse is an error in how belfry was called or configured.
func misuse(format string, args ...any) error {
	return codedError{fmt.Errorf(format, args...), exitUse}
}

func command() *cobra.Command {
	root := &cobra.Command{
		Use:           "belfry",
		Short:         "Turns a folder of Markdown into a municipal e-service portal",
		Long:          "belfry turns a folder of Markdown into a localized, searchable portal of a\ntown's services that any host, CDN or USB stick can serve.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.PersistentFlags().Bool("quiet", false, "print nothing but errors and the report")
	root.PersistentFlags().String("messages-lang", "", "`LANG` of messages (BCP 47), such as bg; the default is the system's")
	root.AddCommand(buildCommand(), checkCommand(), serveCommand(), searchCommand(), newCommand(), formCommand(), translationsCommand(), translatedCommand(), themeCommand(), versionCommand(),
		doctorCommand(), importTableCommand(), schemaCommand(), exportConfigCommand(), fleetCommand(), explainCommand(), updateCommand(), publishCommand(), cacheCommand())
	return root
}
