package form

// This file hands the browser what it needs: the script, and the rules of one form
// as data.

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
)

//go:embed client/judge.js
var judgeScript string

//go:embed client/form.js
var pageScript string

// Script is the browser script, one classic script for all forms.
func Script() string { return judgeScript + pageScript }

// Interface are the messages of the script beside those of [Problems], with their
// English texts: the master of what a theme translates under "form.script.".
func Interface() [][2]string {
	return [][2]string{
		{"error", "Error: {title}"},
		{"step", "Step {n} of {total}"},
		{"change", "Change"},
		{"change-of", "Change: {label}"},
		{"empty", "not answered"},
		{"yes", "yes"},
		{"no", "no"},
		{"restored", "Your answers from before are back."},
		{"saved", "Saved on this device for {days} days, without files and without sensitive answers. Nothing has been sent."},
		{"cleared", "The answers are gone from this device."},
		{"unsafe", "Nothing can be saved on this device."},
		{"sending", "Sending …"},
		{"queued", "Saved on this device, not sent yet. It is sent as soon as this page is open and there is a connection."},
		{"refused", "The answers were not taken ({status}). Nothing is lost: compare them, or bring them on paper."},
		{"sent", "Your answers have been sent."},
		{"sent-ref", "Your answers have been sent. Number: {ref}"},
		{"seal", "This browser cannot seal the answers, so they are not sent. Use another browser, or bring them on paper."},
		{"row", "{label} {n}"},
	}
}

// Texts gives the script its messages: a key of [Problems] or [Interface], without
// any prefix, to a text with its {placeholders}.
type Texts func(key string) string

// English is the Texts of the masters.
func English(key string) string {
	for _, m := range append(Problems(), Interface()...) {
		if m[0] == key {
			return m[1]
		}
	}
	panic("form: no message " + key)
}

// ClientScript is the data of a form as a classic script that stands before that of
// [Script]: a file of its own, so that the page arrives without it, and so that it
// is read from a disk too, where nothing can be fetched.
func ClientScript(f *Form, texts Texts, jwk []byte, schema string) []byte {
	return append(append([]byte("self.belfrySpec="), Client(f, texts, jwk, schema)...), ";\n"...)
}

// Client is the data the script needs: rules, messages, and the public key (as a
// JWK, nil for none). "<" is escaped, so that it can stand in a page.
func Client(f *Form, texts Texts, jwk []byte, schema string) []byte {
	c := clientForm{Form: f.ID, Version: f.Version, Language: f.Language, Send: f.Send.Adapter, URL: f.Send.URL, Schema: schema,
		Patterns: map[Type][]string{}, Questions: clientLevel(f, nil), Messages: map[string]string{}, Days: 7}
	if f.Costs() {
		cents := toCents(f.Fee.Decimal)
		c.Fee, c.Currency = &cents, f.Currency
	}
	if jwk != nil {
		c.Seal = jwk
	}
	for a := range f.All() {
		plain := Question{Type: a.Type, Rules: Rules{}}
		if p := plain.patterns(); p != nil {
			c.Patterns[a.Type] = p
		}
		if a.Type == DateRange {
			c.Patterns[Date] = []string{dateText}
		}
		for _, code := range a.codes() {
			if c.Numbers == nil {
				c.Numbers = map[string]*Scheme{}
			}
			c.Numbers[code] = scheme(code)
		}
		if a.Type == IBAN {
			c.IBAN = ibanLengths
		}
	}
	for _, m := range Interface() {
		c.Messages[m[0]] = texts(m[0])
	}
	for _, code := range f.problems() {
		c.Messages[code] = texts(code)
	}
	raw, err := json.Marshal(c) // escapes <, > and &
	if err != nil {
		panic("form: " + err.Error())
	}
	return raw
}

type clientForm struct {
	Form      string             `json:"form"`
	Version   int                `json:"version"`
	Language  string             `json:"language"`
	Send      string             `json:"send"`
	URL       string             `json:"url,omitempty"`
	Schema    string             `json:"schema,omitempty"`
	Seal      json.RawMessage    `json:"seal,omitempty"`
	Fee       *int64             `json:"fee,omitempty"` // in hundredths
	Currency  string             `json:"currency,omitempty"`
	Days      int                `json:"days"` // how long a draft is kept
	Patterns  map[Type][]string  `json:"p"`
	Numbers   map[string]*Scheme `json:"n,omitempty"`
	IBAN      string             `json:"iban,omitempty"`
	Questions []clientQuestion   `json:"q"`
	Messages  map[string]string  `json:"m"`
}

// clientQuestion has short names: it stands in every page.
type clientQuestion struct {
	ID        string            `json:"i"`
	Type      Type              `json:"t"`
	Optional  bool              `json:"o,omitempty"`
	Only      [][]any           `json:"c,omitempty"` // [any, [id, operator, value ...] ...]
	Error     string            `json:"e,omitempty"`
	Sensitive bool              `json:"s,omitempty"`
	Patterns  []string          `json:"p,omitempty"`
	Length    int               `json:"len,omitempty"`
	Min       *float64          `json:"min,omitempty"` // also rows, files and answers
	Max       *float64          `json:"max,omitempty"`
	Whole     bool              `json:"whole,omitempty"`
	Decimals  *int              `json:"dec,omitempty"`
	When      string            `json:"when,omitempty"`
	Within    int               `json:"within,omitempty"`
	After     string            `json:"after,omitempty"`
	Before    string            `json:"before,omitempty"`
	Choices   map[string]int64  `json:"ch,omitempty"` // value and price in hundredths
	Files     map[string]string `json:"f,omitempty"`  // ending and media type
	Types     string            `json:"types,omitempty"`
	Bytes     int64             `json:"bytes,omitempty"`
	Codes     []string          `json:"codes,omitempty"`
	Statement string            `json:"sha,omitempty"`
	Questions []clientQuestion  `json:"q,omitempty"`
}

// clientLevel are the questions directly below one, nil for the form.
func clientLevel(f *Form, parent *Question) []clientQuestion {
	var out []clientQuestion
	for a := range f.All() {
		if parent == nil && a.Parent != nil || parent != nil && (a.Parent == nil || a.Parent.Question != parent) {
			continue
		}
		r := a.Rules
		q := clientQuestion{ID: a.ID, Type: a.Type, Optional: a.Optional, Error: a.Error.Value, Sensitive: r.Sensitive, Whole: r.Whole,
			When: r.When, Within: r.Within, After: r.After, Before: r.Before, Min: r.Min, Max: r.Max, Codes: a.codes()}
		for _, c := range a.Only {
			q.Only = append(q.Only, c.client())
		}
		plain := Question{Type: a.Type, Rules: Rules{}}
		if all, base := a.patterns(), plain.patterns(); len(all) > len(base) {
			q.Patterns = all[len(base):]
		}
		if a.Type.in(ShortText, LongText, Name, Email, Tel, URL, Money, Date, Month, Time) {
			q.Length = a.maxCharacters()
		}
		if a.Type == Number && r.Decimals >= 0 {
			q.Decimals = &r.Decimals
		}
		if a.Type.in(ChooseMany, Repeat, File) {
			if r.MinCount > 0 {
				q.Min = float(r.MinCount)
			}
			if r.MaxCount > 0 {
				q.Max = float(r.MaxCount)
			}
		}
		if len(a.Choices) > 0 {
			q.Choices = map[string]int64{}
			for _, c := range a.Choices {
				q.Choices[c.Value] = toCents(c.Price)
			}
		}
		if a.Type == File {
			q.Files, q.Types, q.Bytes = map[string]string{}, strings.Join(r.Files, ", "), r.MaxBytes
			for _, e := range a.endings() {
				q.Files[e] = fileTypes[e]
			}
		}
		if a.Type.in(Declaration, Consent) {
			q.Statement = StatementHash(a.Question)
		}
		if len(a.Questions) > 0 {
			q.Questions = clientLevel(f, a.Question)
		}
		out = append(out, q)
	}
	return out
}

func float(n int) *float64 {
	f := float64(n)
	return &f
}

func (c *Condition) client() []any {
	any := 0
	if c.Any {
		any = 1
	}
	out := []interface{}{any}
	for _, t := range c.Tests {
		out = append(out, append([]string{t.Question, string(t.Op)}, t.Values...))
	}
	return out
}

// codes are the schemes a question's number may follow.
func (q *Question) codes() []string {
	switch q.Type {
	case IBAN:
		return []string{"IBAN"}
	case IDNumber:
		return q.Rules.Codes
	}
	return nil
}

// problems are the codes answers to this form can get, so that a page carries no
// message it cannot need.
func (f *Form) problems() []string {
	need := map[string]bool{"missing": true, "type": true}
	for a := range f.All() {
		r := a.Rules
		if code := problemOf[a.Type]; code != "" {
			need[code] = true
		}
		for code, is := range map[string]bool{
			"declare": a.Type == Declaration, "choice": len(a.Choices) > 0, "too-few": r.MinCount > 1, "too-many": r.MaxCount > 0,
			"too-long": a.Type.in(ShortText, LongText, Name, Email, Tel, URL, Address, Money), "pattern": r.Like != "" || r.Regex != "",
			"number": a.Type == Number, "whole": r.Whole, "decimals": a.Type == Number && r.Decimals >= 0, "min": r.Min != nil, "max": r.Max != nil,
			"date": a.Type == DateRange, "order": a.Type == DateRange, "within": r.Within > 0, "after": r.After != "", "before": r.Before != "",
			"number-format": len(a.codes()) > 0, "number-digit": len(a.codes()) > 0, "file-type": a.Type == File, "file-size": a.Type == File,
		} {
			need[code] = need[code] || is
		}
		if r.When != "" {
			need[strings.ReplaceAll(r.When, " ", "-")] = true
		}
	}
	var out []string
	for code, is := range need {
		if is {
			out = append(out, code)
		}
	}
	slices.Sort(out)
	return out
}
