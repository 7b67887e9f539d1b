package upload

// Opening a target by its address.

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"runtime"
	"strings"
	"time"
)

// OpenOptions are what reaching a target depends on beside its address.
type OpenOptions struct {
	Env     func(string) string         // credentials come from the environment,
	Keyring func(account string) string // or from the keyring: the password of user@host, "" for none; may be nil
	Plain   bool                        // allow connections that are not encrypted
	Roots   *x509.CertPool              // trusted certificates; nil for the system's
	tries   int                         // tests: how often S3 tries a request; 0 for three times
	dial    func(net.Conn) net.Conn     // tests: what a connection goes through
}

// Kinds are the addresses that Open understands, for help texts.
const Kinds = "a folder, sftp://user@host/folder, ftp://user@host/folder, ftps://…, s3://bucket/folder?endpoint=host, davs://user@host/folder"

// errSecret says that a password stands in an address, where others can read it.
var errSecret = &UseError{"the address holds a password, which others can read in lists of processes and in logs; leave it out and set BELFRY_PASSWORD, or keep it with --save-password"}

// Open connects to a target. Credentials come from the environment (BELFRY_PASSWORD,
// BELFRY_SFTP_KEY, an SSH agent, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY) or the
// keyring. A [UseError] says what is wrong with the address or the environment.
func Open(ctx context.Context, address string, opt OpenOptions) (Target, error) {
	u, err := parseAddress(address)
	if err != nil {
		return nil, err
	}
	switch u.Scheme {
	case "":
		return &folder{dir: u.Path}, nil
	case "sftp":
		return openSFTP(ctx, u, opt)
	case "ftp", "ftps":
		return openFTP(ctx, u, opt)
	case "s3":
		return openS3(u, opt)
	}
	return openWebDAV(u, opt)
}

// Account is the user@host of an address, under which the keyring keeps its password.
func Account(address string) (string, error) {
	u, err := parseAddress(address)
	if err != nil {
		return "", err
	}
	if u.User.Username() == "" || u.Scheme == "s3" {
		return "", &UseError{"a password belongs to an address with a user, such as sftp://user@host/folder"}
	}
	return account(u), nil
}

func account(u *url.URL) string { return u.User.Username() + "@" + u.Host }

// parseAddress reads an address; a folder has no scheme.
func parseAddress(address string) (*url.URL, error) {
	scheme, rest, found := strings.Cut(address, "://")
	if !found || len(scheme) < 2 { // C:\… is a folder
		return &url.URL{Path: address}, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		if strings.Contains(rest, "@") { // it may hold a password, and the error shows it
			return nil, errSecret
		}
		return nil, &UseError{fmt.Sprintf("%q is no address; use %s", address, Kinds)}
	}
	if _, has := u.User.Password(); has {
		return nil, errSecret
	}
	switch u.Scheme {
	case "file":
		name := u.Path
		if runtime.GOOS == "windows" {
			name = strings.TrimPrefix(name, "/") // file:///C:/portal
		}
		return &url.URL{Path: name}, nil
	case "sftp", "ftp", "ftps", "s3", "dav", "davs", "http", "https":
		if u.Host == "" {
			return nil, &UseError{fmt.Sprintf("%q names no host; use %s", address, Kinds)}
		}
		return u, nil
	}
	return nil, &UseError{fmt.Sprintf("addresses that begin with %s: are not known; use %s", u.Scheme, Kinds)}
}

// password is that of the environment, else of the keyring.
func (o OpenOptions) password(u *url.URL) string {
	if p := o.Env("BELFRY_PASSWORD"); p != "" || o.Keyring == nil {
		return p
	}
	return o.Keyring(account(u))
}

// patience is how long a host may be silent, or take nothing, before it counts as
// gone. Without it a lost connection would hold a run for ever.
const patience = 2 * time.Minute

// patient is a connection on which every read and write has to get somewhere.
type patient struct{ net.Conn }

func (c patient) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c patient) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(time.Now().Add(patience)); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

func (o OpenOptions) connect(ctx context.Context, network, addr string) (net.Conn, error) {
	c, err := (&net.Dialer{Timeout: 30 * time.Second}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	if o.dial != nil {
		c = o.dial(c)
	}
	return patient{c}, nil
}

// transport is HTTP over such connections, for at most n requests at once.
func (o OpenOptions) transport(n int) http.RoundTripper {
	return &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: o.tls(""), DialContext: o.connect,
		TLSHandshakeTimeout: 30 * time.Second, ResponseHeaderTimeout: patience, MaxConnsPerHost: n, MaxIdleConnsPerHost: n, IdleConnTimeout: time.Minute}
}

func (o OpenOptions) tls(name string) *tls.Config {
	return &tls.Config{ServerName: name, RootCAs: o.Roots, MinVersion: tls.VersionTLS12, ClientSessionCache: tls.NewLRUClientSessionCache(8)}
}

// loopback reports whether a host is this machine.
func loopback(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	ip := net.ParseIP(strings.Trim(name, "[]"))
	return name == "localhost" || ip != nil && ip.IsLoopback()
}
