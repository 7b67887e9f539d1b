// Package upload brings a published folder to a host: a folder, SFTP, FTP, storage
// that speaks S3, or WebDAV. It sends what differs between the manifest here and
// the one there, in an order in which no page that readers can reach asks for a
// file that has not come yet, and removes what is gone at the very end.
//
// # Order
//
// What is not there yet comes first: nothing that readers can reach refers to it,
// so it may come in any order, pages that link to one another in a ring included.
// Only then what is there is replaced, file by file: whatever the new page refers
// to has come by now, and whatever the old one refers to is still there. The home
// page is last of either half. So no reference is ever broken, wherever a run ends.
//
// # The manifest on the host
//
// It is rewritten before the first file as well as after the last: what is about
// to come, to go or to be replaced, is named there without its hash (a pending entry).
// A run that is cut off is taken up by the next one, from wherever that runs and
// with whatever portal: what is pending is sent again, or removed, and never taken
// for what it was. A run that finds nothing to do sends nothing.
package upload

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"unicode"

	"belfry/generator/publish"
)

// Target is a host that takes files. Names are slash paths below its folder. All
// methods may be called by as many goroutines as Parallel says.
type Target interface {
	// Get returns a file's bytes; the error wraps fs.ErrNotExist where there is none.
	Get(ctx context.Context, name string) ([]byte, error)
	// Put replaces a file, in one step where the host can do that. What is forever
	// never changes under its name.
	Put(ctx context.Context, name string, data []byte, forever bool) error
	// Size returns a file's size in bytes; the error wraps fs.ErrNotExist.
	Size(ctx context.Context, name string) (int64, error)
	// Remove removes a file, and folders that it leaves empty where that is cheap;
	// one that is not there is no error.
	Remove(ctx context.Context, name string) error
	Parallel() int
	Close() error
}

// TooManyError says that a run would remove suspiciously much.
type TooManyError struct{ Remove, Of, May int }

func (e *TooManyError) Error() string {
	return fmt.Sprintf("%d of the %d files there would be removed, more than the %d that go without asking; look whether this is the right portal and target, and allow it with --remove %d", e.Remove, e.Of, e.May, e.Remove)
}

// UseError is a mistake in the address or in what the environment says; nothing
// was sent. It never holds a secret.
type UseError struct{ Why string }

func (e *UseError) Error() string { return e.Why }

// SourceError says that the folder to publish is not what its manifest says;
// nothing was sent.
type SourceError struct {
	Path string
	Err  error
}

func (e *SourceError) Error() string { return fmt.Sprintf("%s: %v", e.Path, e.Err) }

func (e *SourceError) Unwrap() error { return e.Err }

// state is what is known about a file on the host.
type state struct {
	publish.Entry
	pending bool // it is coming, going or being replaced: its content is not known
	there   bool // some content of this name is there
}

// A pending entry has no hash; nowhere in its size says that
// there may be nothing.
const nowhere = -1

// fromManifest reads the state of the host off its manifest.
func fromManifest(m publish.Manifest) (map[string]state, error) {
	out := make(map[string]state, len(m.Files))
	for _, e := range m.Files {
		if unsayable(e.Path) {
			return nil, fmt.Errorf("%q holds a control character", e.Path)
		}
		s := state{Entry: e, pending: e.Hash == [32]byte{}}
		s.there = !s.pending || e.Size != nowhere
		out[e.Path] = s
	}
	return out, nil
}

// entry is the line of a state in the manifest on the host.
func (s state) entry() publish.Entry {
	if !s.pending {
		return s.Entry
	}
	e := publish.Entry{Path: s.Path, Size: nowhere, ContentNamed: s.ContentNamed}
	if s.there {
		e.Size = max(0, s.Size)
	}
	return e
}

// unsayable reports whether a path cannot be said in a protocol of lines.
func unsayable(path string) bool {
	for _, r := range path {
		if unicode.IsControl(r) || r == unicode.ReplacementChar {
			return true
		}
	}
	return false
}

// maxManifest bounds what is read from a host, in bytes: a million files.
const maxManifest = 256 << 20

// readAll reads a manifest from a host, which may be hostile.
func readAll(r io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(r, maxManifest+1))
	if err == nil && len(raw) > maxManifest {
		err = fmt.Errorf("it is longer than %d MB", maxManifest>>20)
	}
	return raw, err
}

// reader is a file's bytes for libraries that read.
func reader(data []byte) *bytes.Reader { return bytes.NewReader(data) }
