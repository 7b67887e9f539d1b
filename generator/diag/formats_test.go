package diag_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"belfry/generator/diag"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

// findings are one of each kind, with everything in them that a format could
// stumble over.
func findings() *diag.Findings {
	hostile := diag.New("review/placeholder", diag.Pos{File: "pages/a, b: 100%.md", Line: 3, Col: 5, Len: 4}, "text", "<TODO> & \"x\"\n::error::\x1b[2J\x00")
	hostile.Excerpt = "не TODO \x07<b>"
	hostile.Page = "en/a.html"
	related := diag.New("link/same-id", diag.Pos{File: "services/x.md", Line: 1}, "type", "service", "id", "x", "lang", "en")
	related.Related = []diag.Related{{At: diag.Pos{File: "services/y.md", Line: 1}, Code: "link/other-place"}}
	return &diag.Findings{
		Version: "1.0", Base: "towns/бряг",
		List:     diag.List{hostile, related, diag.New("translation/missing", diag.Pos{File: "services/x.md"}, "langs", "ro", "source", "bg", "example", "x")},
		Excepted: []diag.Excepted{{Diagnostic: diag.New("review/long-sentence", diag.Pos{File: "news/a.md", Line: 2, Col: 1}, "words", "40", "limit", "30", "start", "a"), Reason: "quoted from the law", Until: "2027-01-01"}},
		Rules:    []string{"audit/lang", "review/long-sentence", "review/placeholder"},
	}
}

// TestGitHub: a workflow command is one line; nothing in a text can end it or
// begin another.
func TestGitHub(t *testing.T) {
	var out bytes.Buffer
	if err := findings().GitHub(&out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines:\n%s", len(lines), &out)
	}
	if want := "::error file=towns/бряг/pages/a%2C b%3A 100%25.md,line=3,col=5,endColumn=9,title=review/placeholder::“<TODO> & \"x\"%0A::error::"; !strings.HasPrefix(lines[0], want) {
		t.Errorf("got  %s\nwant %s", lines[0], want)
	}
	if want := "::notice file=towns/бряг/services/x.md,title=translation/missing::"; !strings.HasPrefix(lines[2], want) {
		t.Errorf("got  %s\nwant %s", lines[2], want)
	}
}

// TestSARIF holds the report against the schema of OASIS.
func TestSARIF(t *testing.T) {
	raw, err := os.ReadFile("testdata/sarif-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("https://json.schemastore.org/sarif-2.1.0.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("https://json.schemastore.org/sarif-2.1.0.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, f := range map[string]*diag.Findings{"findings": findings(), "none": {}} {
		var out bytes.Buffer
		if err := f.SARIF(&out); err != nil {
			t.Fatal(err)
		}
		report, err := jsonschema.UnmarshalJSON(&out)
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(report); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	// The schema must be able to refuse.
	bad, _ := jsonschema.UnmarshalJSON(strings.NewReader(`{"version": "2.1.0", "runs": [{"tool": {"driver": {}}}]}`))
	if schema.Validate(bad) == nil {
		t.Error("the schema accepts a tool without a name")
	}
}

// junitSchema is what the XML schema of the Jenkins xUnit plugin (junit-10.xsd)
// says of the elements we use: the attributes each must have, those it may
// have, and the elements in it, in this order.
var junitSchema = map[string]struct {
	must, may string
	in        string
}{
	"testsuites": {"", "name time tests failures disabled errors", "testsuite"},
	"testsuite":  {"name tests", "failures errors group time skipped timestamp hostname id package file log url version", "testcase"},
	"testcase":   {"name", "time group classname", "skipped error failure system-out system-err"},
	"skipped":    {"", "type message", ""},
	"failure":    {"", "type message", ""},
	"system-out": {"", "", ""},
}

// checkJUnit holds a report against junitSchema and its counts.
func checkJUnit(raw []byte) error {
	d := xml.NewDecoder(bytes.NewReader(raw))
	var open []string
	last := map[int]int{}
	counts := map[string]int{}
	want := map[string]string{}
	for {
		token, err := d.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		switch e := token.(type) {
		case xml.StartElement:
			name := e.Name.Local
			rule, ok := junitSchema[name]
			if !ok {
				return fmt.Errorf("no element %s", name)
			}
			if len(open) == 0 && name != "testsuites" {
				return fmt.Errorf("root %s", name)
			}
			if len(open) > 0 {
				order := slices.Index(strings.Fields(junitSchema[open[len(open)-1]].in), name)
				if order < 0 || order < last[len(open)] {
					return fmt.Errorf("%s in %s", name, open[len(open)-1])
				}
				last[len(open)] = order
			}
			var have []string
			for _, a := range e.Attr {
				have = append(have, a.Name.Local)
				if !slices.Contains(strings.Fields(rule.must+" "+rule.may), a.Name.Local) {
					return fmt.Errorf("attribute %s of %s", a.Name.Local, name)
				}
				if name == "testsuites" {
					want[a.Name.Local] = a.Value
				}
			}
			for _, m := range strings.Fields(rule.must) {
				if !slices.Contains(have, m) {
					return fmt.Errorf("%s has no %s", name, m)
				}
			}
			counts[name]++
			open = append(open, name)
			last[len(open)] = 0
		case xml.EndElement:
			open = open[:len(open)-1]
		}
	}
	if want["tests"] != strconv.Itoa(counts["testcase"]) || want["failures"] != strconv.Itoa(counts["failure"]) {
		return fmt.Errorf("counts %v, found %v", want, counts)
	}
	return nil
}

// TestJUnit holds the report against the schema of Jenkins.
func TestJUnit(t *testing.T) {
	for name, f := range map[string]*diag.Findings{"findings": findings(), "none": {Rules: []string{"audit/lang"}}, "nothing": {}} {
		var out bytes.Buffer
		if err := f.JUnit(&out); err != nil {
			t.Fatal(err)
		}
		if err := checkJUnit(out.Bytes()); err != nil {
			t.Errorf("%s: %v\n%s", name, err, &out)
		}
		if !strings.Contains(out.String(), "<testcase") {
			t.Errorf("%s: no case, which Jenkins takes for a failed run", name)
		}
	}
	if checkJUnit([]byte(`<testsuites tests="1" failures="0"><testsuite><testcase name="a"></testcase></testsuite></testsuites>`)) == nil {
		t.Error("a suite without a name passes")
	}
}

// TestText: terminal sequences in a text do not reach the terminal, and the
// reason is given once.
func TestText(t *testing.T) {
	f := findings()
	f.List = append(f.List, f.List[0])
	var out bytes.Buffer
	f.Text(&out, false)
	if s := out.String(); strings.ContainsAny(s, "\x1b\x00\x07") || strings.Count(s, "people wonder") != 1 || !strings.Contains(s, "3 errors, 0 warnings, 1 note, in 2 files") {
		t.Errorf("%q", s)
	}
}
