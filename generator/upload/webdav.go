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
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/studio-b12/gowebdav"
)

type webdav struct {
	client *gowebdav.Client
	server *serverName
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
	server := &serverName{RoundTripper: opt.transport(4)}
	client.SetTransport(server)
	return &webdav{client: client, server: server, dir: u.Path, made: map[string]bool{}}, nil
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
	// A server has to remove a file before it moves another over it (RFC 4918, 9.9.3),
	// so that for a moment there is none. These two write a file aside by themselves
	// and exchange it only when all of it has come.
	if t.server.is("Apache", "nginx") {
		return unlocked(ctx, func() error { return t.client.Write(t.path(name), data, 0o644) })
	}
	part := t.path(partName(name))
	if err := unlocked(ctx, func() error { return t.client.Write(part, data, 0o644) }); err != nil {
		return err
	}
	return unlocked(ctx, func() error { return t.client.Rename(part, t.path(name), true) })
}

// serverName remembers what a server calls itself. It reads the rest of an answer when
// that is closed: the library leaves it, and a connection with something left on it
// cannot be used again.
type serverName struct {
	http.RoundTripper
	name atomic.Value
}

func (t *serverName) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.RoundTripper.RoundTrip(r)
	if err == nil {
		t.name.Store(answer.Header.Get("Server"))
		answer.Body = rest{answer.Body}
	}
	return answer, err
}

func (t *serverName) is(names ...string) bool {
	got, _ := t.name.Load().(string)
	return slices.ContainsFunc(names, func(n string) bool { return got == n || strings.HasPrefix(got, n+"/") })
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
