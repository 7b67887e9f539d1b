package editors

// This file finds and lengthens short forms. belfry reads "cost: free" as the
// list it stands for; a CMS knows one shape for a field, shows another as empty
// and saves it so. The long form means the same.

import (
	"strings"

	"belfry/generator/portal"
	"go.yaml.in/yaml/v4"
)

// LongForms returns a document whose front matter holds every value in the shape
// of its field, and the names of the fields that were short. What can only be
// lengthened by hand, as it goes over several lines, is in left.
func LongForms(raw []byte, fields []portal.Field) (out []byte, changed, left []string) {
	head, at, ok := frontMatter(string(raw))
	if !ok {
		return raw, nil, nil
	}
	lines := strings.Split(head, "\n")
	var doc yaml.Node
	if yaml.Unmarshal([]byte(head), &doc) != nil || len(doc.Content) == 0 || doc.Content[0].Kind != yaml.MappingNode {
		return raw, nil, nil
	}
	members := doc.Content[0].Content
	for i := 0; i+1 < len(members); i += 2 {
		for j := range fields {
			f := &fields[j]
			if f.Name != members[i].Value {
				continue
			}
			switch done, short := lengthen(lines, members[i+1], f); {
			case short && done:
				changed = append(changed, f.Name)
			case short:
				left = append(left, f.Name)
			}
		}
	}
	return []byte(string(raw[:at]) + strings.Join(lines, "\n") + string(raw[at+len(head):])), changed, left
}

// frontMatter returns the YAML of a document and where it begins.
func frontMatter(text string) (head string, at int, ok bool) {
	start := strings.Index(text, "---\n")
	if start < 0 || strings.TrimLeft(text[:start], "\uFEFF \t\r\n") != "" {
		return "", 0, false // also with CRLF: such a file is left alone
	}
	at = start + 4
	end := strings.Index("\n"+text[at:], "\n---")
	if end < 0 {
		return "", 0, false
	}
	return text[at : at+max(0, end-1)], at, true
}

func lengthen(lines []string, n *yaml.Node, f *portal.Field) (done, short bool) {
	if n.Tag == "!!null" {
		return false, false
	}
	if f.Many && n.Kind == yaml.SequenceNode {
		if f.Kind != portal.Record {
			return false, false
		}
		done = true
		for i := len(n.Content) - 1; i >= 0; i-- { // from the end: places before it stay
			if c := n.Content[i]; c.Kind == yaml.ScalarNode {
				short = true
				done = replaceScalar(lines, c, "{"+f.Lead+": "+flow(c.Value)+"}") && done
			}
		}
		return done, short
	}
	text := flow(n.Value)
	switch {
	case f.Kind == portal.Record && n.Kind == yaml.ScalarNode:
		text = "{" + f.Lead + ": " + text + "}"
	case !f.Many:
		return false, false
	}
	if f.Many {
		text = "[" + text + "]"
	}
	return n.Kind == yaml.ScalarNode && replaceScalar(lines, n, text), true
}

// flow writes a text inside a flow collection.
func flow(s string) string {
	if q := scalar(s); q != s || !strings.ContainsAny(s, ",[]{}") {
		if digits := strings.Trim(s, "0123456789.-"); digits == "" && q != s {
			return s // a number or a date stays one
		}
		return q
	}
	return `"` + s + `"`
}

// replaceScalar puts a text in the place of a scalar that begins and ends on one
// line.
func replaceScalar(lines []string, n *yaml.Node, text string) bool {
	if n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0 || n.Line < 1 || n.Line > len(lines) {
		return false
	}
	line := []rune(lines[n.Line-1])
	rest := string(line[n.Column-1:])
	end := 0
	switch {
	case strings.HasPrefix(rest, `"`), strings.HasPrefix(rest, "'"):
		quote := rest[:1]
		for end = 1; ; end++ {
			if end >= len(rest) {
				return false
			}
			if rest[end] == '\\' && quote == `"` {
				end++
			} else if rest[end:end+1] == quote {
				if quote == "'" && strings.HasPrefix(rest[end+1:], "'") {
					end++
					continue
				}
				break
			}
		}
		end++
	case strings.HasPrefix(rest, n.Value):
		end = len(n.Value)
	default:
		return false // it goes on in the next line
	}
	lines[n.Line-1] = string(line[:n.Column-1]) + text + rest[end:]
	return true
}
