package condition

import (
	"regexp"

	"truce/facts"
)

// Expr is a checked expression: a tree whose every node has a type and a span.
// Trees are immutable and shared; the evaluators (rules/eval, engine/network)
// switch over the concrete types below, which are all there are.
type Expr interface {
	// Span is where the expression stands in its file.
	Span() facts.Span
	// Type is the type of its value.
	Type() facts.Type
	// Text is the expression as it was written.
	Text() string
}

// node is what all expressions have.
type node struct {
	span facts.Span
	typ  facts.Type
	text string
	from int // where text begins in the source's text, in runes; -1 where it does not
}

func (n *node) Span() facts.Span { return n.span }
func (n *node) Type() facts.Type { return n.typ }
func (n *node) Text() string     { return n.text }

// Literal is a known value. A bare literal has no unit of its own and took the
// other side's.
type Literal struct {
	node
	Value facts.Value
}

// Variable is a value bound by an earlier line of the rule: "warm".
type Variable struct {
	node
	Name string
	Slot int // of the rule's value slots
}

// FieldOf is a field of a fact bound by a pattern: "e.wind".
type FieldOf struct {
	node
	Name  string // the pattern's
	Slot  int    // of the rule's fact slots
	Fact  *facts.FactType
	Field *facts.Field
}

// ElementField is a field of the fact in turn inside a quantifier or an
// aggregate: ".points".
type ElementField struct {
	node
	Fact  *facts.FactType
	Field *facts.Field
}

// Threshold is a named parameter of the pack: "threshold.strong_wind".
type Threshold struct {
	node
	Name  string
	Index int // in the pack's thresholds
}

// AsOf is the case's date, "case.as_of".
type AsOf struct{ node }

// Op is an operator.
type Op uint8

// The operators. Their names in packs are those of OpNames.
const (
	Not Op = iota + 1
	Neg
	And
	Or
	Eq
	Ne
	Lt
	Le
	Gt
	Ge
	Add
	Sub
	Mul
	Div
	Mod
)

var opNames = [...]string{"", "not", "-", "and", "or", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%"}

func (o Op) String() string { return opNames[o] }

// Compares reports whether the operator is a comparison.
func (o Op) Compares() bool { return o >= Eq && o <= Ge }

// Opposite is the comparison that holds where a comparison does not.
func (o Op) Opposite() Op {
	switch o {
	case Eq:
		return Ne
	case Ne:
		return Eq
	case Lt:
		return Ge
	case Le:
		return Gt
	case Gt:
		return Le
	default:
		return Lt
	}
}

// Mirrored is the comparison of y with x that says what the operator says of x with y.
func (o Op) Mirrored() Op {
	switch o {
	case Lt:
		return Gt
	case Le:
		return Ge
	case Gt:
		return Lt
	case Ge:
		return Le
	default:
		return o
	}
}

// Unary is "not x" or "-x".
type Unary struct {
	node
	Op Op
	X  Expr
}

// Binary is "x op y". "a and b and c" is two of them, leaning left.
type Binary struct {
	node
	Op   Op
	X, Y Expr
}

// Conditional is "c ? x : y".
type Conditional struct {
	node
	Cond, Then, Else Expr
}

// Member is "x in [a, b]": whether x equals one of the literals. "x not in ..."
// is a Not of it.
type Member struct {
	node
	X   Expr
	Set []facts.Value
	at  []int // where each literal begins, as node.from
}

// TextTest is a test of a text against a constant pattern.
type TextTest struct {
	node
	Test    string // contains, startsWith, endsWith, matches
	X       Expr
	Pattern string
	Regexp  *regexp.Regexp // of matches; otherwise nil
}

// Function is a function that the language computes itself, over intervals too.
type Function uint8

// The functions.
const (
	Known  Function = iota + 1 // known(x): true, or unknown; never false, for a later value would make it true
	Ramp                       // ramp(x, a, b): 0 up to a, 1 from b, a line between; a < b
	Abs                        // abs(x)
	Floor                      // floor(x)
	Ceil                       // ceil(x)
	Round                      // round(x): half away from zero
	Min                        // min(x, y, ...)
	Max                        // max(x, y, ...)
	Points                     // points(level, threshold.table): the points of a level
)

var functionNames = [...]string{"", "known", "ramp", "abs", "floor", "ceil", "round", "min", "max", "points"}

func (f Function) String() string { return functionNames[f] }

// Call is a call of one of the language's own functions. Of Points, the second
// argument is a Threshold whose parameter is a table.
type Call struct {
	node
	Func Function
	Args []Expr
}

// External is a call of one of expr's own deterministic scalar functions. It runs
// on known arguments and is unknown otherwise.
type External struct {
	node
	Name string
	Args []Expr
	// Run computes the value from known arguments. It is safe for concurrent use.
	Run func(args []facts.Value) facts.Value
}

// Form is the form of a quantifier or an aggregate over the facts of a type.
type Form uint8

// The forms.
const (
	None  Form = iota + 1 // none(T, p)
	Any                   // any(T, p)
	All                   // all(T, p)
	One                   // one(T, p): exactly one
	Count                 // count(T, p), len(T), len(filter(T, p))
	Sum                   // sum(T, x), sum(filter(T, p), x), sum(map(...))
	Least                 // min(map(T, x)), min(map(filter(T, p), x))
	Most                  // max(map(...))
	Mean                  // mean(map(...))
)

var formNames = [...]string{"", "none", "any", "all", "one", "count", "sum", "min", "max", "mean"}

func (f Form) String() string { return formNames[f] }

// Aggregate is a quantifier or an aggregate over the facts of a type: those for
// which Where holds (all of them when it is nil), and of each the value Of (nil
// for quantifiers and counts). For a quantifier Where is its predicate.
type Aggregate struct {
	node
	Form  Form
	Fact  *facts.FactType
	Where Expr
	Of    Expr
}

// Walk calls visit for e and every expression below it, parents first, in the
// order of writing, until visit returns false for a subtree.
func Walk(e Expr, visit func(Expr) bool) {
	if e == nil || !visit(e) {
		return
	}
	switch e := e.(type) {
	case *Unary:
		Walk(e.X, visit)
	case *Binary:
		Walk(e.X, visit)
		Walk(e.Y, visit)
	default:
		for _, c := range Children(e) {
			Walk(c, visit)
		}
	}
}

// Children are the direct subexpressions, in the order of writing.
func Children(e Expr) []Expr {
	switch e := e.(type) {
	case *Unary:
		return []Expr{e.X}
	case *Binary:
		return []Expr{e.X, e.Y}
	case *Conditional:
		return []Expr{e.Cond, e.Then, e.Else}
	case *Member:
		return []Expr{e.X}
	case *TextTest:
		return []Expr{e.X}
	case *Call:
		return e.Args
	case *External:
		return e.Args
	case *Aggregate:
		var cs []Expr
		if e.Where != nil {
			cs = append(cs, e.Where)
		}
		if e.Of != nil {
			cs = append(cs, e.Of)
		}
		return cs
	}
	return nil
}
