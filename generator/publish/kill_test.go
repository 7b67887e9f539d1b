package publish

// kill -9 at any moment leaves OUT whole, old or new. The test binary runs
// itself as a child that builds, and kills it.

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// The child is told by its environment what to build.
const (
	childOut  = "BELFRY_TEST_OUT"
	childNth  = "BELFRY_TEST_NTH"  // number of the portal
	childWay  = "BELFRY_TEST_WAY"  // a key of ways
	childStep = "BELFRY_TEST_STEP" // die before this step; "list" prints the steps
)

func TestMain(m *testing.M) {
	out := os.Getenv(childOut)
	if out == "" {
		os.Exit(m.Run())
	}
	nth, _ := strconv.Atoi(os.Getenv(childNth))
	opt := ways[os.Getenv(childWay)]
	opt.ContentNamed = hashed
	deadly := os.Getenv(childStep)
	opt.step = func(name string) {
		if deadly == "list" {
			fmt.Println(name)
		}
		if name == deadly {
			self, _ := os.FindProcess(os.Getpid())
			self.Kill()
			select {}
		}
	}
	if _, err := try(out, portal(nth), opt); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func hashed(path string) bool { return strings.HasPrefix(path, "assets/h.") }

// portal gives the files of the nth portal: some the same in all, some changed
// every time, some there only now and then.
func portal(nth int) map[string]string {
	files := map[string]string{"nth": fmt.Sprint(nth), fmt.Sprintf("assets/h.%d.css", nth): fmt.Sprint(nth)}
	for i := range 200 {
		text := strings.Repeat(fmt.Sprint(i), 50)
		if i%3 == 0 {
			text += fmt.Sprint(nth)
		}
		if i%5 != 0 || (i+nth)%2 == 0 {
			files[fmt.Sprintf("%c/s/%d.html", 'a'+i%3, i)] = text
		}
	}
	return files
}

var guestFiles = map[string]string{"guest.txt": "g", "a/guest.txt": "g", "b/deep/er/guest.txt": "g"}

// whole checks that OUT is one of the portals, complete and with its guests, and
// returns which.
func whole(t *testing.T, out string) int {
	t.Helper()
	m, err := ReadManifest(out)
	if err != nil {
		t.Fatal(err)
	}
	got := disk(t, out)
	nth, err := strconv.Atoi(got["nth"])
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range m.Files {
		if sha256.Sum256([]byte(got[e.Path])) != e.Hash || !intact(out, e) {
			t.Fatalf("%s is not what the manifest says", e.Path)
		}
		if e.Kept {
			delete(got, e.Path)
		}
	}
	all := maps.Clone(guestFiles)
	maps.Copy(all, portal(nth))
	if !maps.Equal(got, all) {
		t.Fatalf("OUT is no whole portal: %d files, want %d", len(got), len(all))
	}
	return nth
}

func child(t *testing.T, out string, nth int, way, step string) *exec.Cmd {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe)
	cmd.Env = append(os.Environ(), childOut+"="+out, childNth+"="+fmt.Sprint(nth), childWay+"="+way, childStep+"="+step)
	return cmd
}

// first publishes portal 0 and its guests, and returns OUT.
func first(t *testing.T) string {
	out := filepath.Join(t.TempDir(), "public")
	build(t, out, portal(0), Options{ContentNamed: hashed})
	put(t, out, guestFiles)
	return out
}

func TestKilledAtRandomMoments(t *testing.T) {
	for _, way := range []string{"exchange", "two renames"} {
		t.Run(way, func(t *testing.T) {
			out := first(t)
			took := time.Hour // of the fastest of three builds that nobody disturbs
			for nth := range 3 {
				start := time.Now()
				run(t, out, 1-nth%2, way, "")
				took = min(took, time.Since(start))
			}
			r := rand.New(rand.NewPCG(1, 50))
			was, begun := 1, 1 // begun is a portal whose renames the next run completes
			killed, older, newer, missing := 0, 0, 0, 0
			for i := range 50 {
				nth := i + 2
				cmd := child(t, out, nth, way, "")
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Duration(r.Int64N(int64(took))))
				cmd.Process.Kill()
				if cmd.Wait() != nil {
					killed++
				}
				if !exists(out) { // between two renames: what the next run does first
					missing++
					if err := Recover(out, Options{}); err != nil {
						t.Fatal(err)
					}
				}
				switch now := whole(t, out); now {
				case was, begun:
					older++
				case nth:
					newer++
				default:
					t.Fatalf("OUT is portal %d, want %d, %d or %d", now, was, begun, nth)
				}
				was = whole(t, out)
				if begun = was; exists(placeOf(out, nil).journal) {
					begun = nth
				}
			}
			t.Logf("%d of 50 killed within %v; OUT was old %d times, new %d times, between two renames %d times", killed, took, older, newer, missing)
			if killed < 10 {
				t.Error("too few were killed to prove anything")
			}
			if text, err := child(t, out, 99, way, "").CombinedOutput(); err != nil || whole(t, out) != 99 {
				t.Fatal(err, string(text))
			}
			if names := litter(t, out); len(names) > 0 {
				t.Errorf("left beside OUT: %q", names)
			}
		})
	}
}

// TestKilledBeforeEachStep leaves nothing to chance: the child kills itself
// before every step of a commit, and again before every step of the recovery.
func TestKilledBeforeEachStep(t *testing.T) {
	for _, way := range []string{"exchange", "two renames"} {
		t.Run(way, func(t *testing.T) {
			out := first(t)
			steps := strings.Fields(strings.ReplaceAll(run(t, out, 1, way, "list"), " ", "_"))
			if len(steps) < 7 {
				t.Fatalf("only %q", steps)
			}
			for _, s := range steps {
				step := strings.ReplaceAll(s, "_", " ")
				out := first(t)
				run(t, out, 1, way, step)
				begun := exists(placeOf(out, nil).journal) // then the new portal must win
				// What does the next run do first? Kill it there as well.
				list := run(t, copied(t, out), 2, way, "list")
				for _, again := range append(strings.Split(strings.TrimSpace(list), "\n"), "") {
					if !strings.HasPrefix(again, "recover") && again != "" {
						continue
					}
					out := copied(t, out)
					if again != "" {
						run(t, out, 2, way, again)
					}
					if err := Recover(out, Options{}); err != nil {
						t.Fatalf("killed before %q and %q: %v", step, again, err)
					}
					if nth := whole(t, out); nth > 1 || begun && nth != 1 {
						t.Errorf("killed before %q and %q: portal %d", step, again, nth)
					}
					run(t, out, 3, way, "")
					if nth := whole(t, out); nth != 3 {
						t.Errorf("killed before %q and %q: the next build gave portal %d", step, again, nth)
					}
					if names := litter(t, out); len(names) > 0 {
						t.Errorf("killed before %q and %q: left beside OUT: %q", step, again, names)
					}
				}
			}
		})
	}
}

// TestRecoverNeverRemovesTheOnlyPortal tries every set of leftovers, also those
// that no build leaves but a hand may: what is complete and alone must survive.
func TestRecoverNeverRemovesTheOnlyPortal(t *testing.T) {
	for set := range 16 {
		out := filepath.Join(t.TempDir(), "public")
		at := placeOf(out, nil)
		has := func(bit int) bool { return set&bit != 0 }
		for bit, dir := range map[int]string{1: at.out, 2: at.old, 4: at.staging} {
			if has(bit) {
				put(t, dir, map[string]string{"a.html": filepath.Base(dir)})
			}
		}
		if has(8) {
			put(t, filepath.Dir(out), map[string]string{filepath.Base(at.journal): ""})
		}
		want := ""
		switch {
		case has(8) && has(4) && has(2) && has(1):
			want = "an error"
		case has(8) && has(4):
			want = at.staging
		case has(1):
			want = at.out
		case has(2):
			want = at.old
		}
		err := Recover(out, Options{})
		if want == "an error" {
			if err == nil || len(litter(t, out)) != 3 {
				t.Errorf("set %04b: %v, %q", set, err, litter(t, out))
			}
			continue
		}
		got := map[string]string{}
		if exists(out) {
			got = disk(t, out)
		}
		if err != nil || want == "" && len(got) > 0 || want != "" && got["a.html"] != filepath.Base(want) || len(litter(t, out)) > 0 {
			t.Errorf("set %04b: %v, %q, left %q; want %q", set, err, got, litter(t, out), filepath.Base(want))
		}
	}
}

// run lets a child build and gives what it prints; it must die exactly when it
// was told to.
func run(t *testing.T, out string, nth int, way, step string) string {
	t.Helper()
	text, err := child(t, out, nth, way, step).CombinedOutput()
	if dies := step != "" && step != "list"; dies != (err != nil) {
		t.Fatalf("%q: %v %s", step, err, text)
	}
	return string(text)
}

// copied copies OUT and all that lies beside it, with times.
func copied(t *testing.T, out string) string {
	from, to := filepath.Dir(out), t.TempDir()
	g := &guests{ours: func(string) bool { return false }}
	g.walk(from, ".")
	slices.Sort(g.files)
	if err := g.carry(from, to); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(to, filepath.Base(out))
}
