package main

import (
	"strconv"

	"golang.org/x/sys/windows"
)

// freeSpace is what may be written to the disk of a folder, in bytes.
func freeSpace(dir string) (int64, bool) {
	name, err := windows.UTF16PtrFromString(dir)
	if err != nil {
		return 0, false
	}
	var free, total, all uint64
	if err := windows.GetDiskFreeSpaceEx(name, &free, &total, &all); err != nil {
		return 0, false
	}
	return int64(free), true
}

// consoleEncoding is the code page of the console where it is not UTF-8 (65001);
// without a console there is none.
func consoleEncoding() string {
	page, err := windows.GetConsoleOutputCP()
	if err != nil || page == 65001 {
		return ""
	}
	return "code page " + strconv.Itoa(int(page))
}
