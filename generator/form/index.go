package form

// This file is forms.json: all forms of a portal with their fields and schemas, so
// that another administration or a company finds and fills them by machine.

import "slices"

// Index is the content of forms.json.
type Index struct {
	Forms []IndexedForm `json:"forms"`
}

// IndexedForm is one form.
type IndexedForm struct {
	ID       string                 `json:"id"`
	Version  int                    `json:"version"`
	Schema   string                 `json:"schema"` // address of the JSON Schema
	Pages    map[string]IndexedPage `json:"pages"`  // by language
	Send     IndexedSend            `json:"send"`
	Seal     string                 `json:"seal,omitempty"` // address of the public key answers are sealed to
	Fee      string                 `json:"fee,omitempty"`
	Currency string                 `json:"currency,omitempty"`
	Fields   []IndexedField         `json:"fields"`
}

// IndexedPage is a form in one language.
type IndexedPage struct {
	Title string `json:"title"`
	URL   string `json:"url"`
}

// IndexedSend says where and in which encoding answers are taken.
type IndexedSend struct {
	Kind     string `json:"kind"`
	URL      string `json:"url,omitempty"`
	Encoding string `json:"encoding,omitempty"`
}

// IndexedField is one question.
type IndexedField struct {
	Name     string   `json:"name"` // as in the fields of the page; N stands for the number of a row
	Path     []string `json:"path"` // as in the JSON
	Type     string   `json:"type"`
	Label    string   `json:"label"`
	Required bool     `json:"required"`
	OnlyIf   []string `json:"only_if,omitempty"`
	Choices  []string `json:"choices,omitempty"`
}

// NewIndexedForm describes a form; editions are its languages, the base first.
// urls gives the address of a language's page.
func NewIndexedForm(editions []*Form, schema, seal string, urls map[string]string) IndexedForm {
	f := editions[0]
	out := IndexedForm{ID: f.ID, Version: f.Version, Schema: schema, Pages: map[string]IndexedPage{}, Seal: seal, Fields: []IndexedField{},
		Fee: f.Fee.Decimal, Send: IndexedSend{Kind: f.Send.Adapter, URL: f.Send.URL}}
	if f.Costs() {
		out.Currency = f.Currency
	}
	if f.Send.Posts() {
		out.Send.Encoding = f.Encoding()
	}
	for _, e := range editions {
		out.Pages[e.Language] = IndexedPage{e.Title.Value, urls[e.Language]}
	}
	for a := range f.All() {
		if a.Type == Signature {
			continue
		}
		field := IndexedField{Name: fieldName(a), Path: a.Path(), Type: string(a.Type), Label: a.Label.Value, Required: !a.Optional}
		for _, c := range a.Only {
			field.OnlyIf = append(field.OnlyIf, c.Source)
		}
		if a.Type.in(ChooseOne, ChooseMany) {
			field.Choices = slices.Clone(values(a.Question))
		}
		out.Fields = append(out.Fields, field)
	}
	return out
}

// fieldName is the name of a question's field, N standing for the row.
func fieldName(a *Asked) string {
	name := a.ID
	for p := a.Parent; p != nil; p = p.Parent {
		if p.Type == Repeat {
			name = "N-" + name
		}
		name = p.ID + "-" + name
	}
	return name
}

// Encoding is the encoding of the page's form element: multipart where files
// travel, sealed text where the form is sealed, else urlencoded.
func (f *Form) Encoding() string {
	if f.Seal == "" {
		for a := range f.All() {
			if a.Type == File {
				return "multipart/form-data"
			}
		}
	}
	return "application/x-www-form-urlencoded"
}

// JSON returns the index, indented.
func (x Index) JSON() []byte { return encode(x) }
