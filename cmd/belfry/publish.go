package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"belfry/generator/fleet"
	"belfry/generator/publish"
	"belfry/generator/upload"
	"github.com/spf13/cobra"
)

func publishCommand() *cobra.Command {
	var from string
	var dry, plain, save bool
	var remove int
	var flags fleetFlags
	c := &cobra.Command{
		Use:   "publish [DIR|FLEET] TARGET",
		Short: "Bring what was built to a host",
		Long: "Bring the portal that was built last, or all portals of a fleet, to a host:\n" + upload.Kinds + ".\n" +
			"Only what differs is sent: first what pages need, then pages, then the search;\nwhat is gone is removed at the end. A run that is cut off is taken up by the next.\n" +
			"Passwords and keys come from the environment: BELFRY_PASSWORD, BELFRY_SFTP_KEY,\nSSH_AUTH_SOCK, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; or the password from the\nkeyring of this computer, where --save-password puts it once. For a fleet {id} in\nTARGET stands for the portal; without it each goes to a folder of its own.",
		Args: cobra.RangeArgs(1, 2),
		RunE: func(c *cobra.Command, args []string) error {
			dir, target := ".", args[len(args)-1]
			if save {
				return savePassword(target, askSecret)
			}
			if len(args) == 2 {
				dir = args[0]
			}
			quiet, _ := c.Flags().GetBool("quiet")
			jobs, err := publications(dir, from, target, flags.only, flags.stage)
			if err != nil {
				return err
			}
			failed := 0
			for _, j := range jobs {
				err := bring(c.Context(), j, upload.OpenOptions{Env: os.Getenv, Keyring: keptPassword, Plain: plain}, upload.Options{MayRemove: remove}, dry, quiet)
				if err != nil && len(jobs) == 1 {
					return err
				}
				if err != nil {
					failed++
					fmt.Fprintf(os.Stderr, "%s: %v\n", j.name, err)
				}
			}
			if failed > 0 {
				fmt.Fprintf(os.Stderr, "%d of %d portals were not brought whole; run it again.\n", failed, len(jobs))
				return codedError{nil, exitSome}
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "", "the folder that build -o wrote to (default DIR/public)")
	c.Flags().BoolVar(&dry, "dry-run", false, "show the difference and send nothing")
	c.Flags().BoolVar(&plain, "plain", false, "allow connections that others can read")
	c.Flags().IntVar(&remove, "remove", 0, "remove up to this many files there; the default is a quarter of them, -1 is any")
	c.Flags().BoolVar(&save, "save-password", false, "ask for the password of TARGET, keep it in the keyring of this computer, and send nothing")
	c.Flags().StringVar(&flags.only, "only", "", "of a fleet, only the portals whose id matches this `PATTERN`")
	c.Flags().StringVar(&flags.stage, "stage", "", "of a fleet, only the portals of this `STAGE`")
	return c
}

// publication is one published folder and where it goes.
type publication struct{ name, dir, target string }

// publications lists what goes where.
func publications(dir, from, target, only, stage string) ([]publication, error) {
	if _, err := os.Stat(filepath.Join(dir, fleet.File)); err != nil && !strings.HasSuffix(dir, ".yaml") {
		return []publication{{filepath.Base(absolute(dir)), cmp.Or(from, filepath.Join(dir, "public")), target}}, nil
	}
	f, err := readFleet([]string{dir})
	if err != nil {
		return nil, err
	}
	out := cmp.Or(from, filepath.Join(f.Dir, "public"))
	var jobs []publication
	for _, m := range f.Select(fleet.BuildOptions{Only: only, Stage: stage}) {
		to := strings.ReplaceAll(target, "{id}", m.ID)
		if to == target {
			address, query, _ := strings.Cut(target, "?")
			to = strings.TrimSuffix(address, "/") + "/" + m.ID
			if query != "" {
				to += "?" + query
			}
		}
		jobs = append(jobs, publication{m.ID, filepath.Join(out, m.ID), to})
	}
	if len(jobs) == 0 {
		return nil, misuse("no portal of this fleet has an id like %q and the stage %q", only, stage)
	}
	return jobs, nil
}

// bring sends one portal.
func bring(ctx context.Context, j publication, open upload.OpenOptions, opt upload.Options, dry, quiet bool) error {
	if _, err := os.Stat(filepath.Join(j.dir, publish.ManifestName)); errors.Is(err, fs.ErrNotExist) {
		return misuse("nothing was built in %s; run “belfry build” first, or give the folder with --from", j.dir)
	}
	target, err := upload.Open(ctx, j.target, open)
	var use *upload.UseError
	if errors.As(err, &use) {
		return misuse("%v", err)
	}
	if err != nil {
		return machine(fmt.Errorf("%s cannot be reached: %w", j.target, err))
	}
	defer target.Close()
	plan, err := upload.Compare(ctx, j.dir, target)
	if err != nil {
		return machine(err)
	}
	if dry {
		for _, e := range plan.Send {
			fmt.Printf("send    %s (%s)\n", e.Path, size(e.Size))
		}
		for _, path := range plan.Remove {
			fmt.Printf("remove  %s\n", path)
		}
	}
	if !quiet {
		fmt.Printf("%s: %s to send (%s), %d to remove, %d are there already\n", j.name, count(len(plan.Send), "file"), size(plan.Bytes), len(plan.Remove), plan.Same)
	}
	if err := plan.MayRemove(opt); err != nil {
		return misuse("%v", err)
	}
	if dry {
		return nil
	}
	progress := newProgress(os.Stderr, quiet)
	opt.Progress = func(done, total int) { progress.update("files", done, total) }
	err = plan.Run(ctx, j.dir, target, opt)
	progress.done()
	var source *upload.SourceError
	if errors.As(err, &source) {
		return machine(err)
	}
	if err != nil {
		return machine(fmt.Errorf("it was cut off; what is there works, and the next run goes on: %w", err))
	}
	return nil
}
