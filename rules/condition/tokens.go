package condition

import (
	"errors"
	"slices"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/file"
	"github.com/expr-lang/expr/parser/lexer"
)

// tokens are what expr's lexer makes of the repaired text, with the partner of
// each bracket.
type tokens struct {
	list    []lexer.Token
	partner []int // by token: index of the other bracket, or -1
}

// lex splits the repaired text and reports where expr's lexer cannot.
func (f *front) lex() bool {
	list, err := lexer.Lex(file.NewSource(f.text.string(f.src.Text)))
	if err != nil {
		f.lexError(err)
		return false
	}
	if n := len(list); n > 0 && list[n-1].Kind == lexer.EOF {
		list = list[:n-1]
	}
	f.tokens.list = list
	return true
}

func (f *front) lexError(err error) {
	var at *file.Error
	if !errors.As(err, &at) {
		f.report(codeSyntax.At(f.spanIn(0, len(f.text.runes)), "%s", err))
		return
	}
	if f.bannedIn(0, len(f.text.runes)) {
		return
	}
	from, to := clamp(at.From, at.To, len(f.text.runes))
	switch {
	case strings.Contains(at.Message, "escape"):
		f.report(codeEscape.At(f.spanIn(max(0, from-1), to), "a backslash cannot stand before this").
			Suggest("write two backslashes, or put the text in backquotes: `\\d+`"))
	default:
		f.report(codeSyntax.At(f.spanIn(from, to), "this cannot be read: %s", at.Message))
	}
}

func clamp(from, to, n int) (int, int) {
	from = max(0, min(from, n-1))
	return from, max(from, min(to, n))
}

// balanced pairs the brackets, and reports those without a partner.
func (f *front) balanced() bool {
	t := &f.tokens
	t.partner = make([]int, len(t.list))
	var open []int
	ok := true
	for i, tok := range t.list {
		t.partner[i] = -1
		if tok.Kind != lexer.Bracket {
			continue
		}
		if strings.Contains("([{", tok.Value) {
			open = append(open, i)
			if len(open) > MaxDepth {
				f.report(codeTooDeep.At(f.spanIn(tok.From, tok.To), "brackets stand more than %d deep", MaxDepth).
					Suggest("bind parts of the expression to names on lines of their own"))
				return false
			}
			continue
		}
		if n := len(open); n > 0 && closing(t.list[open[n-1]].Value) == tok.Value {
			t.partner[i], t.partner[open[n-1]] = open[n-1], i
			open = open[:n-1]
			continue
		}
		ok = false
		f.report(codeBracket.At(f.spanIn(tok.From, tok.To), "nothing opens this %s", tok.Value).
			Suggest("delete it, or open it further to the left"))
	}
	for _, i := range open {
		ok = false
		tok := t.list[i]
		f.report(codeBracket.At(f.spanIn(tok.From, tok.To), "nothing closes this %s", tok.Value).
			Suggest("write %s where it ends", closing(tok.Value)))
	}
	return ok
}

func closing(open string) string {
	switch open {
	case "(":
		return ")"
	case "[":
		return "]"
	default:
		return "}"
	}
}

// index is the token that starts at a rune or after it.
func (t *tokens) index(from int) int {
	i, _ := slices.BinarySearchFunc(t.list, from, func(tok lexer.Token, at int) int { return tok.From - at })
	return i
}

// is reports whether the token at i is that operator or bracket.
func (t *tokens) is(i int, text string) bool {
	if i < 0 || i >= len(t.list) {
		return false
	}
	tok := t.list[i]
	return (tok.Kind == lexer.Operator || tok.Kind == lexer.Bracket) && tok.Value == text
}

// widen grows a stretch until each of its brackets has its partner inside.
func (t *tokens) widen(from, to int) (int, int) {
	left, right := from, to
	for i := t.index(from); i < len(t.list) && t.list[i].From < to; i++ {
		if p := t.partner[i]; p >= 0 {
			left, right = min(left, t.list[p].From), max(right, t.list[p].To)
		}
	}
	return left, right
}

// group is the stretch from a rune to the end of the bracketed group that the
// token at or after `behind` opens; to is returned when none does.
func (t *tokens) group(from, behind, to int) (int, int) {
	if i := t.index(behind); i < len(t.list) && t.list[i].Kind == lexer.Bracket && t.partner[i] > i {
		return from, t.list[t.partner[i]].To
	}
	return from, to
}

// stretch is where a subtree stands in the repaired text, operands, arguments and
// the brackets between them included. expr's own location is often the operator's
// alone.
func (l *lowerer) stretch(n ast.Node) (from, to int) {
	if s, ok := l.stretches[n]; ok {
		return s[0], s[1]
	}
	from, to = l.measure(n)
	l.stretches[n] = [2]int{from, to}
	return from, to
}

func (l *lowerer) measure(n ast.Node) (from, to int) {
	t, at := &l.f.tokens, n.Location()
	start, end := l.base+at.From, l.base+at.To
	span := func(first, last ast.Node) (int, int) {
		a, b := l.stretch(first)
		c, d := l.stretch(last)
		return t.widen(min(a, c), max(b, d))
	}
	switch n := n.(type) {
	case *ast.BinaryNode:
		return span(n.Left, n.Right)
	case *ast.UnaryNode:
		a, b := l.stretch(n.Node)
		return t.widen(min(start, a), max(b, end))
	case *ast.ConditionalNode:
		return span(n.Cond, n.Exp2)
	case *ast.ChainNode:
		return l.stretch(n.Node)
	case *ast.PredicateNode:
		return l.stretch(n.Node)
	case *ast.MemberNode:
		a, b := l.stretch(n.Node)
		if t.is(t.index(start), "[") {
			return t.group(a, start, end)
		}
		return t.widen(min(a, start), max(b, end))
	case *ast.SliceNode:
		a, _ := l.stretch(n.Node)
		return t.group(a, start, end)
	case *ast.CallNode:
		a, b := l.stretch(n.Callee)
		return t.group(a, b, end)
	case *ast.BuiltinNode:
		return t.group(start, end, end)
	case *ast.ArrayNode, *ast.MapNode:
		return t.group(start, start, end)
	}
	return start, end
}

// children are the direct parts of a tree of expr's.
func children(n ast.Node) []ast.Node { return appendChildren(nil, n) }

func appendChildren(to []ast.Node, n ast.Node) []ast.Node {
	switch n := n.(type) {
	case *ast.UnaryNode:
		return append(to, n.Node)
	case *ast.BinaryNode:
		return append(to, n.Left, n.Right)
	case *ast.ChainNode:
		return append(to, n.Node)
	case *ast.MemberNode:
		return append(to, n.Node, n.Property)
	case *ast.SliceNode:
		return append(to, some(n.Node, n.From, n.To)...)
	case *ast.CallNode:
		return append(append(to, n.Callee), n.Arguments...)
	case *ast.BuiltinNode:
		return append(to, n.Arguments...)
	case *ast.PredicateNode:
		return append(to, n.Node)
	case *ast.ConditionalNode:
		return append(to, n.Cond, n.Exp1, n.Exp2)
	case *ast.VariableDeclaratorNode:
		return append(to, n.Value, n.Expr)
	case *ast.SequenceNode:
		return append(to, n.Nodes...)
	case *ast.ArrayNode:
		return append(to, n.Nodes...)
	case *ast.MapNode:
		return append(to, n.Pairs...)
	case *ast.PairNode:
		return append(to, n.Key, n.Value)
	}
	return to
}

func some(ns ...ast.Node) []ast.Node {
	return slices.DeleteFunc(ns, func(n ast.Node) bool { return n == nil })
}
