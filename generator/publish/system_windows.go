package publish

// What Windows does its own way: locks, rights, reasons.

import (
	"errors"
	"io/fs"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// beyond is where the locked byte lies: a locked part cannot be read by others,
// and they shall read who holds it.
const beyond = 1 << 30

// tryLock takes the lock of an open file, which dies with the process.
func tryLock(f *os.File) (bool, error) {
	at := windows.Overlapped{Offset: beyond}
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
	switch {
	case err == nil:
		return true, nil
	case errors.Is(err, windows.ERROR_LOCK_VIOLATION), errors.Is(err, windows.ERROR_IO_PENDING):
		return false, nil
	}
	return false, &fs.PathError{Op: "lock", Path: f.Name(), Err: err}
}

// unlock closes the file and removes it, if nobody else has it open by now: an
// open file cannot be removed, so no waiting process loses it.
func unlock(f *os.File) error {
	err := f.Close()
	_ = os.Remove(f.Name())
	return err
}

// adopt: rights are inherited from the folder above.
func adopt(string, fs.FileInfo) error { return nil }

// rename tries for two seconds: virus scanners and indexers hold new files open
// for a moment.
func rename(from, to string) error {
	for range 20 {
		if err := os.Rename(from, to); !inUse(err) {
			return err
		}
		time.Sleep(100 * time.Millisecond)
	}
	return os.Rename(from, to)
}

// inUse: a folder cannot be renamed while a file of it is open.
func inUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_ACCESS_DENIED)
}

// fixed: OUT is a mount point.
func fixed(err error) bool { return errors.Is(err, windows.ERROR_NOT_SAME_DEVICE) }
