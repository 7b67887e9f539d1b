package form

// This file is the envelope in which answers travel and are kept: the answers,
// what was asked in which words, and where it came from. It is what a sealed
// letter holds and what a citizen saves.

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Envelope is one case.
type Envelope struct {
	Form       string            `json:"form"`
	Version    int               `json:"version"`
	Language   string            `json:"language"`
	Key        string            `json:"key,omitempty"` // the same key is the same case, sent twice
	Ref        string            `json:"ref,omitempty"` // given by the receiver
	ReceivedAt string            `json:"received_at,omitempty"`
	Answers    Answers           `json:"answers"`
	Labels     map[string]string `json:"labels,omitempty"`     // what was asked, in the words the citizen read
	Statements map[string]string `json:"statements,omitempty"` // SHA-256 of the texts that were declared or consented to
	Files      []Attachment      `json:"files,omitempty"`      // contents, in a sealed envelope only
	Total      string            `json:"total,omitempty"`
	Currency   string            `json:"currency,omitempty"`
	Schema     string            `json:"schema,omitempty"`
}

// Attachment is the content of a file that an answer names.
type Attachment struct {
	SHA256 string `json:"sha256"`
	Data   []byte `json:"data"` // Base64 in JSON
}

// NewEnvelope puts answers that [Check] returned into an envelope.
func NewEnvelope(f *Form, a Answers) Envelope {
	e := Envelope{Form: f.ID, Version: f.Version, Language: f.Language, Answers: a, Labels: map[string]string{}, Total: Total(f, a), Schema: SchemaName(f)}
	if e.Total != "" {
		e.Currency = f.Currency
	}
	for q := range f.All() {
		if len(found(map[string]any(a), q.Path())) == 0 {
			continue
		}
		e.Labels[q.ID] = q.Label.Value
		if q.Type.in(Declaration, Consent) {
			if e.Statements == nil {
				e.Statements = map[string]string{}
			}
			e.Statements[q.ID] = StatementHash(q.Question)
		}
	}
	return e
}

// StatementHash is the SHA-256, in hexadecimal, of the text that is declared or
// consented to: the label and what stands below it. It proves later which words
// were agreed to.
func StatementHash(q *Question) string {
	sum := sha256.Sum256([]byte(q.Label.Value + "\n" + q.Hint.Value))
	return hex.EncodeToString(sum[:])
}

// ParseEnvelope reads an envelope; bare answers are taken for one that says
// nothing else. maxBytes bounds it: [MaxBytes], or more where files are inside.
func ParseEnvelope(raw []byte, maxBytes int) (Envelope, error) {
	if len(raw) > maxBytes {
		return Envelope{}, ErrTooLarge
	}
	var shape map[string]json.RawMessage
	if err := json.Unmarshal(raw, &shape); err != nil {
		return Envelope{}, errors.New("the envelope is no JSON object")
	}
	inner, isEnvelope := shape["answers"]
	if _, says := shape["form"]; !isEnvelope || !says {
		a, err := ParseAnswers(raw)
		return Envelope{Answers: a}, err
	}
	a, err := ParseAnswers(inner)
	if err != nil {
		return Envelope{}, err
	}
	delete(shape, "answers")
	rest, _ := json.Marshal(shape)
	var e Envelope
	if err := json.Unmarshal(rest, &e); err != nil {
		return Envelope{}, fmt.Errorf("the envelope cannot be read: %w", err)
	}
	e.Answers = a
	for i, f := range e.Files {
		if sum := sha256.Sum256(f.Data); hex.EncodeToString(sum[:]) != f.SHA256 {
			return Envelope{}, fmt.Errorf("file %d of the envelope is not the one its hash names", i+1)
		}
	}
	return e, nil
}

// CanonicalJSON writes answers as RFC 8785 wants it: names in the order of their
// UTF-16 units, no white space, numbers as ECMAScript writes them. Its hash is the
// hash of the answers on every machine.
func CanonicalJSON(a Answers) []byte {
	var b strings.Builder
	canonical(&b, map[string]any(a))
	return []byte(b.String())
}

func canonical(b *strings.Builder, v any) {
	switch v := v.(type) {
	case map[string]any:
		b.WriteByte('{')
		for i, k := range sorted(v) { // ids are ASCII, where bytes and UTF-16 units sort alike
			if i > 0 {
				b.WriteByte(',')
			}
			canonical(b, k)
			b.WriteByte(':')
			canonical(b, v[k])
		}
		b.WriteByte('}')
	case []any:
		b.WriteByte('[')
		for i, e := range v {
			if i > 0 {
				b.WriteByte(',')
			}
			canonical(b, e)
		}
		b.WriteByte(']')
	case string:
		canonicalText(b, v)
	default: // numbers: Go writes them by the rules of ECMAScript; true, false and null
		raw, err := json.Marshal(v)
		if err != nil {
			panic("form: answers hold a value that is no JSON")
		}
		b.Write(raw)
	}
}

func canonicalText(b *strings.Builder, s string) {
	short := map[rune]string{'"': `\"`, '\\': `\\`, '\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}
	b.WriteByte('"')
	for _, r := range s {
		switch esc, ok := short[r]; {
		case ok:
			b.WriteString(esc)
		case r < 0x20:
			fmt.Fprintf(b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
}

// Rows flattens an answer for tables: one pair of field name and text for each
// thing that was answered, in the order of the form.
func Rows(f *Form, a Answers) [][2]string {
	var out [][2]string
	var walk func(q *Question, v any, name string)
	walk = func(q *Question, v any, name string) {
		switch v := v.(type) {
		case nil:
		case map[string]any:
			for _, sub := range q.Questions {
				walk(sub, v[sub.ID], name+"-"+sub.ID)
			}
			for _, part := range q.parts() {
				if s, ok := v[part].(string); ok {
					out = append(out, [2]string{name + "-" + part, s})
				}
			}
		case []any:
			if q.Type == Repeat {
				for i, row := range v {
					walk(q, row, fmt.Sprintf("%s-%d", name, i+1))
				}
				return
			}
			var words []string
			for _, one := range v {
				words = append(words, word(one))
			}
			out = append(out, [2]string{name, strings.Join(words, "; ")})
		default:
			out = append(out, [2]string{name, word(v)})
		}
	}
	for q := range f.All() {
		if q.Parent == nil {
			walk(q.Question, a[q.ID], q.ID)
		}
	}
	return out
}

// parts are the members of an answer that is an object by its type.
func (q *Question) parts() []string {
	switch q.Type {
	case Address:
		return []string{"street", "place", "postcode"}
	case DateRange:
		return []string{"from", "to"}
	}
	return nil
}

func word(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case bool:
		if v {
			return "yes"
		}
		return "no"
	case map[string]any: // a file
		return word(v["name"])
	case nil:
		return ""
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}

// columns are the field names of a form in order, rows of repeats to their maximum.
func columns(f *Form) []string {
	var out []string
	var walk func(q *Question, name string)
	walk = func(q *Question, name string) {
		switch {
		case q.Type == Signature:
		case q.Type == Repeat:
			for i := range q.Rules.MaxCount {
				for _, sub := range q.Questions {
					walk(sub, fmt.Sprintf("%s-%d-%s", name, i+1, sub.ID))
				}
			}
		case q.Type == GroupOf:
			for _, sub := range q.Questions {
				walk(sub, name+"-"+sub.ID)
			}
		case q.parts() != nil:
			for _, p := range q.parts() {
				out = append(out, name+"-"+p)
			}
		default:
			out = append(out, name)
		}
	}
	for q := range f.All() {
		if q.Parent == nil {
			walk(q.Question, q.ID)
		}
	}
	return slices.Clip(out)
}
