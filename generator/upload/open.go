package upload

// Opening a target by its address.

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// OpenOptions are what reaching a target depends on beside its address.
type OpenOptions struct {
	Env   func(string) string // credentials come from the environment only
	Plain bool                // allow connections that are not encrypted
	Roots *x509.CertPool      // trusted certificates; nil for the system's
}

func (o OpenOptions) transport() http.RoundTripper {
	return &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{RootCAs: o.Roots, MinVersion: tls.VersionTLS12},
		DialContext: (&net.Dialer{Timeout: 30 * time.Second}).DialContext, ResponseHeaderTimeout: 2 * time.Minute, MaxIdleConnsPerHost: 8}
}

// Kinds are the addresses that Open understands, for help texts.
const Kinds = "a folder, sftp://user@host/folder, ftp://user@host/folder, ftps://…, s3://bucket/folder?endpoint=host, davs://user@host/folder"

// SecretError says that a password stands in an address, where others can read it.
type SecretError struct{}

func (SecretError) Error() string {
	return "the address holds a password, which others can read in lists of processes and in logs; leave it out and set BELFRY_PASSWORD"
}

// Open connects to a target. Credentials come from the environment: BELFRY_PASSWORD,
// BELFRY_SFTP_KEY, an SSH agent, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.
func Open(ctx context.Context, address string, opt OpenOptions) (Target, error) {
	scheme, _, found := strings.Cut(address, "://")
	if !found || len(scheme) < 2 { // C:\… is a folder
		return openFolder(address)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("%q is no address: %w", address, errors.Unwrap(err))
	}
	if _, has := u.User.Password(); has {
		return nil, SecretError{}
	}
	switch strings.ToLower(u.Scheme) {
	case "file":
		return openFolder(u.Path)
	case "sftp":
		return openSFTP(ctx, u, opt.Env)
	case "ftp", "ftps":
		return openFTP(ctx, u, opt)
	case "s3":
		return openS3(u, opt)
	case "dav", "davs", "http", "https":
		return openWebDAV(u, opt)
	}
	return nil, fmt.Errorf("addresses that begin with %s: are not known; use %s", u.Scheme, Kinds)
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
