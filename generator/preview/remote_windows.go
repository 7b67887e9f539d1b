package preview

// Which drives tell of no changes on Windows: those of servers, and Linux folders
// seen through \\wsl.localhost.

import (
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// shortages are the errors of a system that has no handle or memory to give.
var shortages = []error{windows.ERROR_TOO_MANY_OPEN_FILES, windows.ERROR_NOT_ENOUGH_MEMORY, windows.ERROR_NO_SYSTEM_RESOURCES}

// Remote returns the kind of drive when a folder is on one that does not surely
// tell of changes made elsewhere; otherwise "".
func Remote(dir string) string {
	volume := filepath.VolumeName(dir)
	if strings.HasPrefix(volume, `\\`) && !strings.HasPrefix(volume, `\\?\`) && !strings.HasPrefix(volume, `\\.\`) {
		return "network share"
	}
	root, err := windows.UTF16PtrFromString(volume + `\`)
	if err == nil && windows.GetDriveType(root) == windows.DRIVE_REMOTE {
		return "network drive"
	}
	return ""
}
