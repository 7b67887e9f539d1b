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
