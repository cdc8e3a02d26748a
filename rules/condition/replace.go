package condition

import "truce/facts"

// Slotted is a variable that no file holds the text of: the value in a slot of an
// environment.
func Slotted(span facts.Span, typ facts.Type, name string, slot int) *Variable {
	return &Variable{built(span, typ, name), name, slot}
}

// Compared is a comparison that no file holds the text of.
func Compared(span facts.Span, text string, op Op, x, y Expr) *Binary {
	return &Binary{built(span, facts.Type{Kind: facts.Bool}, text), op, x, y}
}

// Replace is an expression with parts of it replaced. It asks of each part, parents
// first, what stands in its place: nil keeps the part, and its own parts are asked
// about. What stands in place of a part has its kind. The expression itself stays as
// it is; what keeps all its parts is shared.
func Replace(e Expr, with func(Expr) Expr) Expr {
	if r := with(e); r != nil {
		return r
	}
	parts := Children(e)
	replaced, changed := make([]Expr, len(parts)), false
	for i, p := range parts {
		replaced[i] = Replace(p, with)
		changed = changed || replaced[i] != p
	}
	if !changed {
		return e
	}
	return withChildren(e, replaced)
}

// withChildren is a copy of an expression with other direct subexpressions.
func withChildren(e Expr, cs []Expr) Expr {
	switch e := e.(type) {
	case *Unary:
		c := *e
		c.X = cs[0]
		return &c
	case *Binary:
		c := *e
		c.X, c.Y = cs[0], cs[1]
		return &c
	case *Conditional:
		c := *e
		c.Cond, c.Then, c.Else = cs[0], cs[1], cs[2]
		return &c
	case *Member:
		c := *e
		c.X = cs[0]
		return &c
	case *TextTest:
		c := *e
		c.X = cs[0]
		return &c
	case *Call:
		c := *e
		c.Args = cs
		return &c
	case *External:
		c := *e
		c.Args = cs
		return &c
	case *Aggregate:
		c := *e
		if e.Where != nil {
			c.Where, cs = cs[0], cs[1:]
		}
		if e.Of != nil {
			c.Of = cs[0]
		}
		return &c
	}
	return e
}
