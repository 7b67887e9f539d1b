package upload

// Hosts of every kind within the test, on this machine's loopback.

import (
	"context"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"io"
	"io/fs"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/johannesboyne/gofakes3"
	"github.com/johannesboyne/gofakes3/backend/s3mem"
	"github.com/pkg/sftp"
	ftpserver "goftp.io/server/v2"
	ftpfiles "goftp.io/server/v2/driver/file"
	"golang.org/x/crypto/ssh"
	dav "golang.org/x/net/webdav"
)

// host is a server that a portal is brought to.
type host struct {
	address string
	env     map[string]string
	roots   *x509.CertPool
	files   func() map[string]string // what it holds, by path
	spoil   func(name, text string)  // write behind belfry's back
}

// hosts opens one host of each kind.
var hosts = map[string]func(*testing.T) *host{"folder": folderHost, "sftp": sftpHost, "ftp": ftpHost, "s3": s3Host, "webdav": webdavHost}

func (h *host) options(dial func(net.Conn) net.Conn) OpenOptions {
	return OpenOptions{Env: func(k string) string { return h.env[k] }, Roots: h.roots, tries: 1, dial: dial}
}

// onDisk is a host that keeps its files in a folder.
func onDisk(dir string) *host {
	return &host{
		files: func() map[string]string {
			out := map[string]string{}
			_ = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() {
					raw, _ := os.ReadFile(name)
					rel, _ := filepath.Rel(dir, name)
					out[filepath.ToSlash(rel)] = string(raw)
				}
				return nil
			})
			return out
		},
		spoil: func(name, text string) {
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(name)), []byte(text), 0o644); err != nil {
				panic(err)
			}
		},
	}
}

func folderHost(t *testing.T) *host {
	dir := filepath.Join(t.TempDir(), "not", "there yet")
	h := onDisk(dir)
	h.address = dir
	return h
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	return l
}

func sftpHost(t *testing.T) *host {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := ssh.NewSignerFromKey(key)
	if err != nil {
		t.Fatal(err)
	}
	config := &ssh.ServerConfig{PasswordCallback: func(c ssh.ConnMetadata, password []byte) (*ssh.Permissions, error) {
		if c.User() != "anna" || string(password) != "secret" {
			return nil, errors.New("no")
		}
		return nil, nil
	}}
	config.AddHostKey(signer)
	l, dir := listen(t), t.TempDir()
	go func() {
		for {
			tcp, err := l.Accept()
			if err != nil {
				return
			}
			go serveSFTP(tcp, config)
		}
	}()
	h := onDisk(filepath.Join(dir, "web"))
	h.address = "sftp://anna@" + l.Addr().String() + filepath.ToSlash(dir) + "/web"
	h.env = map[string]string{"BELFRY_PASSWORD": "secret", "BELFRY_SFTP_HOST_KEY": ssh.FingerprintSHA256(signer.PublicKey())}
	return h
}

func serveSFTP(tcp net.Conn, config *ssh.ServerConfig) {
	defer tcp.Close()
	_, channels, requests, err := ssh.NewServerConn(tcp, config)
	if err != nil {
		return
	}
	go ssh.DiscardRequests(requests)
	for c := range channels {
		channel, asked, err := c.Accept()
		if err != nil {
			return
		}
		go func() {
			for r := range asked {
				_ = r.Reply(r.Type == "subsystem", nil)
			}
		}()
		server, err := sftp.NewServer(channel)
		if err != nil {
			return
		}
		_ = server.Serve()
		_ = channel.Close()
	}
}

// certificate makes a certificate for 127.0.0.1 and the pool that trusts it.
func certificate(t *testing.T) (certFile, keyFile string, roots *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	certFile, keyFile = filepath.Join(dir, "cert.pem"), filepath.Join(dir, "key.pem")
	for name, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: secret}} {
		if err := os.WriteFile(name, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	roots = x509.NewCertPool()
	roots.AddCert(cert)
	return certFile, keyFile, roots
}

func ftpHost(t *testing.T) *host {
	certFile, keyFile, roots := certificate(t)
	pair, err := tls.LoadX509KeyPair(certFile, keyFile)
	if err != nil {
		t.Fatal(err)
	}
	log.SetOutput(io.Discard) // the server tells of every file that is not there
	dir := t.TempDir()
	driver, err := ftpfiles.NewDriver(dir)
	if err != nil {
		t.Fatal(err)
	}
	l := listen(t)
	port, _ := strconv.Atoi(l.Addr().String()[strings.LastIndex(l.Addr().String(), ":")+1:])
	server, err := ftpserver.NewServer(&ftpserver.Options{Driver: driver, Auth: &ftpserver.SimpleAuth{Name: "anna", Password: "secret"}, Perm: ftpserver.NewSimplePerm("anna", "anna"),
		Hostname: "127.0.0.1", Port: port, PublicIP: "127.0.0.1", TLS: true, ExplicitFTPS: true, ForceTLS: true, CertFile: certFile, KeyFile: keyFile, TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}}, Logger: &ftpserver.DiscardLogger{}})
	if err != nil {
		t.Fatal(err)
	}
	// It makes its data connections secret only where it listens by itself.
	_ = l.Close()
	go func() { _ = server.ListenAndServe() }()
	t.Cleanup(func() { _ = server.Shutdown() })
	for range 200 {
		if c, err := net.Dial("tcp", l.Addr().String()); err == nil {
			_ = c.Close()
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	h := onDisk(filepath.Join(dir, "web", "town"))
	h.address, h.roots = "ftp://anna@"+l.Addr().String()+"/web/town", roots
	h.env = map[string]string{"BELFRY_PASSWORD": "secret"}
	return h
}

func s3Host(t *testing.T) *host {
	store := s3mem.New()
	server := httptest.NewServer(gofakes3.New(store, gofakes3.WithLogger(gofakes3.DiscardLog())).Server())
	t.Cleanup(server.Close)
	if err := store.CreateBucket("portals"); err != nil {
		t.Fatal(err)
	}
	return &host{
		address: "s3://portals/town?region=us-east-1&endpoint=" + url.QueryEscape(server.URL),
		env:     map[string]string{"AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "secret"},
		files: func() map[string]string {
			out := map[string]string{}
			list, err := store.ListBucket("portals", &gofakes3.Prefix{}, gofakes3.ListBucketPage{})
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range list.Contents {
				o, err := store.GetObject("portals", c.Key, nil)
				if err != nil {
					t.Fatal(err)
				}
				raw, _ := io.ReadAll(o.Contents)
				out[strings.TrimPrefix(c.Key, "town/")] = string(raw)
			}
			return out
		},
		spoil: func(name, text string) {
			if _, err := store.PutObject("portals", path.Join("town", name), map[string]string{}, strings.NewReader(text), int64(len(text)), nil); err != nil {
				t.Fatal(err)
			}
		},
	}
}

func webdavHost(t *testing.T) *host {
	dir := t.TempDir()
	handler := &dav.Handler{FileSystem: dav.Dir(dir), LockSystem: dav.NewMemLS()}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if user, password, ok := r.BasicAuth(); !ok || user != "anna" || password != "secret" {
			w.Header().Set("WWW-Authenticate", `Basic realm="portal"`)
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		handler.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	h := onDisk(filepath.Join(dir, "a b", "town"))
	h.address = strings.Replace(server.URL, "http://", "dav://anna@", 1) + "/a%20b/town"
	h.env = map[string]string{"BELFRY_PASSWORD": "secret"}
	return h
}

// wire counts what goes over all connections of a run and cuts them all after so
// many bytes. At less than 0 it never does.
type wire struct {
	left int64

	mu    sync.Mutex
	sent  int64
	cut   bool
	conns []net.Conn
}

var errCut = errors.New("the line was cut")

func (w *wire) through(c net.Conn) net.Conn {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conns = append(w.conns, c)
	if w.cut {
		_ = c.Close()
	}
	return &wired{c, w}
}

type wired struct {
	net.Conn
	w *wire
}

func (c *wired) Write(b []byte) (int, error) {
	c.w.mu.Lock()
	n := int64(len(b))
	if c.w.left >= 0 && c.w.sent+n > c.w.left {
		n = max(0, c.w.left-c.w.sent)
		c.w.cut = true
	}
	c.w.sent += n
	cut, all := c.w.cut, c.w.conns
	c.w.mu.Unlock()
	if !cut {
		return c.Conn.Write(b)
	}
	m, _ := c.Conn.Write(b[:n])
	for _, other := range all {
		if tcp, ok := other.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0)
		}
		_ = other.Close()
	}
	return m, errCut
}

// watched counts the calls of a target and fails all from one on, as if the line
// were cut between two requests. After is called behind every change.
type watched struct {
	Target
	left  int // calls; less than 0 for any
	after func()

	mu                    sync.Mutex
	calls, puts, gets, rm int
}

func (w *watched) call(what *int) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.calls++; w.left >= 0 && w.calls > w.left {
		return errCut
	}
	if what != nil {
		*what++
	}
	return nil
}

func (w *watched) Get(ctx context.Context, name string) ([]byte, error) {
	if err := w.call(&w.gets); err != nil {
		return nil, err
	}
	return w.Target.Get(ctx, name)
}

func (w *watched) Put(ctx context.Context, name string, data []byte, forever bool) error {
	if err := w.call(&w.puts); err != nil {
		return err
	}
	if w.after != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		defer w.after()
	}
	return w.Target.Put(ctx, name, data, forever)
}

func (w *watched) Size(ctx context.Context, name string) (int64, error) {
	if err := w.call(nil); err != nil {
		return 0, err
	}
	return w.Target.Size(ctx, name)
}

func (w *watched) Remove(ctx context.Context, name string) error {
	if err := w.call(&w.rm); err != nil {
		return err
	}
	if w.after != nil {
		w.mu.Lock()
		defer w.mu.Unlock()
		defer w.after()
	}
	return w.Target.Remove(ctx, name)
}
