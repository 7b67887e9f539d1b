package upload

// SFTP as target. A host is trusted only when known_hosts, or the fingerprint in
// BELFRY_SFTP_HOST_KEY, says so.

import (
	"context"
	"errors"
	"fmt"
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
)

type sftpTarget struct {
	conn   *ssh.Client
	client *sftp.Client
	dir    string

	mu   sync.Mutex
	made map[string]bool
}

func openSFTP(ctx context.Context, u *url.URL, opt OpenOptions) (Target, error) {
	name := u.User.Username()
	if name == "" {
		if me, err := user.Current(); err == nil {
			name = me.Username[strings.LastIndexByte(me.Username, '\\')+1:] // DOMAIN\user on Windows
		}
	}
	addr := u.Host
	if u.Port() == "" {
		addr = net.JoinHostPort(u.Hostname(), "22")
	}
	auth, release, err := sshAuth(u, opt)
	if err != nil {
		return nil, err
	}
	defer release()
	trust, err := hostKeys(opt.Env, addr)
	if err != nil {
		return nil, err
	}
	var conn *ssh.Client
	var first error
	for _, kind := range trust.kinds {
		config := &ssh.ClientConfig{User: name, Auth: auth, HostKeyCallback: trust.check, HostKeyAlgorithms: kind, Timeout: 30 * time.Second}
		if conn, err = dialSSH(ctx, addr, opt, config); err == nil || !isHostKey(err) {
			first = err
			break
		}
		if first == nil || noKeyOfKind(first) { // a wrong key tells more than none
			first = err
		}
	}
	if first != nil {
		return nil, explainSSH(first, addr)
	}
	client, err := sftp.NewClient(conn)
	if err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	dir := u.Path
	if rest, home := strings.CutPrefix(dir+"/", "/~/"); home {
		dir = path.Clean(rest)
	}
	return &sftpTarget{conn: conn, client: client, dir: dir, made: map[string]bool{}}, nil
}

func dialSSH(ctx context.Context, addr string, opt OpenOptions, config *ssh.ClientConfig) (*ssh.Client, error) {
	tcp, err := opt.connect(ctx, "tcp", addr)
	if err != nil {
		return nil, err
	}
	c, channels, requests, err := ssh.NewClientConn(tcp, addr, config)
	if err != nil {
		_ = tcp.Close()
		return nil, err
	}
	return ssh.NewClient(c, channels, requests), nil
}

// sshAuth offers, in this order, the key of BELFRY_SFTP_KEY, the keys of the agent,
// the usual key files, and BELFRY_PASSWORD.
// Release ends the talk with the agent.
func sshAuth(u *url.URL, opt OpenOptions) (methods []ssh.AuthMethod, release func(), err error) {
	env := opt.Env
	release = func() {}
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
				return nil, release, &UseError{fmt.Sprintf("BELFRY_SFTP_KEY names a key that cannot be read: %v", err)}
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
			return nil, release, &UseError{fmt.Sprintf("the key %s cannot be used: %v", name, err)}
		}
	}
	var out []ssh.AuthMethod
	if len(signers) > 0 {
		out = append(out, ssh.PublicKeys(signers...))
	}
	if socket := env("SSH_AUTH_SOCK"); socket != "" && env("BELFRY_SFTP_KEY") == "" {
		if c, err := net.Dial("unix", socket); err == nil {
			release = func() { _ = c.Close() }
			out = append(out, ssh.PublicKeysCallback(agent.NewClient(c).Signers))
		}
	}
	if password := opt.password(u); password != "" {
		// Some hosts ask for it as a question.
		out = append(out, ssh.Password(password), ssh.KeyboardInteractive(func(_, _ string, questions []string, echo []bool) ([]string, error) {
			answers := make([]string, len(questions))
			for i := range questions {
				if !echo[i] {
					answers[i] = password
				}
			}
			return answers, nil
		}))
	}
	if len(out) == 0 {
		return nil, release, &UseError{"there is no key and no password; set BELFRY_SFTP_KEY to a key's file, or BELFRY_PASSWORD"}
	}
	return out, release, nil
}

func (t *sftpTarget) path(name string) string { return path.Join(t.dir, name) }

func (t *sftpTarget) Get(_ context.Context, name string) ([]byte, error) {
	f, err := t.client.Open(t.path(name))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readAll(f)
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
	if _, can := t.client.HasExtension("posix-rename@openssh.com"); can {
		return t.client.PosixRename(part, t.path(name))
	}
	// Without that extension nothing can be renamed over a file: for a moment there is none.
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
		if t.client.RemoveDirectory(t.path(dir)) != nil { // until one is not empty
			break
		}
		t.mu.Lock()
		delete(t.made, t.path(dir))
		t.mu.Unlock()
	}
	return err
}

func (t *sftpTarget) Parallel() int { return 4 }
func (t *sftpTarget) Close() error  { return errors.Join(t.client.Close(), t.conn.Close()) }
