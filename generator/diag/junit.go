package diag

import (
	"encoding/xml"
	"io"
	"strings"
)

// JUnit writes the findings in the XML of JUnit as Jenkins, GitLab and others
// read it (the schema of the Jenkins xUnit plugin): a suite an area, a case a
// finding, and a case that passed for each rule that found nothing. A note is
// no failure; it is told in a case that passed.
func (f *Findings) JUnit(w io.Writer) error {
	suites := map[string]*junitSuite{}
	suite := func(code string) *junitSuite {
		area, _, _ := strings.Cut(code, "/")
		if area != "audit" && area != "review" {
			area = "build"
		}
		if suites[area] == nil {
			suites[area] = &junitSuite{Name: "belfry." + area}
		}
		return suites[area]
	}
	found := map[string]bool{}
	for _, d := range f.List {
		d = d.In(f.Texts)
		found[d.Code] = true
		s := suite(d.Code)
		at := d.At
		at.File = f.path(at.File)
		c := junitCase{Name: clean(at.String() + " " + d.Message()), Class: className(d.Code)}
		text := clean(strings.TrimSpace(at.String() + "\n" + d.Excerpt + "\n" + d.Message() + "\n" + d.Why() + "\n" + d.Hint()))
		if d.Severity == Note {
			c.Out = text
		} else {
			c.Failure = &junitFailure{Type: d.Severity.String(), Message: clean(d.Message()), Text: text}
			s.Failures++
		}
		s.Cases = append(s.Cases, c)
	}
	for _, x := range f.Excepted {
		x.Diagnostic = x.In(f.Texts)
		s := suite(x.Code)
		s.Skipped++
		s.Cases = append(s.Cases, junitCase{Name: clean(x.At.String() + " " + x.Message()), Class: className(x.Code), Skipped: &junitSkipped{clean(x.Reason + " (" + x.Until + ")")}})
	}
	for _, code := range f.Rules {
		if !found[code] {
			s := suite(code)
			s.Cases = append(s.Cases, junitCase{Name: code, Class: className(code)})
		}
	}
	if len(f.List) == 0 || suites["build"] == nil {
		suite("build/build").Cases = []junitCase{{Name: "build", Class: "belfry.build"}}
	}
	out := junitSuites{}
	for _, area := range []string{"audit", "build", "review"} {
		if s := suites[area]; s != nil {
			s.Tests = len(s.Cases)
			out.Tests, out.Failures = out.Tests+s.Tests, out.Failures+s.Failures
			out.Suites = append(out.Suites, *s)
		}
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func className(code string) string { return "belfry." + strings.ReplaceAll(code, "/", ".") }

// clean drops what XML 1.0 cannot hold.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\uFFFD"))
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	Skipped *junitSkipped `xml:"skipped"`
	Failure *junitFailure `xml:"failure"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

type junitFailure struct {
	Type    string `xml:"type,attr"`
	Message string `xml:"message,attr"`
	Text    string `xml:",chardata"`
}
