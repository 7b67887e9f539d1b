package form

// This file is the table of personal and company numbers: their format and, where
// one is published, their check digit. A row is data, so that the browser judges
// by the same rows (client.go hands it those a form needs).
//
// A wrong format is an error. A wrong check digit only warns: old numbers and
// numbers off damaged cards exist, and the citizen knows better than we.

import (
	"regexp"
	"slices"
)

// Scheme is one kind of number.
type Scheme struct {
	Code    string `json:"-"`
	Pattern string `json:"p"`           // whole number, without spaces, in capitals
	Width   int    `json:"w,omitempty"` // the number is filled with zeros from the left to this width before it is checked
	Sums    []Sum  `json:"s,omitempty"` // every one must hold
	Born    *Born  `json:"b,omitempty"` // the date inside it
	Method  string `json:"m,omitempty"` // "luhn", "11,10" (ISO 7064), "97" (ISO 7064, IBAN)
	Example string `json:"-"`           // a public one that passes; "" where only the format is known
	Source  string `json:"-"`
}

// Sum is a weighted sum: of the values of the first signs, modulo Mod, the
// remainder names the sign that must stand at place At, counted from 0. A sign at
// which the number has ended already is not checked.
type Sum struct {
	Weights []int    `json:"w"`
	Mod     int      `json:"m"`
	Signs   []string `json:"c"` // one sign for each remainder; several lists: any of them
	At      int      `json:"a"`
	Again   []int    `json:"x,omitempty"` // weights for a second sum where the first leaves 10
	// Letters are signs that stand for 0, 1, 2 …
	Letters string `json:"l,omitempty"`
}

// Born says where a date of birth stands.
type Born struct {
	Layout    string `json:"l"`           // y, m and d at their places, "-" elsewhere
	Months    []int  `json:"m,omitempty"` // century for months 1-12, 21-32, 41-52 …
	Centuries []int  `json:"c,omitempty"` // century by first digit; 0 for either of the two last
}

const (
	straight = "0123456789"  // remainder 10: never issued, or not possible
	tenZero  = "01234567890" // remainder 10 becomes 0
)

// schemes are the rows. Weights and vectors: the sources named; for those of
// python-stdnum's list the rules are public, the rows are written afresh.
var schemes = []Scheme{
	{Code: "BG-EGN", Pattern: `^\d{10}$`, Sums: []Sum{{Weights: []int{2, 4, 8, 5, 10, 9, 7, 3, 6}, Mod: 11, Signs: []string{tenZero}, At: 9}},
		Born: &Born{Layout: "yymmdd", Months: []int{19, 18, 20}}, Example: "7523169263", Source: "Bulgarian Ordinance RD-02-20-9 of 2012"},
	{Code: "BG-LNCH", Pattern: `^\d{10}$`, Sums: []Sum{{Weights: []int{21, 19, 17, 13, 11, 9, 7, 3, 1}, Mod: 10, Signs: []string{straight}, At: 9}}, Example: "7111042925"},
	{Code: "BG-EIK", Pattern: `^\d{9}(\d{4})?$`, Sums: []Sum{{Weights: []int{1, 2, 3, 4, 5, 6, 7, 8}, Mod: 11, Signs: []string{tenZero}, At: 8, Again: []int{3, 4, 5, 6, 7, 8, 9, 10}}},
		Example: "175074752"},
	{Code: "RO-CNP", Pattern: `^[1-9]\d{12}$`, Sums: []Sum{{Weights: []int{2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9}, Mod: 11, Signs: []string{"01234567891"}, At: 12}},
		Born: &Born{Layout: "-yymmdd", Centuries: []int{0, 19, 19, 18, 18, 20, 20, 0, 0, 0}}, Example: "1630615123457"},
	{Code: "RO-CUI", Pattern: `^\d{2,10}$`, Width: 10, Sums: []Sum{{Weights: []int{70, 50, 30, 20, 10, 70, 50, 30, 20}, Mod: 11, Signs: []string{tenZero}, At: 9}}, Example: "18547290"},
	{Code: "PL-PESEL", Pattern: `^\d{11}$`, Sums: []Sum{{Weights: []int{1, 3, 7, 9, 1, 3, 7, 9, 1, 3}, Mod: 10, Signs: []string{"0987654321"}, At: 10}},
		Born: &Born{Layout: "yymmdd", Months: []int{19, 20, 21, 22, 18}}, Example: "70050482774"},
	jmbg("RS-JMBG", "0101006500006"), jmbg("BA-JMBG", "0101006500006"), jmbg("ME-JMBG", "0101006500006"), jmbg("MK-EMBG", "0101006500006"), jmbg("SI-EMSO", "0101006500006"),
	{Code: "RS-PIB", Pattern: `^\d{9}$`, Method: "11,10", Example: "101134702"},
	{Code: "HU-TAX", Pattern: `^8\d{9}$`, Sums: []Sum{{Weights: []int{1, 2, 3, 4, 5, 6, 7, 8, 9}, Mod: 11, Signs: []string{straight}, At: 9}},
		Example: "8365670003", Source: "Hungarian Act XX of 1996, annex"},
	{Code: "HU-TAJ", Pattern: `^\d{9}$`, Sums: []Sum{{Weights: []int{3, 7, 3, 7, 3, 7, 3, 7}, Mod: 10, Signs: []string{straight}, At: 8}},
		Example: "111111110", Source: "Hungarian Act XX of 1996, as told by hunlib4j (MIT) and the validators beside it"},
	{Code: "HU-VAT", Pattern: `^\d{8}(\d{3})?$`, Sums: []Sum{{Weights: []int{9, 7, 3, 1, 9, 7, 3}, Mod: 10, Signs: []string{"0987654321"}, At: 7}}, Example: "12892312"},
	{Code: "ES-DNI", Pattern: `^\d{8}[A-Z]$`, Sums: []Sum{spanish}, Example: "54362315K"},
	{Code: "ES-NIE", Pattern: `^[XYZ]\d{7}[A-Z]$`, Sums: []Sum{spanish}, Example: "X2482300W"},
	{Code: "CL-RUT", Pattern: `^\d{7,8}[0-9K]$`, Width: 9, Sums: []Sum{{Weights: []int{3, 2, 7, 6, 5, 4, 3, 2}, Mod: 11, Signs: []string{"0K987654321"}, At: 8}}, Example: "125319092"},
	{Code: "PE-DNI", Pattern: `^\d{8}[0-9A-K]?$`, Sums: []Sum{{Weights: []int{3, 2, 7, 6, 5, 4, 3, 2}, Mod: 11, Signs: []string{"65432110987", "KJIHGFEDCBA"}, At: 8}}, Example: "101174102"},
	{Code: "PE-RUC", Pattern: `^(10|15|16|17|20)\d{9}$`, Sums: []Sum{{Weights: []int{5, 4, 3, 2, 7, 6, 5, 4, 3, 2}, Mod: 11, Signs: []string{"10987654321"}, At: 10}}, Example: "20512333797"},
	{Code: "CO-NIT", Pattern: `^\d{8,16}$`, Width: 16, Sums: []Sum{{Weights: []int{71, 67, 59, 53, 47, 43, 41, 37, 29, 23, 19, 17, 13, 7, 3}, Mod: 11, Signs: []string{"01987654321"}, At: 15}}, Example: "2131234321"},
	{Code: "CO-CC", Pattern: `^\d{6,10}$`},
	{Code: "HN-DNI", Pattern: `^(0[1-9]|1[0-8])\d{2}(19|20)\d{7}$`},
	{Code: "HN-RTN", Pattern: `^(0[1-9]|1[0-8])\d{2}(19|20)\d{8}$`},
	{Code: "GE-PN", Pattern: `^\d{11}$`},
	{Code: "GE-TIN", Pattern: `^\d{9}$`},
	{Code: "TR-TCKN", Pattern: `^[1-9]\d{10}$`, Sums: []Sum{
		{Weights: []int{7, 9, 7, 9, 7, 9, 7, 9, 7}, Mod: 10, Signs: []string{straight}, At: 9},
		{Weights: []int{1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, Mod: 10, Signs: []string{straight}, At: 10}}, Example: "17291716060"},
	{Code: "UA-RNTRC", Pattern: `^\d{10}$`, Sums: []Sum{{Weights: []int{-1, 5, 7, 9, 4, 6, 10, 5, 7}, Mod: 11, Signs: []string{tenZero}, At: 9}}, Example: "1759013776"},
	{Code: "GR-AMKA", Pattern: `^\d{11}$`, Method: "luhn", Born: &Born{Layout: "ddmmyy"}, Example: "01013099997"},
	{Code: "IBAN", Pattern: `^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$`, Method: "97", Example: "GB82WEST12345698765432", Source: "ISO 13616, ISO 7064"},
}

var spanish = Sum{Weights: []int{14, 6, 19, 18, 11, 8, 10, 1}, Mod: 23, Signs: []string{"TRWAGMYFPDXBNJZSQVHLCKE"}, At: 8, Letters: "XYZ"}

// jmbg is the number of the former Yugoslavia. A sum that leaves 1 would need the
// digit 10; such numbers were issued with 0.
func jmbg(code, example string) Scheme {
	return Scheme{Code: code, Pattern: `^\d{13}$`, Sums: []Sum{{Weights: []int{7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2}, Mod: 11, Signs: []string{"00987654321"}, At: 12}},
		Born: &Born{Layout: "ddmmyyy"}, Example: example}
}

// Codes returns the codes an author may write, in the order of the table.
func Codes() []string {
	var out []string
	for _, s := range schemes {
		if s.Code != "IBAN" {
			out = append(out, s.Code)
		}
	}
	return out
}

// scheme returns the row of a code, or nil.
func scheme(code string) *Scheme {
	i := slices.IndexFunc(schemes, func(s Scheme) bool { return s.Code == code })
	if i < 0 {
		return nil
	}
	return &schemes[i]
}

// Verdict says what is thought of a number.
type Verdict int

// The verdicts.
const (
	Correct    Verdict = iota
	Suspicious         // the format is right, a check digit or a date is not
	Malformed
)

// CheckNumber judges a number by the first of the codes whose format it has; one
// that is right by any of them is right. Digits of every script, spaces, hyphens
// and dots are understood. It panics on a code that is not in the table.
func CheckNumber(number string, codes ...string) Verdict {
	number = compact(number)
	best := Malformed
	for _, code := range codes {
		s := scheme(code)
		if s == nil {
			panic("form: no number of kind " + code)
		}
		best = min(best, s.judge(number))
	}
	return best
}

func (s *Scheme) judge(number string) Verdict {
	if !regexp.MustCompile(s.Pattern).MatchString(number) {
		return Malformed
	}
	if s.Code == "IBAN" && len(number) != ibanLength(number[:2]) {
		return Malformed
	}
	if s.holds(number) {
		return Correct
	}
	return Suspicious
}
