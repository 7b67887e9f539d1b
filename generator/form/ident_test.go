package form

import (
	"strings"
	"testing"
)

// published are the examples that laws, standards, statistical offices and
// the documentation of validators print. None belongs to a known person. (The
// published TAJ has one digit eight times; 123456788 follows from the rule as told.)
var published = map[string][]string{
	"BG-EGN":  {"7523169263", "7552010005", "0041010002"},
	"BG-LNCH": {"7111042925"}, "BG-EIK": {"175074752", "831641791"},
	"RO-CNP": {"1630615123457"}, "RO-CUI": {"18547290"},
	"PL-PESEL": {"44051401359", "70050482774", "02070803628"},
	"RS-JMBG":  {"0101006500006"}, "RS-PIB": {"101134702"},
	"HU-TAX": {"8365670003"}, "HU-TAJ": {"111111110", "111 111 110", "123456788"}, "HU-VAT": {"12892312", "10845606"},
	"ES-DNI": {"54362315K", "12345678Z"}, "ES-NIE": {"X2482300W", "x-2482300w", "Y1234567X"},
	"CL-RUT": {"12.531.909-2", "125319092"}, "PE-DNI": {"101174102", "10117410-2", "10117410"}, "PE-RUC": {"20512333797"},
	"CO-NIT": {"213.123.432-1", "2131234321"}, "TR-TCKN": {"17291716060"}, "UA-RNTRC": {"1759013776"},
	"GR-AMKA": {"01013099997"}, "IBAN": {"GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "BG80BNBG96611020345678", "RO49AAAA1B31007593840000", "NO9386011117947"},
	"CO-CC": {"1032456789"}, "HN-DNI": {"0801199012345"}, "HN-RTN": {"08011990123456"}, "GE-PN": {"01024085800"}, "GE-TIN": {"204536000"},
}

func TestPublishedNumbers(t *testing.T) {
	for code, list := range published {
		for _, n := range list {
			if got := CheckNumber(n, code); got != Correct {
				t.Errorf("%s %s: %v", code, n, got)
			}
		}
	}
	for _, s := range schemes {
		if s.Example != "" && s.judge(s.Example) != Correct {
			t.Errorf("%s: the example %s is not right", s.Code, s.Example)
		}
		if s.Example == "" && (s.Sums != nil || s.Method != "" || s.Born != nil) {
			t.Errorf("%s has a check and no example", s.Code)
		}
	}
}

// TestOneWrongDigit: every sum of the table notices every single wrong digit,
// but those whose modulus lets a known few pass.
func TestOneWrongDigit(t *testing.T) {
	passes := 0
	for _, s := range schemes {
		if s.Example == "" {
			continue
		}
		for i, c := range s.Example {
			if c < '0' || c > '9' {
				continue
			}
			for d := '0'; d <= '9'; d++ {
				if d == c {
					continue
				}
				wrong := s.Example[:i] + string(d) + s.Example[i+1:]
				if s.judge(wrong) == Correct {
					passes++
					t.Logf("%s: %s passes for %s", s.Code, wrong, s.Example)
				}
			}
		}
	}
	if passes > 14 {
		t.Errorf("%d single wrong digits pass", passes)
	}
}

func TestNumberVerdicts(t *testing.T) {
	for _, c := range []struct {
		code, number string
		want         Verdict
	}{
		{"BG-EGN", "7523169264", Suspicious},
		{"BG-EGN", "752316926", Malformed},
		{"BG-EGN", "75231692630", Malformed},
		{"BG-EGN", "7513169269", Suspicious}, // month 13
		{"BG-EGN", "75 2316-9263", Correct},
		{"BG-EGN", "٧٥٢٣١٦٩٢٦٣", Correct},
		{"BG-EGN", "७५२३१६९२६३", Correct},
		{"BG-EGN", "７５２３１６９２６３", Correct},
		{"BG-EGN", "𝟕𝟓𝟐𝟑𝟏𝟔𝟗𝟐𝟔𝟑", Correct},
		{"BG-EGN", "", Malformed},
		{"BG-EGN", "\x00", Malformed},
		{"HU-TAJ", "111111111", Suspicious},
		{"HU-TAJ", "11111111", Malformed},
		{"GE-PN", "0102408580", Malformed},
		{"IBAN", "GB82WEST12345698765433", Suspicious},
		{"IBAN", "GB82WEST123456987654321", Malformed}, // one sign too many
		{"IBAN", "ZZ82WEST12345698765432", Malformed},
		{"PE-RUC", "30512333797", Malformed},
		{"HN-DNI", "1901199012345", Malformed}, // there are 18 departments
	} {
		if got := CheckNumber(c.number, c.code); got != c.want {
			t.Errorf("%s %q: %v, want %v", c.code, c.number, got, c.want)
		}
	}
	if CheckNumber("7111042925", "BG-EGN", "BG-LNCH") != Correct {
		t.Error("a number that is right by the second code is right")
	}
}

func TestDigitsOfEveryScript(t *testing.T) {
	for zero, name := range map[rune]string{'٠': "Arabic", '۰': "Persian", '०': "Devanagari", '০': "Bengali", '๐': "Thai", '០': "Khmer", '０': "full width", '𝟘': "mathematical", '߀': "NKo", '𞥐': "Adlam"} {
		var b strings.Builder
		for i := range rune(10) {
			b.WriteRune(zero + i)
		}
		if got := Digits(b.String()); got != "0123456789" {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := Digits("½²Ⅷ一"); got != "½²Ⅷ一" {
		t.Errorf("what is no decimal digit was changed: %q", got)
	}
}
