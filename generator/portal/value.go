package portal

import "belfry/generator/diag"

// Value is one value of a front matter or of portal.yaml, checked against its
// field and still knowing where it stands. The zero Value is "not written".
type Value struct {
	At   diag.Pos
	Bad  bool   // written, but wrong and not used; the fault is reported already
	Lang string // of a text taken from another language than its document; usually ""
	Text string // a scalar, in canonical form: dates ISO 8601, periods and money as the locale package writes them
	List []Value
	Map  []Member

	// Of a document that follows one of a shared catalogue only, until [Resolve]:
	Gone  bool // null: what the catalogue has here is removed
	Patch bool // Map changes the catalogue's list: members are items by id, Added holds new ones
}

// Added is the member of a patch that holds the items put after the others.
const Added = "+"

// Member is one named value of a record.
type Member struct {
	Name  string
	Value Value
}

// Set reports whether the value was written.
func (v Value) Set() bool { return v.Text != "" || v.List != nil || v.Map != nil }

// member returns the named member of a record, or one that is not set. A value is
// large: this makes no copy of it.
func (v *Value) member(name string) *Value {
	for i := range v.Map {
		if v.Map[i].Name == name {
			return &v.Map[i].Value
		}
	}
	return &unset
}

var unset Value // never written

// Get returns the named member of a record, or the zero Value.
func (v Value) Get(name string) Value { return *v.member(name) }

// String returns the text of the named member, or "".
func (v Value) String(name string) string { return v.member(name).Text }

// Texts returns the scalars of the named list.
func (v Value) Texts(name string) []string {
	list := v.member(name).List
	if len(list) == 0 {
		return nil
	}
	out := make([]string, len(list))
	for i := range list {
		out[i] = list[i].Text
	}
	return out
}

// With returns a copy of the record in which the named member has the value.
func (v Value) With(name string, value Value) Value {
	out := v
	out.Map = append([]Member(nil), v.Map...)
	for i := range out.Map {
		if out.Map[i].Name == name {
			out.Map[i].Value = value
			return out
		}
	}
	out.Map = append(out.Map, Member{name, value})
	return out
}
