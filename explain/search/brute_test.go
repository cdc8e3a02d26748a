package search_test

import (
	"context"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/explain/search"
	"truce/facts"
	"truce/rules"
)

// limits keep generated packs from growing without end.
var limits = engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}

// small is a generated pack in which only the type One moves, on a coarse grid, and
// the threshold.
func small(t *rapid.T) *rules.Pack {
	g := enginetest.Pack(t, enginetest.Options{Faults: rapid.Bool().Draw(t, "faults")})
	file := g.Files(g.InOrder())[0]
	for _, typ := range []string{"Many", "Open"} {
		file.Text = strings.Replace(file.Text, "  "+typ+":\n", "  "+typ+":\n    move: fixed\n", 1)
	}
	file.Text = strings.ReplaceAll(file.Text, "a: {type: number, range: [-20, 20], doc: a number}", "a: {type: number, range: [-20, 20], doc: a number, step: 10, cost: 2}")
	file.Text = strings.ReplaceAll(file.Text, "plausible: [0, 3],", "plausible: [0, 3], step: 1,")
	// What is concluded has no cost.
	head, tail, _ := strings.Cut(file.Text, "  C0:\n")
	file.Text = head + "  C0:\n" + strings.ReplaceAll(tail, ", step: 10, cost: 2", "")
	p, ds := rules.Load([]rules.File{file}, rules.Options{})
	require.NoError(t, ds.Err(), file.Text)
	return p
}

// choice is one value that a field or the threshold may take.
type choice struct {
	value    facts.Value
	stays    bool
	distance float64
}

// choices are all that a field may be.
func choices(typ facts.Type, at facts.Value, points []facts.Value, width, cost float64) []choice {
	list := []choice{{stays: true}}
	for _, v := range points {
		if at.IsKnown() && v.Same(at) {
			continue
		}
		c := choice{value: v}
		switch {
		case typ.Kind == facts.Number:
			lo, hi := at.Bounds()
			c.distance = cost * max(0, lo-v.Number(), v.Number()-hi) / width
		case typ.Kind == facts.Enum || typ.Kind == facts.Bool:
			if at.IsKnown() {
				c.distance = 1
			}
		default:
			lo, hi := at.Ends()
			c.distance = float64(max(0, lo-v.Integer(), v.Integer()-hi)) / width
		}
		list = append(list, c)
	}
	return list
}

func pointsOf(field *facts.Field) (list []facts.Value, width, cost float64) {
	switch field.Type.Kind {
	case facts.Number:
		for x := -20.0; x <= 20; x += 10 {
			list = append(list, facts.NumberOf(x))
		}
		return list, 40, 2
	case facts.Enum:
		for _, s := range field.Type.Names.List {
			list = append(list, facts.EnumOf(s))
		}
		return list, 1, 1
	case facts.Bool:
		return []facts.Value{facts.BoolOf(false), facts.BoolOf(true)}, 1, 1
	}
	lo, hi := field.Type.Unknown().Ends()
	for i := lo; i <= hi; i++ {
		list = append(list, facts.Between(field.Type.Kind, i, i))
	}
	return list, float64(hi - lo), 1
}

// found is the best that trying every point comes to: the least distance by number
// of changes.
type found map[int]float64

func (f found) fewest() int {
	least := math.MaxInt
	for n := range f {
		least = min(least, n)
	}
	return least
}

func (f found) nearest() float64 {
	least := math.Inf(1)
	for _, d := range f {
		least = min(least, d)
	}
	return least
}

// brute tries every point, each on a session of its own kind: a case that states it.
func brute(t require.TestingT, p *rules.Pack, c *facts.Case, to string, held map[string]bool, threshold bool) found {
	one := p.Schema.Type("One")
	var options [][]choice
	var stated *facts.StatedFact
	for _, f := range c.Facts {
		if f.Type == one {
			stated = f
		}
	}
	for _, field := range one.Fields {
		points, width, cost := pointsOf(field)
		at := stated.Data[field.Index].Value
		list := choices(field.Type, at, points, width, cost)
		if held["One."+field.Name] {
			list = list[:1]
		}
		options = append(options, list)
	}
	numbers := []choice{{stays: true}}
	if threshold {
		th := p.Threshold("t")
		numbers = choices(th.Type, th.Value, []facts.Value{facts.NumberOf(0), facts.NumberOf(1), facts.NumberOf(2), facts.NumberOf(3)}, 3, 1)
	}
	options = append(options, numbers)
	best := found{}
	s := engine.Compile(p).NewSession(engine.Options{Limits: limits})
	require.NoError(t, s.Load(c))
	var walk func(n int, picked []choice)
	walk = func(n int, picked []choice) {
		if n < len(options) {
			for _, o := range options[n] {
				walk(n+1, append(picked[:n:n], o))
			}
			return
		}
		changes, distance := 0, 0.0
		f := *stated
		f.Data = append([]facts.Datum(nil), stated.Data...)
		mark := s.Mark()
		defer s.Rollback(mark)
		for i, o := range picked {
			if o.stays {
				continue
			}
			changes++
			distance += o.distance
			if i < len(one.Fields) {
				f.Data[i] = facts.Datum{Given: true, Value: o.value}
			} else {
				require.NoError(t, s.SetThreshold("t", o.value))
			}
		}
		require.NoError(t, s.Modify(&f))
		if d, ok := best[changes]; ok && d <= distance {
			return
		}
		if s.Run(context.Background()) != nil {
			return
		}
		if a, err := s.Answer(); err == nil && a.Settled && a.Values[0].Value == to {
			best[changes] = distance
		}
	}
	walk(0, nil)
	return best
}

// Whatever a search calls proved is what trying every point finds.
func TestFlipAgreesWithTryingEveryPoint(t *testing.T) {
	proved, impossible := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		p := small(t)
		c := enginetest.Case(t, p.Schema)
		s, err := search.New(context.Background(), engine.Compile(p), c, search.Options{Runs: 100_000, Limits: limits})
		if err != nil {
			return // the case has no answer
		}
		o := search.FlipOptions{To: rapid.SampledFrom([]string{"p", "q", "r"}).Draw(t, "to"), Most: 6}
		o.Thresholds = rapid.Bool().Draw(t, "thresholds")
		held := map[string]bool{}
		if o.Thresholds {
			for _, name := range []string{"One.b", "One.e"} {
				held[name] = true
			}
		}
		// What no rule reads moves nothing, and cannot be named.
		for name := range held {
			if _, err := s.Flip(context.Background(), search.FlipOptions{To: "p", Fixed: []string{name}}); err == nil {
				o.Fixed = append(o.Fixed, name)
			}
		}
		f, err := s.Flip(context.Background(), o)
		require.NoError(t, err)
		want := brute(t, p, c, o.To, held, o.Thresholds)
		if f.Already {
			require.Contains(t, want, 0)
			return
		}
		require.LessOrEqual(t, f.AtLeast, want.fewest())
		if f.Impossible {
			impossible++
			require.Empty(t, want)
			return
		}
		require.False(t, f.Exhausted)
		if f.Fewest == nil {
			require.Empty(t, want)
			require.Nil(t, f.Nearest)
			return
		}
		proved++
		require.True(t, f.Fewest.ProvedFewest && f.Fewest.ProvedNearest && f.Nearest.ProvedNearest)
		require.Equal(t, want.fewest(), len(f.Fewest.Changes))
		require.InDelta(t, want[want.fewest()], f.Fewest.Distance, 1e-6)
		require.InDelta(t, want.nearest(), f.Nearest.Distance, 1e-6)
	})
	t.Logf("%d proved, %d impossible", proved, impossible)
	require.Positive(t, proved)
	require.Positive(t, impossible)
}
