package search_test

import (
	"context"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
)

// The ends of a range are where they are said to be: at the last point, and anywhere
// inside, the answer stands; at the first point outside it does not.
func TestRobustEnds(t *testing.T) {
	ended := 0
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		c := enginetest.Case(t, p.Schema)
		s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{Runs: 100_000, Limits: limits})
		if err != nil {
			return
		}
		r, err := s.Robust(context.Background())
		require.NoError(t, err)
		for i := range r.Ranges {
			x := &r.Ranges[i]
			for _, o := range x.Others {
				if same, answered := stands(t, p, c, r.Answer, x.Name, o.Value.Value); answered {
					require.Equal(t, o.Stands, same, x.Name)
				}
			}
			if x.Stands.IsZero() {
				continue
			}
			inside := enginetest.Inside(t, x.Stands.Type, x.Stands.Value)
			if inside.IsKnown() {
				holdsAt(t, p, c, r.Answer, x.Name, inside)
			}
			for _, e := range []*search.End{x.Low, x.High} {
				if e == nil {
					continue
				}
				ended++
				if e.Last.Value.IsKnown() {
					holdsAt(t, p, c, r.Answer, x.Name, e.Last.Value)
				}
				same, _ := stands(t, p, c, r.Answer, x.Name, e.First.Value)
				require.False(t, same, "%s at %#v: %v, was %v", x.Name, e.First.Value, e.Then, r.Answer)
			}
		}
	})
	require.Positive(t, ended)
}

// Cells are what their points come to, at both ends and anywhere between.
func TestPriceCells(t *testing.T) {
	cells := 0
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		c := enginetest.Case(t, p.Schema)
		s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{Runs: 100_000, Limits: limits})
		if err != nil {
			return
		}
		prices, err := s.Price(context.Background())
		require.NoError(t, err)
		for i := range prices.Unknown {
			x := &prices.Unknown[i]
			for k := range x.Cells {
				cell := &x.Cells[k]
				if cell.Then.Error != "" {
					continue
				}
				for _, v := range pointsIn(t, cell.Value) {
					if len(cell.Then.Values) > 0 {
						holdsAt(t, p, c, cell.Then, x.Name, v)
						cells++
					}
				}
			}
		}
	})
	require.Positive(t, cells)
}

// pointsIn are points of a cell that lie on its grid: both ends, and of what has no
// points between them any other.
func pointsIn(t *rapid.T, cell explain.Value) []facts.Value {
	v := cell.Value
	switch v.Kind() {
	case facts.Number:
		lo, hi := v.Bounds()
		return []facts.Value{facts.NumberOf(lo), facts.NumberOf(hi)}
	case facts.Enum:
		return []facts.Value{v}
	}
	lo, hi := v.Ends()
	mid := rapid.Int64Range(lo, hi).Draw(t, "inside")
	return []facts.Value{facts.Between(v.Kind(), lo, lo), facts.Between(v.Kind(), mid, mid), facts.Between(v.Kind(), hi, hi)}
}

// stands runs what leads to the goal with one value changed, and reports whether
// the answer leaves open nothing that the given one does not, and whether there is
// an answer at all. What a range says, it says of the values in it that have one: a
// single point where a rule fails does not show in a run over the whole range.
func stands(t require.TestingT, p *rules.Pack, c *facts.Case, was search.Answer, name string, v facts.Value) (same, answered bool) {
	s := engine.Compile(search.Slice(p)).NewSession(engine.Options{Limits: limits})
	require.NoError(t, s.Load(c))
	if threshold, ok := strings.CutPrefix(name, "threshold."); ok {
		if s.SetThreshold(threshold, v) != nil {
			return false, false
		}
	} else {
		dot := strings.LastIndexByte(name, '.')
		f := *s.Stated(name[:dot])
		f.Data = append([]facts.Datum(nil), f.Data...)
		f.Data[f.Type.Field(name[dot+1:]).Index] = facts.Datum{Given: true, Value: v}
		require.NoError(t, s.Modify(&f))
	}
	if s.Run(context.Background()) != nil {
		return false, false
	}
	a, err := s.Answer()
	if err != nil {
		return false, false
	}
	if was.Settled && !a.Settled || a.NoneCanHold && !was.NoneCanHold {
		return false, true
	}
	for _, got := range a.Values {
		if !strings.Contains(" "+strings.Join(was.Values, " ")+" ", " "+got.Value+" ") {
			return false, true
		}
	}
	return true, true
}

// holdsAt requires that the answer stands at a value, if there is one.
func holdsAt(t require.TestingT, p *rules.Pack, c *facts.Case, was search.Answer, name string, v facts.Value) {
	same, answered := stands(t, p, c, was, name, v)
	require.True(t, same || !answered, "%s at %#v", name, v)
}
