package markdown

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

var (
	direction = regexp.MustCompile(`^(?i:ltr|rtl|auto)$`)
	language  = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)
	// moment is a date, month, time, date with time, or duration (HTML 2.3.5).
	moment = regexp.MustCompile(`^(\d{4}-(0\d|1[0-2])(-[0-3]\d([T ][0-2]\d:[0-5]\d(:[0-5]\d(\.\d{1,3})?)?(Z|[+-][0-2]\d:?[0-5]\d)?)?)?|[0-2]\d:[0-5]\d(:[0-5]\d)?|P(\d+D)?(T(\d+H)?(\d+M)?(\d+S)?)?|\d{4})$`)
)

// attributes returns the permitted attributes of an author's tag, escaped and
// each with a space before it. The others are noted as dropped, but for a few
// that say nothing. Values that HTML would not accept are dropped too.
func (r *renderer) attributes(h *rawHTML, t token, el *element) string {
	var b strings.Builder
	for i, a := range t.attrs {
		if slices.ContainsFunc(t.attrs[:i], func(e attribute) bool { return e.name == a.name }) {
			continue
		}
		if el.handles(a.name) {
			continue
		}
		value, ok := a.value, false
		switch a.name {
		case "id":
			if value = strings.TrimSpace(value); value != "" && !strings.ContainsAny(value, " \t\n\f\r") {
				value, ok = r.anchor(value, h.offset(a.at), a.length), true
			}
		case "lang":
			ok = language.MatchString(value)
		case "dir":
			value, ok = strings.ToLower(value), direction.MatchString(value)
		case "title":
			ok = value != ""
		default:
			if slices.Contains(el.attrs, a.name) {
				value, ok = special(a.name, value)
			}
		}
		if !ok {
			r.dropped("attribute-dropped", a.name, h.offset(a.nameAt), len(a.name))
			continue
		}
		b.WriteByte(' ')
		b.WriteString(a.name)
		if a.name != "open" {
			b.WriteString(`="` + string(appendEscaped(nil, []byte(value))) + `"`)
		}
	}
	return b.String()
}

// handles reports whether an attribute of the element has code of its own.
func (el *element) handles(attr string) bool {
	switch el.name {
	case "a":
		return attr == "href" || attr == "name"
	case "img":
		return attr == "src" || attr == "alt" || attr == "width" || attr == "height"
	}
	return false
}

// special checks the attributes that only some elements have.
func special(name, value string) (string, bool) {
	value = strings.TrimSpace(value)
	switch name {
	case "open":
		return "", true
	case "start":
		n, err := strconv.ParseInt(value, 10, 32)
		return strconv.FormatInt(n, 10), err == nil
	case "colspan", "rowspan":
		n, err := strconv.ParseUint(value, 10, 32)
		return strconv.FormatUint(n, 10), err == nil && n >= 1 && n <= 1000
	case "scope":
		value = strings.ToLower(value)
		return value, value == "row" || value == "col" || value == "rowgroup" || value == "colgroup"
	case "datetime":
		return value, moment.MatchString(value)
	case "cite":
		s := scheme(value)
		return escapeURL(value), s == "http" || s == "https"
	}
	return "", false
}
