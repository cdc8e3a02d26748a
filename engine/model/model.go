// Package model is what a matcher finds: the facts of both models and the
// instances that support them, compactly, by number.
//
// What flows in: stated facts, and what a matcher concludes. What flows out: the
// same, to the session that builds answers and traces of it. It never fires a
// rule.
package model

import (
	"encoding/binary"
	"math"
	"slices"
	"strconv"
	"strings"

	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
	"truce/rules/eval"
)

// Fact is a fact in the possible model, and in the certain one when its Status
// says so.
type Fact struct {
	Type   *facts.FactType
	Values []facts.Value // by field index, as the rules see them
	Status trace.Status
	Key    Key // of a stated fact; the zero Key for a concluded one

	// Blurred says that a field of the key is not known: the fact stands for one
	// or several real ones that look alike in form.
	Blurred bool
	// Copies is how many real facts it may stand for; -1 is without end.
	Copies int
	// Group is shared by alternatives of one key; 0 where there are none.
	Group int
	// Instances conclude it, in the order found.
	Instances []int
}

// Stated reports whether the fact is a stated one.
func (f *Fact) Stated() bool { return f.Key.Type != nil }

// Excludes reports whether two facts of one key cannot be the same: some field of
// theirs has no value in common.
func (f *Fact) Excludes(g *Fact) bool {
	for k := range f.Values {
		if !f.Values[k].MayEqual(g.Values[k]) {
			return true
		}
	}
	return false
}

// Member is the fact as expressions see it, called by a number.
func (f *Fact) Member(ref int) eval.Member {
	presence := facts.UnknownBool()
	if f.Status == trace.Certain {
		presence = facts.BoolOf(true)
	}
	return eval.Member{Fact: eval.Fact{Ref: ref, Values: f.Values}, Presence: presence,
		Copies: f.Copies, Group: f.Group, Blurred: f.Blurred}
}

// Key names a stated fact: its type, and the id that the case gives it.
type Key struct {
	Type     *facts.FactType
	ID       string // "" for the one of its type
	Unlisted bool   // stands for what an open type may have beyond the listed
}

// Absent is the number of a stated fact that is not there.
const Absent int32 = -1

// KeyOf is the key of a stated fact.
func KeyOf(f *facts.StatedFact) Key {
	if f.Type.Count == facts.One {
		return Key{Type: f.Type}
	}
	return Key{Type: f.Type, ID: f.ID}
}

// Name is how the fact is called everywhere.
func (k Key) Name() string {
	switch {
	case k.Unlisted:
		return k.Type.Name + "(*)"
	case k.Type.Count == facts.One:
		return k.Type.Name
	}
	return k.Type.Name + "(" + k.ID + ")"
}

// Instance is one choice of facts for the patterns of a rule, of which no test is
// false, and what one of the rule's conclusions makes of it.
type Instance struct {
	Rule       *rules.Rule
	Conclusion int   // in Rule.Then; -1 for a line of the report
	Fact       int   // what it concludes; -1 for a line
	Premises   []int // by fact slot
	Values     []facts.Value
	// Truth is the conjunction of the tests: true, unknown or a fault.
	Truth facts.Value
	// Failed is a fault of the conclusion itself, or the zero Value.
	Failed facts.Value
	// Total says that the instance is of a first-hit table that has a row for every
	// case, and that what its rows share is true: one row of it holds.
	Total bool
	// Status is Certain when every test is true and every premise certain.
	Status trace.Status
}

// Found is handed an instance of a rule: how it stands, and by fact slot the numbers of
// its premises among the facts of their types. It returns false when it wants no more.
type Found func(r *rules.Rule, status trace.Status, premises []int32) bool

// Model is the outcome of a run. Numbers of facts and instances are positions.
type Model struct {
	Facts     []Fact
	Instances []Instance // of concluded facts
	Lines     []Instance // of lines of the report
	ByType    [][]int    // facts by type index, in canonical order

	members [][]eval.Member
}

// New is an empty model over a schema.
func New(schema *facts.Schema) *Model {
	n := len(schema.Types)
	return &Model{ByType: make([][]int, n), members: make([][]eval.Member, n)}
}

// Env is an environment that sees the model. Only the bound facts and values are
// to be filled in.
func (m *Model) Env(p eval.Parameters, asOf int64, work *int) *eval.Env {
	return &eval.Env{Parameters: p, AsOf: asOf, Work: work, Members: m.Members}
}

// PremisesCertain reports whether every premise of an instance is certain.
func (m *Model) PremisesCertain(in *Instance) bool {
	for _, p := range in.Premises {
		if m.Facts[p].Status != trace.Certain {
			return false
		}
	}
	return true
}

// Bound is a fact as an environment binds it.
func (m *Model) Bound(i int) eval.Fact { return eval.Fact{Ref: i, Values: m.Facts[i].Values} }

// Members are the facts of a type as aggregates see them. They are computed once,
// so the type must be complete by then.
func (m *Model) Members(t *facts.FactType) []eval.Member {
	if m.members[t.Index] == nil {
		list := make([]eval.Member, 0, len(m.ByType[t.Index]))
		for _, i := range m.ByType[t.Index] {
			list = append(list, m.Facts[i].Member(i))
		}
		m.members[t.Index] = list
	}
	return m.members[t.Index]
}

// Settle puts the facts of a type into canonical order, known keys first.
func (m *Model) Settle(t *facts.FactType) {
	slices.SortFunc(m.ByType[t.Index], func(i, j int) int { return Compare(&m.Facts[i], &m.Facts[j]) })
}

// Compare puts facts of one type into canonical order.
func Compare(f, g *Fact) int {
	if f.Stated() && g.Stated() {
		if f.Key.Unlisted != g.Key.Unlisted {
			if f.Key.Unlisted {
				return 1
			}
			return -1
		}
		return strings.Compare(f.Key.ID, g.Key.ID)
	}
	if f.Blurred != g.Blurred {
		if f.Blurred {
			return 1
		}
		return -1
	}
	for _, k := range f.Type.Key {
		if c := f.Values[k].Compare(g.Values[k]); c != 0 {
			return c
		}
	}
	return slices.CompareFunc(f.Values, g.Values, facts.Value.Compare)
}

// Name is how the fact with a number is called.
func (m *Model) Name(i int) string { return m.Facts[i].Name() }

// Name is how a fact is called everywhere.
func (f *Fact) Name() string {
	if f.Stated() {
		return f.Key.Name()
	}
	return trace.Name(f.Type, f.Values, f.Group != 0 || f.Blurred)
}

// FormOf is a text, not for reading, that two facts of a type share exactly when the
// given values are the same in form.
func FormOf(values []facts.Value) string {
	var b []byte
	for _, v := range values {
		switch {
		case v.Kind() == facts.Text || v.Kind() == facts.Enum:
			b = strconv.AppendBool(b, v.IsKnown())
			b = binary.AppendUvarint(b, uint64(len(v.Text())))
			b = append(b, v.Text()...)
		case v.Kind() == facts.Number:
			lo, hi := v.Bounds()
			b = binary.BigEndian.AppendUint64(b, math.Float64bits(lo))
			b = binary.BigEndian.AppendUint64(b, math.Float64bits(hi))
		default:
			lo, hi := v.Ends()
			b = binary.AppendVarint(b, lo)
			b = binary.AppendVarint(b, hi)
		}
	}
	return string(b)
}
