package main

import (
	"strings"
	"testing"
)

// TestFileID: ids become names of files, and long ones stay apart.
func TestFileID(t *testing.T) {
	long := "br-" + strings.Repeat("autorizacao-", 8)
	a, b := fileID(long+"a", "pt"), fileID(long+"b", "pt")
	if a == b || len(a) > 80 || !strings.HasPrefix(a, "br-autorizacao-") {
		t.Errorf("%s, %s", a, b)
	}
	if got := fileID("1997", "bg") + " " + fileID("УС-12/а", "bg"); got != "1997 us-12-a" {
		t.Error(got)
	}
}
