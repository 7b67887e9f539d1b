package theme

import (
	"fmt"
	"html/template"
	"strings"
	"text/template/parse"
)

// This file rewrites the templates of one language after html/template has
// escaped them, so that a page costs only what is its own. It changes nothing
// that html/template has judged: a text that is known already takes the place
// of the action that would fetch it, and what needs several calls needs one.

// folder holds what is known before a page is.
type folder struct {
	texts Texts
	icons map[string]string
}

// escaped tells which of html/template's escapers leave a text as [escaper]
// does: in text, in quoted attributes, in title and textarea.
var escaped = map[string]bool{
	"_html_template_htmlescaper": true, "_html_template_attrescaper": true, "_html_template_rcdataescaper": true,
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "'", "&#39;")

// fold rewrites every template of the set in place.
func (f folder) fold(tmpl *template.Template) {
	tmpl.Funcs(template.FuncMap{hrefName: href})
	for _, t := range tmpl.Templates() {
		if t.Tree != nil {
			f.list(t.Tree.Root)
		}
	}
}

func (f folder) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	kept := l.Nodes[:0]
	for _, n := range l.Nodes {
		switch n := n.(type) {
		case *parse.IfNode:
			f.branch(&n.BranchNode)
		case *parse.WithNode:
			f.branch(&n.BranchNode)
		case *parse.RangeNode:
			f.branch(&n.BranchNode)
		case *parse.ActionNode:
			if text, ok := f.constant(n.Pipe); ok {
				kept = appendText(kept, &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(text)})
				continue
			}
			joinAddress(n.Pipe)
			kept = append(kept, onlyIfSet(n))
			continue
		case *parse.TextNode:
			kept = appendText(kept, n)
			continue
		}
		kept = append(kept, n)
	}
	l.Nodes = kept
}

func (f folder) branch(n *parse.BranchNode) {
	f.list(n.List)
	f.list(n.ElseList)
}

// constant returns what an action such as {{t "nav.menu"}} always gives.
func (f folder) constant(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) == 0 || len(p.Cmds) > 2 || len(p.Cmds[0].Args) != 2 {
		return "", false
	}
	fn, arg, ok := call(p.Cmds[0])
	switch {
	case !ok:
		return "", false
	case len(p.Cmds) != 2 || !escaped[p.Cmds[1].String()]:
		return "", false // nothing is not nothing everywhere: a script needs its ""
	case fn == "uses":
		return "", true
	case fn == "t":
		return escaper.Replace(f.texts.Text(arg)), true
	case fn == "icon" && p.Cmds[1].String() == "_html_template_htmlescaper":
		return f.icons[arg], true
	}
	return "", false
}

// appendText joins a text to the one before it.
func appendText(nodes []parse.Node, n *parse.TextNode) []parse.Node {
	if len(n.Text) == 0 {
		return nodes
	}
	if k := len(nodes); k > 0 {
		if last, ok := nodes[k-1].(*parse.TextNode); ok {
			joined := append(append([]byte{}, last.Text...), n.Text...)
			nodes[k-1] = &parse.TextNode{NodeType: parse.NodeText, Pos: last.Pos, Text: joined}
			return nodes
		}
	}
	return append(nodes, n)
}

// onlyIfSet puts {{lang .Lang .Dir}} under a condition: nearly always a part
// is in the page's language, and asking costs less than calling.
func onlyIfSet(n *parse.ActionNode) parse.Node {
	if len(n.Pipe.Decl) > 0 || len(n.Pipe.Cmds) != 2 || len(n.Pipe.Cmds[0].Args) != 3 || n.Pipe.Cmds[0].Args[0].String() != "lang" ||
		n.Pipe.Cmds[1].String() != "_html_template_htmlnamefilter" {
		return n
	}
	test := &parse.PipeNode{NodeType: parse.NodePipe, Pos: n.Pos, Line: n.Line,
		Cmds: []*parse.CommandNode{{NodeType: parse.NodeCommand, Pos: n.Pos, Args: n.Pipe.Cmds[0].Args[1:2]}}}
	return &parse.IfNode{BranchNode: parse.BranchNode{NodeType: parse.NodeIf, Pos: n.Pos, Line: n.Line, Pipe: test,
		List: &parse.ListNode{NodeType: parse.NodeList, Pos: n.Pos, Nodes: []parse.Node{n}}}}
}

const hrefName = "_belfry_href"

// joinAddress replaces the three calls that html/template puts behind an
// address in a quoted attribute by one that does the same.
func joinAddress(p *parse.PipeNode) {
	k := len(p.Cmds)
	if k < 4 || p.Cmds[k-3].String() != "_html_template_urlfilter" || p.Cmds[k-2].String() != "_html_template_urlnormalizer" || p.Cmds[k-1].String() != "_html_template_attrescaper" {
		return
	}
	one := parse.NewIdentifier(hrefName).SetPos(p.Pos)
	p.Cmds = append(p.Cmds[:k-3:k-3], &parse.CommandNode{NodeType: parse.NodeCommand, Pos: p.Pos, Args: []parse.Node{one}})
}

// href is html/template's urlfilter, urlnormalizer and attrescaper in one: an
// address of an unknown scheme is refused unless it is a template.URL; what is
// no character of an address is written as %XX.
func href(v any) string {
	s, trusted := "", false
	switch v := v.(type) {
	case template.URL:
		s, trusted = string(v), true
	case string:
		s = v
	case nil:
		return ""
	default:
		s = fmt.Sprint(v)
	}
	return hrefOf(s, trusted)
}

func hrefOf(s string, trusted bool) string {
	if !trusted {
		if scheme, _, ok := strings.Cut(s, ":"); ok && !strings.Contains(scheme, "/") &&
			!strings.EqualFold(scheme, "http") && !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "mailto") {
			return "#ZgotmplZ"
		}
	}
	for i := 0; i < len(s); i++ {
		if !plainAddress[s[i]] {
			return encodeAddress(s)
		}
	}
	return s
}

// plainAddress are the bytes that stand for themselves in an address and in an
// attribute: unreserved and reserved ones of RFC 3986, without & and %.
var plainAddress = func() (ok [256]bool) {
	for _, c := range "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!#$*+,/:;=?@[]" {
		ok[c] = true
	}
	return ok
}()

func encodeAddress(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case plainAddress[c], c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			b.WriteByte(c)
		case c == '&':
			b.WriteString("&amp;")
		default:
			fmt.Fprintf(&b, "%%%02x", c)
		}
	}
	return b.String()
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
