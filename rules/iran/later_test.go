package iran

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/trace"
	"truce/facts"
	"truce/rules"
)

// A later value is one that a case gives and that nobody could know on its date.
type laterValue struct {
	fact  *facts.StatedFact
	field *facts.Field
}

func (l laterValue) datum() *facts.Datum { return &l.fact.Data[l.field.Index] }

// laterValues are those of a case that stand before the decision: what stands after
// it is later by its type, and no path leads from there to the goal.
func laterValues(c *facts.Case) []laterValue {
	var found []laterValue
	for _, f := range c.Facts {
		for _, field := range f.Type.Fields {
			if d := &f.Data[field.Index]; !f.Type.After && d.Given && d.Later(c.AsOf) {
				found = append(found, laterValue{f, field})
			}
		}
	}
	return found
}

// Every value that is later than its case's date, with the reason, and that it is
// unknown to the rules: whatever stands in its place, the run is the same.
func TestLaterValuesGolden(t *testing.T) {
	pack := load(t, rules.Options{})
	program := engine.Compile(pack)
	var out strings.Builder
	n := 0
	for _, c := range shippedCases(t, pack) {
		found := laterValues(c)
		if len(found) == 0 {
			continue
		}
		n += len(found)
		fmt.Fprintf(&out, "%s, %s\n", c.ID, facts.FormatDate(c.AsOf))
		before, text := runCase(t, program, c)
		for _, l := range found {
			fmt.Fprintf(&out, "  %s.%s = %s: %s\n", l.fact.Name(), l.field.Name,
				l.field.Type.FormatUnit(l.datum().Value), whyLater(c, l.datum()))
			require.Equal(t, trace.KnownLater, seenAs(t, before, l).Origin, c.ID)
			require.True(t, seenAs(t, before, l).Value.IsUnknown(), c.ID)
			require.NotEmpty(t, others(l), l.field.Name)
			for _, v := range others(l) {
				_, changed := runCase(t, program, with(c, l, func(d *facts.Datum) { d.Value = v }))
				require.Equal(t, text, changed, "%s: %s.%s reaches the run", c.ID, l.fact.Name(), l.field.Name)
			}
		}
	}
	fmt.Fprintf(&out, "%d values\n", n)
	golden(t, "later.golden", out.String())
}

// The same values, had they been known: each is then seen by the run. Without this
// the test above could not fail.
func TestLaterValuesWouldBeSeen(t *testing.T) {
	pack := load(t, rules.Options{})
	program := engine.Compile(pack)
	for _, c := range shippedCases(t, pack) {
		for _, l := range laterValues(c) {
			_, text := runCase(t, program, c)
			known, changed := runCase(t, program, with(c, l, func(d *facts.Datum) {
				d.Period, d.KnownOn, d.KnownLater = nil, nil, false
			}))
			require.Equal(t, trace.Given, seenAs(t, known, l).Origin, c.ID)
			require.NotEqual(t, text, changed, "%s: %s.%s", c.ID, l.fact.Name(), l.field.Name)
		}
	}
}

// runCase is the trace of a run and its canonical text.
func runCase(t *testing.T, program *engine.Program, c *facts.Case) (*trace.Trace, string) {
	t.Helper()
	s := program.NewSession(engine.Options{})
	require.NoError(t, s.Load(c))
	require.NoError(t, s.Run(context.Background()), c.ID)
	tr, err := s.Trace()
	require.NoError(t, err)
	var text strings.Builder
	require.NoError(t, tr.Write(&text))
	return tr, text.String()
}

// seenAs is the value as the rules saw it.
func seenAs(t *testing.T, tr *trace.Trace, l laterValue) trace.Field {
	t.Helper()
	i, ok := tr.Find(l.fact.Name())
	require.True(t, ok, l.fact.Name())
	return tr.Facts[i].Fields[l.field.Index]
}

// with is the case with one value changed; the case itself stays as it is.
func with(c *facts.Case, l laterValue, change func(*facts.Datum)) *facts.Case {
	changed, fact := *c, *l.fact
	fact.Data = slices.Clone(fact.Data)
	change(&fact.Data[l.field.Index])
	changed.Facts = slices.Clone(c.Facts)
	changed.Facts[slices.Index(c.Facts, l.fact)] = &fact
	return &changed
}

// others are values to put in the place of one: the ends of its range, or its other
// levels and symbols.
func others(l laterValue) []facts.Value {
	typ := l.field.Type
	var found []facts.Value
	switch typ.Kind {
	case facts.Number:
		low, high := typ.Unknown().Bounds()
		found = []facts.Value{facts.NumberOf(low), facts.NumberOf(high), facts.NumberBetween(low, (low+high)/2)}
	case facts.Scale:
		for i := range typ.Names.List {
			found = append(found, facts.ScaleOf(i))
		}
	case facts.Enum:
		for _, name := range typ.Names.List {
			found = append(found, facts.EnumOf(name))
		}
	case facts.Bool:
		found = []facts.Value{facts.BoolOf(true), facts.BoolOf(false)}
	}
	return found
}

// whyLater says what makes the value later than the date.
func whyLater(c *facts.Case, d *facts.Datum) string {
	var why []string
	if d.Period != nil && d.Period.To > c.AsOf {
		why = append(why, "its period ends on "+facts.FormatDate(d.Period.To))
	}
	if d.KnownOn != nil && *d.KnownOn > c.AsOf {
		why = append(why, "known on "+facts.FormatDate(*d.KnownOn))
	}
	if d.KnownLater {
		why = append(why, "marked as known later")
	}
	return strings.Join(why, "; ")
}
