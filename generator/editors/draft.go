package editors

// This file writes the skeleton of a new document: what must be there is
// filled, every other field of its type stands below as a comment that says
// what it is for and shows how it is written.

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"belfry/generator/form"
	"belfry/generator/portal"
)

// Draft says what a new document begins with.
type Draft struct {
	Type      *portal.Type
	Title     string
	Lang      string // of the document: examples stand in it where there are texts
	Explain   string // language of the explanations
	Now       time.Time
	Currency  string
	Country   string   // two letters, or ""
	Languages []string // of the portal
	Authority string   // id for a service where the portal names none; "" where it does
	Town      string   // name of the portal, in Lang
	Headings  []string // second-level headings of the body
	// Known returns an id of that type that exists, or "".
	Known func(typ string) string
	Asset string // path of a picture that exists, or ""
}

// Text returns the whole file. It builds as it is; taking away the "# " before
// any field leaves it valid, but for the ids and files that examples name.
func (d *Draft) Text() string {
	s := &skeleton{Draft: d, t: In(d.Explain), show: In(d.Explain)}
	if Knows(d.Lang) {
		s.show = In(d.Lang)
	}
	s.filled = s.fill()
	fields := slices.DeleteFunc(slices.Clone(d.Type.Fields), func(f portal.Field) bool { return f.Kind == portal.Hash })
	s.line("---")
	s.note(s.t.say("explain"))
	if d.Type.Name == "form" {
		s.note(s.t.form["note"])
		s.note(s.t.say("kinds", "kinds", joined(form.Types())))
		s.note(s.t.say("rules", "rules", strings.Join(form.RuleWords(), "; ")))
	}
	s.line("")
	// What is filled, in the order of the model; then what people look for; then
	// the rest of the type's own; at last what every type has.
	own := fields[commonFields:]
	groups := [][]portal.Field{nil, nil, nil, nil}
	for i, f := range slices.Concat(fields[:2], own, fields[2:commonFields]) {
		_, has := s.filled[f.Name]
		switch {
		case has:
			groups[0] = append(groups[0], f)
		case f.Need == portal.Wanted:
			groups[1] = append(groups[1], f)
		case i < 2+len(own):
			groups[2] = append(groups[2], f)
		default:
			groups[3] = append(groups[3], f)
		}
	}
	for i, g := range groups {
		if i > 0 && len(g) > 0 {
			s.line("")
		}
		for _, f := range g {
			s.field(&f)
		}
	}
	s.line("---")
	s.body()
	return s.out.String()
}

// commonFields is how many fields stand in every type, without the stamp.
var commonFields = len(portal.TypeByName("faq").Fields) - 1

type skeleton struct {
	*Draft
	t, show *Texts // explanations; examples
	filled  map[string]string
	out     strings.Builder
}

func (s *skeleton) line(text string) { s.out.WriteString(strings.TrimRight(text, " ") + "\n") }

// note writes an explanation, broken into lines that fit a window.
func (s *skeleton) note(text string) {
	width := 0
	for i, word := range strings.Fields(text) {
		n := len([]rune(word)) + 1
		if i == 0 || width+n > 110 {
			if i > 0 {
				s.out.WriteString("\n")
			}
			s.out.WriteString("##")
			width = 2
		}
		s.out.WriteString(" " + word)
		width += n
	}
	s.out.WriteString("\n")
}

// fill are the fields that a new document of the type has from the beginning.
func (s *skeleton) fill() map[string]string {
	day := s.Now.Format("2006-01-02")
	at := func(days int, clock string) string {
		return s.Now.AddDate(0, 0, days).Format("2006-01-02") + " " + clock
	}
	out := map[string]string{"title": scalar(s.Title)}
	switch s.Type.Name {
	case "service":
		out["description"] = scalar(s.Title)
		out["reviewed"], out["review_every"] = day, "1 year"
		if s.Authority != "" {
			out["authority"] = scalar(s.Authority)
		}
	case "news", "document":
		out["date"] = day
	case "event":
		out["starts"], out["ends"] = at(7, "18:00"), at(7, "20:00")
	case "alert":
		out["level"], out["starts"], out["ends"] = "info", s.Now.Format("2006-01-02 15:04"), at(1, "18:00")
	case "notice":
		out["opens"], out["closes"] = day, at(30, "17:00")
	case "guide", "office":
		out["reviewed"], out["review_every"] = day, "1 year"
	case "form":
		out["version"], out["send"] = "1", "print"
		out["privacy"] = "\n  controller: " + scalar(s.Town) + "\n  purpose: " + scalar(s.show.Example("form", "privacy.purpose")) +
			"\n  legal basis: " + scalar(s.show.Example("form", "privacy.legal basis")) + "\n  keep: 1 year"
	}
	return out
}

func (s *skeleton) field(f *portal.Field) {
	need := ""
	value, has := s.filled[f.Name]
	switch {
	case f.Name == "title" || f.Need == portal.Required || f.Name == "description" && s.Type.Name == "service":
		need = " " + s.t.say("required")
		if f.Name == "description" || f.Need == portal.Required {
			need += " " + s.t.say("replace")
		}
	case f.Need == portal.Wanted:
		need = " " + s.t.say("wanted")
	}
	doc := s.t.Label(s.Type.Name, f.Name) + ": " + s.t.Doc(s.Type.Name, f.Name)
	if f.Kind == portal.Enum {
		doc += " " + s.t.say("choices", "choices", s.choices(f.Name, f))
	}
	s.note(doc + need)
	if has {
		sep := " "
		if strings.HasPrefix(value, "\n") {
			sep = ""
		}
		s.line(f.Name + ":" + sep + value)
		return
	}
	for line := range strings.Lines(s.example(f)) {
		s.line("# " + strings.TrimRight(line, "\n"))
	}
}

// choices lists the words of a choice with their meanings.
func (s *skeleton) choices(path string, f *portal.Field) string {
	var list []string
	for _, e := range f.Enum {
		if v := s.t.Value(s.Type.Name, path, e); v != "" && !strings.EqualFold(v, e) {
			e += " (" + v + ")"
		}
		list = append(list, e)
	}
	return strings.Join(list, ", ")
}

// example shows how a field is written, as lines of YAML.
func (s *skeleton) example(f *portal.Field) string {
	switch {
	case f.Kind == portal.Record:
		lead := "  "
		if f.Many {
			lead = "  - "
		}
		lines := []string{f.Name + ":"}
		for i, of := range f.Of {
			if of.Name == "id" && f.Many && len(s.Languages) == 1 && f.Name != "equivalent" {
				continue // translations find items by it; there are none
			}
			line := lead + of.Name + ": " + s.sample(f.Name+"."+of.Name, &f.Of[i])
			if of.Kind == portal.Enum {
				line += "   # " + strings.Join(of.Enum, ", ")
			} else if doc := s.t.Doc(s.Type.Name, f.Name+"."+of.Name); of.Name != "id" {
				line += "   # " + doc
			}
			lines = append(lines, line)
			lead = strings.Repeat(" ", len(lead))
		}
		return strings.Join(lines, "\n")
	case f.Kind == portal.PerLang && len(s.Languages) > 1:
		lines := []string{f.Name + ":"}
		for _, l := range s.Languages {
			lines = append(lines, "  "+l+": new-address")
		}
		return strings.Join(lines, "\n")
	case f.Name == "geo":
		return "geo: [43.62, 25.35]"
	case f.Many && f.Kind == portal.Markdown:
		return f.Name + ":\n  - " + s.sample(f.Name, f) + "\n  - \"…\""
	case f.Many && f.Kind == portal.Tag:
		return f.Name + ": [" + strings.Join(s.Languages, ", ") + "]"
	case f.Many:
		return f.Name + ": [" + s.sample(f.Name, f) + "]"
	}
	return f.Name + ": " + s.sample(f.Name, f)
}

// sample is one value of a kind.
func (s *skeleton) sample(path string, f *portal.Field) string {
	switch f.Kind {
	case portal.Number:
		return "1"
	case portal.Bool:
		return "true"
	case portal.Day:
		return s.Now.Format("2006-01-02")
	case portal.Moment:
		return s.Now.Format("2006-01-02") + " 18:00"
	case portal.Period:
		if strings.HasPrefix(path, "review") || strings.HasSuffix(path, "keep") {
			return "1 year"
		}
		return "3 working days"
	case portal.Money:
		return "12.50 " + s.Currency
	case portal.Enum:
		return f.Enum[0]
	case portal.Ref:
		if id := s.Known(f.Ref); id != "" {
			return id
		}
		return f.Ref + "-id"
	case portal.Tag:
		return s.Lang
	case portal.URL:
		return "https://example.org/"
	case portal.Asset:
		if s.Asset != "" {
			return scalar(s.Asset)
		}
		return "assets/picture.jpg"
	case portal.Hours:
		return "Mo-Fr 08:30-12:00, 13:00-17:00"
	case portal.Phone:
		return `"+000 000 000"`
	case portal.Email:
		return "office@example.org"
	case portal.PerLang:
		return "new-address"
	}
	switch name := path[strings.LastIndexByte(path, '.')+1:]; name {
	case "id":
		return "short-name"
	case "currency":
		return s.Currency
	case "country":
		return cmp.Or(s.Country, "BG")
	case "aliases":
		return "/old/address.html"
	case "extends":
		return "region/name@2026.1"
	case "form":
		return strconv.Quote("form-id")
	case "send":
		return "print"
	case "sector":
		return `"56.10"`
	case "policy_code":
		return "R1"
	}
	return scalar(s.show.Example(s.Type.Name, path))
}

func (s *skeleton) body() {
	text := s.show.types[s.Type.Name]
	switch {
	case s.Type.Name == "form":
		s.line("\n" + exampleForm(s.show))
		return
	case text.Body != "":
		s.line("\n<!-- " + text.Body + " -->")
	}
	headings := s.Headings
	if len(headings) == 0 {
		headings = text.Parts
	}
	for _, h := range headings {
		s.line("\n## " + h)
	}
}

// exampleForm shows most of what a form can do, on one page.
func exampleForm(t *Texts) string {
	f := t.form
	return strings.Join([]string{f["intro"], "",
		"## " + f["you"], "",
		"- " + f["name"] + " [full_name: name]",
		"- " + f["email"] + " [email: email]\n  " + f["email_hint"],
		"- " + f["phone"] + " [phone: tel, optional]", "",
		"## " + f["request"], "",
		"- " + f["what"] + " [request: long text, up to 2000 characters]",
		"- " + f["where"] + " [place: text, optional]",
		"- " + f["file"] + " [attachment: file, optional, pdf or jpg, up to 5 MB]",
		"- " + f["how"] + " [answer_by: choose one]\n  - " + f["by_email"] + " [email]\n  - " + f["by_post"] + " [post]",
		"- " + f["address"] + " [post_to: address, only if answer_by is post]",
		"- " + f["declare"] + " [is_true: declaration]",
	}, "\n")
}

func joined[T ~string](list []T) string {
	var out []string
	for _, e := range list {
		out = append(out, string(e))
	}
	return strings.Join(out, ", ")
}
