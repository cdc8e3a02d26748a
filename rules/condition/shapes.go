package condition

import (
	"strings"
	"sync"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser/lexer"
)

// Shapes are the shapes of expressions that expr's checker has passed. The rules of
// a pack that compare a number with a number are asked about once. It is safe for
// concurrent use, and belongs to one loading of one pack.
type Shapes struct {
	mu     sync.Mutex
	passed map[string]bool
}

// NewShapes has none yet.
func NewShapes() *Shapes { return &Shapes{passed: map[string]bool{}} }

func (s *Shapes) has(key []byte) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.passed[string(key)]
}

func (s *Shapes) add(key []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.passed[string(key)] = true
}

// opinion is the second opinion on an expression, which is asked for once a shape. A
// refusal is never kept.
func (f *front) opinion(e Expr, tree ast.Node) error {
	shapes := f.scope.Shapes
	if shapes == nil {
		return secondOpinion(e, tree, f.want)
	}
	key, shared := f.shape(e)
	if shared && shapes.has(key) {
		return nil
	}
	err := secondOpinion(e, tree, f.want)
	if shared && err == nil {
		shapes.add(key)
	}
	return err
}

// shape is all that expr's checker sees of an expression that has passed ours: the
// tokens, which decide the tree, and the kinds of our nodes, which decide the types
// of its names. It sees a literal's type and not its value; of a name it sees the
// type alone, since the environment has no other names that it could meet. There is
// none where a pattern is matched, for the checker compiles it.
func (f *front) shape(e Expr) (key []byte, shared bool) {
	key = make([]byte, 0, 128)
	if f.want.kind == wantCondition {
		key = append(key, '?')
	}
	list := f.tokens.list
	for i, tok := range list {
		switch {
		case tok.Is(lexer.Operator, "matches") || tok.Kind == lexer.Bytes:
			return nil, false
		case tok.Kind == lexer.String:
			key = append(key, '"')
		case tok.Kind == lexer.Number && strings.ContainsAny(tok.Value, ".eE"):
			key = append(key, '.', '0')
		case tok.Kind == lexer.Number:
			key = append(key, '0')
		case tok.Kind == lexer.Identifier && !f.tokens.is(i+1, "("):
			key = f.appendName(key, i)
		default:
			key = append(key, tok.Value...)
		}
		key = append(key, 0)
	}
	Walk(e, func(e Expr) bool {
		key = append(key, byte(e.Type().Kind))
		return true
	})
	return key, true
}

// appendName appends what a word stands for: a field, a fact, a value, a fact type;
// the word itself where it means the same everywhere.
func (f *front) appendName(key []byte, i int) []byte {
	word := f.tokens.list[i].Value
	b, bound := f.scope.Bindings[word]
	switch {
	case f.tokens.is(i-1, "."):
		return append(key, 'f')
	case word == "true" || word == "false" || word == "nil":
	case bound && b.Fact != nil:
		return append(key, 'p')
	case bound:
		return append(key, 'v')
	case f.scope.Schema.Type(word) != nil:
		return append(key, 'T')
	}
	return append(append(key, '='), word...)
}
