package preview

// Which drives tell of no changes on Linux, WSL included: inotify sees what this
// kernel does to files, not what a server or the host system does.

import (
	"bufio"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// shortages are the errors of a system that has no watch or open file to give:
// inotify_add_watch(2), inotify_init1(2).
var shortages = []error{syscall.ENOSPC, syscall.EMFILE, syscall.ENFILE, syscall.ENOMEM}

// Remote returns the kind of drive ("nfs4", "9p") when a folder, or a drive
// mounted below it, is of a kind on which changes made elsewhere are not told;
// otherwise "". WSL reaches the drives of Windows by 9p or drvfs.
func Remote(dir string) string {
	mounts, err := os.ReadFile("/proc/self/mountinfo")
	if err != nil {
		return ""
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	return remote(bytes.NewReader(mounts), dir)
}

// remote reads proc_pid_mountinfo(5): "36 35 98:0 / /mnt rw,noatime shared:1 - ext3 /dev/root rw".
func remote(mounts io.Reader, dir string) string {
	holds, kind, below := "", "", ""
	for lines := bufio.NewScanner(mounts); lines.Scan(); {
		head, tail, ok := strings.Cut(lines.Text(), " - ")
		fields := strings.Fields(head)
		typ, _, _ := strings.Cut(tail, " ")
		if !ok || len(fields) < 5 {
			continue
		}
		switch point := unescape(fields[4]); {
		case point == dir || point == "/" || strings.HasPrefix(dir, point+"/"):
			if len(point) >= len(holds) { // of two at one place the later hides the earlier
				holds, kind = point, typ
			}
		case strings.HasPrefix(point, dir+"/") && silent(typ):
			below = typ
		}
	}
	if silent(kind) {
		return kind
	}
	return below
}

// silent reports whether a file system tells nothing of what others do to it.
func silent(typ string) bool {
	switch typ {
	case "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "lustre", "gfs2", "ocfs2", "davfs", "9p", "drvfs",
		"virtiofs", "vboxsf", "prl_fs", "vmhgfs", "grpcfuse", "fakeowner",
		"fuse.sshfs", "fuse.rclone", "fuse.glusterfs", "fuse.s3fs", "fuse.vmhgfs-fuse", "fuse.gvfsd-fuse", "fuse.grpcfuse", "fuse.osxfs":
		return true
	}
	return false
}

// unescape undoes the octal escapes of blank, tab, line feed and backslash.
func unescape(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+3 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+4], 8, 8); err == nil {
				b.WriteByte(byte(n))
				i += 3
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
