package condition

import (
	"truce/facts"
	"truce/facts/source"
)

// Source is the text of an expression and the way from a stretch of it (rune
// offsets) to the place in its file.
type Source struct {
	Text   string
	SpanOf func(from, to int) facts.Span
	// Rewrite gives the edits of the file that put a text in the place of a stretch,
	// in whatever quotes it stands. Where there is none the text stands as it is.
	Rewrite func(from, to int, text string) []source.Edit
}

// Binding is a name that an earlier line of a rule has bound: to each fact of a
// type in turn (Fact set), or to a value (Type set).
type Binding struct {
	Slot int // of the rule's fact slots, or of its value slots
	Fact *facts.FactType
	Type facts.Type
}

// Parameter is a threshold as expressions see it.
type Parameter struct {
	Name  string
	Index int
	Type  facts.Type   // of the value, or of each of the points
	Table *facts.Names // the levels of a points table; nil for a plain value
}

// Scope is what an expression may name. It is read, never written.
type Scope struct {
	Schema     *facts.Schema
	Bindings   map[string]Binding
	Parameters map[string]*Parameter
	Declared   func(unit string) bool // unit names of the pack

	// Later holds names that a later line binds: they are not in scope, and the
	// diagnostic can say so.
	Later map[string]bool

	// Hints holds names that would be understood where the expression stands, though
	// not inside it: a diagnostic may suggest them.
	Hints []string

	// Unbound says why no name is bound at all, or is "".
	Unbound string

	// AllowContext lets the expression read context types, as the lines of a report
	// may and rules may not.
	AllowContext bool

	// Shapes spares expr's checker what it has seen; nil where every expression is
	// looked at.
	Shapes *Shapes
}
