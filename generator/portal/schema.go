package portal

// Kind says how a scalar of a field is read.
type Kind uint8

// The kinds of values. Canonical forms are what Value.Text holds after parsing.
const (
	Text     Kind = iota // one line of text
	Markdown             // Markdown, possibly many lines
	Number               // decimal number
	Bool                 // true or false
	Day                  // YYYY-MM-DD
	Moment               // YYYY-MM-DD or YYYY-MM-DDTHH:MM, portal time
	Period               // "3 working days", "P3D"; kept as written once it can be read
	Money                // "12.50 EUR", "free"
	Enum                 // one of Field.Enum
	Ref                  // id of a document of type Field.Ref
	Tag                  // BCP 47 tag
	URL                  // http(s), mailto, tel or a path inside the portal
	Asset                // path of a file below the portal
	Hours                // opening hours
	Phone                // telephone number
	Email                // address without mailto:
	Record               // members of Field.Of
	PerLang              // a text, or a map of language to text
	Hash                 // stamp of a translation
	Named                // a map of names of the author's choice to texts
)

// Need says what a missing field means.
type Need uint8

// Needs, from CONTENT-MODEL: R fails the build, P is warned about and fails
// under `profile: sdg`, O is free.
const (
	Optional Need = iota
	Wanted
	Required
)

// Field is one field of a front matter: its name, how its value is read, and
// what it maps to. The table of fields is the one source for parsing, for
// translations, for editors' schemas and for the documentation.
type Field struct {
	Name string
	Kind Kind
	Many bool // a list; a single value is accepted
	Text bool // belongs to the language: a translation may hold it
	Need Need
	Enum []string
	Ref  string
	Of   []Field
	Lead string // member that a plain scalar stands for, in a Record
	Doc  string // one line for authors
	Term string // CPSV-AP or schema.org term
}

// Type is one kind of document.
type Type struct {
	Name   string // service
	Folder string // services
	Fields []Field
}

// Field returns the named field; nil where the type has none.
func (t *Type) Field(name string) *Field { return field(t.Fields, name) }

func field(fields []Field, name string) *Field {
	for i := range fields {
		if fields[i].Name == name {
			return &fields[i]
		}
	}
	return nil
}

// TypeByName returns the type of that name, or nil.
func TypeByName(name string) *Type {
	for i := range Types {
		if Types[i].Name == name {
			return &Types[i]
		}
	}
	return nil
}

// TypeByFolder returns the type whose documents live in the folder, or nil.
func TypeByFolder(folder string) *Type {
	for i := range Types {
		if Types[i].Folder == folder {
			return &Types[i]
		}
	}
	return nil
}

// Folders returns the folders of all types, in the order of the content model.
func Folders() []string {
	var out []string
	for _, t := range Types {
		if len(out) == 0 || out[len(out)-1] != t.Folder {
			out = append(out, t.Folder)
		}
	}
	return out
}
