package upload

// WebDAV as target.

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"path"
	"sync"

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
			return nil, errors.New("this address is not encrypted; use davs:, or allow it with --plain")
		}
	}
	client := gowebdav.NewClient(at.String(), u.User.Username(), opt.Env("BELFRY_PASSWORD"))
	client.SetTransport(opt.transport())
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
	raw, err := t.client.Read(t.path(name))
	return raw, missingDAV(err)
}

func (t *webdav) Put(_ context.Context, name string, data []byte, _ bool) error {
	if err := t.folder(path.Dir(t.path(name))); err != nil {
		return err
	}
	part := t.path(partName(name))
	if err := t.client.Write(part, data, 0o644); err != nil {
		return err
	}
	return t.client.Rename(part, t.path(name), true)
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
