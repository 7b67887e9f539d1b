package main

// The checks of belfry doctor, in the order of its report.

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator"
	"belfry/generator/diag"
	"belfry/generator/parse"
	"belfry/generator/portal"
	"belfry/generator/preview"
	"belfry/generator/publish"
	"belfry/generator/tree"
)

// machine looks at what belongs to no folder.
func (d *doctor) machine() {
	d.ok("version", "version", "version", generator.Version(), "go", runtime.Version(), "system", runtime.GOOS+"/"+runtime.GOARCH)
	clock := d.now.Format("2006-01-02 15:04 -07:00")
	if d.now.Year() < 2026 || d.now.Year() > 2100 {
		d.broken("clock", "clock_bad", "time", clock)
	} else {
		d.ok("clock", "clock", "time", clock)
	}
	if encoding := consoleEncoding(); encoding == "" {
		d.ok("console", "console")
	} else {
		do := "doctor.console_bad_do_unix"
		if runtime.GOOS == "windows" {
			do = "doctor.console_bad_do"
		}
		d.list = append(d.list, found{"console", checkLook, say(d.lang, "doctor.console_bad", "encoding", encoding), say(d.lang, do)})
	}
	if l, err := net.Listen("tcp", "localhost:8080"); err == nil {
		l.Close()
		d.ok("port", "port")
	} else {
		d.look("port", "port_taken")
	}
	d.git()
	switch {
	case d.cache == "":
		d.ok("cache", "cache_none")
	default:
		if err := writable(d.cache); err != nil {
			d.broken("cache", "cache_bad", "dir", d.cache, "reason", reason(err))
			return
		}
		var total int64
		_ = filepath.WalkDir(d.cache, func(_ string, e os.DirEntry, err error) error {
			if err == nil && !e.IsDir() {
				if info, err := e.Info(); err == nil {
					total += info.Size()
				}
			}
			return nil
		})
		d.ok("cache", "cache", "dir", d.cache, "size", size(total))
	}
}

func (d *doctor) git() {
	ctx, stop := context.WithTimeout(context.Background(), 5*time.Second)
	defer stop()
	out, err := exec.CommandContext(ctx, "git", "--version").Output()
	if err != nil {
		d.ok("git", "git_none")
		return
	}
	d.ok("git", "git", "version", strings.TrimPrefix(strings.TrimSpace(string(out)), "git version "))
}

// folder reports whether there is one to look at.
func (d *doctor) folder() bool {
	if info, err := os.Stat(d.dir); err != nil || !info.IsDir() {
		d.broken("folder", "folder_none", "dir", d.dir)
		return false
	}
	d.ok("folder", "folder", "dir", absolute(d.dir))
	return true
}

// disk looks at the drive of the folder.
func (d *doctor) disk() {
	if kind := preview.Remote(absolute(d.dir)); kind != "" {
		d.look("drive", "remote", "kind", kind)
	} else {
		d.ok("drive", "local")
	}
	if free, known := freeSpace(d.dir); known && free < 500e6 {
		d.look("space", "space_low", "free", size(free))
	} else if known {
		d.ok("space", "space", "free", gigabytes(free))
	}
	if same, known := caseBlind(d.dir); known {
		which := say(d.lang, "doctor.case_two")
		if same {
			which = say(d.lang, "doctor.case_same")
		}
		d.ok("case", "case", "which", which)
	}
}

func gigabytes(n int64) string {
	if n < 1e9 {
		return size(n)
	}
	return fmt.Sprintf("%.0f GB", float64(n)/1e9)
}

// languagesOf are those of a portal that may be broken in every other way.
func languagesOf(dir string) []string {
	raw, err := os.ReadFile(filepath.Join(dir, portal.File))
	if err != nil {
		return nil
	}
	fields, _ := parse.Config(raw)
	return fields.Texts("languages")
}

// portal looks at portal.yaml, and reports whether there is one.
func (d *doctor) portal() bool {
	source, _, err := readSource(d.dir, d.cache)
	if err != nil {
		d.broken("files", "unreadable", "n", "1", "file", d.dir)
		return false
	}
	if _, ok := source.Get(portal.File); !ok {
		d.broken("portal", "portal_none", "dir", absolute(d.dir))
		return false
	}
	plan := generator.Prepare(source, generator.Options{At: d.now, SkipBroken: true})
	bad := 0
	for _, f := range plan.Faults() {
		if f.At.File == portal.File && f.Severity == diag.Error && f.Code != "messages/incomplete" {
			bad++
		}
	}
	if plan.Portal == nil || bad > 0 {
		d.broken("portal", "portal_bad", "n", strconv.Itoa(bad))
		return true
	}
	config := plan.Portal.Config
	d.ok("portal", "portal", "name", config.In(config.Fields.Get("name"), config.First()), "languages", strings.Join(config.Languages, ", "))
	if !config.Fields.Get("time_zone").Set() {
		d.look("zone", "zone_none")
	} else {
		d.ok("zone", "zone", "zone", config.Zone.String(), "time", d.now.In(config.Zone).Format("2006-01-02 15:04"))
	}
	var unknown []string
	for _, f := range plan.Faults() {
		if f.Code == "messages/incomplete" {
			unknown = append(unknown, f.Arg("language"))
		}
	}
	if len(unknown) > 0 {
		d.look("languages", "languages_bad", "languages", strings.Join(unknown, ", "))
	} else {
		d.ok("languages", "languages")
	}
	return true
}

// files looks at the files of the portal, one by one.
func (d *doctor) files() {
	var unreadable, strange, long []string
	files, folders := 0, 0
	skip := skipped(d.dir, d.cache)
	_ = filepath.WalkDir(d.dir, func(name string, e os.DirEntry, err error) error {
		rel, _ := filepath.Rel(d.dir, name)
		rel = filepath.ToSlash(rel)
		switch {
		case err != nil:
			unreadable = append(unreadable, rel)
			return nil
		case rel != "." && strings.HasPrefix(path.Base(rel), "."), slices.Contains(skip, rel):
			if e.IsDir() {
				return filepath.SkipDir
			}
			return nil
		case e.IsDir():
			folders++
			return nil
		}
		files++
		if f, err := os.Open(name); err != nil {
			unreadable = append(unreadable, rel)
		} else {
			f.Close()
		}
		if tree.BadName(path.Base(rel)) != "" {
			strange = append(strange, rel)
		}
		if len([]rune(absolute(name))) > 240 || len(rel) > 200 {
			long = append(long, rel)
		}
		return nil
	})
	if len(unreadable) > 0 {
		d.broken("files", "unreadable", "n", strconv.Itoa(len(unreadable)), "file", diag.Plain(unreadable[0]))
	} else {
		d.ok("files", "readable", "n", strconv.Itoa(files))
	}
	if len(strange) > 0 {
		d.look("names", "names", "n", strconv.Itoa(len(strange)), "file", diag.Plain(strange[0]))
	}
	if len(long) > 0 {
		d.look("paths", "long", "n", strconv.Itoa(len(long)), "file", diag.Plain(long[0]))
	}
	if limit := watchLimit(); limit > 0 {
		pairs := []string{"limit", strconv.Itoa(limit), "n", strconv.Itoa(folders)}
		if limit < 2*folders || limit < 1000 {
			d.look("watch", "watch_low", pairs...)
		} else {
			d.ok("watch", "watch", pairs...)
		}
	}
}

// output looks at where a build writes, and sets right what one left half done.
func (d *doctor) output() {
	out := filepath.Join(d.dir, "public")
	beside := filepath.Dir(absolute(out))
	if err := writable(beside); err != nil {
		d.broken("output", "output_bad", "dir", out, "reason", reason(err))
		return
	}
	d.ok("output", "output", "dir", out)
	for _, end := range []string{"swap", "old", "new"} {
		left := filepath.Join(beside, ".public.belfry-"+end)
		if _, err := os.Lstat(left); err != nil {
			continue
		}
		err := publish.Recover(out, publish.Options{Source: d.dir})
		var locked *publish.LockedError
		switch {
		case errors.As(err, &locked):
			d.look("interrupted", "running", "dir", out, "holder", locked.Holder)
		case err != nil:
			d.broken("interrupted", "output_bad", "dir", out, "reason", reason(err))
		default:
			d.look("interrupted", "left", "file", filepath.Base(left))
		}
		return
	}
}

// writable tries whether a folder can be written to.
func writable(dir string) error {
	f, err := os.CreateTemp(dir, ".belfry-doctor-*")
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), os.Remove(f.Name()))
}

// reason is the system's word for an error, without the path.
func reason(err error) string {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// caseBlind finds out whether the disk takes two names that differ in case for
// one.
func caseBlind(dir string) (same, known bool) {
	f, err := os.CreateTemp(dir, ".belfry-doctor-a*")
	if err != nil {
		return false, false
	}
	defer os.Remove(f.Name())
	defer f.Close()
	_, err = os.Stat(filepath.Join(filepath.Dir(f.Name()), strings.ToUpper(filepath.Base(f.Name()))))
	return err == nil, true
}
