package form

// This file reads answers as JSON, from anybody: what is too large, too deep or
// not UTF-8 is refused before it is looked at.

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"unicode/utf8"
)

// Answers are answers by the id of their question: text, float64, bool,
// []any and map[string]any, as encoding/json makes them. In canonical form a
// question without an answer is absent; FORMS.md lists the shape of each type.
type Answers map[string]any

// Limits of what is read. A form of 200 questions of 20,000 characters would not
// fit; no office could read it either.
const (
	MaxBytes  = 1 << 20 // of answers or an envelope, without files
	maxDepth  = 8
	maxFields = 2000
)

// ErrTooLarge says that answers are beyond the limits.
var ErrTooLarge = errors.New("the answers are too large")

// ParseAnswers reads answers from JSON. It returns [ErrTooLarge], or an error
// that says where the JSON breaks off. An object in which a name stands twice is
// refused: two readers would see two different answers.
func ParseAnswers(raw []byte) (Answers, error) {
	v, err := parseJSON(raw)
	if err != nil {
		return nil, err
	}
	m, ok := v.(map[string]any)
	if !ok {
		return nil, errors.New("answers are an object: {\"id\": answer}")
	}
	return m, nil
}

func parseJSON(raw []byte) (any, error) {
	if len(raw) > MaxBytes {
		return nil, ErrTooLarge
	}
	if !utf8.Valid(raw) {
		return nil, errors.New("the answers are not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	fields := 0
	v, err := jsonValue(d, 0, &fields)
	if err != nil {
		return nil, err
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, errors.New("something follows the answers")
	}
	return v, nil
}

func jsonValue(d *json.Decoder, depth int, fields *int) (any, error) {
	t, err := d.Token()
	if err != nil {
		return nil, jsonError(d, err)
	}
	if *fields++; depth > maxDepth || *fields > maxFields {
		return nil, ErrTooLarge
	}
	switch t {
	case json.Delim('['):
		list := []any{}
		for d.More() {
			v, err := jsonValue(d, depth+1, fields)
			if err != nil {
				return nil, err
			}
			list = append(list, v)
		}
		_, err := d.Token()
		return list, jsonError(d, err)
	case json.Delim('{'):
		object := map[string]any{}
		for d.More() {
			k, err := d.Token()
			if err != nil {
				return nil, jsonError(d, err)
			}
			name, _ := k.(string)
			if _, twice := object[name]; twice {
				return nil, fmt.Errorf("%q stands twice", name)
			}
			v, err := jsonValue(d, depth+1, fields)
			if err != nil {
				return nil, err
			}
			object[name] = v
		}
		_, err := d.Token()
		return object, jsonError(d, err)
	}
	return t, nil
}

func jsonError(d *json.Decoder, err error) error {
	if err == nil {
		return nil
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF {
		return errors.New("the answers end too early")
	}
	return fmt.Errorf("the answers are no JSON from byte %d on", d.InputOffset())
}
