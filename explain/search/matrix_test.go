package search_test

import (
	"bytes"
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain/report"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
)

func TestSidesOfTheFerry(t *testing.T) {
	for name, text := range map[string]string{"windy": windy, "hazy": hazy} {
		x, err := searchIn(t, text).Sides(context.Background(), 1)
		require.NoError(t, err)
		require.False(t, x.Exhausted)
		var b bytes.Buffer
		require.NoError(t, x.Text(&b, report.Style{Width: 100}))
		golden(t, name+"-sides.txt", b.String())
		b.Reset()
		require.NoError(t, search.JSON(&b, x))
		golden(t, name+"-sides.json", b.String())
	}
}

// What the answer is settled on and what it would be across the cut: the wind at 40
// keeps the ferry waiting, and below 35 it sails.
func TestMatrixOfTheFerry(t *testing.T) {
	x, err := searchIn(t, windy).Sides(context.Background(), 0)
	require.NoError(t, err)
	m := x.Matrix
	require.Equal(t, []string{"sail", "wait", "turn-back", "hurry"}, m.Answers)
	require.Equal(t, []bool{false, true, false, false}, m.Can)
	i := slices.IndexFunc(m.Rows, func(r search.Row) bool { return r.Name == "Weather.wind" })
	wind := m.Rows[i]
	require.Len(t, wind.Moves, 2)
	require.Equal(t, []int{1, 0, 1, 0}, wind.Moves[0].Changes)
	require.Equal(t, facts.NumberOf(34), wind.Moves[1].To.Value)
	require.Equal(t, []int{1, -1, 0, 0}, wind.Moves[1].Changes)
	require.InDelta(t, 0.06, wind.Moves[1].Distance, 1e-9)
	require.Contains(t, wind.Between, [2]string{"sail", "wait"})
}

// can is what can hold in a run: nothing where it has no answer, and nil where it
// fails otherwise.
func can(t require.TestingT, s *engine.Session, f *facts.StatedFact) []string {
	mark := s.Mark()
	defer s.Rollback(mark)
	require.NoError(t, s.Modify(f))
	if err := s.Run(context.Background()); err != nil {
		return nil
	}
	a, err := s.Answer()
	if err != nil {
		return []string{}
	}
	list := []string{}
	for _, v := range a.Values {
		list = append(list, v.Value)
	}
	return list
}

// changesOf compares what can hold by answer.
func changesOf(names, before, after []string) []int {
	list := make([]int, len(names))
	for i, v := range names {
		switch was, is := slices.Contains(before, v), slices.Contains(after, v); {
		case is && !was:
			list[i] = 1
		case was && !is:
			list[i] = -1
		}
	}
	return list
}

func moved(list []int) bool { return slices.ContainsFunc(list, func(by int) bool { return by != 0 }) }

// Each move of the matrix is what trying every point finds, and so is that there is
// none.
func TestMatrixAgreesWithTryingEveryPoint(t *testing.T) {
	unknowns, beyond, inside, idle := 0, 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		c := enginetest.Case(t, p.Schema)
		s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{Runs: 100_000, Limits: limits})
		if err != nil {
			return // the case has no answer
		}
		x, err := s.Sides(context.Background(), 0)
		require.NoError(t, err)
		require.False(t, x.Exhausted)
		session := engine.Compile(search.Slice(p)).NewSession(engine.Options{Limits: limits})
		require.NoError(t, session.Load(c))
		one := p.Schema.Type("One")
		stated := c.Facts[slices.IndexFunc(c.Facts, func(f *facts.StatedFact) bool { return f.Type == one })]
		for _, field := range one.Fields {
			name := "One." + field.Name
			i := slices.IndexFunc(x.Matrix.Rows, func(r search.Row) bool { return r.Name == name })
			got := search.Row{}
			switch {
			case i >= 0:
				got = x.Matrix.Rows[i]
			case slices.Contains(x.Matrix.Idle, name):
				idle++
			default:
				continue // no rule reads it
			}
			want := bruteMoves(t, session, stated, field, x.Matrix.Answers, x.Answer.Values)
			if !tellsApart(want.all()) {
				require.Empty(t, got.Moves, name)
				continue
			}
			// Of stretches beside each other, and of a point between them that fails, only the
			// changes are compared.
			require.Equal(t, slices.CompactFunc(want.all(), slices.Equal), slices.CompactFunc(changesIn(got.Moves), slices.Equal), name)
			unknowns, beyond, inside = unknowns+len(want.unknown), beyond+len(want.beyond), inside+len(want.inside)
		}
	})
	t.Logf("%d unknown, %d beyond, %d inside, %d idle", unknowns, beyond, inside, idle)
	require.Positive(t, unknowns)
	require.Positive(t, beyond)
	require.Positive(t, inside)
	require.Positive(t, idle)
}

// tellsApart reports whether some move changes one answer otherwise than another.
func tellsApart(moves [][]int) bool {
	return slices.ContainsFunc(moves, func(by []int) bool {
		return slices.ContainsFunc(by, func(x int) bool { return x != by[0] })
	})
}

func changesIn(moves []search.Move) [][]int {
	var list [][]int
	for i := range moves {
		list = append(list, moves[i].Changes)
	}
	return list
}

// brutal is what trying every point finds of one field.
type brutal struct{ unknown, inside, beyond [][]int }

func (b *brutal) all() [][]int {
	if len(b.inside) > 0 {
		return slices.Concat(b.unknown, b.inside)
	}
	return slices.Concat(b.unknown, b.beyond)
}

func bruteMoves(t require.TestingT, s *engine.Session, stated *facts.StatedFact, field *facts.Field, names, before []string) *brutal {
	at := stated.Data[field.Index].Value
	with := func(v facts.Value) []int {
		f := *stated
		f.Data = slices.Clone(stated.Data)
		f.Data[field.Index] = facts.Datum{Given: true, Value: v}
		after := can(t, s, &f)
		if after == nil {
			return make([]int, len(names)) // no outcome is no change
		}
		return changesOf(names, before, after)
	}
	out := &brutal{}
	if !at.IsUnknown() {
		if by := with(field.Type.Unknown()); moved(by) {
			out.unknown = append(out.unknown, by)
		}
	}
	points, _, _ := pointsOf(field)
	if at.IsInterval() || at.IsUnknown() {
		for _, v := range insideOf(field, at, points) {
			if by := with(v); moved(by) {
				out.inside = append(out.inside, by)
			}
		}
		if at.IsUnknown() {
			return out
		}
	}
	nearest := math.Inf(1)
	for _, v := range points {
		way := wayOf(field, at, v)
		if by := with(v); way > 0 && moved(by) {
			switch flat := field.Type.Kind == facts.Enum || field.Type.Kind == facts.Bool; {
			case flat:
				out.beyond = append(out.beyond, by)
			case way < nearest:
				nearest, out.beyond = way, [][]int{by}
			}
		}
	}
	return out
}

// insideOf are the points that a value may turn out to be: of an interval those of its
// own grid.
func insideOf(field *facts.Field, at facts.Value, points []facts.Value) []facts.Value {
	if at.IsUnknown() {
		return points
	}
	var list []facts.Value
	if field.Type.Kind == facts.Number {
		lo, hi := at.Bounds()
		for x := lo; x < hi; x += 10 {
			list = append(list, facts.NumberOf(x))
		}
		return append(list, facts.NumberOf(hi))
	}
	lo, hi := at.Ends()
	for i := lo; i <= hi; i++ {
		list = append(list, facts.Between(field.Type.Kind, i, i))
	}
	return list
}

func wayOf(field *facts.Field, at, v facts.Value) float64 {
	switch field.Type.Kind {
	case facts.Enum, facts.Bool:
		if v.Same(at) {
			return 0
		}
		return 1
	case facts.Number:
		lo, hi := at.Bounds()
		return max(0, lo-v.Number(), v.Number()-hi)
	}
	lo, hi := at.Ends()
	return float64(max(0, lo-v.Integer(), v.Integer()-hi))
}

// A matrix that runs out of runs says so.
func TestSidesBudget(t *testing.T) {
	p, ds := rules.Load([]rules.File{{Name: "pack.yaml", Text: ferry}}, rules.Options{})
	require.NoError(t, ds.Err())
	c, ds := facts.ReadCase("case.yaml", []byte(hazy), p.Schema, facts.ReadOptions{})
	require.NoError(t, ds.Err())
	s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{Runs: 3})
	require.NoError(t, err)
	x, err := s.Sides(context.Background(), 0)
	require.NoError(t, err)
	require.True(t, x.Exhausted)
	require.LessOrEqual(t, x.Runs, 3)
}
