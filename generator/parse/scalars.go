package parse

import (
	"net/url"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

// scalar checks one scalar against the kind of its field and brings it into
// canonical form. A wrong value is an error with its place, and is not used.
func (r *reader) scalar(n *yaml.Node, f *portal.Field) portal.Value {
	v := portal.Value{At: r.at(n), Text: strings.TrimSpace(n.Value)}
	if v.Text == "" {
		return portal.Value{}
	}
	bad := func(code string, args ...string) portal.Value {
		r.faults.Add(code, v.At, append([]string{"field", f.Name, "value", clip(v.Text)}, args...)...)
		return portal.Value{At: v.At, Bad: true}
	}
	switch f.Kind {
	case portal.Text, portal.Ref, portal.Hash:
		v.Text = oneLine(v.Text)
	case portal.Markdown:
		if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 {
			blank := len(n.Value) - len(strings.TrimLeft(n.Value, "\n"))
			v.At = diag.Pos{File: v.At.File, Line: v.At.Line + 1 + blank}
		}
	case portal.Number:
		if !number.MatchString(v.Text) {
			return bad("value/number")
		}
	case portal.Bool:
		b, ok := boolean(v.Text)
		if !ok {
			return bad("value/bool")
		}
		v.Text = strconv.FormatBool(b)
	case portal.Day, portal.Moment:
		t, ok := moment(v.Text, f.Kind == portal.Moment)
		if !ok {
			return bad("value/date")
		}
		v.Text = t
	case portal.Period:
		if _, err := locale.ParsePeriod(v.Text); err != nil {
			return bad("value/period")
		}
	case portal.Money:
		if _, err := locale.ParseMoney(v.Text, r.currency); err != nil {
			return bad("value/money")
		}
	case portal.Enum:
		for _, e := range f.Enum {
			if strings.EqualFold(e, v.Text) {
				v.Text = e
				return v
			}
		}
		return bad("value/choice", "choices", strings.Join(f.Enum, ", "), "guess", diag.Guess(v.Text, f.Enum))
	case portal.Tag:
		tag, err := locale.Canonical(v.Text)
		if err != nil {
			return bad("value/language")
		}
		v.Text = tag
	case portal.URL:
		clean, ok := link(v.Text)
		if !ok {
			return bad("value/url")
		}
		v.Text = clean
	case portal.Asset:
		if strings.Contains(v.Text, "://") || !localPath(v.Text) {
			return bad("value/path")
		}
		v.Text = path.Clean(strings.TrimPrefix(v.Text, "/"))
	case portal.Hours:
		if _, fault := locale.ParseHours(v.Text); fault != nil {
			if v.At.Len > 0 { // else the value stands in the lines below
				at := fault.Offset
				if quoted(n) {
					at++
				}
				at = min(at, v.At.Len)
				v.At.Col, v.At.Len = v.At.Col+at, min(fault.Len, v.At.Len-at)
			}
			return bad("value/hours", "guess", fault.Guess)
		}
	case portal.Phone:
		v.Text = oneLine(v.Text) // a no-break space is common in numbers
		if !phone.MatchString(v.Text) {
			return bad("value/phone")
		}
	case portal.Email:
		v.Text = strings.TrimPrefix(v.Text, "mailto:")
		if !email.MatchString(v.Text) {
			return bad("value/email")
		}
	}
	return v
}

var (
	number = regexp.MustCompile(`^[+-]?[0-9]{1,15}(\.[0-9]{1,15})?$`)
	phone  = regexp.MustCompile(`^\+?[0-9٠-٩][0-9٠-٩ ()/.\-–]{1,30}$`)
	email  = regexp.MustCompile(`^[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"'.]+$`)
)

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func clip(s string) string {
	r := []rune(oneLine(s))
	if len(r) > 60 {
		return string(r[:60]) + "…"
	}
	return string(r)
}

func boolean(s string) (value, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "on":
		return true, true
	case "false", "no", "off":
		return false, true
	}
	return false, false
}

// moment reads the ISO 8601 forms a person writes and returns the canonical
// one: YYYY-MM-DD, or YYYY-MM-DDTHH:MM where a time is given and wanted. A zone
// is kept, as RFC 3339.
func moment(s string, withTime bool) (string, bool) {
	if t, err := time.Parse("2006-01-02", s); err == nil {
		return t.Format("2006-01-02"), true
	}
	for _, layout := range []string{"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			if !withTime {
				return t.Format("2006-01-02"), true
			}
			return t.Format(time.RFC3339), true
		}
	}
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02T15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			if !withTime {
				return t.Format("2006-01-02"), true
			}
			return t.Format("2006-01-02T15:04"), true
		}
	}
	return "", false
}

// link accepts an address for people: http, https, mailto, tel, or a path
// inside the portal. Anything a browser would run is refused.
func link(s string) (string, bool) {
	s = oneLine(s)
	if strings.ContainsFunc(s, unicode.IsControl) || strings.ContainsAny(s, "<>\"`\\") {
		return "", false
	}
	u, err := url.Parse(s)
	if err != nil {
		return "", false
	}
	switch strings.ToLower(u.Scheme) {
	case "http", "https":
		return s, u.Host != ""
	case "mailto", "tel":
		return s, true
	case "":
		return s, u.Host == "" && localPath(s)
	}
	_, isType := typeScheme(u.Scheme)
	return s, isType
}

func typeScheme(scheme string) (string, bool) {
	return scheme, portal.TypeByName(scheme) != nil && scheme != "listing"
}

// localPath reports whether a path stays inside the portal.
func localPath(s string) bool {
	clean := path.Clean("/" + strings.TrimPrefix(s, "/"))
	depth := 0
	for _, part := range strings.Split(strings.TrimPrefix(s, "/"), "/") {
		switch part {
		case "..":
			depth--
		case ".", "":
		default:
			depth++
		}
		if depth < 0 {
			return false
		}
	}
	return clean != "/"
}

// wanted says in words what shape a field has.
func wanted(f *portal.Field) string {
	switch {
	case f.Kind == portal.Record && f.Many:
		return "a list of records"
	case f.Kind == portal.Record:
		return "a record"
	case f.Many:
		return "a list"
	case f.Kind == portal.Named:
		return "a map of names to texts"
	}
	return "a single value"
}
