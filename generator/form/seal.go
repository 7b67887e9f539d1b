package form

// This file seals answers so that only the office reads them, and opens them: JWE
// in its compact form (RFC 7516) with RSA-OAEP-256 for the key and A256GCM for
// the text (RFC 7518), which every browser can make by itself.
//
// Sealing does not show who wrote, and whoever controls the web host can put
// another key into the page; so the fingerprint of the key belongs on the office's
// paper too.

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"
)

// MaxSealed is how large a sealed letter may be, files included.
const MaxSealed = 48 << 20

// ErrSealed says that a letter cannot be opened: something of it is lost or was
// changed, or it was sealed to another key. Which of these is not told apart.
var ErrSealed = errors.New("the letter cannot be opened: it is damaged, or sealed to another key")

var b64 = base64.RawURLEncoding.Strict()

type sealHeader struct {
	Alg  string   `json:"alg"`
	Enc  string   `json:"enc"`
	Kid  string   `json:"kid,omitempty"`
	Cty  string   `json:"cty,omitempty"`
	Zip  string   `json:"zip,omitempty"`
	Crit []string `json:"crit,omitempty"`
}

// Seal encrypts a letter to a public key. Randomness comes from the operating
// system unless a test gives its own; the same letter never looks the same twice.
func Seal(letter []byte, to *rsa.PublicKey, random io.Reader) (string, error) {
	if random == nil {
		random = rand.Reader
	}
	raw, err := json.Marshal(sealHeader{Alg: "RSA-OAEP-256", Enc: "A256GCM", Kid: Fingerprint(to), Cty: "application/json"})
	if err != nil {
		return "", err
	}
	head := b64.EncodeToString(raw)
	secret := make([]byte, 32+12)
	if _, err := io.ReadFull(random, secret); err != nil {
		return "", fmt.Errorf("no randomness: %w", err)
	}
	key, nonce := secret[:32], secret[32:]
	wrapped, err := rsa.EncryptOAEP(sha256.New(), random, to, key, nil)
	if err != nil {
		return "", fmt.Errorf("the key cannot be used: %w", err)
	}
	gcm, err := newGCM(key)
	if err != nil {
		return "", err
	}
	sealed := gcm.Seal(nil, nonce, letter, []byte(head))
	text, tag := sealed[:len(sealed)-16], sealed[len(sealed)-16:]
	return strings.Join([]string{head, b64.EncodeToString(wrapped), b64.EncodeToString(nonce), b64.EncodeToString(text), b64.EncodeToString(tag)}, "."), nil
}

// Open returns the letter. It returns all of it or [ErrSealed], never a part.
func Open(jwe string, with *rsa.PrivateKey) ([]byte, error) {
	if len(jwe) > MaxSealed {
		return nil, ErrTooLarge
	}
	parts := strings.Split(strings.TrimSpace(jwe), ".")
	if len(parts) != 5 {
		return nil, ErrSealed
	}
	var raw [5][]byte
	for i, p := range parts {
		var err error
		if raw[i], err = b64.DecodeString(p); err != nil || strings.ContainsAny(p, "\r\n") {
			return nil, ErrSealed
		}
	}
	var h sealHeader
	if err := json.Unmarshal(raw[0], &h); err != nil || h.Alg != "RSA-OAEP-256" || h.Enc != "A256GCM" || h.Zip != "" || len(h.Crit) > 0 {
		return nil, ErrSealed
	}
	if h.Kid != "" && h.Kid != Fingerprint(&with.PublicKey) {
		return nil, ErrSealed
	}
	key, err := rsa.DecryptOAEP(sha256.New(), nil, with, raw[1], nil)
	if err != nil || len(key) != 32 || len(raw[2]) != 12 || len(raw[4]) != 16 {
		return nil, ErrSealed
	}
	gcm, err := newGCM(key)
	if err != nil {
		return nil, ErrSealed
	}
	letter, err := gcm.Open(nil, raw[2], append(raw[3], raw[4]...), []byte(parts[0]))
	if err != nil {
		return nil, ErrSealed
	}
	return letter, nil
}

func newGCM(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}

// jwk is an RSA key as RFC 7517 writes it.
type jwk struct {
	Kty string `json:"kty"`
	N   string `json:"n"`
	E   string `json:"e"`
}

func jwkOf(k *rsa.PublicKey) jwk {
	return jwk{"RSA", b64.EncodeToString(k.N.Bytes()), b64.EncodeToString(big.NewInt(int64(k.E)).Bytes())}
}

// PublicJWK is the public key as the page carries it, for WebCrypto.
func PublicJWK(k *rsa.PublicKey) []byte {
	raw, err := json.Marshal(struct {
		jwk
		Alg string `json:"alg"`
		Ext bool   `json:"ext"`
		Kid string `json:"kid"`
	}{jwkOf(k), "RSA-OAEP-256", true, Fingerprint(k)})
	if err != nil {
		panic("form: " + err.Error())
	}
	return raw
}

// Fingerprint is the thumbprint of a key: SHA-256 of its required members in the
// order of the alphabet, in base64url (RFC 7638).
func Fingerprint(k *rsa.PublicKey) string {
	sum := thumbprint(k)
	return b64.EncodeToString(sum[:])
}

func thumbprint(k *rsa.PublicKey) [32]byte {
	j := jwkOf(k)
	return sha256.Sum256([]byte(`{"e":"` + j.E + `","kty":"RSA","n":"` + j.N + `"}`))
}

// ReadableFingerprint is the first 160 bits of the thumbprint in groups of four
// signs, for paper and telephone.
func ReadableFingerprint(k *rsa.PublicKey) string {
	sum := thumbprint(k)
	text := strings.ToUpper(hex.EncodeToString(sum[:20]))
	var groups []string
	for i := 0; i < len(text); i += 4 {
		groups = append(groups, text[i:i+4])
	}
	return strings.Join(groups, " ")
}

// ParsePublicKey reads a public key: PEM ("PUBLIC KEY" or "RSA PUBLIC KEY") or a
// JWK. RSA of 2048 to 8192 bits is taken; a private key is refused, since what
// lies in a portal is published.
func ParsePublicKey(raw []byte) (*rsa.PublicKey, error) {
	if strings.Contains(string(raw), "PRIVATE KEY") || strings.Contains(string(raw), `"d"`) {
		return nil, errors.New("this is a private key; it must not lie in the portal")
	}
	var key *rsa.PublicKey
	if block, _ := pem.Decode(raw); block != nil {
		if any, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			key, _ = any.(*rsa.PublicKey)
		} else if key, err = x509.ParsePKCS1PublicKey(block.Bytes); err != nil {
			key = nil
		}
	} else {
		var j jwk
		if err := json.Unmarshal(raw, &j); err == nil && j.Kty == "RSA" {
			n, err1 := b64.DecodeString(j.N)
			e, err2 := b64.DecodeString(j.E)
			if err1 == nil && err2 == nil && len(e) > 0 && len(e) <= 4 {
				key = &rsa.PublicKey{N: new(big.Int).SetBytes(n), E: int(new(big.Int).SetBytes(e).Int64())}
			}
		}
	}
	switch {
	case key == nil:
		return nil, errors.New("this is no RSA public key in PEM or JWK")
	case key.N.BitLen() < 2048 || key.N.BitLen() > 8192 || key.E < 3 || key.E%2 == 0:
		return nil, fmt.Errorf("the key has %d bits; 2048 to 8192 are taken, 3072 are good", key.N.BitLen())
	}
	return key, nil
}

// ParsePrivateKey reads the office's key: PEM, PKCS #8 or PKCS #1, without a
// password.
func ParsePrivateKey(raw []byte) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(raw)
	if block == nil {
		return nil, errors.New("this is no key in PEM")
	}
	if any, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		if k, ok := any.(*rsa.PrivateKey); ok {
			return k, nil
		}
		return nil, errors.New("this is no RSA key")
	}
	k, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("this is no RSA private key, or it has a password")
	}
	return k, nil
}
