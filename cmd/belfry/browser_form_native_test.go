package main

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"belfry/generator/form"
)

// What a browser checks by itself, without script, it checks as the rules do: the
// corpus of submissions is typed into pages of its forms, and what the attributes
// refuse is compared with what the rules say.

const vectors = "../../generator/form/testdata/vectors/"

// submission is a case of the corpus.
type submission struct {
	Form, Name string
	Answers    json.RawMessage
	Fields     url.Values
	Problems   []string
}

// vectorPortal writes a portal of the forms of the corpus.
func vectorPortal(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	files, err := filepath.Glob(vectors + "forms/*.md")
	if err != nil || len(files) == 0 {
		t.Fatal("the corpus has no forms", err)
	}
	write := func(name, text string) {
		name = filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("portal.yaml", "name: Corpus\nlanguages: [en]\nprivacy: {controller: Town}\n")
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		parts := strings.SplitN(string(raw), "---\n", 3)
		id := strings.TrimSuffix(filepath.Base(file), ".md")
		write("forms/"+id+".md", "---\ntitle: "+id+"\nfee: 10.00 EUR\nsend: https://forms.lipnik.example/"+id+
			"\nprivacy: {controller: Town, purpose: to help, legal basis: law, keep: 1 year}\n---\n"+parts[2])
	}
	return dir
}

// typedIn turns answers into what would be typed; false where nobody could type it.
func typedIn(f *form.Form, raw json.RawMessage) (url.Values, bool) {
	var in map[string]any
	if json.Unmarshal(raw, &in) != nil {
		return nil, false
	}
	v, can := url.Values{}, true
	var level func(questions []*form.Question, in map[string]any, prefix string)
	level = func(questions []*form.Question, in map[string]any, prefix string) {
		known := 0
		for _, q := range questions {
			a, given := in[q.ID]
			if !given {
				continue
			}
			known++
			name := prefix + q.ID
			switch a := a.(type) {
			case string:
				if q.Type == form.Date || q.Type == form.Month {
					parts := strings.Split(a, "-")
					for i, part := range []string{"year", "month", "day"}[:min(len(parts), 3)] {
						v.Set(name+"-"+part, parts[i])
					}
				} else {
					v.Set(name, a)
				}
				can = can && q.Type != form.File && !strings.ContainsRune(a, 0) && (q.Type == form.LongText || !strings.ContainsAny(a, "\r\n"))
			case bool:
				v.Set(name, map[bool]string{true: "yes", false: "no"}[a])
				can = can && (q.Type == form.YesNo || a && (q.Type == form.Declaration || q.Type == form.Consent))
			case float64:
				v.Set(name, strconv.FormatFloat(a, 'f', -1, 64))
				can = can && q.Type == form.Number
			case map[string]any:
				if q.Type == form.GroupOf {
					level(q.Questions, a, name+"-")
					continue
				}
				for part, text := range a {
					s, ok := text.(string)
					can = can && ok && q.Type == form.Address && slices.Contains([]string{"street", "place", "postcode"}, part)
					v.Set(name+"-"+part, s)
				}
			case []any:
				for i, row := range a {
					switch row := row.(type) {
					case map[string]any:
						can = can && q.Type == form.Repeat && i < q.Rules.MaxCount
						level(q.Questions, row, name+"-"+strconv.Itoa(i+1)+"-")
					case string:
						can = can && q.Type == form.ChooseMany && q.Choice(row) != nil
						v.Add(name, row)
					default:
						can = false
					}
				}
			default:
				can = false
			}
		}
		can = can && known == len(in)
	}
	var top []*form.Question
	for a := range f.All() {
		if a.Parent == nil {
			top = append(top, a.Question)
		}
	}
	level(top, in, "")
	return v, can
}

// natively types cases into the page and returns, for each, what its attributes
// refuse: the name of the control and why.
const natively = `cases => cases.map(fields => {
	const form = document.querySelector('[data-form]'), out = [];
	form.reset();
	const controls = [...form.elements].filter(c => c.name && c.name[0] != '_');
	controls.forEach(c => {
		const v = fields[c.name] || [];
		if (c.type == 'radio' || c.type == 'checkbox') c.checked = v.includes(c.value);
		else if (c.type == 'time') c.value = /^([01]\d|2[0-3]):[0-5]\d$/.test(v[0]) ? v[0] : ''; // nothing else can be typed
		else if (c.type != 'file') c.value = v[0] || '';
	});
	controls.forEach(c => {
		const v = c.validity, why = v.valueMissing ? 'missing' : v.patternMismatch ? 'pattern' : v.typeMismatch ? 'type' : v.badInput || v.rangeOverflow || v.rangeUnderflow || v.stepMismatch ? 'value'
			: c.maxLength >= 0 && [...c.value].length > c.maxLength ? 'too-long' : '';
		if (why && c.type != 'file') out.push(c.name + ' ' + why);
	});
	return out;
})`

func (town *formTown) native(t *testing.T) {
	dir := vectorPortal(t)
	s := buildSite(t, dir)
	flags := formFlags{portal: dir}
	p, err := flags.openForms(true)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(vectors + "submissions.json")
	if err != nil {
		t.Fatal(err)
	}
	var corpus struct{ Cases []submission }
	if err := json.Unmarshal(raw, &corpus); err != nil {
		t.Fatal(err)
	}
	byForm := map[string][]submission{}
	for _, c := range corpus.Cases {
		asking, err := p.find(c.Form)
		if err != nil {
			t.Fatal(err)
		}
		can := true
		if c.Fields == nil {
			c.Fields, can = typedIn(asking.Base, c.Answers)
		}
		if can {
			byForm[c.Form] = append(byForm[c.Form], c)
		}
	}
	seen := map[string]int{}
	for id, cases := range byForm {
		asking, _ := p.find(id)
		b := formTab(t, town.browser, s, asking.Base)
		b.script(false)
		b.open(s.http + "en/forms/" + id + ".html")
		var fields []url.Values
		for _, c := range cases {
			fields = append(fields, c.Fields)
		}
		arg, err := json.Marshal(fields)
		if err != nil {
			t.Fatal(err)
		}
		for i, refused := range eval[[][]string](b, "("+natively+")("+string(arg)+")") {
			compare(t, asking.Base, cases[i], refused, seen)
		}
		b.script(true)
	}
	for _, why := range []string{"missing", "pattern", "too-long"} {
		if seen[why] < 5 {
			t.Errorf("only %d times an attribute and a rule said %s", seen[why], why)
		}
	}
	t.Log(seen)
}

// compare: what an attribute refuses the rules refuse, and the other way round
// where an attribute can tell.
func compare(t *testing.T, f *form.Form, c submission, refused []string, seen map[string]int) {
	t.Helper()
	for _, r := range refused {
		name, why, _ := strings.Cut(r, " ")
		if typed := c.Fields.Get(name); (why == "type" || why == "pattern" && strings.HasPrefix(name, "url")) && (strings.ContainsFunc(typed, func(r rune) bool { return r > 0x7f }) || !strings.Contains(typed, ":") && !strings.Contains(typed, "@")) {
			continue // typing into an e-mail box writes such a domain in ASCII; only the script adds a missing https://
		}
		if firstRow.MatchString(name) && len(c.Fields[name]) == 0 {
			continue // rows that are left out are closed up when they arrive
		}
		agreed := slices.ContainsFunc(c.Problems, func(p string) bool {
			field, code, _ := strings.Cut(p, " ")
			return code != "number-digit" && code != "dropped" && (name == field || strings.HasPrefix(name, field+"-"))
		})
		if !agreed {
			t.Errorf("%s, %s: the page refuses %s (%s), the rules take %q", c.Form, c.Name, name, why, c.Fields[name])
		} else {
			seen[why]++
		}
	}
	for _, p := range c.Problems {
		field, code, _ := strings.Cut(p, " ")
		if !tells(f, field, code, c.Fields) {
			continue
		}
		if !slices.ContainsFunc(refused, func(r string) bool { return strings.HasPrefix(r, field+" ") || strings.HasPrefix(r, field+"-") }) {
			t.Errorf("%s, %s: the rules say %q, and the page takes %q", c.Form, c.Name, p, c.Fields[field])
		}
	}
}

var firstRow = regexp.MustCompile(`^[a-z_]+-1-`)

var row = regexp.MustCompile(`-\d+`)

// tells says whether an attribute can tell of a problem: not of what a condition
// may hide, of blanks, of groups, of boxes to choose several, or of a form of
// writing that the rules bring into shape first.
func tells(f *form.Form, field, code string, v url.Values) bool {
	path := strings.Split(row.ReplaceAllString(field, ""), "-")
	q := f.Find(path[len(path)-1])
	if q == nil || len(q.Only) > 0 || row.MatchString(field) {
		return false
	}
	for p := q.Parent; p != nil; p = p.Parent {
		if len(p.Only) > 0 || p.Optional {
			return false
		}
	}
	typed := v.Get(field)
	blank := strings.TrimFunc(typed, func(r rune) bool { return unicode.In(r, unicode.Z, unicode.Cc, unicode.Cf) }) == ""
	switch code {
	case "missing", "declare":
		return !slices.Contains([]form.Type{form.ChooseMany, form.Repeat, form.GroupOf, form.File}, q.Type) && !q.Optional && (typed == "" || !blank)
	case "too-long":
		return q.MaxLength() > 0
	case "pattern", "email", "url":
		return typed == strings.TrimSpace(typed) // such boxes trim what is typed
	}
	return false
}
