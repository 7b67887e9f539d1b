package form

// This file lists the types of questions. A new type is a row here, a case in
// value.go, in schema_type.go and in client/form.js, and vectors.

import "strings"

// Type says what kind of answer a question wants; it is the word an author writes.
type Type string

// The types of FORMS.md.
const (
	ShortText   Type = "text"
	LongText    Type = "long text"
	Name        Type = "name"
	Email       Type = "email"
	Tel         Type = "tel"
	URL         Type = "url"
	Number      Type = "number"
	Money       Type = "money"
	Date        Type = "date"
	DateRange   Type = "date range"
	Month       Type = "month"
	Time        Type = "time"
	Address     Type = "address"
	ChooseOne   Type = "choose one"
	ChooseMany  Type = "choose many"
	YesNo       Type = "yes-no"
	Declaration Type = "declaration"
	Consent     Type = "consent"
	File        Type = "file"
	Signature   Type = "signature" // on paper only: online there is no answer
	IDNumber    Type = "id-number"
	IBAN        Type = "iban"
	GroupOf     Type = "group"
	Repeat      Type = "repeat"
)

// Types returns every type in the order of the documentation.
func Types() []Type {
	return []Type{ShortText, LongText, Name, Email, Tel, URL, Number, Money, Date, DateRange, Month, Time, Address,
		ChooseOne, ChooseMany, YesNo, Declaration, Consent, File, Signature, IDNumber, IBAN, GroupOf, Repeat}
}

// in tells whether the type is one of a list.
func (t Type) in(list ...Type) bool {
	for _, o := range list {
		if t == o {
			return true
		}
	}
	return false
}

// otherNames are words people know from elsewhere; they are offered, not accepted.
var otherNames = map[string]Type{
	"radio": ChooseOne, "radios": ChooseOne, "select": ChooseOne, "dropdown": ChooseOne, "choice": ChooseOne, "choose": ChooseOne,
	"checkbox": ChooseMany, "checkboxes": ChooseMany, "multiple": ChooseMany, "textarea": LongText, "string": ShortText, "paragraph": LongText,
	"phone": Tel, "telephone": Tel, "mail": Email, "e-mail": Email, "link": URL, "website": URL, "web": URL, "integer": Number, "int": Number, "decimal": Number,
	"amount": Money, "price": Money, "currency": Money, "birthday": Date, "datetime": Date, "period": DateRange, "upload": File, "attachment": File,
	"photo": File, "image": File, "boolean": YesNo, "bool": YesNo, "yes/no": YesNo, "yes or no": YesNo, "agree": Declaration, "accept": Declaration, "terms": Declaration,
	"sign": Signature, "id": IDNumber, "id number": IDNumber, "account": IBAN, "bank account": IBAN, "fieldset": GroupOf, "list": Repeat, "rows": Repeat, "table": Repeat,
}

// maxCharacters is how long an answer may be where the form says nothing.
func (q *Question) maxCharacters() int {
	switch {
	case q.Rules.MaxCharacters > 0:
		return q.Rules.MaxCharacters
	case q.Type == LongText:
		return 5000
	case q.Type.in(Email, Tel):
		return 254 // RFC 5321: a forward path has 256 octets with its brackets
	case q.Type == URL:
		return 2000
	}
	return 500
}

// MaxLength is the greatest number of characters an answer may have, for the
// attribute maxlength; 0 where none is given.
func (q *Question) MaxLength() int {
	if q.Type.in(ShortText, LongText, Name, Email, URL) {
		return q.maxCharacters()
	}
	return 0
}

// Autocomplete is the token of the HTML attribute (WCAG 2.2, 1.3.5), "" for
// none: part is "", or "day", "month", "year", "street", "place", "postcode".
func (q *Question) Autocomplete(part string) string {
	switch {
	case q.Type.in(File, Declaration, Consent, ChooseMany, YesNo, Signature): // HTML gives these controls none
		return ""
	case q.Rules.OtherPerson || q.Rules.Autofill == "off" || q.Type == IDNumber || q.Type == IBAN:
		return "off"
	case q.Rules.Autofill != "" && part == "":
		return q.Rules.Autofill
	}
	switch q.Type {
	case Name, Email, Tel, URL:
		return string(q.Type)
	case Address: // “street-address” is for boxes of several lines
		return map[string]string{"street": "address-line1", "place": "address-level2", "postcode": "postal-code"}[part]
	case Date:
		if part != "" && (q.Rules.Autofill == "bday" || strings.Contains(q.ID, "birth")) {
			return "bday-" + part
		}
	}
	return ""
}
