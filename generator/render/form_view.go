package render

import "html/template"

// This file holds what a form's page shows: the views of the layouts "form" and
// "form-sent". Everything is settled here: names, ids, attributes, order and
// sentences; a template writes it down by the contract of form/README.md.

// Form is the content of the layout "form".
type Form struct {
	ID      string // "parking-permit": part of what stands at the foot of every sheet
	Version string // "3", as a number
	Intro   *Prose // before the first step; nil for none

	Fee      string // "12.00 €", "free"; empty where the form does not speak of money
	Total    bool   // answers cost: the page keeps room for a running total
	Minutes  string // "about 10 minutes"
	AtHand   []FormLine
	Services []Link // services this form belongs to

	Privacy *FormPrivacy // nil where the form says nothing
	Send    FormSend
	Steps   []FormStep
	Paper   FormPaper

	SpecFile template.URL // script with the form's data, before Script
	Script   template.URL // of all forms
	Schema   template.URL // JSON Schema of the answers
	Index    template.URL // forms.json: all forms of the portal
}

// FormLine is a text that may stand in another language than the page's.
type FormLine struct {
	Label string // in the page's language; may be empty
	Text  string
	Lang  TextLang // of Text
	Link  *Link    // instead of Text, or after it
}

// FormPrivacy is what Art. 13 of Regulation (EU) 2016/679 wants told before data
// is taken: who, why, on what ground, who else gets it, how long, which rights.
type FormPrivacy struct {
	Lines []FormLine
	More  *Link // the portal's privacy page
}

// FormSend says how answers travel, beside paper.
type FormSend struct {
	Posts    bool         // there is a button data-send
	Action   template.URL // of the form element, with Posts only
	Method   string       // "post", with Posts only
	Encoding string       // enctype, with Posts only
	Netlify  bool         // the form element also has: name (ID of the form), data-netlify="true", data-netlify-honeypot (Trap)
	Download bool         // answers can be saved as files: the buttons data-download
	Hidden   []FormHidden // hidden inputs of the form element
	Trap     string       // name of the field people leave empty: hidden by style, tabindex -1, autocomplete off

	Where string    // sentence: where the answers go
	Seal  *FormSeal // answers are sealed on the device: data-send is hidden, and a noscript says so
}

// FormHidden is one hidden field.
type FormHidden struct{ Name, Value string }

// FormSeal is the public key answers are sealed to.
type FormSeal struct {
	Fingerprint string // "1f2e 3d4c …", also on the office's own paper
	Key         Link   // the file of the key
}

// FormStep is a section of the form: data-step.
type FormStep struct {
	ID        string // of its heading
	Title     string // "" where questions stand before the first heading: a hidden heading, form.first, is written
	Lang      TextLang
	Condition *FormCondition
	Blocks    []FormBlock
}

// FormBlock is a part of a step: exactly one of its fields is set.
type FormBlock struct {
	Text     *Prose
	Group    *FormGroup
	Question *FormQuestion
}

// FormGroup is a heading of the third level and what stands below it: data-group.
type FormGroup struct {
	ID        string
	Title     string
	Lang      TextLang
	Condition *FormCondition
	Blocks    []FormBlock
}

// FormCondition is the sentence of a condition. Paper and old browsers show it;
// where Revealed is set, the page itself opens and closes the question, and on a
// screen of a browser that knows :has() the sentence may be hidden by style.
type FormCondition struct {
	Text     string // "Answer this only if: “How do you want to get the permit?” – “By post”"
	Lang     TextLang
	Revealed bool
}

// FormQuestion is one thing asked: data-q. Kind says how it is written:
//
//	input    a label and Input (type from Input.Type)
//	area     a label and Input as a textarea
//	file     a label and Input of type file
//	box      Input of type checkbox, then its label, which is the statement
//	select   a label and a select of Choices; its first option is empty and says form.choose
//	choices  a fieldset of Choices, radios or checkboxes
//	parts    a fieldset of Sets, each one or more inputs in a row
//	group    a fieldset of Questions
//	repeat   a fieldset of Rows
//	paper    nothing on the screen but a note: a signature line on paper
type FormQuestion struct {
	Name  string // "vehicles-1-plate": data-q, and the id of the one control
	Type  string // the word of the author: "text", "choose one"; for styles and for paper
	Kind  string
	Label string
	Lang  TextLang // of Label

	Optional  bool
	Hint      *Prose   // nil for none
	Notes     []string // what the rules say, in the page's language: "PDF or JPG, at most 5 MB each"
	HintID    string   // of the element data-hint that holds Hint and Notes; "" where there are none
	Condition *FormCondition

	Input     *FormInput
	Sets      []FormSet
	Choices   []FormChoice
	Questions []FormQuestion
	Rows      []FormRow
	Add       bool // a repeat with rows to add: data-add=Name

	Unit  string // after the box: "€"
	Comb  []int  // cells on paper, a number for each group: 2 2 4 for a date, 10 for a personal number; nil for a line
	Lines int    // lines on paper: 1, or 5 for a long text
}

// FormInput is one control. Attributes that are "" or 0 are not written.
type FormInput struct {
	ID, Name     string
	Label        string // of a part: "Day"; "" where the question's label is the control's
	Type         string // of the input element: text, email, tel, url, date, time, file, checkbox; "" for textarea and select
	Mode         string // inputmode
	Autocomplete string
	Pattern      string
	Min, Max     string // of type date
	Step         string
	Accept       string
	MaxLength    int
	Width        int  // characters the box should hold; 0 for the whole measure
	Rows         int  // of a textarea
	Required     bool // the attribute; what a condition may hide never has it
	Multiple     bool
	Placeholder  bool // placeholder=" ", for the rules of style
	Value        string
	Dir          string // ltr for what is never written from right to left
	DescribedBy  string // ids; the hint's
	Comb         int    // cells on paper of a part: 2 for a day; 0 for a line
}

// FormSet is inputs that stand in a row: a date, an address, or one end of a
// period.
type FormSet struct {
	ID     string // of the legend
	Legend string // "From"; "" for the only set of a question
	Inputs []FormInput
	Wide   bool // each input on a line of its own: an address
}

// FormChoice is one answer that may be chosen: an input and its label, or an
// option.
type FormChoice struct {
	ID, Name string
	Type     string // radio or checkbox; an option has no need of it
	Value    string
	Label    string
	Lang     TextLang
	Hint     *Prose
	HintID   string // "" without a hint
	Price    string // "+ 2.50 €"
	Checked  bool   // also selected
	Required bool   // radios: on each; checkboxes never
}

// FormRow is one row of a repeat: data-row=Name, data-min=Min.
type FormRow struct {
	Name      string // "vehicles-1"
	Label     string // "Vehicle 1"
	Lang      TextLang
	Min       int
	Questions []FormQuestion
	Remove    bool // it may be taken away again
}

// FormPaper is what stands only on paper.
type FormPaper struct {
	Office  *Contact // where to bring it; nil where nobody is named
	Line    string   // "parking-permit · version 3 · English"
	Address string   // of the page, absolute; "" without base_url
	Code    *QR      // the same address as a QR code; nil without base_url
}

// QR is a code of squares, drawn in a file of its own: only paper needs it.
type QR struct {
	Src  template.URL
	Size int // modules, with the quiet zone
}

// FormSent is the content of the layout "form-sent": the page people see when
// the answers are on their way.
type FormSent struct {
	Form    Link
	Next    []string // sentences: what happens now
	Contact *Contact
	More    []Link // services the form belongs to
}
