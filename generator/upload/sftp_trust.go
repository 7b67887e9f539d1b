package upload

// Which SSH hosts are trusted: those of known_hosts, or the fingerprint in
// BELFRY_SFTP_HOST_KEY.

import (
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/crypto/ssh"
	"golang.org/x/crypto/ssh/knownhosts"
)

// trust says which host keys are taken, and which kinds of key to ask a host for, one
// set after the other.
type trust struct {
	check ssh.HostKeyCallback
	kinds [][]string
}

// keyKinds are the kinds of host keys, that which OpenSSH notes first, first.
var keyKinds = [...][]string{
	{ssh.KeyAlgoED25519},
	{ssh.KeyAlgoECDSA256, ssh.KeyAlgoECDSA384, ssh.KeyAlgoECDSA521},
	{ssh.KeyAlgoRSASHA512, ssh.KeyAlgoRSASHA256},
}

// otherKeyError is a host key that is not the one of BELFRY_SFTP_HOST_KEY.
type otherKeyError struct{ got, want string }

func (e *otherKeyError) Error() string {
	return fmt.Sprintf("the host's key is %s and not %s, as BELFRY_SFTP_HOST_KEY says; ask the provider before you go on", e.got, e.want)
}

// hostKeys says which hosts are trusted. A host has keys of several kinds and shows
// one: it is asked for the kinds that are known, lest the right host look like a
// wrong one.
func hostKeys(env func(string) string, addr string) (trust, error) {
	if want := env("BELFRY_SFTP_HOST_KEY"); want != "" {
		return trust{func(_ string, _ net.Addr, key ssh.PublicKey) error {
			if got := ssh.FingerprintSHA256(key); strings.TrimRight(got, "=") != strings.TrimRight(want, "=") {
				return &otherKeyError{got, want}
			}
			return nil
		}, keyKinds[:]}, nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return trust{}, err
	}
	check, err := knownhosts.New(filepath.Join(home, ".ssh", "known_hosts"))
	if err != nil {
		return trust{}, &UseError{"no host is known: connect once with ssh, or set BELFRY_SFTP_HOST_KEY to the host's fingerprint (SHA256:…)"}
	}
	t := trust{check: check}
	var known *knownhosts.KeyError
	if errors.As(check(addr, &net.TCPAddr{}, noKey{}), &known) {
		for _, kind := range keyKinds {
			for _, k := range known.Want {
				name := k.Key.Type()
				if name == ssh.KeyAlgoRSA {
					name = ssh.KeyAlgoRSASHA512
				}
				if slices.Contains(kind, name) {
					t.kinds = append(t.kinds, kind)
					break
				}
			}
		}
	}
	if len(t.kinds) == 0 { // an unknown host, or one known by its authority
		t.kinds = [][]string{nil}
	}
	return t, nil
}

// noKey is a key that no host has, to ask what is known of one.
type noKey struct{}

func (noKey) Type() string                        { return "none" }
func (noKey) Marshal() []byte                     { return []byte("none") }
func (noKey) Verify([]byte, *ssh.Signature) error { return errors.New("no key") }

// isHostKey reports whether a host was not taken for its key, or has none of a kind.
func isHostKey(err error) bool {
	var other *otherKeyError
	var unknown *knownhosts.KeyError
	return errors.As(err, &other) || errors.As(err, &unknown) || noKeyOfKind(err)
}

func noKeyOfKind(err error) bool {
	var kind *ssh.AlgorithmNegotiationError
	return errors.As(err, &kind)
}

func explainSSH(err error, addr string) error {
	var unknown *knownhosts.KeyError
	switch {
	case errors.As(err, &unknown) && len(unknown.Want) == 0:
		return &UseError{addr + " is not known: connect once with ssh, or set BELFRY_SFTP_HOST_KEY to its fingerprint (SHA256:…)"}
	case errors.As(err, &unknown):
		return fmt.Errorf("%s has another key than the one that is known; ask the provider before you go on", addr)
	case strings.Contains(err.Error(), "unable to authenticate"):
		return fmt.Errorf("%s takes none of the keys and passwords that were offered: %w", addr, err)
	}
	return err
}
