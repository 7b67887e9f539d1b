package portal

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Stamp identifies the texts a translation is made from: the text fields of a
// document and the blocks of its body, with white space evened out. Facts,
// keywords and layout do not count, so only a changed sentence changes it.
func (d *Document) Stamp() string {
	h := sha256.New()
	for _, block := range d.Blocks() {
		h.Write([]byte(block))
		h.Write([]byte{0})
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Blocks returns the texts of a document that a translator would see, in order:
// each text field, each item, each block of the body.
func (d *Document) Blocks() []string {
	out := []string{even(d.Title)}
	out = append(out, blocks(d.Fields, TypeByName(d.Type).Fields)...)
	var block []string
	for line := range strings.Lines(string(d.Body.Text) + "\n\n") {
		if words := even(line); words != "" {
			block = append(block, words)
		} else if block != nil {
			out = append(out, strings.Join(block, " "))
			block = nil
		}
	}
	return out
}

func blocks(v Value, fields []Field) []string {
	var out []string
	for _, f := range fields {
		switch f.Name {
		case "title", "keywords", "translated_from":
			continue
		}
		m := v.Get(f.Name)
		if !m.Set() || !f.Text && f.Kind != Record {
			continue
		}
		values := []Value{m}
		if f.Many {
			values = m.List
		}
		for _, item := range values {
			switch {
			case f.Kind == Record:
				out = append(out, blocks(item, f.Of)...)
			case f.Text && item.Text != "":
				out = append(out, even(item.Text))
			}
		}
	}
	return out
}

func even(s string) string { return strings.Join(strings.Fields(s), " ") }
