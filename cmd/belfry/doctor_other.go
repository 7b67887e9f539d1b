//go:build !linux

package main

// watchLimit is unknown: only Linux sets one by the folder.
func watchLimit() int { return 0 }
