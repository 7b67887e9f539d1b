package locale

// This file writes numbers and money. Amounts are decimal strings ("1234.50"),
// so that nothing is ever rounded.

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainDecimal reports whether a text is a number as amounts write it: -12.50.
func plainDecimal(s string) bool {
	whole, fraction, pointed := strings.Cut(strings.TrimPrefix(s, "-"), ".")
	return allDigits(whole) && (!pointed || allDigits(fraction))
}

func allDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// Number groups the digits of a decimal ("1234567.89") as the locale does; it
// keeps every digit it is given. Text that is no decimal is returned unchanged.
func (l *Locale) Number(decimal string) string {
	if !plainDecimal(decimal) {
		return decimal
	}
	digits, negative := strings.CutPrefix(decimal, "-")
	s := l.group(digits, l.data.Number, l.data.Group, l.data.Decimal)
	if negative {
		s = l.data.Minus + s
	}
	return s
}

// Money writes an amount with the sign of its currency (ISO 4217) where the
// locale puts it, with no-break spaces. The amount gets the currency's usual
// minor digits ("12.5" EUR is 12,50 €, "1200.00" HUF is 1200 Ft) but keeps any more
// that it has. A currency without a sign in the locale is shown by its code.
func (l *Locale) Money(decimal, currency string) string {
	if !plainDecimal(decimal) {
		return decimal
	}
	d := l.data
	currency = strings.ToUpper(currency)
	symbol := d.Symbols[currency]
	if symbol == "" {
		symbol = currency
	}
	pattern, sep, point := d.Money, d.Group, d.Decimal
	if d.MoneyGroup != "" {
		sep = d.MoneyGroup
	}
	if d.MoneyDecimal != "" {
		point = d.MoneyDecimal
	}
	if touchesLetter(pattern, symbol) {
		if pattern = d.MoneyAlpha; pattern == "" {
			pattern = apart.Replace(d.Money)
		}
	}
	digits, negative := strings.CutPrefix(minor(decimal, currency), "-")
	positive, minus, own := strings.Cut(pattern, ";")
	switch {
	case negative && own:
		positive = strings.Replace(minus, "-", d.Minus, 1)
	case negative:
		positive = d.Minus + positive
	}
	start := strings.IndexAny(positive, "#0")
	end := strings.LastIndexAny(positive, "#0") + 1
	number := l.group(digits, positive[start:end], sep, point)
	return strings.Replace(positive[:start]+number+positive[end:], "¤", symbol, 1)
}

// apart puts a no-break space between sign and figure (UTS 35, currencySpacing).
var apart = strings.NewReplacer("¤#", "¤\u00a0#", "¤0", "¤\u00a00", "0¤", "0\u00a0¤")

// touchesLetter tells whether a letter of the symbol would stand right at a
// digit: not in "€12", but in "EUR12" (UTS 35, alphaNextToNumber).
func touchesLetter(pattern, symbol string) bool {
	head, _ := utf8.DecodeRuneInString(symbol)
	tail, _ := utf8.DecodeLastRuneInString(symbol)
	return (strings.Contains(pattern, "¤#") || strings.Contains(pattern, "¤0")) && !unicode.IsSymbol(tail) ||
		strings.Contains(pattern, "0¤") && !unicode.IsSymbol(head)
}

// minor gives a decimal the minor digits its currency has (CLDR supplemental
// data), and two where it says anything beyond them.
func minor(decimal, currency string) string {
	want, ok := regions().Fractions[currency]
	if !ok {
		want = 2
	}
	whole, fraction, _ := strings.Cut(decimal, ".")
	fraction = strings.TrimRight(fraction, "0")
	if fraction != "" && want < 2 {
		want = 2
	}
	for len(fraction) < want {
		fraction += "0"
	}
	if fraction == "" {
		return whole
	}
	return whole + "." + fraction
}

// group writes plain digits in the groups of a number pattern: three, or as in
// India three and then two.
func (l *Locale) group(digits, pattern, sep, point string) string {
	whole, fraction, has := strings.Cut(digits, ".")
	whole = strings.TrimLeft(whole, "0")
	if whole == "" {
		whole = "0"
	}
	pattern, _, _ = strings.Cut(pattern, ".")
	parts := strings.Split(pattern, ",")
	first := len(parts[len(parts)-1])
	next := first
	if len(parts) > 2 {
		next = len(parts[len(parts)-2])
	}
	if len(parts) > 1 && len(whole) >= first+l.data.Least {
		out := whole[len(whole)-first:]
		whole = whole[:len(whole)-first]
		for len(whole) > next {
			out = whole[len(whole)-next:] + sep + out
			whole = whole[:len(whole)-next]
		}
		whole += sep + out
	}
	if has {
		whole += point + fraction
	}
	return l.digits(whole)
}
