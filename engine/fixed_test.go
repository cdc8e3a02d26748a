package engine_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"truce/engine"
	"truce/facts"
	"truce/rules"
)

// fixedPack is aggregates of all forms over a type of which every fact is constant, each
// concluded by a comparison of one exact record.
func fixedPack(t *rapid.T) string {
	var b strings.Builder
	b.WriteString(`
pack: {name: fixed, version: "1", goal: {type: Done, field: value}}
facts:
  One: {doc: the record, fields: {x: {type: number, exact: true}, y: {type: number, exact: true}, n: {type: integer, exact: true}, b: {type: bool, exact: true}}}
  Hit: {concluded: true, key: [id], fields: {id: {type: text}, w: {type: integer}, z: {type: number}}}
  Tally:
    concluded: true
    key: []
    fields: {some: {type: bool}, no: {type: bool}, all: {type: bool}, single: {type: bool}, count: {type: integer}, w: {type: integer},
      z: {type: number}, most: {type: integer}, heavy: {type: integer}}
  Done: {concluded: true, key: [], fields: {value: {type: enum, values: [done]}}}
rules:
  - {rule: done, when: [], then: [{conclude: Done, with: {value: done}}]}
  - rule: tally
    when: []
    then:
      - conclude: Tally
        with:
          some: =any(Hit, .w > 2)
          no: =none(Hit, .w > 3)
          all: =all(Hit, .w < 4)
          single: =one(Hit, .id == "h1")
          count: =count(Hit, .z > 0)
          w: =sum(Hit, .w)
          z: =sum(Hit, .z)
          most: '=any(Hit, true) ? max(map(Hit, .w)) : 0'
          heavy: =sum(filter(Hit, .w > 1), .w)
`)
	sizes := rapid.SampledFrom([]string{"0", "1", "-2", "3", "0.5", "0.1", "1e16", "9007199254740992"})
	tests := rapid.SampledFrom([]string{"o.x >= 1", "o.x < 2", "o.y == 1", "o.y != o.x", "o.x <= o.y", "o.n > 0", "o.n < 2", "o.b", "not o.b"})
	for i := range rapid.IntRange(1, 30).Draw(t, "rules") {
		when := strings.Join(rapid.SliceOfN(tests, 1, 3).Draw(t, "tests"), "', '")
		fmt.Fprintf(&b, "  - {rule: r%d, when: [o: One, '%s'], then: [{conclude: Hit, with: {id: h%d, w: %d, z: %s}}]}\n",
			i, when, rapid.IntRange(0, 40).Draw(t, "id"), rapid.IntRange(-3, 4).Draw(t, "w"), sizes.Draw(t, "z"))
	}
	return b.String()
}

// What constant facts give aggregates, added up together, is what the oracle says of
// each, from nothing and after a change.
func TestFixedAggregates(t *testing.T) {
	traces := 0
	rapid.Check(t, func(t *rapid.T) {
		p := load(t, []rules.File{{Name: "pack.yaml", Text: fixedPack(t)}})
		program := engine.Compile(p)
		network, oracle := program.NewSession(engine.Options{}), program.NewSession(engine.Options{Recompute: true})
		for range rapid.IntRange(1, 5).Draw(t, "runs") {
			anew := rapid.Bool().Draw(t, "anew")
			small := rapid.IntRange(0, 2)
			one := &facts.StatedFact{Type: p.Schema.Type("One"), Data: []facts.Datum{
				{Given: true, Value: facts.NumberOf(float64(small.Draw(t, "x")))}, {Given: true, Value: facts.NumberOf(float64(small.Draw(t, "y")))},
				{Given: true, Value: facts.IntegerOf(int64(small.Draw(t, "n")))}, {Given: true, Value: facts.BoolOf(rapid.Bool().Draw(t, "b"))}}}
			var texts [2]string
			var errs [2]error
			for i, s := range []*engine.Session{network, oracle} {
				if anew || s.Modify(one) != nil {
					require.NoError(t, s.Load(&facts.Case{Facts: []*facts.StatedFact{one}}))
				}
				if errs[i] = s.Run(context.Background()); errs[i] != nil {
					continue
				}
				tr, err := s.Trace()
				require.NoError(t, err)
				texts[i] = text(t, tr)
				traces++
			}
			require.Equal(t, errs[1], errs[0])
			require.Equal(t, texts[1], texts[0])
		}
	})
	require.Positive(t, traces)
}
