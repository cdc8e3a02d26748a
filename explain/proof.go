package explain

import (
	"slices"

	"truce/engine/trace"
)

// ProofFormat is the version of the JSON form of Proof. Fields may be added to a
// version; none changes its meaning.
const ProofFormat = "truce.proof/1"

// Proof is the proof of one or more facts: a graph whose nodes are facts. It is the
// JSON document of that name as it stands.
type Proof struct {
	Format string   `json:"format"`
	Pack   PackRef  `json:"pack"`
	Case   CaseRef  `json:"case"`
	Roots  []string `json:"roots"` // ids of what is proved
	// OneOf says that one of the roots holds, and none need hold alone: they are what the
	// rows of a table come to that has a row for every case.
	OneOf      bool        `json:"one_of,omitempty"`
	Nodes      []*Node     `json:"nodes"` // each before what it first introduces
	Thresholds []Threshold `json:"thresholds,omitempty"`
}

// PackRef names the pack of a document.
type PackRef struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	Digest  string `json:"digest,omitempty"`
}

// CaseRef names the case of a document.
type CaseRef struct {
	ID    string `json:"id"`
	Title string `json:"title,omitempty"`
	AsOf  string `json:"as_of"`
	Tier  string `json:"tier,omitempty"`
}

// Node is a fact of a proof.
type Node struct {
	ID       string       `json:"id"`   // sha256 in hex; see the package's doc
	Fact     string       `json:"fact"` // its name
	Type     string       `json:"type"`
	Status   string       `json:"status"` // holds, can hold
	Height   int          `json:"height"` // 0 for a stated fact
	Stated   bool         `json:"stated,omitempty"`
	Unlisted bool         `json:"unlisted,omitempty"` // stands for what the case may not list
	Fields   []Field      `json:"fields"`
	By       *Derivation  `json:"by,omitempty"` // of least height; nil for a stated fact
	Others   int          `json:"other_derivations,omitempty"`
	Also     []Derivation `json:"also,omitempty"`   // the others, on request
	Rivals   []string     `json:"rivals,omitempty"` // other facts of the same key: at most one of all is so
	At       string       `json:"at,omitempty"`     // file:line:column of a stated fact
}

// Derivations are the ways in which the proof concludes the node: that of least
// height first; none of a stated fact.
func (n *Node) Derivations() []*Derivation {
	var list []*Derivation
	if n.By != nil {
		list = append(list, n.By)
	}
	for i := range n.Also {
		list = append(list, &n.Also[i])
	}
	return list
}

// Field is a field of a fact with all that is known of its value.
type Field struct {
	Field      string      `json:"field"`
	Key        bool        `json:"key,omitempty"` // part of the fact's name
	Value      Value       `json:"value"`
	Origin     string      `json:"origin"` // given, absent, assumed, known_later, concluded
	Mark       Mark        `json:"mark,omitempty"`
	Read       bool        `json:"read,omitempty"`  // something that this proof needs reads it
	Given      *Value      `json:"given,omitempty"` // what the case says of a value that was known only later
	Source     string      `json:"source,omitempty"`
	Quality    string      `json:"quality,omitempty"`
	From       string      `json:"from,omitempty"` // first day that the value speaks of
	To         string      `json:"to,omitempty"`   // last day
	KnownOn    string      `json:"known_on,omitempty"`
	Evidence   string      `json:"evidence,omitempty"`
	Note       string      `json:"note,omitempty"`
	At         string      `json:"at,omitempty"`
	Assumption *Assumption `json:"assumption,omitempty"`
}

// Assumption is why a field that the case leaves out has a value.
type Assumption struct {
	Name      string   `json:"name"` // Type.field
	Value     Value    `json:"value"`
	Because   string   `json:"because,omitempty"`
	Cites     []string `json:"cites,omitempty"`
	Extension string   `json:"extension,omitempty"`
	At        string   `json:"at,omitempty"`
}

// Derivation is one instance of a rule that concludes the node.
type Derivation struct {
	Rule       string      `json:"rule"`
	Theme      string      `json:"theme,omitempty"`
	Table      string      `json:"table,omitempty"`
	Row        string      `json:"row,omitempty"`
	Extension  string      `json:"extension,omitempty"`
	Says       string      `json:"says,omitempty"` // the rule's own sentence, filled in
	Cites      []string    `json:"cites,omitempty"`
	At         string      `json:"at"`
	Status     string      `json:"status"`
	Height     int         `json:"height"`
	Bindings   []Binding   `json:"bindings,omitempty"`
	Lets       []Let       `json:"values,omitempty"`
	Conditions []Condition `json:"conditions,omitempty"`
	Formulas   []Formula   `json:"formulas"`       // by field
	Uses       []string    `json:"uses,omitempty"` // ids of the facts that the conclusion rests on
}

// Binding is a name that a pattern bound to a fact.
type Binding struct {
	Name string `json:"name"`
	Fact string `json:"fact"`
	Node string `json:"node"` // its id
	// Needed says that the conclusion rests on the fact; the rule only looked at any
	// other.
	Needed bool   `json:"needed"`
	At     string `json:"at"`
}

// Let is a name that a line bound to a value.
type Let struct {
	Name  string `json:"name"`
	Text  string `json:"text"` // the expression
	Value Value  `json:"value"`
	At    string `json:"at"`
	Atoms []Atom `json:"atoms,omitempty"` // of a true-or-false value
	Reads
}

// Condition is a line that must hold.
type Condition struct {
	Text  string `json:"text"`
	Truth string `json:"truth"` // true, false, unknown, error
	At    string `json:"at"`
	// NotRow is the row of which the condition says that it does not hold.
	NotRow string `json:"not_row,omitempty"`
	Atoms  []Atom `json:"atoms"`
}

// Atom is a condition without "and", "or" or "not" around it.
type Atom struct {
	Text     string    `json:"text"`
	Truth    string    `json:"truth"`             // its own, negation aside
	Negated  bool      `json:"negated,omitempty"` // it stands under an odd number of "not"
	Decides  bool      `json:"decides"`           // the truth of the condition needs it
	Mark     Mark      `json:"mark"`
	Operands []Operand `json:"operands"`
	// Margin is how far the operands are from where the truth changes: positive
	// when the atom holds.
	Margin Value  `json:"margin,omitzero"`
	At     string `json:"at"`
	Reads
}

// Operand is one side of an atom.
type Operand struct {
	Text  string `json:"text"`
	Value Value  `json:"value"`
}

// Formula is how a field of the conclusion got its value.
type Formula struct {
	Field string `json:"field"`
	Text  string `json:"text"`
	Value Value  `json:"value"`
	At    string `json:"at,omitempty"`
	Atoms []Atom `json:"atoms,omitempty"` // of a true-or-false value
	Reads
}

// Reads are the places that a value was computed from.
type Reads struct {
	Fields     []string    `json:"reads,omitempty"`      // "Economy.inflation"
	Names      []string    `json:"bound,omitempty"`      // names bound by earlier lines
	Thresholds []string    `json:"thresholds,omitempty"` // names, in Proof.Thresholds
	AsOf       bool        `json:"as_of,omitempty"`
	Aggregates []Aggregate `json:"aggregates,omitempty"`
}

// Aggregate is a quantifier or an aggregate with all that it looked at: for one
// that found nothing, the leaf of the proof.
type Aggregate struct {
	Text  string `json:"text"`
	Form  string `json:"form"` // none, any, all, one, count, sum, min, max, mean
	Type  string `json:"type"`
	Value Value  `json:"value"`
	At    string `json:"at"`
	// Wanted is, of one that counted nothing, what a fact would have had to be like.
	Wanted string `json:"wanted,omitempty"`
	// Open says that there may be facts of the type that the case does not list.
	Open bool `json:"open,omitempty"`
	// Counted are the facts that were or may have been selected; Excluded were
	// looked at and were not. For "all" the selected are those that fail.
	Counted  []Member `json:"counted,omitempty"`
	Excluded []Member `json:"excluded,omitempty"`
}

// Member is a fact that an aggregate looked at.
type Member struct {
	Fact     string `json:"fact"`
	Node     string `json:"node,omitempty"` // its id, where it is part of the proof
	Selected string `json:"selected"`       // true, unknown, false, error
	Value    Value  `json:"value,omitzero"` // what is summed or compared
	// Rivals are facts of the same key beside it, where none of them is sure: at
	// most one of all is so, and they count as one.
	Rivals []string `json:"rivals,omitempty"`
	// RuledOutBy is a fact of the same key that is sure to be there, beside a member
	// that need not be: the member adds nothing.
	RuledOutBy string `json:"ruled_out_by,omitempty"`
}

// Threshold is a parameter that the proof compares with or computes from.
type Threshold struct {
	Name      string   `json:"name"`
	Value     Value    `json:"value,omitzero"`
	Points    []Point  `json:"points,omitempty"` // of a table
	Doc       string   `json:"doc,omitempty"`
	Basis     string   `json:"basis"`
	Because   string   `json:"because,omitempty"`
	Cites     []string `json:"cites,omitempty"`
	Extension string   `json:"extension,omitempty"`
	At        string   `json:"at"`
}

// Point is what a level is worth.
type Point struct {
	Level string `json:"level"`
	Value Value  `json:"value"`
}

// Options say what a proof holds.
type Options struct {
	// Alternatives adds the justifications beside the least one.
	Alternatives bool
}

// Of is the proof of facts, given by position in the trace.
func Of(t *trace.Trace, roots []int, o Options) *Proof {
	needs := newNeeder(t)
	b := &builder{t: t, o: o, ids: newHashes(t, needs), needs: needs, voc: VocabularyOf(t.Pack), read: map[trace.FieldRef]bool{}, used: map[int]bool{}}
	p := &Proof{Format: ProofFormat, Pack: PackOf(t), Case: CaseOf(t)}
	order := b.order(roots)
	for _, f := range roots {
		p.Roots = append(p.Roots, b.ids.of(f))
	}
	p.OneOf = oneHolds(t, roots)
	for _, f := range order {
		p.Nodes = append(p.Nodes, b.node(f))
	}
	for n, f := range order {
		b.markRead(p.Nodes[n], f)
	}
	p.Thresholds = b.thresholds()
	return p
}

// OfAnswer is the proof of the answer: of an open one, of each value that can hold; of
// one that is settled though none of its facts need hold alone, of all of them.
func OfAnswer(t *trace.Trace, o Options) *Proof {
	if a := &t.Answer; a.Settled && oneHolds(t, a.Values[0].Facts) {
		return Of(t, a.Values[0].Facts, o)
	}
	return Of(t, AnswerFacts(t), o)
}

// oneHolds reports whether one of several facts holds whichever it is: they are all that
// there is of their key, none holds for certain, and a row of a total table concludes
// one of them.
func oneHolds(t *trace.Trace, roots []int) bool {
	if len(roots) < 2 || len(t.Facts[roots[0]].Alternatives) != len(roots)-1 {
		return false
	}
	total := false
	for _, f := range roots {
		fact := &t.Facts[f]
		if fact.Status == trace.Certain || f != roots[0] && !slices.Contains(fact.Alternatives, roots[0]) {
			return false
		}
		total = total || slices.ContainsFunc(fact.Justifications, func(j int) bool { return t.Justifications[j].Total })
	}
	return total
}

// PackOf names the pack of a trace.
func PackOf(t *trace.Trace) PackRef {
	return PackRef{t.Pack.Name, t.Pack.Version, t.Pack.Digest}
}
