package main

import (
	"os"
	"strconv"
	"strings"
)

// watchLimit is how many folders inotify may watch for one user; 0 if unknown.
func watchLimit() int {
	raw, err := os.ReadFile("/proc/sys/fs/inotify/max_user_watches")
	if err != nil {
		return 0
	}
	n, _ := strconv.Atoi(strings.TrimSpace(string(raw)))
	return n
}
