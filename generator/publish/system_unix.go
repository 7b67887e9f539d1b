//go:build unix

package publish

// What Unix systems do their own way: locks, rights, reasons.

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

// tryLock takes the lock of an open file, which dies with the process.
func tryLock(f *os.File) (bool, error) {
	for {
		switch err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); {
		case err == nil:
			return true, nil
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		case !errors.Is(err, unix.EINTR):
			return false, &fs.PathError{Op: "lock", Path: f.Name(), Err: err}
		}
	}
}

// unlock removes the file while the lock is held; whoever waits for it finds
// out that it is gone.
func unlock(f *os.File) error { return errors.Join(os.Remove(f.Name()), f.Close()) }

// adopt gives a folder or file of ours the group and rights of the one it
// replaces, so that a web server in that group can still read it. The group may
// not be ours to give; the rights are, and we keep our own to write.
func adopt(name string, like fs.FileInfo) error {
	if st, ok := like.Sys().(*syscall.Stat_t); ok {
		_ = os.Lchown(name, -1, int(st.Gid))
	}
	return os.Chmod(name, like.Mode()&(fs.ModePerm|fs.ModeSetgid|fs.ModeSticky)|0o200)
}

func rename(from, to string) error { return os.Rename(from, to) }

// inUse: a folder in use can be renamed here.
func inUse(error) bool { return false }

// fixed: OUT is a mount point, or lies in a lower layer of an overlay.
func fixed(err error) bool { return errors.Is(err, unix.EBUSY) || errors.Is(err, unix.EXDEV) }
