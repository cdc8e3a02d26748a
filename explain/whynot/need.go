package whynot

import (
	"cmp"
	"slices"

	"truce/facts"
	"truce/rules/condition"
	"truce/rules/eval"
)

// need is one thing that would have to be otherwise.
type need struct {
	kind  needKind
	fact  int             // position in the trace, of a field or an absence; negative: a fact that is not there
	field *facts.Field    // of a field
	index int             // of a threshold
	typ   *facts.FactType // of a further fact
	wants []want          // of a further fact
	where condition.Expr  // what a further fact is asked that wants do not say; or nil
	many  int             // of further facts: how many
	set   Set             // of a field or a threshold
	now   facts.Value     // of a field or a threshold
	far   float64         // how far that is, at most 1
}

type needKind uint8

const (
	fieldNeed     needKind = iota + 1 // a field of a fact would have to be in the set
	moreNeed                          // there would have to be one more fact of a type
	absentNeed                        // a fact would have to be absent
	thresholdNeed                     // a threshold would have to be in the set
)

// want is what a field of a wanted fact would have to be.
type want struct {
	field *facts.Field
	set   Set
}

// way is a list of needs that would do together.
type way []need

func (w way) rank() (kind needKind, far float64) {
	for _, n := range w {
		kind, far = max(kind, n.kind), far+n.far
	}
	return kind, far
}

// mostWays bounds how many ways of one comparison are kept: the simplest.
const mostWays = 12

// simplest sorts ways: changes of fields before further facts, and those before
// absences and thresholds; then fewest needs, then least far.
func simplest(ways []way) []way {
	slices.SortStableFunc(ways, func(v, w way) int {
		vk, vf := v.rank()
		wk, wf := w.rank()
		return cmp.Or(cmp.Compare(vk, wk), cmp.Compare(len(v), len(w)), cmp.Compare(vf, wf))
	})
	if len(ways) > mostWays {
		ways = ways[:mostWays]
	}
	return ways
}

// alone turns needs into ways of one need each.
func alone(ns ...need) []way {
	ways := make([]way, len(ns))
	for i, n := range ns {
		ways[i] = way{n}
	}
	return ways
}

// joined is one way that does what several ways do together: needs of one field
// become one. It is false where they contradict.
func joined(ws ...way) (way, bool) {
	var out way
	for _, w := range ws {
		for _, n := range w {
			i := slices.IndexFunc(out, func(o need) bool {
				return n.kind == fieldNeed && o.kind == fieldNeed && o.fact == n.fact && o.field == n.field ||
					n.kind == thresholdNeed && o.kind == thresholdNeed && o.index == n.index ||
					n.kind == absentNeed && o.kind == absentNeed && o.fact == n.fact
			})
			if i < 0 {
				out = append(out, n)
				continue
			}
			if n.kind == absentNeed {
				continue
			}
			out[i].set = out[i].set.and(n.set)
			out[i].far = max(out[i].far, n.far)
			if out[i].set.empty() {
				return nil, false
			}
		}
	}
	return out, true
}

// joinWants adds to what fields of one fact would have to be, and is false where
// that contradicts.
func joinWants(ws []want, more ...want) ([]want, bool) {
	ws = slices.Clone(ws)
	for _, m := range more {
		i := slices.IndexFunc(ws, func(w want) bool { return w.field == m.field })
		if i < 0 {
			ws = append(ws, m)
			continue
		}
		ws[i].set = ws[i].set.and(m.set)
		if ws[i].set.empty() {
			return nil, false
		}
	}
	slices.SortStableFunc(ws, func(a, b want) int { return cmp.Compare(a.field.Index, b.field.Index) })
	return ws, true
}

// newcomer is what a fact that is not there is called in an environment.
const newcomer = -1 << 20

// imagined is a fact of a type of which nothing is known.
func imagined(t *facts.FactType, ref int) eval.Fact {
	f := eval.Fact{Ref: ref, Values: make([]facts.Value, len(t.Fields))}
	for i, field := range t.Fields {
		f.Values[i] = field.Type.Unknown()
	}
	return f
}
