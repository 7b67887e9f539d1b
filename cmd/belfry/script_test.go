package main

import (
	"bufio"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets this test binary stand in for belfry, so that the scripts run
// the real command: its flags, its exit codes, its two outputs.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"belfry": main})
}

// TestScript runs every file of testdata/script: a tiny portal, commands, and
// what must come of them. Besides the commands of testscript they use:
//
//	exits N program args...   run it; its exit code must be N
//	list DIR FILE             write the path, hash and mode of every file below DIR
//	times DIR FILE            write the path of every file below DIR and when it was written
//	replace FILE RE TEXT      replace what matches, to even out what may differ
//	many N TEMPLATE NAME      write N files, {n} standing for 001, 002 ... in name and text
//	damage DIR                cut every file below DIR to half
//	serve [hold] args...      start belfry serve at $WANTED; what it prints is in serve.out, its address
//	                          in $URL; hold keeps the wanted port taken
//	fetch PATH FILE           what the served portal answers
//	seal KEY IN OUT [wrapped] seal a letter to the public half of a key
//	ci build|merge FILE N     run the command of an example of content-example/ci; its exit code must be N
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("AT", "2026-11-20T12:00:00Z")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": exits, "list": list, "times": times, "replace": replace, "many": many, "damage": damage, "serve": serve, "fetch": fetch, "ci": ci, "seal": seal,
		},
	})
}

func wanted(ts *testscript.TestScript, neg bool, args []string, n int) {
	if neg || len(args) < n {
		ts.Fatalf("wrong use; see TestScript")
	}
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 2)
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if args[0] != strconv.Itoa(code) {
		ts.Logf("%s%s", ts.ReadFile("stdout"), ts.ReadFile("stderr"))
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

func list(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 2)
	walk(ts, args[0], args[1], func(raw []byte, info fs.FileInfo) string {
		return fmt.Sprintf("%v %x", info.Mode(), sha256.Sum256(raw))
	})
}

func times(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 2)
	walk(ts, args[0], args[1], func(_ []byte, info fs.FileInfo) string { return info.ModTime().String() })
}

// walk writes a line into a file for each file below a folder.
func walk(ts *testscript.TestScript, dir, file string, line func([]byte, fs.FileInfo) string) {
	var out strings.Builder
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		raw, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		fmt.Fprintf(&out, "%s %s\n", filepath.ToSlash(rel), line(raw, info))
		return err
	}))
	ts.Check(os.WriteFile(ts.MkAbs(file), []byte(out.String()), 0o644))
}

func replace(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 3)
	text := ts.ReadFile(args[0])
	re := regexp.MustCompile(args[1])
	if !re.MatchString(text) {
		ts.Fatalf("%s: nothing matches %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(re.ReplaceAllString(text, args[2])), 0o644))
}

func many(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 3)
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	template := ts.ReadFile(args[1])
	for i := 1; i <= n; i++ {
		number := fmt.Sprintf("%03d", i)
		name := ts.MkAbs(strings.ReplaceAll(args[2], "{n}", number))
		ts.Check(os.MkdirAll(filepath.Dir(name), 0o755))
		ts.Check(os.WriteFile(name, []byte(strings.ReplaceAll(template, "{n}", number)), 0o644))
	}
}

func damage(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 1)
	found := 0
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		found++
		return os.Truncate(name, info.Size()/2)
	}))
	if found == 0 {
		ts.Fatalf("%s holds no file", args[0])
	}
}

// serve starts belfry serve and waits for the address it prints. At the end of
// the script it is interrupted, as by Ctrl-C, and must end well.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 0)
	taken, err := net.Listen("tcp", "127.0.0.1:0")
	ts.Check(err)
	if len(args) > 0 && args[0] == "hold" {
		args = args[1:]
		ts.Defer(func() { taken.Close() })
	} else {
		taken.Close()
	}
	ts.Setenv("WANTED", "http://"+taken.Addr().String()+"/")
	c := exec.Command("belfry", append([]string{"serve", "--addr", taken.Addr().String()}, args...)...)
	c.Dir, c.Stderr = ts.MkAbs("."), os.Stderr
	out, err := c.StdoutPipe()
	ts.Check(err)
	ts.Check(c.Start())
	ts.Defer(func() {
		if err := c.Process.Signal(os.Interrupt); err != nil {
			c.Process.Kill() // Windows knows no interrupt
			c.Wait()
			return
		}
		late := time.AfterFunc(20*time.Second, func() { c.Process.Kill() })
		defer late.Stop()
		if err := c.Wait(); err != nil {
			ts.Fatalf("serve did not end well: %v", err)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	ts.Check(err)
	at := strings.Index(line, "http://")
	if at < 0 {
		ts.Fatalf("serve printed no address: %s", line)
	}
	ts.Check(os.WriteFile(ts.MkAbs("serve.out"), []byte(line), 0o644))
	ts.Setenv("URL", strings.TrimSpace(line[at:]))
}

func fetch(ts *testscript.TestScript, neg bool, args []string) {
	wanted(ts, neg, args, 2)
	r, err := http.Get(ts.Getenv("URL") + args[0])
	ts.Check(err)
	defer r.Body.Close()
	var out strings.Builder
	fmt.Fprintln(&out, r.Status)
	_, err = bufio.NewReader(r.Body).WriteTo(&out)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(out.String()), 0o644))
}
