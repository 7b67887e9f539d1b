package publish

// The moment a portal changes: two folders exchange their names in one step of
// the system. Where it has no such step, two renames do, and a journal written
// before them lets the next run complete what a killed one began.

import (
	"errors"
	"fmt"
	"os"
)

// errNoExchange says that this system or disk cannot exchange two folders.
var errNoExchange = errors.New("no exchange of folders here")

// swap puts the staging folder in OUT's place and returns where the old one is
// now, or "" if there was none.
func swap(at place, noExchange bool) (before string, err error) {
	at.step("swap")
	if !exists(at.out) {
		return "", explain(at, os.Rename(at.staging, at.out))
	}
	if !noExchange {
		err := exchange(at.staging, at.out)
		if !errors.Is(err, errNoExchange) {
			return at.staging, explain(at, err)
		}
	}
	if err := os.WriteFile(at.journal, nil, 0o644); err != nil {
		return "", err
	}
	at.step("set aside")
	if err := rename(at.out, at.old); err != nil {
		return "", errors.Join(explain(at, err), os.Remove(at.journal))
	}
	at.step("put in place")
	if err := rename(at.staging, at.out); err != nil {
		if back := rename(at.old, at.out); back != nil {
			return "", fmt.Errorf("%w; the old portal is in %s, and the next build goes on from here (%w)", explain(at, err), at.old, back)
		}
		return "", errors.Join(explain(at, err), os.Remove(at.journal))
	}
	at.step("close the journal")
	return at.old, os.Remove(at.journal)
}

// recoverSwap completes two renames that were begun, and removes what a killed
// build left. The journal is written when the staging folder is complete, so
// with a journal the new portal wins; without one, OUT is what counts.
func recoverSwap(at place) error {
	if exists(at.journal) {
		if exists(at.staging) {
			if exists(at.out) && !exists(at.old) {
				at.step("recover: set aside")
				if err := rename(at.out, at.old); err != nil {
					return explain(at, err)
				}
			}
			if exists(at.out) {
				return fmt.Errorf("%s appeared while a build was interrupted: the new portal is in %s, the old one in %s; keep one of the three under the first name and remove the others and %s",
					at.out, at.staging, at.old, at.journal)
			}
			at.step("recover: put in place")
			if err := rename(at.staging, at.out); err != nil {
				return explain(at, err)
			}
		}
		at.step("recover: close the journal")
		if err := os.Remove(at.journal); err != nil {
			return err
		}
	}
	if exists(at.old) && !exists(at.out) { // never remove the only one
		if err := rename(at.old, at.out); err != nil {
			return explain(at, err)
		}
	}
	at.step("recover: remove")
	return errors.Join(removeAll(at.old), removeAll(at.staging))
}

func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// explain says what a failed exchange means to a webmaster.
func explain(at place, err error) error {
	switch {
	case err == nil:
		return nil
	case inUse(err):
		return fmt.Errorf("%s is in use, so the new portal cannot take its place: close the programs that have files or folders of it open, such as a web server, an editor or a file manager (%w)", at.out, err)
	case fixed(err):
		return fmt.Errorf("%s cannot be exchanged as a whole, because a disk is mounted there or it belongs to the image of a container: choose a folder inside it (%w)", at.out, err)
	}
	return beside(at, err)
}
