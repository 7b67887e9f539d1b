package theme

import (
	"regexp"
	"strconv"
	"strings"
	"text/template/parse"

	"go.yaml.in/yaml/v4"

	"belfry/generator/diag"
)

// This file parses templates and finds what each layout can reach.

// set is what the component files define.
type set struct {
	trees    map[string]*parse.Tree // by template name
	owner    map[string]string      // template name → component
	messages map[string]bool        // keys of the English messages
	own      map[string]bool        // components with a file of the portal's
	seen     map[*parse.Tree]bool   // templates whose words were checked
	chain    int                    // how deep reach is
}

// parseAll parses every component. A file of the portal that fails is reported
// and the built-in one taken instead.
func (t *Theme) parseAll(faults *diag.List) *set {
	s := &set{trees: map[string]*parse.Tree{}, owner: map[string]string{}, messages: map[string]bool{}, own: map[string]bool{}, seen: map[*parse.Tree]bool{}}
	for _, f := range []map[string]file{builtIn(), t.files} {
		var keys map[string]yaml.Node
		if yaml.Unmarshal(f["messages/en.yaml"].data, &keys) == nil {
			for k := range keys {
				s.messages[k] = true
			}
		}
	}
	for _, name := range sortedKeys(t.files) {
		c, part := component(name)
		if c == "" {
			continue
		}
		if t.files[name].own {
			s.own[c] = true
		}
		if part != "html" {
			continue
		}
		for n, tree := range t.parse(name, faults) {
			if n == name {
				n = c
			}
			if other, taken := s.owner[n]; taken && other != c {
				faults.Add("theme/template", at(name, 0), "problem", "“"+n+"” is already defined by the component "+other)
				continue
			}
			s.trees[n], s.owner[n] = tree, c
		}
	}
	return s
}

// parse parses one file. Its own content is named by its path.
func (t *Theme) parse(name string, faults *diag.List) map[string]*parse.Tree {
	f := t.files[name]
	trees, err := parse.Parse(name, string(f.data), "", "", known)
	if err != nil {
		if !f.own {
			panic("theme: " + err.Error())
		}
		line, text := whereOf(err)
		faults.Add("theme/template", at(name, line), "problem", text)
		original, ok := builtIn()[name]
		if !ok {
			return nil
		}
		t.files[name] = original
		return t.parse(name, faults)
	}
	for n, tree := range trees {
		if n != name && parse.IsEmptyTree(tree.Root) {
			delete(trees, n)
			continue
		}
		squeeze(tree)
	}
	return trees
}

var position = regexp.MustCompile(`^(?:html/)?template: ?([^:]+):(\d+)(?::\d+)?: (.*)$`)

// whereOf takes the line and the sentence out of an error of the template packages.
func whereOf(err error) (line int, text string) {
	m := position.FindStringSubmatch(err.Error())
	if m == nil {
		return 0, err.Error()
	}
	line, _ = strconv.Atoi(m[2])
	return line, m[3]
}

// layout parses one layout and collects all it reaches; nil if it cannot be
// used and has no built-in original.
func (t *Theme) layout(name string, s *set, faults *diag.List) *layout {
	file := "layouts/" + name + ".html"
	before := len(*faults)
	l := &layout{name: name, root: file, trees: map[string]*parse.Tree{}}
	own := t.parse(file, faults)
	own[file].Name = file
	reached := map[string]bool{"base": true}
	t.reach(l, file, own, s, reached, faults)
	l.components = append([]string{"base"}, without(sortedKeys(reached), "base")...)
	if problem := l.probe(t, s); problem != nil && len(*faults) == before {
		line, text := whereOf(problem)
		where := file
		if m := position.FindStringSubmatch(problem.Error()); m != nil {
			where = m[1]
		}
		faults.Add("theme/template", at(where, line), "problem", text)
	}
	if len(*faults) > before && t.files[file].own && faults.Count(diag.Error) > 0 {
		// The page must still be shown: fall back to the built-in layout.
		if original, ok := builtIn()[file]; ok {
			t.files[file] = original
			var again diag.List
			return t.layout(name, s, &again)
		}
		return nil
	}
	l.css, l.script = t.sheet(l.components, false), t.code(l.components)
	return l
}

// maxChain is how many templates may call one another in a chain, each the next:
// html/template takes twice as long for each more. The base theme has 9.
const maxChain = 12

// reach adds a template and, through it, all it calls.
func (t *Theme) reach(l *layout, name string, own map[string]*parse.Tree, s *set, components map[string]bool, faults *diag.List) {
	if l.trees[name] != nil {
		return
	}
	tree := own[name]
	if tree == nil {
		tree = s.trees[name]
		components[s.owner[name]] = true
	}
	l.trees[name] = tree
	first := !s.seen[tree]
	s.seen[tree] = true
	report := func(n parse.Node, code string, args ...string) {
		if first {
			faults.Add(code, at(tree.ParseName, lineOf(tree, n)), args...)
		}
	}
	walk(tree.Root, func(n parse.Node) {
		switch n := n.(type) {
		case *parse.TemplateNode:
			if own[n.Name] == nil && s.trees[n.Name] == nil {
				report(n, "theme/unknown-component", "name", n.Name, "guess", diag.Guess(n.Name, sortedKeys(s.trees)))
				return
			}
			if s.chain == maxChain {
				report(n, "theme/template", "problem", "more than "+strconv.Itoa(maxChain)+" templates call one another in a chain")
				return
			}
			s.chain++
			t.reach(l, n.Name, own, s, components, faults)
			s.chain--
		case *parse.RangeNode:
			if !overView(n.Pipe) {
				report(n, "theme/template", "problem", "a range goes over a list of the view, such as {{range .Rows}}")
			}
		case *parse.CommandNode:
			fn, arg, ok := call(n)
			switch {
			case !ok:
			case fn == "uses":
				if !t.has(arg) {
					report(n, "theme/unknown-component", "name", arg, "guess", diag.Guess(arg, t.components()))
					return
				}
				components[arg] = true
			case fn == "icon" && t.icons[arg] == "":
				report(n, "theme/unknown-icon", "name", arg, "guess", diag.Guess(arg, sortedKeys(t.icons)))
			case (fn == "t" || fn == "tn") && !s.messages[arg]:
				report(n, "theme/unknown-message", "name", arg, "guess", diag.Guess(arg, sortedKeys(s.messages)))
			}
		}
	})
}

func (t *Theme) has(component string) bool {
	for _, part := range []string{"html", "css", "js"} {
		if _, ok := t.files["components/"+component+"/"+component+"."+part]; ok {
			return true
		}
	}
	return false
}

func (t *Theme) components() []string {
	all := map[string]bool{}
	for name := range t.files {
		if c, _ := component(name); c != "" {
			all[c] = true
		}
	}
	return sortedKeys(all)
}

// reportUnused warns of a portal's component that no layout reaches: most
// often its name is mistyped.
func (t *Theme) reportUnused(s *set, used map[string]bool, faults *diag.List) {
	builtIn := builtIn()
	for _, name := range sortedKeys(t.files) {
		if c, _ := component(name); c != "" && t.files[name].own && !used[c] {
			if _, known := builtIn[name]; !known {
				faults.Add("theme/unused-component", at(name, 0), "name", c, "guess", diag.Guess(c, sortedKeys(used)))
			}
		}
	}
}

// call reads a command with a constant first argument: t "nav.menu".
func call(n *parse.CommandNode) (fn, arg string, ok bool) {
	if len(n.Args) < 2 {
		return "", "", false
	}
	id, isID := n.Args[0].(*parse.IdentifierNode)
	text, isText := n.Args[1].(*parse.StringNode)
	if !isID || !isText {
		return "", "", false
	}
	return id.Ident, text.Text, true
}

// overView tells whether a range goes over a part of the view: a range over a
// number that a template makes up could run for hours.
func overView(p *parse.PipeNode) bool {
	if len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 1 {
		return false
	}
	switch n := p.Cmds[0].Args[0].(type) {
	case *parse.DotNode, *parse.FieldNode:
		return true
	case *parse.VariableNode:
		return len(n.Ident) > 1
	}
	return false
}

// lineOf is the line on which a node of a tree stands.
func lineOf(tree *parse.Tree, n parse.Node) int {
	where, _ := tree.ErrorContext(n)
	line, _ := strconv.Atoi(strings.Split(strings.TrimPrefix(where, tree.ParseName+":"), ":")[0])
	return line
}

// walk calls f for a node and every node below it, in order.
func walk(n parse.Node, f func(parse.Node)) {
	switch n := n.(type) {
	case *parse.ListNode:
		if n != nil {
			for _, c := range n.Nodes {
				walk(c, f)
			}
		}
		return
	case *parse.IfNode:
		walkBranch(&n.BranchNode, f)
	case *parse.WithNode:
		walkBranch(&n.BranchNode, f)
	case *parse.RangeNode:
		f(n)
		walkBranch(&n.BranchNode, f)
		return
	case *parse.ActionNode:
		walk(n.Pipe, f)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, f)
		}
	case *parse.PipeNode:
		for _, c := range n.Cmds {
			walk(c, f)
		}
	case *parse.CommandNode:
		for _, a := range n.Args {
			walk(a, f)
		}
	}
	f(n)
}

func walkBranch(n *parse.BranchNode, f func(parse.Node)) {
	walk(n.Pipe, f)
	walk(n.List, f)
	if n.ElseList != nil {
		walk(n.ElseList, f)
	}
}

func without(list []string, word string) []string {
	out := list[:0:0]
	for _, w := range list {
		if w != word {
			out = append(out, w)
		}
	}
	return out
}
