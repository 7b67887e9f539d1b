package diag

// Findings are what a check found, ready to be reported. The formats for
// machines are in github.go, junit.go and sarif.go, that for people in
// grouped.go.
type Findings struct {
	Version  string     // of the tool
	Base     string     // the portal's folder as whoever reads the report names it, with slashes; "" for the current one
	List     List       // sorted
	Excepted []Excepted // what was found and excepted
	Rules    []string   // codes of the rules that were applied
	Pages    int        // how many finished pages were looked at
	Texts    *Texts     // language of the report
}

// Excepted is a finding that portal.yaml makes an exception for.
type Excepted struct {
	Diagnostic
	Reason string
	Until  string // the last day, ISO 8601
}

// path is where a file of the portal is for whoever reads the report.
func (f *Findings) path(file string) string {
	if f.Base == "" || f.Base == "." {
		return file
	}
	return f.Base + "/" + file
}
