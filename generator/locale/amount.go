package locale

// This file reads amounts of money as people write them.

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/currency"

	"belfry/generator/diag"
)

// Amount is a sum of money. Decimal is exact: "12.50".
type Amount struct {
	Decimal  string
	Currency string // ISO 4217; may be "" for nothing
}

// Free tells whether it costs nothing.
func (a Amount) Free() bool { return strings.Trim(a.Decimal, "0.") == "" }

// AmountError says why text is no amount.
type AmountError struct {
	Kind  string // "number", "ambiguous" (1.234: thousand or decimal?), "currency" (unknown), "no-currency"
	Word  string
	Guess string
}

// Error says the same in a sentence for developers.
func (e *AmountError) Error() string { return fmt.Sprintf("%q: no amount: %s", e.Word, e.Kind) }

var (
	amountParts = regexp.MustCompile(`^([^0-9]*?)\s*([0-9](?:[0-9.,'’\x{00a0}\x{202f} ]*[0-9])?)\s*([^0-9]*)$`)
	digitGroups = regexp.MustCompile(`^[0-9]{1,3}(?:[.,' ][0-9]{3})+$`)
)

// signs are what people write for a currency beside its code.
var signs = map[string]string{"€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "₾": "GEL", "₺": "TRY", "₴": "UAH", "₪": "ILS", "₽": "RUB",
	"zł": "PLN", "лв": "BGN", "lei": "RON", "leu": "RON", "din": "RSD", "дин": "RSD", "ft": "HUF", "kč": "CZK", "ден": "MKD", "km": "BAM", "s/": "PEN", "us$": "USD", "₸": "KZT", "֏": "AMD", "₼": "AZN"}

// ParseMoney reads "12.50 EUR", "12,50 EUR", "€12.50", "12.5", "1 234,50 lei"
// or "free"; without a currency in the text it is the default one.
func ParseMoney(text, defaultCurrency string) (Amount, error) {
	s := strings.TrimSpace(text)
	if strings.EqualFold(s, "free") {
		return Amount{"0", defaultCurrency}, nil
	}
	if whole, code, _ := strings.Cut(s, " "); allDigits(whole) && len(code) == 3 { // as amounts mostly stand
		if code, err := currencyCode(code, defaultCurrency); err == nil {
			decimal, _ := plain(whole, code)
			return Amount{decimal, code}, nil
		}
	}
	m := amountParts.FindStringSubmatch(s)
	if m == nil || m[1] != "" && m[3] != "" {
		return Amount{}, &AmountError{Kind: "number", Word: text, Guess: diag.Guess(s, []string{"free"})}
	}
	code, err := currencyCode(m[1]+m[3], defaultCurrency)
	if err != nil {
		return Amount{}, err
	}
	decimal, kind := plain(m[2], code)
	if kind != "" {
		return Amount{}, &AmountError{Kind: kind, Word: m[2]}
	}
	return Amount{decimal, code}, nil
}

func currencyCode(word, defaultCurrency string) (string, error) {
	word = strings.TrimRight(strings.TrimSpace(word), ".")
	switch {
	case word == "" && defaultCurrency == "":
		return "", &AmountError{Kind: "no-currency"}
	case word == "":
		return defaultCurrency, nil
	case word == "$": // of the country, if it has one
		if strings.Contains("ARS AUD CAD CLP COP CUP DOP MXN NZD UYU", defaultCurrency) && defaultCurrency != "" {
			return defaultCurrency, nil
		}
		return "USD", nil
	}
	if c := signs[strings.ToLower(word)]; c != "" {
		return c, nil
	}
	if u, err := currency.ParseISO(word); err == nil && len(word) == 3 {
		return u.String(), nil
	}
	return "", &AmountError{Kind: "currency", Word: word, Guess: diag.Guess(word, []string{"EUR", "BGN", "RON", "RSD", "GEL", "HUF", "PLN", "UAH", "TRY", "MKD", "ALL", "BAM", "GBP", "USD", "CHF"})}
}

// plain takes the separators out of a number: points, commas, apostrophes and
// spaces that part thousands, and the last of them if it parts the decimals.
func plain(number, code string) (decimal, problem string) {
	number = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case r == '’':
			return '\''
		}
		return r
	}, number)
	whole, fraction := number, ""
	if i := strings.LastIndexAny(number, ".,"); i >= 0 {
		sep, tail := number[i:i+1], number[i+1:]
		digits := len(tail)
		others := strings.ContainsAny(number[:i], ".,' ")
		switch {
		case strings.Contains(number[:i], sep): // 1.234.567
		case digits == 3 && !others && regions().Fractions[code] != 3 && number[0] != '0':
			return "", "ambiguous"
		default:
			whole, fraction = number[:i], tail
		}
	}
	if strings.ContainsAny(whole, ".,' ") {
		if !digitGroups.MatchString(whole) || strings.Trim(whole, "0123456789"+string(firstSeparator(whole))) != "" {
			return "", "number"
		}
		whole = strings.NewReplacer(".", "", ",", "", "'", "", " ", "").Replace(whole)
	}
	if strings.ContainsFunc(fraction, func(r rune) bool { return r < '0' || r > '9' }) {
		return "", "number"
	}
	if whole = strings.TrimLeft(whole, "0"); whole == "" {
		whole = "0"
	}
	if fraction != "" {
		whole += "." + fraction
	}
	return whole, ""
}

// firstSeparator is the sign that parts the thousands; there may be only one
// kind of it.
func firstSeparator(s string) byte { return s[strings.IndexAny(s, ".,' ")] }
