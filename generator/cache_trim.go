package generator

import (
	"cmp"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"time"
)

// restless is how old the time of an entry may grow before its use renews it: a
// build then writes to the cache at most once a day for each page.
const restless = 24 * time.Hour

// used notes that an entry was of use, for [Cache.Trim].
func (c *Cache) used(name string) {
	if info, err := os.Stat(name); err == nil && time.Since(info.ModTime()) > restless {
		_ = os.Chtimes(name, time.Time{}, time.Now()) // it only goes sooner otherwise
	}
}

// Trimmed is what [Cache.Trim] did, in files and bytes.
type Trimmed struct {
	Files, Removed int
	Bytes, Freed   int64
}

// ours are the files a cache consists of; all else in its folder is left alone.
var ours = regexp.MustCompile(`^([0-9a-f]{2}/[0-9a-f]{62}|serve-[0-9a-f]{16})$`)

// unfinished are files that are being written, or were when a process died.
var unfinished = regexp.MustCompile(`^([0-9a-f]{2}/\.new-[0-9]+|serve-[0-9a-f]{16}\.new)$`)

// Trim removes what was not used for longest until the cache has at most max bytes.
// It may run beside builds: what they miss they make again.
func (c *Cache) Trim(max int64) (Trimmed, error) {
	type kept struct {
		name string
		size int64
		used time.Time
	}
	var out Trimmed
	var all []kept
	remove := func(k kept) error {
		if err := os.Remove(k.name); err != nil && !os.IsNotExist(err) {
			return err
		}
		out.Removed++
		out.Freed += k.size
		return nil
	}
	err := filepath.WalkDir(c.dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(c.dir, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if !ours.MatchString(rel) && !unfinished.MatchString(rel) {
			return nil
		}
		info, err := d.Info()
		if os.IsNotExist(err) { // another has trimmed it
			return nil
		} else if err != nil {
			return err
		}
		k := kept{name, info.Size(), info.ModTime()}
		if unfinished.MatchString(rel) {
			if time.Since(k.used) > time.Hour {
				return remove(k)
			}
			return nil
		}
		all = append(all, k)
		out.Files++
		out.Bytes += k.size
		return nil
	})
	if err != nil {
		return out, err
	}
	slices.SortFunc(all, func(a, b kept) int { return cmp.Or(a.used.Compare(b.used), cmp.Compare(a.name, b.name)) })
	for _, k := range all {
		if out.Bytes <= max {
			break
		}
		if err := remove(k); err != nil {
			return out, err
		}
		out.Files--
		out.Bytes -= k.size
	}
	return out, nil
}
