//go:build !windows

package main

func systemLanguages() []string { return fromEnvironment() }
