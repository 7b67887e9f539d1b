package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step: renameat2(2), since Linux 3.15. EINVAL
// comes from disks that cannot (NFS, older ZFS), EPERM from sandboxes that do
// not know the call.
func exchange(a, b string) error {
	err := unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	for _, cannot := range []error{unix.ENOSYS, unix.EINVAL, unix.EOPNOTSUPP, unix.EPERM} {
		if errors.Is(err, cannot) {
			return errNoExchange
		}
	}
	return err
}
