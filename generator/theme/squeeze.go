package theme

import (
	"strings"
	"text/template/parse"
)

// This file removes, once at load, the white space that only lays out a
// template for its author, so that pages need no minifier. The rule for
// authors: a line break with its indentation is nothing where it touches a tag
// or an action, and a space within words; a space written on a line is a space.

// squeezer walks the text of a template. It knows whether it stands inside a
// tag, where white space separates attributes and must stay.
type squeezer struct {
	inTag bool
	quote byte   // of the attribute value it stands in
	raw   string // element whose text is left alone: pre, textarea, script, style
	name  string // of the tag that is open
}

// squeeze rewrites the texts of a tree in place.
func squeeze(tree *parse.Tree) {
	s := &squeezer{}
	s.list(tree.Root)
}

func (s *squeezer) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	kept := l.Nodes[:0]
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.TextNode:
			n.Text = []byte(s.text(string(n.Text)))
			if len(n.Text) == 0 {
				continue
			}
		case *parse.IfNode:
			s.branch(&n.BranchNode)
		case *parse.WithNode:
			s.branch(&n.BranchNode)
		case *parse.RangeNode:
			s.branch(&n.BranchNode)
		}
		kept = append(kept, n)
	}
	l.Nodes = kept
}

// branch squeezes both ways of a branch from the same start; html/template
// makes sure that they end alike.
func (s *squeezer) branch(n *parse.BranchNode) {
	other := *s
	s.list(n.List)
	other.list(n.ElseList)
}

func (s *squeezer) text(in string) string {
	var out strings.Builder
	for i := 0; i < len(in); {
		c := in[i]
		switch {
		case s.raw != "":
			end := strings.Index(in[i:], "</"+s.raw)
			if end < 0 {
				out.WriteString(in[i:])
				return out.String()
			}
			out.WriteString(in[i : i+end])
			i += end
			s.raw = ""
			continue
		case s.quote != 0:
			if c == s.quote {
				s.quote = 0
			}
		case isSpace(c):
			j := i
			for j < len(in) && isSpace(in[j]) {
				j++
			}
			out.WriteString(s.space(in, i, j))
			i = j
			continue
		case s.inTag && (c == '"' || c == '\''):
			s.quote = c
		case s.inTag && c == '>':
			s.inTag = false
			switch s.name {
			case "pre", "textarea", "script", "style":
				s.raw = s.name
			}
		case !s.inTag && c == '<' && i+1 < len(in) && (in[i+1] == '/' || isLetter(in[i+1])):
			s.inTag, s.name = true, tagName(in[i+1:])
		}
		out.WriteByte(c)
		i++
	}
	return out.String()
}

// space is what remains of the white space in[i:j].
func (s *squeezer) space(in string, i, j int) string {
	if s.inTag {
		if j < len(in) && in[j] == '>' {
			return ""
		}
		return " "
	}
	breaks := strings.ContainsRune(in[i:j], '\n')
	edge := i == 0 || j == len(in) || in[i-1] == '>' || in[j] == '<'
	if breaks && edge {
		return ""
	}
	return " "
}

func tagName(s string) string {
	n := 0
	for n < len(s) && (isLetter(s[n]) || n > 0 && s[n] >= '0' && s[n] <= '9') {
		n++
	}
	return strings.ToLower(s[:n])
}

func isSpace(c byte) bool  { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
