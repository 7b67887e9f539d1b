package preview

import "golang.org/x/sys/windows"

// portErrors say that a port is taken, or in a range that Windows keeps back.
var portErrors = []error{windows.WSAEADDRINUSE, windows.WSAEACCES}
