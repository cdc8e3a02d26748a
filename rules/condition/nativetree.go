package condition

import (
	"github.com/expr-lang/expr/ast"

	"truce/facts"
)

// rewriter turns a tree of expr's into one that expr can check and run: levels and
// days as integers, marked names, count(filter(..)) as len(filter(..)), and the
// rounding of an integer, which to expr is a number, left out. What a node became
// in our tree is found by where it begins.
type rewriter struct {
	shift      int          // from the tree's positions to ours
	integers   map[int]int  // literals of levels and days
	rounded    map[int]bool // floor, ceil and round of an integer
	aggregates map[int]bool
}

// nativeTree rewrites the tree that e was lowered from. The tree's own nodes are
// used up.
func nativeTree(e Expr, tree ast.Node, shift int) ast.Node {
	r := &rewriter{shift, map[int]int{}, map[int]bool{}, map[int]bool{}}
	Walk(e, func(e Expr) bool {
		switch e := e.(type) {
		case *Literal:
			if k := e.Value.Kind(); k == facts.Date || k == facts.Scale {
				r.integers[e.from] = int(e.Value.Integer())
			}
		case *Member:
			for i, v := range e.Set {
				if v.Kind() == facts.Scale {
					r.integers[e.at[i]] = int(v.Integer())
				}
			}
		case *Call:
			if e.Func >= Floor && e.Func <= Round && e.Args[0].Type().Kind == facts.Integer {
				r.rounded[e.from] = true
			}
		case *Aggregate:
			r.aggregates[e.from] = true
		}
		return true
	})
	return r.node(tree)
}

func (r *rewriter) node(n ast.Node) ast.Node {
	at := n.Location().From + r.shift
	if i, ok := r.integers[at]; ok && isLiteral(n) {
		with := &ast.IntegerNode{Value: i}
		with.SetLocation(n.Location())
		return with
	}
	switch n := n.(type) {
	case *ast.UnaryNode:
		n.Node = r.node(n.Node)
	case *ast.BinaryNode:
		n.Left, n.Right = r.node(n.Left), r.node(n.Right)
	case *ast.ConditionalNode:
		n.Cond, n.Exp1, n.Exp2 = r.node(n.Cond), r.node(n.Exp1), r.node(n.Exp2)
	case *ast.ArrayNode:
		r.nodes(n.Nodes)
	case *ast.PredicateNode:
		n.Node = r.node(n.Node)
	case *ast.CallNode:
		r.nodes(n.Arguments)
		if id, ok := n.Callee.(*ast.IdentifierNode); ok {
			id.Value = functionMark + id.Value
		}
	case *ast.BuiltinNode:
		r.nodes(n.Arguments)
		return r.builtin(n, at)
	}
	return n
}

func (r *rewriter) nodes(ns []ast.Node) {
	for i := range ns {
		ns[i] = r.node(ns[i])
	}
}

func (r *rewriter) builtin(n *ast.BuiltinNode, at int) ast.Node {
	if r.rounded[at] && (n.Name == "floor" || n.Name == "ceil" || n.Name == "round") {
		return n.Arguments[0]
	}
	if r.aggregates[at] || n.Name == "filter" || n.Name == "map" {
		if id, ok := n.Arguments[0].(*ast.IdentifierNode); ok {
			id.Value = collectionMark + id.Value
		}
		if n.Name == "count" && len(n.Arguments) == 1 {
			n.Name = "len"
		}
	}
	return n
}

func isLiteral(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.StringNode:
		return true
	case *ast.BuiltinNode:
		return n.Name == "date"
	}
	return false
}
