package main

import (
	"bytes"
	"crypto/rsa"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/url"
	"os"
	"strings"
	"unicode"

	"belfry/generator/form"
)

// This file reads one case: answers, an envelope or a sealed letter. What cannot
// be read is told so that an office knows what to do next.

// readCase reads a file, "-" for standard input.
func (f *formFlags) readCase(name string) (form.Envelope, error) {
	raw, err := readBounded(name)
	if err != nil {
		return form.Envelope{}, err
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff"))
	limit := form.MaxBytes
	if letter, sealed := sealedLetter(raw); sealed {
		if raw, err = f.unseal(name, letter); err != nil {
			return form.Envelope{}, err
		}
		limit = form.MaxSealed
	} else if bytes.Contains(raw, []byte(`"files"`)) {
		limit = form.MaxSealed // an envelope that was opened before
	}
	e, err := form.ParseEnvelope(raw, limit)
	if err != nil {
		return e, contentError("%s: %v", name, err)
	}
	if e.Form == "" {
		e.Form = f.form
	}
	return e, nil
}

func readBounded(name string) ([]byte, error) {
	in := io.Reader(os.Stdin)
	if name != "-" {
		file, err := os.Open(name)
		if errors.Is(err, os.ErrNotExist) {
			return nil, misuse("there is no file %s", name)
		}
		if err != nil {
			return nil, machine(err)
		}
		defer file.Close()
		in = file
	}
	raw, err := io.ReadAll(io.LimitReader(in, form.MaxSealed+1))
	if err != nil {
		return nil, machine(err)
	}
	if len(raw) > form.MaxSealed {
		return nil, contentError("%s is larger than any letter of a form", name)
	}
	return raw, nil
}

// sealedLetter returns the letter in a file: alone, as the field _sealed of a
// posted form or of its JSON, or broken into lines by a mail program.
func sealedLetter(raw []byte) (string, bool) {
	text := strings.TrimSpace(string(raw))
	var fields struct {
		Sealed string `json:"_sealed"`
	}
	switch {
	case strings.HasPrefix(text, "{"):
		if json.Unmarshal(raw, &fields) != nil || fields.Sealed == "" {
			return "", false
		}
		text = fields.Sealed
	case strings.Contains(text, "_sealed="):
		if values, err := url.ParseQuery(text); err == nil && values.Get("_sealed") != "" {
			text = values.Get("_sealed")
		}
	}
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, text)
	return text, strings.HasPrefix(text, "ey") || strings.Count(text, ".") == 4 // a letter begins with {" in Base64
}

func (f *formFlags) unseal(name, letter string) ([]byte, error) {
	if f.key == "" {
		return nil, misuse("%s is sealed%s; say with --key FILE where the office's private key lies", name, sealedTo(letter))
	}
	raw, err := os.ReadFile(f.key)
	if errors.Is(err, os.ErrNotExist) {
		return nil, misuse("there is no key %s", f.key)
	}
	if err != nil {
		return nil, machine(err)
	}
	key, err := form.ParsePrivateKey(raw)
	if err != nil {
		if _, public := form.ParsePublicKey(raw); public == nil {
			return nil, misuse("%s is the public key, which seals; the private key opens", f.key)
		}
		return nil, misuse("%s: %v", f.key, err)
	}
	opened, err := form.Open(letter, key)
	switch {
	case err == nil:
		return opened, nil
	case errors.Is(err, form.ErrTooLarge):
		return nil, contentError("%s is larger than any letter of a form", name)
	}
	return nil, unopened(name, letter, f.key, key)
}

// unopened says why a letter stays closed, as far as its outside shows.
func unopened(name, letter, file string, key *rsa.PrivateKey) error {
	parts := strings.Split(letter, ".")
	if len(parts) != 5 {
		return contentError("%s is no whole letter: it has %s, and 5 belong to it. Its beginning or its end was lost; ask for it again", name, count(len(parts), "part"))
	}
	if kid := keyID(letter); kid != "" && kid != form.Fingerprint(&key.PublicKey) {
		return misuse("%s is sealed to another key.\n  The letter asks for  %s\n  %s is  %s", name, readable(kid), file, form.ReadableFingerprint(&key.PublicKey))
	}
	return contentError("%s is damaged: it is sealed to this key, but something of it was lost or changed on the way. Nothing of it is shown; ask for it again", name)
}

// keyID is the fingerprint in the letter's head, "" where it cannot be read.
func keyID(letter string) string {
	head, _, _ := strings.Cut(letter, ".")
	raw, err := base64.RawURLEncoding.DecodeString(head)
	var h struct {
		Kid string `json:"kid"`
	}
	if err != nil || json.Unmarshal(raw, &h) != nil {
		return ""
	}
	return h.Kid
}

func sealedTo(letter string) string {
	if kid := keyID(letter); kid != "" {
		return " to the key " + readable(kid)
	}
	return ""
}

// readable writes a fingerprint as it stands on the office's paper.
func readable(kid string) string {
	raw, err := base64.RawURLEncoding.DecodeString(kid)
	if err != nil || len(raw) != 32 {
		return form.Inert(kid)
	}
	text := strings.ToUpper(hex.EncodeToString(raw[:20]))
	var groups []string
	for i := 0; i < len(text); i += 4 {
		groups = append(groups, text[i:i+4])
	}
	return strings.Join(groups, " ")
}
