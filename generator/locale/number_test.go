package locale

import "testing"

// Amounts as ICU 78 writes them, with currencies expected.json does not have.
func TestMoney(t *testing.T) {
	for _, c := range []struct{ tag, amount, currency, want string }{
		{"bg", "12.5", "EUR", "12,50 €"}, {"bg", "12.5", "BGN", "12,50 лв."}, {"bg", "1234567.25", "EUR", "1 234 567,25 €"},
		{"en", "12.5", "EUR", "€12.50"}, {"en", "12.5", "BGN", "BGN 12.50"}, {"en", "-1234.5", "USD", "-$1,234.50"}, {"en", "9.9", "GEL", "GEL 9.90"},
		{"ro", "1234.5", "RON", "1.234,50 RON"}, {"hu", "1200", "HUF", "1200 Ft"}, {"pl", "12.5", "PLN", "12,50 zł"}, {"uk", "12.5", "UAH", "12,50 ₴"},
		{"tr", "1234.5", "TRY", "₺1.234,50"}, {"mk", "250", "MKD", "250,00 ден."}, {"sq", "250", "ALL", "250 Lekë"}, {"bs", "12.5", "BAM", "12,50 KM"},
		{"ka", "12.5", "GEL", "12,50 ₾"}, {"sr-Latn", "380", "RSD", "380,00 RSD"}, {"hu", "1200.5", "HUF", "1200,50 Ft"}, {"hu", "1200.00", "HUF", "1200 Ft"},
		{"en-GB", "12.5", "GBP", "£12.50"}, {"es-CO", "12000", "COP", "$ 12.000"}, {"es-PE", "12.5", "PEN", "S/ 12.50"}, {"es-HN", "12.5", "HNL", "L 12.50"},
		{"ar-JO", "1.5", "JOD", "١٫٥٠٠ د.أ."}, {"ar-MA", "12.5", "MAD", "12,50 د.م."}, {"ar-EG", "12.5", "EGP", "١٢٫٥٠ ج.م."},
		{"de-AT", "1234.5", "EUR", "€ 1.234,50"}, {"de-CH", "-12.5", "CHF", "CHF-12.50"}, {"pt", "12.5", "EUR", "€ 12,50"}, {"pt-PT", "12.5", "EUR", "12,50 €"},
		{"en-IN", "1234567", "INR", "₹12,34,567.00"}, {"bg", "12.505", "EUR", "12,505 €"}, {"bg", "0012", "eur", "12,00 €"}, {"en", "12", "XTS", "XTS 12.00"},
		{"xh", "1234.5", "EUR", "1 234.50 EUR"}, {"bg", "free", "EUR", "free"}, {"bg", "", "EUR", ""}, {"bg", "1e5", "EUR", "1e5"},
	} {
		if got := narrow.Replace(For(c.tag).Money(c.amount, c.currency)); got != c.want {
			t.Errorf("%s %s %s: %q, want %q", c.tag, c.amount, c.currency, got, c.want)
		}
	}
	if got := For("bg").Money("12.5", "EUR"); got != "12,50\u00a0€" {
		t.Errorf("no no-break space in %q", got)
	}
}

func TestNumber(t *testing.T) {
	for _, c := range []struct{ tag, number, want string }{
		{"bg", "12345678901234567890123456789.123456789", "12 345 678 901 234 567 890 123 456 789,123456789"}, // never rounded
		{"bg", "12.50", "12,50"}, {"sv", "-1", "−1"}, {"es", "12345", "12.345"}, {"pl", "1234", "1234"}, {"ar-EG", "1234.5", "١٬٢٣٤٫٥"}, {"en", "007", "7"},
		{"en", "12,5", "12,5"}, {"en", ".5", ".5"}, {"en", "-0.5", "-0.5"},
	} {
		if got := narrow.Replace(For(c.tag).Number(c.number)); got != c.want {
			t.Errorf("%s %s: %q, want %q", c.tag, c.number, got, c.want)
		}
	}
}

func TestList(t *testing.T) {
	for _, c := range []struct {
		tag   string
		items []string
		want  string
	}{
		{"bg", nil, ""}, {"bg", []string{"А"}, "А"}, {"bg", []string{"А", "Б"}, "А и Б"}, {"bg", []string{"А", "Б", "В", "Г"}, "А, Б, В и Г"},
		{"es", []string{"padres", "hijos"}, "padres e hijos"}, {"es", []string{"agua", "hielo"}, "agua y hielo"}, {"es", []string{"A", "B", "Italia"}, "A, B e Italia"},
		{"en", []string{"{1}", "{0}"}, "{1} and {0}"}, {"xh", []string{"a", "b", "c"}, "a, b, c"},
	} {
		if got := For(c.tag).List(c.items); got != c.want {
			t.Errorf("%s: %q, want %q", c.tag, got, c.want)
		}
	}
}

func TestQuotes(t *testing.T) {
	for tag, want := range map[string][4]string{
		"bg": {"„", "“", "„", "“"}, "ro": {"„", "”", "«", "»"}, "en": {"“", "”", "‘", "’"}, "xh": {"“", "”", "‘", "’"}, "de": {"„", "“", "‚", "‘"},
	} {
		if got := For(tag).Quotes(); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
}
