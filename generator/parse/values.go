package parse

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"belfry/generator/diag"
	"belfry/generator/locale"
	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

// reader turns a YAML tree into a record checked against a table of fields.
type reader struct {
	file      string
	offset    int      // lines of the file before the tree's first
	lines     [][]byte // of the file
	currency  string
	languages []string
	layered   bool // the document follows one of a shared catalogue
	faults    diag.List
	nodes     int
}

// maxNodes bounds what aliases may unfold to: a front matter is small, and a
// bomb of aliases is not content.
const maxNodes = 20000

func (r *reader) at(n *yaml.Node) diag.Pos {
	p := diag.Pos{File: r.file, Line: r.offset + n.Line, Col: n.Column}
	if n.Kind != yaml.ScalarNode || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 || p.Line > len(r.lines) {
		return p
	}
	p.Len = utf8.RuneCountInString(n.Value)
	if quoted(n) {
		p.Len += 2
	}
	// A value may go on in the next line; what is marked ends with this one.
	p.Len = max(0, min(p.Len, utf8.RuneCount(r.lines[p.Line-1])-p.Col+1))
	return p
}

func quoted(n *yaml.Node) bool {
	return n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) != 0
}

// record reads a mapping. Keys are read in any case; an unknown one is a
// warning, one that stands twice an error.
func (r *reader) record(n *yaml.Node, fields []portal.Field) portal.Value {
	v := portal.Value{At: r.at(n)}
	n = r.follow(n)
	if n == nil || n.Kind != yaml.MappingNode {
		return v
	}
	seen := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		f := r.field(key, fields)
		if f == nil {
			continue
		}
		if seen[f.Name] {
			r.faults.Add("field/twice", r.at(key), "field", key.Value)
			continue
		}
		seen[f.Name] = true
		if got := r.value(value, f); got.Set() || got.Bad || got.Gone {
			v.Map = append(v.Map, portal.Member{Name: f.Name, Value: got})
		}
	}
	return v
}

func (r *reader) field(key *yaml.Node, fields []portal.Field) *portal.Field {
	written := strings.Map(visible, key.Value)
	var names []string
	for i := range fields {
		if strings.EqualFold(fields[i].Name, written) {
			return &fields[i]
		}
		names = append(names, fields[i].Name)
	}
	r.faults.Add("field/unknown", r.at(key), "field", key.Value, "guess", diag.Guess(key.Value, names))
	return nil
}

// visible drops the characters nobody sees, such as a zero-width space that
// came along from a word processor.
func visible(c rune) rune {
	if unicode.Is(unicode.Cf, c) {
		return -1
	}
	return c
}

func (r *reader) value(n *yaml.Node, f *portal.Field) portal.Value {
	n = r.follow(n)
	if n == nil || n.Tag == "!!null" {
		if r.layered && n != nil {
			return portal.Value{At: r.at(n), Gone: true}
		}
		return portal.Value{}
	}
	if !f.Many {
		return r.single(n, f)
	}
	if r.layered && isPatch(n) {
		return r.patch(n, f)
	}
	v := portal.Value{At: r.at(n), List: []portal.Value{}}
	if n.Kind != yaml.SequenceNode {
		one := r.single(n, f)
		v.Bad = one.Bad
		if one.Set() {
			v.List = append(v.List, one)
		}
		return v
	}
	for _, c := range n.Content {
		one := r.single(r.follow(c), f)
		v.Bad = v.Bad || one.Bad
		if one.Set() || f.Kind == portal.Record { // {} keeps its place in a translation
			v.List = append(v.List, one)
		}
	}
	return v
}

// isPatch tells a map over the items of a list, {id: {…}, old: null, +: […]},
// from a list's only item, whose members are no maps.
func isPatch(n *yaml.Node) bool {
	if n.Kind != yaml.MappingNode || len(n.Content) == 0 {
		return false
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		v := n.Content[i+1]
		if n.Content[i].Value != portal.Added && v.Kind != yaml.MappingNode && v.Kind != yaml.AliasNode && v.Tag != "!!null" {
			return false
		}
	}
	return true
}

// patch reads changes to the items of a catalogue's list.
func (r *reader) patch(n *yaml.Node, f *portal.Field) portal.Value {
	v := portal.Value{At: r.at(n), Patch: true, Map: []portal.Member{}}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], r.follow(n.Content[i+1])
		var got portal.Value
		switch {
		case value == nil:
			continue
		case v.Get(key.Value).Set() || v.Get(key.Value).Gone:
			r.faults.Add("field/twice", r.at(key), "field", key.Value)
			continue
		case key.Value == portal.Added:
			got = r.value(value, f)
			if got.Patch {
				r.faults.Add("field/shape", r.at(value), "field", portal.Added, "want", "a list")
				continue
			}
		case value.Tag == "!!null":
			got = portal.Value{At: r.at(key), Gone: true}
		case f.Kind == portal.Record:
			if got = r.record(value, f.Of); !got.Set() {
				continue
			}
			got.At = r.at(key)
		default:
			r.faults.Add("field/shape", r.at(value), "field", f.Name, "want", wanted(f))
			continue
		}
		v.Map = append(v.Map, portal.Member{Name: key.Value, Value: got})
	}
	return v
}

func (r *reader) single(n *yaml.Node, f *portal.Field) portal.Value {
	if n == nil {
		return portal.Value{}
	}
	switch f.Kind {
	case portal.Record:
		switch n.Kind {
		case yaml.MappingNode:
			return r.record(n, f.Of)
		case yaml.ScalarNode:
			lead := r.fieldNamed(f.Of, f.Lead)
			if got := r.scalar(n, lead); got.Set() || got.Bad {
				return portal.Value{At: got.At, Map: []portal.Member{{Name: lead.Name, Value: got}}}
			}
			return portal.Value{}
		}
	case portal.PerLang:
		switch n.Kind {
		case yaml.ScalarNode:
			return r.scalar(n, f)
		case yaml.MappingNode:
			return r.perLang(n, f)
		}
	case portal.Named:
		if n.Kind == yaml.MappingNode {
			return r.named(n)
		}
	default:
		if n.Kind == yaml.ScalarNode {
			return r.scalar(n, f)
		}
	}
	r.faults.Add("field/shape", r.at(n), "field", f.Name, "want", wanted(f))
	return portal.Value{At: r.at(n), Bad: true}
}

func (r *reader) fieldNamed(fields []portal.Field, name string) *portal.Field {
	for i := range fields {
		if fields[i].Name == name {
			return &fields[i]
		}
	}
	panic("parse: a record field has no lead " + name)
}

// named reads a map of the author's names to texts.
func (r *reader) named(n *yaml.Node) portal.Value {
	v := portal.Value{At: r.at(n), Map: []portal.Member{}}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], r.follow(n.Content[i+1])
		switch {
		case v.Get(key.Value).Set():
			r.faults.Add("field/twice", r.at(key), "field", key.Value)
		case value == nil || value.Kind != yaml.ScalarNode || strings.TrimSpace(value.Value) == "":
			r.faults.Add("field/shape", r.at(key), "field", key.Value, "want", "a text")
		default:
			v.Map = append(v.Map, portal.Member{Name: key.Value, Value: portal.Value{At: r.at(value), Text: strings.TrimSpace(value.Value)}})
		}
	}
	return v
}

// perLang reads a map of language to text.
func (r *reader) perLang(n *yaml.Node, f *portal.Field) portal.Value {
	v := portal.Value{At: r.at(n)}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], r.follow(n.Content[i+1])
		lang, err := locale.Canonical(key.Value)
		if err != nil {
			r.faults.Add("value/language", r.at(key), "field", f.Name, "value", clip(key.Value))
			continue
		}
		if v.Get(lang).Set() {
			r.faults.Add("field/twice", r.at(key), "field", key.Value)
			continue
		}
		if value != nil && (value.Tag == "!!null" || value.Kind == yaml.ScalarNode && strings.TrimSpace(value.Value) == "") {
			continue
		}
		if value == nil || value.Kind != yaml.ScalarNode {
			r.faults.Add("field/shape", r.at(key), "field", key.Value, "want", "a text")
			continue
		}
		v.Map = append(v.Map, portal.Member{Name: lang, Value: portal.Value{At: r.at(value), Text: strings.TrimSpace(value.Value)}})
	}
	return v
}

// follow resolves an alias, within bounds.
func (r *reader) follow(n *yaml.Node) *yaml.Node {
	r.nodes++
	if r.nodes > maxNodes {
		if r.nodes == maxNodes+1 {
			r.faults.Add("front-matter/too-many", r.at(n), "limit", strconv.Itoa(maxNodes))
		}
		return nil
	}
	if n.Kind == yaml.AliasNode {
		return n.Alias
	}
	return n
}
