package rules

import (
	"slices"

	"truce/facts"
	"truce/rules/condition"
)

// Pack is a loaded and checked rule pack. It is immutable and shared.
type Pack struct {
	Name    string
	Version string
	Doc     string
	Digest  string   // sha256 of what "sha256sum *.yaml" prints of the files, in hex
	Files   []File   // by name
	Digests []string // of each of Files: sha256, in hex
	// SourceOnly is set where extensions were left out (Options.SourceOnly).
	SourceOnly bool

	Schema      *facts.Schema
	Goal        Goal
	Thresholds  []*Threshold  // in pack order
	Constraints []*Constraint // in pack order
	Assumptions []*Assumption
	Rules       []*Rule  // in pack order, table rows among them
	Tables      []*Table // in pack order
	Strata      int      // rules of stratum 0 run first
	Claims      []*Claim
	Extensions  []*Extension
	Tests       []*Test
	Report      *Report // never nil

	leads []bool // by type: see Leads
}

// File is one file of a pack.
type File struct {
	Name string // relative to the pack's folder, with slashes
	Text string
}

// Goal is the field of a concluded type that answers the question of the pack.
type Goal struct {
	Type   *facts.FactType
	Field  *facts.Field
	Labels []Label // how the labels of cases map to goal values
}

// Label is a label that cases use for what happened.
type Label struct {
	Name   string
	Values []string // goal values that count as it
	Doc    string
}

// Extension is what the product adds to the source: all that a file with
// "extension: X01" declares.
type Extension struct {
	ID   string
	Doc  string
	Span facts.Span
}

// Threshold is a named parameter: a value, or a table of points for the levels of
// a scale.
type Threshold struct {
	Name      string
	Index     int // in Pack.Thresholds
	Doc       string
	Type      facts.Type    // of the value, or of each of the points
	Value     facts.Value   // zero for a table
	Table     *facts.Names  // the levels, for a table
	Points    []facts.Value // by level, for a table
	Plausible *facts.Value  // what robustness and counterfactuals may move it in
	Step      float64       // the grid on which it moves; 0 is the default, 1/1000 of the plausible width
	Basis     string        // cited, derived or judgement
	Cites     []string
	Because   string
	Extension string
	Span      facts.Span
	At        []facts.Span // where each of the points stands, by level, and then where the value does, if there is one
}

// Constraint is a condition over thresholds that every setting of them keeps.
type Constraint struct {
	Cond condition.Expr
	Span facts.Span
}

// Assumption is a field value that the pack states where a case is silent.
type Assumption struct {
	Type      *facts.FactType // of which there is one a case
	Field     *facts.Field
	Value     facts.Value
	Cites     []string
	Because   string
	Extension string
	Span      facts.Span
}

// Name is Type.field.
func (a *Assumption) Name() string { return a.Type.Name + "." + a.Field.Name }

// Rule concludes facts from facts. An instance of it is a choice of one fact for
// each pattern; it holds when every test holds.
type Rule struct {
	Name       string // unique; "table/row" for a row
	Index      int    // in Pack.Rules
	Theme      string // the file, without its ending
	Doc        string
	Says       *Template
	Cites      []string
	Extension  string // "" for what encodes the source
	When       []*Step
	Then       []*Conclusion // empty for a line of the report
	Stratum    int
	FactSlots  int // how many patterns
	ValueSlots int // how many bound values
	Row        *Row
	Span       facts.Span
}

// Each visits every expression of the rule's lines and conclusions, and each part of
// it. Its sentence is not among them: it is said when all is done.
func (r *Rule) Each(visit func(condition.Expr)) {
	all := func(e condition.Expr) bool {
		visit(e)
		return true
	}
	for _, s := range r.When {
		condition.Walk(s.Expr, all)
	}
	for _, c := range r.Then {
		for _, e := range c.Fields {
			condition.Walk(e, all)
		}
	}
}

// Own is the rule without what a row of a table says of other rows.
func (r *Rule) Own() *Rule {
	own := *r
	own.When = slices.DeleteFunc(slices.Clone(r.When), func(s *Step) bool { return s.NotRow != "" })
	return &own
}

// Row is what a rule that was a row of a decision table knows of it.
type Row struct {
	Table string
	Name  string
	Index int // of the row, from 0
	Hit   Hit
	// Common is how many steps of the rule the rows share: those before it.
	Common int
	// Total says that the table's last row has no condition of its own, so that one
	// row holds wherever the shared steps do.
	Total bool
}

// StepKind says what a line of "when" does.
type StepKind uint8

const (
	// Pattern binds a name to each fact of a type in turn.
	Pattern StepKind = iota + 1
	// Let binds a name to a value.
	Let
	// Condition must hold.
	Condition
)

// Step is one line of "when".
type Step struct {
	Kind  StepKind
	Name  string          // what it binds; "" for a condition
	Slot  int             // of the rule's fact slots (Pattern) or value slots (Let)
	Fact  *facts.FactType // of a pattern
	Expr  condition.Expr  // of a value or a condition
	Text  string          // as it was written
	Index int             // in Rule.When
	// NotRow is set on a condition that desugaring adds to a row of a table: that the
	// named row does not hold.
	NotRow string
	Span   facts.Span
}

// Conclusion is a fact that an instance concludes.
type Conclusion struct {
	Fact   *facts.FactType
	Fields []condition.Expr // by field index; every field has one
	Span   facts.Span
}

// Template is a sentence with expressions in braces.
type Template struct {
	Text  string // as it was written
	Parts []Part
	Span  facts.Span
}

// Part is a stretch of plain text, or the value of an expression, or of a field
// that the rule's own conclusion has.
type Part struct {
	Text  string
	Expr  condition.Expr
	Field *ConclusionField
}

// ConclusionField names a field of one of a rule's conclusions.
type ConclusionField struct {
	Conclusion int // in Rule.Then
	Field      *facts.Field
}

// Claim is one claim of the source, paraphrased.
type Claim struct {
	ID      string
	Section string
	Says    string
	Kinds   []string // rule, threshold, framing, read, bound
	Span    facts.Span
}

// Test is a pack's own test: a case made up for it, and what must come out. A row of a
// test is one by itself, called test/row.
type Test struct {
	Name   string
	Table  string // the test that it is a row of; "" for one without rows
	Doc    string
	Cites  []string
	Case   *facts.Case
	Expect Expectation
	Span   facts.Span // of its name
	Row    facts.Span // of all that a row says; zero for a test without rows
}

// Expectation is what a test expects of the finished run.
type Expectation struct {
	Answer   []string         // goal values that can hold, sorted; one alone: settled on it
	Holds    []condition.Expr // certainly true
	CanHold  []condition.Expr // not certainly false
	Cannot   []condition.Expr // certainly false
	Proof    []string         // rules that must be in the proof of the answer
	NotProof []string         // rules that must not be
	Fires    []string         // rules and lines of the report of which an instance certainly holds
	NotFires []string         // those of which none can hold
}
