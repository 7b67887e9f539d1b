package fleet

// This file is what is kept of a build: one result a portal, and the report of all.

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"belfry/generator"
	"belfry/generator/diag"
)

// Folder is the folder of logs and results below the output of a fleet.
const Folder = ".belfry"

// The states of a portal after a build.
const (
	Published = "published"
	Unchanged = "unchanged" // it was already what it would have become
	Failed    = "failed"    // its last good output stays
)

// Result is what became of one portal. It holds no times, so that equal builds
// have equal results.
type Result struct {
	ID          string              `json:"id"`
	Path        string              `json:"path"`
	Stage       string              `json:"stage"`
	Status      string              `json:"status"`
	Documents   generator.Documents `json:"documents"`
	Pages       int                 `json:"pages"`
	Bytes       int64               `json:"bytes"`
	Heaviest    Weight              `json:"heaviest"`
	NextChange  string              `json:"next_change"`
	Errors      int                 `json:"errors"`
	Warnings    int                 `json:"warnings"`
	Notes       int                 `json:"notes"`
	Diagnostics []diag.Stored       `json:"diagnostics"` // files named from the fleet's folder

	Made *Made `json:"made,omitempty"` // what the output was made from; not part of a report

	Seconds float64 `json:"-"` // of this run
	Machine bool    `json:"-"` // it failed for the machine, not for its content
}

// Made identifies what an output was made from: when nothing of it has changed,
// the next build would make the same.
type Made struct {
	Key  string            `json:"key"`  // hash of the portal's files, what all share, and the tool
	Uses map[string]string `json:"uses"` // hash by catalogue@version
	For  string            `json:"for"`  // the moment it was built for, RFC 3339
}

// Weight is the heaviest page of a portal, in bytes of HTML.
type Weight struct {
	Path  string `json:"path"`
	Bytes int64  `json:"bytes"`
}

// Report is the results of a fleet, sorted by id, and their sums.
type Report struct {
	Portals []Result `json:"portals"`
	Totals  Totals   `json:"totals"`
}

// Totals are the sums over all portals: Portals = Published + Unchanged + Failed.
type Totals struct {
	Portals   int                 `json:"portals"`
	Published int                 `json:"published"`
	Unchanged int                 `json:"unchanged"`
	Failed    int                 `json:"failed"`
	Documents generator.Documents `json:"documents"`
	Pages     int                 `json:"pages"`
	Bytes     int64               `json:"bytes"`
	Errors    int                 `json:"errors"`
	Warnings  int                 `json:"warnings"`
	Notes     int                 `json:"notes"`
}

// NewReport sorts and sums results.
func NewReport(results []Result) *Report {
	r := &Report{Portals: slices.Clone(results)}
	slices.SortFunc(r.Portals, func(a, b Result) int { return cmp.Compare(a.ID, b.ID) })
	if r.Portals == nil {
		r.Portals = []Result{}
	}
	t := &r.Totals
	for i, p := range r.Portals {
		r.Portals[i].Made = nil
		t.Portals++
		switch p.Status {
		case Published:
			t.Published++
		case Unchanged:
			t.Unchanged++
		default:
			t.Failed++
		}
		t.Documents.Read += p.Documents.Read
		t.Documents.Published += p.Documents.Published
		t.Documents.LeftOut += p.Documents.LeftOut
		t.Pages += p.Pages
		t.Bytes += p.Bytes
		t.Errors += p.Errors
		t.Warnings += p.Warnings
		t.Notes += p.Notes
	}
	return r
}

// Merge reads the results below the outputs of several builds, such as shards.
// A portal that stands in two of them is a mistake.
func Merge(outs ...string) (*Report, error) {
	var all []Result
	from := map[string]string{}
	for _, out := range outs {
		names, err := filepath.Glob(filepath.Join(globless(out), Folder, "results", "*.json"))
		if err != nil {
			return nil, err
		}
		if len(names) == 0 && !exists(filepath.Join(out, Folder)) { // a shard may be empty
			return nil, &NoResultsError{out}
		}
		for _, name := range names {
			var r Result
			if err := readJSON(name, &r); err != nil {
				return nil, err
			}
			if first, twice := from[r.ID]; twice {
				return nil, &TwiceError{r.ID, first, out}
			}
			from[r.ID] = out
			all = append(all, r)
		}
	}
	return NewReport(all), nil
}

// globless keeps brackets and stars in a folder's name from being a pattern.
func globless(dir string) string {
	if os.PathSeparator == '\\' {
		return dir
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(dir)
}

// NoResultsError says that a folder holds no results of a fleet.
type NoResultsError struct{ Out string }

func (e *NoResultsError) Error() string {
	return "there are no results of a fleet in " + e.Out + "; give the folder that “belfry fleet build -o” wrote to"
}

// TwiceError says that two builds both have a portal.
type TwiceError struct{ ID, First, Second string }

func (e *TwiceError) Error() string {
	return "the portal " + e.ID + " has results in " + e.First + " and in " + e.Second + "; shards of one build never share a portal"
}

func readJSON(name string, into any) error {
	raw, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, into); err != nil {
		return errors.New(name + " is damaged: " + err.Error())
	}
	return nil
}

// writeFile replaces a file in one step.
func writeFile(name string, raw []byte) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return err
	}
	_, err = f.Write(raw)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

// jsonOf writes a value as people can read it, too.
func jsonOf(v any) []byte {
	raw, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		panic("fleet: a result is no value: " + err.Error())
	}
	return append(raw, '\n')
}

// exists reports whether there is a file.
func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, fs.ErrNotExist)
}
