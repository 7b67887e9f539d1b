//go:build !linux && !darwin && !windows

package preview

import "syscall"

// shortages are the errors of a system that has no open file to give.
var shortages = []error{syscall.EMFILE, syscall.ENFILE, syscall.ENOSPC, syscall.ENOMEM}

// Remote returns "": on this system nothing is known of drives that do not tell
// of changes.
func Remote(string) string { return "" }
