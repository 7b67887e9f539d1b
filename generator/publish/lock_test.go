package publish

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSecondBuildIsToldWhoHoldsOut(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	s, err := Stage(out, Options{})
	if err != nil {
		t.Fatal(err)
	}
	waited := ""
	_, err = Stage(out, Options{Wait: 60 * time.Millisecond, Waiting: func(h string) { waited += h }})
	e, ok := errors.AsType[*LockedError](err)
	me := fmt.Sprintf("process %d on ", os.Getpid())
	if !ok || !strings.Contains(e.Error(), me) || strings.Count(waited, me) != 1 {
		t.Errorf("got %v, waiting for %q", err, waited)
	}
	if _, err = Stage(out, Options{Waiting: func(string) { t.Error("waiting was announced") }}); err == nil {
		t.Error("two builds at once")
	}
	done := make(chan struct{})
	close(done)
	if _, err = Stage(out, Options{Wait: time.Hour, Done: done}); err == nil {
		t.Error("two builds at once")
	}
	if err := Recover(out, Options{}); err == nil {
		t.Error("a build under way was cleared away")
	}
	if other, err := Stage(out+"2", Options{}); err != nil {
		t.Errorf("another OUT: %v", err)
	} else {
		other.Abort()
	}
	if err := s.Abort(); err != nil {
		t.Error(err)
	}
	if names := litter(t, out); len(names) > 0 {
		t.Errorf("left beside OUT: %q", names)
	}
}

func TestBuildsWaitForEachOther(t *testing.T) {
	out := filepath.Join(t.TempDir(), "public")
	faults := make(chan error)
	for i := range 8 {
		go func() {
			_, err := try(out, map[string]string{"a.html": fmt.Sprint(i), fmt.Sprintf("%d.html", i): "x"}, Options{Wait: time.Minute})
			faults <- err
		}()
	}
	for range 8 {
		if err := <-faults; err != nil {
			t.Error(err)
		}
	}
	got := disk(t, out)
	if len(got) != 2 || got[got["a.html"]+".html"] != "x" {
		t.Errorf("%q", got)
	}
	if names := litter(t, out); len(names) > 0 {
		t.Errorf("left beside OUT: %q", names)
	}
}

// Who opened the lock's file before its holder removed it holds nothing.
func TestLockOfARemovedFileIsNone(t *testing.T) {
	at := placeOf(filepath.Join(t.TempDir(), "public"), nil)
	l, _, err := attempt(at)
	if err != nil {
		t.Fatal(err)
	}
	late, err := os.Open(at.lock)
	if err != nil {
		t.Fatal(err)
	}
	defer late.Close()
	if !current(late) {
		t.Error("the file is still there")
	}
	if err := l.release(); err != nil {
		t.Fatal(err)
	}
	if !exists(at.lock) && current(late) {
		t.Error("a removed file counts as a lock")
	}
}

func TestLockOfADeadProcessIsTakenOver(t *testing.T) {
	out := first(t)
	run(t, out, 1, "exchange", "manifest")
	text, err := os.ReadFile(placeOf(out, nil).lock)
	if err != nil || !strings.HasPrefix(string(text), "process ") {
		t.Fatalf("the dead child left no lock: %q %v", text, err)
	}
	run(t, out, 2, "exchange", "")
	if whole(t, out) != 2 {
		t.Error("not published")
	}
}
