package upload

// FTP as target, over TLS unless told otherwise.

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/textproto"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/jlaffaye/ftp"
)

type ftpTarget struct {
	conn *ftp.ServerConn
	dir  string
	made map[string]bool
}

// openFTP logs in. As in RFC 1738 the path begins where the login leads; two slashes
// begin at the root of the host.
func openFTP(ctx context.Context, u *url.URL, opt OpenOptions) (Target, error) {
	t, err := dialFTP(ctx, u, opt, true)
	if u.Scheme == "ftps" || !isCode(err, ftp.StatusBadCommand, ftp.StatusNotImplemented, ftp.StatusNotImplementedParameter, ftp.StatusNotLoggedIn, 534) {
		return t, err
	}
	var refused *refusedError
	switch {
	case errors.As(err, &refused):
		return nil, err
	case !opt.Plain:
		return nil, fmt.Errorf("this server offers no encryption; use sftp:, or allow names, password and pages to be read on the way with --plain: %w", err)
	}
	return dialFTP(ctx, u, opt, false)
}

// refusedError is a login that the host does not take.
type refusedError struct {
	user string
	error
}

func (e *refusedError) Error() string {
	return fmt.Sprintf("the login of %s is refused: %v", e.user, e.error)
}
func (e *refusedError) Unwrap() error { return e.error }

func dialFTP(ctx context.Context, u *url.URL, opt OpenOptions, encrypt bool) (Target, error) {
	password := opt.password(u)
	if password == "" {
		return nil, &UseError{"there is no password for " + account(u) + "; set BELFRY_PASSWORD, or keep it with --save-password"}
	}
	// Many hosts take a file only over a connection that resumes the session of the
	// login. Tickets of TLS 1.3 are used once each and come late; those of 1.2 do.
	config := opt.tls(u.Hostname())
	config.MaxVersion = tls.VersionTLS12
	port := "21"
	if u.Scheme == "ftps" {
		port = "990"
	}
	addr := u.Host
	if u.Port() == "" {
		addr = net.JoinHostPort(u.Hostname(), port)
	}
	login := true
	dial := func(network, at string) (net.Conn, error) {
		c, err := opt.connect(ctx, network, at)
		if err != nil || !encrypt || u.Scheme == "ftp" && login {
			login = false
			return c, err
		}
		return tls.Client(c, config), nil
	}
	options := []ftp.DialOption{ftp.DialWithDialFunc(dial)}
	if u.Scheme == "ftps" {
		options = append(options, ftp.DialWithTLS(config))
	} else if encrypt {
		options = append(options, ftp.DialWithExplicitTLS(config))
	}
	conn, err := ftp.Dial(addr, options...)
	if err != nil {
		return nil, err
	}
	if err := conn.Login(u.User.Username(), password); err != nil {
		_ = conn.Quit()
		return nil, &refusedError{u.User.Username(), err}
	}
	dir := strings.TrimPrefix(u.Path, "/")
	return &ftpTarget{conn: conn, dir: dir, made: map[string]bool{}}, nil
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
	if isCode(err, ftp.StatusFileUnavailable, ftp.StatusPageTypeUnknown) {
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
	raw, err := readAll(r)
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
	if !isCode(err, ftp.StatusFileUnavailable, ftp.StatusBadFileName, ftp.StatusFileActionIgnored) {
		return err
	}
	// Some servers do not rename over a file: for a moment there is none.
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
	if isCode(err, ftp.StatusFileActionIgnored) { // so some say that there is none
		err = errors.Join(fs.ErrNotExist, err)
	}
	return n, absent(err)
}

func (t *ftpTarget) Remove(_ context.Context, name string) error {
	err := t.conn.Delete(t.path(name))
	if isCode(err, ftp.StatusFileUnavailable) {
		return nil
	}
	if err != nil {
		return err
	}
	for dir := path.Dir(name); dir != "."; dir = path.Dir(dir) {
		// Some servers remove a folder with all that is in it.
		left, err := t.conn.List(t.path(dir))
		left = slices.DeleteFunc(left, func(e *ftp.Entry) bool { return e.Name == "." || e.Name == ".." })
		if err != nil || len(left) > 0 || t.conn.RemoveDir(t.path(dir)) != nil {
			break
		}
		delete(t.made, t.path(dir))
	}
	return nil
}

func (t *ftpTarget) Parallel() int { return 1 }
func (t *ftpTarget) Close() error  { return t.conn.Quit() }
