package upload

// WebDAV as target.

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"sync"
	"time"

	"github.com/studio-b12/gowebdav"
)

type webdav struct {
	client *gowebdav.Client
	dir    string

	mu   sync.Mutex
	made map[string]bool
}

func openWebDAV(u *url.URL, opt OpenOptions) (Target, error) {
	at := *u
	at.Scheme, at.User, at.Path = "https", nil, ""
	if u.Scheme == "dav" || u.Scheme == "http" {
		at.Scheme = "http"
		if !opt.Plain && !loopback(u.Host) {
			return nil, &UseError{"this address is not encrypted; use davs:, or allow it with --plain"}
		}
	}
	client := gowebdav.NewClient(at.String(), u.User.Username(), opt.password(u))
	client.SetTransport(readToEnd{opt.transport(4)})
	return &webdav{client: client, dir: u.Path, made: map[string]bool{}}, nil
}

func (t *webdav) path(name string) string { return path.Join("/", t.dir, name) }

func missingDAV(err error) error {
	if gowebdav.IsErrNotFound(err) {
		return errors.Join(fs.ErrNotExist, err)
	}
	return err
}

func (t *webdav) Get(_ context.Context, name string) ([]byte, error) {
	r, err := t.client.ReadStream(t.path(name))
	if err != nil {
		return nil, missingDAV(err)
	}
	defer r.Close()
	return readAll(r)
}

func (t *webdav) Put(ctx context.Context, name string, data []byte, _ bool) error {
	if err := t.folder(path.Dir(t.path(name))); err != nil {
		return err
	}
	part := t.path(partName(name))
	if err := unlocked(ctx, func() error { return t.client.Write(part, data, 0o644) }); err != nil {
		return err
	}
	return unlocked(ctx, func() error { return t.client.Rename(part, t.path(name), true) })
}

// readToEnd reads the rest of an answer when it is closed: the library leaves it, and
// a connection with something left on it cannot be used again.
type readToEnd struct{ http.RoundTripper }

func (t readToEnd) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.RoundTripper.RoundTrip(r)
	if err == nil {
		answer.Body = rest{answer.Body}
	}
	return answer, err
}

type rest struct{ io.ReadCloser }

func (r rest) Close() error {
	_, _ = io.CopyN(io.Discard, r.ReadCloser, 64<<10)
	return r.ReadCloser.Close()
}

// unlocked tries again while a file is locked: a request that was cut off may hold
// it for a moment.
func unlocked(ctx context.Context, try func() error) error {
	for n := 0; ; n++ {
		err := try()
		if n == 5 || !gowebdav.IsErrCode(err, http.StatusLocked) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(300 * time.Millisecond):
		}
	}
}

func (t *webdav) folder(dir string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.made[dir] {
		return nil
	}
	if err := t.client.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	t.made[dir] = true
	return nil
}

func (t *webdav) Size(_ context.Context, name string) (int64, error) {
	info, err := t.client.Stat(t.path(name))
	if err != nil {
		return 0, missingDAV(err)
	}
	return info.Size(), nil
}

func (t *webdav) Remove(_ context.Context, name string) error {
	err := t.client.Remove(t.path(name))
	if gowebdav.IsErrNotFound(err) {
		return nil
	}
	return err
}

func (t *webdav) Parallel() int { return 4 }
func (t *webdav) Close() error  { return nil }
