package form

// One corpus of submissions is judged by this package, by the JSON Schema (here,
// and by ajv where Node is there) and by the browser script. Each case says
// whether it is right; “schema” marks where a schema may differ:
//
//	cannot    the schema lets through what it cannot judge
//	stricter  answers to questions that are not asked are dropped by us, and
//	          forbidden by the schema, which sees what is sent on
import (
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"belfry/e2e"
	"belfry/generator/diag"
)

type submissions struct {
	Today string       `json:"today"`
	Cases []submission `json:"cases"`
}

type submission struct {
	Form     string          `json:"form"`
	Name     string          `json:"name"`
	Answers  json.RawMessage `json:"answers,omitempty"`
	Fields   url.Values      `json:"fields,omitempty"`
	Valid    bool            `json:"valid"`
	Schema   string          `json:"schema,omitempty"`
	Problems []string        `json:"problems,omitempty"` // field and code
	Kept     json.RawMessage `json:"kept,omitempty"`     // the answers that count, where they differ
	Total    string          `json:"total,omitempty"`
}

const corpus = "testdata/vectors/submissions.json"

func readCorpus(t *testing.T) (submissions, map[string]*Form, Day) {
	t.Helper()
	raw, err := os.ReadFile(corpus)
	if err != nil {
		t.Fatal(err)
	}
	var s submissions
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		t.Fatal(err)
	}
	today, ok := parseDay(s.Today)
	if !ok {
		t.Fatal("no day")
	}
	return s, vectorForms(t), today
}

func vectorForms(t *testing.T) map[string]*Form {
	t.Helper()
	files, _ := filepath.Glob("testdata/vectors/forms/*.md")
	forms := map[string]*Form{}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		f, said := Parse(readSource(filepath.Base(name), string(raw)))
		if len(said) > 0 {
			var b strings.Builder
			diag.Print(&b, said, false)
			t.Fatalf("%s:\n%s", name, b.String())
		}
		forms[strings.TrimSuffix(filepath.Base(name), ".md")] = f
	}
	return forms
}

// read returns the answers of a case.
func (s submission) read(t *testing.T, f *Form) Answers {
	t.Helper()
	var a Answers
	var err error
	if s.Fields != nil {
		a, err = Fields(f, s.Fields)
	} else {
		a, err = ParseAnswers(s.Answers)
	}
	if err != nil {
		t.Fatalf("%s, %s: %v", s.Form, s.Name, err)
	}
	return a
}

func TestSubmissions(t *testing.T) {
	all, forms, today := readCorpus(t)
	if len(all.Cases) < 250 {
		t.Errorf("%d submissions; 250 were promised", len(all.Cases))
	}
	seen := map[string]bool{}
	for i := range all.Cases {
		c := &all.Cases[i]
		if seen[c.Form+c.Name] {
			t.Errorf("%s, %s: stands twice", c.Form, c.Name)
		}
		seen[c.Form+c.Name] = true
		f := forms[c.Form]
		in := c.read(t, f)
		kept, problems := Check(f, in, today)
		var got []string
		for _, p := range problems {
			got = append(got, p.Field+" "+p.Code)
		}
		if Right(problems) != c.Valid {
			t.Errorf("%s, %s: right is %v, want %v: %v", c.Form, c.Name, Right(problems), c.Valid, got)
		}
		var keep json.RawMessage
		total := ""
		if Right(problems) {
			if again, p := Check(f, kept, today); len(errorsOf(p)) > 0 || cmp.Diff(kept, again) != "" {
				t.Errorf("%s, %s: what was kept is not right: %v", c.Form, c.Name, p)
			}
			total = Total(f, kept)
			if s := string(CanonicalJSON(kept)); c.Fields != nil || s != string(CanonicalJSON(in)) {
				keep = json.RawMessage(s)
			}
		}
		if *update {
			c.Problems, c.Kept, c.Total = got, keep, total
			continue
		}
		if d := cmp.Diff(c.Problems, got); d != "" {
			t.Errorf("%s, %s (-want +got):\n%s", c.Form, c.Name, d)
		}
		if d := cmp.Diff(compactJSON(c.Kept), compactJSON(keep)); d != "" {
			t.Errorf("%s, %s: kept (-want +got):\n%s", c.Form, c.Name, d)
		}
		if c.Total != total {
			t.Errorf("%s, %s: total %q, want %q", c.Form, c.Name, total, c.Total)
		}
	}
	if *update {
		if err := os.WriteFile(corpus, encodeCorpus(t, all), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// encodeCorpus writes one case a line, so that a change is a line.
func encodeCorpus(t *testing.T, all submissions) []byte {
	t.Helper()
	var b bytes.Buffer
	b.WriteString(`{"today":"` + all.Today + "\",\"cases\":[\n")
	for i, c := range all.Cases {
		var one bytes.Buffer
		e := json.NewEncoder(&one)
		e.SetEscapeHTML(false)
		if err := e.Encode(c); err != nil {
			t.Fatal(err)
		}
		b.Write(bytes.TrimSpace(one.Bytes()))
		if i < len(all.Cases)-1 {
			b.WriteByte(',')
		}
		b.WriteByte('\n')
	}
	b.WriteString("]}\n")
	return b.Bytes()
}

func errorsOf(list []Problem) []Problem {
	return slices.DeleteFunc(slices.Clone(list), func(p Problem) bool { return p.Severity != diag.Error })
}

func compactJSON(raw json.RawMessage) string {
	var b bytes.Buffer
	if len(raw) == 0 || json.Compact(&b, raw) != nil {
		return ""
	}
	return b.String()
}

func TestSchemaJudgesAlike(t *testing.T) {
	all, forms, today := readCorpus(t)
	schemas := map[string]*jsonschema.Schema{}
	for name, f := range forms {
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema(f, "")))
		if err != nil {
			t.Fatal(err)
		}
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if err := c.AddResource(SchemaName(f), doc); err != nil {
			t.Fatal(err)
		}
		if schemas[name], err = c.Compile(SchemaName(f)); err != nil {
			t.Fatal(name, err)
		}
	}
	marks := map[string]int{}
	for _, c := range all.Cases {
		f := forms[c.Form]
		in := c.read(t, f)
		says := func(a Answers) error {
			v, err := jsonschema.UnmarshalJSON(bytes.NewReader(CanonicalJSON(a)))
			if err != nil {
				t.Fatal(err)
			}
			return schemas[c.Form].Validate(v)
		}
		want := c.Valid
		switch marks[c.Schema]++; c.Schema {
		case "":
		case "cannot":
			want = true
		case "stricter":
			want = false
		default:
			t.Errorf("%s, %s: mark %q", c.Form, c.Name, c.Schema)
		}
		if err := says(in); (err == nil) != want {
			t.Errorf("%s, %s: the schema says %v, want right to be %v", c.Form, c.Name, err, want)
		}
		if kept, problems := Check(f, in, today); Right(problems) {
			if err := says(kept); err != nil {
				t.Errorf("%s, %s: the schema refuses what is sent on: %v", c.Form, c.Name, err)
			}
		}
	}
	t.Logf("%d submissions; the schema alone judges %d, cannot %d, is stricter in %d", len(all.Cases), marks[""], marks["cannot"], marks["stricter"])
}

// TestAjv asks a second implementation of JSON Schema.
func TestAjv(t *testing.T) {
	home := e2e.Module(t, "ajv-formats")
	all, forms, _ := readCorpus(t)
	type job struct {
		Schemas map[string]json.RawMessage `json:"schemas"`
		Cases   []any                      `json:"cases"`
	}
	j := job{Schemas: map[string]json.RawMessage{}}
	for name, f := range forms {
		j.Schemas[name] = Schema(f, "")
	}
	for _, c := range all.Cases {
		want := c.Valid && c.Schema != "stricter" || c.Schema == "cannot"
		j.Cases = append(j.Cases, map[string]any{"form": c.Form, "name": c.Name, "want": want, "answers": json.RawMessage(CanonicalJSON(c.read(t, forms[c.Form])))})
	}
	in, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(e2e.Node(t), "-e", `
const A=require("ajv/dist/2020"),F=require("ajv-formats");const j=JSON.parse(require("fs").readFileSync(0));
const v={};for(const n in j.schemas){const a=new A({strict:false,allErrors:true});F(a);v[n]=a.compile(j.schemas[n])}
let bad=0;for(const c of j.cases){const ok=v[c.form](c.answers);if(ok!==c.want){bad++;console.log(c.form,c.name,"ajv says",ok,JSON.stringify(v[c.form].errors))}}
console.log(j.cases.length+" judged, "+bad+" otherwise");process.exit(bad?1:0)`)
	cmd.Dir, cmd.Stdin = home, bytes.NewReader(in)
	out, err := cmd.CombinedOutput()
	t.Logf("%s", out)
	if err != nil {
		t.Error(err)
	}
}
