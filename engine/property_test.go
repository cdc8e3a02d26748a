package engine_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/engine/trace"
	"truce/facts"
	"truce/facts/source"
	"truce/rules"
	"truce/rules/iran"
)

func load(t require.TestingT, files []rules.File) *rules.Pack {
	p, ds := rules.Load(files, rules.Options{})
	require.NoError(t, ds.Err(), "%s", files[0].Text)
	return p
}

// run gives the trace, or nil when the run ends in an error that a set of facts may
// well cause: a fault, a conflict, a limit. Any other error fails the test.
func run(t require.TestingT, p *rules.Pack, c *facts.Case) *trace.Trace {
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 400, Justifications: 4000, Work: 2_000_000}})
	require.NoError(t, s.Load(c))
	err := s.Run(context.Background())
	if err == nil {
		tr, err := s.Trace()
		if err == nil {
			return tr
		}
	}
	var ds source.Diagnostics
	require.True(t, errors.As(err, &ds) || err == nil, "%v", err)
	for _, d := range ds {
		require.Contains(t, []string{"N001", "N002", "N003", "N004", "N005"}, d.Code, "%v", d)
	}
	return nil
}

func text(t require.TestingT, tr *trace.Trace) string {
	var b strings.Builder
	require.NoError(t, tr.Write(&b))
	return b.String()
}

// Knowing more never withdraws a certain fact and never adds one that was not
// possible.
func TestInformationIsMonotone(t *testing.T) {
	compared, drawn := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		drawn++
		o := enginetest.Options{Recursive: rapid.Bool().Draw(t, "recursive"), Faults: rapid.Bool().Draw(t, "faults")}
		g := enginetest.Pack(t, o)
		p := load(t, g.Files(g.InOrder()))
		c := enginetest.Case(t, p.Schema)
		less, more := run(t, p, c), run(t, p, enginetest.Completion(t, p.Schema, c))
		if less == nil || more == nil {
			return
		}
		compared++
		requireRefines(t, less, more)
	})
	t.Logf("%d of %d pairs of runs compared", compared, drawn)
	require.Greater(t, compared, drawn/4, "most pairs of runs say something")
}

func requireRefines(t require.TestingT, less, more *trace.Trace) {
	refuse := func(f *trace.Fact, what string) {
		require.Fail(t, f.Name+" "+what, "%s\n%s", text(t, less), text(t, more))
	}
	for i := range less.Facts {
		f := &less.Facts[i]
		if f.Status == trace.Certain && f.Type.Concluded &&
			!some(more, func(g *trace.Fact) bool { return g.Status == trace.Certain && within(g, f) }) {
			refuse(f, "was certain and is withdrawn")
		}
	}
	for i := range more.Facts {
		g := &more.Facts[i]
		if g.Type.Concluded && !some(less, func(f *trace.Fact) bool { return within(g, f) }) {
			refuse(g, "was not possible before")
		}
	}
	if less.Answer.Settled {
		require.True(t, more.Answer.Settled)
		require.Equal(t, less.Answer.Values[0].Value, more.Answer.Values[0].Value)
	}
}

func some(tr *trace.Trace, is func(*trace.Fact) bool) bool {
	for i := range tr.Facts {
		if is(&tr.Facts[i]) {
			return true
		}
	}
	return false
}

func within(g, f *trace.Fact) bool {
	if g.Type != f.Type {
		return false
	}
	for i := range g.Fields {
		if !g.Fields[i].Value.Within(f.Fields[i].Value) {
			return false
		}
	}
	return true
}

// Neither the order of rules nor the order of facts shows in the canonical trace.
func TestOrderDoesNotShow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: true})
		p := load(t, g.Files(g.InOrder()))
		q := load(t, g.Files(rapid.Permutation(g.InOrder()).Draw(t, "order of rules")))
		c := enginetest.Case(t, p.Schema)
		d := *c
		d.Facts = nil
		for _, i := range rapid.Permutation(indexes(len(c.Facts))).Draw(t, "order of facts") {
			f := *c.Facts[i]
			f.Type = q.Schema.Type(f.Type.Name)
			d.Facts = append(d.Facts, &f)
		}
		a, b := run(t, p, c), run(t, q, &d)
		require.Equal(t, a == nil, b == nil, "both fail or neither does")
		if a != nil {
			require.Equal(t, text(t, a), text(t, b))
		}
	})
}

func indexes(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}

// Every concluded fact has a justification, and the heights of what the first one
// stands on lie below its own: no fact supports itself.
func TestSupportIsWellFounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := enginetest.Pack(t, enginetest.Options{Recursive: true, Faults: true})
		p := load(t, g.Files(g.InOrder()))
		tr := run(t, p, enginetest.Case(t, p.Schema))
		if tr == nil {
			return
		}
		for i := range tr.Facts {
			f := &tr.Facts[i]
			if !f.Type.Concluded {
				require.Zero(t, f.Height)
				continue
			}
			require.NotEmpty(t, f.Justifications, f.Name)
			j := &tr.Justifications[f.Justifications[0]]
			require.Equal(t, f.Height, j.Height, "%s\n%s", f.Name, text(t, tr))
			for _, n := range j.Premises {
				require.Less(t, tr.Facts[n].Height, f.Height)
				require.GreaterOrEqual(t, tr.Facts[n].Status, j.Status)
			}
			for k := range j.Steps {
				require.False(t, j.Steps[k].Truth.False())
			}
		}
	})
}

// The same over the shipped pack and the real cases: settling what they leave open
// never withdraws a conclusion.
func TestInformationIsMonotoneOnTheShippedPack(t *testing.T) {
	p, cases := shippedCases(t)
	compared, drawn := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cases).Draw(t, "case")
		less, more := run(t, p, c), run(t, p, enginetest.Completion(t, p.Schema, c))
		require.NotNil(t, less)
		drawn++
		if more != nil {
			compared++
			requireRefines(t, less, more)
		}
	})
	require.Greater(t, compared, drawn/2, "most completions have an answer")
}

func shippedCases(t *testing.T) (*rules.Pack, []*facts.Case) {
	p, ds := rules.LoadFS(iran.FS(), rules.Options{})
	require.NoError(t, ds.Err())
	files, err := filepath.Glob("../testdata/cases/*.yaml")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	var cases []*facts.Case
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		c, ds := facts.ReadCase(file, text, p.Schema, facts.ReadOptions{})
		require.NoError(t, ds.Err())
		cases = append(cases, c)
	}
	return p, cases
}

// A value that could not be known on the case's date is as good as not given: no
// conclusion differs from those of a case that does not give it at all, assumptions
// included. A fact of which nothing could be known is as good as not stated.
func TestWhatIsKnownLaterChangesNothing(t *testing.T) {
	p, cases := shippedCases(t)
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(cases).Draw(t, "case")
		later, silent := *c, *c
		later.Facts, silent.Facts = nil, nil
		for _, f := range c.Facts {
			g, h := *f, *f
			g.Data, h.Data = append([]facts.Datum(nil), f.Data...), append([]facts.Datum(nil), f.Data...)
			given := false
			for i, field := range f.Type.Fields {
				d := &g.Data[i]
				if !f.Type.After && rapid.IntRange(0, 2).Draw(t, "later") == 0 {
					*d = facts.Datum{Given: true, KnownLater: true, Value: enginetest.Inside(t, field.Type, field.Type.Unknown())}
				}
				if d.Given && !f.Type.After && d.Later(c.AsOf) {
					h.Data[i] = facts.Datum{Value: field.Type.Unknown()}
				}
				given = given || h.Data[i].Given
			}
			later.Facts = append(later.Facts, &g)
			if given || f.Type.Count == facts.One {
				silent.Facts = append(silent.Facts, &h)
			}
		}
		a, b := run(t, p, &later), run(t, p, &silent)
		require.NotNil(t, a)
		require.NotNil(t, b)
		require.Equal(t, conclusions(a), conclusions(b))
	})
}

// conclusions are the concluded facts of a trace, with status and values.
func conclusions(tr *trace.Trace) []string {
	var list []string
	for i := range tr.Facts {
		f := &tr.Facts[i]
		if !f.Type.Concluded {
			continue
		}
		text := f.Name + " " + f.Status.String()
		for k, v := range f.Fields {
			text += " " + f.Type.Fields[k].Type.Format(v.Value)
		}
		list = append(list, text)
	}
	return list
}
