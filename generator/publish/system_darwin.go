package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

// exchange swaps two folders in one step: renamex_np(2), on APFS and HFS+.
func exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	for _, cannot := range []error{unix.ENOSYS, unix.EINVAL, unix.ENOTSUP} {
		if errors.Is(err, cannot) {
			return errNoExchange
		}
	}
	return err
}
