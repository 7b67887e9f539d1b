package preview

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

func TestRemote(t *testing.T) {
	const mounts = `22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:40 / /home/ana rw shared:5 - nfs4 server:/home rw,vers=4.2
31 30 0:41 / /home/ana/fast rw - tmpfs tmpfs rw
40 22 0:50 / /mnt/c rw,noatime - 9p C:\134 rw,aname=drvfs
41 22 0:51 / /mnt/d rw - drvfs D: rw
50 22 0:60 / /srv/my\040share rw shared:9 master:2 - cifs //server/share rw
60 22 0:61 / /both rw - nfs server:/x rw
61 60 0:62 / /both rw - ext4 /dev/sdb rw
70 22 0:63 / /home/eva/portal/assets rw - fuse.sshfs eva@server: rw
broken line
`
	for dir, want := range map[string]string{
		"/srv/portal":            "",
		"/home/ana/portal":       "nfs4",
		"/home/ana":              "nfs4",
		"/home/anastasia/portal": "",
		"/home/ana/fast/portal":  "",
		"/mnt/c/Users/x":         "9p",
		"/mnt/d":                 "drvfs",
		"/srv/my share/portal":   "cifs",
		"/both/portal":           "",
		"/home/eva/portal":       "fuse.sshfs",
		"/home/eva":              "fuse.sshfs",
		"/home/eva/portal/pages": "",
	} {
		if got := remote(strings.NewReader(mounts), dir); got != want {
			t.Errorf("%s: %q, want %q", dir, got, want)
		}
	}
}

// TestWatchWithFewFiles runs the watcher in a process that may open 256 files,
// over 400 folders, and in one that may open too few for any watch.
func TestWatchWithFewFiles(t *testing.T) {
	if dir := os.Getenv("PREVIEW_TEST_DIR"); dir != "" {
		fewFiles(t, dir)
		return
	}
	for limit, polls := range map[string]string{"256": "", "9": "yes"} {
		dir := t.TempDir()
		for i := range 400 {
			put(t, dir, "s/"+strings.Repeat("x", 1+i%100)+"/"+string(rune('a'+i/100))+"/a.md", "x")
		}
		cmd := exec.Command("sh", "-c", `ulimit -n "$1"; shift; exec "$@"`, "sh", limit, os.Args[0], "-test.run=^TestWatchWithFewFiles$", "-test.count=1")
		cmd.Env = append(os.Environ(), "PREVIEW_TEST_DIR="+dir, "PREVIEW_TEST_POLLS="+polls)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("with %s files: %v\n%s", limit, err, out)
		}
	}
}

func fewFiles(t *testing.T, dir string) {
	// Something holds files open, as a server does.
	var held []*os.File
	if os.Getenv("PREVIEW_TEST_POLLS") != "" {
		for {
			f, err := os.Open(dir)
			if err != nil {
				break
			}
			held = append(held, f)
		}
		held[0].Close() // one is needed to look at folders
	}
	ctx, stop := context.WithTimeout(context.Background(), 10*time.Second)
	defer stop()
	why := ""
	changes, err := Watch(ctx, dir, WatchOptions{Interval: 20 * time.Millisecond, Polling: func(s string) { why = s }})
	must(t, err)
	if (why != "") != (os.Getenv("PREVIEW_TEST_POLLS") != "") {
		t.Errorf("polls: %q", why)
	}
	go func() {
		time.Sleep(50 * time.Millisecond)
		for _, f := range held {
			f.Close()
		}
		put(t, dir, "s/"+strings.Repeat("x", 100)+"/d/new.md", "x")
	}()
	for got := range changes {
		if covers(got, "s/"+strings.Repeat("x", 100)+"/d/new.md") {
			return
		}
	}
	t.Error("the change was not seen")
}
