package theme

import (
	"reflect"
	"strconv"
	"text/template/parse"
)

// This file turns templates that html/template has checked and escaped, and that
// fold.go has rewritten, into steps: functions that write a page at a tenth of what
// text/template needs, which looks up every field by its name and calls every escaper
// through reflection. What comes out is the same to the byte. A layout with anything
// that is not here is left to text/template as a whole, and so is a page in whose
// data a step meets anything odd: only text/template judges what is wrong.

// A step writes a part of a page.
type step func(r *run, s *scope)

// A value is what an expression gives; the zero Value is nothing.
type value func(r *run, s *scope) reflect.Value

// routine is one template as steps.
type routine struct {
	body step
	vars int // how many variables it needs at once, "$" among them
}

// translator makes the steps of one layout.
type translator struct {
	known    folder
	trees    func(name string) *parse.Tree
	routines map[string]*routine
	names    []string // variables in scope; the place is that of the value in scope.vars
	most     int
	odd      bool // something here is left to text/template
}

// translate returns the steps of a layout, nil where it has to be left to text/template.
func translate(root string, known folder, trees func(name string) *parse.Tree) *routine {
	t := &translator{known: known, trees: trees, routines: map[string]*routine{}}
	out := t.routine(root)
	if t.odd {
		return nil
	}
	return out
}

func (t *translator) routine(name string) *routine {
	if r := t.routines[name]; r != nil {
		return r
	}
	r := &routine{}
	t.routines[name] = r // first, for templates that call themselves
	tree := t.trees(name)
	if tree == nil {
		t.odd = true
		return r
	}
	names, most := t.names, t.most
	t.names, t.most = []string{"$"}, 1
	r.body = t.list(tree.Root)
	r.vars = t.most
	t.names, t.most = names, most
	return r
}

func (t *translator) list(l *parse.ListNode) step {
	var steps []step
	if l != nil {
		for _, n := range l.Nodes {
			if st := t.node(n); st != nil {
				steps = append(steps, st)
			}
		}
	}
	if len(steps) == 1 {
		return steps[0]
	}
	return func(r *run, s *scope) {
		for _, st := range steps {
			st(r, s)
		}
	}
}

// block is a list with variables of its own.
func (t *translator) block(l *parse.ListNode) step {
	mark := len(t.names)
	st := t.list(l)
	t.names = t.names[:mark]
	return st
}

func (t *translator) node(n parse.Node) step {
	switch n := n.(type) {
	case *parse.TextNode:
		text := n.Text
		return func(r *run, _ *scope) { r.out.Write(text) }
	case *parse.CommentNode:
		return nil
	case *parse.ActionNode:
		return t.action(n.Pipe)
	case *parse.IfNode:
		return t.branch(&n.BranchNode, false)
	case *parse.WithNode:
		return t.branch(&n.BranchNode, true)
	case *parse.RangeNode:
		return t.loop(n)
	case *parse.TemplateNode:
		to, with := t.routine(n.Name), value(nothing)
		if n.Pipe != nil {
			with = t.pipe(n.Pipe)
		}
		return func(r *run, s *scope) { r.call(to, with(r, s)) }
	}
	t.odd = true
	return nil
}

func nothing(*run, *scope) reflect.Value { return reflect.Value{} }

// action is {{.X}} with the escapers that html/template put behind it, or {{$x := .X}}.
func (t *translator) action(p *parse.PipeNode) step {
	if len(p.Decl) > 0 {
		if p.Cmds[0].String() == guardName {
			return nil // steps count themselves
		}
		v := t.pipe(p)
		return func(r *run, s *scope) { v(r, s) }
	}
	if len(p.Cmds) != 2 {
		t.odd = true
		return nil
	}
	write := writers[p.Cmds[1].String()]
	if write == nil {
		t.odd = true
		return nil
	}
	v := t.command(p.Cmds[0])
	return func(r *run, s *scope) {
		if r.out.Len() > r.most {
			r.leave()
		}
		write(r, open(v(r, s)))
	}
}

// pipe is the pipeline of a control structure, which may set a variable.
func (t *translator) pipe(p *parse.PipeNode) value {
	if len(p.Cmds) != 1 || len(p.Decl) > 1 {
		t.odd = true
		return nothing
	}
	inner := t.command(p.Cmds[0])
	if len(p.Decl) == 0 {
		return func(r *run, s *scope) reflect.Value { return open(inner(r, s)) }
	}
	at := t.declare(p.Decl[0], p.IsAssign)
	return func(r *run, s *scope) reflect.Value {
		v := open(inner(r, s))
		s.vars[at] = v
		return v
	}
}

// declare gives the place of a variable: a new one, or the one to be changed.
func (t *translator) declare(v *parse.VariableNode, assign bool) int {
	if assign {
		return t.lookup(v.Ident[0])
	}
	t.names = append(t.names, v.Ident[0])
	t.most = max(t.most, len(t.names))
	return len(t.names) - 1
}

func (t *translator) lookup(name string) int {
	for i := len(t.names) - 1; i >= 0; i-- {
		if t.names[i] == name {
			return i
		}
	}
	t.odd = true
	return 0
}

// branch is an if, or a with, which also moves the dot.
func (t *translator) branch(n *parse.BranchNode, with bool) step {
	mark := len(t.names)
	test := t.pipe(n.Pipe)
	then, otherwise := t.block(n.List), t.block(n.ElseList)
	t.names = t.names[:mark]
	return func(r *run, s *scope) {
		v := test(r, s)
		switch {
		case !truth(v):
			otherwise(r, s)
		case with:
			dot := s.dot
			s.dot = v
			then(r, s)
			s.dot = dot
		default:
			then(r, s)
		}
	}
}

// loop is a range over a list.
func (t *translator) loop(n *parse.RangeNode) step {
	mark := len(t.names)
	if len(n.Pipe.Cmds) != 1 || n.Pipe.IsAssign {
		t.odd = true
		return nil
	}
	over := t.command(n.Pipe.Cmds[0])
	var places []int // of the variables for the index and the element
	for _, d := range n.Pipe.Decl {
		places = append(places, t.declare(d, false))
	}
	body, otherwise := t.block(n.List), t.block(n.ElseList)
	t.names = t.names[:mark]
	return func(r *run, s *scope) {
		list := open(over(r, s))
		if k := list.Kind(); k != reflect.Slice && k != reflect.Array {
			r.leave()
		}
		if list.Len() == 0 {
			for _, at := range places {
				s.vars[at] = list
			}
			otherwise(r, s)
			return
		}
		dot := s.dot
		for i := range list.Len() {
			r.count()
			s.dot = list.Index(i)
			switch len(places) {
			case 1:
				s.vars[places[0]] = s.dot
			case 2:
				s.vars[places[0]], s.vars[places[1]] = reflect.ValueOf(i), s.dot
			}
			body(r, s)
		}
		s.dot = dot
	}
}

// command is one expression: a field, a variable, a constant or a function.
func (t *translator) command(c *parse.CommandNode) value {
	if len(c.Args) == 1 {
		return t.operand(c.Args[0])
	}
	id, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		t.odd = true
		return nothing
	}
	var args []value
	for _, a := range c.Args[1:] {
		args = append(args, t.operand(a))
	}
	if f := t.function(id.Ident, args); f != nil {
		return f
	}
	t.odd = true
	return nothing
}

func (t *translator) operand(n parse.Node) value {
	switch n := n.(type) {
	case *parse.DotNode:
		return func(_ *run, s *scope) reflect.Value { return s.dot }
	case *parse.FieldNode:
		return fields(func(_ *run, s *scope) reflect.Value { return s.dot }, n.Ident)
	case *parse.VariableNode:
		at := t.lookup(n.Ident[0])
		return fields(func(_ *run, s *scope) reflect.Value { return s.vars[at] }, n.Ident[1:])
	case *parse.StringNode:
		return constant(n.Text)
	case *parse.BoolNode:
		return constant(n.True)
	case *parse.NumberNode:
		if n.IsInt && n.Text == strconv.FormatInt(n.Int64, 10) {
			return constant(int(n.Int64))
		}
	case *parse.PipeNode:
		if len(n.Decl) == 0 {
			return t.pipe(n)
		}
	}
	t.odd = true
	return nothing
}

func constant(of any) value {
	v := reflect.ValueOf(of)
	return func(*run, *scope) reflect.Value { return v }
}
