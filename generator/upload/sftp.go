package upload

// SFTP as target. A host is trusted only when known_hosts, or the fingerprint in
// BELFRY_SFTP_HOST_KEY, says so.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/user"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/agent"
	"golang.org/x/crypto/ssh/knownhosts"
)

type sftpTarget struct {
	conn   *ssh.Client
	client *sftp.Client
	dir    string

	mu   sync.Mutex
	made map[string]bool
}

func openSFTP(ctx context.Context, u *url.URL, env func(string) string) (Target, error) {
	name := u.User.Username()
	if name == "" {
		if me, err := user.Current(); err == nil {
			name = me.Username
		}
	}
	auth, err := sshAuth(env)
	if err != nil {
		return nil, err
	}
	check, err := hostKeys(env)
	if err != nil {
		return nil, err
	}
	addr := u.Host
	if u.Port() == "" {
		addr = net.JoinHostPort(u.Hostname(), "22")
	}
	dialer := net.Dialer{Timeout: 30 * time.Second}
	tcp, err := dialer.DialContext(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	c, channels, requests, err := ssh.NewClientConn(tcp, addr, &ssh.ClientConfig{User: name, Auth: auth, HostKeyCallback: check, Timeout: 30 * time.Second})
	if err != nil {
		return nil, errors.Join(explainSSH(err, addr), tcp.Close())
	}
	conn := ssh.NewClient(c, channels, requests)
	client, err := sftp.NewClient(conn)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	dir := u.Path
	if rest, home := strings.CutPrefix(dir, "/~/"); home {
		dir = rest
	}
	return &sftpTarget{conn: conn, client: client, dir: dir, made: map[string]bool{}}, nil
}

// sshAuth offers, in this order, the key of BELFRY_SFTP_KEY, the keys of the agent,
// the usual key files, and BELFRY_PASSWORD.
func sshAuth(env func(string) string) ([]ssh.AuthMethod, error) {
	var signers []ssh.Signer
	names := []string{}
	if home, err := os.UserHomeDir(); err == nil {
		names = append(names, filepath.Join(home, ".ssh", "id_ed25519"), filepath.Join(home, ".ssh", "id_ecdsa"), filepath.Join(home, ".ssh", "id_rsa"))
	}
	if key := env("BELFRY_SFTP_KEY"); key != "" {
		names = []string{key}
	}
	for _, name := range names {
		raw, err := os.ReadFile(name)
		if err != nil {
			if env("BELFRY_SFTP_KEY") != "" {
				return nil, fmt.Errorf("BELFRY_SFTP_KEY names a key that cannot be read: %w", err)
			}
			continue
		}
		signer, err := ssh.ParsePrivateKey(raw)
		var locked *ssh.PassphraseMissingError
		if errors.As(err, &locked) && env("BELFRY_SFTP_PASSPHRASE") != "" {
			signer, err = ssh.ParsePrivateKeyWithPassphrase(raw, []byte(env("BELFRY_SFTP_PASSPHRASE")))
		}
		if err == nil {
			signers = append(signers, signer)
		} else if env("BELFRY_SFTP_KEY") != "" {
			return nil, fmt.Errorf("the key %s cannot be used: %w", name, err)
		}
	}
	var out []ssh.AuthMethod
	if len(signers) > 0 {
		out = append(out, ssh.PublicKeys(signers...))
	}
	if socket := env("SSH_AUTH_SOCK"); socket != "" && env("BELFRY_SFTP_KEY") == "" {
		if c, err := net.Dial("unix", socket); err == nil {
			out = append(out, ssh.PublicKeysCallback(agent.NewClient(c).Signers))
		}
	}
	if password := env("BELFRY_PASSWORD"); password != "" {
		out = append(out, ssh.Password(password))
	}
	if len(out) == 0 {
		return nil, errors.New("there is no key and no password; set BELFRY_SFTP_KEY to a key's file, or BELFRY_PASSWORD")
	}
	return out, nil
}

// hostKeys says which hosts are trusted.
func hostKeys(env func(string) string) (ssh.HostKeyCallback, error) {
	if want := env("BELFRY_SFTP_HOST_KEY"); want != "" {
		return func(_ string, _ net.Addr, key ssh.PublicKey) error {
			if got := ssh.FingerprintSHA256(key); got != want {
				return fmt.Errorf("the host's key is %s and not %s, as BELFRY_SFTP_HOST_KEY says", got, want)
			}
			return nil
		}, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return nil, err
	}
	check, err := knownhosts.New(filepath.Join(home, ".ssh", "known_hosts"))
	if err != nil {
		return nil, errors.New("no host is known: connect once with ssh, or set BELFRY_SFTP_HOST_KEY to the host's fingerprint (SHA256:…)")
	}
	return check, nil
}

func explainSSH(err error, addr string) error {
	var unknown *knownhosts.KeyError
	switch {
	case errors.As(err, &unknown) && len(unknown.Want) == 0:
		return fmt.Errorf("%s is not known: connect once with ssh, or set BELFRY_SFTP_HOST_KEY to its fingerprint (SHA256:…)", addr)
	case errors.As(err, &unknown):
		return fmt.Errorf("%s has another key than the one that is known; ask the provider before you go on", addr)
	}
	return err
}

func (t *sftpTarget) path(name string) string { return path.Join(t.dir, name) }

func (t *sftpTarget) Get(_ context.Context, name string) ([]byte, error) {
	f, err := t.client.Open(t.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}

func (t *sftpTarget) Put(_ context.Context, name string, data []byte, _ bool) error {
	if err := t.folder(path.Dir(t.path(name))); err != nil {
		return err
	}
	part := t.path(partName(name))
	f, err := t.client.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC)
	if err != nil {
		return err
	}
	_, err = f.ReadFrom(reader(data))
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	if err := t.client.PosixRename(part, t.path(name)); err == nil {
		return nil
	}
	// A server without that extension cannot rename over a file.
	if err := t.client.Remove(t.path(name)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return t.client.Rename(part, t.path(name))
}

func (t *sftpTarget) folder(dir string) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.made[dir] {
		return nil
	}
	if err := t.client.MkdirAll(dir); err != nil {
		return err
	}
	t.made[dir] = true
	return nil
}

func (t *sftpTarget) Size(_ context.Context, name string) (int64, error) {
	info, err := t.client.Stat(t.path(name))
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func (t *sftpTarget) Remove(_ context.Context, name string) error {
	err := t.client.Remove(t.path(name))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for dir := path.Dir(name); err == nil && dir != "."; dir = path.Dir(dir) {
		if t.client.RemoveDirectory(t.path(dir)) != nil {
			break
		}
	}
	return err
}

func (t *sftpTarget) Parallel() int { return 4 }
func (t *sftpTarget) Close() error  { return errors.Join(t.client.Close(), t.conn.Close()) }
