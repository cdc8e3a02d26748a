package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"truce/engine"
	"truce/engine/enginetest"
	"truce/facts"
	"truce/testdata/bench"
)

// A text of ten megabytes is a value like any other.
func TestVeryLongText(t *testing.T) {
	p := pack(t, schema, `
facts:
  Letter: {doc: a letter, count: many, fields: {text: {type: text, doc: what it says}}}
  Same: {concluded: true, key: [], doc: two letters say the same, fields: {yes: {type: bool, doc: they do}}}
rules:
  - rule: same
    when: [a: Letter, b: Letter, 'a.text == b.text', 'a.text endsWith "!"']
    then: [{conclude: Same, with: {yes: true}}]
  - rule: done
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	s := engine.Compile(p).NewSession(engine.Options{})
	long := strings.Repeat("long ", 2<<20) + "!"
	for i := range 3 {
		require.NoError(t, s.Assert(state(p, "Letter", fmt.Sprint(i), map[string]facts.Value{"text": facts.TextOf(long)})))
	}
	require.NoError(t, s.Run(context.Background()))
	list, err := s.Read(p.Schema.Type("Letter"))
	require.NoError(t, err)
	require.Equal(t, long, list.Value(0, 0).Text())
	require.Equal(t, 1, concluded(t, p, s, "Same"))
}

// A million facts from two thousand end at the limit, with what was stated in place, and
// the session goes on when the cause is taken away.
func TestMillionFactsEndAtTheLimit(t *testing.T) {
	p := pack(t, schema, `
facts:
  Thing: {doc: a thing, count: many, fields: {n: {type: integer, doc: n}}}
  Pair: {concluded: true, doc: a pair, fields: {a: {type: integer, doc: a}, b: {type: integer, doc: b}}}
rules:
  - rule: pair
    when: [a: Thing, b: Thing]
    then: [{conclude: Pair, with: {a: =a.n, b: =b.n}}]
  - rule: done
    then: [{conclude: Verdict, with: {value: pass}}]
`)
	s := engine.Compile(p).NewSession(engine.Options{Limits: engine.Limits{Facts: 100_000}})
	for i := range 2000 {
		require.NoError(t, s.Assert(state(p, "Thing", fmt.Sprint(i), map[string]facts.Value{"n": facts.IntegerOf(int64(i))})))
	}
	require.Equal(t, "N003", code(t, s.Run(context.Background())))
	_, err := s.Answer()
	require.Error(t, err)
	require.NotNil(t, s.Stated("Thing(1999)"))
	for i := range 1990 {
		require.NoError(t, s.Retract(fmt.Sprintf("Thing(%d)", i)))
	}
	require.NoError(t, s.Run(context.Background()))
	require.Equal(t, 100, concluded(t, p, s, "Pair"))
}

// Ten thousand rules that hang on one another, and a recursion as deep, need no stack.
func TestDeepRecursion(t *testing.T) {
	for _, axis := range bench.Axes() {
		if axis.Name != "recursion" {
			continue
		}
		p, c, _, err := axis.Load(50_000)
		require.NoError(t, err)
		s := loaded(t, engine.Compile(p), c)
		before, _ := axis.Expect(50_000)
		require.Equal(t, before, concluded(t, p, s, axis.Counted))
	}
}

// A context that ends in mid-run leaves what is stated, and the next run finds it all.
func TestCancelledInMidRun(t *testing.T) {
	g := bench.Graphs()[3] // tens of thousands of facts
	p, c, err := g.Load()
	require.NoError(t, err)
	s := engine.Compile(p).NewSession(boundless())
	require.NoError(t, s.Load(c))
	err = s.Run(enginetest.Ending(50))
	require.True(t, engine.Canceled(err), "%v", err)
	require.ErrorContains(t, err, "of rule")
	_, err = s.Read(p.Schema.Type(g.Derived()))
	require.Error(t, err)
	require.NoError(t, s.Run(context.Background()))
	require.Equal(t, g.Expected, concluded(t, p, s, g.Derived()))
}
