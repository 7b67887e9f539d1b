package form

import (
	"bytes"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"

	"belfry/e2e"
)

// sealed are letters that two other implementations have made: the JOSE library
// of Node and its WebCrypto.
type sealed struct {
	Comment     string          `json:"comment"`
	Private     string          `json:"private"`
	Public      string          `json:"public"`
	JWK         json.RawMessage `json:"jwk"`
	Fingerprint string          `json:"fingerprint"`
	Letters     []struct{ By, Letter, JWE string }
}

func readSealed(t *testing.T) (sealed, *rsa.PrivateKey) {
	t.Helper()
	raw, err := os.ReadFile("testdata/vectors/jwe.json")
	if err != nil {
		t.Fatal(err)
	}
	var s sealed
	if err := json.Unmarshal(raw, &s); err != nil {
		t.Fatal(err)
	}
	key, err := ParsePrivateKey([]byte(s.Private))
	if err != nil {
		t.Fatal(err)
	}
	return s, key
}

func TestLettersOfOthersOpen(t *testing.T) {
	s, key := readSealed(t)
	for _, l := range s.Letters {
		got, err := Open(l.JWE, key)
		if err != nil || string(got) != l.Letter {
			t.Errorf("%s: %v, %q", l.By, err, got)
		}
	}
	for _, text := range []string{s.Public, string(s.JWK)} {
		pub, err := ParsePublicKey([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := Fingerprint(pub); got != s.Fingerprint {
			t.Errorf("fingerprint %s, want %s", got, s.Fingerprint)
		}
	}
	if _, err := ParsePublicKey([]byte(s.Private)); err == nil {
		t.Error("a private key was taken for a public one")
	}
}

// TestThumbprint is the example of RFC 7638, section 3.1.
func TestThumbprint(t *testing.T) {
	pub, err := ParsePublicKey([]byte(`{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw","e":"AQAB"}`))
	if err != nil {
		t.Fatal(err)
	}
	if got := Fingerprint(pub); got != "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs" {
		t.Error(got)
	}
	if got := ReadableFingerprint(pub); got != "3736 CBB1 787C B830 9C77 EE8C 3705 C5E1 6FFB 9E85" {
		t.Error(got)
	}
}

func TestSealAndOpen(t *testing.T) {
	_, key := readSealed(t)
	for _, size := range []int{0, 1, 15, 16, 17, 100_000} {
		letter := bytes.Repeat([]byte("я"), size)
		one, err := Seal(letter, &key.PublicKey, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := Open(one, key)
		if err != nil || !bytes.Equal(got, letter) {
			t.Errorf("%d bytes: %v", size, err)
		}
		two, _ := Seal(letter, &key.PublicKey, nil)
		if one == two {
			t.Error("sealed twice alike")
		}
	}
}

// TestOneLostByte: without any one of its signs, or with any one changed, or cut
// off anywhere, a letter does not open at all.
func TestOneLostByte(t *testing.T) {
	_, key := readSealed(t)
	jwe, err := Seal([]byte(`{"answers":{"a":"b"}}`), &key.PublicKey, nil)
	if err != nil {
		t.Fatal(err)
	}
	try := func(what, damaged string) {
		if got, err := Open(damaged, key); !errors.Is(err, ErrSealed) || got != nil {
			t.Errorf("%s: opened as %q, %v", what, got, err)
		}
	}
	for i := range jwe {
		try("lost", jwe[:i]+jwe[i+1:])
		try("cut", jwe[:i])
		for _, c := range "A" {
			if byte(c) != jwe[i] {
				try("changed", jwe[:i]+string(c)+jwe[i+1:])
			}
		}
	}
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" { // bits that carry nothing count too
		if end := len(jwe) - 1; byte(c) != jwe[end] {
			try("changed at the end", jwe[:end]+string(c))
		}
	}
	try("longer", jwe+"A")
	try("part more", jwe+".")
	try("two letters", jwe+jwe)
	try("other algorithm", strings.Replace(jwe, jwe[:strings.IndexByte(jwe, '.')], b64.EncodeToString([]byte(`{"alg":"dir","enc":"A256GCM"}`)), 1))
}

// TestOthersOpenOurLetters asks a second implementation of JOSE.
func TestOthersOpenOurLetters(t *testing.T) {
	home := e2e.Module(t, "jose")
	s, key := readSealed(t)
	letter := `{"answers":{"name":"Мария 🐕"}}`
	jwe, err := Seal([]byte(letter), &key.PublicKey, nil)
	if err != nil {
		t.Fatal(err)
	}
	in, _ := json.Marshal(map[string]string{"key": s.Private, "jwe": jwe})
	cmd := exec.Command(e2e.Node(t), "--input-type=module", "-e", `
import * as jose from "jose";import fs from "fs";const j=JSON.parse(fs.readFileSync(0));
const k=await jose.importPKCS8(j.key,"RSA-OAEP-256");
process.stdout.write((await jose.compactDecrypt(j.jwe,k)).plaintext)`)
	cmd.Dir, cmd.Stdin = home, bytes.NewReader(in)
	out, err := cmd.Output()
	if err != nil || string(out) != letter {
		t.Errorf("%v: %q", err, out)
	}
}
