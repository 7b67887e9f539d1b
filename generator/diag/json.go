package diag

import "encoding/json"

// MarshalJSON gives the shape of the report: code, severity, file, line,
// column, message and hint; of findings of check also why it matters and a page
// that shows it. Line and column are 0 when the whole file is meant.
func (d Diagnostic) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Code     string `json:"code"`
		Severity string `json:"severity"`
		File     string `json:"file"`
		Line     int    `json:"line"`
		Column   int    `json:"column"`
		Message  string `json:"message"`
		Hint     string `json:"hint"`
		Why      string `json:"why,omitempty"`
		Page     string `json:"page,omitempty"`
	}{d.Code, d.Severity.String(), d.At.File, d.At.Line, d.At.Col, d.Message(), d.Hint(), d.Why(), d.Page})
}

// Stored is a diagnostic as it is kept in a file and read back, with its texts
// beside it for whoever reads the file.
type Stored struct {
	Code     string          `json:"code"`
	Severity string          `json:"severity"`
	File     string          `json:"file"`
	Line     int             `json:"line"`
	Column   int             `json:"column"`
	Length   int             `json:"length,omitempty"`
	Message  string          `json:"message"`
	Hint     string          `json:"hint"`
	Args     []string        `json:"args,omitempty"`
	Excerpt  string          `json:"excerpt,omitempty"`
	Related  []storedRelated `json:"related,omitempty"`
}

type storedRelated struct {
	File   string   `json:"file"`
	Line   int      `json:"line"`
	Column int      `json:"column"`
	Code   string   `json:"code"`
	Args   []string `json:"args,omitempty"`
}

// Store returns the diagnostic in a form that can be written and read back.
func (d Diagnostic) Store() Stored {
	s := Stored{d.Code, d.Severity.String(), d.At.File, d.At.Line, d.At.Col, d.At.Len, d.Message(), d.Hint(), d.Args, d.Excerpt, nil}
	for _, r := range d.Related {
		s.Related = append(s.Related, storedRelated{r.At.File, r.At.Line, r.At.Col, r.Code, r.Args})
	}
	return s
}

// Diagnostic returns what was stored; ok is false where this version of belfry
// does not know the code.
func (s Stored) Diagnostic() (d Diagnostic, ok bool) {
	if _, known := table()[s.Code]; !known || len(s.Args)%2 != 0 {
		return Diagnostic{}, false
	}
	d = Diagnostic{Code: s.Code, At: Pos{s.File, s.Line, s.Column, s.Length}, Args: s.Args, Excerpt: s.Excerpt}
	for _, severity := range []Severity{Note, Warning, Error} {
		if severity.String() == s.Severity {
			d.Severity = severity
		}
	}
	for _, r := range s.Related {
		if _, known := table()[r.Code]; !known || len(r.Args)%2 != 0 {
			return Diagnostic{}, false
		}
		d.Related = append(d.Related, Related{At: Pos{r.File, r.Line, r.Column, 0}, Code: r.Code, Args: r.Args})
	}
	return d, true
}
