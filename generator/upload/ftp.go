package upload

// FTP as target, over TLS unless told otherwise.

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/textproto"
	"net/url"
	"path"
	"strings"
	"time"

	"github.com/jlaffaye/ftp"
)

type ftpTarget struct {
	conn *ftp.ServerConn
	dir  string
	made map[string]bool
}

func openFTP(ctx context.Context, u *url.URL, opt OpenOptions) (Target, error) {
	password := opt.Env("BELFRY_PASSWORD")
	if password == "" {
		return nil, errors.New("there is no password; set BELFRY_PASSWORD")
	}
	config := &tls.Config{ServerName: u.Hostname(), RootCAs: opt.Roots, ClientSessionCache: tls.NewLRUClientSessionCache(8), MinVersion: tls.VersionTLS12}
	port, how := "21", ftp.DialWithExplicitTLS(config)
	if u.Scheme == "ftps" {
		port, how = "990", ftp.DialWithTLS(config)
	}
	dial := []ftp.DialOption{ftp.DialWithContext(ctx), ftp.DialWithTimeout(30 * time.Second)}
	if !opt.Plain {
		dial = append(dial, how)
	}
	addr := u.Host
	if u.Port() == "" {
		addr = net.JoinHostPort(u.Hostname(), port)
	}
	conn, err := ftp.Dial(addr, dial...)
	if err != nil {
		if strings.Contains(err.Error(), "AUTH") || isCode(err, 500, 502, 504, 530, 534) {
			return nil, errors.Join(errors.New("this server offers no encryption; use sftp:, or allow names, password and pages to be read on the way with --plain"), err)
		}
		return nil, err
	}
	if err := conn.Login(u.User.Username(), password); err != nil {
		return nil, errors.Join(err, conn.Quit())
	}
	return &ftpTarget{conn: conn, dir: u.Path, made: map[string]bool{}}, nil
}

func isCode(err error, codes ...int) bool {
	var e *textproto.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e.Code == c {
			return true
		}
	}
	return false
}

// absent turns the server's answer for a missing file into fs.ErrNotExist.
func absent(err error) error {
	if isCode(err, ftp.StatusFileUnavailable) {
		return errors.Join(fs.ErrNotExist, err)
	}
	return err
}

func (t *ftpTarget) path(name string) string { return path.Join(t.dir, name) }

func (t *ftpTarget) Get(_ context.Context, name string) ([]byte, error) {
	r, err := t.conn.Retr(t.path(name))
	if err != nil {
		return nil, absent(err)
	}
	raw, err := io.ReadAll(r)
	return raw, errors.Join(err, r.Close())
}

func (t *ftpTarget) Put(_ context.Context, name string, data []byte, _ bool) error {
	t.folder(path.Dir(t.path(name)))
	part := t.path(partName(name))
	if err := t.conn.Stor(part, reader(data)); err != nil {
		return err
	}
	err := t.conn.Rename(part, t.path(name))
	if err == nil {
		return nil
	}
	// Some servers do not rename over a file.
	if gone := t.conn.Delete(t.path(name)); gone != nil {
		return errors.Join(err, gone)
	}
	return t.conn.Rename(part, t.path(name))
}

// folder makes a folder and those above it; where that fails, storing the file
// will say why.
func (t *ftpTarget) folder(dir string) {
	if dir == "." || dir == "/" || t.made[dir] {
		return
	}
	t.folder(path.Dir(dir))
	t.made[dir] = true
	_ = t.conn.MakeDir(dir)
}

func (t *ftpTarget) Size(_ context.Context, name string) (int64, error) {
	n, err := t.conn.FileSize(t.path(name))
	return n, absent(err)
}

func (t *ftpTarget) Remove(_ context.Context, name string) error {
	err := t.conn.Delete(t.path(name))
	if isCode(err, ftp.StatusFileUnavailable) {
		return nil
	}
	for dir := path.Dir(name); err == nil && dir != "."; dir = path.Dir(dir) {
		if t.conn.RemoveDir(t.path(dir)) != nil {
			break
		}
	}
	return err
}

func (t *ftpTarget) Parallel() int { return 1 }
func (t *ftpTarget) Close() error  { return t.conn.Quit() }
