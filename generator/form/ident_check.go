package form

// This file computes check digits. client/form.js has the same lines; the vectors
// hold the two together.

import "strings"

func (s *Scheme) holds(number string) bool {
	for len(number) < s.Width {
		number = "0" + number
	}
	for _, sum := range s.Sums {
		if !sum.holds(number) {
			return false
		}
	}
	if s.Born != nil && !s.Born.holds(number) {
		return false
	}
	switch s.Method {
	case "luhn":
		return luhn(number)
	case "11,10":
		return mod1110(number)
	case "97":
		return mod97(number[4:]+number[:4]) == 1
	}
	return true
}

func (s Sum) holds(number string) bool {
	if s.At >= len(number) {
		return true
	}
	r := s.rest(number, s.Weights)
	if r == 10 && s.Again != nil {
		r = s.rest(number, s.Again)
	}
	for _, signs := range s.Signs {
		if r < len(signs) && signs[r] == number[s.At] {
			return true
		}
	}
	return false
}

func (s Sum) rest(number string, weights []int) int {
	sum := 0
	for i, w := range weights {
		v := strings.IndexByte(s.Letters, number[i])
		if v < 0 {
			v = int(number[i]) - '0'
		}
		sum += v * w
	}
	return (sum%s.Mod + s.Mod) % s.Mod
}

// holds tells whether the date inside the number is one of the calendar.
func (b *Born) holds(number string) bool {
	var year, month, day, places int
	for i, c := range b.Layout {
		v := int(number[i]) - '0'
		switch c {
		case 'y':
			year, places = year*10+v, places+1
		case 'm':
			month = month*10 + v
		case 'd':
			day = day*10 + v
		}
	}
	centuries := []int{19, 20}
	switch {
	case places == 3: // the last three digits of the year: 800 and more are of the past
		if year < 800 {
			year += 1000
		}
		centuries = []int{10}
	case b.Months != nil:
		if month/20 >= len(b.Months) {
			return false
		}
		centuries = []int{b.Months[month/20]}
		month %= 20
	case b.Centuries != nil && b.Centuries[number[0]-'0'] > 0:
		centuries = []int{b.Centuries[number[0]-'0']}
	}
	for _, c := range centuries {
		if daysIn(c*100+year, month) >= day && day > 0 {
			return true
		}
	}
	return false
}

// daysIn is the length of a month of the Gregorian calendar, 0 where there is no
// such month.
func daysIn(year, month int) int {
	switch {
	case month < 1 || month > 12:
		return 0
	case month == 2 && year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[month-1]
}

// luhn is the check of ISO/IEC 7812-1, annex B.
func luhn(number string) bool {
	sum := 0
	for i := range number {
		v := int(number[len(number)-1-i] - '0')
		if i%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
	}
	return sum%10 == 0
}

// mod1110 is the hybrid system MOD 11,10 of ISO 7064.
func mod1110(number string) bool {
	p := 10
	for i := range len(number) - 1 {
		if p = (p + int(number[i]-'0')) % 10; p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (p+int(number[len(number)-1]-'0'))%10 == 1
}

// mod97 is MOD 97-10 of ISO 7064, letters being 10 to 35.
func mod97(s string) int {
	r := 0
	for _, c := range []byte(s) {
		if c >= 'A' {
			r = (r*100 + int(c-'A') + 10) % 97
		} else {
			r = (r*10 + int(c-'0')) % 97
		}
	}
	return r
}

// ibanLengths are country and length, from the IBAN registry of ISO 13616.
const ibanLengths = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30"

// ibanLength is the length of a country's account numbers, 0 where it has none.
func ibanLength(country string) int {
	for i := 0; i < len(ibanLengths); i += 4 {
		if ibanLengths[i:i+2] == country {
			return int(ibanLengths[i+2]-'0')*10 + int(ibanLengths[i+3]-'0')
		}
	}
	return 0
}
