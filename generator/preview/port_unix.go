//go:build !windows

package preview

import "syscall"

// portErrors say that a port is taken, or kept for the system's own services.
var portErrors = []error{syscall.EADDRINUSE, syscall.EACCES}
