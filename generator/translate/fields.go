package translate

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"belfry/generator/portal"
)

// Fields that a translation does not have yet are put into the YAML tree of the
// whole field, which is then written anew: its lists and records keep their
// style, other fields their bytes.

// texting builds the value of one field at the top of a front matter.
type texting struct {
	fields []portal.Field
	source portal.Value // the source's record
}

// put sets the text at a key ("evidence.2.note") in the record node.
func (t texting) put(record *yaml.Node, key, text string) {
	putIn(record, t.fields, t.source, strings.Split(key, "."), text)
}

func putIn(record *yaml.Node, fields []portal.Field, source portal.Value, path []string, text string) {
	f := fieldOf(fields, path[0])
	value := member(record, f.Name)
	src := source.Get(f.Name)
	path = path[1:]
	if !f.Many {
		if f.Kind == portal.Record {
			asRecord(value, f)
			putIn(value, f.Of, src, path, text)
			return
		}
		setText(value, text)
		return
	}
	n, _ := strconv.Atoi(path[0])
	item := element(value, f, src, n-1)
	if f.Kind == portal.Record {
		asRecord(item, f)
		putIn(item, f.Of, src.List[n-1], path[1:], text)
		return
	}
	setText(item, text)
}

func fieldOf(fields []portal.Field, name string) *portal.Field {
	for i := range fields {
		if strings.ReplaceAll(fields[i].Name, " ", "_") == name {
			return &fields[i]
		}
	}
	panic("translate: no field " + name) // keys come from the same table
}

// member is the value under a key of a record; it is added where there is none.
func member(record *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(record.Content); i += 2 {
		if strings.EqualFold(visible(record.Content[i].Value), name) {
			if v := record.Content[i+1]; v.Kind == yaml.AliasNode {
				c := *v.Alias
				c.Anchor = ""
				record.Content[i+1] = &c
			}
			return record.Content[i+1]
		}
	}
	value := &yaml.Node{}
	record.Content = append(record.Content, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: name}, value)
	return value
}

// asRecord makes a record of a node; a plain text becomes its leading member.
func asRecord(n *yaml.Node, f *portal.Field) {
	switch n.Kind {
	case yaml.MappingNode:
		return
	case yaml.ScalarNode:
		if n.Value != "" {
			c := *n
			*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle,
				Content: []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: f.Lead}, &c}}
			return
		}
	}
	*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
	if f.Many {
		n.Style = yaml.FlowStyle
	}
}

// element is the item of a list that stands for an item of the source: the one
// with its id, else the one in its place. Items before it that are missing are
// added, as a translation's list is matched by place.
func element(list *yaml.Node, f *portal.Field, source portal.Value, n int) *yaml.Node {
	if list.Kind != yaml.SequenceNode {
		old := *list
		*list = yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq"}
		if old.Kind != 0 {
			list.Content = []*yaml.Node{&old}
		}
	}
	id := source.List[n].String("id")
	byID := false
	for _, item := range list.Content {
		if item.Kind != yaml.MappingNode {
			continue
		}
		if v := lookup(item, "id"); v != nil {
			byID = true
			if id != "" && v.Value == id {
				return item
			}
		}
	}
	if byID && id != "" {
		item := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
		setText(member(item, "id"), id)
		list.Content = append(list.Content, item)
		return item
	}
	for len(list.Content) <= n {
		item := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle}
		if f.Kind != portal.Record {
			item = &yaml.Node{}
			setText(item, source.List[len(list.Content)].Text) // a list of texts has no gaps
		}
		list.Content = append(list.Content, item)
	}
	return list.Content[n]
}

func lookup(record *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(record.Content); i += 2 {
		if strings.EqualFold(record.Content[i].Value, name) {
			return record.Content[i+1]
		}
	}
	return nil
}

// fill adds {} for the items of the source that a list does not reach, as fewer
// items would be told as a fault.
func fill(list *yaml.Node, f *portal.Field, source portal.Value) {
	if list.Kind != yaml.SequenceNode || f.Kind != portal.Record || slices.ContainsFunc(list.Content, func(n *yaml.Node) bool {
		return n.Kind == yaml.MappingNode && lookup(n, "id") != nil
	}) {
		return
	}
	for len(list.Content) < len(source.List) {
		list.Content = append(list.Content, &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: yaml.FlowStyle})
	}
}

func setText(n *yaml.Node, text string) {
	style := n.Style
	comments := [3]string{n.HeadComment, n.LineComment, n.FootComment}
	*n = yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: text, Style: style & (yaml.DoubleQuotedStyle | yaml.SingleQuotedStyle | yaml.LiteralStyle)}
	n.HeadComment, n.LineComment, n.FootComment = comments[0], comments[1], comments[2]
	switch {
	case strings.Contains(text, "\n"):
		n.Style = yaml.LiteralStyle
	case n.Style == 0 && scalar(text, true) != text:
		n.Style = yaml.DoubleQuotedStyle
	}
}

// setList writes a list of words, as the list there is written.
func setList(n *yaml.Node, words []string) {
	style := yaml.FlowStyle
	if n.Kind == yaml.SequenceNode {
		style = n.Style
	}
	*n = yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Style: style}
	for _, w := range words {
		item := &yaml.Node{}
		setText(item, w)
		n.Content = append(n.Content, item)
	}
}

// lines writes one field as YAML.
func lines(key string, value *yaml.Node) (string, bool) {
	doc := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Content: []*yaml.Node{{Kind: yaml.ScalarNode, Tag: "!!str", Value: key}, value}}
	raw, err := yaml.Dump(doc, yaml.WithV3Defaults(), yaml.WithIndent(2), yaml.WithLineWidth(-1))
	return string(bytes.TrimSuffix(raw, []byte("...\n"))), err == nil
}
