package preview

// Which drives tell of no changes on macOS.

import (
	"strings"
	"syscall"
)

// shortages are the errors of a system that has no open file to give: kqueue
// needs one for every watched file.
var shortages = []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOSPC, syscall.ENOMEM}

// Remote returns the kind of drive ("nfs", "smbfs") when a folder is on one that
// does not tell of changes made elsewhere; otherwise "".
func Remote(dir string) string {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return ""
	}
	var b strings.Builder
	for _, c := range st.Fstypename {
		if c == 0 {
			break
		}
		b.WriteByte(byte(c))
	}
	switch kind := b.String(); kind {
	case "nfs", "smbfs", "afpfs", "webdav", "cifs", "ftp", "macfuse", "osxfuse", "virtiofs", "prl_fs":
		return kind
	}
	return ""
}
