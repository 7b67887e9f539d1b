package locale

import (
	"errors"
	"testing"
)

func TestParseMoney(t *testing.T) {
	for _, c := range []struct{ in, fallback, want string }{
		{"12.50 EUR", "", "12.50 EUR"}, {"12,50 EUR", "", "12.50 EUR"}, {"€12.50", "", "12.50 EUR"}, {"12.5", "EUR", "12.5 EUR"}, {"EUR 12", "", "12 EUR"}, {"12 eur", "", "12 EUR"},
		{"12,50 лв.", "", "12.50 BGN"}, {"1 234,50 lei", "EUR", "1234.50 RON"}, {"1\u00a0234", "EUR", "1234 EUR"}, {"1.234,50", "EUR", "1234.50 EUR"}, {"1,234.50", "EUR", "1234.50 EUR"},
		{"1.234.567", "EUR", "1234567 EUR"}, {"1'234.50 CHF", "", "1234.50 CHF"}, {"$5", "COP", "5 COP"}, {"$5", "EUR", "5 USD"}, {"1.500", "JOD", "1.500 JOD"}, {"0.125", "EUR", "0.125 EUR"},
		{"0", "EUR", "0 EUR"}, {"free", "EUR", "0 EUR"}, {" Free ", "", "0 "}, {"007", "EUR", "7 EUR"}, {"12,50€", "", "12.50 EUR"}, {"S/ 20", "", "20 PEN"}, {"12.505", "EUR", "!ambiguous"},
		{"1.234", "EUR", "!ambiguous"}, {"12", "", "!no-currency"}, {"12 EURO", "", "12 EUR"}, {"12 XXY", "", "!currency"}, {"EUR 12 EUR", "", "!number"}, {"", "EUR", "!number"}, {"-5", "EUR", "!currency"},
		{"12..5", "EUR", "!number"}, {"1 23", "EUR", "!number"}, {"1.23.456", "EUR", "!number"}, {"about 5", "EUR", "!currency"}, {"5-10", "EUR", "!number"}, {"12 345 678,9", "EUR", "12345678.9 EUR"},
	} {
		a, err := ParseMoney(c.in, c.fallback)
		got := a.Decimal + " " + a.Currency
		var e *AmountError
		if errors.As(err, &e) {
			got = "!" + e.Kind
		}
		if got != c.want {
			t.Errorf("%q: %s, want %s", c.in, got, c.want)
		}
	}
	if _, err := ParseMoney("12 ERU", ""); err.(*AmountError).Guess != "EUR" {
		t.Errorf("%+v", err)
	}
	for in, want := range map[string]bool{"free": true, "0.00": true, "0,10": false, "10": false} {
		if a, err := ParseMoney(in, "EUR"); err != nil || a.Free() != want {
			t.Errorf("%q: %+v, %v", in, a, err)
		}
	}
}

func FuzzParseMoney(f *testing.F) {
	f.Add("1.234,50 EUR")
	f.Add("€ 12")
	f.Fuzz(func(t *testing.T, s string) {
		a, err := ParseMoney(s, "EUR")
		if err != nil {
			return
		}
		if !plainDecimal(a.Decimal) || a.Currency == "" {
			t.Errorf("%q: %+v", s, a)
		}
	})
}
